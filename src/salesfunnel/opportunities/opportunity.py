"""The opportunity: a need with an amount and a date, from the first meeting to won or lost."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import ClassVar, Self

import attrs

from ..errors import InvalidValue, Refusal
from ..history.timeline import Event, apply, replay
from ..pipeline.permit import Permit, granted
from ..pipeline.pipeline import Pipeline
from ..pipeline.presets import OPPORTUNITY_PIPELINE
from ..pipeline.stage import StageKind
from ..qualification.events import QuestionAnswered
from ..values import gates
from ..values.answer import Answer, AnswerValue
from ..values.frozen_map import FrozenMap
from ..values.instants import instant
from ..values.money import Money
from ..values.person import Person
from ..values.source import Source
from . import closing, events
from .contacts import ContactRole, Involvement
from .outcomes import Loss, LossReason
from .probability import Probability, estimated
from .story import STORY


@attrs.frozen(kw_only=True)
class Opportunity:
    """
    A deal on its way. Every verb returns a new opportunity; the old one still stands.

    ``expected_close`` and ``closed_on`` are two dates, so that slips can be measured afterwards;
    ``opened_on`` is ``None`` where a file from elsewhere does not tell it.

    >>> from datetime import UTC, datetime
    >>> monday = datetime(2026, 3, 2, 9, tzinfo=UTC)
    >>> deal = Opportunity.open(id="7", name="Generators", amount=Money("900", "EUR"), at=monday)
    >>> str(deal.move("propose", at=monday).probability.value)
    '0.5'
    """

    story: ClassVar[tuple[type[Event], ...]] = STORY

    id: str
    name: str = attrs.field(repr=False)
    account_id: str
    lead_id: str
    pipeline: Pipeline
    stage: str
    last_open_stage: str = attrs.field(repr=False)
    amount: Money | None
    amount_agreed: bool = False
    probability: Probability | None
    opened_on: date | None
    expected_close: date | None
    closed_on: date | None = None
    loss: Loss | None = None
    contacts: tuple[Involvement, ...]
    answers: FrozenMap[str, Answer]
    source: Source
    source_words: str = attrs.field(repr=False)
    details: FrozenMap[str, str]
    timeline: tuple[Event, ...] = attrs.field(repr=False)

    @classmethod
    def open(
        cls,
        *,
        at: datetime,
        id: str,
        name: str = "",
        account_id: str = "",
        lead_id: str = "",
        amount: Money | None = None,
        expected_close: date | None = None,
        contacts: Iterable[Involvement] = (),
        answers: Mapping[str, Answer] | None = None,
        source: Source | str = Source.OTHER,
        source_words: str = "",
        details: Mapping[str, str] | None = None,
        pipeline: Pipeline = OPPORTUNITY_PIPELINE,
        stage: str = "",
        probability: Probability | None = None,
        by: str = "",
    ) -> Self:
        """
        Open an opportunity in the first stage, or in another if it comes from elsewhere.

        >>> from datetime import UTC, datetime
        >>> Opportunity.open(id="7", at=datetime(2026, 3, 2, tzinfo=UTC)).stage
        'meeting'
        """
        gates.one(Pipeline, pipeline, "pipeline")
        beginning = pipeline.stage(stage) if stage else pipeline.initial
        if beginning.kind is not StageKind.OPEN:
            raise InvalidValue(
                "stage", "is closed", "an open stage, then a verb or event that closes it"
            )
        instant(at)
        chance = Probability.entering(beginning) if probability is None else estimated(probability)
        opened = events.OpportunityOpened(
            at=at,
            by=by,
            id=id,
            name=name,
            account_id=account_id,
            lead_id=lead_id,
            amount=amount,
            probability=chance,
            opened_on=at.date(),
            expected_close=expected_close,
            contacts=contacts,
            answers=answers or {},
            source=source,
            source_words=source_words,
            details=details or {},
            pipeline=pipeline,
            to_stage=beginning.name,
        )
        return cls.replay([opened])

    @classmethod
    def replay(cls, history: Iterable[Event], /) -> Self:
        """
        Rebuild an opportunity from its events.

        Raises `InvalidHistory` when they tell no possible story.
        """
        return replay(cls, events.OpportunityOpened, history, story=cls.story)

    @property
    def version(self) -> int:
        """How many events lie behind this opportunity; it grows with every verb."""
        return len(self.timeline)

    @property
    def has_decision_maker(self) -> bool:
        """Whether anybody who can say yes is among the contacts."""
        deciding = {ContactRole.DECISION_MAKER, ContactRole.ECONOMIC_BUYER}
        return any(contact.role in deciding for contact in self.contacts)

    @property
    def losses(self) -> tuple[Loss, ...]:
        """Every time the deal was lost, also those before a reopening."""
        return tuple(e.loss for e in self.timeline if isinstance(e, events.OpportunityLost))

    def move(
        self,
        trigger: str,
        *,
        at: datetime,
        closed_on: date | None = None,
        note: str = "",
        by: str = "",
    ) -> Self:
        """
        Move on by a trigger of the pipeline, also ``win``. Losing wants a reason: see `lose`.

        A won deal is closed on the day of ``at`` where that was taken, unless ``closed_on`` says
        otherwise. Raises `MoveRefused` with every reason; too early a time is one (`too_early`).
        """
        permit = granted(self.explain(trigger, at=at))
        event = closing.moved(self, permit, at=at, closed_on=closed_on, note=note, by=by)
        return apply(self, event)

    def lose(
        self,
        reason: LossReason | str,
        *,
        at: datetime,
        competitor: str = "",
        closed_on: date | None = None,
        trigger: str = "lose",
        note: str = "",
        by: str = "",
    ) -> Self:
        """
        Give the deal up, with a reason, and the competitor who got it if there was one.

        >>> from datetime import UTC, datetime
        >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
        >>> Opportunity.open(id="7", at=monday).lose("price", competitor="Faradis", at=monday).stage
        'lost'
        """
        permit = granted(self.explain(trigger, at=at))
        loss = Loss(
            reason=reason, competitor=competitor, note=note, stage=self.stage, amount=self.amount
        )
        return apply(self, closing.lost(self, permit, loss, at=at, closed_on=closed_on, by=by))

    def reopen(self, *, at: datetime, note: str = "", by: str = "") -> Self:
        """
        Take a closed deal up again, where it was, with the probability it had.

        >>> from datetime import UTC, datetime
        >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
        >>> again = Opportunity.open(id="7", at=monday).lose("price", at=monday).reopen(at=monday)
        >>> again.stage, again.loss, len(again.losses)
        ('meeting', None, 1)
        """
        return self.move("reopen", at=at, note=note, by=by)

    def revise_amount(
        self, amount: Money | None, *, at: datetime, agreed: bool = False, by: str = ""
    ) -> Self:
        """
        Change the amount, or record that both sides agreed on it. A closed deal stands still.

        >>> from datetime import UTC, datetime
        >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
        >>> deal = Opportunity.open(id="7", at=monday)
        >>> deal.revise_amount(Money("900", "EUR"), agreed=True, at=monday).amount_agreed
        True
        """
        closing.must_be_open(self, "revise the amount")
        event = events.AmountRevised(at=at, by=by, before=self.amount, amount=amount, agreed=agreed)
        return apply(self, event)

    def reschedule(self, expected_close: date | None, *, at: datetime, by: str = "") -> Self:
        """
        Move the expected close date; each slip stays on the timeline.

        >>> from datetime import UTC, datetime
        >>> deal = Opportunity.open(id="7", at=datetime(2026, 3, 2, tzinfo=UTC))
        >>> deal.reschedule(date(2026, 6, 30), at=datetime(2026, 3, 2, tzinfo=UTC)).expected_close
        datetime.date(2026, 6, 30)
        """
        closing.must_be_open(self, "reschedule")
        event = events.CloseDateMoved(
            at=at, by=by, before=self.expected_close, expected_close=expected_close
        )
        return apply(self, event)

    def estimate(
        self, probability: Decimal | int | str | Probability, *, at: datetime, by: str = ""
    ) -> Self:
        """
        Set the chance to win by hand, or by a model. No change of stage overwrites it silently.

        >>> from datetime import UTC, datetime
        >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
        >>> deal = Opportunity.open(id="7", at=monday).estimate("0.9", at=monday)
        >>> deal.move("propose", at=monday).probability.value
        Decimal('0.9')
        """
        closing.must_be_open(self, "estimate")
        event = events.ProbabilityEstimated(
            at=at, by=by, before=self.probability, probability=estimated(probability)
        )
        return apply(self, event)

    def involve(
        self, person: Person | str, role: ContactRole | str, *, at: datetime, by: str = ""
    ) -> Self:
        """
        Add a person who has a say, in a role such as decision maker, adviser or user.

        >>> from datetime import UTC, datetime
        >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
        >>> deal = Opportunity.open(id="7", at=monday)
        >>> deal.involve("Sara Ahmadi", "decision_maker", at=monday).has_decision_maker
        True
        """
        who = person if isinstance(person, Person) else Person(person)
        return apply(self, events.ContactInvolved(at=at, by=by, involvement=Involvement(who, role)))

    def answer(
        self,
        question: str,
        value: Answer | AnswerValue,
        *,
        at: datetime,
        note: str = "",
        by: str = "",
    ) -> Self:
        """Record what was said about the date, the budget, or a question of your own."""
        answer = value if isinstance(value, Answer) else Answer(value, note=note)
        return apply(self, QuestionAnswered(at=at, by=by, slot=question, answer=answer))

    def explain(self, trigger: str, *, at: datetime) -> Permit | Refusal:
        """
        Say whether a move would be obeyed, and if not, every reason.

        >>> from datetime import UTC, datetime
        >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
        >>> deal = Opportunity.open(id="7", at=monday).move("propose", at=monday)
        >>> print(deal.explain("win", at=monday))
        cannot win from proposal: no decision maker is known; the amount is not agreed
        """
        return self.pipeline.decide(self.stage, trigger, self, at=at)

    def allowed(self, *, at: datetime) -> tuple[str, ...]:
        """List the triggers that would be obeyed now."""
        return self.pipeline.allowed(self.stage, self, at=at)

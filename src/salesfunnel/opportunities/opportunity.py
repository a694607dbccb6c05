"""The opportunity: a need with an amount and a date, from the first meeting to won or lost."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, ClassVar, Self, get_args

import attrs

from ..activities.consent_register import ConsentRegister
from ..activities.engagement import Engagement
from ..activities.logging import logged
from ..activities.owners import assigned
from ..activities.steps import Steps
from ..errors import InvalidValue, MoveRefused, Refusal, Text
from ..history.timeline import apply, follow, replay, standing_in_the_way
from ..history.versions import events_since
from ..pipeline.pipeline import Pipeline
from ..pipeline.presets.standard import OPPORTUNITY_PIPELINE
from ..pipeline.refusals import as_text
from ..pipeline.stage import StageKind
from ..pipeline.targets import towards
from ..pipeline.verdicts import Permit, Way, granted
from ..pipeline.ways_of_nouns import ways_from_here
from ..qualification.events import answers_given
from ..values import converters
from ..values.answer import Answer, AnswerValue
from ..values.frozen_map import FrozenMap
from ..values.instants import instant
from ..values.lines import Line, lines_in_one_currency, total
from ..values.money import Money, finest
from ..values.numbers import EXACT
from ..values.person import Person
from ..values.source import Source
from .amended import ContactInvolved
from .amending import amend_deal
from .contacts import DECIDING, Involvement, must_have_roles
from .events import OpportunityEvent
from .moving import closings_of, event_of, must_be_open, must_end_in
from .opened import OpportunityOpened
from .outcomes import Closing, several_codes
from .probability import Probability, estimated
from .rest import Rest
from .revised import AmountRevised, ProbabilityEstimated

_CLOSED_BEGINNING = Text(
    "closed_beginning_stage", "{field} is closed", "an open stage, then a verb that closes it"
)


@attrs.frozen(kw_only=True)
class Opportunity:
    """
    A deal on its way. Every verb returns a new opportunity; the old one still stands.

    ``expected_close`` and ``closed_on`` are two dates, so that slips can be measured afterwards;
    ``opened_on`` is ``None`` where a file from elsewhere does not tell it. Each verb raises
    `MoveRefused` with every reason where it is refused; a time before the last event is one of them
    (``too_early``).

    >>> from datetime import UTC, datetime
    >>> monday = datetime(2026, 3, 2, 9, tzinfo=UTC)
    >>> deal = Opportunity.open(id="7", name="Generators", amount=Money("900", "EUR"), at=monday)
    >>> str(deal.move("propose", at=monday).probability.value)
    '0.5'
    """

    event_types: ClassVar[tuple[type[Any], ...]] = get_args(OpportunityEvent)

    id: str
    name: str = attrs.field(repr=False)
    account_id: str
    lead_ids: tuple[str, ...]
    pipeline: Pipeline
    stage: str
    last_open_stage: str = attrs.field(repr=False)
    stage_since: datetime
    owner: str = ""
    team: str = ""
    engagement: Engagement = Engagement()
    steps: Steps = Steps()
    consent: ConsentRegister = ConsentRegister()
    amount: Money | None
    lines: tuple[Line, ...] = ()
    amount_agreed: bool = False
    probability: Probability | None
    opened_on: date | None
    expected_close: date | None
    closing: Closing | None = None
    rest: Rest = Rest()
    contacts: tuple[Involvement, ...]
    answers: FrozenMap[str, Answer]
    source: Source
    source_words: str = attrs.field(repr=False)
    details: FrozenMap[str, AnswerValue]
    timeline: tuple[OpportunityEvent, ...] = attrs.field(repr=False)
    _follows: bool = attrs.field(default=False, init=False, repr=False, eq=False)

    @classmethod
    def open(
        cls,
        *,
        at: datetime,
        id: str,
        name: str = "",
        account_id: str = "",
        lead_ids: Iterable[str] = (),
        amount: Money | None = None,
        lines: Iterable[Line] = (),
        expected_close: date | None = None,
        contacts: Iterable[Involvement] = (),
        answers: Mapping[str, Answer] | None = None,
        source: Source | str = Source.OTHER,
        source_words: str = "",
        details: Mapping[str, AnswerValue] | None = None,
        pipeline: Pipeline = OPPORTUNITY_PIPELINE,
        stage: str = "",
        probability: Probability | None = None,
        owner: str = "",
        team: str = "",
        by: str = "",
    ) -> Self:
        """
        Open an opportunity in the first stage, or in another open one if it comes from elsewhere.

        Where there are lines, the amount is what they come to.
        Raises `MoveRefused` when the stage asks for what is not met.

        >>> from datetime import UTC, datetime
        >>> Opportunity.open(id="7", at=datetime(2026, 3, 2, tzinfo=UTC)).stage
        'meeting'
        """
        converters.one(Pipeline, pipeline, "pipeline")
        beginning = pipeline.stage(stage) if stage else pipeline.initial
        if not beginning.is_open:
            raise InvalidValue("stage", _CLOSED_BEGINNING)
        moment = instant(at)
        told = lines_in_one_currency(lines)
        chance = Probability.entering(beginning) if probability is None else estimated(probability)
        opened = OpportunityOpened(
            at=moment,
            by=by,
            id=id,
            name=name,
            account_id=account_id,
            lead_ids=lead_ids,
            amount=total(told) if amount is None else amount,
            lines=told,
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
            owner=owner,
            team=team,
        )
        must_have_roles(opened.contacts, pipeline, verb="open", stage=beginning.name)
        deal = cls.replay([opened])
        if objections := pipeline.entry_objections(deal.stage, deal, at=moment):
            raise MoveRefused(Refusal("open", deal.stage, objections))
        return deal

    @classmethod
    def replay(cls, history: Iterable[OpportunityEvent], /) -> Self:
        """
        Rebuild an opportunity from its events.

        Raises `InvalidHistory` when they tell no possible story.

        >>> from datetime import UTC, datetime
        >>> deal = Opportunity.open(id="7", at=datetime(2026, 3, 2, tzinfo=UTC))
        >>> Opportunity.replay(deal.timeline) == deal
        True
        """
        return replay(cls, history)

    def __str__(self) -> str:
        """
        Say which deal it is, where it stands, and what it is worth; nothing personal.

        >>> from datetime import UTC, date, datetime
        >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
        >>> deal = Opportunity.open(id="7", expected_close=date(2026, 6, 30), at=monday)
        >>> print(deal, deal.lose("price", at=monday), sep="; ")
        deal 7: Meeting, expected by 2026-06-30; deal 7: Lost on 2026-03-02
        """
        stage = self.pipeline.labels["to_stage"].get(self.stage, self.stage)
        worth = "" if self.amount is None else f", {self.amount}"
        if self.closed_on is not None:
            return f"deal {self.id}: {stage} on {self.closed_on}{worth}"
        due = self.expected_close if self.closing is None else None
        return f"deal {self.id}: {stage}{worth}" + (f", expected by {due}" if due else "")

    @property
    def version(self) -> int:
        """How many events lie behind this opportunity; it grows with every verb."""
        return len(self.timeline)

    @property
    def roles(self) -> frozenset[str]:
        """The roles that its contacts play, for the gates of stages."""
        return frozenset(contact.role for contact in self.contacts)

    @property
    def has_decision_maker(self) -> bool:
        """Whether anyone who can say yes is among the contacts."""
        return any(contact.role in DECIDING for contact in self.contacts)

    @property
    def primary_contact(self) -> Person | None:
        """The first one to speak with, or ``None`` where none was said to be."""
        return next((contact.person for contact in self.contacts if contact.primary), None)

    @property
    def weighted(self) -> Money | None:
        """The amount times the chance to win, exactly; ``None`` where one of them is not known."""
        if self.amount is None or self.probability is None:
            return None
        return finest(
            EXACT.multiply(self.amount.amount, self.probability.value), self.amount.currency
        )

    @property
    def closed_on(self) -> date | None:
        """The day on which it was closed; ``None`` while it is open, or where it is not known."""
        return None if self.closing is None else self.closing.closed_on

    @property
    def held_until(self) -> date | None:
        """The day, or the moment, until which it rests; ``None`` where it does not, or for good."""
        return self.rest.until

    @property
    def loss(self) -> Closing | None:
        """How it was lost, while it is."""
        is_lost = self.closing is not None and self.closing.kind is StageKind.LOST
        return self.closing if is_lost else None

    @property
    def closings(self) -> tuple[Closing, ...]:
        """Every time it was won or lost, as corrected since, also those before a reopening."""
        return closings_of(self.timeline)

    @property
    def losses(self) -> tuple[Closing, ...]:
        """Every time the deal was lost, also those before a reopening."""
        return tuple(closing for closing in self.closings if closing.kind is StageKind.LOST)

    def events_since(self, version: int) -> tuple[OpportunityEvent, ...]:
        """
        List what has happened since a version that you have read.

        >>> from datetime import UTC, datetime
        >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
        >>> deal = Opportunity.open(id="7", at=monday)
        >>> [event.to_stage for event in deal.move("propose", at=monday).events_since(deal.version)]
        ['proposal']
        """
        return events_since(self, version)

    def decide(
        self,
        trigger: str,
        *,
        at: datetime,
        reason: str = "",
        also: Iterable[str] = (),
        note: str = "",
    ) -> Permit | Refusal:
        """
        Judge one move: a permit, or a refusal with every reason. Nothing is changed.

        A move into a lost stage is judged with the ``reason`` that is given with it, others that
        mattered, and the note.

        >>> from datetime import UTC, datetime
        >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
        >>> deal = Opportunity.open(id="7", at=monday).move("propose", at=monday)
        >>> print(deal.decide("win", at=monday))
        cannot win: no decision maker is known (involve ...); the amount is not agreed (...)
        """
        moment = instant(at)
        if objection := standing_in_the_way(self, at=moment):
            return Refusal(as_text(trigger), self.stage, (objection,))
        return self.pipeline.decide(
            self.stage, trigger, self, at=moment, reason=reason, also=also, note=note
        )

    def ways(self, *, at: datetime) -> tuple[Way, ...]:
        """
        List the moves out of the stage, by destination: which are open, and what each needs.

        >>> from datetime import UTC, datetime
        >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
        >>> deal = Opportunity.open(id="7", at=monday)
        >>> [(way.destination.name, *way.needs) for way in deal.ways(at=monday)]
        [('proposal',), ('lost', 'reason')]
        """
        return ways_from_here(self, at=at)

    def move(
        self,
        trigger: str = "",
        *,
        to: str = "",
        at: datetime,
        reason: str = "",
        also: Iterable[str] = (),
        competitor: str | Iterable[str] = "",
        closed_on: date | None = None,
        note: str = "",
        by: str = "",
    ) -> Self:
        """
        Make a move, by its trigger, or by the stage that it leads ``to``, as a board does.

        A move into a lost stage needs a ``reason``. A deal is closed on the day of ``at`` where it
        was made, unless ``closed_on`` says otherwise.

        >>> from datetime import UTC, datetime
        >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
        >>> Opportunity.open(id="7", at=monday).move(to="lost", reason="price", at=monday).stage
        'lost'
        """
        if to or not trigger:
            trigger = towards(trigger, to, stage=self.stage, ways=self.ways(at=at))
        others = several_codes(also)
        event = event_of(
            self,
            granted(self.decide(trigger, at=at, reason=reason, also=others, note=note)),
            at=at,
            reason=reason,
            also=others,
            competitor=competitor,
            closed_on=closed_on,
            note=note,
            by=by,
        )
        return follow(self, event)

    def win(
        self,
        reason: str = "",
        *,
        at: datetime,
        also: Iterable[str] = (),
        competitor: str | Iterable[str] = "",
        closed_on: date | None = None,
        trigger: str = "win",
        note: str = "",
        by: str = "",
    ) -> Self:
        """
        Win the deal, with the reason for it if there is one, and the competitor who lost it.

        Other reasons that mattered are given as ``also``; there may be several competitors.

        >>> from datetime import UTC, datetime
        >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
        >>> deal = Opportunity.open(id="7", amount=Money(900, "EUR"), stage="proposal", at=monday)
        >>> deal = deal.involve("Sara Ahmadi", "decision_maker", at=monday).agree(at=monday)
        >>> deal.win("quality", at=monday).stage
        'won'
        """
        return self._close(
            StageKind.WON,
            trigger,
            reason,
            at=at,
            also=also,
            competitor=competitor,
            closed_on=closed_on,
            note=note,
            by=by,
        )

    def lose(
        self,
        reason: str,
        *,
        at: datetime,
        also: Iterable[str] = (),
        competitor: str | Iterable[str] = "",
        closed_on: date | None = None,
        trigger: str = "lose",
        note: str = "",
        by: str = "",
    ) -> Self:
        """
        Give the deal up, with a reason, and the competitor who got it if there was one.

        Other reasons that mattered are given as ``also``; there may be several competitors.

        >>> from datetime import UTC, datetime
        >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
        >>> Opportunity.open(id="7", at=monday).lose("price", competitor="Faradis", at=monday).stage
        'lost'
        """
        return self._close(
            StageKind.LOST,
            trigger,
            reason,
            at=at,
            also=also,
            competitor=competitor,
            closed_on=closed_on,
            note=note,
            by=by,
        )

    def reopen(self, *, at: datetime, note: str = "", by: str = "") -> Self:
        """
        Take a closed deal up again, where it was, with the probability it had.

        The amount is to be agreed anew before the deal can be won again.

        >>> from datetime import UTC, datetime
        >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
        >>> again = Opportunity.open(id="7", at=monday).lose("price", at=monday).reopen(at=monday)
        >>> again.stage, again.loss, len(again.losses)
        ('meeting', None, 1)
        """
        return self.move("reopen", at=at, note=note, by=by)

    def amend(self, *, at: datetime, by: str = "", **amended: Any) -> Self:  # noqa: ANN401 - a field each
        """
        Correct what is known: name, account_id, amount, lines, expected_close, contacts, details.

        While there are lines, the amount is what they come to: change the lines, or give
        ``lines=[]`` to have an amount without any. Each slip of the expected close stays on the
        timeline. On a closed deal the amount, the lines and the expected close stand still.

        >>> from datetime import UTC, datetime
        >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
        >>> deal = Opportunity.open(id="7", name="Generators", at=monday)
        >>> deal = deal.amend(name="Two generators", amount=Money("900", "EUR"), at=monday)
        >>> str(deal.amount), deal.version
        ('900 EUR', 3)
        >>> deal = deal.amend(lines=[Line("pump", Money("99.95", "EUR"), quantity=10)], at=monday)
        >>> str(deal.amount)
        '999.50 EUR'
        """
        return amend_deal(self, amended, at=at, by=by)

    def agree(self, amount: Money | None = None, *, at: datetime, by: str = "") -> Self:
        """
        Record that both sides agreed on the amount, or on another one that is given.

        A deal with lines is agreed as they come to; what was granted since is a line of its own.

        >>> from datetime import UTC, datetime
        >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
        >>> Opportunity.open(id="7", at=monday).agree(Money("900", "EUR"), at=monday).amount_agreed
        True
        """
        must_be_open(self, "agree", at=at)
        agreed = self.amount if amount is None else amount
        event = AmountRevised(
            at=at, by=by, before=self.amount, amount=agreed, lines=self.lines, agreed=True
        )
        return apply(self, event, verb="agree")

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
        must_be_open(self, "estimate", at=at)
        event = ProbabilityEstimated(
            at=at, by=by, before=self.probability, probability=estimated(probability)
        )
        return apply(self, event, verb="estimate")

    def involve(
        self,
        person: Person | str,
        role: str,
        *,
        primary: bool = False,
        at: datetime,
        by: str = "",
    ) -> Self:
        """
        Add a person who has a say, in a role such as decision maker, adviser or user.

        The same person in the same role is there once, in any spelling; a role of *other* gives way
        to what the person turns out to be. The roles are those of the pipeline. Who is ``primary``
        takes that from the one who was.

        >>> from datetime import UTC, datetime
        >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
        >>> deal = Opportunity.open(id="7", at=monday)
        >>> deal.involve("Sara Ahmadi", "decision_maker", at=monday).has_decision_maker
        True
        """
        who = person if isinstance(person, Person) else Person(person)
        told = Involvement(who, role, primary=primary)
        must_have_roles([told], self.pipeline, verb="involve", stage=self.stage)
        event = ContactInvolved(at=at, by=by, involvement=told)
        return apply(self, event, verb="involve")

    def log(
        self,
        kind: str,
        *,
        at: datetime,
        when: datetime | None = None,
        inbound: bool | None = None,
        reached: bool | None = None,
        outcome: str = "",
        person: str = "",
        campaign: str = "",
        done: str = "",
        note: str = "",
        id: str = "",
        by: str = "",
    ) -> Self:
        """
        Record a call, an e-mail, a visit or the like; see `Lead.log` for its parameters.

        >>> from datetime import UTC, datetime
        >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
        >>> deal = Opportunity.open(id="7", at=monday).log("call", reached=True, at=monday)
        >>> deal.engagement.times_in_contact
        1
        """
        return logged(
            self,
            kind,
            at=at,
            when=when,
            inbound=inbound,
            reached=reached,
            outcome=outcome,
            person=person,
            campaign=campaign,
            done=done,
            note=note,
            id=id,
            by=by,
        )

    def assign(
        self, owner: str, *, at: datetime, team: str = "", note: str = "", by: str = ""
    ) -> Self:
        """
        Give the deal to an owner, to a team, or to both.

        >>> from datetime import UTC, datetime
        >>> monday = datetime(2026, 3, 2, 9, tzinfo=UTC)
        >>> Opportunity.open(id="7", at=monday).assign("Ani", at=monday).owner
        'Ani'
        """
        return assigned(self, owner, team=team, note=note, at=at, by=by)

    def answer(
        self,
        question: str | Mapping[str, Answer | AnswerValue],
        value: Answer | AnswerValue = None,
        *,
        at: datetime,
        when: datetime | None = None,
        note: str = "",
        by: str = "",
    ) -> Self:
        """
        Record what was said about the date, the budget, or a question of your own.

        Several questions are answered at once by a mapping. ``when`` is when it was said, if that
        was before ``at``; the answer that was said last stands.

        >>> from datetime import UTC, datetime
        >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
        >>> deal = Opportunity.open(id="7", at=monday).answer("budget", True, at=monday)
        >>> deal.answers["budget"].value
        True
        """
        deal = self
        for event in answers_given(question, value, at=at, when=when, note=note, by=by):
            deal = apply(deal, event, verb="answer")
        return deal

    def _close(
        self,
        kind: StageKind,
        trigger: str,
        reason: str,
        *,
        at: datetime,
        also: Iterable[str],
        note: str,
        **told: Any,  # noqa: ANN401 - competitor, closed_on and by
    ) -> Self:
        """Make a move that must end in a stage of one kind."""
        others = several_codes(also)
        permit = granted(self.decide(trigger, at=at, reason=reason, also=others, note=note))
        must_end_in(kind, permit)
        event = event_of(self, permit, at=at, reason=reason, also=others, note=note, **told)
        return follow(self, event)

"""What can happen to an opportunity. Each event says when, by whom, and which fields it changes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from types import MappingProxyType, SimpleNamespace
from typing import Any, ClassVar

import attrs

from ..activities.consents import ConsentGiven, ConsentWithdrawn
from ..activities.engagement import Engagement
from ..activities.events import ActivityCorrected, ActivityLogged, ActivityWithdrawn
from ..activities.owners import OwnerAssigned, owner_name, team_name
from ..activities.steps import StepDropped, StepMoved, StepPlanned
from ..errors import InvalidHistory, InvalidValue, Text
from ..history.contributed import Contributed, ContributionWithdrawn
from ..history.erased import PersonErased
from ..history.event_fields import (
    by_field,
    note_field,
    reason_field,
    source_words_field,
)
from ..history.person_merged import PersonMerged
from ..history.recorded import Recorded
from ..history.sentences import AMENDED
from ..pipeline.moving import MOVED, MoveTaken, beginning, entering, must_begin_in
from ..pipeline.pipeline import Pipeline
from ..pipeline.stage import StageKind
from ..pipeline.transferring import PipelineChanged
from ..qualification.events import QuestionAnswered
from ..values import converters
from ..values.answer import Answer, AnswerValue
from ..values.contribution import Contribution
from ..values.frozen_map import FrozenMap
from ..values.instants import instant
from ..values.lines import Line, lines_in_one_currency, total
from ..values.money import Money
from ..values.source import Source
from .contacts import Involvement, involvements
from .outcomes import Closing
from .probability import CERTAIN, HOPELESS, Probability, chance, chance_before, maybe_chance
from .rest import must_lie_ahead, rest_until

Changes = Mapping[str, Any]


_FUTURE = Text("closes_later", "{field} lies in the future", "the day on which the deal was closed")
_OTHER_KIND = Text("other_kind", "{field} is not of the same kind", "one of kind {kind}")
_NEVER_CLOSED_SO = Text("never_closed_so", "corrects a closing that the deal did not have then")
_NOT_THE_SUM = Text(
    "amount_from_lines",
    "{field} is not what the lines come to, which is {total}",
    "{total}, or lines=[…] that come to it, or lines=[] for an amount without lines",
)
_NOTHING_AGREED = Text("nothing_agreed", "{field} cannot be agreed while there is none", "Money")

AMENDABLE: Mapping[str, Callable[[Any], object]] = MappingProxyType(
    {
        "name": converters.name,
        "account_id": converters.account_id,
        "contacts": involvements,
        "source": converters.source,
        "source_words": converters.source_words,
        "details": converters.details,
    }
)
"""What may be corrected at any time, and the converter of each; all else has its own event."""


def _pipeline(value: Pipeline) -> Pipeline:
    return converters.one(Pipeline, value, "pipeline")


def _closing(value: Closing) -> Closing:
    return converters.one(Closing, value, "closing")


def _closing_before(value: Closing) -> Closing:
    return converters.one(Closing, value, "before")


def _closing_after(value: Closing) -> Closing:
    return converters.one(Closing, value, "after")


def _why(text: str) -> str:
    return converters.visible_line(text, "why")


def _agreed(value: bool) -> bool:  # noqa: FBT001 - the converter of a field
    return converters.one(bool, value, "agreed")


def _involvement(value: Involvement) -> Involvement:
    return converters.one(Involvement, value, "involvement")


def _amended(values: Mapping[str, Any]) -> FrozenMap[str, Any]:
    return converters.fields(values, AMENDABLE, "amend")


def _must_be(kind: StageKind, closing: Closing, at: datetime) -> None:
    if closing.kind is not kind:
        raise InvalidValue("closing", _OTHER_KIND, {"kind": kind.value})
    # One day of tolerance, because somewhere it is tomorrow already.
    if closing.closed_on is not None and (closing.closed_on - at.date()).days > 1:
        raise InvalidValue("closed_on", _FUTURE)


def _must_be_the_sum(amount: Money | None, told: tuple[Line, ...]) -> None:
    if told and amount != total(told):
        raise InvalidValue("amount", _NOT_THE_SUM, {"total": total(told)})


_OPENED = Text("told_opened", "opened as a deal in {to_stage}")
_OPENED_FOR = Text("told_opened_for", "opened as a deal in {to_stage} for {amount}")
_WON = Text("told_won", "won")
_WON_FOR = Text("told_won_for", "won for {closing.amount}")
_LOST = Text("told_lost", "lost in {from_stage}")
_CORRECTED = Text("told_closing_corrected", "corrected how it was closed")
_REOPENED = Text("told_reopened", "reopened in {to_stage}")
_HELD = Text("told_held", "put to rest")
_HELD_UNTIL = Text("told_held_until", "put to rest until {until}")
_RESUMED = Text("told_resumed", "taken up again after its rest")
_AMOUNT_AGREED = Text("told_amount_agreed", "agreed on {amount}")
_AMOUNT_SET = Text("told_amount_set", "the amount is {amount}")
_AMOUNT_CHANGED = Text("told_amount_changed", "the amount went from {before} to {amount}")
_AMOUNT_GONE = Text("told_amount_gone", "the amount is no longer known")
_CLOSE_SET = Text("told_close_set", "expected to close on {expected_close}")
_CLOSE_MOVED = Text("told_close_moved", "the expected close went from {before} to {expected_close}")
_CLOSE_GONE = Text("told_close_gone", "the expected close is no longer known")
_ESTIMATED = Text("told_estimated", "the chance was estimated at {probability.value}")
_INVOLVED = Text("told_involved", "involved a contact as {involvement.role}")


@attrs.frozen(kw_only=True)
class OpportunityOpened:
    """
    An opportunity began: for whom, how much, by when, and in which stage.

    >>> from datetime import UTC, datetime
    >>> from salesfunnel.opportunities import Opportunity
    >>> deal = Opportunity.open(id="7", at=datetime(2026, 3, 2, tzinfo=UTC))
    >>> deal.timeline[0].to_stage
    'meeting'
    """

    at: datetime = attrs.field(converter=instant)
    by: str = by_field()
    id: str = attrs.field(converter=converters.identity, metadata={"personal": False})
    name: str = attrs.field(
        default="", converter=converters.name, repr=False, metadata={"personal": True}
    )
    account_id: str = attrs.field(
        default="", converter=converters.account_id, metadata={"personal": False}
    )
    lead_ids: tuple[str, ...] = attrs.field(
        default=(), converter=converters.lead_ids, metadata={"personal": False}
    )
    amount: Money | None = attrs.field(default=None, converter=converters.amount)
    probability: Probability | None = attrs.field(default=None, converter=maybe_chance)
    opened_on: date | None = attrs.field(default=None, converter=converters.opened_on)
    expected_close: date | None = attrs.field(default=None, converter=converters.expected_close)
    contacts: tuple[Involvement, ...] = attrs.field(default=(), converter=involvements)
    answers: FrozenMap[str, Answer] = attrs.field(
        default=FrozenMap[str, Answer](),
        converter=converters.answers_by_question,
        metadata={"personal": False},
    )
    source: Source = attrs.field(converter=converters.source)
    source_words: str = source_words_field()
    details: FrozenMap[str, AnswerValue] = attrs.field(
        default=FrozenMap[str, AnswerValue](),
        converter=converters.details,
        metadata={"personal": True},
    )
    pipeline: Pipeline = attrs.field(converter=_pipeline)
    to_stage: str = attrs.field(converter=converters.to_stage, metadata={"personal": False})
    owner: str = attrs.field(default="", converter=owner_name, metadata={"personal": False})
    team: str = attrs.field(default="", converter=team_name, metadata={"personal": False})
    lines: tuple[Line, ...] = attrs.field(default=(), converter=lines_in_one_currency)

    def __attrs_post_init__(self) -> None:
        """Refuse a stage that the pipeline does not have, and another amount than the lines'."""
        must_begin_in(self.pipeline, self.to_stage)
        _must_be_the_sum(self.amount, self.lines)

    @property
    def sentence(self) -> Text:
        """How it is told: in which stage, and for how much."""
        return _OPENED if self.amount is None else _OPENED_FOR

    def changes(self, _before: object, /) -> Changes:
        """Begin the opportunity with all that is known."""
        return {
            "id": self.id,
            "name": self.name,
            "account_id": self.account_id,
            "lead_ids": self.lead_ids,
            "amount": self.amount,
            "lines": self.lines,
            "probability": self.probability,
            "opened_on": self.opened_on,
            "expected_close": self.expected_close,
            "contacts": self.contacts,
            "answers": self.answers,
            "source": self.source,
            "source_words": self.source_words,
            "details": self.details,
            "owner": self.owner,
            "team": self.team,
            "engagement": Engagement(quiet_since=self.at),
            **beginning(self.pipeline, self.to_stage, at=self.at),
        }


@attrs.frozen(kw_only=True)
class OpportunityMoved:
    """
    The opportunity moved to another open stage.

    >>> from datetime import UTC, datetime
    >>> from salesfunnel.opportunities import Opportunity
    >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
    >>> deal = Opportunity.open(id="7", at=monday).move("propose", at=monday)
    >>> deal.timeline[-1].from_stage, deal.timeline[-1].to_stage
    ('meeting', 'proposal')
    """

    sentence: ClassVar[Text] = MOVED

    at: datetime = attrs.field(converter=instant)
    by: str = by_field()
    trigger: str = attrs.field(converter=converters.trigger, metadata={"personal": False})
    from_stage: str = attrs.field(converter=converters.from_stage, metadata={"personal": False})
    to_stage: str = attrs.field(converter=converters.to_stage, metadata={"personal": False})
    probability: Probability | None = attrs.field(converter=maybe_chance)
    reason: str = reason_field()
    note: str = note_field()

    def changes(self, before: object, /) -> Changes:
        """Enter the new stage with its probability, unless a hand had set one."""
        return {
            **entering(before, from_stage=self.from_stage, to_stage=self.to_stage, at=self.at),
            "probability": self.probability,
        }


@attrs.frozen(kw_only=True)
class OpportunityWon:
    """
    The deal was won, as the closing says: for which amount, on which day, and perhaps why.

    >>> from datetime import UTC, date, datetime
    >>> way = {"trigger": "win", "from_stage": "proposal", "to_stage": "won"}
    >>> closing = Closing(kind="won", stage="proposal", closed_on=date(2026, 3, 2))
    >>> won = OpportunityWon(at=datetime(2026, 3, 2, tzinfo=UTC), **way, closing=closing)
    >>> won.closing.closed_on.year
    2026
    """

    at: datetime = attrs.field(converter=instant)
    by: str = by_field()
    trigger: str = attrs.field(converter=converters.trigger, metadata={"personal": False})
    from_stage: str = attrs.field(converter=converters.from_stage, metadata={"personal": False})
    to_stage: str = attrs.field(converter=converters.to_stage, metadata={"personal": False})
    closing: Closing = attrs.field(converter=_closing)

    def __attrs_post_init__(self) -> None:
        """Refuse the closing of a lost deal, and a day that is still to come."""
        _must_be(StageKind.WON, self.closing, self.at)

    @property
    def sentence(self) -> Text:
        """How it is told: for how much."""
        return _WON if self.closing.amount is None else _WON_FOR

    def changes(self, before: object, /) -> Changes:
        """Enter the won stage; the chance is now 1."""
        return {
            **entering(before, from_stage=self.from_stage, to_stage=self.to_stage, at=self.at),
            "probability": CERTAIN,
            "closing": self.closing,
        }


@attrs.frozen(kw_only=True)
class OpportunityLost:
    """
    The deal was lost, as the closing says. The reason stays here for ever.

    >>> from datetime import UTC, datetime
    >>> from salesfunnel.opportunities import Opportunity
    >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
    >>> Opportunity.open(id="7", at=monday).lose("price", at=monday).timeline[-1].closing.reason
    'price'
    """

    sentence: ClassVar[Text] = _LOST

    at: datetime = attrs.field(converter=instant)
    by: str = by_field()
    trigger: str = attrs.field(converter=converters.trigger, metadata={"personal": False})
    from_stage: str = attrs.field(converter=converters.from_stage, metadata={"personal": False})
    to_stage: str = attrs.field(converter=converters.to_stage, metadata={"personal": False})
    closing: Closing = attrs.field(converter=_closing)

    def __attrs_post_init__(self) -> None:
        """Refuse the closing of a won deal, and a day that is still to come."""
        _must_be(StageKind.LOST, self.closing, self.at)

    def changes(self, before: object, /) -> Changes:
        """Enter the lost stage; the chance is now 0."""
        return {
            **entering(before, from_stage=self.from_stage, to_stage=self.to_stage, at=self.at),
            "probability": HOPELESS,
            "closing": self.closing,
        }


@attrs.frozen(kw_only=True)
class ClosingCorrected:
    """
    How a deal was closed had been entered wrongly; holds it as it was and as it is, and why.

    >>> from datetime import UTC, datetime
    >>> from salesfunnel.opportunities import Opportunity
    >>> from salesfunnel.opportunities.closing import correct
    >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
    >>> lost = Opportunity.open(id="7", at=monday).lose("price", at=monday)
    >>> event = correct(lost, reason="timing", why="a slip", at=monday).timeline[-1]
    >>> event.before.reason, event.after.reason
    ('price', 'timing')
    """

    sentence: ClassVar[Text] = _CORRECTED

    at: datetime = attrs.field(converter=instant)
    by: str = by_field()
    before: Closing = attrs.field(converter=_closing_before)
    after: Closing = attrs.field(converter=_closing_after)
    why: str = attrs.field(converter=_why, repr=False, metadata={"personal": True})

    def __attrs_post_init__(self) -> None:
        """Refuse to make a win of a loss, and a day that is still to come."""
        _must_be(self.before.kind, self.after, self.at)

    def changes(self, before: Any, /) -> Changes:  # noqa: ANN401 - all that has a closing
        """Be closed as it is told now, and be worth what it was closed for."""
        if before.closing != self.before:
            raise InvalidHistory("timeline", _NEVER_CLOSED_SO)
        if self.after.amount == self.before.amount:
            return {"closing": self.after}
        # The lines do not come to it, so they are not what was sold; the timeline keeps them.
        return {"closing": self.after, "amount": self.after.amount, "lines": ()}


@attrs.frozen(kw_only=True)
class OpportunityReopened:
    """
    A closed deal was taken up again, where it was and with the probability it had.

    >>> from datetime import UTC, datetime
    >>> from salesfunnel.opportunities import Opportunity
    >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
    >>> deal = Opportunity.open(id="7", at=monday).lose("price", at=monday).reopen(at=monday)
    >>> deal.timeline[-1].to_stage
    'meeting'
    """

    sentence: ClassVar[Text] = _REOPENED

    at: datetime = attrs.field(converter=instant)
    by: str = by_field()
    trigger: str = attrs.field(converter=converters.trigger, metadata={"personal": False})
    from_stage: str = attrs.field(converter=converters.from_stage, metadata={"personal": False})
    to_stage: str = attrs.field(converter=converters.to_stage, metadata={"personal": False})
    probability: Probability | None = attrs.field(converter=maybe_chance)
    reason: str = reason_field()
    note: str = note_field()

    def changes(self, before: object, /) -> Changes:
        """Be open again, the amount to be agreed anew; how it was closed stays on the timeline."""
        return {
            **entering(before, from_stage=self.from_stage, to_stage=self.to_stage, at=self.at),
            "probability": self.probability,
            "amount_agreed": False,
            "closing": None,
        }


@attrs.frozen(kw_only=True)
class Held:
    """
    A deal was put to rest in its stage, until a day if that is known.

    >>> from datetime import UTC, date, datetime
    >>> Held(at=datetime(2026, 4, 2, tzinfo=UTC), until=date(2026, 6, 1)).until.month
    6
    """

    rests: ClassVar[bool] = True

    at: datetime = attrs.field(converter=instant)
    by: str = by_field()
    until: date | None = attrs.field(default=None, converter=rest_until)
    reason: str = reason_field()
    note: str = note_field()

    def __attrs_post_init__(self) -> None:
        """Refuse a rest that is over before it begins."""
        must_lie_ahead(self.until, at=self.at)

    @property
    def sentence(self) -> Text:
        """How it is told: until when."""
        return _HELD if self.until is None else _HELD_UNTIL

    def changes(self, before: Any, /) -> Changes:  # noqa: ANN401 - all that can rest
        """Rest from now on, or go on resting until another day."""
        return {"rest": before.rest.begun(at=self.at, until=self.until, note=self.note)}


@attrs.frozen(kw_only=True)
class Resumed:
    """
    Work on a deal went on, in the stage in which it had rested.

    >>> from datetime import UTC, datetime
    >>> Resumed(at=datetime(2026, 6, 1, tzinfo=UTC), note="they called").rests
    False
    """

    rests: ClassVar[bool] = False
    sentence: ClassVar[Text] = _RESUMED

    at: datetime = attrs.field(converter=instant)
    by: str = by_field()
    note: str = note_field()

    def changes(self, before: Any, /) -> Changes:  # noqa: ANN401 - all that can rest
        """Rest no more; how long it rested is kept."""
        return {"rest": before.rest.ended(at=self.at)}


@attrs.frozen(kw_only=True)
class AmountRevised:
    """
    The amount changed, from what to what, or was agreed; keeps the lines of which it is the sum.

    >>> from datetime import UTC, datetime
    >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
    >>> price = Money("900", "EUR")
    >>> str(AmountRevised(at=monday, before=None, amount=price, agreed=True).amount)
    '900 EUR'
    """

    at: datetime = attrs.field(converter=instant)
    by: str = by_field()
    before: Money | None = attrs.field(converter=converters.amount_before)
    amount: Money | None = attrs.field(converter=converters.amount)
    agreed: bool = attrs.field(converter=_agreed)
    lines: tuple[Line, ...] = attrs.field(default=(), converter=lines_in_one_currency)

    def __attrs_post_init__(self) -> None:
        """Refuse an agreement on nothing, and another amount than the lines come to."""
        if self.agreed and self.amount is None:
            raise InvalidValue("amount", _NOTHING_AGREED)
        _must_be_the_sum(self.amount, self.lines)

    @property
    def sentence(self) -> Text:
        """How it is told: agreed, or from what to what."""
        if self.agreed:
            return _AMOUNT_AGREED
        if self.amount is None:
            return _AMOUNT_GONE
        return _AMOUNT_SET if self.before is None else _AMOUNT_CHANGED

    def changes(self, _before: object, /) -> Changes:
        """Take the new amount, and its lines."""
        return {"amount": self.amount, "lines": self.lines, "amount_agreed": self.agreed}


@attrs.frozen(kw_only=True)
class CloseDateMoved:
    """
    The expected close date slipped or came nearer, from when to when.

    >>> from datetime import UTC, date, datetime
    >>> monday, june = datetime(2026, 3, 2, tzinfo=UTC), date(2026, 6, 30)
    >>> CloseDateMoved(at=monday, before=None, expected_close=june).changes(None)
    {'expected_close': datetime.date(2026, 6, 30)}
    """

    at: datetime = attrs.field(converter=instant)
    by: str = by_field()
    before: date | None = attrs.field(converter=converters.expected_before)
    expected_close: date | None = attrs.field(converter=converters.expected_close)

    @property
    def sentence(self) -> Text:
        """How it is told: from when to when."""
        if self.expected_close is None:
            return _CLOSE_GONE
        return _CLOSE_SET if self.before is None else _CLOSE_MOVED

    def changes(self, _before: object, /) -> Changes:
        """Take the new date."""
        return {"expected_close": self.expected_close}


@attrs.frozen(kw_only=True)
class ProbabilityEstimated:
    """
    A person, or a model, estimated the chance to win.

    >>> from datetime import UTC, datetime
    >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
    >>> likely = Probability("0.9", "hand")
    >>> str(ProbabilityEstimated(at=monday, before=None, probability=likely).probability.value)
    '0.9'
    """

    sentence: ClassVar[Text] = _ESTIMATED

    at: datetime = attrs.field(converter=instant)
    by: str = by_field()
    before: Probability | None = attrs.field(converter=chance_before)
    probability: Probability = attrs.field(converter=chance)

    def changes(self, _before: object, /) -> Changes:
        """Take the new estimate."""
        return {"probability": self.probability}


@attrs.frozen(kw_only=True)
class ContactInvolved:
    """
    A person was found to have a say, in some role.

    >>> from datetime import UTC, datetime
    >>> from salesfunnel.values import Person
    >>> user = Involvement(Person("Sara Ahmadi"), "user")
    >>> ContactInvolved(at=datetime(2026, 3, 2, tzinfo=UTC), involvement=user).involvement.role
    'user'
    """

    sentence: ClassVar[Text] = _INVOLVED

    at: datetime = attrs.field(converter=instant)
    by: str = by_field()
    involvement: Involvement = attrs.field(converter=_involvement)

    def changes(self, before: Any, /) -> Changes:  # noqa: ANN401 - all that has contacts
        """
        Add the person once for each role, in any spelling; the role *other* gives way.

        Who becomes primary takes that from the one who was; no role changes by it.
        """
        known = before.contacts
        if self.involvement.primary and any(contact.primary for contact in known):
            known = tuple([attrs.evolve(contact, primary=False) for contact in known])
        offered = Contribution({"contacts": (self.involvement,)})
        return {"contacts": known} | offered.put_into(SimpleNamespace(contacts=known))[0]


@attrs.frozen(kw_only=True)
class OpportunityAmended:
    """
    What is known about a deal was corrected, also who has a say; holds the new values by field.

    >>> from datetime import UTC, datetime
    >>> from salesfunnel.history import apply
    >>> from salesfunnel.opportunities import Opportunity
    >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
    >>> deal = Opportunity.open(id="7", name="Generators", at=monday)
    >>> apply(deal, OpportunityAmended(at=monday, amended={"name": "Two generators"})).name
    'Two generators'
    """

    sentence: ClassVar[Text] = AMENDED

    at: datetime = attrs.field(converter=instant)
    by: str = by_field()
    amended: FrozenMap[str, Any] = attrs.field(
        converter=_amended, repr=False, metadata={"personal": True}
    )

    def changes(self, _before: object, /) -> Mapping[str, Any]:
        """Put the new values in place."""
        return self.amended


OpportunityEvent = (
    OpportunityOpened
    | ActivityLogged
    | ActivityCorrected
    | ActivityWithdrawn
    | StepPlanned
    | StepMoved
    | StepDropped
    | OwnerAssigned
    | ConsentGiven
    | ConsentWithdrawn
    | QuestionAnswered
    | OpportunityAmended
    | AmountRevised
    | CloseDateMoved
    | ProbabilityEstimated
    | ContactInvolved
    | OpportunityMoved
    | MoveTaken
    | PipelineChanged
    | OpportunityWon
    | OpportunityLost
    | ClosingCorrected
    | Held
    | Resumed
    | OpportunityReopened
    | Contributed
    | ContributionWithdrawn
    | PersonErased
    | PersonMerged
    | Recorded
)
"""All that can happen to an opportunity; the first begins it."""

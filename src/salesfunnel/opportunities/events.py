"""What can happen to an opportunity. Each event says when, by whom, and which fields it changes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import attrs

from ..errors import InvalidValue
from ..pipeline.entering import beginning, entering, must_be_tellable
from ..pipeline.pipeline import Pipeline
from ..values import gates
from ..values.answer import Answer
from ..values.frozen_map import FrozenMap
from ..values.instants import day, instant
from ..values.money import Money
from ..values.source import Source
from .contacts import Involvement, involvements
from .outcomes import Loss
from .probability import Probability, chance, maybe_chance

Changes = Mapping[str, Any]


def _opened_on(value: date | None) -> date | None:
    return None if value is None else day(value, what="opened_on")


def _closed_on(value: date) -> date:
    return day(value, what="closed_on")


def _not_in_the_future(closed_on: date, at: datetime) -> None:
    # One day of tolerance, because somewhere it is tomorrow already.
    if (closed_on - at.date()).days > 1:
        raise InvalidValue(
            "closed_on", "lies in the future", "the day on which the deal was closed"
        )


@attrs.frozen(kw_only=True)
class OpportunityOpened:
    """
    An opportunity began: for whom, how much, by when, and in which stage.

    >>> OpportunityOpened.__name__
    'OpportunityOpened'
    """

    at: datetime = attrs.field(converter=instant)
    by: str = attrs.field(default="", converter=gates.author, repr=False)
    id: str = attrs.field(converter=gates.identity)
    name: str = attrs.field(converter=gates.name, repr=False)
    account_id: str = attrs.field(converter=gates.link)
    lead_id: str = attrs.field(converter=gates.link)
    amount: Money | None = attrs.field(converter=gates.amount)
    probability: Probability | None = attrs.field(converter=maybe_chance)
    opened_on: date | None = attrs.field(converter=_opened_on)
    expected_close: date | None = attrs.field(converter=gates.maybe_day)
    contacts: tuple[Involvement, ...] = attrs.field(converter=involvements)
    answers: FrozenMap[str, Answer] = attrs.field(converter=gates.answers)
    source: Source = attrs.field(converter=gates.source)
    source_words: str = attrs.field(converter=gates.source_words, repr=False)
    details: FrozenMap[str, str] = attrs.field(converter=gates.details)
    pipeline: Pipeline
    to_stage: str

    def __attrs_post_init__(self) -> None:
        """Refuse a stage that the pipeline does not have, and moves that nobody could tell."""
        must_be_tellable(self.pipeline, self.to_stage)

    def changes(self, _before: object, /) -> Changes:
        """Begin the opportunity with all that is known."""
        return {
            "id": self.id,
            "name": self.name,
            "account_id": self.account_id,
            "lead_id": self.lead_id,
            "amount": self.amount,
            "probability": self.probability,
            "opened_on": self.opened_on,
            "expected_close": self.expected_close,
            "contacts": self.contacts,
            "answers": self.answers,
            "source": self.source,
            "source_words": self.source_words,
            "details": self.details,
            **beginning(self.pipeline, self.to_stage),
        }


@attrs.frozen(kw_only=True)
class OpportunityMoved:
    """
    The opportunity moved to another open stage.

    >>> OpportunityMoved.__name__
    'OpportunityMoved'
    """

    at: datetime = attrs.field(converter=instant)
    by: str = attrs.field(default="", converter=gates.author, repr=False)
    trigger: str = attrs.field(converter=gates.name)
    from_stage: str
    to_stage: str
    probability: Probability | None = attrs.field(converter=maybe_chance)
    note: str = attrs.field(default="", converter=gates.note, repr=False)

    def changes(self, before: object, /) -> Changes:
        """Enter the new stage with its probability, unless a hand had set one."""
        return {
            **entering(before, from_stage=self.from_stage, to_stage=self.to_stage),
            "probability": self.probability,
        }


@attrs.frozen(kw_only=True)
class OpportunityWon:
    """
    The deal was won, for the amount and on the day kept here.

    >>> OpportunityWon.__name__
    'OpportunityWon'
    """

    at: datetime = attrs.field(converter=instant)
    by: str = attrs.field(default="", converter=gates.author, repr=False)
    trigger: str = attrs.field(converter=gates.name)
    from_stage: str
    to_stage: str
    probability: Probability = attrs.field(converter=chance)
    probability_before: Probability | None = attrs.field(converter=maybe_chance)
    amount: Money | None = attrs.field(converter=gates.amount)
    closed_on: date = attrs.field(converter=_closed_on)
    note: str = attrs.field(default="", converter=gates.note, repr=False)

    def __attrs_post_init__(self) -> None:
        """Refuse a day that is still to come."""
        _not_in_the_future(self.closed_on, self.at)

    def changes(self, before: object, /) -> Changes:
        """Enter the won stage; the chance is now 1."""
        return {
            **entering(before, from_stage=self.from_stage, to_stage=self.to_stage),
            "probability": self.probability,
            "closed_on": self.closed_on,
            "loss": None,
        }


@attrs.frozen(kw_only=True)
class OpportunityLost:
    """
    The deal was lost. The reason stays here for ever, whatever happens later.

    >>> OpportunityLost.__name__
    'OpportunityLost'
    """

    at: datetime = attrs.field(converter=instant)
    by: str = attrs.field(default="", converter=gates.author, repr=False)
    trigger: str = attrs.field(converter=gates.name)
    from_stage: str
    to_stage: str
    probability: Probability = attrs.field(converter=chance)
    probability_before: Probability | None = attrs.field(converter=maybe_chance)
    loss: Loss
    closed_on: date = attrs.field(converter=_closed_on)

    def __attrs_post_init__(self) -> None:
        """Refuse a loss without its record, and a day that is still to come."""
        gates.one(Loss, self.loss, "loss")
        _not_in_the_future(self.closed_on, self.at)

    def changes(self, before: object, /) -> Changes:
        """Enter the lost stage; the chance is now 0."""
        return {
            **entering(before, from_stage=self.from_stage, to_stage=self.to_stage),
            "probability": self.probability,
            "closed_on": self.closed_on,
            "loss": self.loss,
        }


@attrs.frozen(kw_only=True)
class OpportunityReopened:
    """
    A closed deal was taken up again, where it was and with the probability it had.

    >>> OpportunityReopened.__name__
    'OpportunityReopened'
    """

    at: datetime = attrs.field(converter=instant)
    by: str = attrs.field(default="", converter=gates.author, repr=False)
    trigger: str = attrs.field(converter=gates.name)
    from_stage: str
    to_stage: str
    probability: Probability | None = attrs.field(converter=maybe_chance)
    note: str = attrs.field(default="", converter=gates.note, repr=False)

    def changes(self, before: object, /) -> Changes:
        """Be open again; how it had been closed stays on the timeline."""
        return {
            **entering(before, from_stage=self.from_stage, to_stage=self.to_stage),
            "probability": self.probability,
            "closed_on": None,
            "loss": None,
        }


@attrs.frozen(kw_only=True)
class AmountRevised:
    """
    The amount changed, from what to what, or was agreed.

    >>> AmountRevised.__name__
    'AmountRevised'
    """

    at: datetime = attrs.field(converter=instant)
    by: str = attrs.field(default="", converter=gates.author, repr=False)
    before: Money | None = attrs.field(converter=gates.amount)
    amount: Money | None = attrs.field(converter=gates.amount)
    agreed: bool

    def __attrs_post_init__(self) -> None:
        """Refuse an agreement on nothing, or by anything but a yes or no."""
        gates.one(bool, self.agreed, "agreed")
        if self.agreed and self.amount is None:
            raise InvalidValue("amount", "cannot be agreed while there is none", "Money")

    def changes(self, _before: object, /) -> Changes:
        """Take the new amount."""
        return {"amount": self.amount, "amount_agreed": self.agreed}


@attrs.frozen(kw_only=True)
class CloseDateMoved:
    """
    The expected close date slipped or came nearer, from when to when.

    >>> CloseDateMoved.__name__
    'CloseDateMoved'
    """

    at: datetime = attrs.field(converter=instant)
    by: str = attrs.field(default="", converter=gates.author, repr=False)
    before: date | None = attrs.field(converter=gates.maybe_day)
    expected_close: date | None = attrs.field(converter=gates.maybe_day)

    def changes(self, _before: object, /) -> Changes:
        """Take the new date."""
        return {"expected_close": self.expected_close}


@attrs.frozen(kw_only=True)
class ProbabilityEstimated:
    """
    Somebody, or a model, estimated the chance to win.

    >>> ProbabilityEstimated.__name__
    'ProbabilityEstimated'
    """

    at: datetime = attrs.field(converter=instant)
    by: str = attrs.field(default="", converter=gates.author, repr=False)
    before: Probability | None = attrs.field(converter=maybe_chance)
    probability: Probability = attrs.field(converter=chance)

    def changes(self, _before: object, /) -> Changes:
        """Take the new estimate."""
        return {"probability": self.probability}


@attrs.frozen(kw_only=True)
class ContactInvolved:
    """
    A person was found to have a say, in some role.

    >>> ContactInvolved.__name__
    'ContactInvolved'
    """

    at: datetime = attrs.field(converter=instant)
    by: str = attrs.field(default="", converter=gates.author, repr=False)
    involvement: Involvement

    def __attrs_post_init__(self) -> None:
        """Refuse anything but a person in a role."""
        gates.one(Involvement, self.involvement, "involvement")

    def changes(self, before: Any, /) -> Changes:  # noqa: ANN401 - whatever has contacts
        """Add the person to the contacts, once for each role."""
        if self.involvement in before.contacts:
            return {}
        return {"contacts": (*before.contacts, self.involvement)}

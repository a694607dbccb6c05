"""What can happen to an opportunity. Each event says when, by whom, and which fields it changes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import attrs

from ..pipeline.pipeline import Pipeline
from ..values.answer import Answer
from ..values.frozen_map import FrozenMap
from ..values.instants import instant
from ..values.money import Money
from ..values.source import Source
from .contacts import Involvement
from .outcomes import Loss
from .probability import Probability

Changes = Mapping[str, Any]


@attrs.frozen(kw_only=True)
class OpportunityOpened:
    """
    An opportunity began: for whom, how much, by when, and in which stage.

    >>> OpportunityOpened.__name__
    'OpportunityOpened'
    """

    at: datetime = attrs.field(converter=instant)
    by: str = ""
    id: str
    name: str
    account_id: str
    lead_id: str
    amount: Money | None
    probability: Probability | None
    expected_close: date | None
    contacts: tuple[Involvement, ...]
    answers: FrozenMap[str, Answer]
    source: Source
    source_words: str = attrs.field(repr=False)
    details: FrozenMap[str, str]
    pipeline: Pipeline
    to_stage: str

    def changes(self, _before: object, /) -> Changes:
        """Begin the opportunity with all that is known."""
        return {
            "id": self.id,
            "name": self.name,
            "account_id": self.account_id,
            "lead_id": self.lead_id,
            "amount": self.amount,
            "probability": self.probability,
            "expected_close": self.expected_close,
            "contacts": self.contacts,
            "answers": self.answers,
            "source": self.source,
            "source_words": self.source_words,
            "details": self.details,
            "pipeline": self.pipeline,
            "stage": self.to_stage,
            "last_open_stage": self.to_stage,
        }


@attrs.frozen(kw_only=True)
class OpportunityMoved:
    """
    The opportunity moved to another open stage.

    >>> OpportunityMoved.__name__
    'OpportunityMoved'
    """

    at: datetime = attrs.field(converter=instant)
    by: str = ""
    trigger: str
    from_stage: str
    to_stage: str
    probability: Probability | None

    def changes(self, _before: object, /) -> Changes:
        """Enter the new stage with its probability, unless a hand had set one."""
        return {
            "stage": self.to_stage,
            "last_open_stage": self.to_stage,
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
    by: str = ""
    trigger: str
    from_stage: str
    to_stage: str
    probability: Probability
    probability_before: Probability | None
    amount: Money | None
    closed_on: date
    note: str = attrs.field(default="", repr=False)

    def changes(self, _before: object, /) -> Changes:
        """Enter the won stage; the chance is now 1."""
        return {
            "stage": self.to_stage,
            "probability": self.probability,
            "closed_on": self.closed_on,
        }


@attrs.frozen(kw_only=True)
class OpportunityLost:
    """
    The deal was lost. The reason stays here for ever, whatever happens later.

    >>> OpportunityLost.__name__
    'OpportunityLost'
    """

    at: datetime = attrs.field(converter=instant)
    by: str = ""
    trigger: str
    from_stage: str
    to_stage: str
    probability: Probability
    probability_before: Probability | None
    loss: Loss
    closed_on: date

    def changes(self, _before: object, /) -> Changes:
        """Enter the lost stage; the chance is now 0."""
        return {
            "stage": self.to_stage,
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
    by: str = ""
    trigger: str
    from_stage: str
    to_stage: str
    probability: Probability | None
    note: str = attrs.field(default="", repr=False)

    def changes(self, _before: object, /) -> Changes:
        """Be open again; how it had been closed stays on the timeline."""
        return {
            "stage": self.to_stage,
            "last_open_stage": self.to_stage,
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
    by: str = ""
    before: Money | None
    amount: Money | None
    agreed: bool

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
    by: str = ""
    before: date | None
    expected_close: date | None

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
    by: str = ""
    before: Probability | None
    probability: Probability

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
    by: str = ""
    involvement: Involvement

    def changes(self, before: Any, /) -> Changes:  # noqa: ANN401 - whatever has contacts
        """Add the person to the contacts, once for each role."""
        if self.involvement in before.contacts:
            return {}
        return {"contacts": (*before.contacts, self.involvement)}

"""A deal was won or lost, and how it was closed was corrected."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar

import attrs

from ..errors import InvalidHistory, InvalidValue, Text
from ..history.event_fields import by_field
from ..pipeline.moving import entering
from ..pipeline.stage import StageKind
from ..values import converters
from ..values.instants import instant
from .outcomes import Closing
from .probability import CERTAIN, HOPELESS

_FUTURE = Text("closes_later", "{field} lies in the future", "the day on which the deal was closed")
_OTHER_KIND = Text("other_kind", "{field} is not of the same kind", "one of kind {kind}")
_NEVER_CLOSED_SO = Text("never_closed_so", "corrects a closing that the deal did not have then")


def _closing(value: Closing) -> Closing:
    return converters.one(Closing, value, "closing")


def _closing_before(value: Closing) -> Closing:
    return converters.one(Closing, value, "before")


def _closing_after(value: Closing) -> Closing:
    return converters.one(Closing, value, "after")


def _why(text: str) -> str:
    return converters.visible_line(text, "why")


def _must_be(kind: StageKind, closing: Closing, at: datetime) -> None:
    if closing.kind is not kind:
        raise InvalidValue("closing", _OTHER_KIND, {"kind": kind.value})
    # One day of tolerance, because somewhere it is tomorrow already.
    if closing.closed_on is not None and (closing.closed_on - at.date()).days > 1:
        raise InvalidValue("closed_on", _FUTURE)


_WON = Text("told_won", "won")
_WON_FOR = Text("told_won_for", "won for {closing.amount}")
_LOST = Text("told_lost", "lost in {from_stage}")
_LOST_SOMEWHERE = Text("told_lost_somewhere", "lost")
_CORRECTED = Text("told_closing_corrected", "corrected how it was closed")


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

    def changes(self, before: object, /) -> Mapping[str, Any]:
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

    at: datetime = attrs.field(converter=instant)
    by: str = by_field()
    trigger: str = attrs.field(converter=converters.trigger, metadata={"personal": False})
    from_stage: str = attrs.field(converter=converters.from_stage, metadata={"personal": False})
    to_stage: str = attrs.field(converter=converters.to_stage, metadata={"personal": False})
    closing: Closing = attrs.field(converter=_closing)

    def __attrs_post_init__(self) -> None:
        """Refuse the closing of a won deal, and a day that is still to come."""
        _must_be(StageKind.LOST, self.closing, self.at)

    @property
    def sentence(self) -> Text:
        """How it is told: in which stage, if that is known."""
        return _LOST if self.closing.stage else _LOST_SOMEWHERE

    def changes(self, before: object, /) -> Mapping[str, Any]:
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

    def changes(self, before: Any, /) -> Mapping[str, Any]:  # noqa: ANN401 - all that has a closing
        """Be closed as it is told now, and be worth what it was closed for."""
        if before.closing != self.before:
            raise InvalidHistory("timeline", _NEVER_CLOSED_SO)
        if self.after.amount == self.before.amount:
            return {"closing": self.after}
        # The lines do not come to it, so they are not what was sold; the timeline keeps them.
        return {"closing": self.after, "amount": self.after.amount, "lines": ()}

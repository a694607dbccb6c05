"""What is expected of a deal changed: the amount, the day of closing, the chance to win."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, ClassVar

import attrs

from ..errors import InvalidValue, Text
from ..history.event_fields import by_field
from ..values import converters
from ..values.instants import instant
from ..values.lines import Line, lines_in_one_currency, total
from ..values.money import Money
from .probability import Probability, chance, chance_before

_NOT_THE_SUM = Text(
    "amount_from_lines",
    "{field} is not what the lines come to, which is {total}",
    "{total}, or lines=[…] that come to it, or lines=[] for an amount without lines",
)
_NOTHING_AGREED = Text("nothing_agreed", "{field} cannot be agreed while there is none", "Money")


def _agreed(value: bool) -> bool:  # noqa: FBT001 - the converter of a field
    return converters.one(bool, value, "agreed")


def must_be_the_sum(amount: Money | None, told: tuple[Line, ...]) -> None:
    """Refuse another amount than the lines come to, where there are lines."""
    if told and amount != total(told):
        raise InvalidValue("amount", _NOT_THE_SUM, {"total": total(told)})


_AMOUNT_AGREED = Text("told_amount_agreed", "agreed on {amount}")
_AMOUNT_SET = Text("told_amount_set", "the amount is {amount}")
_AMOUNT_CHANGED = Text("told_amount_changed", "the amount went from {before} to {amount}")
_AMOUNT_GONE = Text("told_amount_gone", "the amount is no longer known")
_CLOSE_SET = Text("told_close_set", "expected to close on {expected_close}")
_CLOSE_MOVED = Text("told_close_moved", "the expected close went from {before} to {expected_close}")
_CLOSE_GONE = Text("told_close_gone", "the expected close is no longer known")
_ESTIMATED = Text("told_estimated", "the chance was estimated at {probability.value}")


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
        must_be_the_sum(self.amount, self.lines)

    @property
    def sentence(self) -> Text:
        """How it is told: agreed, or from what to what."""
        if self.agreed:
            return _AMOUNT_AGREED
        if self.amount is None:
            return _AMOUNT_GONE
        return _AMOUNT_SET if self.before is None else _AMOUNT_CHANGED

    def changes(self, _before: object, /) -> Mapping[str, Any]:
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

    def changes(self, _before: object, /) -> Mapping[str, Any]:
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

    def changes(self, _before: object, /) -> Mapping[str, Any]:
        """Take the new estimate."""
        return {"probability": self.probability}

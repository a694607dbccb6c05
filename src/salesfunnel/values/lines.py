"""The lines of an offer: what is sold, how much of it, at which price; and what they come to."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

import attrs

from ..errors import CurrencyMismatch, InvalidValue, Text
from . import converters
from .money import TWO_CURRENCIES, Money, payable
from .numbers import EXACT, exact_decimal

_NEGATIVE = Text(
    "quantity_below_zero", "{field} lies below 0", "0 or more; a credit has a price below 0"
)
_SHARE = Text(
    "discount_share", "{field} lies outside its range", "0 to 1, such as 0.1 for 10%, or Money"
)
_TOO_MUCH = Text(
    "discount_too_large", "{field} is more than the line comes to", "0 to {gross}, or a share"
)


def _product(text: str) -> str:
    return converters.visible_line(text, "product")


def _quantity(value: Decimal | int | str) -> Decimal:
    quantity = exact_decimal(value, "quantity")
    if quantity < 0:
        raise InvalidValue("quantity", _NEGATIVE)
    return quantity


def _price(value: Money) -> Money:
    return converters.one(Money, value, "price")


def _discount(value: Money | Decimal | int | str) -> Money | Decimal:
    if isinstance(value, Money):
        return value
    share = exact_decimal(value, "discount")
    if not 0 <= share <= 1:
        raise InvalidValue("discount", _SHARE)
    return share


@attrs.frozen
class Line:
    """
    A product, how much of it, and the price of one. A credit is a line with a price below zero.

    The discount is a share of the line, or an amount that is taken off the whole line once. The
    total is exact, and rounded once, to what can be paid in the currency.

    >>> print(Line("pump", Money("99.95", "EUR"), quantity=10, discount="0.1"))
    10 pump at 99.95 EUR, less 10%: 899.55 EUR
    """

    product: str = attrs.field(converter=_product, metadata={"personal": False})
    price: Money = attrs.field(converter=_price)
    quantity: Decimal = attrs.field(default=Decimal(1), converter=_quantity, kw_only=True)
    discount: Money | Decimal = attrs.field(default=Decimal(0), converter=_discount, kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Refuse a discount in another currency or of more than all, and a total out of bounds."""
        if isinstance(self.discount, Money):
            if self.discount.currency != self.price.currency:
                said = {"one": self.price.currency, "other": self.discount.currency}
                raise CurrencyMismatch("discount", TWO_CURRENCIES, said)
            gross = self._gross
            if self.discount.amount and not 0 <= self.discount.amount <= gross:
                said = {"gross": f"{max(gross, Decimal(0)):f} {self.price.currency}"}
                raise InvalidValue("discount", _TOO_MUCH, said)
        self.total  # noqa: B018 - what has no total is refused here

    @property
    def total(self) -> Money:
        """
        What the line comes to.

        >>> print(Line("training", Money(800, "EUR"), discount=Money(50, "EUR")).total)
        750 EUR
        """
        if isinstance(self.discount, Money):
            net = EXACT.subtract(self._gross, self.discount.amount)
        else:
            net = EXACT.multiply(self._gross, EXACT.subtract(1, self.discount))
        return payable(net, self.price.currency)

    @property
    def _gross(self) -> Decimal:
        return EXACT.multiply(self.quantity, self.price.amount)

    def __str__(self) -> str:
        """Say what is sold, at which price, and what it comes to."""
        off = ""
        if isinstance(self.discount, Money):
            off = f", less {self.discount}"
        elif self.discount:
            off = f", less {exact_decimal(EXACT.multiply(self.discount, 100), 'discount'):f}%"
        return f"{self.quantity:f} {self.product} at {self.price}{off}: {self.total}"


def lines_in_one_currency(values: Iterable[Line]) -> tuple[Line, ...]:
    """Let in lines. Raises `CurrencyMismatch` where their prices are in two currencies."""
    told = converters.several(Line, values, "lines")
    for line in told[1:]:
        if line.price.currency != told[0].price.currency:
            said = {"one": told[0].price.currency, "other": line.price.currency}
            raise CurrencyMismatch("lines", TWO_CURRENCIES, said)
    return told


def total(values: Iterable[Line]) -> Money | None:
    """
    Add lines up, to the last cent; ``None`` where there are none, since nothing has no currency.

    Raises `CurrencyMismatch` for lines in two currencies.

    >>> pumps = Line("pump", Money("99.95", "EUR"), quantity=10, discount="0.1")
    >>> print(total([pumps, Line("credit", Money(-50, "EUR"))]))
    849.55 EUR
    """
    told = lines_in_one_currency(values)
    if not told:
        return None
    return sum((line.total for line in told[1:]), start=told[0].total)

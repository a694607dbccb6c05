"""Amounts of money: exact, each in one currency, and shared out without losing a cent."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from decimal import ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction

import attrs

from ..errors import CurrencyMismatch, InvalidValue, Text, WrongKind
from .currencies import currency_code, minor_units
from .numbers import EXACT, exact_decimal

_WEIGHTS = Text(
    "weights_of_shares",
    "{field} cannot share out an amount",
    "numbers from 0 on, not all of them 0",
)
TWO_CURRENCIES = Text(
    "two_currencies",
    "{field} is {one} on one side and {other} on the other",
    "amounts in one currency; convert one of them first",
)

# Wider than what people enter, so that totals and weighted amounts are amounts too.
_INTEGER_DIGITS = 24
_FRACTION_DIGITS = 12
_SUM_DIGITS = 48  # of as many amounts as there can be

_ROUNDING = Context(prec=EXACT.prec, rounding=ROUND_HALF_EVEN, traps=[])


def _wide(value: Decimal | int | str, what: str) -> Decimal:
    return exact_decimal(
        value, what, integer_digits=_INTEGER_DIGITS, fraction_digits=_FRACTION_DIGITS
    )


def _amount(value: Decimal | int | str) -> Decimal:
    return _wide(value, "amount")


@functools.total_ordering
@attrs.frozen
class Money:
    """
    An exact amount in one currency. It is never rounded unless you say so.

    The host's decimal context does not matter. Amounts in two currencies are never equal, and
    adding or ordering them is an error.

    >>> price = Money("1999.90", "EUR")
    >>> print(price * 3, price + Money("0.10", "EUR"), sep=" / ")
    5,999.70 EUR / 2,000 EUR
    >>> Money("1", "EUR") == Money("1.0", "EUR")
    True
    """

    amount: Decimal = attrs.field(converter=_amount)
    currency: str = attrs.field(converter=currency_code)

    @classmethod
    def zero(cls, currency: str) -> Money:
        """
        Nothing, in a currency: where a sum begins.

        >>> print(sum([Money(5, "EUR"), Money(7, "EUR")], start=Money.zero("EUR")))
        12 EUR
        """
        return cls(0, currency)

    @classmethod
    def summed(cls, amount: Decimal, currency: str) -> Money:
        """
        Take an exact sum of amounts, which may be wider than any one amount.

        >>> print(Money.summed(Decimal("2E24"), "EUR"))
        2,000,000,000,000,000,000,000,000 EUR
        """
        total = cls.zero(currency)
        exact = exact_decimal(
            amount, "sum", integer_digits=_SUM_DIGITS, fraction_digits=_FRACTION_DIGITS
        )
        object.__setattr__(total, "amount", exact)
        return total

    @classmethod
    def toman(cls, tomans: Decimal | int | str) -> Money:
        """
        Read an amount in tomans. It is kept in rials, ten to the toman.

        >>> print(Money.toman("۲۵۰۰۰۰"))
        2,500,000 IRR
        """
        return cls(EXACT.multiply(_wide(tomans, "tomans"), 10), "IRR")

    def __add__(self, other: Money) -> Money:
        """Add an amount in the same currency."""
        if not isinstance(other, Money):
            return NotImplemented
        return Money(EXACT.add(self.amount, self._same_currency(other)), self.currency)

    def __sub__(self, other: Money) -> Money:
        """Take away an amount in the same currency."""
        if not isinstance(other, Money):
            return NotImplemented
        return Money(EXACT.subtract(self.amount, self._same_currency(other)), self.currency)

    def __neg__(self) -> Money:
        """Turn a gain into a loss."""
        return Money(EXACT.minus(self.amount), self.currency)

    def __mul__(self, factor: int | Decimal) -> Money:
        """Multiply by a quantity or a share; the result is exact, or refused as too fine."""
        if not isinstance(factor, (int, Decimal, float)):
            return NotImplemented  # a float goes on, to be refused with a reason
        return Money(EXACT.multiply(self.amount, _wide(factor, "factor")), self.currency)

    __rmul__ = __mul__

    def __lt__(self, other: Money) -> bool:
        """Compare with an amount in the same currency."""
        if not isinstance(other, Money):
            return NotImplemented
        return self.amount < self._same_currency(other)

    def rounded(self) -> Money:
        """
        Round to what can be paid in the currency, halves to the even neighbour.

        >>> print(Money("2.345", "EUR").rounded(), Money("2.5", "JPY").rounded(), sep=" / ")
        2.34 EUR / 2 JPY
        """
        return payable(self.amount, self.currency)

    def allocate(self, weights: Sequence[int | Decimal]) -> tuple[Money, ...]:
        """
        Share the amount out by weights. The shares add up to the amount, to the last cent.

        The cents that remain go to the shares that lost most by rounding down, the first of equals
        first. An amount finer than a cent is shared out in its own smallest steps.

        >>> [str(share) for share in Money(100, "EUR").allocate([1, 1, 1])]
        ['33.34 EUR', '33.33 EUR', '33.33 EUR']
        """
        if isinstance(weights, type) or not hasattr(weights, "__iter__"):
            raise WrongKind.of("weights", weights, wanted="numbers from 0 on, not all of them 0")
        parts = [int(EXACT.scaleb(_wide(w, "weight"), _FRACTION_DIGITS)) for w in weights]
        total = sum(parts)
        if total <= 0 or min(parts) < 0:
            raise InvalidValue("weights", _WEIGHTS)
        steps = max(minor_units(self.currency), _decimals(self.amount))
        whole = int(EXACT.scaleb(self.amount, steps))
        sign = -1 if whole < 0 else 1

        shares = [abs(whole) * part // total for part in parts]
        lost = [abs(whole) * part % total for part in parts]
        by_loss = sorted(range(len(parts)), key=lambda i: lost[i], reverse=True)
        for i in by_loss[: abs(whole) - sum(shares)]:
            shares[i] += 1
        return tuple(
            Money(EXACT.scaleb(Decimal(sign * share), -steps), self.currency) for share in shares
        )

    def __str__(self) -> str:
        """Write the amount in groups of three; a fraction with all decimals of the currency."""
        decimals = _decimals(self.amount)
        if decimals:
            decimals = max(decimals, minor_units(self.currency))
        shown = self.amount.quantize(Decimal(1).scaleb(-decimals, EXACT), context=EXACT)
        return f"{shown:,f} {self.currency}"

    def _same_currency(self, other: Money) -> Decimal:
        if self.currency != other.currency:
            raise CurrencyMismatch(
                "currency", TWO_CURRENCIES, {"one": self.currency, "other": other.currency}
            )
        return other.amount


def payable(figure: Decimal, currency: str) -> Money:
    """
    Round a figure of any number of decimals, once, to what can be paid in a currency.

    >>> print(payable(Decimal("899.5500000000000001"), "EUR"))
    899.55 EUR
    """
    return _with_decimals(figure, currency, minor_units(currency))


def payable_fraction(figure: Fraction, currency: str) -> Money:
    """
    Round a fraction, once, to what can be paid in a currency, halves to the even neighbour.

    >>> print(payable_fraction(Fraction(200, 3), "EUR"))
    66.67 EUR
    """
    decimals = minor_units(currency)
    return Money.summed(EXACT.scaleb(Decimal(round(figure * 10**decimals)), -decimals), currency)


def finest(figure: Decimal, currency: str) -> Money:
    """
    Make an amount of a figure of any number of decimals, as exactly as an amount can be.

    >>> print(finest(Decimal("0.1") * Decimal("0.333"), "EUR"))
    0.0333 EUR
    """
    return _with_decimals(figure, currency, _FRACTION_DIGITS)


def _with_decimals(figure: Decimal, currency: str, decimals: int) -> Money:
    unit = Decimal(1).scaleb(-decimals, EXACT)
    return Money(figure.quantize(unit, context=_ROUNDING), currency)


def _decimals(amount: Decimal) -> int:
    return max(0, -int(amount.as_tuple().exponent))

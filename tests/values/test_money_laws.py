"""The laws of money, also in hosts that have set strange decimal contexts."""

from __future__ import annotations

import decimal
from contextlib import suppress
from decimal import Decimal
from fractions import Fraction

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesfunnel.errors import InvalidValue
from salesfunnel.values.currencies import minor_units
from salesfunnel.values.money import Money

HOSTS = {
    "usual": decimal.Context(),
    "one digit": decimal.Context(prec=1),
    "rounding up": decimal.Context(prec=3, rounding=decimal.ROUND_UP),
    "no traps": decimal.Context(prec=2, traps=[]),
    "inexact trapped": decimal.Context(prec=4, traps=[decimal.Inexact, decimal.FloatOperation]),
    "small exponents": decimal.Context(prec=5, Emax=5, Emin=-5),
    "clamped": decimal.Context(prec=5, Emax=5, Emin=-5, clamp=1, capitals=0),
}

currencies = st.sampled_from(["EUR", "IRR", "JPY", "KWD", "CLF"])
amounts = st.builds(
    lambda n, places: Decimal(n).scaleb(-places, decimal.Context(prec=40)),
    st.integers(-(10**17), 10**17),
    st.integers(0, 6),
)
euros = st.builds(Money, amounts, st.just("EUR"))
monies = st.builds(Money, amounts, currencies)
factors = st.integers(-(10**6), 10**6) | st.decimals(-1000, 1000, places=4)
weights = st.lists(
    st.integers(0, 10**6) | st.decimals(0, 100, places=3), min_size=1, max_size=8
).filter(any)


@pytest.fixture(autouse=True, params=HOSTS, ids=str)
def _host(request):
    """Run every law in each of the hosts."""
    with decimal.localcontext(HOSTS[request.param]):
        yield


def exactly(money):
    """Give the amount as a fraction, which no decimal context can touch."""
    return Fraction(money.amount)


@given(euros, euros, euros)
def test_sums_are_exact_in_any_order(a, b, c):
    """Addition is that of fractions, and taking away undoes it."""
    assert exactly(a + b) == exactly(a) + exactly(b)
    assert (a + b) + c == a + (b + c) == c + b + a
    assert (a + b) - b == a
    assert a - b == -(b - a)
    assert a + Money.zero("EUR") == a


@given(euros, factors)
def test_products_are_exact(money, factor):
    """Multiplication is that of fractions."""
    assert exactly(money * factor) == exactly(money) * Fraction(factor)
    assert factor * money == money * factor


@given(euros, euros)
def test_the_order_is_that_of_fractions(a, b):
    """Exactly one of less, equal and more holds, and equals are one in a set."""
    assert (a < b, a == b, a > b) == (
        exactly(a) < exactly(b),
        exactly(a) == exactly(b),
        exactly(a) > exactly(b),
    )
    assert len({a, b}) == (1 if exactly(a) == exactly(b) else 2)


@given(monies, weights)
def test_the_shares_are_the_whole(money, weights):
    """No cent is lost, and no share is off by a whole step."""
    shares = money.allocate(weights)
    step = Fraction(1, 10 ** max(minor_units(money.currency), 6))
    total = sum(map(Fraction, weights))

    assert sum(shares, start=Money.zero(money.currency)) == money
    for share, weight in zip(shares, weights, strict=True):
        fair = exactly(money) * Fraction(weight) / total
        assert abs(exactly(share) - fair) < Fraction(1, 10 ** minor_units(money.currency))
        assert (exactly(share) / step).denominator == 1


@given(monies, st.integers(1, 12))
def test_equal_shares_differ_by_one_step_at_most(money, n):
    """Who gets an equal part gets at most one minor unit more than another."""
    shares = money.rounded().allocate([1] * n)

    assert exactly(max(shares)) - exactly(min(shares)) <= Fraction(
        1, 10 ** minor_units(money.currency)
    )
    assert list(map(abs, map(exactly, shares))) == sorted(
        map(abs, map(exactly, shares)), reverse=True
    )


@given(monies)
def test_rounding_is_that_of_fractions(money):
    """Rounding goes to the nearest payable amount, and rounding again changes nothing."""
    rounded = money.rounded()

    assert exactly(rounded) == round(exactly(money), minor_units(money.currency))
    assert rounded.rounded() == rounded


@given(monies)
def test_an_amount_can_be_written_down_and_read_again(money):
    """What is shown holds the exact amount, and a rebuilt amount is the same."""
    shown, currency = str(money).replace(",", "").split(" ")

    assert Money(shown, currency) == money
    assert attrs.evolve(money) == Money(money.amount, money.currency) == money
    assert repr(Money(str(money.amount), money.currency)) == repr(money)


@given(st.decimals() | st.integers() | st.text(max_size=8), st.text(max_size=4) | currencies)
def test_nothing_else_than_our_own_error_escapes(amount, currency):
    """Whatever comes in is an exact finite amount, or an InvalidValue."""
    with suppress(InvalidValue):
        assert Money(amount, currency).amount.is_finite()

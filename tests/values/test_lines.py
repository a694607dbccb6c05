"""The lines of an offer: each exact, rounded once, and what they come to together."""

from __future__ import annotations

from decimal import Decimal

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesfunnel.errors import CurrencyMismatch, InvalidValue, WrongKind
from salesfunnel.values import Line, Money, total

CENTS = st.integers(-(10**6), 10**6).map(lambda n: Money(Decimal(n).scaleb(-2), "EUR"))
SHARES = st.integers(0, 100).map(lambda n: Decimal(n).scaleb(-2))
LINES = st.lists(
    st.builds(
        Line,
        st.sampled_from(["pump", "fan", "پمپ"]),
        CENTS,
        quantity=st.integers(0, 999) | st.just(Decimal("0.5")),
        discount=SHARES,
    ),
    max_size=6,
)


@given(LINES, st.randoms(use_true_random=False))
def test_amount_is_the_sum_of_lines(lines, random):
    """Law 26: in any order, and in any parts, lines come to the same, to the last cent."""
    shuffled = random.sample(lines, len(lines))
    cut = random.randint(0, len(lines))
    parts = [part for part in (total(lines[:cut]), total(lines[cut:])) if part is not None]

    assert total(shuffled) == total(lines)
    assert total(lines) == (sum(parts, start=Money.zero("EUR")) if lines else None)


@given(CENTS, st.integers(1, 99), st.integers(1, 99))
def test_a_line_in_two_parts_comes_to_the_same(price, some, more):
    """Ten and five pumps are fifteen pumps, and so is an amount taken off one of the two."""
    whole = Line("pump", price, quantity=some + more)

    assert total([Line("pump", price, quantity=n) for n in (some, more)]) == whole.total
    if price.amount > 0:
        off = Money("0.01", "EUR")
        assert attrs.evolve(whole, discount=off).total == whole.total - off


@given(CENTS, st.integers(0, 999))
def test_a_full_discount_is_zero(price, quantity):
    """Law 27: not a cent is left of a line that is given away, as a share or as an amount."""
    line = Line("pump", price, quantity=quantity)

    assert attrs.evolve(line, discount=1).total == Money.zero("EUR")
    if price.amount >= 0:
        assert attrs.evolve(line, discount=line.total).total == Money.zero("EUR")


@given(LINES)
def test_a_line_is_rounded_once(lines):
    """Each line is what can be paid, nearest to what it comes to exactly."""
    for line in lines:
        exact = line.quantity * line.price.amount * (1 - line.discount)
        assert line.total == line.total.rounded()
        assert abs(line.total.amount - exact) <= Decimal("0.005")


def test_ten_pumps_and_a_credit():
    """Story 14: at 99.95, less 10 %, with 50 credited; the discount is that of the whole line."""
    pumps = Line("pump", Money("99.95", "EUR"), quantity=10, discount="0.1")
    credit = Line("credit", Money(-50, "EUR"))

    assert (str(pumps.total), str(total([pumps, credit]))) == ("899.55 EUR", "849.55 EUR")
    assert str(pumps) == "10 pump at 99.95 EUR, less 10%: 899.55 EUR"
    off = Line("pump", Money("99.95", "EUR"), quantity=10, discount=Money(5, "EUR"))
    assert str(off) == "10 pump at 99.95 EUR, less 5 EUR: 994.50 EUR"
    assert str(Line("pump", Money(7, "JPY"))) == "1 pump at 7 JPY: 7 JPY"


def test_where_there_are_no_cents_none_are_made():
    """Law 31, of one side: ten percent off 15 yen is 14 yen, halves to the even neighbour."""
    assert str(Line("pen", Money(15, "JPY"), discount="0.1").total) == "14 JPY"
    assert str(Line("pen", Money("1.0005", "KWD"), quantity=1).total) == "1 KWD"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"product": " "}, "product is blank"),
        ({"price": 5}, "price is of the wrong kind: int; allowed: Money"),
        ({"quantity": -1}, "quantity lies below 0; allowed: 0 or more; a credit has a price"),
        ({"quantity": 0.5}, "quantity is not an exact number"),
        ({"discount": "1.1"}, "discount lies outside its range; allowed: 0 to 1"),
        ({"discount": -1}, "discount lies outside its range"),
        ({"discount": Money("9.01", "EUR")}, "discount is more than the line comes to; allowed: 0"),
        ({"discount": Money(-1, "EUR")}, "discount is more than the line comes to; allowed: 0"),
        ({"discount": Money(1, "USD")}, "discount is EUR on one side and USD on the other"),
        ({"quantity": 10**17, "price": Money(10**17, "EUR")}, "amount "),
    ],
)
def test_a_line_that_cannot_be_is_refused_by_its_field(wrong, said):
    """A discount of more than all, half a cent of a number, and two currencies are mistakes."""
    with pytest.raises(InvalidValue) as refused:
        Line(**{"product": "pump", "price": Money(9, "EUR"), **wrong})

    assert str(refused.value).startswith(said)


def test_a_credit_can_have_no_amount_off():
    """Nothing can be taken off what is given back."""
    with pytest.raises(InvalidValue, match=r"discount is more .*; allowed: 0 to 0 EUR"):
        Line("credit", Money(-5, "EUR"), discount=Money(1, "EUR"))


def test_lines_are_of_one_currency():
    """Two currencies have no sum, and one line is no list."""
    with pytest.raises(CurrencyMismatch, match="lines is EUR on one side and USD on the other"):
        total([Line("a", Money(1, "EUR")), Line("b", Money(1, "USD"))])
    with pytest.raises(WrongKind, match="lines is of the wrong kind"):
        total(Line("a", Money(1, "EUR")))

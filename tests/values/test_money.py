"""Amounts of money, in examples."""

from __future__ import annotations

import copy
import operator
import pickle
from decimal import Decimal

import pytest

from salesfunnel.errors import CurrencyMismatch, InvalidValue, WrongKind
from salesfunnel.values.money import Money


def test_amounts_that_are_equal_are_one():
    """How many zeros somebody wrote makes no difference, in a set either."""
    amounts = {
        Money("1", "EUR"),
        Money("1.0", "EUR"),
        Money(Decimal("1.00"), "EUR"),
        Money(1, "EUR"),
    }

    assert amounts == {Money(1, "EUR")}
    assert repr(amounts.pop()) == "Money(amount=Decimal('1'), currency='EUR')"


def test_amounts_in_two_currencies_are_never_equal():
    """Not even nothing in euros is nothing in dollars, and money is no number."""
    assert Money(0, "EUR") != Money(0, "USD")
    assert Money(1, "EUR") != 1


@pytest.mark.parametrize(
    "amount", [0.1, True, None, Decimal("NaN"), "NaN", "1e3", Decimal("1E+99")]
)
def test_amounts_that_are_not_exact_are_refused(amount):
    """A float, a yes, and what is no finite plain number, is no amount."""
    with pytest.raises(InvalidValue, match=r"^amount is "):
        Money(amount, "EUR")


def test_a_currency_is_needed():
    """An amount without a currency says nothing."""
    with pytest.raises(InvalidValue, match=r"^currency is not a currency code"):
        Money(1, "")


def test_adding_and_subtracting_is_exact():
    """The kopecks of an amount with 24 digits survive."""
    large = Money("123456789012345678901234.01", "IRR")

    assert large + Money("0.01", "IRR") == Money("123456789012345678901234.02", "IRR")
    assert large - Money("0.02", "IRR") == Money("123456789012345678901233.99", "IRR")
    assert -large + large == Money.zero("IRR")


def test_a_quantity_multiplies_from_either_side():
    """Three times the price is the price times three, and a share is exact."""
    assert Money("19.90", "EUR") * 3 == 3 * Money("19.90", "EUR") == Money("59.7", "EUR")
    assert Money("1234.56", "EUR") * Decimal("0.125") == Money("154.32", "EUR")


@pytest.mark.parametrize("factor", [0.5, True, Decimal("NaN"), Decimal("1E+99")])
def test_only_exact_factors_multiply(factor):
    """A float is not exact, and neither is what is no number."""
    with pytest.raises(InvalidValue, match=r"^factor is "):
        Money(1, "EUR") * factor


def test_a_result_out_of_bounds_is_refused():
    """A total of more than 24 digits, or finer than 12 decimals, is no amount of this world."""
    with pytest.raises(InvalidValue, match=r"up to 24 digits before .*, 12 after it$"):
        Money("9" * 24, "IRR") + Money(1, "IRR")
    with pytest.raises(InvalidValue, match=r"^amount is too large or too fine"):
        Money("0.0000001", "EUR") * Decimal("0.0000001")


@pytest.mark.parametrize(
    "operation", [operator.add, operator.sub, operator.lt, operator.le, operator.gt, operator.ge]
)
def test_two_currencies_do_not_mix(operation):
    """Adding or ordering euros and dollars is an error that names both."""
    with pytest.raises(
        CurrencyMismatch, match=r"^currency is EUR on one side and USD on the other;"
    ):
        operation(Money(1, "EUR"), Money(1, "USD"))


@pytest.mark.parametrize("operation", [operator.add, operator.sub, operator.lt, operator.ge])
@pytest.mark.parametrize("number", [1, Decimal(1), "one"])
def test_money_and_numbers_do_not_mix(operation, number):
    """One euro and one is a mistake of the program."""
    with pytest.raises(TypeError):
        operation(Money(1, "EUR"), number)
    with pytest.raises(TypeError):
        operation(number, Money(1, "EUR"))


@pytest.mark.parametrize("factor", [Money(1, "EUR"), "2", None])
def test_money_is_multiplied_by_numbers_only(factor):
    """Nobody knows what a square euro is."""
    with pytest.raises(TypeError):
        Money(1, "EUR") * factor


def test_amounts_have_an_order():
    """Amounts in one currency can be sorted and compared."""
    small, large = Money("9.99", "EUR"), Money("10", "EUR")

    assert sorted([large, small]) == [small, large]
    assert (small < large, small <= large, small > large, small >= large) == (
        True,
        True,
        False,
        False,
    )
    assert small <= Money("9.990", "EUR")


@pytest.mark.parametrize(
    ("amount", "currency", "expected"),
    [
        ("2000000000", "IRR", "2,000,000,000 IRR"),
        ("1999.9", "EUR", "1,999.90 EUR"),
        ("1.234567", "EUR", "1.234567 EUR"),
        ("0.5", "KWD", "0.500 KWD"),
        ("0.5", "JPY", "0.5 JPY"),
        ("-1234", "JPY", "-1,234 JPY"),
        ("-0", "EUR", "0 EUR"),
        (Decimal("1E+6"), "EUR", "1,000,000 EUR"),
    ],
)
def test_amounts_are_written_in_groups(amount, currency, expected):
    """A fraction shows all decimals of the currency, a whole amount none."""
    assert str(Money(amount, currency)) == expected


@pytest.mark.parametrize(
    ("amount", "currency", "expected"),
    [
        ("2.345", "EUR", "2.34"),
        ("2.355", "EUR", "2.36"),
        ("-2.345", "EUR", "-2.34"),
        ("2.3451", "EUR", "2.35"),
        ("0.5", "JPY", "0"),
        ("1.5", "JPY", "2"),
        ("1.2345", "KWD", "1.234"),
        ("999999999999999999999999.999", "EUR", None),
    ],
)
def test_rounding_goes_to_the_even_neighbour(amount, currency, expected):
    """Halves go to the even neighbour; an amount that no longer fits is refused."""
    if expected is None:
        with pytest.raises(InvalidValue, match=r"too large"):
            Money(amount, currency).rounded()
    else:
        assert Money(amount, currency).rounded() == Money(expected, currency)


@pytest.mark.parametrize(
    ("money", "weights", "expected"),
    [
        (Money(100, "USD"), [1, 1, 1], ["33.34", "33.33", "33.33"]),
        (Money(-100, "USD"), [1, 1, 1], ["-33.34", "-33.33", "-33.33"]),
        (Money("1.001", "KWD"), [1, 1, 1], ["0.334", "0.334", "0.333"]),
        (Money(100, "JPY"), [1, 1, 1], ["34", "33", "33"]),
        (Money("0.005", "EUR"), [1, 1], ["0.003", "0.002"]),
        (Money(10, "JPY"), [Decimal("0.25"), Decimal("0.75")], ["3", "7"]),
        (Money(10, "EUR"), [0, 3], ["0", "10"]),
        (Money("0.02", "EUR"), [1, 1, 5], ["0", "0", "0.02"]),
        (Money(0, "EUR"), [1, 2], ["0", "0"]),
        (Money(1, "EUR"), [Decimal("0.000000000001")], ["1"]),
    ],
)
def test_an_amount_is_shared_out(money, weights, expected):
    """The cents that remain go to who lost most by rounding, the first of equals first."""
    assert money.allocate(weights) == tuple(Money(share, money.currency) for share in expected)


@pytest.mark.parametrize("weights", [[], [0, 0], [1, -1, 1], [-1]])
def test_an_amount_needs_somebody_to_be_shared_out_to(weights):
    """Nobody, nothing and less than nothing are no shares."""
    with pytest.raises(
        InvalidValue, match=r"^weights cannot share out an amount; allowed: numbers"
    ):
        Money(1, "EUR").allocate(weights)


@pytest.mark.parametrize("weight", [0.5, True, Decimal("Infinity")])
def test_shares_are_exact(weight):
    """A float is no weight."""
    with pytest.raises(InvalidValue, match=r"^weight is "):
        Money(1, "EUR").allocate([1, weight])


@pytest.mark.parametrize(
    ("tomans", "expected"), [(250_000, "2500000"), ("۱۲٫۵", "125"), (Decimal("0.1"), "1")]
)
def test_tomans_are_kept_as_rials(tomans, expected):
    """A toman is ten rials."""
    assert Money.toman(tomans) == Money(expected, "IRR")


def test_only_exact_tomans_are_tomans():
    """A float is no number of tomans."""
    with pytest.raises(InvalidValue, match=r"^tomans is not an exact number"):
        Money.toman(0.5)


def test_copies_are_equal():
    """A copy of an amount is that amount, in another process too."""
    money = Money("1.5", "EUR")

    assert copy.copy(money) == copy.deepcopy(money) == money
    assert pickle.loads(pickle.dumps(money)) == money  # noqa: S301 - our own bytes


def test_amounts_do_not_change():
    """Nobody can change an amount that somebody else has counted on."""
    with pytest.raises(AttributeError):
        Money(1, "EUR").amount = 3


@pytest.mark.parametrize("weights", [None, 3, list])
def test_an_amount_is_shared_out_by_several_weights(weights):
    """A number of shares says nothing of their sizes."""
    with pytest.raises(WrongKind, match=r"weights is of the wrong kind: .*numbers from 0 on"):
        Money(1, "EUR").allocate(weights)

"""What other currencies are worth, from day to day."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesfunnel.errors import InvalidValue, WrongKind
from salesfunnel.values import Money, Rates

MARCH = date(2026, 3, 1)
DAYS = st.integers(0, 400).map(lambda n: MARCH + timedelta(days=n))
KNOWN = st.dictionaries(DAYS, st.integers(1, 10**6), max_size=6)


@given(KNOWN, DAYS, KNOWN)
def test_a_day_takes_the_last_rate_by_then(known, asked, later):
    """Found as by looking at all of them; and rates of later days change nothing."""
    by_then = {since: rate for since, rate in known.items() if since <= asked}
    more = {since: rate for since, rate in later.items() if since > asked}

    expected = by_then[max(by_then)] if by_then else None

    assert Rates("IRR", {"EUR": known}).rate("EUR", on=asked) == expected
    assert Rates("IRR", {"EUR": {**by_then, **more}}).rate("EUR", on=asked) == expected


@pytest.mark.parametrize(
    ("into", "rate", "money", "converted"),
    [
        ("IRR", 700_000, "12.50 EUR", "8,750,000 IRR"),
        ("JPY", "163.4", "0.99 EUR", "162 JPY"),
        ("EUR", "0.0061", "1000 JPY", "6.10 EUR"),
        ("KWD", "0.00073", "1 IRR", "0.001 KWD"),
        ("EUR", 1, "5.005 KWD", "5 EUR"),
    ],
)
def test_minor_units_of_both_sides(into, rate, money, converted):
    """Law 31: an amount is converted as it is, and rounded once, to what can be paid there."""
    amount, currency = money.split()

    rates = Rates(into, {currency: {MARCH: rate}})

    assert str(rates.convert(Money(amount, currency), on=MARCH)) == converted


def test_what_is_in_that_currency_already_stays_exact():
    """One euro is one euro, on any day, also with tenths of a cent."""
    rates = Rates("EUR", {})

    assert rates.convert(Money("0.123", "EUR"), on=MARCH) == Money("0.123", "EUR")
    assert rates.rate("EUR", on=date(1990, 1, 1)) == Decimal(1)


def test_without_a_rate_there_is_no_figure():
    """Neither before the first day nor in another currency; the message names both and the day."""
    rates = Rates("IRR", {"EUR": {MARCH: 700_000}})

    for money, on in ((Money(1, "EUR"), date(2026, 2, 28)), (Money(1, "AMD"), MARCH)):
        with pytest.raises(InvalidValue, match=rf"no rate of {money.currency} to IRR on {on}"):
            rates.convert(money, on=on)


@pytest.mark.parametrize(
    ("rates", "said"),
    [
        (5, "rates is of the wrong kind: int; allowed: rates by day, by currency"),
        ({"EUR": 700_000}, "rates is of the wrong kind: int; allowed: rates by day"),
        ({"EUR": {MARCH: 0}}, "rates is not greater than 0"),
        ({"EUR": {MARCH: 1.5}}, "rates is not an exact number"),
        ({"EUR": {"March": 1}}, "rates is not a day"),
        ({"IRR": {MARCH: 1}}, "rates has a rate of IRR to itself"),
        ({"euros": {MARCH: 1}}, "currency "),
    ],
)
def test_rates_that_cannot_be_are_refused(rates, said):
    """Each is named by what is wrong with it."""
    with pytest.raises(InvalidValue) as refused:
        Rates("IRR", rates)

    assert str(refused.value).startswith(said)


def test_a_moment_has_no_rate():
    """A rate is that of a day."""
    with pytest.raises(InvalidValue, match=r"^on is not a day"):
        Rates("IRR", {}).rate("EUR", on="today")
    with pytest.raises(WrongKind):
        Rates("IRR", ["EUR"])

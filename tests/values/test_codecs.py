"""How single values stand in documents: written, read again, and refused where they are not so."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesfunnel import testing
from salesfunnel.errors import InvalidDefinition, WrongKind
from salesfunnel.values import Money, Source
from salesfunnel.values.codecs import (
    DAY,
    DECIMAL,
    DURATION,
    FACT,
    FLAG,
    MOMENT,
    MONEY,
    TEXT,
    WHOLE,
    duration_to_data,
    fact_from_data,
    fact_to_data,
)

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
SECONDS = "must be a number of seconds, of at most 12 digits"
MOMENTS = "must be a moment with its zone; such as 2026-03-02T09:00:00+00:00"
DAYS = "must be a day, or a moment with its zone; such as 2026-06-30"


def is_moment(text):
    """Tell whether Python finds such a moment in its calendar."""
    try:
        return bool(datetime.fromisoformat(text).astimezone(UTC))
    except ValueError:
        return False


def refusal(codec, data):
    """Say what is wrong with data that a row cannot read."""
    with pytest.raises(InvalidDefinition) as refused:
        codec.read(data, None)
    (problem,) = refused.value.problems
    return str(problem)


@pytest.mark.parametrize(
    ("codec", "value", "data"),
    [
        (TEXT, "two\nlines", "two\nlines"),
        (TEXT, Source.WEB, "web"),
        (FLAG, False, False),
        (WHOLE, -(10**23), -(10**23)),
        (DECIMAL, Decimal("0.50"), "0.50"),
        (MOMENT, MONDAY, "2026-03-02T09:00:00+00:00"),
        (DAY, date(2026, 6, 30), "2026-06-30"),
        (DAY, MONDAY, "2026-03-02T09:00:00+00:00"),
        (DURATION, timedelta(minutes=1), 60),
        (DURATION, timedelta(seconds=1.5), "1.500000"),
        (MONEY, Money("9.90", "EUR"), {"money": "9.9", "currency": "EUR"}),
        (FACT, None, None),
        (FACT, True, True),
        (FACT, 7, 7),
        (FACT, "seven", "seven"),
        (FACT, Decimal("0.5"), {"decimal": "0.5"}),
        (FACT, MONDAY, {"moment": "2026-03-02T09:00:00+00:00"}),
        (FACT, date(2026, 6, 30), {"day": "2026-06-30"}),
        (FACT, Money(9, "EUR"), {"money": "9", "currency": "EUR"}),
    ],
    ids=str,
)
def test_a_value_is_written_and_read_again(codec, value, data):
    """Each type has one spelling."""
    assert codec.write(value) == data
    assert type(codec.write(value)) is type(data)
    assert codec.read(data, None) == value


@pytest.mark.parametrize(
    ("codec", "data", "problem"),
    [
        (TEXT, 5, "must be a text"),
        (TEXT, Source.WEB, "must be a text"),
        (TEXT, "a\0b", "text holds a control character"),
        (TEXT, "\ud800", "text holds a control character"),
        (TEXT, "x" * 100_001, "text is too long"),
        (FLAG, 0, "must be true or false"),
        (WHOLE, True, "must be a whole number"),
        (WHOLE, 0.5, "must be a whole number"),
        (WHOLE, 10**24, "must be a whole number"),
        (DECIMAL, "1E+9", "number is not a plain number; digits, with one decimal point at most"),
        (DECIMAL, 0.5, "number is not an exact number"),
        (DECIMAL, True, "number is not an exact number"),
        (MOMENT, "20260302T09", MOMENTS),
        (MOMENT, "2026-W10-1T09:00:00+00:00", MOMENTS),
        (MOMENT, "2026-03-02T09:00:00", MOMENTS),
        (MOMENT, "2026-02-30T09:00:00+00:00", MOMENTS),
        (MOMENT, "0001-01-01T00:00:00+14:00", MOMENTS),
        (MOMENT, None, MOMENTS),
        (DAY, "2026-02-30", DAYS),
        (DAY, "2026-W10-1", DAYS),
        (DAY, 20260302, DAYS),
        (DAY, "2026-02-30T09:00:00+00:00", MOMENTS),
        (DURATION, True, SECONDS),
        (DURATION, 10**12, SECONDS),
        (DURATION, "0.0000001", SECONDS),
        (DURATION, [1], SECONDS),
        (MONEY, {"money": "9"}, "a value is true, false"),
        (MONEY, "9 EUR", "a value is true, false"),
        (MONEY, {"money": "9", "currency": 5}, "a value is true, false"),
        (MONEY, {"money": "1E+9", "currency": "EUR"}, "amount is not a plain number"),
        (FACT, 0.5, "a value is true, false"),
        (FACT, [1], "a value is true, false"),
        (FACT, {}, "a value is true, false"),
        (FACT, {"day": "x" * 99}, DAYS),
        (FACT, {"day": "2026-03-02T09:00:00+00:00"}, DAYS),
        (FACT, {"decimal": "NaN"}, "number is not a plain number"),
        (FACT, 10**24, "must be a whole number"),
    ],
)
def test_what_is_not_the_value_is_refused(codec, data, problem):
    """Nothing is guessed, and nothing that stands there is repeated."""
    said = refusal(codec, data)

    assert said.startswith(problem)
    assert len(said) < 300


def test_other_zones_are_read_as_the_same_instant():
    """Other programs write Z, or the offset of where they are."""
    assert MOMENT.read("2026-03-02T09:00:00Z", None) == MONDAY
    assert MOMENT.read("2026-03-02T12:30:00.5+03:30", None) == MONDAY + timedelta(seconds=0.5)
    assert MOMENT.write(MONDAY.astimezone(timezone(timedelta(hours=3)))).endswith("+00:00")


def test_a_number_by_hand_is_exact():
    """Our reader makes no floats, so a fraction that people write is as good as a text."""
    assert DECIMAL.read(Decimal("0.1"), None) == DECIMAL.read("0.1", None) == Decimal("0.1")


@pytest.mark.parametrize(
    ("codec", "value"), [(WHOLE, 0.5), (FLAG, 1), (TEXT, "\0"), (FACT, 10**24)]
)
def test_what_could_not_be_read_is_not_written(codec, value):
    """Who writes a document learns of it, and not who reads it."""
    with pytest.raises(InvalidDefinition):
        codec.write(value)
    with pytest.raises(WrongKind):
        fact_to_data([])


@given(testing.answers())
def test_any_answer_is_written_and_read_again(answer):
    """Amounts, days and moments keep their types."""
    again = fact_from_data(fact_to_data(answer.value))

    assert (type(again), again) == (type(answer.value), answer.value)


@given(st.integers(0, 24), st.sampled_from([*map(chr, range(32, 127)), "٣", "３", "", "00", "\n"]))
def test_a_moment_is_written_in_one_way_alone(place, sign):
    """Weeks, blanks and the digits of other scripts are read by some programs and not by others."""
    usual = "2026-03-02T09:00:00+00:00"
    text = usual[:place] + sign + usual[place + 1 :]

    try:
        moment = MOMENT.read(text, None)
    except InvalidDefinition:
        moment = None

    is_usual = re.fullmatch(MOMENT.schema["pattern"], text) and is_moment(text)
    assert moment == (datetime.fromisoformat(text) if is_usual else None)


@given(st.timedeltas(timedelta(0), timedelta(days=365_000)))
def test_a_duration_is_written_to_the_microsecond(duration):
    """It never goes by way of a float."""
    written = duration_to_data(duration)

    assert type(written) is (str if duration.microseconds else int)
    assert DURATION.read(written, None) == duration

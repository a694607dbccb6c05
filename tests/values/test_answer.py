"""Answers: what was said, how we know, and for how long it holds."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from decimal import Decimal
from enum import IntEnum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesfunnel.errors import InvalidValue
from salesfunnel.testing import answers
from salesfunnel.values import Answer, Money
from salesfunnel.values.text import NOTE_LIMIT


class Failing(tzinfo):
    """A time zone of a host that fails at everything."""

    def utcoffset(self, _at):
        """Fail."""
        raise ZeroDivisionError


class Size(IntEnum):
    """A number of a host's own class."""

    LARGE = 200


JUNE = datetime(2026, 6, 1, tzinfo=UTC)
JULY = datetime(2026, 7, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    "value", [None, True, 0, Decimal("1.5"), "yes", Money(5, "EUR"), date(2026, 6, 30)]
)
def test_an_answer_may_be_any_plain_value(value):
    """A yes, a no, a number, a text, an amount, a day, or still unknown."""
    assert Answer(value).value == value


@pytest.mark.parametrize("value", [float("nan"), Decimal("inf"), Decimal("nan"), [], object()])
def test_what_says_nothing_is_no_answer(value):
    """What is not finite or no plain value is refused."""
    with pytest.raises(InvalidValue, match=r"^answer (has no usable value|is not a finite number)"):
        Answer(value)


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        (10**5000, "answer is too large; allowed: a whole number of 256 bits"),
        (10**24, "answer is too large or too fine; allowed: up to 24 digits before"),
        (Decimal("1E+999999999"), "answer is too large or too fine"),
        (Decimal("1E-999999"), "answer is too large or too fine"),
        ("a\0b", "answer holds a control character"),
        ("\ud800", "answer holds a control character"),
        ("\u202eabc", "answer holds a control character"),
        ("x" * (NOTE_LIMIT + 1), "answer is too long; allowed: at most 100000 characters"),
        (datetime(2026, 6, 1), "answer has no time zone"),  # noqa: DTZ001 - that is the point
        (datetime(2026, 6, 1, tzinfo=Failing()), "answer has a time zone that fails"),
        (date(1405, 4, 9), "answer looks like a Jalali date"),
    ],
    ids=range(11),
)
def test_an_answer_that_could_not_be_stored_is_refused(value, problem):
    """No number is endless, no text hides anything, and every moment has its zone."""
    with pytest.raises(InvalidValue) as refused:
        Answer(value)

    assert str(refused.value).startswith(problem)


def test_an_answer_is_kept_in_plain_python():
    """A moment is kept in UTC, and a number or a truth of a host as the plain one."""
    tehran = timezone(timedelta(hours=3, minutes=30))

    assert Answer(datetime(2026, 6, 1, 3, 30, tzinfo=tehran)).value is not None
    assert Answer(datetime(2026, 6, 1, 3, 30, tzinfo=tehran)).value == JUNE
    assert type(Answer(Size.LARGE).value) is int
    assert str(Answer(Decimal("1.50")).value) == "1.5"
    assert Answer("two\nlines").value == "two\nlines"
    assert Answer("x" * NOTE_LIMIT).value == "x" * NOTE_LIMIT


@pytest.mark.parametrize("confidence", [-1, 101, 0.5, True, "80"])
def test_confidence_is_given_in_per_cent(confidence):
    """Nobody can be surer than a hundred per cent."""
    with pytest.raises(InvalidValue, match=r"answer\.confidence"):
        Answer(True, confidence=confidence)


@pytest.mark.parametrize("field", ["at", "expires"])
def test_a_moment_without_a_time_zone_is_refused(field):
    """Nobody can say when it was."""
    with pytest.raises(InvalidValue, match="no time zone"):
        Answer(True, **{field: datetime(2026, 6, 1)})  # noqa: DTZ001 - that is the point


def test_a_source_is_one_line():
    """A source with a line end could not be shown in a table."""
    with pytest.raises(InvalidValue, match=r"answer\.source"):
        Answer(True, source="phone\ncall")


def test_an_answer_counts_until_it_expires():
    """From its expiry on, an answer is unknown again."""
    answer = Answer(True, expires=JULY)

    assert [answer.current(at=JUNE), answer.current(at=JULY)] == [True, None]


@pytest.mark.parametrize(
    ("later", "earlier", "contradicts"),
    [
        (Answer(False), Answer(True), True),
        (Answer(True), Answer(True, note="other words"), False),
        (Answer(None), Answer(True), False),
        (Answer(True), Answer(None), False),
        (Answer(False), Answer(True, expires=JUNE), False),
        (Answer(1), Answer(True), True),
    ],
)
def test_an_answer_contradicts_what_still_stood(later, earlier, contradicts):
    """Two known and different answers contradict each other, unless the earlier had expired."""
    assert later.contradicts(earlier, at=JUNE) is contradicts


@given(answers(), answers())
def test_contradicting_is_mutual_and_never_of_itself(one, other):
    """What contradicts is contradicted, as long as both answers stand."""
    assert not one.contradicts(one, at=JUNE)
    if one.expires is None and other.expires is None:
        assert one.contradicts(other, at=JUNE) is other.contradicts(one, at=JUNE)


@given(st.integers() | st.decimals() | st.text() | st.dates() | st.datetimes() | st.floats())
def test_an_answer_keeps_what_was_said_or_refuses_it(value):
    """Nothing but our own error escapes, and nothing is rounded."""
    with suppress(InvalidValue):
        assert Answer(value).value == value


def test_who_said_it_stays_out_of_the_representation():
    """A representation goes into logs, so it names nobody and repeats no note."""
    answer = Answer(True, said_by="Sara", note="at lunch", source="fair")

    assert "Sara" not in repr(answer)
    assert "lunch" not in repr(answer)

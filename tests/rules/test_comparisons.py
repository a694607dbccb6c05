"""Comparing facts: numbers, texts, amounts, dates, brackets, and what cannot be compared."""

from __future__ import annotations

import decimal
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest

from salesfunnel.rules import field
from salesfunnel.values import Bucket, Money, Source

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
it = field("x")
TEHRAN = timezone(timedelta(hours=3, minutes=30))


def says(rule, fact):
    """Judge a single fact."""
    return rule.holds({"x": fact}, at=AT)


@pytest.mark.parametrize(
    ("rule", "fact", "expected"),
    [
        (it <= 200, Bucket(51, 200), True),
        (it <= 100, Bucket(51, 200), None),
        (it <= 50, Bucket(51, 200), False),
        (it > 50, Bucket(51, 200), True),
        (it > 51, Bucket(51, 200), None),
        (it >= Decimal("50.5"), Bucket(51, 200), True),
        (it <= 10**9, Bucket(1000, None), None),
        (it <= 10**24 - 1, Bucket(1000, None), None),
        (it >= 1000, Bucket(1000, None), True),
        (it < 1000, Bucket(1000, None), False),
        (it.is_(100), Bucket(51, 200), None),
        (it.is_(51), Bucket(51, 200), None),
        (it.is_(200), Bucket(51, 200), None),
        (it.is_(50), Bucket(51, 200), False),
        (it.is_(201), Bucket(51, 200), False),
        (it.is_(10**9), Bucket(1000, None), None),
        (it.is_(51), Bucket(51, 51), True),
        (it.is_(Decimal("100.5")), Bucket(51, 200), False),
        (it.between(51, 200), Bucket(51, 200), True),
        (it.between(100, 300), Bucket(51, 200), None),
        (it.between(300, 400), Bucket(51, 200), False),
        (it.one_of(1, 2), Bucket(51, 200), False),
        (it.one_of(1, 100), Bucket(51, 200), None),
        (it <= Money(200, "EUR"), Bucket(51, 200), None),
    ],
)
def test_a_bracket_decides_what_all_its_counts_agree_on(rule, fact, expected):
    """51-200 staff are at most 200, and nobody knows whether they are at most 100."""
    assert says(rule, fact) is expected


@pytest.mark.parametrize(
    ("rule", "fact", "expected"),
    [
        (it <= 200, 200, True),
        (it <= 200, 200.5, False),
        (it < Decimal("0.1"), 0.1, False),
        (it.is_(Decimal("0.1")), 0.1, True),
        (it >= Decimal("0.1"), 0.1, True),
        (it.is_(3), Decimal("3.0"), True),
        (it <= 200, 10**4000, False),
        (it <= Decimal("0.5"), 10**4000, False),
        (it >= Decimal("0.5"), -(10**4000), False),
        (it <= 200, Decimal("1E+999999"), False),
        (it.between(1, 3), 3, True),
        (it.between(1, 3), 4, False),
        (it.between(Decimal("0.5"), 3), 0.5, True),
        (it.one_of(1, 2), 2, True),
        (it.one_of(1, 2), 3, False),
    ],
)
def test_numbers_are_compared_exactly(rule, fact, expected):
    """A float is the decimal as which it is written, and no number is too large."""
    assert says(rule, fact) is expected


@pytest.mark.parametrize(
    ("rule", "fact", "expected"),
    [
        (it.is_("Téhéran"), "TEHERAN", True),
        (it.is_("شرکت"), "شركت", True),
        (it.is_("teheran"), "Yerevan", False),
        (it.is_("★★"), "★★", True),
        (it.is_("★★"), "★", False),
        (it.one_of("IR", "AM"), "am", True),
        (it.one_of("IR", "AM"), "FR", False),
        (it.one_of("IR", "AM"), "  ", None),
        (it.is_(Source.EXHIBITION), "Exhibition", True),
        (it.is_("exhibition"), Source.EXHIBITION, True),
        (it.starts_with("novin t"), "Novin-Tejarat", True),
        (it.starts_with("tej"), "Novin Tejarat", False),
        (it.starts_with("tej"), 5, None),
        (it.contains("Tej"), "Novin Tejarat", True),
        (it.contains("x"), "Novin Tejarat", False),
        (it.contains(5), "5", None),
    ],
)
def test_texts_are_compared_by_what_they_mean(rule, fact, expected):
    """Case, accents, letters of another keyboard and punctuation make no difference."""
    assert says(rule, fact) is expected


@pytest.mark.parametrize("collection", [tuple, list, set, frozenset])
def test_a_collection_contains_an_equal_item(collection):
    """Tags are compared as texts are; an item that nobody knows leaves it open."""
    assert says(it.contains("VIP"), collection(["vip", "press"])) is True
    assert says(it.contains("VIP"), collection(["press"])) is False
    assert says(it.contains("VIP"), collection(["press", None])) is None
    assert says(it.contains(5), collection([float("nan")])) is None


@pytest.mark.parametrize(
    ("rule", "fact", "expected"),
    [
        (it >= Money(100, "EUR"), Money(100, "EUR"), True),
        (it >= Money(100, "EUR"), Money("99.99", "EUR"), False),
        (it >= Money(100, "EUR"), Money(10**9, "IRR"), None),
        (it >= Money(100, "EUR"), 100, None),
        (it >= 100, Money(100, "EUR"), None),
        (it <= 200, True, None),
        (it.is_(1), True, None),
        (it.is_(True), 1, None),
        (it.is_(True), False, False),
        (it.is_(False), False, True),
        (it <= 200, "120", None),
        (it.is_("120"), 120, None),
        (it <= 200, {"a": 1}, None),
        (it <= date(2026, 3, 2), 5, None),
    ],
)
def test_only_facts_of_one_kind_are_compared(rule, fact, expected):
    """A fact of the wrong kind, or in another currency, is unknown rather than false."""
    assert says(rule, fact) is expected


@pytest.mark.parametrize(
    ("rule", "fact", "expected"),
    [
        (it <= date(2026, 3, 2), date(2026, 3, 2), True),
        (it > date(2026, 3, 2), date(2026, 3, 2), False),
        (it < date(2026, 3, 3), datetime(2026, 3, 2, 23, tzinfo=UTC), True),
        (it.is_(date(2026, 3, 2)), datetime(2026, 3, 2, 23), True),  # noqa: DTZ001 - a day is read
        (it <= AT, datetime(2026, 3, 2, 12, 30, tzinfo=TEHRAN), True),
        (it.is_(AT), datetime(2026, 3, 2, 12, 30, tzinfo=TEHRAN), True),
        (it < AT, datetime(2026, 3, 2, 12, 30, tzinfo=TEHRAN), False),
        (it.is_(AT), datetime(2026, 3, 2, 9), None),  # noqa: DTZ001 - nobody knows when it was
        (it <= AT, datetime(2026, 3, 2, 9), None),  # noqa: DTZ001 - likewise
        (it <= AT, date(2026, 3, 2), None),
    ],
)
def test_days_and_moments_are_compared(rule, fact, expected):
    """A moment falls on a day; a day is no moment, and neither is a time without a zone."""
    assert says(rule, fact) is expected


@pytest.mark.parametrize(
    ("rule", "fact", "expected"),
    [
        (it.within(days=30), date(2026, 1, 31), True),
        (it.within(days=30), date(2026, 1, 30), False),
        (it.within(days=0), date(2026, 3, 2), True),
        (it.within(days=30), date(2026, 3, 3), False),
        (it.within(days=30), AT - timedelta(30), True),
        (it.within(days=30), AT - timedelta(30, 1), False),
        (it.within(days=30), AT + timedelta(0, 1), False),
        (it.older_than(days=30), AT - timedelta(30), False),
        (it.older_than(days=30), AT - timedelta(30, 1), True),
        (it.older_than(days=30), date(2026, 1, 30), True),
        (it.older_than(days=30), date(2027, 1, 1), False),
        (it.due_within(days=30), AT, True),
        (it.due_within(days=0), date(2026, 3, 2), True),
        (it.due_within(days=30), date(2026, 4, 1), True),
        (it.due_within(days=30), date(2026, 4, 2), False),
        (it.due_within(days=30), date(2026, 3, 1), False),
        (it.within(days=30), datetime(2026, 3, 2), None),  # noqa: DTZ001 - nobody knows when
        (it.within(days=30), 20260302, None),
        (it.older_than(days=30), "2026-01-01", None),
        (it.due_within(days=30), None, None),
        (it.due_within(days=30), True, None),
    ],
)
def test_dates_are_judged_from_the_instant_of_asking(rule, fact, expected):
    """The last thirty days end with the instant that is asked about."""
    assert says(rule, fact) is expected


def test_a_day_is_counted_where_one_asks():
    """At midnight in Tehran it is still yesterday in UTC."""
    midnight = datetime(2026, 3, 3, 0, 30, tzinfo=TEHRAN)
    today = it.within(days=0)

    assert today.holds({"x": date(2026, 3, 3)}, at=midnight) is True
    assert today.holds({"x": date(2026, 3, 3)}, at=midnight.astimezone(UTC)) is False


@pytest.mark.parametrize("prec", [1, 50])
def test_the_decimal_context_of_the_host_does_not_matter(prec):
    """Comparing rounds nothing and trips no trap."""
    with decimal.localcontext(decimal.Context(prec=prec, traps=[decimal.FloatOperation])):
        assert says(it < Decimal("100.5"), 100.25) is True
        assert says(it.is_(Decimal("100.5")), 100.5) is True

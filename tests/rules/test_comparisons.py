"""Comparing facts: numbers, texts, amounts, dates, brackets, and what cannot be compared."""

from __future__ import annotations

import decimal
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest

from salesfunnel.rules import field
from salesfunnel.values import Bucket, Money, Source

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
X = field("x")
TEHRAN = timezone(timedelta(hours=3, minutes=30))


def says(rule, fact):
    """Judge a single fact."""
    return rule.holds({"x": fact}, at=AT)


@pytest.mark.parametrize(
    ("rule", "fact", "expected"),
    [
        (X <= 200, Bucket(51, 200), True),
        (X <= 100, Bucket(51, 200), None),
        (X <= 50, Bucket(51, 200), False),
        (X > 50, Bucket(51, 200), True),
        (X > 51, Bucket(51, 200), None),
        (X >= Decimal("50.5"), Bucket(51, 200), True),
        (X <= 10**9, Bucket(1000, None), None),
        (X >= 1000, Bucket(1000, None), True),
        (X < 1000, Bucket(1000, None), False),
        (X.is_(100), Bucket(51, 200), None),
        (X.is_(51), Bucket(51, 200), None),
        (X.is_(200), Bucket(51, 200), None),
        (X.is_(50), Bucket(51, 200), False),
        (X.is_(201), Bucket(51, 200), False),
        (X.is_(10**9), Bucket(1000, None), None),
        (X.is_(51), Bucket(51, 51), True),
        (X.between(51, 200), Bucket(51, 200), True),
        (X.between(100, 300), Bucket(51, 200), None),
        (X.between(300, 400), Bucket(51, 200), False),
        (X.one_of(1, 2), Bucket(51, 200), False),
        (X.one_of(1, 100), Bucket(51, 200), None),
        (X <= Money(200, "EUR"), Bucket(51, 200), None),
    ],
)
def test_a_bracket_decides_what_all_its_counts_agree_on(rule, fact, expected):
    """51-200 staff are at most 200, and nobody knows whether they are at most 100."""
    assert says(rule, fact) is expected


@pytest.mark.parametrize(
    ("rule", "fact", "expected"),
    [
        (X <= 200, 200, True),
        (X <= 200, 200.5, False),
        (X < Decimal("0.1"), 0.1, False),
        (X.is_(Decimal("0.1")), 0.1, True),
        (X >= Decimal("0.1"), 0.1, True),
        (X.is_(3), Decimal("3.0"), True),
        (X <= 200, 10**4000, False),
        (X <= Decimal("0.5"), 10**4000, False),
        (X >= Decimal("0.5"), -(10**4000), False),
        (X <= 200, Decimal("1E+999999"), False),
        (X.between(1, 3), 3, True),
        (X.between(1, 3), 4, False),
        (X.between(Decimal("0.5"), 3), 0.5, True),
        (X.one_of(1, 2), 2, True),
        (X.one_of(1, 2), 3, False),
    ],
)
def test_numbers_are_compared_exactly(rule, fact, expected):
    """A float is the decimal as which it is written, and no number is too large."""
    assert says(rule, fact) is expected


@pytest.mark.parametrize(
    ("rule", "fact", "expected"),
    [
        (X.is_("Téhéran"), "TEHERAN", True),
        (X.is_("شرکت"), "شركت", True),
        (X.is_("teheran"), "Yerevan", False),
        (X.is_("★★"), "★★", True),
        (X.is_("★★"), "★", False),
        (X.one_of("IR", "AM"), "am", True),
        (X.one_of("IR", "AM"), "FR", False),
        (X.one_of("IR", "AM"), "  ", None),
        (X.is_(Source.EXHIBITION), "Exhibition", True),
        (X.is_("exhibition"), Source.EXHIBITION, True),
        (X.starts_with("novin t"), "Novin-Tejarat", True),
        (X.starts_with("tej"), "Novin Tejarat", False),
        (X.starts_with("tej"), 5, None),
        (X.contains("Tej"), "Novin Tejarat", True),
        (X.contains("x"), "Novin Tejarat", False),
        (X.contains(5), "5", None),
    ],
)
def test_texts_are_compared_by_what_they_mean(rule, fact, expected):
    """Case, accents, letters of another keyboard and punctuation make no difference."""
    assert says(rule, fact) is expected


@pytest.mark.parametrize("collection", [tuple, list, set, frozenset])
def test_a_collection_contains_an_equal_item(collection):
    """Tags are compared as texts are; an item that nobody knows leaves it open."""
    assert says(X.contains("VIP"), collection(["vip", "press"])) is True
    assert says(X.contains("VIP"), collection(["press"])) is False
    assert says(X.contains("VIP"), collection(["press", None])) is None
    assert says(X.contains(5), collection([float("nan")])) is None


@pytest.mark.parametrize(
    ("rule", "fact", "expected"),
    [
        (X >= Money(100, "EUR"), Money(100, "EUR"), True),
        (X >= Money(100, "EUR"), Money("99.99", "EUR"), False),
        (X >= Money(100, "EUR"), Money(10**9, "IRR"), None),
        (X >= Money(100, "EUR"), 100, None),
        (X >= 100, Money(100, "EUR"), None),
        (X <= 200, True, None),
        (X.is_(1), True, None),
        (X.is_(True), 1, None),
        (X.is_(True), False, False),
        (X.is_(False), False, True),
        (X <= 200, "120", None),
        (X.is_("120"), 120, None),
        (X <= 200, {"a": 1}, None),
        (X <= date(2026, 3, 2), 5, None),
    ],
)
def test_only_facts_of_one_kind_are_compared(rule, fact, expected):
    """A fact of the wrong kind, or in another currency, is unknown rather than false."""
    assert says(rule, fact) is expected


@pytest.mark.parametrize(
    ("rule", "fact", "expected"),
    [
        (X <= date(2026, 3, 2), date(2026, 3, 2), True),
        (X > date(2026, 3, 2), date(2026, 3, 2), False),
        (X < date(2026, 3, 3), datetime(2026, 3, 2, 23, tzinfo=UTC), True),
        (X.is_(date(2026, 3, 2)), datetime(2026, 3, 2, 23), True),  # noqa: DTZ001 - a day is read
        (X <= AT, datetime(2026, 3, 2, 12, 30, tzinfo=TEHRAN), True),
        (X.is_(AT), datetime(2026, 3, 2, 12, 30, tzinfo=TEHRAN), True),
        (X < AT, datetime(2026, 3, 2, 12, 30, tzinfo=TEHRAN), False),
        (X.is_(AT), datetime(2026, 3, 2, 9), None),  # noqa: DTZ001 - nobody knows when it was
        (X <= AT, datetime(2026, 3, 2, 9), None),  # noqa: DTZ001 - likewise
        (X <= AT, date(2026, 3, 2), None),
    ],
)
def test_days_and_moments_are_compared(rule, fact, expected):
    """A moment falls on a day; a day is no moment, and neither is a time without a zone."""
    assert says(rule, fact) is expected


@pytest.mark.parametrize(
    ("rule", "fact", "expected"),
    [
        (X.within(days=30), date(2026, 1, 31), True),
        (X.within(days=30), date(2026, 1, 30), False),
        (X.within(days=0), date(2026, 3, 2), True),
        (X.within(days=30), date(2026, 3, 3), False),
        (X.within(days=30), AT - timedelta(30), True),
        (X.within(days=30), AT - timedelta(30, 1), False),
        (X.within(days=30), AT + timedelta(0, 1), False),
        (X.older_than(days=30), AT - timedelta(30), False),
        (X.older_than(days=30), AT - timedelta(30, 1), True),
        (X.older_than(days=30), date(2026, 1, 30), True),
        (X.older_than(days=30), date(2027, 1, 1), False),
        (X.due_within(days=30), date(2026, 4, 1), True),
        (X.due_within(days=30), date(2026, 4, 2), False),
        (X.due_within(days=30), date(2026, 3, 1), False),
        (X.within(days=30), datetime(2026, 3, 2), None),  # noqa: DTZ001 - nobody knows when
        (X.within(days=30), 20260302, None),
        (X.older_than(days=30), "2026-01-01", None),
        (X.due_within(days=30), None, None),
        (X.due_within(days=30), True, None),
    ],
)
def test_dates_are_judged_from_the_instant_of_asking(rule, fact, expected):
    """The last thirty days end with the instant that is asked about."""
    assert says(rule, fact) is expected


def test_a_day_is_counted_where_one_asks():
    """At midnight in Tehran it is still yesterday in UTC."""
    midnight = datetime(2026, 3, 3, 0, 30, tzinfo=TEHRAN)
    today = X.within(days=0)

    assert today.holds({"x": date(2026, 3, 3)}, at=midnight) is True
    assert today.holds({"x": date(2026, 3, 3)}, at=midnight.astimezone(UTC)) is False


@pytest.mark.parametrize("prec", [1, 50])
def test_the_decimal_context_of_the_host_does_not_matter(prec):
    """Comparing rounds nothing and trips no trap."""
    with decimal.localcontext(decimal.Context(prec=prec, traps=[decimal.FloatOperation])):
        assert says(X < Decimal("100.5"), 100.25) is True
        assert says(X.is_(Decimal("100.5")), 100.5) is True

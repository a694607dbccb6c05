"""Rules and rows for the laws: a few paths, so that rules and rows meet, and nasty facts."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

from hypothesis import strategies as st

from salesfunnel.rules import Rule, all_of, at_least
from salesfunnel.values import Bucket, Money

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
TEHRAN = timezone(timedelta(hours=3, minutes=30))
PATHS = ("need", "answers.budget", "company.size", "company.place.city")

numbers = st.sampled_from([-1, 0, 1, 51, 100, 200, 10**20, Decimal("0.1"), Decimal("100.5")])
dates = st.sampled_from(
    [
        date(2026, 3, 2),
        date(2026, 3, 1),
        date(2030, 1, 1),
        datetime(2026, 3, 2, 9, tzinfo=UTC),
        datetime(2026, 2, 1, 12, tzinfo=TEHRAN),
    ]
)
amounts = st.sampled_from([Money(100, "EUR"), Money("0.5", "EUR"), Money(100, "IRR")])
texts = st.sampled_from(["Téhéran", "teheran", "تهران", "★", "IR", "a b", "Ir-an", "x" * 200])
options = numbers | dates | amounts | texts | st.booleans()
sizes = numbers | dates | amounts
days = st.sampled_from([0, 1, 29, 30, 36_500])
facts = (
    options
    | st.floats()
    | st.integers()
    | st.sampled_from(
        [
            *(None, "", "  ", (), [], 0.1, 100.0, 10**400, -(10**400), Decimal("1E+99999")),
            *(Bucket(51, 200), Bucket(100, 100), Bucket(200, None), Bucket(0, 50)),
            *(("IR", "AM"), [100, None], ["x"], {"IR": 1}, AT.replace(tzinfo=None), b"IR", 1j),
        ]
    )
)


@st.composite
def ranges(draw):
    """Draw two values of one kind, the lower one first."""
    of_one_kind = st.sampled_from([[-1, 0, 100], [date(2026, 3, 1), date(2026, 3, 2)]])
    low, high = sorted(draw(st.lists(st.sampled_from(draw(of_one_kind)), min_size=2, max_size=2)))
    return low, high


# What each operator is compared with. A test tells which operator is missing.
OPERANDS = {
    "eq": options,
    **dict.fromkeys(["lt", "le", "gt", "ge"], sizes),
    "between": ranges(),
    "one_of": st.lists(options, min_size=1, max_size=3),
    **dict.fromkeys(["starts_with", "ends_with"], texts),
    "contains": options,
    **dict.fromkeys(["within", "older_than", "due_within"], days),
    "answered": st.none(),
}


def tests_of(operators):
    """Draw tests of one fact by these operators."""
    return st.one_of(
        *(
            st.builds(Rule, st.just(name), st.sampled_from(PATHS), OPERANDS[name])
            for name in operators
        )
    )


tests = tests_of(name for name in OPERANDS if name != "answered")
questions = tests_of(["answered"])


@st.composite
def counts(draw, parts):
    """Draw a rule that asks for a number of others."""
    several = draw(st.lists(parts, max_size=4))
    return at_least(draw(st.integers(0, len(several))), *several)


def joined(leaves):
    """Draw rules of any shape over these tests."""
    return st.recursive(
        leaves,
        lambda parts: (
            st.builds(lambda part: ~part, parts)
            | st.builds(lambda several: all_of(*several), st.lists(parts, max_size=3))
            | counts(parts)
            | st.builds(lambda a, b: a & b, parts, parts)
            | st.builds(lambda a, b: a | b, parts, parts)
        ),
        max_leaves=6,
    )


monotone_rules = joined(tests)
rules = joined(tests | questions)


def row_of(found):
    """Make a row with dictionaries inside of facts by their paths."""
    row = {}
    for path, fact in found.items():
        *way, name = path.split(".")
        place = row
        for step in way:
            place = place.setdefault(step, {})
        place[name] = fact
    return row


known = st.fixed_dictionaries({}, optional=dict.fromkeys(PATHS, facts))
rows = known.map(row_of)

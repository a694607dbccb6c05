"""Scorecards and rows for the tests of qualification."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from salesfunnel.qualification import Criterion, Scorecard
from salesfunnel.rules import answered, at_least, field, yes

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
MUSTS_MET = {"answers": {"need": True, "budget": True, "timing": True}}

RULES = (
    yes("answers.need"),
    yes("answers.budget"),
    field("employees") <= 200,
    field("company.employees") >= 10,
    field("company.country").is_("IR"),
    field("country").one_of("IR", "AM"),
    ~yes("competitor"),
    at_least(2, yes("answers.need"), yes("answers.budget"), field("employees") > 10),
    (field("employees") > 10) & yes("demo"),
)


def half_true(lead, at):
    """Score by the number of visits, of which ten are as good as it gets."""
    del at
    visits = lead.get("visits")
    return None if not isinstance(visits, int) else min(abs(visits), 10) / 10


def broken(_lead, _at):
    """Fail for everybody."""
    raise ZeroDivisionError


criteria_parts = st.fixed_dictionaries(
    {
        "rule": st.sampled_from([*RULES, half_true, broken]),
        "weight": st.integers(-40, 60),
        "required": st.booleans(),
        "cost": st.integers(1, 3),
        "question": st.sampled_from(["", "Shared by some?", "Also shared?"]),
        "group": st.sampled_from(["", "fit"]),
    }
)
fading_parts = st.fixed_dictionaries(
    {
        "rule": st.sampled_from([*RULES[:5], answered("phone")]),
        "weight": st.integers(-40, 60),
        "required": st.booleans(),
        "half_life": st.integers(1, 90).map(lambda days: timedelta(days=days)),
    }
)


@st.composite
def scorecards(draw):
    """Draw a scorecard of one to six criteria, with a threshold that can be reached."""
    parts = draw(st.lists(criteria_parts | fading_parts, min_size=1, max_size=6))
    criteria = [
        Criterion(f"c{n}", facts=("visits",) if part["rule"] is half_true else (), **part)
        for n, part in enumerate(parts)
    ]
    most = sum(max(c.weight, 0) for c in criteria)
    return Scorecard("drawn", criteria=criteria, threshold=draw(st.integers(-50, most)))

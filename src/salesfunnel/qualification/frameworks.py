"""The frameworks that sellers use, ready to use and to copy."""

from __future__ import annotations

from datetime import timedelta

from ..rules.fields import field, yes
from .criterion import Criterion
from .scorecard import Scorecard

# BANT (IBM): budget, authority, need, timing. Need, budget and timing are musts; authority is a
# strong indicator, never essential, since the lead may be an adviser or a user of the buyer.
# With these weights the musts alone reach the bar, and authority alone never does.
BANT = Scorecard(
    "BANT",
    criteria=(
        Criterion(
            "need",
            yes("answers.need"),
            weight=30,
            must=True,
            question="Which problem of yours should it solve?",
        ),
        Criterion(
            "budget",
            yes("answers.budget"),
            weight=30,
            must=True,
            question="Is a budget approved, or still awaited?",
        ),
        Criterion(
            "timing",
            yes("answers.timing"),
            weight=20,
            must=True,
            deferrable=True,
            question="When do you plan to have it running?",
        ),
        Criterion(
            "authority",
            yes("answers.authority"),
            weight=20,
            question="Who decides, and who else has a say?",
        ),
    ),
    bar=80,
)
"""Budget, authority, need and timing: the oldest and most widespread framework."""

SMALL_FIRM = 200

# A vendor whose product is made for small firms: where more than 200 people work, it would
# disappoint, however great the wish to buy. Fit and engagement are two sums.
IDEAL_CUSTOMER = Scorecard(
    "ideal customer of a vendor for small firms",
    criteria=(
        Criterion(
            "size",
            field("company.employees") <= SMALL_FIRM,
            weight=30,
            must=True,
            group="fit",
            question="How many people work at your company?",
        ),
        Criterion(
            "problem",
            yes("answers.need"),
            weight=30,
            group="fit",
            question="Does this solve a problem that you have?",
        ),
        Criterion(
            "demo",
            yes("answers.demo"),
            weight=20,
            group="engagement",
            question="Would you like a demo?",
        ),
        Criterion(
            "meeting",
            yes("answers.meeting"),
            weight=20,
            group="engagement",
            half_life=timedelta(days=60),
            question="May we meet?",
        ),
    ),
    bar=60,
    grades={"A": 80, "B": 60, "C": 40, "D": 0},
)
"""Whom a vendor for small firms looks for: an example to copy."""

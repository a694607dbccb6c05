"""The frameworks that sellers use, ready to use and to copy."""

from __future__ import annotations

from ..rules.fields import yes
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

"""Questions as sellers ask them: of a lead on the telephone, and of an opportunity on the way."""

from __future__ import annotations

from datetime import timedelta

from ..rules.fields import field, yes
from .criterion import Criterion
from .scorecard import Scorecard

SMALL_FIRM = 200

# Of a person who hardly knows us: four yes-or-no questions that fit into one short call.
LEAD_QUESTIONS = Scorecard(
    "questions to a lead",
    criteria=[
        Criterion(
            "authority",
            yes("answers.authority"),
            weight=20,
            question="Are you the one who decides?",
        ),
        Criterion(
            "need",
            yes("answers.need"),
            weight=40,
            required=True,
            question="Does this solve a problem that you have?",
        ),
        Criterion("meeting", yes("answers.meeting"), weight=20, question="May we meet?"),
        Criterion("demo", yes("answers.demo"), weight=20, question="Would you like a demo?"),
    ],
    threshold=60,
)
"""What to ask a lead: does it solve a problem, who decides, and may we show it?"""

# Of a person to whom an offer is on the way: what still stands between today and the signature.
OPPORTUNITY_QUESTIONS = Scorecard(
    "questions to an opportunity",
    criteria=[
        Criterion(
            "date",
            yes("answers.timing"),
            weight=25,
            question="Is there a date by which it must run?",
        ),
        Criterion(
            "budget",
            yes("answers.budget"),
            weight=35,
            required=True,
            question="Is the budget approved, or still awaited?",
        ),
        Criterion(
            "next step",
            yes("answers.next_step"),
            weight=20,
            question="What would help us to go forward?",
        ),
        Criterion(
            "proposal",
            yes("answers.proposal"),
            weight=20,
            question="May I send a proposal?",
        ),
    ],
    threshold=75,
)
"""What to ask of an opportunity: date, budget, next step and proposal."""

# A vendor whose product is made for small firms: where more than 200 people work it would
# disappoint, however great the wish to buy. Fit and engagement are two sums.
IDEAL_CUSTOMER = Scorecard(
    "ideal customer of a vendor for small firms",
    criteria=[
        Criterion(
            "size",
            field("company.employees") <= SMALL_FIRM,
            weight=30,
            required=True,
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
            half_life=timedelta(days=60),
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
    ],
    threshold=60,
    grades={"A": 80, "B": 60, "C": 40, "D": 0},
)
"""Whom a vendor for small firms looks for: an example to copy."""

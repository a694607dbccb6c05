"""
The frameworks that sellers use, ready to use and to copy.

An answer is stored once, under its slot: need, authority, money and timing mean the same in all of
them. So a lead that was asked by one framework can be assessed by another.
"""

from __future__ import annotations

from collections.abc import Iterable

from ..rules.fields import yes
from .criterion import Criterion
from .scorecard import Scorecard

# One question for each slot, in our own words.
_QUESTIONS = {
    "authority": "Who decides, and who else has a say?",
    "budget": "Is a budget approved, or still awaited?",
    "champion": "Who gains if this works, and will argue for it?",
    "competition": "What else do you look at, doing nothing included?",
    "consequences": "What does it mean for you if the goal is missed?",
    "decision_criteria": "By what will you compare the offers?",
    "decision_process": "Which steps lead from today to a yes?",
    "funds": "Could you pay for something like this, even if no amount is set aside?",
    "goals": "What do you want to have reached in a year?",
    "impact": "What is it worth to you, in money or in time?",
    "implications": "What does it make possible if the goal is reached?",
    "interest": "What would be good enough to make you change your plans?",
    "metrics": "By which number will you see that it works?",
    "need": "Which problem of yours should it solve?",
    "paper_process": "Which legal, purchasing and security steps are there, and how long are they?",
    "plans": "How do you mean to get there so far?",
    "timing": "When do you plan to have it running?",
}

# What may change by waiting: a no to these is *not now*, so that the lead is to be recycled.
_NOT_NOW = ("timing", "budget")


def _asked(slot: str, weight: int, *, name: str = "", required: bool = False) -> Criterion:
    """Ask a slot under the name that a framework gives to it."""
    return Criterion(
        name or slot,
        yes(f"answers.{slot}"),
        weight=weight,
        required=required,
        deferrable=required and slot in _NOT_NOW,
        question=_QUESTIONS[slot],
    )


def _framework(name: str, criteria: Iterable[Criterion], threshold: int) -> Scorecard:
    return Scorecard(name, criteria=criteria, threshold=threshold)


# IBM asked for budget, authority, need and timing. Need, budget and timing are required; authority
# is a strong indicator, never essential, since the lead may be an adviser or a user of the buyer.
# With these weights the required ones alone reach the threshold, and authority alone never does.
BANT = _framework(
    "BANT",
    [
        _asked("need", 30, required=True),
        _asked("budget", 30, required=True),
        _asked("timing", 20, required=True),
        _asked("authority", 20),
    ],
    threshold=80,
)
"""Budget, authority, need and timing: the oldest and most widespread framework."""

# Rules of thumb of sellers, each of one criterion: one such yes is enough for them.
ASKED_FOR_A_QUOTE = _framework(
    "Asked for a quote",
    [
        Criterion(
            "quote",
            yes("answers.quote"),
            weight=100,
            required=True,
            question="Shall we send you a quote?",
        )
    ],
    threshold=100,
)
"""They asked for a quote; nothing else is needed."""

BUDGET_APPROVED = _framework(
    "Budget approved", [_asked("budget", 100, required=True)], threshold=100
)
"""The budget is approved; nothing else is needed."""

# Ken Krogue turned BANT round: first find the one who decides, since all others say maybe.
ANUM = _framework(
    "ANUM",
    [
        _asked("authority", 40, required=True),
        _asked("need", 30, required=True),
        _asked("timing", 20, name="urgency"),
        _asked("budget", 10, name="money"),
    ],
    threshold=80,
)
"""Authority, need, urgency and money: for those who sell only to the one who decides."""

# InsightSquared and others: begin with the challenge; a lead without authority shows the way to it.
CHAMP = _framework(
    "CHAMP",
    [
        _asked("need", 40, name="challenges", required=True),
        _asked("authority", 20),
        _asked("budget", 20, name="money"),
        _asked("timing", 20, name="prioritisation"),
    ],
    threshold=80,
)
"""Challenges, authority, money and prioritisation: the problem first, the signature last."""

# RAIN Group: most great purchases are not planned, so ask for funds rather than a budget,
# and for interest, which is made, rather than found.
FAINT = _framework(
    "FAINT",
    [
        _asked("funds", 25, required=True),
        _asked("authority", 20),
        _asked("interest", 25, required=True),
        _asked("need", 20),
        _asked("timing", 10),
    ],
    threshold=75,
)
"""Funds, authority, interest, need and timing: for what the buyer has not planned to buy yet."""

# Jack Napoli and Dick Dunkel at PTC, 1996, for long sales with many people.
MEDDIC = _framework(
    "MEDDIC",
    [
        _asked("metrics", 15),
        _asked("authority", 20, name="economic buyer", required=True),
        _asked("decision_criteria", 15),
        _asked("decision_process", 15),
        _asked("need", 20, name="identified pain", required=True),
        _asked("champion", 15),
    ],
    threshold=85,
)
"""Metrics, economic buyer, decision criteria and process, pain and champion."""

# The same, grown by what delays a great deal most: the papers, and the others who want it.
MEDDPICC = _framework(
    "MEDDPICC",
    [
        _asked("metrics", 10),
        _asked("authority", 20, name="economic buyer", required=True),
        _asked("decision_criteria", 10),
        _asked("decision_process", 10),
        _asked("paper_process", 10),
        _asked("need", 20, name="identified pain", required=True),
        _asked("champion", 10),
        _asked("competition", 10),
    ],
    threshold=80,
)
"""MEDDIC with the paper process and the competition."""

# HubSpot: the goals and plans of the buyer before the product of the seller.
GPCTBA_CI = _framework(
    "GPCTBA/C&I",
    [
        _asked("goals", 15, required=True),
        _asked("plans", 10),
        _asked("need", 15, name="challenges", required=True),
        _asked("timing", 10, name="timeline"),
        _asked("budget", 15),
        _asked("authority", 15),
        _asked("consequences", 10),
        _asked("implications", 10),
    ],
    threshold=75,
)
"""Goals, plans, challenges, timeline, budget, authority, consequences and implications."""

# The Harris Consulting Group: access to authority will do, and money is what the problem costs.
NEAT = _framework(
    "NEAT",
    [
        _asked("need", 35, name="core need", required=True),
        _asked("impact", 25, name="economic impact"),
        _asked("authority", 20, name="access to authority"),
        _asked("timing", 20, name="timeline"),
    ],
    threshold=75,
)
"""Core need, economic impact, access to authority and timeline."""

"""Rules, scorers and policies of one's own."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import assert_type

from salesfunnel import Assessment, Criterion, Lead, Policy, Scorecard, Verdict, field, policy, yes
from salesfunnel.analytics import Ranked, rank

FEW = (field("company.employees") <= 200) & yes("need")
OURS = Scorecard(
    "ours",
    criteria=[Criterion("few people", FEW, weight=40, required=True)],
    threshold=30,
)


def score(lead: object) -> int:
    """Score a lead as a model might."""
    return 70 if lead else 0


MODEL = policy("model", score, threshold=60)


class Strict:
    """A policy needs one method and no base class."""

    def assess(self, lead: object, *, at: datetime) -> Assessment:
        """Assess as ours does."""
        return OURS.assess(lead, at=at)


def judge(mine: Policy, lead: Lead, row: Mapping[str, object], at: datetime) -> Verdict:
    """Any policy judges a lead as well as a row."""
    mine.assess(row, at=at)
    return mine.assess(lead, at=at).verdict


def best(leads: list[Lead], at: datetime) -> Lead:
    """A ranking holds what was ranked."""
    ranked = rank(leads, MODEL, at=at)
    first = ranked[0]
    assert_type(first, Ranked[Lead])
    return first.lead


POLICIES: tuple[Policy, ...] = (OURS, MODEL, Strict())

"""Ranking leads by a policy, and saying of each why it stands where it stands."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import attrs

from ..qualification.assessment import Assessment, Verdict
from ..qualification.policy import Policy

_VERDICTS = (Verdict.QUALIFIED, Verdict.UNDECIDED, Verdict.DISQUALIFIED)


@attrs.frozen
class Ranked:
    """
    A lead in its place. Equals share a place; ``why`` says what put it behind the one before.

    >>> from datetime import UTC
    >>> from salesfunnel.qualification import BANT
    >>> rows = [{"id": "a"}, {"id": "b", "answers": {"need": True}}]
    >>> for ranked in rank(rows, BANT, at=datetime(2026, 3, 2, tzinfo=UTC)):
    ...     print(ranked.place, ranked.lead["id"], ranked.why)
    1 b the first
    2 a a floor of 0 after 30
    """

    place: int
    lead: Any = attrs.field(repr=False)
    assessment: Assessment
    why: str


def rank(leads: Iterable[Any], policy: Policy, *, at: datetime) -> tuple[Ranked, ...]:
    """
    Rank leads: by verdict, then by what is certain, then by what is possible, then by coverage.

    Where all that is equal, leads share a place and keep the order in which they came.

    >>> from datetime import UTC
    >>> from salesfunnel.qualification import BANT
    >>> [r.why for r in rank([{}, {}], BANT, at=datetime(2026, 3, 2, tzinfo=UTC))]
    ['the first', 'a tie: verdict, score and coverage are equal']
    """
    assessed = [(lead, policy.assess(lead, at=at)) for lead in leads]
    assessed.sort(key=lambda pair: _merits(pair[1]))
    ranked: list[Ranked] = []
    for number, (lead, assessment) in enumerate(assessed, 1):
        before = ranked[-1] if ranked else None
        tied = before is not None and _merits(before.assessment) == _merits(assessment)
        place = before.place if before is not None and tied else number
        ranked.append(Ranked(place, lead, assessment, _why(before, assessment)))
    return tuple(ranked)


def _merits(said: Assessment) -> tuple[Any, ...]:
    """List the merits in their order, each the smaller the better."""
    return _VERDICTS.index(said.verdict), -said.floor, -said.ceiling, -said.coverage


def _why(before: Ranked | None, said: Assessment) -> str:
    if before is None:
        return "the first"
    better = before.assessment
    if better.verdict is not said.verdict:
        return f"{said.verdict} after {better.verdict}"
    if better.floor != said.floor:
        return f"a floor of {said.floor} after {better.floor}"
    if better.ceiling != said.ceiling:
        return f"a ceiling of {said.ceiling} after {better.ceiling}"
    if better.coverage != said.coverage:
        per_cent, others = (round(100 * a.coverage) for a in (said, better))
        return f"{per_cent} % answered after {others} %"
    return "a tie: verdict, score and coverage are equal"

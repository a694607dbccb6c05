"""Ranking leads by a policy, and saying of each why it stands where it stands."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from operator import itemgetter
from typing import Any

import attrs

from ..leads.judging import judged, precedence, stage_kind
from ..pipeline.stage import StageKind
from ..qualification.assessment import Assessment
from ..qualification.policy import Policy

_KINDS = {StageKind.OPEN: "open", StageKind.WON: "converted", StageKind.LOST: "given up"}


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
    Rank leads: open ones first, then by verdict, what is certain, what is possible, and coverage.

    Where all that is equal, leads share a place and keep the order in which they came. A lead on
    which the policy breaks stays undecided, and a finding says why.

    >>> from datetime import UTC
    >>> from salesfunnel.qualification import BANT
    >>> [r.why for r in rank([{}, {}], BANT, at=datetime(2026, 3, 2, tzinfo=UTC))]
    ['the first', 'a tie: verdict, score and coverage are equal']
    """
    assessed = [(lead, judged(lead, policy, at=at)) for lead in leads]
    order = sorted(((precedence(*pair), pair) for pair in assessed), key=itemgetter(0))
    ranked: list[Ranked] = []
    best: tuple[float, ...] = ()
    for number, (merits, (lead, said)) in enumerate(order, 1):
        before = ranked[-1] if ranked else None
        place = before.place if before and merits == best else number
        why = _why(before, lead, said) if before else "the first"
        ranked.append(Ranked(place, lead, said, why))
        best = merits
    return tuple(ranked)


def _why(before: Ranked, lead: Any, said: Assessment) -> str:  # noqa: ANN401 - a row will do
    better, kinds = before.assessment, (stage_kind(lead), stage_kind(before.lead))
    if kinds[0] is not kinds[1]:
        return "{} after {}".format(*(_KINDS[kind] for kind in kinds))
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

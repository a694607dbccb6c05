"""Ranking leads by a policy, and saying of each why it stands where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from operator import itemgetter
from typing import Any, Generic

import attrs

from ..errors import InvalidValue, Problem, Text
from ..leads.judging import LeadT, judged, precedence, several_leads, stage_kind
from ..pipeline.stage import StageKind
from ..qualification.assessment import Assessment
from ..qualification.policy import Policy
from ..qualification.scorecard import Scorecard
from ..values.instants import instant
from ..values.percent import whole_percent
from ..values.text import shown

_KINDS = {StageKind.OPEN: "open", StageKind.WON: "converted", StageKind.LOST: "given up"}
_MOST_SHOWN = 5
_LONGEST_NAME = 60

_NO_FACT = Text(
    "no_fact_in_row", "no fact of the policy was found in this row", "the policy reads {facts}"
)
_NO_FACTS = Text(
    "no_fact_in_any_row",
    "{field} are rows in which no fact of the policy was found",
    "rows with facts such as {facts}",
)


@attrs.frozen
class Ranked(Generic[LeadT]):
    """
    A lead in its place. Equals share a place; ``why`` says what put it behind the one before.

    ``problem`` names a row in which no fact of the policy was found.

    >>> from datetime import UTC
    >>> from salesfunnel.qualification import BANT
    >>> rows = [{"id": "a"}, {"id": "b", "answers": {"need": True}}]
    >>> for ranked in rank(rows, BANT, at=datetime(2026, 3, 2, tzinfo=UTC)):
    ...     print(ranked.place, ranked.lead["id"], ranked.why)
    1 b the first
    2 a a floor of 0 after 30
    """

    place: int
    lead: LeadT = attrs.field(repr=False)
    assessment: Assessment
    why: str
    problem: Problem | None = None

    def __str__(self) -> str:
        """Say the place, the lead by its id, the verdict, and why it stands there."""
        name = shown(self.assessment.lead_id, limit=_LONGEST_NAME)
        name = f"{name}: " if name else ""
        said = self.problem or self.why
        return f"{self.place}. {name}{self.assessment.summary} ({said})"


def rank(leads: Iterable[LeadT], policy: Policy, *, at: datetime) -> tuple[Ranked[LeadT], ...]:
    """
    Rank leads: open ones first, then by verdict, what is certain, what is possible, and coverage.

    Where all that is equal, leads share a place and keep the order in which they came. A lead on
    which the policy breaks stays undecided, and a finding says why. Rows among which not one has
    any fact of a scorecard are refused: `InvalidValue`.

    >>> from datetime import UTC
    >>> from salesfunnel.qualification import BANT
    >>> [r.why for r in rank([{}, {}], BANT, at=datetime(2026, 3, 2, tzinfo=UTC))]
    ['the first', 'a tie: verdict, score and coverage are equal']
    """
    moment = instant(at)
    assessed = [(lead, judged(lead, policy, at=moment)) for lead in several_leads(leads)]
    facts = _facts_of(policy)
    if assessed and all(_is_filled(lead) and _lacks(lead, facts) for lead, _ in assessed):
        raise InvalidValue("leads", _NO_FACTS, {"facts": _shown(facts)})
    order = sorted(((precedence(*pair), pair) for pair in assessed), key=itemgetter(0))
    ranked: list[Ranked[LeadT]] = []
    best: tuple[float, ...] = ()
    for number, (merits, (lead, said)) in enumerate(order, 1):
        before = ranked[-1] if ranked else None
        place = before.place if before and merits == best else number
        why = _why(before, lead, said) if before else "the first"
        problem = _NO_FACT.problem(facts=_shown(facts)) if _lacks(lead, facts) else None
        ranked.append(Ranked(place, lead, said, why, problem))
        best = merits
    return tuple(ranked)


def _facts_of(policy: Policy) -> tuple[str, ...]:
    """List the facts that a scorecard reads; of a policy of another make nothing is known."""
    criteria = policy.criteria if isinstance(policy, Scorecard) else ()
    return tuple(dict.fromkeys(path for criterion in criteria for path in criterion.reads))


def _is_filled(row: object) -> bool:
    """Whether it holds anything: of an empty row nothing is known, but it may be right."""
    return not isinstance(row, Mapping) or len(row) > 0


def _lacks(row: object, facts: tuple[str, ...]) -> bool:
    """Whether a row has no place for any fact. A lead may well have answered nothing yet."""
    names = {fact.partition(".")[0] for fact in facts}
    try:
        if isinstance(row, Mapping):
            return bool(names) and names.isdisjoint(row)
        return bool(names) and not any(hasattr(row, name) for name in names)
    except Exception:  # noqa: BLE001 - an object of a host may raise anything
        return True


def _shown(facts: tuple[str, ...]) -> str:
    return ", ".join(facts[:_MOST_SHOWN])


def _why(before: Ranked[Any], lead: object, said: Assessment) -> str:
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
        percent, others = (whole_percent(a.coverage) for a in (said, better))
        return f"{percent}% answered after {others}%"
    return "a tie: verdict, score and coverage are equal"

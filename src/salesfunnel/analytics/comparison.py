"""Two policies on the same leads: who moves, in which direction, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import Any

import attrs

from ..leads.judging import judged, several_leads
from ..qualification.assessment import Verdict
from ..qualification.comparison import AssessmentComparison, compare_assessments
from ..qualification.policy import Policy
from ..rules.facts import read_fact
from ..values.instants import instant
from ..values.text import shown

_LONGEST_NAME = 60
_RISING = (Verdict.DISQUALIFIED, Verdict.UNDECIDED, Verdict.QUALIFIED)


@attrs.frozen
class Mover:
    """
    A lead of which two policies think differently, with every criterion that makes the difference.

    >>> from datetime import UTC
    >>> from salesfunnel.qualification import BANT
    >>> row = {"id": "7", "answers": {"need": True, "budget": True, "timing": True}}
    >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
    >>> (mover,) = compare_policies([row], BANT, BANT.with_threshold(90), at=monday).movers
    >>> mover.rises
    False
    """

    lead: Any = attrs.field(repr=False)
    comparison: AssessmentComparison

    @property
    def rises(self) -> bool:
        """Whether the second policy thinks better of it."""
        before, after = (
            _RISING.index(said.verdict) for said in (self.comparison.before, self.comparison.after)
        )
        return after > before

    def __str__(self) -> str:
        """Say the way it moves, and each reason."""
        before, after = self.comparison.before, self.comparison.after
        way = "up" if self.rises else "down"
        reasons = (
            "; ".join(map(str, self.comparison.changes)) or f"the threshold is {after.threshold}"
        )
        name = after.lead_id or read_fact(self.lead, ("id",), at=after.at) or "a lead"
        who = shown(str(name), limit=_LONGEST_NAME)
        return f"{who}: {way} from {before.verdict} to {after.verdict}, since {reasons}"


@attrs.frozen
class PolicyComparison:
    """
    What changes for a pile of leads when one policy takes the place of another.

    ``counts`` tells how many leads are judged so by the first and so by the second policy.

    >>> from datetime import UTC
    >>> from salesfunnel.qualification import BANT
    >>> rows = [{"id": "7", "answers": {"need": True, "budget": True, "timing": True}}, {}]
    >>> print(
    ...     compare_policies(
    ...         rows, BANT, BANT.with_threshold(90), at=datetime(2026, 3, 2, tzinfo=UTC)
    ...     )
    ... )
    2 leads, 1 judged differently: 0 up, 1 down
      7: down from qualified to undecided, since the threshold is 90
    """

    counts: tuple[tuple[tuple[Verdict, Verdict], int], ...]
    movers: tuple[Mover, ...]

    def as_data(self) -> dict[str, Any]:
        """
        Give it as plain data, ready for JSON: the counts, and each mover with its reasons.

        >>> from datetime import UTC
        >>> from salesfunnel.qualification import BANT
        >>> compare_policies([{}], BANT, BANT, at=datetime(2026, 3, 2, tzinfo=UTC)).as_data()
        {'counts': [{'before': 'undecided', 'after': 'undecided', 'leads': 1}], 'movers': []}
        """
        return {
            "counts": [
                {"before": before.value, "after": after.value, "leads": count}
                for (before, after), count in self.counts
            ],
            "movers": [
                {
                    "lead": mover.comparison.after.lead_id,
                    "before": mover.comparison.before.verdict.value,
                    "after": mover.comparison.after.verdict.value,
                    "why": [str(change) for change in mover.comparison.changes],
                }
                for mover in self.movers
            ],
        }

    def __str__(self) -> str:
        """Say how many move, and each of them."""
        leads = sum(count for _, count in self.counts)
        up = sum(mover.rises for mover in self.movers)
        down = len(self.movers) - up
        noun = "lead" if leads == 1 else "leads"
        moved = len(self.movers)
        heading = f"{leads} {noun}, {moved} judged differently: {up} up, {down} down"
        return "\n".join([heading, *(f"  {mover}" for mover in self.movers)])


def compare_policies(
    leads: Iterable[Any], before: Policy, after: Policy, *, at: datetime
) -> PolicyComparison:
    """
    Judge the same leads by two policies, and list those of which they think differently.

    Where a policy breaks on a lead it leaves it undecided, and the reason names the policy.

    >>> from datetime import UTC
    >>> from salesfunnel.qualification import BANT
    >>> compare_policies([{}], BANT, BANT, at=datetime(2026, 3, 2, tzinfo=UTC)).movers
    ()
    """
    counts: Counter[tuple[Verdict, Verdict]] = Counter()
    movers: list[Mover] = []
    moment = instant(at)
    for lead in several_leads(leads):
        first, second = judged(lead, before, at=moment), judged(lead, after, at=moment)
        counts[first.verdict, second.verdict] += 1
        if first.verdict is not second.verdict:
            movers.append(Mover(lead, compare_assessments(first, second)))
    return PolicyComparison(tuple(sorted(counts.items())), tuple(movers))

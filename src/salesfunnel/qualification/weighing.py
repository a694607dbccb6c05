"""
The scales of a scorecard: its criteria, made ready once, so that weighing a lead costs little.

What a plain rule finds is one of three findings, which are written beforehand. A function, and a
criterion whose points fade, are asked each time.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Any

import attrs

from ..rules.rule import Rule
from ..rules.truth import Truth
from .assessment import Verdict
from .criterion import Criterion
from .finding import Finding

Judge = Callable[[Any, datetime], Truth]
Finder = Callable[[Any, datetime], Finding]
Ready = Mapping[Truth, Finding]


@attrs.frozen
class Scales:
    """
    Criteria ready for weighing.

    A plain row is a rule with its three findings; all others find something new each time.

    >>> from datetime import UTC, datetime
    >>> from salesfunnel.rules import yes
    >>> need = Criterion("need", yes("need"), weight=30)
    >>> scales = Scales.of((need,), bar=20, recycle_after=timedelta(days=90))
    >>> scales.verdict({"need": True}, datetime(2026, 3, 2, tzinfo=UTC))
    <Verdict.QUALIFIED: 'qualified'>
    """

    bar: int
    floor: int
    ceiling: int
    rows: tuple[tuple[Any, Ready | None], ...]
    musts: tuple[tuple[Judge, bool, int], ...]
    others: tuple[tuple[Judge, bool, int], ...]
    finders: tuple[Finder, ...]

    @classmethod
    def of(cls, criteria: tuple[Criterion, ...], *, bar: int, recycle_after: timedelta) -> Scales:
        """Make criteria ready, for quick verdicts the heaviest first."""
        rows = tuple(_row(c, recycle_after) for c in criteria)
        plain = [
            (c.must, (judge, c.weight > 0, abs(c.weight)))
            for c, (judge, ready) in zip(criteria, rows, strict=True)
            if ready
        ]
        plain.sort(key=lambda entry: -entry[1][2])
        return cls(
            bar=bar,
            floor=sum(min(c.weight, 0) for c in criteria),
            ceiling=sum(max(c.weight, 0) for c in criteria),
            rows=rows,
            musts=tuple(row for must, row in plain if must),
            others=tuple(row for must, row in plain if not must and row[2]),
            finders=tuple(judge for judge, ready in rows if not ready),
        )

    def weigh(self, lead: Any, at: datetime) -> tuple[Finding, ...]:  # noqa: ANN401 - a row will do as well
        """Find what each criterion has to say, in their order."""
        return tuple(
            [ready[judge(lead, at)] if ready else judge(lead, at) for judge, ready in self.rows]
        )

    # Written in one piece, since a call for each criterion would cost as much as its rule.
    def verdict(self, lead: Any, at: datetime) -> Verdict:  # noqa: ANN401, C901, PLR0911, PLR0912
        """Weigh only until the verdict is decided."""
        bar, floor, ceiling, musts_met = self.bar, self.floor, self.ceiling, True
        for judge, is_good, points in self.musts:
            truth = judge(lead, at)
            if truth is False:
                return Verdict.DISQUALIFIED
            if truth is None:
                musts_met = False
            elif is_good:
                floor += points
            else:
                ceiling -= points

        for find in self.finders:
            finding = find(lead, at)
            if finding.failed:
                return Verdict.DISQUALIFIED
            musts_met = musts_met and not (finding.must and finding.answer is None)
            floor += finding.points - min(finding.weight, 0)
            ceiling += finding.points + finding.spread - max(finding.weight, 0)

        if ceiling < bar:
            return Verdict.DISQUALIFIED
        if floor >= bar and musts_met:
            return Verdict.QUALIFIED
        for judge, is_good, points in self.others:
            truth = judge(lead, at)
            if truth is is_good:
                floor += points
                if floor >= bar and musts_met:
                    return Verdict.QUALIFIED
            elif truth is not None:
                ceiling -= points
                if ceiling < bar:
                    return Verdict.DISQUALIFIED
        return Verdict.UNDECIDED


def _row(criterion: Criterion, recycle_after: timedelta) -> tuple[Any, Ready | None]:
    rule = criterion.rule
    if not isinstance(rule, Rule) or criterion.is_asked_each_time:

        def find(lead: Any, at: datetime) -> Finding:  # noqa: ANN401 - a row will do as well
            return criterion.find(lead, at=at, recycle_after=recycle_after)

        return find, None

    yes = criterion.finding(Fraction(1), recycle_after=recycle_after)
    no = criterion.finding(Fraction(0), recycle_after=recycle_after)
    unknown = criterion.finding(None, recycle_after=recycle_after)
    return rule.compiled(), {True: yes, False: no, None: unknown}

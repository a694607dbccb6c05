"""
The scales of a scorecard: its criteria, made ready once, so that weighing a lead costs little.

What a plain rule finds is one of three findings, which are written beforehand. A function, and a
criterion whose points fade, are asked each time.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Any, NamedTuple

import attrs

from .assessment import Verdict
from .criterion import Criterion
from .evidence import Places, places
from .finding import Finding
from .sheets import Row, fill, sheets

Finder = Callable[[Any, datetime], Finding]


class Score(NamedTuple):
    """
    A score without its story: the interval, the verdict, and what each criterion found.

    >>> Score(30, 100, Verdict.UNDECIDED, ()).floor
    30
    """

    floor: int
    ceiling: int
    verdict: Verdict
    findings: tuple[Finding, ...]


@attrs.frozen
class Scales:
    """
    Criteria ready for weighing: all of them, or only until the verdict is decided.

    >>> from datetime import UTC
    >>> from salesfunnel.rules import yes
    >>> need = Criterion("need", yes("need"), weight=30)
    >>> scales = Scales.of((need,), bar=20, recycle_after=timedelta(days=90))
    >>> scales.verdict({"need": True}, datetime(2026, 3, 2, tzinfo=UTC))
    <Verdict.QUALIFIED: 'qualified'>
    """

    score: Callable[[Any, datetime], Score]
    verdict: Callable[[Any, datetime], Verdict]
    places: Places

    @classmethod
    def of(cls, criteria: tuple[Criterion, ...], *, bar: int, recycle_after: timedelta) -> Scales:
        """Make criteria ready."""
        rows = [
            _row(place, criterion, recycle_after)
            for place, criterion in enumerate(criteria)
            if not criterion.is_asked_each_time
        ]
        finders = tuple(
            (place, _finder(criterion, recycle_after))
            for place, criterion in enumerate(criteria)
            if criterion.is_asked_each_time
        )
        ends = sum(min(c.weight, 0) for c in criteria), sum(max(c.weight, 0) for c in criteria)
        return cls(
            score=_scoring(criteria, rows, finders, ends, bar),
            verdict=_deciding(criteria, rows, finders, ends, bar),
            places=places(dict.fromkeys(path for c in criteria for path in c.reads)),
        )


def _scoring(
    criteria: tuple[Criterion, ...],
    rows: list[Row],
    finders: tuple[tuple[int, Finder], ...],
    ends: tuple[int, int],
    bar: int,
) -> Callable[[Any, datetime], Score]:
    unknown = [criterion.finding(None) for criterion in criteria]
    for row in rows:
        unknown[row.place] = row.unknown
    filled = sheets(rows, criteria)
    musts = tuple(place for place, criterion in enumerate(criteria) if criterion.must)
    lowest, highest = ends

    def score(lead: Any, at: datetime) -> Score:  # noqa: ANN401 - a row will do as well
        findings = unknown[:]
        gained, lost = fill(filled, findings, lead, at)
        floor, ceiling = lowest + gained, highest - lost
        for place, find in finders:
            findings[place] = finding = find(lead, at)
            floor += finding.points - min(finding.weight, 0)
            ceiling += finding.points + finding.spread - max(finding.weight, 0)
        musts_met = True
        verdict = Verdict.UNDECIDED
        for place in musts:
            answer = findings[place].answer
            if not answer:
                musts_met = False
                if answer is False:
                    verdict = Verdict.DISQUALIFIED
        if ceiling < bar:
            verdict = Verdict.DISQUALIFIED
        elif musts_met and floor >= bar:
            verdict = Verdict.QUALIFIED
        return Score(floor, ceiling, verdict, tuple(findings))

    return score


def _deciding(  # noqa: C901 - see below
    criteria: tuple[Criterion, ...],
    rows: list[Row],
    finders: tuple[tuple[int, Finder], ...],
    ends: tuple[int, int],
    bar: int,
) -> Callable[[Any, datetime], Verdict]:
    """Ask musts first and then the heaviest, until no answer can change the verdict."""
    heaviest = sorted(rows, key=lambda row: -row.points)
    quick = [(row.judge, row.is_good, row.points, criteria[row.place].must) for row in heaviest]
    musts = tuple(entry[:3] for entry in quick if entry[3])
    others = tuple(entry[:3] for entry in quick if entry[2] and not entry[3])
    lowest, highest = ends
    qualified, disqualified = Verdict.QUALIFIED, Verdict.DISQUALIFIED
    undecided = Verdict.UNDECIDED

    # Written in one piece, since a call for each criterion would cost as much as its rule.
    def verdict(lead: Any, at: datetime) -> Verdict:  # noqa: ANN401, C901, PLR0911, PLR0912
        floor, ceiling, musts_met = lowest, highest, True
        for judge, is_good, points in musts:
            truth = judge(lead, at)
            if truth is False:
                return disqualified
            if truth is None:
                musts_met = False
            elif is_good:
                floor += points
            else:
                ceiling -= points

        for _, find in finders:
            finding = find(lead, at)
            if finding.failed:
                return disqualified
            musts_met = musts_met and not (finding.must and finding.answer is None)
            floor += finding.points - min(finding.weight, 0)
            ceiling += finding.points + finding.spread - max(finding.weight, 0)

        if ceiling < bar:
            return disqualified
        if floor >= bar and musts_met:
            return qualified
        for judge, is_good, points in others:
            truth = judge(lead, at)
            if truth is is_good:
                floor += points
                if floor >= bar and musts_met:
                    return qualified
            elif truth is not None:
                ceiling -= points
                if ceiling < bar:
                    return disqualified
        return undecided

    return verdict


def _row(place: int, criterion: Criterion, recycle_after: timedelta) -> Row:
    """Write down beforehand all that a plain rule can find."""
    yes, no, unknown = (
        criterion.finding(share, recycle_after=recycle_after)
        for share in (Fraction(1), Fraction(0), None)
    )
    weight = criterion.weight
    return Row(place, criterion.compiled(), yes, no, unknown, weight > 0, abs(weight))


def _finder(criterion: Criterion, recycle_after: timedelta) -> Finder:
    return lambda lead, at: criterion.find(lead, at=at, recycle_after=recycle_after)

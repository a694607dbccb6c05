"""
Weighing a lead: each scorecard becomes two functions, one for its score, one for its verdict alone.

What a plain rule finds is one of three findings, which are written beforehand. A function, and a
criterion whose points fade, are asked each time, in a loop. Both read as one would write them by
hand, see `straight_lines`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from fractions import Fraction
from types import MappingProxyType
from typing import Any, LiteralString, NamedTuple

import attrs

from ..rules.truth import Truth
from ..values.straight_lines import Lines, function_of
from .assessment import Verdict
from .criterion import Criterion
from .criterion_lines import asking, going, ways_of
from .finding import Finding

WRITTEN_OUT = 30
"""So many plain criteria are written out; all others of a long scorecard are asked in a loop."""

Finder = Callable[[Any, datetime], Finding]
PlainFindings = Mapping[str, Mapping[Truth, Finding]]
"""By the name of a criterion, what it finds if its rule says yes, no, or nothing yet."""

_SHARES: Mapping[Truth, Fraction | None] = MappingProxyType(
    {True: Fraction(1), False: Fraction(0), None: None}
)

_START: LiteralString = """
def run(lead, at, careful=False):
    try:
        floor, ceiling, goal, failed = {floor}, {ceiling}, {threshold}, False"""
_COPY: LiteralString = """
        findings = {unknown}[:]"""
_GAIN: LiteralString = """
                floor += {points}"""
_LOSE: LiteralString = """
                ceiling -= {points}"""
_NOTE_YES: LiteralString = """
                findings[{index}] = {yes}"""
_NOTE_NO: LiteralString = """
                findings[{index}] = {no}"""
_NEVER_ENOUGH: LiteralString = """
                goal = {never}"""
_FAIL: LiteralString = """
                failed = True"""
_GIVE_UP: LiteralString = """
                return {disqualified}"""
_IF_ENOUGH: LiteralString = """
                if floor >= goal:
                    return {qualified}"""
_IF_TOO_LITTLE: LiteralString = """
                if ceiling < {threshold}:
                    return {disqualified}"""
_FIND: LiteralString = """
        for index, find, low, high in {finders}:
                found = find(lead, at)
                floor += found.points - low
                ceiling += found.points + found.spread - high
                if found.required and not found.answer:
                    goal = {never}
                    failed = failed or found.answer is False"""
_NOTE: LiteralString = """
                findings[index] = found"""
_STOP: LiteralString = """
        if failed or ceiling < {threshold}:
            return {disqualified}
        if floor >= goal:
            return {qualified}"""
_UNDECIDED: LiteralString = """
        return {undecided}"""
_SCORE: LiteralString = """
        if failed or ceiling < {threshold}:
            verdict = {disqualified}
        else:
            verdict = {qualified} if floor >= goal else {undecided}
        return {score}(floor, ceiling, verdict, tuple(findings))"""
# Where a lead raises, each rule reads for itself, and leaves unknown what it cannot read.
_END: LiteralString = """
    except Exception:
        if careful:
            raise
        return run(lead, at, True)"""


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
class Weighing:
    """
    The criteria of a scorecard and its threshold, as far as they make the score.

    >>> from datetime import UTC
    >>> from salesfunnel.rules import yes
    >>> need = Criterion("need", yes("need"), weight=30)
    >>> weighing = Weighing((need,), threshold=20, recycle_after=timedelta(days=90))
    >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
    >>> weighing.scoring()({"need": True}, monday).floor
    30
    >>> weighing.deciding()({"need": True}, monday)
    <Verdict.QUALIFIED: 'qualified'>
    """

    criteria: tuple[Criterion, ...]
    threshold: int = attrs.field(kw_only=True)
    recycle_after: timedelta = attrs.field(kw_only=True)

    def scoring(self) -> Callable[[Any, datetime], Score]:
        """Make the function that finds what each criterion has to say, and reckons the score."""
        return function_of(self.score_lines())

    def deciding(self) -> Callable[[Any, datetime], Verdict]:
        """Make the function that asks only until the verdict is decided."""
        return function_of(self.verdict_lines())

    def score_lines(self) -> Iterator[Lines]:
        """Write the function behind `scoring`."""
        written, others = self._parted()
        ways, names = ways_of(written), self._names()
        plain = self._plain_findings()
        index = {name: number for number, name in enumerate(plain)}
        yield Lines(_START, names)
        yield from going(ways)
        yield Lines(_COPY, {"unknown": [findings[None] for findings in plain.values()]})
        for criterion in written:
            yes, no = _in_order(criterion, _GAIN, _LOSE)
            yes, no, unknown = yes + _NOTE_YES, no + _NOTE_NO, ""
            if criterion.required:
                no, unknown = no + _FAIL, _NEVER_ENOUGH
            lines = asking(criterion, ways, yes, no, unknown)
            findings = plain[criterion.name]
            noted = {"yes": findings[True], "no": findings[False], "index": index[criterion.name]}
            yield _weighing(lines, criterion, names | noted)
        yield from self._asking_each(others, plain, _FIND + _NOTE)
        yield Lines(_SCORE + _END, names)

    def verdict_lines(self) -> Iterator[Lines]:
        """Write the function behind `deciding`: musts first, then the heaviest, functions last."""
        written, others = self._parted()
        ways, names = ways_of(written), self._names()
        plain = self._plain_findings() if others else {}
        yield Lines(_START, names)
        yield from going(ways)
        for criterion in written:
            if criterion.required:
                yes, _ = _in_order(criterion, _GAIN, _LOSE)
                lines = asking(criterion, ways, yes, _GIVE_UP, _NEVER_ENOUGH)
                yield _weighing(lines, criterion, names)
        yield from self._asking_each([c for c in others if c.required], plain, _FIND)
        yield Lines(_STOP, names)
        lowest, highest = self._ends()
        asked = sum(abs(c.weight) for c in self.criteria if c.required)
        for criterion in written:
            if not criterion.required:
                asked += abs(criterion.weight)
                # Compared with the threshold is only what can have reached it by now.
                gain = _GAIN + _IF_ENOUGH if lowest + asked >= self.threshold else _GAIN
                lose = _LOSE + _IF_TOO_LITTLE if highest - asked < self.threshold else _LOSE
                lines = asking(criterion, ways, *_in_order(criterion, gain, lose))
                yield _weighing(lines, criterion, names)
        wishes = [c for c in others if not c.required]
        yield from self._asking_each(wishes, plain, _FIND + _IF_ENOUGH + _IF_TOO_LITTLE)
        yield Lines(_UNDECIDED + _END, names)

    def _parted(self) -> tuple[list[Criterion], list[Criterion]]:
        """Part the criteria that are written out, in the order of asking, from all others."""
        plain = [c for c in self.criteria if not c.is_asked_each_time]
        plain.sort(key=lambda c: (not c.required, -abs(c.weight)))
        each_time = [c for c in self.criteria if c.is_asked_each_time]
        return plain[:WRITTEN_OUT], plain[WRITTEN_OUT:] + each_time

    def _asking_each(
        self, criteria: list[Criterion], plain: PlainFindings, template: LiteralString
    ) -> Iterator[Lines]:
        """Write the loop that asks each of some criteria, if there are any."""
        index = {name: number for number, name in enumerate(plain)}
        finders = [
            (index[c.name], self._finder(c, plain[c.name]), min(c.weight, 0), max(c.weight, 0))
            for c in criteria
        ]
        if finders:
            yield Lines(template, self._names() | {"finders": finders})

    def _finder(self, criterion: Criterion, findings: Mapping[Truth, Finding]) -> Finder:
        if criterion.is_asked_each_time:
            return lambda lead, at: criterion.find(lead, at=at, recycle_after=self.recycle_after)
        judge = criterion.compiled()
        return lambda lead, at: findings[judge(lead, at)]

    def _plain_findings(self) -> PlainFindings:
        """Write down beforehand all that the plain rules can find."""
        return {
            criterion.name: {
                truth: criterion.finding(share, recycle_after=self.recycle_after)
                for truth, share in _SHARES.items()
            }
            for criterion in self.criteria
        }

    def _ends(self) -> tuple[int, int]:
        weights = [c.weight for c in self.criteria]
        return sum(min(w, 0) for w in weights), sum(max(w, 0) for w in weights)

    def _names(self) -> dict[str, object]:
        floor, ceiling = self._ends()
        return {
            "floor": floor,
            "ceiling": ceiling,
            "threshold": self.threshold,
            "never": math.inf,
            "score": Score,
            "disqualified": Verdict.DISQUALIFIED,
            "qualified": Verdict.QUALIFIED,
            "undecided": Verdict.UNDECIDED,
        }


def _weighing(lines: Lines, criterion: Criterion, names: dict[str, object]) -> Lines:
    """Bind what follows from an answer, too."""
    weighed = {**names, **lines.values, "points": abs(criterion.weight)}
    return lines._replace(values=weighed)


def _in_order(
    criterion: Criterion, gain: LiteralString, lose: LiteralString
) -> tuple[LiteralString, LiteralString]:
    """Put first what a yes does: it gains the points of a reward, and loses those of a penalty."""
    return (gain, lose) if criterion.weight > 0 else (lose, gain)

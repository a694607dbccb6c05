"""
Weighing a lead: each scorecard becomes two functions, one for its score, one for its verdict alone.

What a plain rule finds is one of three findings, which are written beforehand. A function, and a
criterion whose points fade, are asked each time.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Any, LiteralString, NamedTuple

from .assessment import Verdict
from .criterion import Criterion
from .criterion_lines import asking, going, ways_of
from .finding import Finding
from .straight_lines import Lines, function_of

_START: LiteralString = """
def judge(lead, at, careful=False):
    try:
        floor, ceiling, goal, failed = {floor}, {ceiling}, {bar}, False"""
_COPY: LiteralString = """
        findings = {unknown}[:]"""
_MUST: LiteralString = """
        if truth is None:
            goal = {never}
        elif truth is False:
            """
_ADD: LiteralString = """
        floor += found.points - {low}
        ceiling += found.points + found.spread - {high}"""
_NOTE: LiteralString = """
        findings[{index}] = found"""
_YES: LiteralString = """
        if truth is True:"""
_NO: LiteralString = """
        elif truth is False:"""
_GAIN: LiteralString = """
            floor += {points}"""
_LOSE: LiteralString = """
            ceiling -= {points}"""
_NOTE_YES: LiteralString = """
            findings[{index}] = {yes}"""
_NOTE_NO: LiteralString = """
            findings[{index}] = {no}"""
_IF_ENOUGH: LiteralString = """
            if floor >= goal:
                return {qualified}"""
_IF_TOO_LITTLE: LiteralString = """
            if ceiling < {bar}:
                return {disqualified}"""
_STOP: LiteralString = """
        if ceiling < {bar}:
            return {disqualified}
        if floor >= goal:
            return {qualified}"""
_UNDECIDED: LiteralString = """
        return {undecided}"""
_SCORE: LiteralString = """
        if failed or ceiling < {bar}:
            verdict = {disqualified}
        else:
            verdict = {qualified} if floor >= goal else {undecided}
        return {score}(floor, ceiling, verdict, tuple(findings))"""
# Where a lead raises, each rule reads for itself, and leaves unknown what it cannot read.
_END: LiteralString = """
    except Exception:
        if careful:
            raise
        return judge(lead, at, True)"""


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


def scoring(
    criteria: tuple[Criterion, ...], *, bar: int, recycle_after: timedelta
) -> Callable[[Any, datetime], Score]:
    """
    Make the function that finds what each criterion has to say, and reckons the score.

    >>> from datetime import UTC
    >>> from salesfunnel.rules import yes
    >>> need = Criterion("need", yes("need"), weight=30)
    >>> score = scoring((need,), bar=20, recycle_after=timedelta(days=90))
    >>> score({"need": True}, datetime(2026, 3, 2, tzinfo=UTC)).floor
    30
    """
    return function_of(score_lines(criteria, bar, recycle_after))


def deciding(
    criteria: tuple[Criterion, ...], *, bar: int, recycle_after: timedelta
) -> Callable[[Any, datetime], Verdict]:
    """
    Make the function that asks only until the verdict is decided: musts first, then the heaviest.

    >>> from datetime import UTC
    >>> from salesfunnel.rules import yes
    >>> need = Criterion("need", yes("need"), weight=30)
    >>> verdict = deciding((need,), bar=20, recycle_after=timedelta(days=90))
    >>> verdict({"need": True}, datetime(2026, 3, 2, tzinfo=UTC))
    <Verdict.QUALIFIED: 'qualified'>
    """
    return function_of(verdict_lines(criteria, bar, recycle_after))


def score_lines(
    criteria: tuple[Criterion, ...], bar: int, recycle_after: timedelta
) -> Iterator[Lines]:
    """
    Write the function behind `scoring`.

    >>> len(list(score_lines((), 0, timedelta(days=90))))
    3
    """
    ways, names = ways_of(criteria), _names(criteria, bar)
    plain = [_plain_findings(criterion, recycle_after) for criterion in criteria]
    yield Lines(_START, names)
    yield from going(ways)
    yield Lines(_COPY, {"unknown": [findings["unknown"] for findings in plain]})
    for index, criterion in enumerate(criteria):
        yield asking(criterion, ways, recycle_after)
        if criterion.must:
            yield Lines(_MUST + "failed = True", names)
        values = {"index": index, **_points(criterion), **plain[index]}
        if criterion.is_asked_each_time:
            yield Lines(_ADD + _NOTE, values)
        else:
            on_yes, on_no = _in_order(criterion, _GAIN, _LOSE)
            yield Lines(_YES + on_yes + _NOTE_YES + _NO + on_no + _NOTE_NO, values)
    yield Lines(_SCORE + _END, names)


def verdict_lines(
    criteria: tuple[Criterion, ...], bar: int, recycle_after: timedelta
) -> Iterator[Lines]:
    """
    Write the function behind `deciding`.

    >>> len(list(verdict_lines((), 0, timedelta(days=90))))
    3
    """
    ways, names = ways_of(criteria), _names(criteria, bar)
    yield Lines(_START, names)
    yield from going(ways)
    first = [c for c in criteria if c.must or c.is_asked_each_time]
    for criterion in sorted(first, key=_haste):
        yield asking(criterion, ways, recycle_after)
        if criterion.must:
            yield Lines(_MUST + "return {disqualified}", names)
        if criterion.is_asked_each_time:
            yield Lines(_ADD, _points(criterion))
        else:
            on_yes, on_no = _in_order(criterion, _GAIN, _LOSE)
            yield Lines(_YES + on_yes + _NO + on_no, _points(criterion))
    yield Lines(_STOP, names)
    lowest, highest = _ends(criteria)
    asked = sum(abs(c.weight) for c in first)
    others = [c for c in criteria if c.weight and not c.must and not c.is_asked_each_time]
    for criterion in sorted(others, key=_haste):
        yield asking(criterion, ways, recycle_after)
        asked += abs(criterion.weight)
        # Only what can matter by now is compared with the bar.
        gain = _GAIN + _IF_ENOUGH if lowest + asked >= bar else _GAIN
        lose = _LOSE + _IF_TOO_LITTLE if highest - asked < bar else _LOSE
        on_yes, on_no = _in_order(criterion, gain, lose)
        yield Lines(_YES + on_yes + _NO + on_no, names | _points(criterion))
    yield Lines(_UNDECIDED + _END, names)


def _names(criteria: tuple[Criterion, ...], bar: int) -> dict[str, object]:
    lowest, highest = _ends(criteria)
    return {
        "floor": lowest,
        "ceiling": highest,
        "bar": bar,
        "never": math.inf,
        "score": Score,
        "disqualified": Verdict.DISQUALIFIED,
        "qualified": Verdict.QUALIFIED,
        "undecided": Verdict.UNDECIDED,
    }


def _ends(criteria: tuple[Criterion, ...]) -> tuple[int, int]:
    return sum(min(c.weight, 0) for c in criteria), sum(max(c.weight, 0) for c in criteria)


def _haste(criterion: Criterion) -> tuple[bool, int]:
    return criterion.is_asked_each_time, -abs(criterion.weight)


def _in_order(
    criterion: Criterion, gain: LiteralString, lose: LiteralString
) -> tuple[LiteralString, LiteralString]:
    """Put first what a yes does: it gains the points of a reward, and loses those of a penalty."""
    return (gain, lose) if criterion.weight > 0 else (lose, gain)


def _points(criterion: Criterion) -> dict[str, object]:
    weight = criterion.weight
    return {"points": abs(weight), "low": min(weight, 0), "high": max(weight, 0)}


def _plain_findings(criterion: Criterion, recycle_after: timedelta) -> dict[str, object]:
    """Write down beforehand all that a plain rule can find."""
    shares = {"yes": Fraction(1), "no": Fraction(0), "unknown": None}
    return {
        name: criterion.finding(share, recycle_after=recycle_after)
        for name, share in shares.items()
    }

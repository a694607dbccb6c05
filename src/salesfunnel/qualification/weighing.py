"""
Weighing a lead: a scorecard asks its criteria one after the other, and adds up what they find.

What a plain rule finds is written down beforehand, so that asking it costs little more than the
rule itself. A function, and a criterion whose points fade, makes its finding each time.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Any, NamedTuple

import attrs

from ..rules.compiling import CompiledRule
from ..rules.facts import path_names, step
from ..rules.rule import Rule
from ..rules.truth import Truth
from .assessment import Verdict, decide
from .criterion import Criterion
from .finding import Finding


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


class PreparedCriterion(NamedTuple):
    """A rule about a place of the lead, its findings for yes and no, and how to find the rest."""

    judge: CompiledRule
    place: int
    found: Mapping[Truth, Finding]
    find: Callable[[Any, datetime], Finding]


Weight = tuple[CompiledRule, int, bool, int]
"""
A rule about a place of the lead, the answer that raises the floor (the other one lowers the
ceiling), and by how many points.
"""

Way = tuple[str, ...]
"""The names on the way to a place of the lead, such as answers. The lead itself needs none."""


@attrs.frozen
class Weighing:
    """
    The criteria of a scorecard and its threshold, made ready to judge one lead after the other.

    >>> from datetime import UTC
    >>> from salesfunnel.rules import yes
    >>> need = Criterion("need", yes("need"), weight=30)
    >>> weighing = weigh((need,), threshold=20, recycle_after=timedelta(days=90))
    >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
    >>> weighing.score({"need": True}, monday).floor
    30
    >>> weighing.verdict({"need": True}, monday)
    <Verdict.QUALIFIED: 'qualified'>
    """

    ways: tuple[Way, ...]
    prepared: tuple[PreparedCriterion, ...]
    required: tuple[Weight, ...]
    optional: tuple[Weight, ...]
    lowest: int
    highest: int
    threshold: int
    goal: float
    asks_functions: bool

    def score(self, lead: Any, at: datetime) -> Score:  # noqa: ANN401 - a row will do as well
        """Find what each criterion has to say, and add it up."""
        findings: list[Finding] = []
        places = [lead, *[reach(lead, way, at) for way in self.ways]]
        for judge, place, found, find in self.prepared:
            truth = judge(places[place], at)
            findings.append(find(lead, at) if truth is None else found[truth])
        floor = sum([finding.points for finding in findings])
        ceiling = floor + sum([finding.spread for finding in findings])
        required = [finding.answer for finding in findings if finding.required]
        verdict = decide(floor, ceiling, self.threshold, required)
        return Score(floor, ceiling, verdict, tuple(findings))

    # Two loops that stop as soon as they can; a function call in either would double their time.
    def verdict(self, lead: Any, at: datetime) -> Verdict:  # noqa: ANN401, C901 - see above
        """Ask what is required, then the heaviest criteria, and stop once all is decided."""
        floor, ceiling, goal = self.lowest, self.highest, self.goal
        places = [lead, *[reach(lead, way, at) for way in self.ways]]
        for judge, place, raising, points in self.required:
            truth = judge(places[place], at)
            if truth is False:
                return Verdict.DISQUALIFIED
            if truth is None:
                goal = math.inf
            elif raising:
                floor += points
            else:
                ceiling -= points
        if ceiling < self.threshold:
            return Verdict.DISQUALIFIED
        if floor >= goal:
            return Verdict.QUALIFIED
        for judge, place, raising, points in self.optional:
            truth = judge(places[place], at)
            if truth is raising:
                floor += points
                if floor >= goal:
                    return Verdict.QUALIFIED
            elif truth is not None:
                ceiling -= points
                if ceiling < self.threshold:
                    return Verdict.DISQUALIFIED
        return self.score(lead, at).verdict if self.asks_functions else Verdict.UNDECIDED


def weigh(criteria: tuple[Criterion, ...], *, threshold: int, recycle_after: timedelta) -> Weighing:
    """
    Make criteria ready to judge leads.

    >>> weigh((), threshold=0, recycle_after=timedelta(days=90)).lowest
    0
    """
    heaviest_first = sorted(criteria, key=lambda criterion: -abs(criterion.weight))
    plain = [criterion for criterion in heaviest_first if not criterion.is_asked_each_time]
    ways = tuple(dict.fromkeys([(), *map(_way, criteria)]))
    waits = any(criterion.required and criterion.is_asked_each_time for criterion in criteria)
    return Weighing(
        ways=ways[1:],
        prepared=tuple([_prepared(criterion, ways, recycle_after) for criterion in criteria]),
        required=tuple([_weight(criterion, ways) for criterion in plain if criterion.required]),
        optional=tuple([_weight(criterion, ways) for criterion in plain if not criterion.required]),
        lowest=sum([min(criterion.weight, 0) for criterion in criteria]),
        highest=sum([max(criterion.weight, 0) for criterion in criteria]),
        threshold=threshold,
        # Rules alone never qualify a lead about which a required function has yet to be asked.
        goal=math.inf if waits else threshold,
        asks_functions=len(plain) < len(criteria),
    )


def reach(lead: Any, way: Way, at: datetime) -> Any:  # noqa: ANN401 - a row will do as well
    """
    Go to a place of the lead from which several facts are read; nothing if there is none.

    >>> from datetime import UTC
    >>> reach({"answers": {"need": True}}, ("answers",), datetime(2026, 3, 2, tzinfo=UTC))
    {'need': True}
    """
    place = lead
    try:
        for name in way:
            place = step(place, name, at)
    except Exception:  # noqa: BLE001 - an object of a host may raise anything
        return None
    return place


def _way(criterion: Criterion) -> Way:
    rule = criterion.rule
    has_path = isinstance(rule, Rule) and rule.path and not criterion.is_asked_each_time
    return path_names(criterion.reads[0])[:-1] if has_path else ()


def _judge(criterion: Criterion) -> CompiledRule:
    """Make the function of a plain rule that judges the place at the end of its way."""
    rule, way = criterion.rule, _way(criterion)
    if way and isinstance(rule, Rule):
        return Rule(rule.op, path_names(rule.path)[-1], rule.operand).compiled()
    return criterion.judge()


def _weight(criterion: Criterion, ways: tuple[Way, ...]) -> Weight:
    raising, points = criterion.weight >= 0, abs(criterion.weight)
    return _judge(criterion), ways.index(_way(criterion)), raising, points


def _prepared(
    criterion: Criterion, ways: tuple[Way, ...], recycle_after: timedelta
) -> PreparedCriterion:
    def find(lead: Any, at: datetime) -> Finding:  # noqa: ANN401 - a row will do as well
        return criterion.find(lead, at=at, recycle_after=recycle_after)

    place = ways.index(_way(criterion))
    if criterion.is_asked_each_time:
        return PreparedCriterion(_leave_open, place, {}, find)
    yes, no, unknown = (
        criterion.finding(share, recycle_after=recycle_after)
        for share in (Fraction(1), Fraction(0), None)
    )

    paths = [path_names(path) for path in criterion.reads]

    def find_misfit(lead: Any, at: datetime) -> Finding:  # noqa: ANN401 - a row will do as well
        if all(reach(lead, names, at) is None for names in paths):
            return unknown
        problem = criterion.misfit(lead, at=at)
        return unknown if problem is None else attrs.evolve(unknown, problem=problem)

    return PreparedCriterion(_judge(criterion), place, {True: yes, False: no}, find_misfit)


def _leave_open(_lead: object, _at: datetime) -> Truth:
    """Answer nothing, so that the criterion is asked itself."""
    return None

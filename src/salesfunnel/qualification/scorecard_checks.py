"""What makes a scorecard one that can decide: its criteria, its threshold, its grades."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, cast

from ..errors import InvalidDefinition, Problem, Text
from .assessment import Grades
from .criterion import Criterion, is_line, is_stretch
from .points import MOST_POINTS

MOST_CRITERIA = 200
_PAIR = 2

_CRITERIA = Text(
    "criteria", "criteria must be a list of Criterion", "such as Criterion(name, rule, weight=10)"
)
_GRADES = Text(
    "grades",
    "grades must be the fewest points for each grade",
    'such as {{"A": 80, "B": 50, "C": 0}}',
)
_HEAD = Text("policy_name", "a policy needs a name and a version, each of one line")
_NO_CRITERIA = Text("no_criteria", "a policy needs at least one criterion")
_MANY = Text("too_many_criteria", "a policy has at most {most} criteria")
_TWICE = Text("criterion_twice", "two criteria have the same name", "rename one of them")
_THRESHOLD = Text(
    "threshold", "the threshold must be a whole number of points, from -{most} to {most}"
)
_OUT_OF_REACH = Text(
    "threshold_out_of_reach",
    "no lead can qualify: the threshold is {threshold}, and all points together are {points}",
    "lower the threshold, or raise the weights",
)
_RECYCLE = Text(
    "recycle_after",
    "recycle_after must be a positive timedelta of whole seconds, at most 126 years",
)
_GRADE_NAME = Text("grade_name", "a grade needs a name of one line")
_GRADE_POINTS = Text("grade_points", "a grade must begin at a whole number of points")
_GRADE_ORDER = Text(
    "grade_order", "grades must be listed from the best down, each with fewer points"
)
_GRADE_TWICE = Text("grade_twice", "two grades have the same name", "rename one of them")


def criteria_of(criteria: Iterable[Criterion]) -> tuple[Criterion, ...]:
    """Let in several criteria."""
    if isinstance(criteria, type) or not hasattr(criteria, "__iter__"):
        raise InvalidDefinition("policy", (_CRITERIA.problem(),))
    return tuple(criteria)


def grades_of(grades: Mapping[str, int] | Iterable[tuple[str, int]]) -> Grades:
    """Let in the fewest points for each grade, by a mapping or as pairs."""
    if isinstance(grades, Mapping):
        return tuple(cast("Mapping[str, int]", grades).items())
    several = hasattr(grades, "__iter__") and not isinstance(grades, type)
    pairs: tuple[Any, ...] = tuple(grades) if several else (grades,)
    if not all(isinstance(pair, tuple) and len(pair) == _PAIR for pair in pairs):
        raise InvalidDefinition("policy", (_GRADES.problem(),))
    return pairs


def scorecard_problems(card: Any) -> Iterator[Problem]:  # noqa: ANN401 - a `Scorecard`, whose file needs this one
    """List what makes a scorecard one that could never decide."""
    if not is_line(card.name) or not is_line(card.version):
        yield _HEAD.problem()
    if not card.criteria:
        yield _NO_CRITERIA.problem()
        return
    if len(card.criteria) > MOST_CRITERIA:
        yield _MANY.problem(most=MOST_CRITERIA)
    if not all(type(criterion) is Criterion for criterion in card.criteria):
        yield _CRITERIA.problem()
        return
    if len({criterion.name for criterion in card.criteria}) < len(card.criteria):
        yield _TWICE.problem()
    points = sum(max(criterion.weight, 0) for criterion in card.criteria)
    if type(card.threshold) is not int or abs(card.threshold) > MOST_POINTS:
        yield _THRESHOLD.problem(most=MOST_POINTS)
    elif card.threshold > points:
        yield _OUT_OF_REACH.problem(threshold=card.threshold, points=points)
    if not is_stretch(card.recycle_after):
        yield _RECYCLE.problem()
    yield from _grade_problems(card.grades)


def _grade_problems(grades: Grades) -> Iterator[Problem]:
    if not all(is_line(name) for name, _ in grades):
        yield _GRADE_NAME.problem()
        return
    if any(type(fewest) is not int or abs(fewest) > MOST_POINTS for _, fewest in grades):
        yield _GRADE_POINTS.problem()
    elif [fewest for _, fewest in grades] != sorted({n for _, n in grades}, reverse=True):
        yield _GRADE_ORDER.problem()
    if len({name for name, _ in grades}) < len(grades):
        yield _GRADE_TWICE.problem()

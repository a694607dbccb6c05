"""A scorecard: the policy made of weighted criteria over three-valued answers, and a threshold."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any, Self, TypeVar, cast

import attrs

from ..errors import InvalidDefinition, InvalidValue, Problem, Text, WrongKind
from ..rules.fingerprint import canonical, fingerprint, rule_decides
from ..rules.notation import rule_to_data
from ..rules.possible_facts import impossible_paths
from ..rules.rule import Rule
from ..values.codecs import duration_to_data
from ..values.instants import instant
from .assessment import Assessment, Grades, Verdict, not_among, recycle_on
from .criterion import Criterion, is_line, is_stretch, shown_name
from .evidence import Places, lead_judged, places, read_evidence
from .finding import Finding
from .misnamed import questions_answered
from .points import MOST_POINTS
from .weighing import Score, Weighing, weigh

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
_UNKNOWN = Text("unknown_criterion", "there is no criterion {unknown}{meant}", "known: {known}")
_NO_FINGERPRINT = Text(
    "no_fingerprint",
    "criterion {criterion} asks a function or an object, which has no fingerprint",
    "use a rule, or tell versions of this policy apart by its version",
)
_UNANSWERED = Text(
    "criterion_unanswered",
    "{field} could not be answered: {problem}",
    "True, False, None or a number from 0 to 1",
)


def _tuple(criteria: Iterable[Criterion]) -> tuple[Criterion, ...]:
    if isinstance(criteria, type) or not hasattr(criteria, "__iter__"):
        raise InvalidDefinition("policy", (_CRITERIA.problem(),))
    return tuple(criteria)


def _grades(grades: Mapping[str, int] | Iterable[tuple[str, int]]) -> Grades:
    if isinstance(grades, Mapping):
        return tuple(cast("Mapping[str, int]", grades).items())
    several = hasattr(grades, "__iter__") and not isinstance(grades, type)
    pairs: tuple[Any, ...] = tuple(grades) if several else (grades,)
    if not all(isinstance(pair, tuple) and len(pair) == _PAIR for pair in pairs):
        raise InvalidDefinition("policy", (_GRADES.problem(),))
    return pairs


ScorecardT = TypeVar("ScorecardT", bound="Scorecard")


@attrs.frozen
class Scorecard:
    """
    Named, versioned criteria and a threshold. It keeps every law of a `Policy`.

    The verdict is *qualified* once the floor reaches the threshold and every required criterion
    is a yes; *disqualified* once a required one is a no or the ceiling misses the threshold.

    >>> from datetime import UTC, datetime
    >>> from salesfunnel.rules import field, yes
    >>> ours = Scorecard(
    ...     "small firms",
    ...     criteria=[
    ...         Criterion("need", yes("answers.need"), weight=50),
    ...         Criterion("size", field("company.employees") <= 200, weight=50, required=True),
    ...     ],
    ...     threshold=100,
    ...     grades={"A": 100, "B": 50, "C": 0},
    ... )
    >>> row = {"answers": {"need": True}, "company": {"employees": 900}}
    >>> ours.assess(row, at=datetime(2026, 3, 2, tzinfo=UTC)).verdict
    <Verdict.DISQUALIFIED: 'disqualified'>
    """

    name: str
    criteria: tuple[Criterion, ...] = attrs.field(converter=_tuple, repr=False, kw_only=True)
    threshold: int = attrs.field(kw_only=True)
    version: str = attrs.field(default="1", kw_only=True)
    grades: Grades = attrs.field(default=(), converter=_grades, repr=False, kw_only=True)
    recycle_after: timedelta = attrs.field(default=timedelta(days=90), kw_only=True)
    _weighing: Weighing | None = attrs.field(default=None, init=False, repr=False, eq=False)
    _places: Places = attrs.field(default=(), init=False, repr=False, eq=False)
    _fingerprint: str = attrs.field(default="", init=False, repr=False, eq=False)

    def __attrs_post_init__(self) -> None:
        """Refuse a scorecard that could never decide, or whose criteria share a name."""
        found = tuple(_problems(self))
        if found:
            raise InvalidDefinition(f"policy {shown_name(self.name)}", found)

    def _made_ready(self) -> Weighing:
        """Prepare the criteria once, when the first lead is judged."""
        read = dict.fromkeys(path for criterion in self.criteria for path in criterion.reads)
        object.__setattr__(self, "_places", places(read))
        weighing = weigh(self.criteria, threshold=self.threshold, recycle_after=self.recycle_after)
        object.__setattr__(self, "_weighing", weighing)
        return weighing

    def __reduce__(self) -> tuple[Callable[..., Self], tuple[object, ...]]:
        """Pickle and copy by way of the constructor, without what was made ready."""
        fields = {f.name: getattr(self, f.name) for f in attrs.fields(type(self)) if f.init}
        return _again, (type(self), fields)

    def assess(self, lead: Any, /, *, at: datetime, strict: bool = False) -> Assessment:  # noqa: ANN401 - a row will do as well
        """
        Judge a lead, a row, or any object with the facts that the criteria read.

        A broken scorer leaves its own criterion unknown; if ``strict``, it is an `InvalidValue`.

        >>> from datetime import UTC, datetime
        >>> from salesfunnel.qualification import BANT
        >>> row = {"answers": {"need": True, "budget": True, "timing": True}}
        >>> BANT.assess(row, at=datetime(2026, 3, 2, tzinfo=UTC)).verdict
        <Verdict.QUALIFIED: 'qualified'>
        """
        moment = instant(at)
        weighing = self._weighing or self._made_ready()
        floor, ceiling, verdict, findings = weighing.score(lead, moment)
        if strict:
            _refuse_problems(findings)
        lead_id, lead_version = lead_judged(lead, at=moment)
        is_lost = verdict is Verdict.DISQUALIFIED
        return Assessment(
            self.name,
            version=self.version,
            at=moment,
            floor=floor,
            ceiling=ceiling,
            threshold=self.threshold,
            verdict=verdict,
            findings=findings,
            recycle_on=recycle_on(findings, moment) if is_lost else None,
            lead_id=lead_id,
            lead_version=lead_version,
            grades=self.grades,
            evidence=read_evidence(lead, self._places, at=moment),
            answered=questions_answered(lead),
        )

    def score(self, lead: Any, /, *, at: datetime) -> Score:  # noqa: ANN401 - a row will do as well
        """
        Give the score interval, the verdict and the findings, faster than `assess` does.

        >>> from datetime import UTC, datetime
        >>> from salesfunnel.qualification import BANT
        >>> row = {"answers": {"need": True}}
        >>> BANT.score(row, at=datetime(2026, 3, 2, tzinfo=UTC))[:2]
        (30, 100)
        """
        return (self._weighing or self._made_ready()).score(lead, instant(at))

    def verdict(self, lead: Any, /, *, at: datetime) -> Verdict:  # noqa: ANN401 - a row will do as well
        """
        Give the verdict alone, several times as fast as `assess`, and always the same one.

        >>> from datetime import UTC, datetime
        >>> from salesfunnel.qualification import BANT
        >>> BANT.verdict({"answers": {"need": False}}, at=datetime(2026, 3, 2, tzinfo=UTC))
        <Verdict.DISQUALIFIED: 'disqualified'>
        """
        return (self._weighing or self._made_ready()).verdict(lead, instant(at))

    @property
    def fingerprint(self) -> str:
        """
        A name of what decides: equal for scorecards that judge alike, another after every change.

        Rules, weights, what is required or deferrable, half-lives, threshold, grades and the time
        to recycle decide; names, questions, costs, groups and the order do not, so that a
        translation changes nothing. A function cannot be named: `InvalidDefinition`.

        >>> from salesfunnel.qualification import BANT
        >>> BANT.fingerprint == BANT.with_questions(
        ...     {"need": "De quoi avez-vous besoin ?"}
        ... ).fingerprint
        True
        >>> BANT.fingerprint == BANT.with_threshold(79).fingerprint
        False
        """
        if not self._fingerprint:
            criteria = sorted(map(_what_decides, self.criteria), key=canonical)
            decides = {
                "criteria": criteria,
                "threshold": self.threshold,
                "grades": [list(grade) for grade in self.grades],
                "recycle_after": duration_to_data(self.recycle_after),
            }
            object.__setattr__(self, "_fingerprint", fingerprint(decides))
        return self._fingerprint

    def unknown_facts(self, noun: type) -> tuple[Problem, ...]:
        """
        Report the facts that it reads and that no noun of a class can have, and what was meant.

        >>> from salesfunnel.leads import Lead
        >>> from salesfunnel.rules import field
        >>> small = Criterion("small", field("company.employes") <= 200, weight=10)
        >>> print(*Scorecard("ours", criteria=[small], threshold=10).unknown_facts(Lead))
        company.employes: a lead has no such fact; did you mean company.employees?
        """
        return impossible_paths({path for c in self.criteria for path in c.reads}, noun)

    def with_criterion(self, criterion: Criterion) -> Scorecard:
        """
        Return the same scorecard with one more criterion, or with one of that name replaced.

        >>> from salesfunnel.qualification import BANT
        >>> from salesfunnel.rules import field
        >>> small = Criterion("size", field("company.employees") <= 200, required=True)
        >>> len(BANT.with_criterion(small).criteria)
        5
        """
        name = getattr(criterion, "name", None)
        others = tuple(c for c in self.criteria if c.name != name)
        return attrs.evolve(self, criteria=(*others, criterion))

    def without_criterion(self, name: str) -> Scorecard:
        """
        Return the same scorecard without one criterion.

        >>> from salesfunnel.qualification import BANT
        >>> [c.name for c in BANT.without_criterion("authority").criteria]
        ['need', 'budget', 'timing']
        """
        kept = tuple(c for c in self.criteria if c.name != name)
        if len(kept) == len(self.criteria):
            raise self._no_criterion(name)
        return attrs.evolve(self, criteria=kept)

    def _no_criterion(self, name: str) -> InvalidDefinition:
        unknown = not_among(name, [criterion.name for criterion in self.criteria])
        return InvalidDefinition(f"policy {self.name}", (Problem(_UNKNOWN, unknown),))

    def with_questions(self, questions: Mapping[str, str]) -> Scorecard:
        """
        Return the same scorecard with other words for the questions of some criteria, by name.

        >>> from salesfunnel.qualification import BANT
        >>> print(BANT.with_questions({"need": "Quel est votre besoin ?"}).criteria[0].question)
        Quel est votre besoin ?
        """
        given: object = questions
        if not isinstance(given, Mapping):
            raise WrongKind.of("questions", questions, wanted="texts by the name of a criterion")
        names = {criterion.name for criterion in self.criteria}
        for name in questions:
            if name not in names:
                raise self._no_criterion(name)
        asked = [attrs.evolve(c, question=questions.get(c.name, c.question)) for c in self.criteria]
        return attrs.evolve(self, criteria=asked)

    def with_threshold(self, threshold: int) -> Scorecard:
        """
        Return the same scorecard with another threshold.

        >>> from salesfunnel.qualification import BANT
        >>> BANT.with_threshold(60).threshold
        60
        """
        return attrs.evolve(self, threshold=threshold)

    def with_grades(self, grades: Mapping[str, int]) -> Scorecard:
        """
        Return the same scorecard with grades, each with the fewest points for it, the best first.

        >>> from salesfunnel.qualification import BANT
        >>> BANT.with_grades({"hot": 80, "warm": 50, "cold": 0}).grades[0]
        ('hot', 80)
        """
        return attrs.evolve(self, grades=_grades(grades))

    def renamed(self, name: str, *, version: str = "1") -> Scorecard:
        """
        Return the same scorecard under a name and version of your own.

        >>> from salesfunnel.qualification import BANT
        >>> BANT.with_threshold(60).renamed("our BANT", version="2026-03")
        Scorecard(name='our BANT', threshold=60, version='2026-03', recycle_after=...)
        """
        return attrs.evolve(self, name=name, version=version)


def _again(kind: type[ScorecardT], fields: dict[str, Any]) -> ScorecardT:
    return kind(**fields)


def _what_decides(criterion: Criterion) -> dict[str, Any]:
    """Write down what decides in a criterion; what is not said there is left out."""
    if not isinstance(criterion.rule, Rule):
        raise InvalidDefinition("policy", (_NO_FINGERPRINT.problem(criterion=criterion.name),))
    rule_to_data(criterion.rule)  # which refuses a function anywhere in it
    told: dict[str, Any] = {"rule": rule_decides(criterion.rule), "weight": criterion.weight}
    told |= {flag: True for flag in ("required", "deferrable") if getattr(criterion, flag)}
    if criterion.half_life is not None:
        told["half_life"] = duration_to_data(criterion.half_life)
    return told


def _refuse_problems(findings: tuple[Finding, ...]) -> None:
    for finding in findings:
        if finding.problem:
            params = {"problem": finding.problem}
            raise InvalidValue(f"criterion {finding.criterion}", _UNANSWERED, params)


def _problems(card: Scorecard) -> Iterator[Problem]:
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

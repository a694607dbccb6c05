"""A scorecard: the policy made of weighted criteria over three-valued answers, and a threshold."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any, Self, TypeVar

import attrs

from ..errors import InvalidDefinition, InvalidValue, Problem, Text, WrongKind
from ..rules.fingerprint import fingerprint
from ..rules.possible_facts import impossible_paths
from ..values.instants import instant
from .assessment import Assessment, Grades, Verdict, not_among, recycle_on
from .criterion import Criterion, shown_name
from .evidence import Places, lead_judged, places, read_evidence
from .finding import Finding
from .misnamed import questions_answered
from .scorecard_checks import criteria_of, grades_of, scorecard_problems
from .weighing import Score, Weighing, weigh
from .what_decides import scorecard_decides

_UNKNOWN = Text("unknown_criterion", "there is no criterion {unknown}{meant}", "known: {known}")
_UNANSWERED = Text(
    "criterion_unanswered",
    "{field} could not be answered: {problem}",
    "True, False, None or a number from 0 to 1",
)

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
    criteria: tuple[Criterion, ...] = attrs.field(converter=criteria_of, repr=False, kw_only=True)
    threshold: int = attrs.field(kw_only=True)
    version: str = attrs.field(default="1", kw_only=True)
    grades: Grades = attrs.field(default=(), converter=grades_of, repr=False, kw_only=True)
    recycle_after: timedelta = attrs.field(default=timedelta(days=90), kw_only=True)
    _weighing: Weighing | None = attrs.field(default=None, init=False, repr=False, eq=False)
    _places: Places = attrs.field(default=(), init=False, repr=False, eq=False)
    _fingerprint: str = attrs.field(default="", init=False, repr=False, eq=False)

    def __attrs_post_init__(self) -> None:
        """Refuse a scorecard that could never decide, or whose criteria share a name."""
        found = tuple(scorecard_problems(self))
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
            decides = scorecard_decides(
                self.criteria, self.threshold, self.grades, self.recycle_after
            )
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
        return attrs.evolve(self, grades=grades_of(grades))

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


def _refuse_problems(findings: tuple[Finding, ...]) -> None:
    for finding in findings:
        if finding.problem:
            params = {"problem": finding.problem}
            raise InvalidValue(f"criterion {finding.criterion}", _UNANSWERED, params)

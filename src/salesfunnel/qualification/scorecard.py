"""A scorecard: the policy made of weighted criteria over three-valued answers, and a threshold."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Self, TypeVar, cast

import attrs

from ..errors import InvalidDefinition, InvalidValue
from ..values.instants import instant
from .assessment import Assessment, Grades, Verdict, recycle_on
from .criterion import Criterion, is_line, is_stretch
from .evidence import Places, lead_judged, places, read_evidence
from .finding import Finding
from .points import MOST_POINTS
from .weighing import Score, Weighing

MOST_CRITERIA = 200
_SHOWN = 40  # characters of a refused name in a message
_PAIR = 2
_CRITERIA = "criteria are made by Criterion(name, rule, …)"


ScorecardT = TypeVar("ScorecardT", bound="Scorecard")
_Said = TypeVar("_Said")
Judged = Callable[[Any, datetime], _Said]


def _tuple(criteria: Iterable[Criterion]) -> tuple[Criterion, ...]:
    if not hasattr(criteria, "__iter__"):
        raise InvalidDefinition("policy", (_CRITERIA,))
    return tuple(criteria)


def _grades(grades: Mapping[str, int] | Iterable[tuple[str, int]]) -> Grades:
    if isinstance(grades, Mapping):
        return tuple(cast("Mapping[str, int]", grades).items())
    pairs: tuple[Any, ...] = tuple(grades) if hasattr(grades, "__iter__") else (grades,)
    if not all(isinstance(pair, tuple) and len(pair) == _PAIR for pair in pairs):
        raise InvalidDefinition(
            "policy", ('grades are the fewest points by name, such as {"A": 80, "B": 50}',)
        )
    return pairs


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
    _score: Judged[Score] | None = attrs.field(default=None, init=False, repr=False, eq=False)
    _verdict: Judged[Verdict] | None = attrs.field(default=None, init=False, repr=False, eq=False)
    _places: Places | None = attrs.field(default=None, init=False, repr=False, eq=False)
    _defers: bool = attrs.field(default=False, init=False, repr=False, eq=False)

    def __attrs_post_init__(self) -> None:
        """Refuse a scorecard that could never decide, or whose criteria share a name."""
        found = tuple(_problems(self))
        if found:
            raise InvalidDefinition(f"policy {str(self.name)[:_SHOWN]}", found)
        object.__setattr__(self, "_defers", any(c.deferrable for c in self.criteria))

    def _weighing(self) -> Weighing:
        return Weighing(self.criteria, threshold=self.threshold, recycle_after=self.recycle_after)

    # Each is made only once, and when it is needed; a `cached_property` would slow each access.
    def _made_score(self) -> Judged[Score]:
        made = self._weighing().scoring()
        object.__setattr__(self, "_score", made)
        return made

    def _made_verdict(self) -> Judged[Verdict]:
        made = self._weighing().deciding()
        object.__setattr__(self, "_verdict", made)
        return made

    def _made_places(self) -> Places:
        made = places(dict.fromkeys(path for c in self.criteria for path in c.reads))
        object.__setattr__(self, "_places", made)
        return made

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
        scored = (self._score or self._made_score())(lead, moment)
        if strict:
            _refuse_problems(scored.findings)
        lead_id, lead_version = lead_judged(lead, at=moment)
        may_return = self._defers and scored.verdict is Verdict.DISQUALIFIED
        assessment: Assessment = Assessment(
            self.name,
            version=self.version,
            at=moment,
            floor=scored.floor,
            ceiling=scored.ceiling,
            threshold=self.threshold,
            verdict=scored.verdict,
            findings=scored.findings,
            recycle_on=recycle_on(scored.findings, moment) if may_return else None,
            lead_id=lead_id,
            lead_version=lead_version,
            grades=self.grades,
            evidence=read_evidence(lead, self._places or self._made_places(), at=moment),
        )
        return assessment

    def score(self, lead: Any, /, *, at: datetime) -> Score:  # noqa: ANN401 - a row will do as well
        """
        Give the score interval, the verdict and the findings, faster than `assess` does.

        >>> from datetime import UTC, datetime
        >>> from salesfunnel.qualification import BANT
        >>> row = {"answers": {"need": True}}
        >>> BANT.score(row, at=datetime(2026, 3, 2, tzinfo=UTC))[:2]
        (30, 100)
        """
        return (self._score or self._made_score())(lead, instant(at))

    def verdict(self, lead: Any, /, *, at: datetime) -> Verdict:  # noqa: ANN401 - a row will do as well
        """
        Give the verdict alone, several times as fast as `assess`, and always the same one.

        >>> from datetime import UTC, datetime
        >>> from salesfunnel.qualification import BANT
        >>> BANT.verdict({"answers": {"need": False}}, at=datetime(2026, 3, 2, tzinfo=UTC))
        <Verdict.DISQUALIFIED: 'disqualified'>
        """
        if type(at) is not datetime or at.tzinfo is not UTC:
            at = instant(at)
        return (self._verdict or self._made_verdict())(lead, at)

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
            raise InvalidDefinition(f"policy {self.name}", ("it has no criterion of that name",))
        return attrs.evolve(self, criteria=kept)

    def with_questions(self, questions: Mapping[str, str]) -> Scorecard:
        """
        Return the same scorecard with other words for the questions of some criteria, by name.

        >>> from salesfunnel.qualification import BANT
        >>> print(BANT.with_questions({"need": "Quel est votre besoin ?"}).criteria[0].question)
        Quel est votre besoin ?
        """
        names = [c.name for c in self.criteria]
        given: object = questions
        if not isinstance(given, Mapping) or not given.keys() <= set(names):
            allowed = f"questions are texts by the names of its criteria: {', '.join(names)}"
            raise InvalidDefinition(f"policy {self.name}", (allowed,))
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


def _refuse_problems(findings: tuple[Finding, ...]) -> None:
    for finding in findings:
        if finding.problem:
            raise InvalidValue(
                f"criterion {finding.criterion}",
                f"could not be answered: {finding.problem}",
                "True, False, None or a number from 0 to 1",
            )


def _problems(card: Scorecard) -> Iterator[str]:
    if not is_line(card.name) or not is_line(card.version):
        yield "a policy needs a name and a version, each of one line"
    if not card.criteria:
        yield "a policy needs at least one criterion"
    if len(card.criteria) > MOST_CRITERIA:
        yield f"a policy has at most {MOST_CRITERIA} criteria"
    if not all(type(c) is Criterion for c in card.criteria):
        yield _CRITERIA
        return
    if len({c.name for c in card.criteria}) < len(card.criteria):
        yield "two criteria have the same name"
    if type(card.threshold) is not int or abs(card.threshold) > MOST_POINTS:
        yield "the threshold is a whole number of points"
    elif card.threshold > sum(max(c.weight, 0) for c in card.criteria):
        yield "the threshold lies above the sum of all points, so nobody could qualify"
    if not is_stretch(card.recycle_after):
        yield "leads are recycled after a stretch of time, in whole seconds, of a century at most"
    yield from _grade_problems(card.grades)


def _grade_problems(grades: Grades) -> Iterator[str]:
    if any(type(threshold) is not int or abs(threshold) > MOST_POINTS for _, threshold in grades):
        yield "a grade begins at a whole number of points"
    elif [threshold for _, threshold in grades] != sorted(
        {threshold for _, threshold in grades}, reverse=True
    ):
        yield "grades are listed from the best down, each with a threshold of its own"
    if len({name for name, _ in grades}) < len(grades):
        yield "two grades have the same name"

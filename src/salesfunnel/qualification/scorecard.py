"""A scorecard: the policy made of weighted criteria over three-valued answers, and a bar."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

import attrs

from ..errors import InvalidDefinition
from ..values.instants import instant
from .assessment import Assessment, Finding, Question, Verdict
from .criterion import Criterion


def _tuple(criteria: Iterable[Criterion]) -> tuple[Criterion, ...]:
    return tuple(criteria)


@attrs.frozen
class Scorecard:
    """
    Named, versioned criteria and a bar. It keeps every law of a `Policy`.

    The verdict is *qualified* once the floor reaches the bar and every must is a yes, whatever the
    unknowns turn out to be; *disqualified* once a must is a no or the ceiling misses the bar.

    >>> from datetime import UTC, datetime
    >>> from salesfunnel.rules import field, yes
    >>> ours = Scorecard(
    ...     "small firms",
    ...     criteria=[
    ...         Criterion("need", yes("answers.need"), weight=50),
    ...         Criterion("size", field("company.employees") <= 200, weight=50, must=True),
    ...     ],
    ...     bar=100,
    ... )
    >>> row = {"answers": {"need": True}, "company": {"employees": 900}}
    >>> ours.assess(row, at=datetime(2026, 3, 2, tzinfo=UTC)).verdict
    <Verdict.DISQUALIFIED: 'disqualified'>
    """

    name: str
    criteria: tuple[Criterion, ...] = attrs.field(converter=_tuple, repr=False, kw_only=True)
    bar: int = attrs.field(kw_only=True)
    version: str = attrs.field(default="1", kw_only=True)
    recycle_after: timedelta = attrs.field(default=timedelta(days=90), kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Refuse a scorecard that could never decide, or whose criteria share a name."""
        found = tuple(_problems(self.criteria, self.bar))
        if found:
            raise InvalidDefinition(f"policy {self.name}", found)

    def assess(self, lead: Any, /, *, at: datetime) -> Assessment:  # noqa: ANN401 - a row will do as well
        """
        Judge a lead, a row, or any object with the facts that the criteria read.

        >>> from datetime import UTC, datetime
        >>> from salesfunnel.qualification import BANT
        >>> row = {"answers": {"need": True, "budget": True, "timing": True}}
        >>> BANT.assess(row, at=datetime(2026, 3, 2, tzinfo=UTC)).verdict
        <Verdict.QUALIFIED: 'qualified'>
        """
        moment = instant(at)
        findings = tuple(self._finding(criterion, lead, moment) for criterion in self.criteria)
        floor = sum(f.points for f in findings)
        ceiling = floor + sum(abs(f.weight) for f in findings if f.answer is None)
        verdict = self._verdict(findings, floor, ceiling)
        return Assessment(
            self.name,
            version=self.version,
            at=moment,
            floor=floor,
            ceiling=ceiling,
            bar=self.bar,
            verdict=verdict,
            findings=findings,
            next_questions=self._questions(findings) if verdict is Verdict.UNDECIDED else (),
            recycle_on=moment + self.recycle_after if self._not_now(findings) else None,
            lead_id=getattr(lead, "id", ""),
            lead_version=getattr(lead, "version", None),
        )

    def with_criterion(self, criterion: Criterion) -> Scorecard:
        """
        Return the same scorecard with one more criterion, or with one of that name replaced.

        >>> from salesfunnel.qualification import BANT
        >>> from salesfunnel.rules import field
        >>> small = Criterion("size", field("company.employees") <= 200, must=True)
        >>> len(BANT.with_criterion(small).criteria)
        5
        """
        others = tuple(c for c in self.criteria if c.name != criterion.name)
        return attrs.evolve(self, criteria=(*others, criterion))

    def with_bar(self, bar: int) -> Scorecard:
        """
        Return the same scorecard with another bar.

        >>> from salesfunnel.qualification import BANT
        >>> BANT.with_bar(60).bar
        60
        """
        return attrs.evolve(self, bar=bar)

    def _finding(self, criterion: Criterion, lead: object, at: datetime) -> Finding:
        answer, problem = criterion.answer(lead, at=at)
        # While it is unknown, a penalty is counted into the floor: the floor is what is certain.
        counts = answer is True or (answer is None and criterion.weight < 0)
        return Finding(
            criterion.name,
            answer,
            points=criterion.weight if counts else 0,
            weight=criterion.weight,
            must=criterion.must,
            problem=problem,
        )

    def _verdict(self, findings: Iterable[Finding], floor: int, ceiling: int) -> Verdict:
        musts = [f.answer for f in findings if f.must]
        if False in musts or ceiling < self.bar:
            return Verdict.DISQUALIFIED
        if floor >= self.bar and all(musts):
            return Verdict.QUALIFIED
        return Verdict.UNDECIDED

    def _questions(self, findings: tuple[Finding, ...]) -> tuple[Question, ...]:
        """Ask musts first, since a no ends the talk, then by points, then in the order defined."""
        pairs = zip(self.criteria, findings, strict=True)
        unknown = [c for c, f in pairs if f.answer is None]
        unknown.sort(key=lambda c: (not c.must, -abs(c.weight)))
        return tuple(Question(c.name, c.question or f"Is this so: {c.name}?") for c in unknown)

    def _not_now(self, findings: tuple[Finding, ...]) -> bool:
        """A no on deferrable musts alone means not now; any other failed must means no."""
        pairs = zip(self.criteria, findings, strict=True)
        failed = [c for c, f in pairs if c.must and f.answer is False]
        return bool(failed) and all(c.deferrable for c in failed)


def _problems(criteria: tuple[Criterion, ...], bar: int) -> Iterable[str]:
    if not criteria:
        yield "a policy needs at least one criterion"
    names = [c.name for c in criteria]
    if len(set(names)) < len(names):
        yield "two criteria have the same name"
    if isinstance(bar, bool) or not isinstance(bar, int):
        yield "the bar is a whole number of points"
    elif bar > sum(max(c.weight, 0) for c in criteria):
        yield "the bar lies above the sum of all points, so nobody could qualify"

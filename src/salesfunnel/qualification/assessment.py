"""
An assessment: what a policy says about a lead, with its reasons and the questions still to ask.

The score is an interval over the unknowns. A verdict is decided only when no further answer can
change it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from fractions import Fraction
from typing import Any

import attrs

from ..errors import InvalidValue, Problem, Text, WrongKind, did_you_mean
from ..rules.truth import Truth
from ..values.converters import choice
from ..values.frozen_map import FrozenMap
from ..values.text import shown
from .finding import Finding, Question
from .misnamed import misnamed_answers
from .points import share_of, whole_points
from .questions import next_questions
from .reasoning import Reasoning, reasoning_rows

Grades = tuple[tuple[str, int], ...]

_SHOWN = 40  # characters of an unknown name in a message

_UPSIDE_DOWN = Text("floor_above_ceiling", "{field} is above the ceiling", "floor <= ceiling")
_NO_CRITERION = Text(
    "no_such_criterion", "{field} names the unknown criterion {unknown}{meant}", "{known}"
)
_NO_GROUP = Text("no_such_group", "{field} names the unknown group {unknown}{meant}", "{known}")
_BEYOND = Text("recycle_beyond_calendar", "the day to come back lies beyond the year 9999")


class Verdict(StrEnum):
    """
    What a policy decides: qualified, disqualified, or undecided until more is known.

    >>> from datetime import UTC, datetime
    >>> from salesfunnel.qualification import BANT
    >>> BANT.verdict({}, at=datetime(2026, 3, 2, tzinfo=UTC)) is Verdict("undecided")
    True
    """

    QUALIFIED = "qualified"
    UNDECIDED = "undecided"
    DISQUALIFIED = "disqualified"


@attrs.frozen
class Assessment:
    """
    A score between ``floor`` and ``ceiling``, a verdict, the findings, and what to ask next.

    The findings add up exactly to the floor. A score that undercuts itself is refused.

    >>> from datetime import UTC, datetime
    >>> from salesfunnel.qualification import BANT
    >>> assessment = BANT.assess({}, at=datetime(2026, 3, 2, tzinfo=UTC))
    >>> print(assessment)
    BANT says undecided: the score lies between 0 and 100, the threshold is 80
      need: unknown (0 of 30)
      budget: unknown (0 of 30)
      timing: unknown (0 of 20)
      authority: unknown (0 of 20)
    """

    policy: str
    version: str = attrs.field(kw_only=True)
    at: datetime = attrs.field(kw_only=True)
    floor: int = attrs.field(kw_only=True)
    ceiling: int = attrs.field(kw_only=True)
    threshold: int = attrs.field(kw_only=True)
    verdict: Verdict = attrs.field(kw_only=True)
    findings: tuple[Finding, ...] = attrs.field(default=(), kw_only=True)
    _next_questions: tuple[Question, ...] | None = attrs.field(
        default=None, alias="next_questions", repr=False, kw_only=True
    )
    recycle_on: datetime | None = attrs.field(default=None, kw_only=True)
    lead_id: str = attrs.field(default="", kw_only=True)
    lead_version: int | None = attrs.field(default=None, kw_only=True)
    grades: Grades = attrs.field(default=(), repr=False, kw_only=True)
    evidence: FrozenMap[str, object] = attrs.field(
        default=FrozenMap[str, object](), repr=False, kw_only=True
    )
    answered: tuple[object, ...] = attrs.field(default=(), repr=False, eq=False, kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Read the verdict, and refuse an interval that is upside down."""
        if type(self.verdict) is not Verdict:  # a converter would be called for each assessment
            object.__setattr__(self, "verdict", choice(Verdict, self.verdict, "verdict"))
        try:
            is_upside_down = self.floor > self.ceiling
        except (TypeError, ArithmeticError):
            wanted = "floor and ceiling in numbers"
            raise WrongKind.of("assessment.floor", self.floor, wanted=wanted) from None
        if is_upside_down:
            raise InvalidValue("assessment.floor", _UPSIDE_DOWN)

    @property
    def next_questions(self) -> tuple[Question, ...]:
        """
        What to ask next, the most settling for the least trouble first; nothing once decided.

        It follows from findings, score and threshold. A policy of another make may say otherwise.
        """
        if self._next_questions is not None:
            return self._next_questions
        if self.verdict is not Verdict.UNDECIDED:
            return ()
        return next_questions(self.findings, floor=self.floor, threshold=self.threshold)

    @property
    def score(self) -> str:
        """The interval in words, such as ``60`` or ``between 60 and 100``."""
        if self.floor == self.ceiling:
            return f"is {self.floor}"
        return f"lies between {self.floor} and {self.ceiling}"

    @property
    def summary(self) -> str:
        """The verdict with score and threshold, in one line."""
        return f"{self.verdict}: the score {self.score}, the threshold is {self.threshold}"

    @property
    def reasons(self) -> tuple[str, ...]:
        """The answered findings that speak for or against, each in one line."""
        return tuple(str(finding) for finding in self.findings if finding.answer is not None)

    @property
    def grade(self) -> str:
        """The grade of the score, such as ``B``, or ``C to A`` while it is still open."""
        worst, best = grade_of(self.floor, self.grades), grade_of(self.ceiling, self.grades)
        return worst if worst == best else f"{worst} to {best}"

    @property
    def coverage(self) -> Fraction:
        """How many of the criteria are answered, as a share of all."""
        known = sum(finding.answer is not None for finding in self.findings)
        return Fraction(known, len(self.findings) or 1)

    @property
    def remarks(self) -> tuple[Problem, ...]:
        """Answers under a name that no criterion reads, although one much like it is open."""
        return misnamed_answers(self.answered, self.findings)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """
        What went wrong: broken scorers, facts of the wrong kind, misnamed answers, and the like.

        >>> from datetime import UTC, datetime
        >>> from salesfunnel.qualification import BANT
        >>> row = {"answers": {"need": 5}}
        >>> print(*BANT.assess(row, at=datetime(2026, 3, 2, tzinfo=UTC)).problems)
        answers.need: answered with a number; yes or no is needed
        """
        found = [finding.problem for finding in self.findings if finding.problem]
        found += self.remarks
        is_lost = self.recycle_on is None and longest_wait(self.findings) is not None
        return (*found, _BEYOND.problem()) if is_lost else tuple(found)

    def within(self, group: str) -> tuple[int, int]:
        """
        Return floor and ceiling of one group of criteria alone, such as fit or engagement.

        >>> from datetime import UTC, datetime
        >>> from salesfunnel.qualification import IDEAL_CUSTOMER
        >>> row = {"company": {"employees": 40}}
        >>> IDEAL_CUSTOMER.assess(row, at=datetime(2026, 3, 2, tzinfo=UTC)).within("fit")
        (30, 60)
        """
        members = [f for f in self.findings if f.group == group]
        known = {f.group for f in self.findings} - {""}
        if known and not members:
            raise InvalidValue("within", _NO_GROUP, not_among(group, sorted(known)))
        floor = sum(f.points for f in members)
        return floor, floor + sum(f.spread for f in members)

    def what_if(self, answers: Mapping[str, Truth | float | Fraction], /) -> Assessment:
        """
        Say what the assessment would be, were some criteria answered so; changes nothing.

        Raises `InvalidValue` for a criterion that the policy does not have.

        >>> from datetime import UTC, datetime
        >>> from salesfunnel.qualification import BANT
        >>> assessment = BANT.assess({}, at=datetime(2026, 3, 2, tzinfo=UTC))
        >>> assessment.what_if({"need": False}).verdict
        <Verdict.DISQUALIFIED: 'disqualified'>
        """
        known = [f.criterion for f in self.findings]
        given: object = answers
        if not isinstance(given, Mapping):
            raise WrongKind.of("what_if", answers, wanted='answers by criterion: {"need": True}')
        for name in answers:
            if name not in known:
                raise InvalidValue("what_if", _NO_CRITERION, not_among(name, known))
        findings = tuple(
            _supposed(f, answers[f.criterion]) if f.criterion in answers else f
            for f in self.findings
        )
        return attrs.evolve(self, **conclusion(findings, threshold=self.threshold, at=self.at))

    def explain(self) -> Reasoning:
        """
        Explain the verdict with the evidence, to print, as a ``table``, or to show in a notebook.

        >>> from datetime import UTC, datetime
        >>> from salesfunnel.qualification import BANT
        >>> row = {"answers": {"need": True}}
        >>> print(BANT.assess(row, at=datetime(2026, 3, 2, tzinfo=UTC)).explain())
        BANT says undecided: the score lies between 30 and 100, the threshold is 80
          need: yes (30 of 30), since answers.need is yes
          budget: unknown (0 of 30)
          timing: unknown (0 of 20)
          authority: unknown (0 of 20)
          ask next: Is a budget approved, or still awaited?
          ask next: When do you plan to have it running?
          ask next: Who decides, and who else has a say?
        """
        heading = " ".join(
            [
                f"{self.policy} says {self.summary}",
                *([f"(grade {self.grade})"] if self.grades else []),
                *([f"(recycle on {self.recycle_on:%Y-%m-%d})"] if self.recycle_on else []),
            ]
        )
        rows = reasoning_rows(self.findings, self.evidence)
        return Reasoning(heading, rows, self.next_questions)

    def _repr_html_(self) -> str:
        return self.explain()._repr_html_()

    def __str__(self) -> str:
        """Say the verdict, every finding, and what is to be remarked about the answers."""
        told = (*self.findings, *self.remarks)
        return "\n".join([f"{self.policy} says {self.summary}", *(f"  {line}" for line in told)])


def decide(floor: int, ceiling: int, threshold: int, required: Iterable[Truth]) -> Verdict:
    """
    Decide by a score interval, a threshold, and the answers to the required criteria.

    >>> decide(80, 100, 80, [True, None])
    <Verdict.UNDECIDED: 'undecided'>
    """
    answers = tuple(required)
    if False in answers or ceiling < threshold:
        return Verdict.DISQUALIFIED
    if floor >= threshold and None not in answers:
        return Verdict.QUALIFIED
    return Verdict.UNDECIDED


def conclusion(findings: tuple[Finding, ...], *, threshold: int, at: datetime) -> dict[str, Any]:
    """
    Draw from findings alone all that follows from them, by the names of an assessment's fields.

    >>> from datetime import UTC, datetime
    >>> need = Finding("need", True, points=30, weight=30)
    >>> conclusion((need,), threshold=20, at=datetime(2026, 3, 2, tzinfo=UTC))["floor"]
    30
    """
    floor = sum([f.points for f in findings])
    ceiling = floor + sum([f.spread for f in findings])
    verdict = decide(floor, ceiling, threshold, [f.answer for f in findings if f.required])
    return {
        "findings": findings,
        "floor": floor,
        "ceiling": ceiling,
        "verdict": verdict,
        "next_questions": None,
        "recycle_on": recycle_on(findings, at),
    }


def grade_of(score: int, grades: Grades) -> str:
    """
    Name the best grade whose threshold a score reaches; the last grade takes all that is left.

    >>> grade_of(65, (("A", 80), ("B", 60), ("C", 40)))
    'B'
    """
    return next(
        (name for name, threshold in grades if score >= threshold), grades[-1][0] if grades else ""
    )


def recycle_on(findings: tuple[Finding, ...], at: datetime) -> datetime | None:
    """
    Say when to come back: a no to deferrable criteria alone means not now; any other means no.

    A day beyond the year 9999, where the calendar of Python ends, is ``None``, too.

    >>> from datetime import UTC, datetime
    >>> recycle_on((), datetime(2026, 3, 2, tzinfo=UTC)) is None
    True
    """
    wait = longest_wait(findings)
    try:
        return None if wait is None else at + wait
    except OverflowError:
        return None


def longest_wait(findings: tuple[Finding, ...]) -> timedelta | None:
    """
    Return how long to wait with a lead that was not refused for good, or ``None``.

    >>> longest_wait(()) is None
    True
    """
    waits = [f.recycle_after for f in findings if f.required and f.answer is False]
    known = [wait for wait in waits if wait is not None]
    return max(known) if known and len(known) == len(waits) else None


def not_among(name: object, known: Iterable[str]) -> dict[str, object]:
    """
    Say that a name is not known, and which one was probably meant, for the params of a text.

    >>> not_among("budgte", ["need", "budget"])["meant"]
    ' (did you mean budget?)'
    """
    names = tuple(known)
    given: object = name
    said = given if isinstance(given, str) else type(given).__name__
    near = did_you_mean(said, names)
    return {
        "unknown": shown(said, limit=_SHOWN),
        "meant": f" (did you mean {near}?)" if near else "",
        "known": ", ".join(names),
    }


def _supposed(finding: Finding, answer: Truth | float | Fraction) -> Finding:
    share = share_of(answer)
    truth = share if share is None else share > 0
    return attrs.evolve(
        finding, answer=truth, points=whole_points(finding.weight, share), faded=0, problem=None
    )

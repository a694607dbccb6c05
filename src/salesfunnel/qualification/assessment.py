"""
An assessment: what a policy says about a lead, with its reasons and the questions still to ask.

The score is an interval over the unknowns. A verdict is decided only when no further answer can
change it.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import attrs

from ..errors import InvalidValue
from ..rules.truth import Truth, in_words


class Verdict(StrEnum):
    """
    What a policy decides: qualified, disqualified, or undecided until more is known.

    >>> Verdict.UNDECIDED.value
    'undecided'
    """

    QUALIFIED = "qualified"
    UNDECIDED = "undecided"
    DISQUALIFIED = "disqualified"


@attrs.frozen
class Question:
    """
    A question to ask next, under the name of the criterion that it settles.

    >>> print(Question("timing", "When do you plan to have it running?"))
    When do you plan to have it running?
    """

    criterion: str
    text: str

    def __str__(self) -> str:
        """Say the question."""
        return self.text


@attrs.frozen
class Finding:
    """
    What one criterion found: its answer, and the points that it adds to the floor.

    >>> print(Finding("need", True, points=30, weight=30))
    need: yes (30 of 30)
    """

    criterion: str
    answer: Truth
    points: int = attrs.field(kw_only=True)
    weight: int = attrs.field(kw_only=True)
    must: bool = attrs.field(default=False, kw_only=True)
    problem: str = attrs.field(default="", kw_only=True)

    def __str__(self) -> str:
        """Say the finding in one line."""
        problem = f", {self.problem}" if self.problem else ""
        return (
            f"{self.criterion}: {in_words(self.answer)} ({self.points} of {self.weight}{problem})"
        )


@attrs.frozen
class Assessment:
    """
    A score between ``floor`` and ``ceiling``, a verdict, the findings, and what to ask next.

    The findings add up exactly to the floor. A score that undercuts itself is refused.

    >>> from datetime import UTC, datetime
    >>> from salesfunnel.qualification import BANT
    >>> assessment = BANT.assess({}, at=datetime(2026, 3, 2, tzinfo=UTC))
    >>> print(assessment)
    BANT says undecided: the score lies between 0 and 100, the bar is 80
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
    bar: int = attrs.field(kw_only=True)
    verdict: Verdict = attrs.field(converter=Verdict, kw_only=True)
    findings: tuple[Finding, ...] = attrs.field(default=(), kw_only=True)
    next_questions: tuple[Question, ...] = attrs.field(default=(), kw_only=True)
    recycle_on: datetime | None = attrs.field(default=None, kw_only=True)
    lead_id: str = attrs.field(default="", kw_only=True)
    lead_version: int | None = attrs.field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Refuse an interval that is upside down."""
        if self.floor > self.ceiling:
            raise InvalidValue("assessment.floor", "lies above the ceiling", "floor <= ceiling")

    @property
    def score(self) -> str:
        """The interval in words, such as ``60`` or ``between 60 and 100``."""
        if self.floor == self.ceiling:
            return f"is {self.floor}"
        return f"lies between {self.floor} and {self.ceiling}"

    @property
    def summary(self) -> str:
        """The verdict with score and bar, in one line."""
        return f"{self.verdict}: the score {self.score}, the bar is {self.bar}"

    @property
    def reasons(self) -> tuple[str, ...]:
        """The answered findings that speak for or against, each in one line."""
        return tuple(str(finding) for finding in self.findings if finding.answer is not None)

    def __str__(self) -> str:
        """Say the verdict and every finding."""
        return "\n".join(
            [f"{self.policy} says {self.summary}", *(f"  {finding}" for finding in self.findings)]
        )

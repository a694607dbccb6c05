"""A finding: what one criterion found, the points that it adds, and the question to settle it."""

from __future__ import annotations

from datetime import timedelta

import attrs

from ..errors import Problem
from ..rules.truth import Truth, in_words


@attrs.frozen
class Question:
    """
    A question to ask next, under the name of the first criterion that it settles.

    >>> print(Question("timing", "When do you plan to have it running?"))
    When do you plan to have it running?
    """

    criterion: str
    text: str
    settles: tuple[str, ...] = attrs.field(default=(), kw_only=True)
    cost: int = attrs.field(default=1, kw_only=True)
    problem: Problem | None = attrs.field(default=None, kw_only=True)

    def __str__(self) -> str:
        """Say the question, and why it is asked again where an answer could not be used."""
        return f"{self.text} ({self.problem})" if self.problem else self.text


@attrs.frozen
class Finding:
    """
    What one criterion found: its answer, and the points that it adds to the floor.

    While the answer is unknown the points are the fewest that it may still bring: none for a
    reward, all of it for a penalty; ``spread`` is what the answer may add to that. Points that have
    ``faded`` with the age of the answer are unknown again. ``problem`` says why a fact or a scorer
    gave no usable answer.

    >>> print(Finding("need", True, points=30, weight=30))
    need: yes (30 of 30)
    >>> Finding("competitor", None, points=-20, weight=-20).spread
    20
    >>> print(Finding("demo", True, points=15, weight=30, faded=15))
    demo: yes (15 of 30, 15 faded)
    """

    criterion: str
    answer: Truth
    points: int = attrs.field(kw_only=True)
    weight: int = attrs.field(kw_only=True)
    faded: int = attrs.field(default=0, kw_only=True)
    required: bool = attrs.field(default=False, kw_only=True)
    problem: Problem | None = attrs.field(default=None, kw_only=True)
    group: str = attrs.field(default="", kw_only=True)
    question: str = attrs.field(default="", kw_only=True)
    cost: int = attrs.field(default=1, kw_only=True)
    facts: tuple[str, ...] = attrs.field(default=(), kw_only=True)
    recycle_after: timedelta | None = attrs.field(default=None, kw_only=True)
    spread: int = attrs.field(init=False, repr=False, eq=False)

    def __attrs_post_init__(self) -> None:
        """Compute what the answer may still add."""
        spread = abs(self.weight) if self.answer is None else self.faded
        object.__setattr__(self, "spread", spread)

    @property
    def failed(self) -> bool:
        """Whether this alone disqualifies."""
        return self.required and self.answer is False

    def __str__(self) -> str:
        """Say the finding in one line."""
        problem = f", {self.problem}" if self.problem else ""
        return f"{self.criterion}: {in_words(self.answer)} ({self.points_told}{problem})"

    @property
    def points_told(self) -> str:
        """The points in words, such as ``15 of 30, 15 faded``."""
        faded = f", {self.faded} faded" if self.faded else ""
        return f"{self.points} of {self.weight}{faded}"

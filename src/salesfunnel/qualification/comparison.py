"""Two assessments side by side: what changed between them, and why."""

from __future__ import annotations

import attrs

from ..errors import Problem, Text
from ..rules.truth import in_words
from ..values.answer import Answer
from ..values.converters import one
from .assessment import Assessment
from .finding import Finding

_ASKED_NOW = Text("asked_now", "the policy asks it now")
_ASKED_NO_LONGER = Text("asked_no_longer", "the policy no longer asks it")
_WEIGHED = Text("weighed_differently", "the policy weighs it differently")
_EXPIRED = Text("answer_expired", "its answer has expired")
_FORGOTTEN = Text("no_longer_known", "it is no longer known")
_ANSWERED = Text("was_answered", "it was answered")
_CHANGED = Text("answered_differently", "it was answered differently")
_AGED = Text("answer_aged", "its answer has aged")
_ANEW = Text("answered_anew", "it was answered anew")


@attrs.frozen
class CriterionChange:
    """
    One criterion that is judged differently than before, and the reason for it.

    >>> why = Text("was_answered", "it was answered").problem()
    >>> print(CriterionChange("timing", points=20, before="unknown", after="yes", why=why))
    timing: unknown -> yes (+20), it was answered
    """

    criterion: str
    points: int = attrs.field(kw_only=True)
    before: str = attrs.field(kw_only=True)
    after: str = attrs.field(kw_only=True)
    why: Problem = attrs.field(kw_only=True)

    def __str__(self) -> str:
        """Say the change in one line."""
        answers = self.after if self.before == self.after else f"{self.before} -> {self.after}"
        return f"{self.criterion}: {answers} ({self.points:+}), {self.why}"


@attrs.frozen
class AssessmentComparison:
    """
    An earlier and a later assessment, and every criterion in which they differ.

    >>> from datetime import UTC, datetime
    >>> from salesfunnel.qualification import BANT
    >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
    >>> before, after = (BANT.assess({"answers": a}, at=monday) for a in ({}, {"need": True}))
    >>> print(compare_assessments(before, after))
    BANT: undecided -> undecided, the score first lies between 0 and 100, then between 30 and 100
      need: unknown -> yes (+30), it was answered
    """

    before: Assessment
    after: Assessment
    changes: tuple[CriterionChange, ...]

    def __str__(self) -> str:
        """Say both verdicts, both scores, and each change."""
        earlier, later = self.before, self.after
        scores = f"the score first {earlier.score}, then {later.score.removeprefix('lies ')}"
        heading = f"{later.policy}: {earlier.verdict} -> {later.verdict}, {scores}"
        return "\n".join([heading, *(f"  {change}" for change in self.changes)])


def compare_assessments(before: Assessment, after: Assessment) -> AssessmentComparison:
    """
    List what changed between two assessments: by an answer, by age, or in the policy itself.

    >>> from datetime import UTC, datetime
    >>> from salesfunnel.qualification import BANT
    >>> said = BANT.assess({}, at=datetime(2026, 3, 2, tzinfo=UTC))
    >>> print(compare_assessments(said, said.what_if({"need": True})).changes[0].why)
    it was answered
    """
    first, second = one(Assessment, before, "before"), one(Assessment, after, "after")
    earlier, later = ({f.criterion: f for f in a.findings} for a in (first, second))
    changes = [
        CriterionChange(
            name,
            points=_points(later.get(name)) - _points(earlier.get(name)),
            before=_answer(earlier.get(name)),
            after=_answer(later.get(name)),
            why=_why(earlier.get(name), later.get(name), after),
        )
        for name in dict.fromkeys([*earlier, *later])
        if _gist(earlier.get(name)) != _gist(later.get(name))
    ]
    return AssessmentComparison(before, after, tuple(changes))


def _gist(finding: Finding | None) -> object:
    return finding and (finding.answer, finding.points, finding.weight, finding.required)


def _points(finding: Finding | None) -> int:
    return finding.points if finding else 0


def _answer(finding: Finding | None) -> str:
    return in_words(finding.answer) if finding else "not asked"


def _why(before: Finding | None, after: Finding | None, said: Assessment) -> Problem:
    if before is None or after is None:
        text = _ASKED_NOW if after else _ASKED_NO_LONGER
    elif (before.weight, before.required) != (after.weight, after.required):
        text = _WEIGHED
    elif after.problem:
        return after.problem
    elif after.answer is None:
        text = _EXPIRED if _has_expired(after, said) else _FORGOTTEN
    elif before.answer is not after.answer:
        text = _ANSWERED if before.answer is None else _CHANGED
    else:
        text = _AGED if abs(after.points) < abs(before.points) else _ANEW
    return text.problem()


def _has_expired(finding: Finding, said: Assessment) -> bool:
    answers = [said.evidence.get(path) for path in finding.facts]
    return any(isinstance(a, Answer) and a.current(at=said.at) is not a.value for a in answers)

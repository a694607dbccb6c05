"""Which question to ask next: the one that brings a verdict nearest, for the least effort."""

from __future__ import annotations

from collections.abc import Iterable

from .finding import Finding, Question


def next_questions(
    findings: Iterable[Finding], *, floor: int, threshold: int
) -> tuple[Question, ...]:
    """
    List the questions that may still change the verdict, the most settling per cost first.

    A question that several criteria share is asked once, and settles them all. One whose answer
    has faded is asked again. One that was answered with something unusable comes last, and says
    what is needed.

    >>> findings = [
    ...     Finding("size", None, points=0, weight=10, question="How many are you?"),
    ...     Finding("need", None, points=0, weight=90, question="Which problem do you have?"),
    ... ]
    >>> print(*next_questions(findings, floor=0, threshold=50))
    Which problem do you have? How many are you?
    """
    unsettled = [f for f in findings if f.answer is None or f.faded]
    ceiling = floor + sum(f.spread for f in unsettled)
    open_required = sum(map(_is_awaited, unsettled))
    missing, to_spare = threshold - floor, ceiling - threshold + 1

    asked: dict[str, list[Finding]] = {}
    for finding in unsettled:
        if _is_awaited(finding) or (missing > 0 and finding.spread):
            asked.setdefault(finding.question or finding.criterion, []).append(finding)

    def urgency(settled: list[Finding]) -> tuple[bool, float, float]:
        """Say how near a verdict comes, on average of a yes and a no, for each unit of cost."""
        spread, required = sum(f.spread for f in settled), sum(map(_is_awaited, settled))
        by_yes = min(spread / missing, 1.0) if missing > 0 else 0.0
        by_no = 1.0 if required else min(spread / to_spare, 1.0)
        if required:
            by_yes = max(by_yes, required / open_required)
        cost = max(f.cost for f in settled)
        misfits = any(finding.problem for finding in settled)
        return misfits, -(by_yes + by_no) / cost, -spread / cost

    return tuple(_question(settled) for settled in sorted(asked.values(), key=urgency))


def _is_awaited(finding: Finding) -> bool:
    """Tell whether no verdict but a no can come before the answer."""
    return finding.required and finding.answer is None


def _question(settled: list[Finding]) -> Question:
    first = settled[0]
    return Question(
        first.criterion,
        first.question or f"Is this so: {first.criterion}?",
        settles=tuple(f.criterion for f in settled),
        cost=max(f.cost for f in settled),
        problem=next((f.problem for f in settled if f.problem), None),
    )

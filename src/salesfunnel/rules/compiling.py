"""
Compiling a rule into one function of subject and instant, so that judging a lead costs little.

Each part becomes a closure that has its path, its operand and its shortcut at hand. The frequent
case is written out in each of them: a call more per fact would cost as much as the comparison.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from .comparisons import Comparison, comparison
from .facts import current, is_telling, read_fact, step
from .shortcuts import Shortcut, shortcut
from .truth import Truth

Compiled = Callable[[Any, datetime], Truth]
"""What a rule becomes: a function of subject and instant that never raises."""


def compile_test(op: str, names: tuple[str, ...], operand: Any) -> Compiled:  # noqa: ANN401 - checked
    """Compile the comparison of one fact; whatever raises while it is read is unknown."""
    quick = kind, compare, wanted = shortcut(op, operand)
    judge = _judge(comparison(op, operand), quick)
    if len(names) == 1:
        (only,) = names

        def test_here(subject: Any, at: datetime) -> Truth:  # noqa: ANN401 - whatever is judged
            try:
                fact = subject.get(only) if type(subject) is dict else step(subject, only)
                return compare(fact, wanted) if type(fact) is kind else judge(fact, at)
            except Exception:  # noqa: BLE001 - see `facts`
                return None

        return test_here

    first, *others, last = names

    def test_inside(subject: Any, at: datetime) -> Truth:  # noqa: ANN401 - whatever is judged
        try:
            found = subject.get(first) if type(subject) is dict else step(subject, first)
            for name in others:
                found = step(current(found, at), name)
            fact = found.get(last) if type(found) is dict else step(current(found, at), last)
            return compare(fact, wanted) if type(fact) is kind else judge(fact, at)
        except Exception:  # noqa: BLE001 - see `facts`
            return None

    return test_inside


def compile_answered(names: tuple[str, ...]) -> Compiled:
    """Compile the question whether anything is known."""
    return lambda subject, at: read_fact(subject, names, at=at) is not None


def compile_function(function: Callable[[Any, datetime], Truth]) -> Compiled:
    """Compile a plain function: one that raises, or answers something else, leaves it unknown."""

    def call(subject: Any, at: datetime) -> Truth:  # noqa: ANN401 - whatever is judged
        try:
            answer = function(subject, at)
        except Exception:  # noqa: BLE001 - one broken function must not cost the batch
            return None
        return answer if answer is True or answer is False else None

    return call


def compile_not(part: Compiled) -> Compiled:
    """Compile a negation: unknown stays unknown."""

    def negated(subject: Any, at: datetime) -> Truth:  # noqa: ANN401 - whatever is judged
        truth = part(subject, at)
        return None if truth is None else not truth

    return negated


def compile_all(parts: tuple[Compiled, ...]) -> Compiled:
    """Compile a conjunction: the first no decides."""

    def every(subject: Any, at: datetime) -> Truth:  # noqa: ANN401 - whatever is judged
        outcome: Truth = True
        for part in parts:
            truth = part(subject, at)
            if not truth:
                if truth is False:
                    return False
                outcome = None
        return outcome

    return every


def compile_at_least(count: int, parts: tuple[Compiled, ...]) -> Compiled:
    """Compile a count: it ends as soon as the rest can no longer change the answer."""
    spare = len(parts) - count

    def enough(subject: Any, at: datetime) -> Truth:  # noqa: ANN401 - whatever is judged
        missing, noes = count, 0
        if missing <= 0:
            return True
        for part in parts:
            truth = part(subject, at)
            if truth:
                missing -= 1
                if not missing:
                    return True
            elif truth is False:
                noes += 1
                if noes > spare:
                    return False
        return None

    return enough


def _judge(compare: Comparison, quick: Shortcut) -> Compiled:
    """Judge a fact for which there is no shortcut as it stands, if it says anything."""
    kind, short, wanted = quick

    def judge(found: Any, at: datetime) -> Truth:  # noqa: ANN401 - facts may be anything
        if found is None:
            return None
        fact = current(found, at)
        if type(fact) is kind:
            return short(fact, wanted)
        return compare(fact, at) if is_telling(fact) else None

    return judge

"""
Compiling a rule into one function of subject and instant, so that judging a lead costs little.

Each part becomes a closure that has its path and its operand at hand.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from .comparisons import Comparison, comparison
from .facts import TELLING, current, is_telling, read_fact, step
from .readings import Compiled, compile_reading
from .truth import Truth


def compile_test(op: str, names: tuple[str, ...], operand: Any) -> Compiled:  # noqa: ANN401 - checked
    """Compile the comparison of one fact; whatever raises while it is read is unknown."""
    *others, name = names
    outer = others.pop() if others else None
    test = compile_reading(op, operand, (outer, name), _judge(comparison(op, operand)))
    for other in reversed(others):
        test = _inside(other, test)
    return test


def _judge(compare: Comparison) -> Compiled:
    """Judge whatever was found: an answer, a blank, a fact of any kind."""

    def judge(found: Any, at: datetime) -> Truth:  # noqa: ANN401 - facts may be anything
        if found is None:
            return None
        fact = current(found, at)
        return compare(fact, at) if type(fact) in TELLING or is_telling(fact) else None

    return judge


def _inside(name: str, test: Compiled) -> Compiled:
    """Compile a test of what stands inside another fact."""

    def test_inside(lead: Any, at: datetime) -> Truth:  # noqa: ANN401 - whatever is judged
        try:
            return test(step(lead, name, at), at)
        except Exception:  # noqa: BLE001 - see `facts`
            return None

    return test_inside


def compile_answered(names: tuple[str, ...]) -> Compiled:
    """Compile the question whether anything is known."""
    return lambda subject, at: read_fact(subject, names, at=at) is not None


def compile_function(function: Callable[[Any, datetime], object]) -> Compiled:
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
            if truth is False:
                return False
            if truth is None:
                outcome = None
        return outcome

    return every


def compile_at_least(count: int, parts: tuple[Compiled, ...]) -> Compiled:
    """Compile a count: it ends as soon as the rest can no longer change the answer."""
    spare = len(parts) - count

    def enough(subject: Any, at: datetime) -> Truth:  # noqa: ANN401 - whatever is judged
        missing, noes = count, 0
        for part in parts:
            if missing == 0:
                return True
            truth = part(subject, at)
            if truth is True:
                missing -= 1
            elif truth is False:
                noes += 1
                if noes > spare:
                    return False
        return None if missing else True

    return enough

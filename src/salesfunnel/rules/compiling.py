"""
Compiling a rule into one function of subject and instant, so that judging a lead costs little.

Each part becomes a closure that has its path and its operand at hand. A closure judges facts of
the class that it expects by one call, and leaves every other fact to the full comparison.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from ..values.answer import Answer
from .comparisons import FactTest
from .facts import ROW, ROWS, current, is_telling, plain_fact, step
from .operators import Operator
from .truth import Truth

CompiledRule = Callable[[Any, datetime], Truth]
"""What a rule becomes: a function of subject and instant that never raises."""


def compile_test(operator: Operator, names: tuple[str, ...], operand: Any) -> CompiledRule:  # noqa: ANN401 - checked
    """
    Compile the comparison of one fact. What raises while it is read is unknown.

    >>> from datetime import UTC
    >>> from salesfunnel.rules.operators import OPERATORS
    >>> small = compile_test(OPERATORS["le"], ("employees",), 200)
    >>> small({"employees": 40}, datetime(2026, 3, 2, tzinfo=UTC))
    True
    """
    test = _reading(operator, names[-2:], operand)
    for name in reversed(names[:-2]):
        test = _inside(name, test, operator.if_unknown)
    return test


def _reading(operator: Operator, names: tuple[str, ...], operand: Any) -> CompiledRule:  # noqa: ANN401 - checked
    """Compile the comparison of a fact of the subject, or of a fact of one of its facts."""
    kind, decide, wanted = operator.shortcut(operand)
    judge = _judge(operator.compare(operand), operator.if_unknown)
    if_unknown = operator.if_unknown
    outer, name = names[0], names[-1]

    def test(subject: Any, at: datetime) -> Truth:  # noqa: ANN401 - anything may be judged
        try:
            fact = subject.get(name) if type(subject) in ROWS else step(subject, name, at)
            if type(fact) is Answer:
                fact = current(fact, at)
            return decide(fact, wanted) if type(fact) is kind else judge(fact, at)
        except Exception:  # noqa: BLE001 - see `facts`
            return if_unknown

    # The same, two names deep: one call less for the commonest of paths.
    def test_of_two(subject: Any, at: datetime) -> Truth:  # noqa: ANN401 - anything may be judged
        try:
            place = subject.get(outer) if type(subject) is ROW else step(subject, outer, at)
            fact = place.get(name) if type(place) is ROW else step(place, name, at)
            if type(fact) is Answer:
                fact = current(fact, at)
            return decide(fact, wanted) if type(fact) is kind else judge(fact, at)
        except Exception:  # noqa: BLE001 - see `facts`
            return if_unknown

    return test if len(names) == 1 else test_of_two


def _inside(name: str, test: CompiledRule, if_unknown: Truth) -> CompiledRule:
    """Compile a test of what stands inside another fact."""

    def test_inside(subject: Any, at: datetime) -> Truth:  # noqa: ANN401 - anything may be judged
        try:
            return test(step(subject, name, at), at)
        except Exception:  # noqa: BLE001 - see `facts`
            return if_unknown

    return test_inside


def _judge(test: FactTest, if_unknown: Truth) -> FactTest:
    """Judge anything that was found: an answer, a blank, a fact of any kind."""

    def judge(found: Any, at: datetime) -> Truth:  # noqa: ANN401 - facts may be anything
        if found is None:
            return if_unknown
        fact = plain_fact(found)
        return test(fact, at) if is_telling(fact) else if_unknown

    return judge


def compile_function(function: Callable[[Any, datetime], object]) -> CompiledRule:
    """Compile a plain function: one that raises, or answers something else, leaves it unknown."""

    def call(subject: Any, at: datetime) -> Truth:  # noqa: ANN401 - anything may be judged
        try:
            answer = function(subject, at)
        except Exception:  # noqa: BLE001 - one broken function must not cost the batch
            return None
        return answer if answer is True or answer is False else None

    return call


def compile_not(part: CompiledRule) -> CompiledRule:
    """Compile a negation: unknown stays unknown."""

    def negated(subject: Any, at: datetime) -> Truth:  # noqa: ANN401 - anything may be judged
        truth = part(subject, at)
        return None if truth is None else not truth

    return negated


def compile_all(parts: tuple[CompiledRule, ...]) -> CompiledRule:
    """Compile a conjunction: the first no decides."""

    def every(subject: Any, at: datetime) -> Truth:  # noqa: ANN401 - anything may be judged
        outcome: Truth = True
        for part in parts:
            truth = part(subject, at)
            if truth is False:
                return False
            if truth is None:
                outcome = None
        return outcome

    return every


def compile_at_least(count: int, parts: tuple[CompiledRule, ...]) -> CompiledRule:
    """Compile a count: it ends as soon as the rest can no longer change the answer."""
    spare = len(parts) - count

    def enough(subject: Any, at: datetime) -> Truth:  # noqa: ANN401 - anything may be judged
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

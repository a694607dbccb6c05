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
from .comparisons import FactTest, Shortcut
from .facts import ROWS, is_telling, plain_fact, step
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
    *way, name = names
    judge = _judge(operator.compare(operand), operator.if_unknown)
    if operator.name == "eq" and isinstance(operand, bool):
        test = _yes_or_no(name, operand, judge)
    else:
        test = _reading(name, operator.shortcut(operand), judge, operator.if_unknown)
    for place in reversed(way):
        test = _inside(place, test, operator.if_unknown)
    return test


def _yes_or_no(name: str, wanted: bool, judge: FactTest) -> CompiledRule:  # noqa: FBT001 - an operand
    """Compile the commonest of all tests: is a fact yes, or is it no."""
    unwanted = not wanted

    def yes_or_no(subject: Any, at: datetime) -> Truth:  # noqa: ANN401 - anything may be judged
        try:
            fact = subject.get(name) if type(subject) in ROWS else step(subject, name, at)
            if type(fact) is Answer:
                fact = fact.value if fact.expires is None else fact.current(at=at)
            if fact is True:
                return wanted
            return unwanted if fact is False else judge(fact, at)
        except Exception:  # noqa: BLE001 - see `facts`
            return None

    return yes_or_no


def _reading(name: str, shortcut: Shortcut, judge: FactTest, if_unknown: Truth) -> CompiledRule:
    """Compile the comparison of a fact that the subject itself has."""
    kind, decide, wanted = shortcut

    def test(subject: Any, at: datetime) -> Truth:  # noqa: ANN401 - anything may be judged
        try:
            fact = subject.get(name) if type(subject) in ROWS else step(subject, name, at)
            if type(fact) is Answer:
                fact = fact.value if fact.expires is None else fact.current(at=at)
            return decide(fact, wanted) if type(fact) is kind else judge(fact, at)
        except Exception:  # noqa: BLE001 - see `facts`
            return if_unknown

    return test


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

"""Three-valued truth in columns that are never null: a sure yes, an answer, and one amiss."""

from __future__ import annotations

import functools
import operator
from collections.abc import Sequence

import attrs

from ..qualification.criterion import Criterion
from .engine import Expr, constant, narwhals


@attrs.frozen
class Truths:
    """
    What a rule answers in each row: where it is a yes, and where it is known at all.

    ``amiss`` is where a fact is known and of another kind, so that it has to be asked again; it is
    ``None`` where that cannot be. Two columns without nulls instead of one with: no two engines
    agree about the logic of nulls.
    """

    yes: Expr
    known: Expr
    amiss: Expr | None = None

    @property
    def no(self) -> Expr:
        """Where it is known, and no yes."""
        return self.known & ~self.yes

    @property
    def unknown(self) -> Expr:
        """Where it is neither."""
        return ~self.known


Answered = Sequence[tuple[Criterion, Truths]]
"""The criteria of a card, each with what it answers in each row."""


def unknown() -> Truths:
    """Answer nothing in any row."""
    return Truths(constant(False), constant(False))


def tested(known: Expr, test: Expr) -> Truths:
    """Answer a test wherever the fact is known."""
    return Truths(known & test, known)


def negated(part: Truths) -> Truths:
    """Turn yes into no; unknown stays unknown."""
    return Truths(part.no, part.known, part.amiss)


def where_all(parts: Sequence[Truths]) -> Truths:
    """Answer yes where all do, and no where one does."""
    yes, no = _all([part.yes for part in parts]), _any([part.no for part in parts])
    return _joined(yes, _known(parts, yes | no), parts)


def where_enough(count: int, parts: Sequence[Truths]) -> Truths:
    """Answer yes where enough do, and no where no longer enough can."""
    if count == 1 and parts:
        yes, no = _any([part.yes for part in parts]), _all([part.no for part in parts])
        return _joined(yes, _known(parts, yes | no), parts)
    yes = count_yes([part.yes for part in parts]) >= count
    no = count_yes([part.no for part in parts]) > len(parts) - count
    return _joined(yes, yes | no, parts)


def count_yes(truths: Sequence[Expr], each: Sequence[int] | None = None) -> Expr:
    """Count the truths that hold, each for so much as it weighs."""
    nw = narwhals()
    weighed = zip(truths, each or [1] * len(truths), strict=True)
    # Numbers are chosen, not cast: pandas cannot add up truths that it keeps in different ways.
    ones = [nw.when(truth).then(nw.lit(n)).otherwise(nw.lit(0)) for truth, n in weighed]
    return functools.reduce(operator.add, ones) if ones else nw.lit(0)


def _joined(yes: Expr, known: Expr, parts: Sequence[Truths]) -> Truths:
    some = [part.amiss for part in parts if part.amiss is not None]
    return Truths(yes, known, _any(some) & ~known if some else None)


def _known(parts: Sequence[Truths], decided: Expr) -> Expr:
    """Say where something is known: what compares one fact is known together."""
    known = parts[0].known
    return known if all(part.known is known for part in parts) else decided


def _all(truths: Sequence[Expr]) -> Expr:
    return functools.reduce(operator.and_, truths)


def _any(truths: Sequence[Expr]) -> Expr:
    return functools.reduce(operator.or_, truths)

"""
What an answer to each question would settle in a row, and at which cost.

For a question of one criterion that is known before a row is looked at; what several criteria
share is settled for those of them that are still open in the row.
"""

from __future__ import annotations

import functools
import operator
from collections.abc import Sequence
from typing import Any

import attrs

from ..qualification.criterion import Criterion
from .engine import Expr, narwhals
from .layers import Layers
from .truths import Answered, Truths

Part = Any
"""A number, a truth or a text, or a column of them where it differs from row to row."""
Rows = Sequence[tuple[int, Criterion, Truths]]


@attrs.frozen
class Settling:
    """What one question settles, where it is asked: points, required criteria, at which cost."""

    asked: Expr
    amiss: Expr | None
    points: Part
    needs: Part
    cost: Part
    words: Part
    turn: Part


def settlings(work: Layers, criteria: Answered) -> list[Settling]:
    """Group the criteria by what is asked, in the order of the card."""
    grouped: dict[str, list[tuple[int, Criterion, Truths]]] = {}
    for place, (criterion, truths) in enumerate(criteria):
        if criterion.required or criterion.weight:
            key = criterion.question or criterion.name
            grouped.setdefault(key, []).append((place, criterion, truths))
    return [
        _of_one(work, *rows[0]) if len(rows) == 1 else _of_several(work, rows)
        for rows in grouped.values()
    ]


def either(test: Part, then: Part, otherwise: Part) -> Part:
    """Choose in each row, or at once where the test is no column."""
    if isinstance(test, bool):
        return then if test else otherwise
    nw = narwhals()
    first, second = (p if isinstance(p, nw.Expr) else nw.lit(p) for p in (then, otherwise))
    return nw.when(test).then(first).otherwise(second)


def _of_one(work: Layers, place: int, criterion: Criterion, truths: Truths) -> Settling:
    is_open = _open(work, criterion, truths)
    return Settling(
        is_open,
        truths.amiss,
        float(abs(criterion.weight)),
        float(criterion.required),
        float(criterion.cost),
        _said(criterion),
        1 / (1 + place),
    )


def _of_several(work: Layers, rows: Rows) -> Settling:
    work.add({f"open{place}": _open(work, c, truths) for place, c, truths in rows})
    found = [(work[f"open{place}"], place, c, truths) for place, c, truths in rows]
    amiss = [here & truths.amiss for here, _, _, truths in found if truths.amiss is not None]
    dearest_last = sorted(found, key=lambda row: row[2].cost)
    columns = {
        "asked": _any([here for here, *_ in found]),
        "points": _sum([(here, abs(c.weight)) for here, _, c, _ in found]),
        "needs": _sum([(here, int(c.required)) for here, _, c, _ in found]),
        "cost": _last([(here, float(c.cost)) for here, _, c, _ in dearest_last]),
        "words": _last([(here, _said(c)) for here, _, c, _ in reversed(found)]),
        "turn": _last([(here, 1 / (1 + place)) for here, place, _, _ in reversed(found)]),
    }
    if amiss:
        columns["amiss"] = _any(amiss)
    first = rows[0][0]
    work.add({f"{name}{first}": column for name, column in columns.items()})
    settled = {name: work[f"{name}{first}"] for name in columns}
    return Settling(**{"amiss": None, **settled})


def _open(work: Layers, criterion: Criterion, truths: Truths) -> Expr:
    """Tell where an answer is open that may still change the verdict."""
    return truths.unknown & work["undecided" if criterion.required else "wanted"]


def _said(criterion: Criterion) -> str:
    return criterion.question or f"Is this so: {criterion.name}?"


def _last(choices: Sequence[tuple[Expr, float | str]]) -> Expr:
    """Choose the last that is there; the first if none is."""
    chosen: Part = narwhals().lit(choices[0][1])
    for is_there, value in choices:
        chosen = either(is_there, value, chosen)
    return chosen


def _any(truths: Sequence[Expr]) -> Expr:
    return functools.reduce(operator.or_, truths)


def _sum(parts: Sequence[tuple[Expr, int]]) -> Expr:
    return functools.reduce(operator.add, [either(here, float(n), 0.0) for here, n in parts])

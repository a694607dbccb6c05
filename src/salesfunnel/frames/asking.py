"""The question to ask next in each row, chosen as `next_questions` chooses it."""

from __future__ import annotations

import functools
import operator
from collections.abc import Sequence

from ..qualification.assessment import Verdict
from ..qualification.criterion import Criterion
from .engine import Expr, constant, narwhals
from .layers import Layers
from .truths import Truths

Answered = Sequence[tuple[Criterion, Truths]]
Question = Sequence[tuple[int, Criterion, Truths]]
"""The criteria that one question settles, each with its place on the card."""

_NOTHING = -1.0  # less than anything by which questions are ranked
_RANKS = ("fresh", "urgency", "worth", "turn")
"""First what was never answered amiss, then the most urgent, the most points, the first."""


def ask_next(work: Layers, criteria: Answered, *, threshold: int) -> None:
    """Add the column ``next_question``; blank where all is decided, or nothing can be asked."""
    nw = narwhals()
    open_required = [truths.unknown for criterion, truths in criteria if criterion.required]
    work.add(
        {
            "missing": threshold - nw.col("floor"),
            "spare": nw.col("ceiling") - threshold + 1,
            "open": _count(open_required),
            "undecided": nw.col("verdict") == Verdict.UNDECIDED.value,
        }
    )
    questions = _questions(criteria)
    layers = (_settled, _urgency, _ranks)
    for layer in layers:
        columns: dict[str, Expr] = {}
        for number, question in enumerate(questions):
            found = layer(work, question, number)
            columns |= {f"{name}{number}": column for name, column in found.items()}
        work.add(columns)
    numbers = range(len(questions))
    for rank in _RANKS if questions else ():
        work.add({"most": nw.max_horizontal(*[work[f"{rank}{number}"] for number in numbers])})
        lesser = {
            f"{each}{number}": nw.when(work[f"{rank}{number}"] == work["most"])
            .then(work[f"{each}{number}"])
            .otherwise(nw.lit(_NOTHING))
            for number in numbers
            for each in _RANKS
        }
        work.add(lesser)
    words = nw.lit("")
    for number in numbers:
        is_chosen = work[f"turn{number}"] > 0
        words = nw.when(is_chosen).then(work[f"words{number}"]).otherwise(words)
    work.add({"next_question": words}, lasting=True)


def _questions(criteria: Answered) -> list[Question]:
    """Group the criteria by what is asked."""
    grouped: dict[str, list[tuple[int, Criterion, Truths]]] = {}
    for place, (criterion, truths) in enumerate(criteria):
        if criterion.required or criterion.weight:
            key = criterion.question or criterion.name
            grouped.setdefault(key, []).append((place, criterion, truths))
    return list(grouped.values())


def _settled(work: Layers, question: Question, _number: int) -> dict[str, Expr]:
    """Count what an answer would settle: points, required criteria, at which cost."""
    wanted = work["missing"] > 0
    is_open = [t.unknown if c.required else t.unknown & wanted for _, c, t in question]
    rows = list(zip(is_open, question, strict=True))
    dearest_last = sorted(rows, key=lambda row: row[1][1].cost)
    return {
        "asked": work["undecided"] & _any(is_open),
        "amiss": _any([here & truths.amiss for here, (_, _, truths) in rows]),
        "points": _sum([(here, abs(criterion.weight)) for here, (_, criterion, _) in rows]),
        "needs": _count([here for here, (_, criterion, _) in rows if criterion.required]),
        "cost": _last([(here, float(criterion.cost)) for here, (_, criterion, _) in dearest_last]),
        "words": _last([(here, _said(criterion)) for here, (_, criterion, _) in reversed(rows)]),
        "turn": _last([(here, 1 / (1 + place)) for here, (place, _, _) in reversed(rows)]),
    }


def _urgency(work: Layers, _question: Question, number: int) -> dict[str, Expr]:
    """Say how near a verdict comes; the same steps as for one lead, since floats are not exact."""
    nw = narwhals()
    points, needs = work[f"points{number}"], work[f"needs{number}"]
    missing = work["missing"]
    by_yes = nw.when(missing > 0).then(_share(points, missing)).otherwise(nw.lit(0.0))
    part = _share(needs, work["open"])
    by_yes = nw.when((needs > 0) & (part > by_yes)).then(part).otherwise(by_yes)
    by_no = nw.when(needs > 0).then(nw.lit(1.0)).otherwise(_share(points, work["spare"]))
    cost = work[f"cost{number}"]
    return {
        "fresh": nw.when(work[f"amiss{number}"]).then(nw.lit(0.0)).otherwise(nw.lit(1.0)),
        "urgency": (by_yes + by_no) / cost,
        "worth": points / cost,
    }


def _ranks(work: Layers, _question: Question, number: int) -> dict[str, Expr]:
    """Leave what is not asked at all below everything."""
    nw = narwhals()
    return {
        rank: nw.when(work[f"asked{number}"])
        .then(work[f"{rank}{number}"])
        .otherwise(nw.lit(_NOTHING))
        for rank in _RANKS
    }


def _said(criterion: Criterion) -> str:
    return criterion.question or f"Is this so: {criterion.name}?"


def _share(part: Expr, whole: Expr) -> Expr:
    """Divide, but never by less than one, and give one at most."""
    nw = narwhals()
    divisor = nw.when(whole > 1).then(whole).otherwise(nw.lit(1)).cast(nw.Float64)
    share = part / divisor
    return nw.when(share < 1.0).then(share).otherwise(nw.lit(1.0))


def _last(choices: Sequence[tuple[Expr, float | str]]) -> Expr:
    """Choose the last that is there; the first if none is."""
    nw = narwhals()
    chosen = nw.lit(choices[0][1])
    for is_there, value in choices:
        chosen = nw.when(is_there).then(nw.lit(value)).otherwise(chosen)
    return chosen


def _any(truths: Sequence[Expr]) -> Expr:
    return functools.reduce(operator.or_, truths, constant(False))


def _count(truths: Sequence[Expr]) -> Expr:
    return _sum([(truth, 1) for truth in truths])


def _sum(parts: Sequence[tuple[Expr, int]]) -> Expr:
    nw = narwhals()
    numbers = [nw.when(here).then(nw.lit(float(n))).otherwise(nw.lit(0.0)) for here, n in parts]
    return functools.reduce(operator.add, numbers, nw.lit(0.0))

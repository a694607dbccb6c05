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
    for layer in (_settled, _urgency):
        columns: dict[str, Expr] = {}
        for number, question in enumerate(questions):
            found = layer(work, question, number)
            columns |= {f"{name}{number}": column for name, column in found.items()}
        work.add(columns)
    numbers = range(len(questions))
    for rank in _ranks(questions) if len(questions) > 1 else ():
        _keep_best(work, rank, numbers)
    words = nw.lit("")
    for number in reversed(numbers):
        words = nw.when(work[f"asked{number}"]).then(work[f"words{number}"]).otherwise(words)
    work.add({"next_question": words}, lasting=True)


def _ranks(questions: Sequence[Question]) -> list[str]:
    """
    Say by what questions are ranked, one after the other.

    What was never answered amiss comes first, then the most urgent, then the most points for the
    cost, then the first; the last of these only matters if a question settles several criteria.
    """
    rows = [row for question in questions for row in question]
    can_be_amiss = any(truths.amiss is not None for _, _, truths in rows)
    is_shared = len(rows) > len(questions)
    fresh = ["fresh"] if can_be_amiss else []
    return [*fresh, "urgency", "worth", *(["turn"] if is_shared else [])]


def _keep_best(work: Layers, rank: str, numbers: range) -> None:
    """Leave only those questions that rank highest."""
    nw = narwhals()
    ranked = {
        f"ranked{number}": nw.when(work[f"asked{number}"])
        .then(work[f"{rank}{number}"])
        .otherwise(nw.lit(_NOTHING))
        for number in numbers
    }
    work.add(ranked)
    work.add({"most": nw.max_horizontal(*[work[name] for name in ranked])})
    work.add(
        {
            f"asked{number}": work[f"asked{number}"] & (work[f"ranked{number}"] == work["most"])
            for number in numbers
        }
    )


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
        "amiss": _any([here & t.amiss for here, (_, _, t) in rows if t.amiss is not None]),
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

"""Points, verdict and grade of all rows, as a scorecard gives them to one lead."""

from __future__ import annotations

import functools
import operator

from ..qualification.assessment import Verdict
from ..qualification.scorecard import Scorecard
from .engine import Expr, narwhals, recoded
from .layers import Layers
from .settling import either
from .truths import Answered, count_yes


def score_all(work: Layers, card: Scorecard, criteria: Answered) -> None:
    """Add floor, ceiling, verdict and grade; also where a row is undecided, and wants points."""
    nw = narwhals()
    weighed = [(criterion.weight, truths) for criterion, truths in criteria if criterion.weight]
    sizes = [abs(weight) for weight, _ in weighed]
    good = [truths.yes if weight > 0 else truths.no for weight, truths in weighed]
    least = sum(min(weight, 0) for weight, _ in weighed)
    work.add(
        {"open": count_yes([truths.unknown for _, truths in weighed], sizes)},
        lasting={"floor": (count_yes(good, sizes) + least).cast(nw.Int64)},
    )
    work.add(lasting={"ceiling": (nw.col("floor") + work["open"]).cast(nw.Int64)})
    required = [truths for criterion, truths in criteria if criterion.required]
    lost, won = nw.col("ceiling") < card.threshold, nw.col("floor") >= card.threshold
    lost = functools.reduce(operator.or_, [truths.no for truths in required], lost)
    won = functools.reduce(operator.and_, [truths.yes for truths in required], won)
    work.add({"lost": lost, "won": won, "range": _range(card)})
    open_or_won = either(work["won"], Verdict.QUALIFIED.value, Verdict.UNDECIDED.value)
    verdict = either(work["lost"], Verdict.DISQUALIFIED.value, open_or_won)
    undecided = ~work["lost"] & ~work["won"]
    work.add(
        {"undecided": undecided, "wanted": undecided & (nw.col("floor") < card.threshold)},
        lasting={"verdict": verdict, "grade": _grade(work, card)},
    )


def _range(card: Scorecard) -> Expr:
    """Number the pair of grades of floor and ceiling: the place of one, and that of the other."""
    bounds, nw = [least for _, least in card.grades[:-1]], narwhals()
    floor, ceiling = ([nw.col(name) < least for least in bounds] for name in ("floor", "ceiling"))
    return count_yes(floor) * len(card.grades) + count_yes(ceiling)


def _grade(work: Layers, card: Scorecard) -> Expr:
    """Say the grade as an assessment does: one, or "C to A" while it is open."""
    names = [name for name, _ in card.grades]
    said = {
        worst * len(names) + best: low if low == high else f"{low} to {high}"
        for worst, low in enumerate(names)
        for best, high in enumerate(names[: worst + 1])
    }
    return recoded(work["range"], said, "", work.implementation)

"""The question to ask next in each row, chosen as `next_questions` chooses it."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any

from .engine import Expr, first_said, narwhals
from .layers import Layers
from .settling import Part, Settling, either, settlings
from .truths import Answered, count_yes

_NOTHING = -1.0  # less than anything by which questions are ranked
_NEVER = 1e300  # so many points are missing where none are, and none brings the verdict nearer
_LAST = 2.0**-200  # ranks last what was answered amiss; a power of two changes no order


def ask_next(work: Layers, criteria: Answered, *, threshold: int) -> None:
    """Add the column ``next_question``; blank where all is decided, or nothing can be asked."""
    nw = narwhals()
    missing, spare = threshold - nw.col("floor"), nw.col("ceiling") - threshold + 1
    questions = settlings(work, criteria)
    ordered = known_order(questions)
    if ordered is None:
        required = [truths.unknown for criterion, truths in criteria if criterion.required]
        work.add(
            {
                "missing": either(missing > 0, missing.cast(nw.Float64), _NEVER),
                "spare": either(spare > 1, spare.cast(nw.Float64), 1.0),
                "required": count_yes(required).cast(nw.Float64),
            }
        )
        best = _best(work, questions)
    else:
        best = _first(ordered, work.implementation)
    work.add(lasting={"next_question": best})


def known_order(questions: Sequence[Settling]) -> list[Settling] | None:
    """
    Put the questions in the order in which they rank in any row, if that can be told beforehand.

    It can where each costs no more, brings no fewer points and meets no fewer needs than all after
    it: then it is at least as urgent in any row.
    """
    sizes = [(each.cost, -each.points, -each.needs, -each.turn) for each in questions]
    if not all(isinstance(size, float) for row in sizes for size in row):
        return None
    places = sorted(range(len(questions)), key=sizes.__getitem__)
    ranked = [sizes[place] for place in places]
    for (cost, points, needs, turn), (dearer, fewer, less, later) in itertools.pairwise(ranked):
        is_tied = (cost, points) == (dearer, fewer)
        if points > fewer or needs > less or (is_tied and turn > later):
            return None
    return [questions[place] for place in places]


def _first(ordered: Sequence[Settling], maker: Any) -> Expr:  # noqa: ANN401 - of narwhals
    """Say the first question that is asked; what was answered amiss comes after all others."""
    amiss = [(q.asked & q.amiss, q.words) for q in ordered if q.amiss is not None]
    well = [(q.asked if q.amiss is None else q.asked & ~q.amiss, q.words) for q in ordered]
    return first_said([*well, *amiss], maker)


def _best(work: Layers, questions: Sequence[Settling]) -> Expr:
    """
    Say the question that ranks highest.

    What was never answered amiss comes first, then the most urgent, then the most points for the
    cost, then the first on the card. The last two are known before a row is looked at, unless
    several criteria share a question.
    """
    words: Part = narwhals().lit("")
    ranks: list[Sequence[Part]] = [_urgencies(work, questions)]
    worth = [question.points / question.cost for question in questions]
    order = list(range(len(questions)))
    if all(isinstance(each, float) for each in worth):
        order.sort(key=lambda turn: -worth[turn])
    else:
        ranks += [worth, [question.turn for question in questions]]
    best = [question.asked for question in questions]
    for number, rank in enumerate(ranks):
        best = _keep_best(work, number, rank, best)
    for turn in reversed(order):
        words = either(best[turn], questions[turn].words, words)
    return either(work["most0"] > _NOTHING, words, "")


def _keep_best(
    work: Layers, number: int, ranks: Sequence[Part], asked: Sequence[Expr]
) -> list[Expr]:
    """Leave only those questions that rank highest; all of them where none is asked."""
    names = [f"rank{number}_{turn}" for turn in range(len(asked))]
    ranked = [either(here, rank, _NOTHING) for here, rank in zip(asked, ranks, strict=True)]
    work.add(dict(zip(names, ranked, strict=True)))
    most = f"most{number}"
    work.add({most: narwhals().max_horizontal(*[work[name] for name in names])})
    return [work[name] == work[most] for name in names]


def _urgencies(work: Layers, questions: Sequence[Settling]) -> list[Part]:
    """Say how near a verdict comes; the same steps as for one lead, since floats are not exact."""
    names: dict[object, str] = {}
    columns: dict[str, Expr] = {}
    found: list[Part] = []
    for turn, asked in enumerate(questions):
        # Criteria that weigh and cost the same are as urgent.
        sizes = (asked.points, asked.needs, asked.cost)
        key = sizes if all(isinstance(size, float) for size in sizes) else turn
        name = names.setdefault(key, f"urgency{turn}")
        columns.setdefault(name, _urgency(work, asked))
        urgency = work[name]
        found.append(
            urgency if asked.amiss is None else either(asked.amiss, urgency * _LAST, urgency)
        )
    work.add(columns)
    return found


def _urgency(work: Layers, asked: Settling) -> Expr:
    is_needed = asked.needs > 0
    by_yes = _share(asked.points, work["missing"])
    part = _share(asked.needs, work["required"])
    by_yes = either(is_needed, either(part > by_yes, part, by_yes), by_yes)
    by_no = either(is_needed, 1.0, _share(asked.points, work["spare"]))
    return (by_yes + by_no) / asked.cost


def _share(part: Part, whole: Expr) -> Expr:
    """Divide, and give one at most; what is 0 of 0 is no matter here."""
    return part / either(whole > part, whole, part)

"""The grade of each row, from its floor and its ceiling."""

from __future__ import annotations

from ..qualification.scorecard import Scorecard
from .dialect import Dialect
from .truth_texts import YES


def grade_sql(card: Scorecard, sql: Dialect) -> str:
    """Say the grade as an assessment does: one, or "C to A" while it is open."""
    whens: list[str] = []
    names = [name for name, _ in card.grades]
    for worst in range(len(names)):
        for best in range(worst + 1):
            one = names[worst] if worst == best else f"{names[worst]} to {names[best]}"
            here = f"{_has_grade('floor', worst, card)} AND {_has_grade('ceiling', best, card)}"
            whens.append(f"WHEN {here} THEN {sql.text(one)}")
    return f"CASE {' '.join(whens)} END" if whens else "''"


def _has_grade(score: str, place: int, card: Scorecard) -> str:
    """Tell where a score has the grade at a place; the last one takes all that is left."""
    last = len(card.grades) - 1
    above = YES if place == 0 else f"{score} < {card.grades[place - 1][1]}"
    return above if place == last else f"{above} AND {score} >= {card.grades[place][1]}"

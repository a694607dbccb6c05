"""The question to ask next in each row, chosen as `next_questions` chooses it."""

from __future__ import annotations

from collections.abc import Sequence

from ..qualification.criterion import Criterion
from .dialect import Dialect
from .question import AskedCriterion, SqlQuestion
from .steps import QuerySteps
from .truth_texts import TruthText, how_many


def what_to_ask(steps: QuerySteps, criteria: Sequence[tuple[Criterion, TruthText]]) -> str:
    """Add what ranks the questions, and write the one to ask; blank where there is none."""
    questions = _questions(criteria, steps.sql)
    open_required = [truth.unknown for criterion, truth in criteria if criterion.required]
    steps.add({"required": _at_least_one(how_many(open_required), steps.sql)})
    ranks, nothing = _ranks(questions), "verdict <> 'undecided'"
    alive, out = [question.asked for question in questions], steps.sql.double_of(-1.0)
    for rank in ranks:
        values = {
            f"{rank}_{n}": f"CASE WHEN {alive[n]} THEN {getattr(question, rank)} ELSE {out} END"
            for n, question in enumerate(questions)
        }
        steps.add(values)
        steps.add({f"best_{rank}": steps.sql.largest(list(values))})
        alive = [f"{name} = best_{rank}" for name in values]
    in_turn = sorted(range(len(questions)), key=lambda n: _standing(questions[n]))
    whens = [f"WHEN {alive[n]} THEN {questions[n].words}" for n in in_turn]
    if ranks:
        # Where nothing can be asked, all are out, and equal.
        nothing += f" OR best_{ranks[0]} < 0"
    return f"CASE WHEN {nothing} THEN '' {' '.join(whens)} ELSE '' END"


def what_is_left(threshold: int, sql: Dialect) -> dict[str, str]:
    """Say how many points are missing, and how many may still be lost."""
    return {
        "missing": f"{threshold} - floor",
        "lacking": _at_least_one(f"{threshold} - floor", sql),
        "spare": _at_least_one(f"ceiling - {threshold - 1}", sql),
    }


def _at_least_one(number: str, sql: Dialect) -> str:
    return f"CAST({sql.largest([number, '1'])} AS {sql.double})"


def _ranks(questions: Sequence[SqlQuestion]) -> list[str]:
    """Say by what questions are ranked in each row; what is the same in all is their order."""
    can_be_amiss = any(row.truth.amiss for question in questions for row in question.rows)
    is_shared = any(len(question.rows) > 1 for question in questions)
    ranks = ["fresh"] if can_be_amiss else []
    if len(questions) > 1:
        ranks += ["urgency", "worth", "turn"] if is_shared else ["urgency"]
    return ranks


def _standing(question: SqlQuestion) -> tuple[float, int]:
    first = question.rows[0]
    return -abs(first.criterion.weight) / first.criterion.cost, first.place


def _questions(criteria: Sequence[tuple[Criterion, TruthText]], sql: Dialect) -> list[SqlQuestion]:
    """Group the criteria by what is asked."""
    grouped: dict[str, list[AskedCriterion]] = {}
    for place, (criterion, truth) in enumerate(criteria):
        if criterion.required or criterion.weight:
            row = AskedCriterion(place, criterion, truth)
            grouped.setdefault(criterion.question or criterion.name, []).append(row)
    return [SqlQuestion(tuple(rows), sql) for rows in grouped.values()]

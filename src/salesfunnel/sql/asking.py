"""The question to ask next in each row, chosen as `next_questions` chooses it."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from ..qualification.criterion import Criterion
from .steps import QuerySteps
from .truth_texts import NO, TruthText, chained, how_many

_OUT = "-1.0"  # less than anything by which questions are ranked


@attrs.frozen
class AskedCriterion:
    """One of the criteria that a question settles: its place on the card, and where it is open."""

    place: int
    criterion: Criterion
    truth: TruthText

    @property
    def open(self) -> str:
        """Where an answer may still change the verdict."""
        if self.criterion.required:
            return self.truth.unknown
        return f"({self.truth.unknown} AND missing > 0)"


@attrs.frozen
class SqlQuestion:
    """The criteria that one question settles; the figures by which questions are ranked."""

    rows: tuple[AskedCriterion, ...]

    @property
    def asked(self) -> str:
        """Where it may be asked at all."""
        return f"(verdict = 'undecided' AND {chained('OR', [row.open for row in self.rows], NO)})"

    @property
    def points(self) -> str:
        """The points that an answer settles."""
        return self._sum([(row, abs(row.criterion.weight)) for row in self.rows])

    @property
    def cost(self) -> str:
        """The cost of the dearest that it settles."""
        dearest_last = sorted(self.rows, key=lambda row: row.criterion.cost)
        return self._last([(row, f"{row.criterion.cost}.0") for row in dearest_last])

    @property
    def fresh(self) -> str:
        """One, unless it was answered amiss before."""
        amiss = [f"({row.open} AND {row.truth.amiss})" for row in self.rows if row.truth.amiss]
        return f"CASE WHEN {chained('OR', amiss, NO)} THEN 0.0 ELSE 1.0 END" if amiss else "1.0"

    @property
    def urgency(self) -> str:
        """How near a verdict comes; the same steps as for one lead, since floats are not exact."""
        required = [row for row in self.rows if row.criterion.required]
        by_points = f"CASE WHEN missing > 0 THEN {_share(self.points, 'missing')} ELSE 0.0 END"
        by_no = _share(self.points, "spare")
        if not required:
            return f"({by_points} + {by_no}) / {self.cost}"
        needs = self._sum([(row, 1) for row in required])
        part = _share(needs, "required")
        by_yes = f"CASE WHEN {part} > {by_points} THEN {part} ELSE {by_points} END"
        if len(required) == len(self.rows):
            return f"({by_yes} + 1.0) / {self.cost}"
        either = f"CASE WHEN {needs} > 0 THEN {by_yes} + 1.0 ELSE {by_points} + {by_no} END"
        return f"{either} / {self.cost}"

    @property
    def worth(self) -> str:
        """The points for the cost."""
        return f"{self.points} / {self.cost}"

    @property
    def turn(self) -> str:
        """The earlier, the more."""
        return self._last([(row, str(1_000 - row.place)) for row in reversed(self.rows)])

    def words(self, steps: QuerySteps) -> str:
        """The question itself."""
        said = [(row, steps.sql.text(_said(row.criterion))) for row in reversed(self.rows)]
        return self._last(said)

    def _sum(self, parts: Sequence[tuple[AskedCriterion, int]]) -> str:
        if len(self.rows) == 1:
            return f"{parts[0][1]}.0"
        return chained(
            "+", [f"CASE WHEN {r.open} THEN {n}.0 ELSE 0.0 END" for r, n in parts], "0.0"
        )

    def _last(self, choices: Sequence[tuple[AskedCriterion, str]]) -> str:
        """Choose the last that is open; the first if none is."""
        if len({said for _, said in choices}) == 1:
            return choices[0][1]
        whens = " ".join(f"WHEN {row.open} THEN {said}" for row, said in reversed(choices))
        return f"CASE {whens} ELSE {choices[0][1]} END"


def what_to_ask(steps: QuerySteps, criteria: Sequence[tuple[Criterion, TruthText]]) -> str:
    """Add what ranks the questions, and write the one to ask; blank where there is none."""
    open_required = [truth.unknown for criterion, truth in criteria if criterion.required]
    steps.add({"required": f"1.0 * {how_many(open_required)}"})
    questions = _questions(criteria)
    alive = [question.asked for question in questions]
    for rank in _ranks(questions):
        values = {
            f"{rank}_{n}": f"CASE WHEN {alive[n]} THEN {getattr(question, rank)} ELSE {_OUT} END"
            for n, question in enumerate(questions)
        }
        steps.add(values)
        steps.add({f"best_{rank}": steps.sql.largest(list(values))})
        alive = [f"(best_{rank} >= 0 AND {name} = best_{rank})" for name in values]
    in_turn = sorted(range(len(questions)), key=lambda n: _standing(questions[n]))
    whens = [f"WHEN {alive[n]} THEN {questions[n].words(steps)}" for n in in_turn]
    return f"CASE {' '.join(whens)} ELSE '' END" if whens else "''"


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


def _questions(criteria: Sequence[tuple[Criterion, TruthText]]) -> list[SqlQuestion]:
    """Group the criteria by what is asked."""
    grouped: dict[str, list[AskedCriterion]] = {}
    for place, (criterion, truth) in enumerate(criteria):
        if criterion.required or criterion.weight:
            row = AskedCriterion(place, criterion, truth)
            grouped.setdefault(criterion.question or criterion.name, []).append(row)
    return [SqlQuestion(tuple(rows)) for rows in grouped.values()]


def _said(criterion: Criterion) -> str:
    return criterion.question or f"Is this so: {criterion.name}?"


def _share(part: str, whole: str) -> str:
    """Divide, and give one at most; nothing is ever divided by nothing."""
    return f"CASE WHEN {part} < {whole} THEN {part} / {whole} ELSE 1.0 END"

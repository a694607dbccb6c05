"""A question in SQL: where it may be asked, and the figures by which questions are ranked."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from ..qualification.criterion import Criterion
from .dialect import Dialect
from .truth_texts import NO, TruthText, chained


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
    sql: Dialect

    @property
    def asked(self) -> str:
        """Where it may be asked, if anything is undecided at all."""
        return chained("OR", [row.open for row in self.rows], NO)

    @property
    def points(self) -> str:
        """The points that an answer settles."""
        return self._sum([(row, abs(row.criterion.weight)) for row in self.rows])

    @property
    def by_cost(self) -> str:
        """Divide by the cost of the dearest that it settles."""
        dearest_last = sorted(self.rows, key=lambda row: row.criterion.cost)
        cost = self._last([(row, self._number(row.criterion.cost)) for row in dearest_last])
        return "" if cost == self._number(1) else f" / {cost}"

    @property
    def fresh(self) -> str:
        """One, unless it was answered amiss before."""
        amiss = [f"({row.open} AND {row.truth.amiss})" for row in self.rows if row.truth.amiss]
        return f"CASE WHEN {chained('OR', amiss, NO)} THEN 0 ELSE 1 END"

    @property
    def urgency(self) -> str:
        """How near a verdict comes; the same steps as for one lead, since floats are not exact."""
        required = [row for row in self.rows if row.criterion.required]
        by_points, by_no = self._share(self.points, "lacking"), self._share(self.points, "spare")
        if not required:
            return f"({by_points} + {by_no}){self.by_cost}"
        # Other than what is optional, it may be asked where no points are missing.
        by_points = f"CASE WHEN missing > 0 THEN {by_points} ELSE {self._number(0)} END"
        part = self._share(self._sum([(row, 1) for row in required]), "required")
        by_yes, one = self.sql.largest([part, by_points]), self._number(1)
        if len(required) == len(self.rows):
            return f"({by_yes} + {one}){self.by_cost}"
        needs = chained("OR", [row.open for row in required], NO)
        either = f"CASE WHEN {needs} THEN {by_yes} + {one} ELSE {by_points} + {by_no} END"
        return f"({either}){self.by_cost}"

    @property
    def worth(self) -> str:
        """The points for the cost."""
        return f"{self.points}{self.by_cost}"

    @property
    def turn(self) -> str:
        """The earlier, the more."""
        return self._last([(row, str(1_000 - row.place)) for row in reversed(self.rows)])

    @property
    def words(self) -> str:
        """The question itself."""
        said = [(row, self.sql.text(_said(row.criterion))) for row in reversed(self.rows)]
        return self._last(said)

    def _number(self, number: int) -> str:
        return self.sql.double_of(float(number))

    def _share(self, part: str, whole: str) -> str:
        """Divide, and give one at most; what divides is never less than one."""
        return f"CASE WHEN {part} < {whole} THEN {part} / {whole} ELSE {self._number(1)} END"

    def _sum(self, parts: Sequence[tuple[AskedCriterion, int]]) -> str:
        if len(self.rows) == 1:
            return self._number(parts[0][1])
        zero = self._number(0)
        said = [f"CASE WHEN {row.open} THEN {self._number(n)} ELSE {zero} END" for row, n in parts]
        return chained("+", said, zero)

    def _last(self, choices: Sequence[tuple[AskedCriterion, str]]) -> str:
        """Choose the last that is open; the first if none is."""
        if len({said for _, said in choices}) == 1:
            return choices[0][1]
        whens = " ".join(f"WHEN {row.open} THEN {said}" for row, said in reversed(choices))
        return f"CASE {whens} ELSE {choices[0][1]} END"


def _said(criterion: Criterion) -> str:
    return criterion.question or f"Is this so: {criterion.name}?"

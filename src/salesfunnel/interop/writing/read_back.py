"""Reads again at once what is written, and counts the facts that did not come back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from itertools import chain
from typing import Any, TypeAlias

import attrs

from ...errors import SalesFunnelError, Text
from ..cells.blanks import Blanks
from ..cells.plain_cells import are_all_plain
from ..cells.totals import LONGEST_TOTAL, is_footnote, is_total
from ..rows.row_outcomes import Accepted
from ..rows.told_parts import Told
from .fact_reasons import ROW, why_left_out
from .following_facts import FOLLOWS, follows
from .left_out import READ_OTHERWISE, RETOLD, LeftOut
from .lent_numbers import LENT
from .noun_facts import differing
from .tables import Cell
from .written_columns import WrittenColumns

_Pending: TypeAlias = "tuple[Any, Sequence[Cell], _Alike | None]"
_AT_ONCE = 500


@attrs.define
class _Alike:
    """How many rows tell the same kinds of facts, and what is lost of each."""

    times: int = 0
    lost: Counter[str] = attrs.field(factory=Counter)


@attrs.define
class ReadBack:
    """
    Compares each noun with what its row is read as.

    Rows whose texts are plain, and that tell the same kinds of facts, lose the same: of those one
    is read for all.
    """

    columns: WrittenColumns
    read: Callable[[Sequence[Mapping[str, Any]]], Any]
    """Reads rows that are dictionaries."""
    as_found: Callable[[Cell], Cell] | None = None
    """Gives a cell as it will be found in the file."""
    why_not_found: Text = READ_OTHERWISE
    """Why some cells will not be found as they are."""
    blanks: Blanks = attrs.field(factory=Blanks)
    _pending: list[_Pending] = attrs.field(factory=list, init=False)
    _alike: dict[Hashable, _Alike] = attrs.field(factory=dict, init=False)
    _counts: Counter[str] = attrs.field(factory=Counter, init=False)
    _not_found: Counter[str] = attrs.field(factory=Counter, init=False)
    _ids: set[str] = attrs.field(factory=set, init=False)

    def look_at(
        self, nouns: Sequence[Any], told: Sequence[Told], rows: Sequence[Sequence[Cell]]
    ) -> None:
        """Look at several, at what is told of them, and at their rows, now or with the others."""
        before = len(self._ids)
        self._ids.update([noun.id for noun in nouns])
        self._counts["id"] += before + len(nouns) - len(self._ids)
        usual = [one.cells.values() for one in told if one.is_usual]
        is_sure = self.as_found is None and are_all_plain(chain.from_iterable(usual), self.blanks)
        for noun, one, row in zip(nouns, told, rows, strict=True):
            alike = None
            if one.is_usual and (is_sure or self._is_sure(one)) and not _may_be_total(row):
                alike = self._alike_of(one)
                alike.times += 1
            if alike is None or alike.times == 1:
                self._pending.append((noun, row, alike))
        if len(self._pending) >= _AT_ONCE:
            self._read_pending()

    def left_out(self) -> tuple[LeftOut, ...]:
        """List what did not come back, each kind of fact once for each reason."""
        self._read_pending()
        total = Counter(self._counts)
        for alike in self._alike.values():
            for place, count in alike.lost.items():
                total[place] += count * alike.times
        is_retold = total["pipeline"] >= total["stage"]
        retold = ("pipeline", "stage") if total["pipeline"] and is_retold else ()
        found = [
            LeftOut(
                place.removesuffix(LENT),
                total[place],
                RETOLD if place in retold else self._why(place, total),
            )
            for place in sorted(+total)
        ]
        found += [
            LeftOut(place.removesuffix(LENT), count, self.why_not_found)
            for place, count in self._not_found.items()
        ]
        return tuple(sorted(found, key=lambda one: one.place))

    def _why(self, place: str, total: Mapping[str, int]) -> Text:
        return FOLLOWS if follows(place, total) else why_left_out(place, self.columns)

    def _alike_of(self, told: Told) -> _Alike:
        """Count those that tell the same kinds of facts."""
        shape = (*told.cells, *told.shape)
        return self._alike.get(shape) or self._alike.setdefault(shape, _Alike())

    def _is_sure(self, told: Told) -> bool:
        cells, as_found = told.cells.values(), self.as_found
        is_same = as_found is None or all(as_found(cell) == cell for cell in cells)
        return is_same and are_all_plain(cells, self.blanks)

    def _read_pending(self) -> None:
        pending, self._pending = self._pending, []
        for apart in _apart(pending):
            self._read(apart)

    def _read(self, pending: Sequence[_Pending]) -> None:
        told = [self._as_row(row) for _, row, _ in pending]
        rows = [self._as_found(row) for row in told]
        changed = {place for place, row in enumerate(rows) if row != told[place]}
        whole = iter(self._entities([told[place] for place in sorted(changed)]))
        several = zip(pending, self._entities(rows), strict=True)
        for place, ((noun, _, alike), found) in enumerate(several):
            lost = _lost(noun, found)
            if place in changed:  # what comes back from the cells as they are is lost by the file
                here, lost = lost, lost & _lost(noun, next(whole))
                self._not_found.update(here - lost)
            if alike is None:
                self._counts.update(lost)
            else:
                alike.lost = lost

    def _as_row(self, row: Sequence[Cell]) -> dict[str, Cell]:
        return dict(zip(self.columns.header, row, strict=True))

    def _as_found(self, row: dict[str, Cell]) -> dict[str, Cell]:
        found = self.as_found
        return {name: found(cell) for name, cell in row.items()} if found else row

    def _entities(self, rows: list[dict[str, Cell]]) -> list[Any]:
        """Read rows, and give of each what came of it; nothing of one that was refused."""
        try:
            outcomes = {found.row: found for found in self.read(rows)}
        except SalesFunnelError:
            return [None] * len(rows)
        found = [outcomes.get(number) for number in range(2, len(rows) + 2)]
        return [one.entity if isinstance(one, Accepted) else None for one in found]


def _apart(pending: Sequence[_Pending]) -> Iterable[list[_Pending]]:
    """Part those of one id: read together, each would be a row that tells more of the first."""
    rounds: dict[int, list[_Pending]] = {}
    times: Counter[str] = Counter()
    for one in pending:
        rounds.setdefault(times[one[0].id], []).append(one)
        times[one[0].id] += 1
    return rounds.values()


def _lost(noun: Any, found: Any) -> Counter[str]:  # noqa: ANN401 - a noun, or nothing
    return Counter([ROW]) if found is None else Counter(differing(noun, found))


def _may_be_total(row: Sequence[Cell]) -> bool:
    """Tell whether a row would be taken for a sum of those above it."""
    first = next(filter(None, row), "")
    if type(first) is str and len(first) > LONGEST_TOTAL and not is_footnote(first):
        return False  # as nearly always
    return is_total(tuple([str(cell) for cell in row]))

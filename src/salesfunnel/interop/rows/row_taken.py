"""A lead while the cells of its row are taken in, and what is to be said of those that are not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import attrs

from ...errors import InvalidValue, MoveRefused, Text
from ...leads.lead import Lead
from ...values.ids import derived_id
from ...values.text import shown
from ..calls.call_headers import TO_FILL
from ..calls.call_versions import without_marks
from ..calls.call_words import CallWords
from ..calls.filled_cells import FilledRow
from .row_fault import RowFault

_REFUSED = Text("cell_refused", "{field} was not taken: {why}")


@attrs.define
class RowTaken:
    """
    A lead and a row that tells of it, while the cells are taken in one after the other.

    The ``faults`` name the cells that are not found in the lead afterwards.
    """

    row: FilledRow
    lead: Lead
    words: CallWords
    at: datetime
    by: str = ""
    day_first: bool | None = None
    faults: list[RowFault] = attrs.field(factory=list)

    def cell(self, column: str) -> str:
        """Give what stands in a column; nothing where the column is gone."""
        return self.row.cells.get(column, "")

    @property
    def tells(self) -> bool:
        """
        Whether a cell that is filled in was taken, now or before; what was shown counts as well.

        It is not asked what the lead has now, so that a second reading finds the same.
        """
        odd = {fault.column for fault in self.faults}
        names = [name for name in TO_FILL if self.cell(name)]
        names += [slot for slot, cell in self.row.answers.items() if cell]
        return any(self.row.names.get(name) not in odd for name in names)

    def id_of(self, kind: str, day: str = "") -> str:
        """Derive the id of what the row tells, which is the same each time it is read."""
        return derived_id(kind, self.lead.id, without_marks(self.cell("version")), day)

    def day(self, moment: datetime) -> date:
        """Give the day of a moment where the sheet is read."""
        return moment.astimezone(self.at.tzinfo).date()

    def attempt(self, column: str, act: Callable[[], Lead]) -> None:
        """Do something with the lead; where it is refused, say why, and keep the lead as it is."""
        try:
            self.lead = act()
        except MoveRefused as error:
            why = "; ".join(str(objection) for objection in error.refusal.objections)
            self.note(_REFUSED, column, why=why)
        except InvalidValue as error:
            self.fault(error, column)

    def note(self, text: Text, column: str, **params: object) -> None:
        """Say what became of a cell."""
        header = self.row.names.get(column, column)
        self.faults.append(RowFault(text, {"field": shown(header), **params}, header))

    def fault(self, error: InvalidValue, column: str) -> None:
        """Say why a cell cannot be read."""
        self.faults.append(RowFault.of(error, self.row.names.get(column, column)))

"""What a row leaves beside its fields: why it is refused, what is odd, what is kept as text."""

from __future__ import annotations

from ...errors import Text
from ...values.text import NOTE_LIMIT, shown
from .row_fault import RowFault

_CUT = Text("detail_cut", "{field} has more than {most:,} letters: the rest is left out")


class RowNotes:
    r"""
    The ``faults`` and ``notes`` of a row, and what is kept of it as text in ``details``.

    >>> row = RowNotes(7)
    >>> row.keep("details.hall", "8")
    >>> row.keep("details.hall", "9")
    >>> row.details
    {'hall': '8\n9'}
    """

    def __init__(
        self, number: int, notes: tuple[RowFault, ...] = (), *, strict: bool = False
    ) -> None:
        """Begin with what is odd about the row as a whole."""
        self.number: int = number
        self.is_strict: bool = strict
        self.faults: list[RowFault] = []
        self.notes: list[RowFault] = [*notes]
        self.details: dict[str, str] = {}
        self.unreadable: dict[str, RowFault] = {}

    def note(self, text: Text, column: str = "", **params: object) -> None:
        """Note what is odd about the row, or about a column of it; it is read all the same."""
        if column:
            params["field"] = shown(column)
        self.notes.append(RowFault(text, params, column))

    def refuse(self, text: Text, column: str = "", **params: object) -> None:
        """Say under a column, or of the whole row, why the row is refused."""
        if column:
            params["field"] = shown(column)
        self.faults.append(RowFault(text, params, column))

    def refuse_without(self, field: str) -> None:
        """Refuse the row for a cell that could not be read, since without it the row is useless."""
        fault = self.unreadable[field]
        if fault not in self.faults:
            self.faults.append(fault)

    def keep(self, field: str, text: str) -> None:
        """Keep a text in the details, beside what they have under that name already."""
        name = field.rpartition(".")[2]
        before = self.details.get(name)
        if before is None or text not in before.split("\n"):
            text = f"{before}\n{text}" if before else text
            if len(text) > NOTE_LIMIT:
                text = text[:NOTE_LIMIT]
                self.note(_CUT, field=name, most=NOTE_LIMIT)
            self.details[name] = text

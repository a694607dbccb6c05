"""The rows that were refused or repeated, in a file of their own: to be mended and read again."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from types import TracebackType
from typing import Any, Self

from ...errors import InvalidValue, Text
from ..cells.formula_guard import with_formula_guard
from ..inputs.input_file import file_name
from ..rows.reading import FileReading
from ..rows.row_fault import Refused
from ..rows.row_outcomes import Repeated
from ..rows.row_reader import EntityT
from ..rows.rows_of_one import RowOutcome
from ..rows.why_column import WHY, is_why
from .over_its_list import refuse_over_its_list
from .replaced_file import path_of, replaced, unwritable

_NOT_CSV = Text("refused_not_csv", "{field} is not CSV", "refused.csv")
_KINDS = ("", ".csv", ".txt")


class RefusedFile:
    """
    Puts aside the rows that were refused or repeated, as they stand in the list, with the reason.

    The file appears when the block ends, whole; what stood there before stays until then, and for
    good where anything fails or no row was left out. The ``source`` is the reading whose rows these
    are: a target that is its own file raises `InvalidValue`. It is CSV in UTF-8, with the header of
    the list and, in front, a column for the reason; a reason that the list has from before is left
    out. A target by the name of another kind of file raises `InvalidValue`.

    >>> from salesfunnel.errors import Text
    >>> from salesfunnel.interop import Refused, RowFault
    >>> odd = Refused(3, (RowFault(Text("odd", "is odd")),), ("Sara", "?"))
    >>> import tempfile
    >>> from pathlib import Path
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     with RefusedFile(Path(folder, "rest.csv"), ("Name", "Mobile")) as rest:
    ...         _ = list(rest.passing([odd]))
    ...     print(Path(folder, "rest.csv").read_text("utf-8-sig"), end="")
    why it was left out,Name,Mobile
    is odd,Sara,?
    """

    def __init__(
        self,
        target: str | os.PathLike[str],
        header: Iterable[str],
        *,
        source: FileReading[Any] | None = None,
    ) -> None:
        """Write beside the target, and only at the end in its place."""
        self._target = path_of(target)
        if self._target.suffix.lower() not in _KINDS:
            raise InvalidValue(file_name(self._target), _NOT_CSV)
        self._header = tuple(header)
        # A rest that was mended and read again has its old reasons, which hold no more.
        self._old = {at for at, name in enumerate(self._header) if is_why(name)}
        self._left_out = 0
        refuse_over_its_list(target, source)

    def __enter__(self) -> Self:
        """Begin the file."""
        with ExitStack() as undone:
            self._written = undone.enter_context(replaced(self._target))
            file = self._written.open("w", encoding="utf-8-sig", newline="")
            self._file = undone.enter_context(file)
            self._rows = csv.writer(self._file)
            self._write(WHY, self._header)
            self._undone = undone.pop_all()
        return self

    def passing(self, rows: Iterable[RowOutcome[EntityT]]) -> Iterator[RowOutcome[EntityT]]:
        """Let all rows pass, and put aside those that were left out."""
        for row in rows:
            if isinstance(row, (Refused, Repeated)):
                self.put(row)
            yield row

    def put(self, row: Refused | Repeated[Any]) -> None:
        """Put one row aside."""
        self._left_out += 1
        why = row.problem if isinstance(row, Refused) else str(row.notes[0])
        try:
            self._write(why, row.cells)
        except OSError as error:
            raise unwritable(self._target, error) from None

    def _write(self, why: str, cells: Iterable[str]) -> None:
        kept = [cell for at, cell in enumerate(cells) if at not in self._old]
        self._rows.writerow([why, *map(with_formula_guard, kept)])

    def __exit__(
        self,
        kind: type[BaseException] | None,
        failed: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Put the file in its place, or take it away where anything failed."""
        if not self._left_out:
            self._file.close()
            self._written.unlink()
        self._undone.__exit__(kind, failed, trace)


def write_refused(
    rows: Iterable[RowOutcome[EntityT]],
    target: str | os.PathLike[str],
    *,
    header: Iterable[str],
) -> None:
    r"""
    Write the rows of a reading that were refused or repeated; see `RefusedFile`.

    Where none was, nothing is written. Raises `UnwritableFile` where the target cannot be written,
    and `InvalidValue` where it is the file of the reading itself.

    >>> import tempfile
    >>> from pathlib import Path
    >>> from datetime import UTC, datetime
    >>> from io import StringIO
    >>> from salesfunnel.interop import read_leads
    >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
    >>> reading = read_leads(StringIO("Name,City\nSara,Paris\n,Lyon"), at=monday)
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_refused(reading, Path(folder, "rest.csv"), header=reading.records.header)
    ...     print(Path(folder, "rest.csv").read_text("utf-8-sig").splitlines()[1][-6:])
    ,,Lyon
    """
    source = rows if isinstance(rows, FileReading) else None
    with RefusedFile(target, header, source=source) as rest:
        for _ in rest.passing(rows):
            pass

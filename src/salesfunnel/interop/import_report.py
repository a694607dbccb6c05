"""The report on an import: every row was accepted or refused, and none is lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, Self, TypeVar

from .reading import Accepted
from .row_fault import Refused
from .sorted_store import SortedStore

EntityT = TypeVar("EntityT")


class ImportReport:
    """
    Counts the rows of a reading as they pass, and puts aside why some were refused.

    >>> from salesfunnel.errors import Text
    >>> from salesfunnel.interop import Accepted, Refused, RowFault
    >>> rows = [Accepted(2, "a lead"), Refused(3, (RowFault(Text("odd", "is odd")),))]
    >>> with ImportReport() as rows_of_file:
    ...     [found.row for found in rows_of_file.accepted_of(rows)]
    [2]
    >>> rows_of_file.read, rows_of_file.accepted, rows_of_file.refused
    (2, 1, 1)
    """

    def __init__(self) -> None:
        """Begin with nothing read."""
        self.accepted: int = 0
        self.notes: Counter[str] = Counter()
        self.refusals: SortedStore = SortedStore()

    @property
    def refused(self) -> int:
        """How many rows were refused."""
        return len(self.refusals)

    @property
    def read(self) -> int:
        """How many rows were read: those accepted and those refused."""
        return self.accepted + self.refused

    def accepted_of(
        self, reading: Iterable[Accepted[EntityT] | Refused]
    ) -> Iterator[Accepted[EntityT]]:
        """Let the accepted rows pass, and count every row."""
        for found in reading:
            if isinstance(found, Refused):
                self.refusals.put(refused_as_data(found))
            else:
                self.accepted += 1
                self.notes.update(map(str, found.notes))
                yield found

    def __enter__(self) -> Self:
        """Use the report in a ``with`` block."""
        return self

    def __exit__(self, *_failure: object) -> None:
        """Let go of the refusals that were put aside."""
        self.refusals.close()


def refused_as_data(refused: Refused) -> dict[str, Any]:
    """
    Give a refused row as plain data: where, what is wrong in a sentence, and fault by fault.

    >>> from salesfunnel.errors import Text
    >>> from salesfunnel.interop import Refused, RowFault
    >>> refused_as_data(Refused(3, (RowFault(Text("odd", "is odd")),)))["problem"]
    'is odd'
    """
    return {
        "row": refused.row,
        "column": refused.column,
        "problem": refused.problem,
        "faults": [fault.as_data() for fault in refused.faults],
    }

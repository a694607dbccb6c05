"""The account of rows: every row that was read was either accepted or refused, and none is lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Self, TypeVar

from .reading import Accepted
from .records import Refused
from .sorted_store import SortedStore

EntityT = TypeVar("EntityT")


class ImportReport:
    """
    Counts the rows of a reading as they pass, and puts aside why some were refused.

    >>> from salesfunnel.interop import Accepted, Refused
    >>> rows = [Accepted(2, "a lead"), Refused(3, "", "odd")]
    >>> with ImportReport() as account:
    ...     [found.row for found in account.accepted_of(rows)]
    [2]
    >>> account.read, account.accepted, account.refused
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
                refusal = {"row": found.row, "field": found.field, "problem": found.problem}
                self.refusals.put(refusal)
            else:
                self.accepted += 1
                self.notes.update(found.notes)
                yield found

    def __enter__(self) -> Self:
        """Use the account in a ``with`` block."""
        return self

    def __exit__(self, *_failure: object) -> None:
        """Let go of the refusals that were put aside."""
        self.refusals.close()

"""The report on an import: every row was accepted, repeated or refused, and none is lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, Self, TypeVar

from .row_fault import Refused, RowFault
from .row_outcomes import (
    IS_KNOWN_AS,
    REPEATS,
    REPEATS_KNOWN,
    REPEATS_KNOWN_AS,
    TELLS_MORE,
    Accepted,
    Joined,
    Repeated,
)
from .sorted_store import SortedStore

WORD = "\0"
"""Stands for the word in a note that is the same for several."""

MORE_NOTES = "and others, which the rows themselves tell"

EntityT = TypeVar("EntityT")

_MOST_NOTES = 1_000
_MOST_WORDS = 100
_NAMED = ("word", "of")
_COUNTED = (REPEATS, REPEATS_KNOWN, REPEATS_KNOWN_AS, IS_KNOWN_AS, TELLS_MORE)


class ImportReport:
    """
    Counts the rows of a reading as they pass, and puts aside why some were refused.

    A row that tells more of an entity counts as accepted; one that tells nothing new is repeated.

    >>> from salesfunnel.errors import Text
    >>> from salesfunnel.interop import Accepted, Refused, RowFault
    >>> rows = [Accepted(2, "a lead"), Refused(3, (RowFault(Text("odd", "is odd")),))]
    >>> with ImportReport() as rows_of_file:
    ...     [found.row for found in rows_of_file.accepted_of(rows)]
    [2]
    >>> rows_of_file.read, rows_of_file.accepted, rows_of_file.repeated, rows_of_file.refused
    (2, 1, 0, 1)
    """

    def __init__(self) -> None:
        """Begin with nothing read."""
        self.accepted: int = 0
        self.joined: SortedStore = SortedStore()
        self.repetitions: SortedStore = SortedStore()
        self.notes: Counter[str] = Counter()
        self.words: dict[str, Counter[str]] = {}
        """The words and rows that notes name, as they stand there, under the note without them."""
        self.refusals: SortedStore = SortedStore()
        self.known: SortedStore = SortedStore()
        """The rows about what was known before under other ids, with these ids."""

    @property
    def refused(self) -> int:
        """How many rows were refused."""
        return len(self.refusals)

    @property
    def repeated(self) -> int:
        """How many rows told nothing that was not told before."""
        return len(self.repetitions)

    @property
    def read(self) -> int:
        """How many rows were read: those accepted, those repeated and those refused."""
        return self.accepted + self.repeated + self.refused

    def accepted_of(
        self,
        reading: Iterable[Accepted[EntityT] | Joined[EntityT] | Repeated[EntityT] | Refused],
    ) -> Iterator[Accepted[EntityT]]:
        """Let pass each row with which an entity was accepted, and count every row."""
        for found in reading:
            if isinstance(found, Refused):
                self.refusals.put(refused_as_data(found))
                continue
            for note in found.notes:
                if note.text not in _COUNTED:
                    self._count(note)
            if not isinstance(found, Joined) and found.known_as:
                links = [{"id": link.one, "by": [*link.by]} for link in found.known_as]
                self.known.put({"row": found.row, "as": links})
            if isinstance(found, Repeated):
                self.repetitions.put({"row": found.row, "of": found.of})
                continue
            self.accepted += 1
            if isinstance(found, Joined):
                self.joined.put({"row": found.row, "of": found.of})
            else:
                yield found

    def _count(self, note: RowFault) -> None:
        """Count a note; those that differ in the word or the row that they name alone are one."""
        said, word = str(note), None
        named = next((note.params[name] for name in _NAMED if name in note.params), None)
        if named is not None:
            word = repr(named)
            said = said.replace(word, WORD, 1)
        if said not in self.notes and len(self.notes) >= _MOST_NOTES:
            said, word = MORE_NOTES, None
        self.notes[said] += 1
        if word is not None:
            words = self.words.setdefault(said, Counter())
            if word in words or len(words) < _MOST_WORDS:
                words[word] += 1

    def __enter__(self) -> Self:
        """Use the report in a ``with`` block."""
        return self

    def __exit__(self, *_failure: object) -> None:
        """Let go of what was put aside."""
        for store in (self.refusals, self.repetitions, self.joined, self.known):
            store.close()


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

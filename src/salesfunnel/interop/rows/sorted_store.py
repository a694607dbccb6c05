"""
A sorted store: records put aside on disk and given back in the order of their ranks.

A ranking can only be printed once the last row has been read. Keeping the records of a long list
on disk, and only their places in memory, lets it pass through a small machine.
"""

from __future__ import annotations

import json
import tempfile
from array import array
from collections.abc import Iterator
from typing import Any, Self

Rank = tuple[float, ...]

_IN_MEMORY = 2**20
_UNIT = 16  # in bytes: places are counted in units, so that four bytes hold each of them


class SortedStore:
    """
    Records on disk, lowest rank first; those of one rank in the order in which they came.

    >>> with SortedStore() as store:
    ...     store.put({"lead": "later"}, rank=(2,))
    ...     store.put({"lead": "first"}, rank=(1,))
    ...     [record["lead"] for record in store]
    ['first', 'later']
    """

    def __init__(self) -> None:
        """Begin in memory; when that is too small, a temporary file is used until the end."""
        self._file = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 - closed below
        self._places: dict[Rank, array[int]] = {}
        self._end = 0

    def put(self, record: dict[str, Any], *, rank: Rank = ()) -> None:
        """Put one record aside."""
        line = json.dumps(record, ensure_ascii=False, allow_nan=False).encode() + b"\n"
        units = -(-len(line) // _UNIT)
        self._file.write(line.ljust(units * _UNIT, b"\n"))
        self._places.setdefault(rank, array("I")).append(self._end)
        self._end += units

    def __len__(self) -> int:
        """How many records were put aside."""
        return sum(map(len, self._places.values()))

    def texts(self) -> Iterator[str]:
        """Give the records back in the order of their ranks, as lines of JSON."""
        for rank in sorted(self._places):
            for place in self._places[rank]:
                self._file.seek(place * _UNIT)
                yield self._file.readline().decode().rstrip("\n")

    def __iter__(self) -> Iterator[dict[str, Any]]:
        """Give the records back in the order of their ranks."""
        return map(json.loads, self.texts())

    def close(self) -> None:
        """Let go of the records."""
        self._file.close()

    def __enter__(self) -> Self:
        """Use the store in a ``with`` block."""
        return self

    def __exit__(self, *_failure: object) -> None:
        """Let go of the records."""
        self.close()

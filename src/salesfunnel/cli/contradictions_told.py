"""Contradictions of one kind in one line: the first in full, and of how many others it is so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..interop.printing import kept_in_line
from ..interop.rows.file_contradiction import FileContradiction
from ..values.text import shown

_MOST_NAMED = 5


def contradictions_told(found: Iterable[FileContradiction]) -> Iterator[str]:
    """
    Say the first of each kind, and the ids that the first few others begin with.

    >>> from salesfunnel.errors import Text
    >>> UNKNOWN = Text("unknown", "a history is that of {of}, which is in no file")
    >>> for line in contradictions_told(
    ...     FileContradiction(UNKNOWN, {"of": of}) for of in "ABCDEFGH"
    ... ):
    ...     print(line)
    a history is that of A, which is in no file; likewise B, C, D, E, F and 2 more
    """
    kinds: dict[tuple[str, str], list[FileContradiction]] = {}
    for one in found:
        kinds.setdefault((one.code, str(one.params.get("word", ""))), []).append(one)
    for first, *others in kinds.values():
        named = [kept_in_line(shown(str(next(iter(one.params.values()), "")))) for one in others]
        more = len(others) - _MOST_NAMED
        said = ", ".join(named[:_MOST_NAMED]) + (f" and {more:,} more" if more > 0 else "")
        yield f"{first}; likewise {said}" if others else str(first)

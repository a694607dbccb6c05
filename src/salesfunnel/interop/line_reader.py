"""
The lines of a list, as they stand in the file, with a way to take some of them back.

Whoever looks for a closing quotation mark reads ahead; where there is none, the lines read in
vain are put back and each is a row of its own again.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence

LONGEST_LINE = 2**20
"""In letters. Of a longer line only so much is kept; its length tells that it was cut."""


class LineReader(Iterator[str]):
    r"""
    LineReader with their ends, of which ``\n``, ``\r\n`` and the old ``\r`` may stand in one file.

    >>> import io
    >>> lines = LineReader(io.StringIO("name\rSara\r\nAram", newline="").readline)
    >>> first = next(lines)
    >>> lines.put_back([first])
    >>> list(lines)
    ['name\r', 'Sara\r\n', 'Aram']
    """

    def __init__(self, read_line: Callable[[int], str]) -> None:
        """Read from a function such as `io.TextIOBase.readline`, given the most letters wanted."""
        self._read_line = read_line
        self._waiting: deque[str] = deque()
        self._may_be_half_an_end = False

    def __next__(self) -> str:
        """Give the next line, cut where it is too long."""
        if self._waiting:
            return self._waiting.popleft()
        line = self._read_line(LONGEST_LINE)
        if self._may_be_half_an_end and line == "\n":
            line = self._read_line(LONGEST_LINE)
        self._may_be_half_an_end = False
        if not line:
            raise StopIteration
        if len(line) == LONGEST_LINE:
            self._skip_the_rest(line)
        return line

    def put_back(self, lines: Sequence[str]) -> None:
        """Let these lines come next, in this order."""
        self._waiting.extendleft(reversed(lines))

    def _skip_the_rest(self, piece: str) -> None:
        while len(piece) == LONGEST_LINE and not piece.endswith(("\n", "\r")):
            piece = self._read_line(LONGEST_LINE)
        # The cut may have fallen between the two letters of a line end.
        self._may_be_half_an_end = len(piece) == LONGEST_LINE and piece.endswith("\r")

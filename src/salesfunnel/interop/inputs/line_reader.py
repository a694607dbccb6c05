"""The lines of a text, of which a block is read and decoded at a time, and cut at once."""

from __future__ import annotations

import codecs
import io
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from typing import BinaryIO

from .input_file import MARK_DAMAGE

LONGEST_LINE = 2**20
"""In letters. Of a longer line only so much is kept; its length tells that it was cut."""

_BLOCK = 2**15


class LineReader(Iterator[str]):
    r"""
    Lines with their ends, of which ``\n``, ``\r\n`` and the old ``\r`` may stand in one file.

    >>> import io
    >>> lines = LineReader(io.StringIO("name\rSara\r\nAram", newline="").read)
    >>> first = next(lines)
    >>> lines.put_back([first])
    >>> list(lines)
    ['name\r', 'Sara\r\n', 'Aram']
    """

    is_sound: bool = False
    """Whether it is known that all that was read so far was written without a fault."""

    def __init__(self, read: Callable[[], str]) -> None:
        """Read from a function that gives the next piece of the text, and nothing at its end."""
        self._read = read
        self._waiting: deque[str] = deque()
        self._begun = ""
        self._is_at_end = False

    def __next__(self) -> str:
        """Give the next line, cut where it is too long."""
        while not self._waiting:
            if self._is_at_end:
                raise StopIteration
            self._waiting.extend(self._more())
        return self._waiting.popleft()

    def put_back(self, lines: Sequence[str]) -> None:
        """Let these lines come next, in this order."""
        self._waiting.extendleft(reversed(lines))

    def _more(self) -> list[str]:
        """Give the lines that end in the next piece, and keep the one that is begun."""
        piece = self._read()
        self._is_at_end = not piece
        text = f"{self._begun}{piece}"
        lines = _cut(text)
        begun = lines.pop()
        if self._is_at_end:
            lines += [begun] if begun else []
        elif len(begun) > LONGEST_LINE:  # what may be half of a line end is kept
            begun = begun[:LONGEST_LINE] + ("\r" if begun.endswith("\r") else "")
        self._begun = begun
        if len(text) > LONGEST_LINE:
            return [line[:LONGEST_LINE] for line in lines]
        return lines


def _cut(text: str) -> list[str]:
    """Cut a text into lines; the last has no end, or one of which more may come."""
    if "\r" not in text or text.count("\r") == text.count("\r\n"):  # as nearly always
        *lines, last = text.split("\n")
        return [*(f"{line}\n" for line in lines), last]
    lines = io.StringIO(text, newline="").readlines()
    return [*lines, ""] if text.endswith("\n") else lines


class FileLines(LineReader):
    r"""
    The lines of an opened file in an encoding; its byte order mark is left out.

    A block of sound UTF-8 is decoded at once; where one is not, the bytes that mean nothing are
    marked, and from there on each line has to be looked at.

    >>> list(FileLines(io.BytesIO(b"\xef\xbb\xbfname\nSara"), "utf-8"))
    ['name\n', 'Sara']
    """

    def __init__(self, file: BinaryIO, encoding: str) -> None:
        """Read on from where the file stands."""
        self.is_sound: bool = encoding == "utf-8"
        self._file = file
        self._decoder = codecs.getincrementaldecoder(encoding)(
            "strict" if self.is_sound else MARK_DAMAGE
        )
        super().__init__(self._decoded)
        first = next(self, "")
        # A line that was cut keeps its length, and with it the sign that it was.
        self.put_back([first if len(first) == LONGEST_LINE else first.lstrip("\ufeff")])

    def _decoded(self) -> str:
        """Decode the next block of which there is a letter."""
        text = ""
        block = b"-"
        while block and not text:
            block = self._file.read(_BLOCK)
            try:
                text = self._decoder.decode(block, not block)
            except UnicodeDecodeError:  # of sound UTF-8 so far, which has kept what is begun
                self.is_sound = False
                self._decoder.errors = MARK_DAMAGE
                text = self._decoder.decode(block, not block)
        return text

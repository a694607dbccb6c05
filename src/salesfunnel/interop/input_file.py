"""
A file as it comes in: opened with care, and read line by line, with a way to take lines back.

Who looks for a closing quotation mark reads ahead; where there is none, the lines read in vain are
put back and each is a row of its own again.
"""

from __future__ import annotations

import codecs
import io
import os
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from ..errors import Text, UnreadableFile, WrongKind
from ..values.text import shown

LONGEST_LINE = 2**20
"""In letters. Of a longer line only so much is kept; its length tells that it was cut."""

DAMAGE = "\udc80"
"""Stands in decoded text for bytes that mean nothing; no encoding yields it for sound bytes."""

MARK_DAMAGE = "salesfunnel-mark-damage"
"""The name under which Python's codecs know how to put `DAMAGE` in the place of broken bytes."""

_LONGEST_NAME = 80
_IS_A_FOLDER = Text("is_a_folder", "is a folder", "name the file inside it")
_NO_SUCH_FILE = Text("no_such_file", "does not exist", "check its name and folder")
_NOT_A_FILE = Text("not_an_ordinary_file", "is not an ordinary file", "save it to one first")
_CANNOT_BE_OPENED = Text(
    "cannot_be_opened",
    "cannot be opened or read",
    "check that you may read it and that its disk is there",
)


def file_name(path: Path) -> str:
    """
    Name a file in a message: its last part, without what a screen would obey, and not too long.

    >>> file_name(Path("lists", "leads.csv"))
    'leads.csv'
    """
    return shown(path.name or str(path), limit=_LONGEST_NAME)


def path_of(path: object) -> Path:
    """
    Return the path of a file that was given as a text or as a path.

    >>> path_of("leads.csv").suffix
    '.csv'
    """
    if not isinstance(path, (str, os.PathLike)):
        raise WrongKind.of("path", path, wanted='the name of a file, such as "leads.csv"')
    return Path(path)


@contextmanager
def opened(path: Path) -> Generator[BinaryIO, None, None]:
    """
    Open an ordinary file; any objection of the operating system becomes `UnreadableFile`.

    >>> with opened(Path("no such list.csv")) as file:
    ...     pass
    Traceback (most recent call last):
    salesfunnel.errors.UnreadableFile: no such list.csv: does not exist; check its name and folder
    """
    try:
        _refuse_what_is_no_file(path)
        with path.open("rb") as file:
            yield file
    except OSError:
        raise UnreadableFile(file_name(path), _CANNOT_BE_OPENED) from None


def _refuse_what_is_no_file(path: Path) -> None:
    if path.is_dir():
        raise UnreadableFile(file_name(path), _IS_A_FOLDER)
    if not path.exists():
        raise UnreadableFile(file_name(path), _NO_SUCH_FILE)
    if not path.is_file():
        raise UnreadableFile(file_name(path), _NOT_A_FILE)


class LineReader(Iterator[str]):
    r"""
    Lines with their ends, of which ``\n``, ``\r\n`` and the old ``\r`` may stand in one file.

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


def lines_of(file: BinaryIO, encoding: str) -> LineReader:
    r"""
    Read the lines of an opened file in an encoding; its byte order mark is left out.

    >>> list(lines_of(io.BytesIO(b"\xef\xbb\xbfname\nSara"), "utf-8"))
    ['name\n', 'Sara']
    """
    text = io.TextIOWrapper(file, encoding=encoding, errors=MARK_DAMAGE, newline="")
    lines = LineReader(text.readline)
    first = next(lines, "")
    # A line that was cut keeps its length, and with it the sign that it was.
    lines.put_back([first if len(first) == LONGEST_LINE else first.lstrip("\ufeff")])
    return lines


def _mark_damage(error: UnicodeError) -> tuple[str, int]:
    """Put one `DAMAGE` in the place of bytes that mean nothing, and go on after them."""
    if isinstance(error, UnicodeDecodeError):
        return DAMAGE, error.end
    raise error


codecs.register_error(MARK_DAMAGE, _mark_damage)

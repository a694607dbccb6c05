"""A file as it comes in: named, opened with care, and its broken bytes marked, never guessed."""

from __future__ import annotations

import codecs
import os
import sys
import tempfile
import weakref
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, BinaryIO

import attrs

from ...errors import Text, UnreadableFile
from ...values.text import shown

DAMAGE = "\ud800"
"""Stands before bytes that mean nothing, each of which follows as ``surrogateescape`` has it."""

MARK_DAMAGE = "salesfunnel-mark-damage"
"""The name under which Python's codecs know how to put `DAMAGE` before broken bytes."""

_STANDARD_INPUT = "-"
_LONGEST_NAME = 80
_CHUNK = 2**16
_LARGEST_COPY = 2**32
_IS_A_FOLDER = Text("is_a_folder", "is a folder", "name the file inside it")
_NO_SUCH_FILE = Text("no_such_file", "does not exist", "check its name and folder")
_NOT_A_FILE = Text("not_an_ordinary_file", "is not an ordinary file", "save it to one first")
_CANNOT_BE_OPENED = Text(
    "cannot_be_opened",
    "cannot be opened or read",
    "check that you may read it and that its disk is there",
)
_CHANGED = Text(
    "changed_meanwhile", "was changed while it was read", "read it again when it is complete"
)
_CANNOT_BE_COPIED = Text(
    "cannot_be_copied", "cannot be read to its end", "save it as a file, and name that"
)


def file_name(path: Path) -> str:
    """
    Name a file in a message: its last part, without what a screen would obey, and not too long.

    >>> file_name(Path("lists", "leads.csv"))
    'leads.csv'
    """
    return shown(path.name or str(path), limit=_LONGEST_NAME)


@contextmanager
def opened(path: Path) -> Generator[BinaryIO, None, None]:
    """
    Open an ordinary file; any objection of the operating system becomes `UnreadableFile`.

    >>> with opened(Path("no such list.csv")) as file:
    ...     pass
    Traceback (most recent call last):
    salesfunnel.errors.UnreadableFile: no such list.csv: does not exist; check its name and folder
    """
    with InputFile(path, file_name(path)).opened() as file:
        yield file


@attrs.frozen(weakref_slot=True)
class InputFile:
    """
    A file that can be opened as often as wanted, under the name that messages call it.

    What was handed over as an open file, or comes from the standard input, is copied to the disk
    first, and the copy is removed with the last reference to it.

    >>> from io import BytesIO
    >>> copy = InputFile.of(BytesIO(b"name"))
    >>> with copy.opened() as file:
    ...     copy.name, file.read()
    ('the file', b'name')
    """

    path: Path
    name: str
    told: str = ""
    """The encoding, where the letters of the file were read before it was handed over."""
    copied_from: os.stat_result | None = attrs.field(default=None, eq=False, repr=False)
    """What the system says of the file on the disk that was handed over open, if it was one."""

    @classmethod
    def of(cls, given: Path | IO[Any]) -> InputFile:
        """Take a file by its path, an open file, or for ``-`` the standard input."""
        if isinstance(given, Path):
            if str(given) != _STANDARD_INPUT:
                return cls(given, file_name(given))
            if sys.stdin is None:  # as where a program was started without one
                raise UnreadableFile("standard input", _CANNOT_BE_COPIED)
            return cls._copied(getattr(sys.stdin, "buffer", sys.stdin), "standard input")
        named = getattr(given, "name", "")
        return cls._copied(given, shown(named) if isinstance(named, str) and named else "the file")

    @classmethod
    def _copied(cls, given: IO[Any], name: str) -> InputFile:
        """Copy an open file, of bytes or of text, so that it can be read more than once."""
        handle, path = tempfile.mkstemp(prefix="salesfunnel-")
        try:
            with os.fdopen(handle, "wb") as copy:
                told = _copy(given, copy)
        except (OSError, ValueError):
            Path(path).unlink()
            raise UnreadableFile(name, _CANNOT_BE_COPIED) from None
        found = cls(Path(path), name, told, _on_disk(given))
        weakref.finalize(found, Path(path).unlink, missing_ok=True)
        return found

    @contextmanager
    def opened(self) -> Generator[BinaryIO, None, None]:
        """Open it; any objection of the operating system becomes `UnreadableFile`."""
        try:
            self._refuse_what_is_no_file()
            with self.path.open("rb") as file:
                yield file
        except OSError:
            raise UnreadableFile(self.name, _CANNOT_BE_OPENED) from None

    def is_at(self, path: Path) -> bool:
        """Tell whether a path leads to this very file, or to that of which this is a copy."""
        try:
            return os.path.samestat(self.copied_from or self.path.stat(), path.stat())
        except (OSError, ValueError):  # nothing stands there
            return False

    def state(self) -> tuple[int, int]:
        """Return what changes when the file is written to."""
        try:
            found = self.path.stat()
        except (OSError, ValueError):  # it is gone, or no file can have that name
            return 0, 0
        return found.st_size, found.st_mtime_ns

    def refuse_another(self, before: tuple[int, int]) -> None:
        """Refuse to go on with a file that is not as it was: what was recognised is no more."""
        if self.path.exists() and self.state() != before:
            raise UnreadableFile(self.name, _CHANGED)

    def _refuse_what_is_no_file(self) -> None:
        if self.path.is_dir():
            raise UnreadableFile(self.name, _IS_A_FOLDER)
        if not self.path.exists():
            raise UnreadableFile(self.name, _NO_SUCH_FILE)
        if not self.path.is_file():
            raise UnreadableFile(self.name, _NOT_A_FILE)


def _on_disk(given: IO[Any]) -> os.stat_result | None:
    """Find the file behind an open one; what is in memory alone has none."""
    try:
        return os.fstat(given.fileno())
    except (OSError, ValueError, AttributeError):
        return None


def _copy(given: IO[Any], copy: BinaryIO) -> str:
    """Copy what is left of an open file; of text say that it is UTF-8 now."""
    told = ""
    while chunk := given.read(_CHUNK):
        if isinstance(chunk, str):
            chunk, told = chunk.encode("utf-8", "surrogatepass"), "utf-8"
        copy.write(chunk)
        if copy.tell() > _LARGEST_COPY:
            raise ValueError
    return told


def _mark_damage(error: UnicodeError) -> tuple[str, int]:
    """Put `DAMAGE` before bytes that mean nothing, keep them as surrogates, and go on."""
    if isinstance(error, UnicodeDecodeError):
        broken = error.object[error.start : error.end]
        return DAMAGE + "".join(chr(0xDC00 + byte) for byte in broken), error.end
    raise error


codecs.register_error(MARK_DAMAGE, _mark_damage)

"""A file as it comes in: named, opened with care, and its broken bytes marked, never guessed."""

from __future__ import annotations

import codecs
import os
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from ..errors import Text, UnreadableFile, WrongKind
from ..values.text import shown

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


def _mark_damage(error: UnicodeError) -> tuple[str, int]:
    """Put one `DAMAGE` in the place of bytes that mean nothing, and go on after them."""
    if isinstance(error, UnicodeDecodeError):
        return DAMAGE, error.end
    raise error


codecs.register_error(MARK_DAMAGE, _mark_damage)

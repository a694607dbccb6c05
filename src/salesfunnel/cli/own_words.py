"""What stands on the error stream is what the commands say, not what a library below them does."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_ERRORS = 2  # where a process writes what went wrong, also past Python


@contextmanager
def own_words_only() -> Iterator[None]:
    """
    Keep from the error stream of the process what is written there past Python.

    A reader of workbooks that is written in Rust tells there where it broke, for its makers; that
    a workbook is broken is said by us. Without an error stream of the process nothing is done.

    >>> with own_words_only():
    ...     print("read")
    read
    """
    stream = sys.stderr
    if not _is_of_process(stream):
        yield
        return
    stream.flush()
    kept = os.dup(_ERRORS)
    with os.fdopen(kept, "w", 1, stream.encoding, stream.errors) as ours:
        with Path(os.devnull).open("wb") as nowhere:
            os.dup2(nowhere.fileno(), _ERRORS)
        sys.stderr = ours
        try:
            yield
        finally:
            sys.stderr = stream
            os.dup2(kept, _ERRORS)


def _is_of_process(stream: object) -> bool:
    try:
        return stream.fileno() == _ERRORS  # type: ignore[attr-defined, no-any-return]
    except (AttributeError, OSError, ValueError):  # there is none, or it is a text in memory
        return False

"""What the commands print: results, complaints, progress, and JSON that any program can read."""

from __future__ import annotations

import codecs
import io
import json
import sys
from collections.abc import Generator, Iterable
from typing import TypeVar

_EVERY = 1_000
_ESCAPES = "salesfunnel-json"
T = TypeVar("T")


def complain(sentence: str) -> None:
    """
    Say on the error stream what went wrong; where it is closed, the exit status has to do.

    >>> complain("interrupted")
    """
    if sys.stderr is not None:
        print(f"salesfunnel: {sentence}", file=sys.stderr)


def write(pieces: Iterable[str], *, end: str = "") -> None:
    """
    Print piece by piece.

    >>> write(["one", "two", "three"])
    onetwothree
    """
    for piece in pieces:
        print(piece, end=end)


def watched(rows: Iterable[T]) -> Generator[T, None, None]:
    """
    Show on a terminal how many rows have been read; in a pipe, say nothing.

    >>> list(watched([1, 2]))
    [1, 2]
    """
    if sys.stderr is None or not sys.stderr.isatty():
        yield from rows
        return
    try:
        for number, row in enumerate(rows, start=1):
            if number % _EVERY == 0:
                print(f"\r{number:,} rows", end="", file=sys.stderr, flush=True)
            yield row
    finally:
        print("\r\x1b[K", end="", file=sys.stderr, flush=True)


def prepare_streams(*, json_wanted: bool) -> None:
    """
    Let no name fail because the output lacks its letters, and keep JSON readable for any program.

    >>> prepare_streams(json_wanted=True)
    """
    codecs.register_error(_ESCAPES, _escaped)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            if stream is sys.stderr or not json_wanted:
                stream.reconfigure(errors="backslashreplace")
            elif stream.encoding.lower().replace("-", "") == "utf8":
                stream.reconfigure(errors=_ESCAPES)
            else:
                stream.reconfigure(encoding="ascii", errors=_ESCAPES)


def _escaped(error: UnicodeError) -> tuple[str, int]:
    """Write letters that the output lacks as JSON does."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return json.dumps(error.object[error.start : error.end])[1:-1], error.end

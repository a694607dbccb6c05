"""Where a command writes: what cannot be written, or is read by it, is refused before it runs."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from ..errors import InvalidValue, Text
from ..interop.writing.replaced_file import replaced

_READ = ("file", "files", "deals", "calls", "known", "history", "rates", "mapping", "to")
_READ_BY_NAME = ("pipeline", "policy")
_WRITTEN = {"--out": "out", "--refused-to": "refused_to"}
_STREAM = "-"
_NO_STREAM = Text(
    "stream_as_target", "{field} is a file of its own, and not the output", "the name of a file"
)
_OVER_ITS_INPUT = Text(
    "out_over_input", "{field} is a file that is read by the same command", "another name"
)
_REST_IS_OUT = Text("rest_is_out", "{field} is the file of --out", "another name")


def check_targets(options: argparse.Namespace) -> None:
    """
    Refuse a target that cannot be written, or is a file that the same command reads.

    That may be a list, a mapping, a history, rates, a pipeline or a policy.

    >>> check_targets(argparse.Namespace(file="fair.csv", out="-"))
    Traceback (most recent call last):
    salesfunnel.errors.InvalidValue: --out is a file of its own, and not the output; allowed: ...
    """
    given = {option: getattr(options, name, None) for option, name in _WRITTEN.items()}
    targets = {option: target for option, target in given.items() if target is not None}
    for option, target in targets.items():
        if target == _STREAM:
            raise InvalidValue(option, _NO_STREAM)
        if any(_is_same(target, read) for read in _files_read(options)):
            raise InvalidValue(option, _OVER_ITS_INPUT)
    if len(set(map(os.path.realpath, targets.values()))) < len(targets):
        raise InvalidValue("--refused-to", _REST_IS_OUT)
    for target in targets.values():
        with replaced(target):  # nothing is written, so what stands there stays
            pass


def _files_read(options: argparse.Namespace) -> Iterator[str]:
    """List what may name a file that the command reads; a name of a preset is none."""
    for name in (*_READ, *_READ_BY_NAME):
        found = getattr(options, name, None) or ()
        yield from (found,) if isinstance(found, str) else found


def _is_same(target: str, read: str) -> bool:
    try:
        found = os.fstat(sys.stdin.fileno()) if read == _STREAM else Path(read).stat()
        return os.path.samestat(Path(target).stat(), found)
    except (OSError, ValueError, AttributeError):  # one of them is not there yet, or no file
        return False

"""Options that say something of a file: refused where that file is not given."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from types import MappingProxyType

from ..errors import InvalidValue, Text

_OF_HISTORY = {"history_sheet": "history"}
_OF_FILES: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "report": _OF_HISTORY,
        "funnel": {**_OF_HISTORY, "deals_sheet": "deals", "pipeline": "deals", "show": "deals"},
    }
)
_WITHOUT_FILE = Text(
    "option_without_file", "{field} is about a file of {kind}, and none is given", "name the file"
)


def check_belonging(options: argparse.Namespace) -> None:
    """
    Refuse an option that is about a file which the command was not given.

    >>> given = {"command": "report", "history_sheet": "2026", "history": None, "example": True}
    >>> check_belonging(argparse.Namespace(**given))
    Traceback (most recent call last):
    salesfunnel.errors.InvalidValue: --history-sheet is about a file of history, ...
    """
    given = {kind for kind in ("history", "deals") if getattr(options, kind, None)}
    given |= {"deals"} if options.example else set()
    for option, kind in _OF_FILES[options.command].items():
        if getattr(options, option) and kind not in given:
            raise InvalidValue(f"--{option.replace('_', '-')}", _WITHOUT_FILE, {"kind": kind})

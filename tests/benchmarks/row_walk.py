"""
Through which files one row of a list goes on its way to an assessment.

Run it with ``python tests/benchmarks/row_walk.py``. A row in the middle of a plain list is followed
from its line to its verdict; what is done once for the whole file is not counted.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType
from typing import Any

import salesfunnel
from salesfunnel import BANT
from salesfunnel.interop import read_leads

PACKAGE = Path(salesfunnel.__file__).parent
MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
ROWS = (
    "Name,Company,Email,Phone,Source,Need,Budget\n"
    "Ani Petrosyan,Ararat Trade,ani@ararat.example,+374 10 123456,fax,yes,\n"
    "Sara Ahmadi,Novin Tejarat,sara@novin.example,+98 21 8888 0000,exhibition,yes,no\n"
)


def files_of(act: Callable[[], Any]) -> tuple[Any, list[str]]:
    """Do something, and list the files of the library in which a function was called for it."""
    passed: dict[str, None] = {}

    def watch(frame: FrameType, _event: str, _argument: object) -> None:
        file = Path(frame.f_code.co_filename)
        if file.is_relative_to(PACKAGE):
            passed[file.relative_to(PACKAGE).as_posix()] = None

    before = sys.gettrace()
    sys.settrace(watch)
    try:
        done = act()
    finally:
        sys.settrace(before)
    return done, list(passed)


def walk() -> list[str]:
    """Follow the second row of the list from its line to its verdict."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "list.csv")
        path.write_text(ROWS, encoding="utf-8")
        rows = iter(read_leads(path, at=MONDAY))
        BANT.assess(next(rows).entity, at=MONDAY)
        found, read = files_of(lambda: next(rows))
        _, judged = files_of(lambda: BANT.assess(found.entity, at=MONDAY))
        rows.close()
    return list(dict.fromkeys([*read, *judged]))


def main() -> None:
    """Print the files in the order of the way."""
    passed = walk()
    for number, file in enumerate(passed, start=1):
        print(f"{number:>3}. {file}")


if __name__ == "__main__":
    main()

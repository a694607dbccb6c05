"""A table as JSON lines: an object in each line, without the names of blank cells."""

from __future__ import annotations

import json
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

from ..cells.cell_values import as_cell
from .tables import Cell, Table


def write_json_lines(table: Table, path: Path) -> None:
    r"""
    Write a table to a file in which each line is a JSON object. Numbers stay exact.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     deals = Table(["Deal", "Amount"], [("7", Decimal("0.10")), ("8", None)])
    ...     write_json_lines(deals, Path(folder, "deals.jsonl"))
    ...     Path(folder, "deals.jsonl").read_text("utf-8")
    '{"Deal": "7", "Amount": 0.10}\n{"Deal": "8"}\n'
    """
    names = [_text(name) for name in table.header]
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(_line(names, row) for row in table.rows)


def _line(names: Sequence[str], row: Sequence[Cell]) -> str:
    pairs = zip(names, row, strict=True)
    told = (f"{name}: {_value(cell)}" for name, cell in pairs if cell is not None and cell != "")
    return f"{{{', '.join(told)}}}\n"


def _value(cell: Cell) -> str:
    """Write a value as JSON has it; a day or a moment is a text."""
    if isinstance(cell, (bool, int, Decimal)):
        return as_cell(cell)[0]
    return _text(as_cell(cell)[0])


def _text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)

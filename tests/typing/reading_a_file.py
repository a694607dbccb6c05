"""A file is read, row by row."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import assert_type

from salesfunnel import Lead
from salesfunnel.interop import Accepted, FileReading, Joined, Refused, Repeated, read_leads


def people(path: Path, at: datetime) -> list[str]:
    """List the people of a file, and what is wrong with the other rows."""
    reading = read_leads(path, at=at)
    assert_type(reading, FileReading[Lead])
    lines = []
    for row in reading:
        if isinstance(row, Refused):
            lines.append(f"row {row.row}: {row.problem}")
        else:
            assert_type(row, Accepted[Lead] | Joined[Lead] | Repeated[Lead])
            lines.append(str(row.entity.person))
    return lines

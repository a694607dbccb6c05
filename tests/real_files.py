"""Finding real files for a test, so that no test passes because a folder is empty."""

from __future__ import annotations

from pathlib import Path


def files_in(folder: Path, pattern: str) -> list[Path]:
    """List the files of a folder that match a pattern, in order; there is at least one."""
    found = sorted(folder.rglob(pattern))
    assert found, f"there is no {pattern} in {folder}"
    return found

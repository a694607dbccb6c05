"""What became of a list that was written: how many rows, and what it could not hold."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import attrs

from ...errors import Text
from .left_out import LeftOut

_MISSING = Text("required_is_blank", "{header}: blank in {count:,}, though the system demands it")


@attrs.frozen
class Missing:
    """
    A column that the target system demands, and in how many rows it is blank.

    >>> print(Missing("Last Name", 2))
    Last Name: blank in 2, though the system demands it
    """

    header: str
    count: int

    @property
    def code(self) -> str:
        """The code of the sentence, the same in every language."""
        return _MISSING.code

    def as_data(self) -> dict[str, Any]:
        """
        Give it as plain data.

        >>> Missing("Last Name", 2).as_data()["count"]
        2
        """
        said = {"header": self.header, "count": self.count}
        return {**said, "code": self.code, "message": str(self)}

    def __str__(self) -> str:
        """Say which, and in how many rows."""
        return _MISSING.template.format(header=self.header, count=self.count)


@attrs.frozen
class Written:
    """
    A list that was written; made by `write_leads` and its like.

    ``left_out`` names fact by fact what the list could not hold, or holds in another way
    (`LeftOut.is_lost`), ``missing`` the columns that the target system demands and that are blank.

    >>> print(Written("leads.csv", 2, (), ()))
    leads.csv: 2 rows, and nothing was left out
    """

    file: str
    rows: int
    left_out: tuple[LeftOut, ...]
    missing: tuple[Missing, ...] = ()

    def as_data(self) -> dict[str, Any]:
        """
        Give it as plain data.

        >>> Written("leads.csv", 2, (), ()).as_data()["rows"]
        2
        """
        return {
            "file": self.file,
            "rows": self.rows,
            "left_out": [one.as_data() for one in self.left_out],
            "missing": [one.as_data() for one in self.missing],
        }

    def __str__(self) -> str:
        """Say how many rows; what is missing, what was left out and what is written otherwise."""
        lost = [one for one in self.left_out if one.is_lost]
        rows = f"{self.file}: {self.rows:,} row{'' if self.rows == 1 else 's'}"
        is_whole = not lost and not self.missing
        lines = [f"{rows}, and nothing was left out" if is_whole else rows]
        told: dict[str, Sequence[object]] = {
            "missing:": self.missing,
            "left out:": lost,
            "written otherwise:": [one for one in self.left_out if not one.is_lost],
        }
        for heading, facts in told.items():
            lines += [heading, *(f"  {one}" for one in facts)] if facts else []
        return "\n".join(lines)

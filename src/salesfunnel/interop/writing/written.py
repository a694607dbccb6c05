"""What became of a list that was written: how many rows, and what it could not hold."""

from __future__ import annotations

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

    ``left_out`` names fact by fact what the list could not hold, ``missing`` the columns that the
    target system demands and that are blank.

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
        """Say how many rows, and below it what is missing and what was left out."""
        rows = f"{self.file}: {self.rows:,} row{'' if self.rows == 1 else 's'}"
        if not self.left_out and not self.missing:
            return f"{rows}, and nothing was left out"
        lines = [rows]
        if self.missing:
            lines += ["missing:", *(f"  {one}" for one in self.missing)]
        if self.left_out:
            lines += ["left out:", *(f"  {one}" for one in self.left_out)]
        return "\n".join(lines)

"""What is wrong or odd about a row: a sentence with its code, and the column it is about."""

from __future__ import annotations

from typing import Any

import attrs

from ...errors import InvalidValue, Statement
from ...values.text import shown

_LONGEST_COLUMN = 60


@attrs.frozen
class RowFault(Statement):
    """
    One fault of a row, or a note on it: ``message`` is the template with the ``params`` filled in.

    ``column`` is empty where the row as a whole is meant. The content of a cell is never repeated,
    but for a word that a vocabulary does not know.

    >>> from salesfunnel.errors import Text
    >>> CELLS = Text("cell_count", "has {found} cells where the header has {wanted}")
    >>> print(RowFault(CELLS, {"found": 3, "wanted": 5}))
    has 3 cells where the header has 5
    """

    column: str = ""

    @classmethod
    def of(cls, error: InvalidValue, column: str) -> RowFault:
        """
        Say why a value cannot exist, under the name of its column if it has one.

        >>> from salesfunnel.errors import Text
        >>> NUMBER = Text("not_a_count", "{field} is not a number of people", "40 or 51-200")
        >>> print(RowFault.of(InvalidValue("employees", NUMBER), "Effectif"))
        Effectif is not a number of people; allowed: 40 or 51-200
        """
        return cls(error.text, {**error.params, "field": shown(column or error.field)}, column)

    def as_data(self) -> dict[str, Any]:
        """
        Give it as plain data.

        >>> from salesfunnel.errors import Text
        >>> BLANK = Text("blank", "{field} is blank")
        >>> RowFault(BLANK, {"field": "Stage"}, "Stage").as_data()["code"]
        'blank'
        """
        return {
            "column": self.column,
            "code": self.code,
            "message": self.message,
            "remedy": self.remedy,
            "params": {name: _plain(value) for name, value in self._params},
        }

    def __str__(self) -> str:
        """Say what is wrong, and what is allowed."""
        if not self.remedy:
            return self.message
        return f"{self.message}; {'allowed: ' if 'field' in self.params else ''}{self.remedy}"


def _plain(value: object) -> object:
    return value if value is None or isinstance(value, (str, int, float)) else str(value)


@attrs.frozen
class Refused:
    """
    One row that could not be read, and all that is wrong with it; the rows around it are fine.

    >>> from salesfunnel.errors import Text
    >>> CELLS = Text("cell_count", "has {found} cells where the header has {wanted}")
    >>> print(Refused(7, (RowFault(CELLS, {"found": 3, "wanted": 5}),)))
    row 7: has 3 cells where the header has 5
    """

    row: int
    faults: tuple[RowFault, ...]
    cells: tuple[str, ...] = attrs.field(default=(), eq=False, repr=False)
    """The row as it was read; empty where that failed before it had cells."""

    @property
    def column(self) -> str:
        """The column of the first fault; empty where the row as a whole is meant."""
        return self.faults[0].column

    @property
    def code(self) -> str:
        """The code of the first fault."""
        return self.faults[0].code

    @property
    def problem(self) -> str:
        """Everything that is wrong with the row."""
        return "; ".join(map(str, self.faults))

    def __str__(self) -> str:
        """Say which row, and what is wrong with it."""
        return f"row {self.row}: {self.problem}"

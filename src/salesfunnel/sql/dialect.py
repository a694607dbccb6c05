"""
A dialect of SQL: how it spells a name, a text, a number and an instant.

All that comes from outside, a name of a table or a word of a rule, goes through here, so that it
can never become anything but one name or one value.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

import attrs

from ..errors import InvalidValue, Text, WrongKind

_NO_NAME = Text(
    "sql_name", "{field} is not a name that a database takes", "1 to {most} bytes, without NUL"
)
_NO_TEXT = Text(
    "sql_text",
    "{field}: a text with NUL or half a character cannot stand in SQL",
    "leave it out",
)
_LONGEST_NAME = 63  # bytes; PostgreSQL cuts a longer one without a word, and reads another column
_EXACT_DIGITS = 15  # so many digits every database reads as the same float
_MOST_VALUES = 50  # of a function
_BITS = 53  # of a float


@attrs.frozen(kw_only=True)
class Dialect:
    """
    One dialect: its marks around names, its types, and where its planner may look ahead.

    ``fence`` and ``halt`` keep a planner from copying one step of a query into the next, time and
    again; without them a long query becomes endless. ``has_types`` says whether a column holds
    values of one type alone, ``escapes`` whether a backslash may mean something in a text, and
    ``micros`` how many millionths of a second an instant is after the year 1970.

    >>> from .dialects import DIALECTS
    >>> print(DIALECTS["duckdb"].name('12" screens', "table"))
    "12"" screens"
    >>> DIALECTS["postgresql"].text("it's 5 %")
    "'it''s 5 %'"
    """

    spelled: str
    mark: str
    double: str
    string: str
    collation: str
    greatest: str
    micros: str
    fence: str = ""
    halt: str = ""
    has_types: bool = True
    escapes: bool = False

    def name(self, name: object, field: str) -> str:
        """Write a name. Raises `InvalidValue` for one that a database would cut or misread."""
        if not isinstance(name, str):
            raise WrongKind.of(field, name, wanted="the name of a table or a column")
        if not 1 <= len(name) <= _LONGEST_NAME or not _is_whole(name):
            raise InvalidValue(field, _NO_NAME, {"most": _LONGEST_NAME})
        if len(name.encode()) > _LONGEST_NAME:
            raise InvalidValue(field, _NO_NAME, {"most": _LONGEST_NAME})
        return f"{self.mark}{name.replace(self.mark, 2 * self.mark)}{self.mark}"

    def table(self, table: str | Sequence[str]) -> str:
        """Write the name of a table, after that of its schema if there are two."""
        parts = (table,) if isinstance(table, str) else tuple(table)
        return ".".join(self.name(part, "table") for part in parts)

    def text(self, text: str, field: str = "text") -> str:
        """Write a text."""
        if not _is_whole(text):
            raise InvalidValue(field, _NO_TEXT)
        quoted = text.replace("'", "''")
        if self.escapes and "\\" in text:
            # However the server is set, a backslash then means itself.
            return "E'" + quoted.replace("\\", "\\\\") + "'"
        return f"'{quoted}'"

    def number(self, number: int | Decimal) -> str:
        """Write a number exactly; beside a minus another one would begin a comment."""
        said = f"{number:f}" if isinstance(number, Decimal) else str(number)
        return said if number >= 0 else f"({said})"

    def double_of(self, number: float) -> str:
        """Write a float, such that the database has the very same one."""
        if self.has_types:
            return f"CAST('{number!r}' AS {self.double})"
        if math.isinf(number):
            return "9e999" if number > 0 else "(-9e999)"
        if len(Decimal(repr(number)).as_tuple().digits) <= _EXACT_DIGITS:
            return f"({number!r})"
        # SQLite may read long decimals as a neighbour; a whole number, halved so often, is the one.
        share, twos = math.frexp(number)
        said, twos = f"CAST({int(share * 2**_BITS)} AS REAL)", twos - _BITS
        return f"({said} * {2**twos})" if twos >= 0 else f"({said} / {2**-twos})"

    def day(self, day: date) -> str:
        """Write a day."""
        return f"DATE '{day.isoformat()}'" if self.has_types else f"'{day.isoformat()}'"

    def moment(self, moment: datetime) -> str:
        """Write an instant of UTC, or a moment without a zone."""
        kind = "TIMESTAMP" if moment.tzinfo is None else "TIMESTAMPTZ"
        said = moment.isoformat(timespec="microseconds")
        return f"{kind} '{said}'" if self.has_types else f"'{said}'"

    def largest(self, values: Sequence[str]) -> str:
        """Write the largest of values that are not null; no function takes too long a list."""
        if len(values) > _MOST_VALUES:
            groups = range(0, len(values), _MOST_VALUES)
            return self.largest([self.largest(values[at : at + _MOST_VALUES]) for at in groups])
        return values[0] if len(values) == 1 else f"{self.greatest}({', '.join(values)})"


def _is_whole(text: str) -> bool:
    return "\0" not in text and not any("\ud800" <= letter <= "\udfff" for letter in text)

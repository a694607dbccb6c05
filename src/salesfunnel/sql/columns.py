"""The columns of a table: what each holds, where it is known, and how it compares with a value."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, tzinfo
from decimal import Decimal
from types import MappingProxyType
from typing import Any

import attrs

from ..errors import InvalidValue, Text, WrongKind
from ..rules.kinds import DAY, MOMENT, NO_ZONE, NUMBER, TEXT, YES_OR_NO
from ..values.converters import several
from ..values.instants import time_zone

_NO_TYPE = Text(
    "sql_column_type",
    "{field} cannot be what a column holds",
    "bool, int, float, Decimal, str, date or datetime",
)
_NO_WORDS = Text(
    "sql_words",
    "column {field} holds no texts, and has words",
    "leave them out, or say str",
)
_MANY = Text(
    "sql_words_many",
    "column {field} has {count} words, too many for one query",
    "up to {most}; judge a frame, or the rows themselves",
)
_MOST_WORDS = 5_000
_KINDS: Mapping[type[Any], str] = MappingProxyType(
    {bool: YES_OR_NO, int: NUMBER, float: NUMBER, Decimal: NUMBER, str: TEXT, date: DAY}
)


def _words(words: Iterable[str] | None) -> tuple[str, ...] | None:
    return None if words is None else tuple(dict.fromkeys(several(str, words, "words")))


def _zone(zone: tzinfo | None) -> tzinfo | None:
    return None if zone is None else time_zone(zone)


@attrs.frozen
class SqlColumn:
    """
    A column of a table: its name, and the type of what Python reads from it.

    A database compares texts letter by letter, and the library by their match keys. So the
    different texts of a column have to be given, and each is judged once by the rule itself; a
    text that is not among them is not known.

    Args:
        name: as it is called in the table.
        type: bool, int, float, Decimal, str, date or datetime.
        words: the different texts in it, such as ``SELECT DISTINCT city FROM leads`` finds them; a
            rule about a column of texts needs them, and ``[]`` says that there are none.
        zone: in which a day begins; ``None`` says that its moments are stored without a zone.

    >>> SqlColumn("Effectif", int).type
    <class 'int'>
    """

    name: str
    type: type[Any]
    words: tuple[str, ...] | None = attrs.field(
        default=None, converter=_words, kw_only=True, repr=False
    )
    zone: tzinfo | None = attrs.field(default=UTC, converter=_zone, kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Refuse a type that no rule can judge, and words where there are no texts."""
        if not isinstance(self.name, str):
            raise WrongKind.of("name", self.name, wanted="the name of a column")
        if self.type is not datetime and self.type not in tuple(_KINDS):
            raise InvalidValue("type", _NO_TYPE)
        if self.words and self.type is not str:
            raise InvalidValue(self.name, _NO_WORDS)
        if self.words and len(self.words) > _MOST_WORDS:
            params = {"count": len(self.words), "most": _MOST_WORDS}
            raise InvalidValue(self.name, _MANY, params)

    @property
    def kind(self) -> str:
        """The kind of the facts in it, as rules name it."""
        if self.type is datetime:
            return NO_ZONE if self.zone is None else MOMENT
        return _KINDS[self.type]

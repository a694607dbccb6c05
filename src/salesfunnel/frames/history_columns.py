"""The columns of a stage history: found by name, of a type that fits, and without gaps."""

from __future__ import annotations

from typing import Any

import attrs

from ..errors import InvalidValue, Text, WrongKind, did_you_mean
from ..rules.kinds import DAY, MOMENT, NO_ZONE, NUMBER, TEXT
from .columns import FactColumn, typed_column
from .engine import Expr, narwhals
from .known_frame import KnownFrame

_NO_COLUMN = Text("no_column", "{field}: the frame has no column {column}{meant}", "{columns}")
_DOES_NOT_FIT = Text("column_does_not_fit", "{field}: column {column} holds {found}", "{wanted}")
_ZONELESS = Text(
    "column_without_zone",
    "{field}: the moments of column {column} have no time zone",
    "say which, such as with dt.replace_time_zone or dt.tz_localize",
)
_ALONE = Text(
    "amount_without_currency", "{field} is named without the other", "amount= and currency="
)
_IDS = "texts or whole numbers"
_AMOUNTS = "whole numbers or decimals, which are exact"


@attrs.frozen
class HistoryColumns:
    """The entity, the stage and the instant of each row, its place in the order, its worth."""

    frame: KnownFrame
    id: FactColumn
    stage: FactColumn
    at: FactColumn
    seq: FactColumn | None
    amount: FactColumn | None
    currency: FactColumn | None
    expected: FactColumn | None

    @classmethod
    def of(cls, frame: KnownFrame, named: dict[str, str | None]) -> HistoryColumns:
        """Find the columns. Raises `InvalidValue` where one is missing or does not fit."""
        moment = found_column(frame, "at", named["at"])
        if moment.kind == NO_ZONE:
            raise InvalidValue("at", _ZONELESS, {"column": named["at"]})
        fit("at", named["at"], moment, (MOMENT,), "moments with a time zone")
        if (named["amount"] is None) != (named["currency"] is None):
            given = "amount" if named["currency"] is None else "currency"
            raise InvalidValue(given, _ALONE)
        found: dict[str, FactColumn | None] = {"at": moment}
        for field, (kinds, wanted) in _WANTED.items():
            name = named[field]
            column = None if name is None else found_column(frame, field, name)
            if column is not None:
                fit(field, name, column, kinds, wanted)
            found[field] = column
        return cls(frame, **found)  # type: ignore[arg-type]  # id and stage always have a name

    @property
    def there(self) -> Expr:
        """Where a row can be placed; never null."""
        there = self.id.known & self.stage.known & self.at.known
        if self.id.kind == TEXT:
            # Blanks of a file would be one entity.
            there = there & (self.id.fact.fill_null("") != "")
        return there if self.seq is None else there & self.seq.known


_WANTED = {
    "id": ((TEXT, NUMBER), _IDS),
    "stage": ((TEXT,), "texts"),
    "seq": ((NUMBER,), "whole numbers"),
    "amount": ((NUMBER,), _AMOUNTS),
    "currency": ((TEXT,), "texts"),
    "expected": ((DAY, NO_ZONE), "days"),
}


def collected(frame: Any) -> Any:  # noqa: ANN401 - of narwhals
    """Have it computed, if it is lazy."""
    return frame.collect() if isinstance(frame, narwhals().LazyFrame) else frame


def found_column(frame: KnownFrame, field: str, column: str | None) -> FactColumn:
    """Find a column by its name, and read what it holds."""
    if not isinstance(column, str):
        raise WrongKind.of(field, column, wanted="the name of a column")
    if column not in frame.types:
        meant = did_you_mean(column, list(frame.types))
        said = f", did you mean {meant}?" if meant else ""
        params = {"column": column, "meant": said, "columns": ", ".join(map(str, frame.types))}
        raise InvalidValue(field, _NO_COLUMN, params)
    return typed_column(column, frame)


def fit(
    field: str, name: str | None, column: FactColumn, kinds: tuple[str, ...], wanted: str
) -> None:
    """Refuse a column of a kind that does not fit, floats, and decimals that are no amounts."""
    is_odd = column.decimal is not None and field != "amount"
    if column.kind not in kinds or column.is_float or is_odd:
        found = "floats" if column.is_float else "decimals" if is_odd else column.kind
        raise InvalidValue(field, _DOES_NOT_FIT, {"column": name, "found": found, "wanted": wanted})

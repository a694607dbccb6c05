"""The columns of a stage history: found by name, of a type that fits, and without gaps."""

from __future__ import annotations

from typing import Any

import attrs

from ..errors import InvalidValue, Text, WrongKind, did_you_mean
from ..rules.kinds import MOMENT, NUMBER, TEXT, YES_OR_NO
from .columns import NO_ZONE, FactColumn, typed_column
from .engine import Expr, narwhals

_NO_COLUMN = Text("no_column", "{field}: the frame has no column {column}{meant}", "{columns}")
_DOES_NOT_FIT = Text("column_does_not_fit", "{field}: column {column} holds {found}", "{wanted}")
_ZONELESS = Text(
    "column_without_zone",
    "{field}: the moments of column {column} have no time zone",
    "say which, such as with dt.replace_time_zone or dt.tz_localize",
)
_IDS, _GROUPS = "texts or whole numbers", "texts, whole numbers or truths"


@attrs.frozen
class HistoryColumns:
    """The entity, the stage and the instant of each row, the place in the order, and the group."""

    frame: Any
    id: FactColumn
    stage: FactColumn
    at: FactColumn
    seq: FactColumn | None
    group: FactColumn | None

    @classmethod
    def of(
        cls,
        frame: Any,  # noqa: ANN401 - of narwhals
        *,
        id: str,
        stage: str,
        at: str,
        seq: str | None,
        group: str | None,
    ) -> HistoryColumns:
        """Find the columns. Raises `InvalidValue` where one is missing or does not fit."""
        moment = _found(frame, "at", at)
        if moment.kind == NO_ZONE:
            raise InvalidValue("at", _ZONELESS, {"column": at})
        _fit("at", at, moment, (MOMENT,), "moments with a time zone")
        entity, name = _found(frame, "id", id), _found(frame, "stage", stage)
        _fit("id", id, entity, (TEXT, NUMBER), _IDS)
        _fit("stage", stage, name, (TEXT,), "texts")
        place = named = None
        if seq is not None:
            place = _found(frame, "seq", seq)
            _fit("seq", seq, place, (NUMBER,), "whole numbers")
        if group is not None:
            named = _found(frame, "group", group)
            _fit("group", group, named, (TEXT, NUMBER, YES_OR_NO), _GROUPS)
        return cls(frame, entity, name, moment, place, named)

    @property
    def there(self) -> Expr:
        """Where a row can be placed; never null."""
        there = self.id.known & self.stage.known & self.at.known
        if self.id.kind == TEXT:
            # Blanks of a file would be one entity.
            there = there & (self.id.fact.fill_null("") != "")
        return there if self.seq is None else there & self.seq.known

    def left_out(self) -> int:
        """Count the rows that cannot be placed."""
        nw = narwhals()
        gone = nw.when(self.there).then(nw.lit(0)).otherwise(nw.lit(1))
        return number(collected(self.frame.select(gone=gone).select(nw.col("gone").sum()))["gone"])


def names_of(group: FactColumn) -> Expr:
    """Name the group of each row as objects would, blank where nothing is known; never null."""
    nw = narwhals()
    if group.kind == YES_OR_NO:
        said = nw.when(group.fact).then(nw.lit("yes")).otherwise(nw.lit("no"))
    else:
        said = group.fact.cast(nw.String)
    return nw.when(group.known).then(said).otherwise(nw.lit(""))


def collected(frame: Any) -> Any:  # noqa: ANN401 - of narwhals
    """Have it computed, if it is lazy."""
    return frame.collect() if isinstance(frame, narwhals().LazyFrame) else frame


def number(column: Any) -> int:  # noqa: ANN401 - of narwhals
    """Take the only value of a column; nothing is 0."""
    return int(column.to_list()[0] or 0)


def _found(frame: Any, field: str, column: str) -> FactColumn:  # noqa: ANN401 - of narwhals
    if not isinstance(column, str):
        raise WrongKind.of(field, column, wanted="the name of a column")
    schema = frame.collect_schema()
    if column not in schema:
        meant = did_you_mean(column, list(schema))
        said = f", did you mean {meant}?" if meant else ""
        params = {"column": column, "meant": said, "columns": ", ".join(map(str, schema))}
        raise InvalidValue(field, _NO_COLUMN, params)
    return typed_column(column, schema[column], frame)


def _fit(field: str, name: str, column: FactColumn, kinds: tuple[str, ...], wanted: str) -> None:
    if column.kind not in kinds or column.is_float:
        found = "floats" if column.is_float else column.kind
        raise InvalidValue(field, _DOES_NOT_FIT, {"column": name, "found": found, "wanted": wanted})

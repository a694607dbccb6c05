"""The same rows in the frames of many engines, and the way back to plain rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
Row = Mapping[str, Any]

SCHEMA = {
    "whole": pl.Int64,
    "float": pl.Float64,
    "exact": pl.Decimal(20, 2),
    "truth": pl.Boolean,
    "text": pl.String,
    "day": pl.Date,
    "moment": pl.Datetime("us", "UTC"),
    "naive": pl.Datetime("us"),
}
"""A column of each kind."""

VALUES: Mapping[str, Sequence[Any]] = {
    "whole": [None, 0, -1, 5, 200, 2**53 + 1, -(2**62)],
    "float": [None, 0.0, -0.0, 0.1, 0.3, 5.0, 200.5, 1e300, float("nan"), float("inf")],
    "exact": [None, *map(Decimal, ("0", "0.10", "-3", "5", "200.50", "200.49", "-99999999999.01"))],
    "truth": [None, True, False],
    "text": [
        *(None, "", " ", "yes", "نه", "Téhéran", "TEHERAN", "novin-tejarat", "5", "perhaps"),
        *("a'b\"%\\", "كرج", "کرج", "Երևան", "★"),
    ],
    "day": [None, date(2026, 3, 2), date(2026, 1, 1), date(1969, 12, 31), date(2026, 4, 1)],
    "moment": [
        None,
        AT,
        datetime(2026, 3, 1, 23, 30, tzinfo=UTC),
        datetime(2025, 3, 2, 9, tzinfo=UTC),
        datetime(2026, 3, 5, tzinfo=UTC),
    ],
    "naive": [None, datetime(2026, 3, 2, 9), datetime(2026, 1, 1)],  # noqa: DTZ001 - on purpose
}
"""What a column may hold, the odd things among it."""


class Engine(NamedTuple):
    """How to make a frame of rows, and how to look at the one that comes back."""

    name: str
    of: Callable[[pl.DataFrame], Any]
    rows: Callable[[Any], list[dict[str, Any]]]

    def frame(self, rows: Sequence[Row]) -> Any:
        """Make a frame that has a column of each kind."""
        return self.of(pl.DataFrame(rows, schema=SCHEMA))


def _nullable(rows: pl.DataFrame) -> pd.DataFrame:
    """Make the frame of somebody who knows pandas: nullable numbers and truths, Arrow's days."""
    table = rows.to_arrow()
    frame = table.to_pandas()
    kinds = {pl.Int64: "Int64", pl.Boolean: "boolean", pl.String: "string"}
    kinds[pl.Date] = pd.ArrowDtype(pa.date32())
    for name, kind in rows.schema.items():
        if dtype := _decimals(kind) or kinds.get(type(kind)):
            frame[name] = pd.array(table[name].to_pylist(), dtype=dtype)
    return frame


def _decimals(kind: pl.DataType) -> pd.ArrowDtype | None:
    """Give Arrow's decimals for those of polars, as pandas has none of its own."""
    if not isinstance(kind, pl.Decimal):
        return None
    return pd.ArrowDtype(pa.decimal128(kind.precision, kind.scale))


def _numpy(rows: pl.DataFrame) -> pd.DataFrame:
    """
    Make the frame of NumPy's types, in which texts are categories.

    NumPy has no days, no decimals, and no whole numbers and no truths with gaps; these are those of
    Arrow and of pandas.
    """
    frame = rows.to_arrow().to_pandas()
    for name, kind in rows.schema.items():
        if kind == pl.String:
            frame[name] = frame[name].astype("category")
        elif kind == pl.Date:
            frame[name] = frame[name].astype(pd.ArrowDtype(pa.date32()))
        elif dtype := _decimals(kind):
            frame[name] = frame[name].astype(dtype)
        elif kind in {pl.Int64, pl.Boolean} and rows[name].null_count():
            kinds = {pl.Int64: "Int64", pl.Boolean: "boolean"}
            frame[name] = pd.array(rows[name].to_list(), dtype=kinds[type(kind)])
    return frame


def _duckdb(rows: pl.DataFrame) -> Any:
    connection = duckdb.connect()
    connection.execute("SET timezone = 'UTC'")
    connection.register("leads", rows.to_arrow())
    return connection.sql("SELECT * FROM leads")


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return frame.to_dict("records")


ENGINES = (
    Engine("polars", lambda rows: rows, lambda frame: frame.rows(named=True)),
    Engine("polars, lazy", lambda rows: rows.lazy(), lambda f: f.collect().rows(named=True)),
    Engine(
        "polars, streaming",
        lambda rows: rows.lazy(),
        lambda frame: frame.collect(engine="streaming").rows(named=True),
    ),
    Engine("pyarrow", lambda rows: rows.to_arrow(), lambda table: table.to_pylist()),
    Engine(
        "pandas on Arrow",
        lambda rows: rows.to_pandas(use_pyarrow_extension_array=True),
        _records,
    ),
    Engine("pandas, NumPy", _numpy, _records),
    Engine("pandas, nullable", _nullable, _records),
    Engine("DuckDB", _duckdb, lambda relation: relation.to_arrow_table().to_pylist()),
)

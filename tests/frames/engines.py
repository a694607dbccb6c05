"""The same rows in the frames of many engines, and the way back to plain rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
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
    frame: Callable[[Sequence[Row]], Any]
    rows: Callable[[Any], list[dict[str, Any]]]


def _polars(rows: Sequence[Row]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=SCHEMA)


def _nullable(rows: Sequence[Row]) -> pd.DataFrame:
    """Make the frame of somebody who knows pandas: nullable numbers and truths, Arrow days."""
    table = _polars(rows).to_arrow()
    frame = table.to_pandas()
    frame["whole"] = pd.array(table["whole"].to_pylist(), dtype="Int64")
    frame["truth"] = pd.array(table["truth"].to_pylist(), dtype="boolean")
    frame["text"] = pd.array(table["text"].to_pylist(), dtype="string")
    frame["day"] = pd.array(table["day"].to_pylist(), dtype=pd.ArrowDtype(pa.date32()))
    return frame


def _duckdb(rows: Sequence[Row]) -> Any:
    connection = duckdb.connect()
    connection.execute("SET timezone = 'UTC'")
    connection.register("leads", _polars(rows).to_arrow())
    return connection.sql("SELECT * FROM leads")


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return frame.to_dict("records")


ENGINES = (
    Engine("polars", _polars, lambda frame: frame.rows(named=True)),
    Engine(
        "polars, lazy", lambda rows: _polars(rows).lazy(), lambda f: f.collect().rows(named=True)
    ),
    Engine(
        "polars, streaming",
        lambda rows: _polars(rows).lazy(),
        lambda frame: frame.collect(engine="streaming").rows(named=True),
    ),
    Engine("pyarrow", lambda rows: _polars(rows).to_arrow(), lambda table: table.to_pylist()),
    Engine(
        "pandas on Arrow",
        lambda rows: _polars(rows).to_pandas(use_pyarrow_extension_array=True),
        _records,
    ),
    Engine("pandas, nullable", _nullable, _records),
    Engine("DuckDB", _duckdb, lambda relation: relation.to_arrow_table().to_pylist()),
)

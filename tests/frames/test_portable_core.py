"""A test of the source: frames ask engines only for what all of them were found to answer alike."""

from __future__ import annotations

import ast
from pathlib import Path

import narwhals.stable.v2 as nw
import pytest

import salesfunnel.frames

FILES = sorted(Path(salesfunnel.frames.__file__).parent.glob("*.py"))
CORE = {
    "frame": {
        *("agg", "collect", "lazy", "collect_schema", "concat", "drop", "filter", "from_native"),
        *("group_by", "join", "len", "select", "sort", "to_list", "to_native", "unique"),
        *("with_columns", "with_row_index"),
    },
    "row by row": {
        *("alias", "cast", "col", "convert_time_zone", "fill_null", "is_in", "is_nan", "is_null"),
        *("lit", "max_horizontal", "microsecond", "otherwise", "then", "timestamp", "when"),
    },
    "row by row, where no SQL is spoken": {"replace_strict"},
    "of a plain column, in a group": {"max", "min", "sum"},
    "in an order that is given": {"cum_count", "cum_max", "over", "shift"},
    "of a sorted frame of pandas": {"is_first_distinct", "is_last_distinct"},
    "of a type": {"is_float", "is_numeric", "is_unsigned_integer"},
    "of Python": {"date"},
}
"""What was tried on polars, pandas, pyarrow, DuckDB and Spark, by the kind of the question."""


def _asked(file: Path) -> set[str]:
    known = {*dir(nw), *dir(nw.Expr), *dir(nw.DataFrame), *dir(nw.LazyFrame), *dir(nw.Series)}
    known |= {*dir(nw.col("a").dt), *dir(nw.col("a").str), *dir(nw.col("a").name)}
    tree = ast.walk(ast.parse(file.read_text(encoding="utf-8")))
    calls = {getattr(node.func, "attr", "") for node in tree if isinstance(node, ast.Call)}
    return calls & known


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_only_what_all_engines_answer_alike_is_asked(file):
    """Medians, first and last, rounding, weekdays and the like differ from engine to engine."""
    assert _asked(file) <= set().union(*CORE.values())


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_only_plain_columns_are_added_up(file):
    """Law: a group is asked for sums and ends of columns, never of what is computed on the way."""
    aggregations = [
        value
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "agg"
        for value in (*node.args, *(keyword.value for keyword in node.keywords))
    ]
    for value in aggregations:
        said = ast.unparse(value)
        assert "when(" not in said
        assert "(nw.col(" not in said

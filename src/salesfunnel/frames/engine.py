"""The one place that knows narwhals, which speaks to all engines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from ..errors import EngineFailed, InvalidValue, SalesFunnelError, Text

_NEEDS = Text("needs_frames", "{field} needs an extra", 'pip install "salesfunnel[frames]"')
_NO_MODULE = Text(
    "engine_needs_module",
    "{field} hands over what it found through {module}, which is not installed",
    "pip install {module}",
)

Expr = Any
"""An expression of narwhals, which is not known to type checkers: the extra may be missing."""


def narwhals() -> Any:  # noqa: ANN401 - a module
    """
    Import narwhals, whose stable interface stays as it is.

    >>> narwhals().__name__
    'narwhals.stable.v2'
    """
    try:
        import narwhals.stable.v2 as nw  # noqa: PLC0415 - an extra
    except ImportError:
        raise InvalidValue("frames", _NEEDS) from None
    return nw


@contextmanager
def asking_engine(native: object) -> Iterator[None]:
    """
    Tell in one sentence that an engine failed: its session may have ended, or its memory.

    What is lazy and computed later raises what the engine raises. Raises `InvalidValue` where a
    module is missing through which DuckDB and Spark hand over rows.

    >>> with asking_engine({}.keys()):
    ...     raise AssertionError
    Traceback (most recent call last):
    salesfunnel.errors.EngineFailed: builtins could not compute it, and raised AssertionError; ...
    """
    try:
        yield
    except SalesFunnelError:
        raise
    except Exception as error:  # noqa: BLE001 - each engine has a tree of its own, Spark two
        engine = type(native).__module__.partition(".")[0].lstrip("_")
        if isinstance(error, ModuleNotFoundError) and error.name:
            module = error.name.partition(".")[0]
            raise InvalidValue(engine, _NO_MODULE, {"module": module}) from None
        raise EngineFailed(engine, type(error).__name__) from None


def constant(value: bool) -> Expr:  # noqa: FBT001 - that is the value
    """
    Make a column that is the same in each row.

    >>> narwhals().from_dict({"a": [1]}, backend="polars").select(a=constant(True))["a"].to_list()
    [True]
    """
    return narwhals().lit(value)


def flag(truth: Expr) -> Expr:
    """
    Turn a truth, which is never null, into 1 or 0, of which engines can tell sum and maximum.

    >>> nw = narwhals()
    >>> nw.from_dict({"a": [1]}, backend="polars").select(a=flag(nw.col("a") > 0))["a"].to_list()
    [1]
    """
    nw = narwhals()
    return nw.when(truth).then(nw.lit(1)).otherwise(nw.lit(0))


def recoded(
    column: Expr,
    by: Mapping[Any, Any],
    otherwise: int | str,
    maker: Any,  # noqa: ANN401 - of narwhals
) -> Expr:
    """
    Replace each value by another; in one pass where an engine can, and Spark Connect cannot.

    >>> nw = narwhals()
    >>> rows = nw.from_dict({"a": [1, 2]}, backend="polars")
    >>> rows.select(a=recoded(nw.col("a"), {1: "one"}, "", rows.implementation))["a"].to_list()
    ['one', '']
    """
    nw = narwhals()
    if by and not speaks_sql(maker):
        kind = nw.String if isinstance(otherwise, str) else nw.Int64
        return column.replace_strict(
            list(by), list(by.values()), default=nw.lit(otherwise), return_dtype=kind
        )
    found = nw.lit(otherwise)
    for old, new in by.items():
        found = nw.when(column == old).then(nw.lit(new)).otherwise(found)
    return found


def first_said(said: Sequence[tuple[Expr, str]], maker: Any) -> Expr:  # noqa: ANN401 - of narwhals
    """
    Say the text of the first truth that holds, blank where none does.

    >>> nw = narwhals()
    >>> rows = nw.from_dict({"a": [1, 2]}, backend="polars")
    >>> rows.select(a=first_said([(nw.col("a") > 1, "more")], rows.implementation))["a"].to_list()
    ['', 'more']
    """
    nw = narwhals()
    texts = dict(enumerate(text for _, text in said))
    is_sql = speaks_sql(maker)
    found = nw.lit("") if is_sql else nw.lit(len(texts))
    for place, (truth, text) in reversed([*enumerate(said)]):
        # Elsewhere than in SQL numbers are chosen faster than texts.
        found = nw.when(truth).then(nw.lit(text if is_sql else place)).otherwise(found)
    return found if is_sql else recoded(found, texts, "", maker)


def speaks_sql(maker: Any) -> bool:  # noqa: ANN401 - of narwhals
    """Tell the databases, DuckDB and Spark among them, from what keeps its columns in memory."""
    return not (maker.is_polars() or maker.is_pandas_like() or maker.is_pyarrow())

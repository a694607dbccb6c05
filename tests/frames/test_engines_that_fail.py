"""An engine that cannot answer is told in one sentence."""

from __future__ import annotations

import sys

import duckdb
import polars as pl
import pytest

from salesfunnel.errors import EngineFailed, InvalidValue, WrongKind
from salesfunnel.frames import StageHistory, assess
from salesfunnel.frames.engine import asking_engine
from salesfunnel.qualification import Criterion, Scorecard
from salesfunnel.rules import yes
from tests.analytics.funnel_sql import BOARD
from tests.frames.engines import AT

CARD = Scorecard("one", criteria=[Criterion("need", yes("need"), weight=10)], threshold=10)


def test_a_connection_that_was_closed_is_told():
    """A relation of DuckDB outlives its connection, and says nothing any more."""
    connection = duckdb.connect()
    leads = connection.sql("SELECT 'yes' AS need, 1 AS deal, 'a' AS \"to\", now() AS \"when\"")
    history = StageHistory(leads, BOARD, id="deal", stage="to", at="when")
    connection.close()

    for ask in (lambda: assess(CARD, leads, at=AT), lambda: history.funnel(at=AT)):
        with pytest.raises(EngineFailed, match=r"^duckdb could not compute it, and raised \w+;"):
            ask()


@pytest.mark.parametrize("module", ["pyarrow", "pyarrow.compute"])
def test_a_module_that_is_not_installed_is_named(module):
    """DuckDB and Spark hand over rows through pyarrow; an engine that lacks it says what to do."""
    said = "through pyarrow, which is not installed; allowed: pip install pyarrow"
    with pytest.raises(InvalidValue, match=said), asking_engine(duckdb.sql("SELECT 1")):
        raise ModuleNotFoundError(name=module)
    with pytest.raises(EngineFailed, match="raised ModuleNotFoundError"), asking_engine(0):
        raise ModuleNotFoundError


def test_duckdb_says_that_it_needs_pyarrow():
    """An example: an environment without pyarrow, and texts or a stage history to count."""
    leads = duckdb.sql("SELECT 'yes' AS need, 1 AS deal, 'a' AS \"to\", now() AS \"when\"")
    history = StageHistory(leads, BOARD, id="deal", stage="to", at="when")

    for ask in (lambda: assess(CARD, leads, at=AT), lambda: history.funnel(at=AT)):
        with pytest.MonkeyPatch.context() as patch:
            patch.setitem(sys.modules, "pyarrow", None)
            patch.delitem(sys.modules, "narwhals._arrow.dataframe", raising=False)
            with pytest.raises(InvalidValue, match="pip install pyarrow"):
                ask()


def test_a_file_that_is_gone_is_told(tmp_path):
    """What is lazy is read when it is asked, and its file may not be there."""
    with pytest.raises(EngineFailed, match=r"^polars could not compute it, and raised FileNot"):
        assess(CARD, pl.scan_parquet(tmp_path / "gone.parquet"), at=AT)


def test_columns_are_named_by_a_mapping():
    """An example: a list of names says not which fact is which."""
    with pytest.raises(WrongKind, match="the name of a column by the path"):
        assess(CARD, pl.DataFrame({"need": [True]}), at=AT, columns=["need"])

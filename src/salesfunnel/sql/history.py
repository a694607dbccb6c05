"""A table with a row for each stage that was entered, and its rows in the order of the stages."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import attrs

from ..analytics.passage import LOST, Ladder
from ..errors import WrongKind
from ..pipeline.pipeline import Pipeline
from ..values.calendar import Period
from .columns import FactText, SqlColumn
from .dialects import Dialect
from .steps import QuerySteps

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@attrs.frozen
class SqlHistory:
    """
    The table of a stage history, and what its columns are called; a row for each stage entered.

    Rows may come in any order. At equal instants ``seq`` decides, and without it the order of the
    stages, with what is lost last.

    Args:
        table: the name of the table, or those of its schema and of itself.
        id: the column that tells entities apart.
        stage: the column with the names of the stages.
        at: the column with the instants, which have a time zone.
        seq: a column of numbers that puts equal instants in order.

    >>> SqlHistory("log", id="deal", stage="to", at="on").id
    'deal'
    """

    table: str | Sequence[str]
    id: str = attrs.field(kw_only=True)
    stage: str = attrs.field(kw_only=True)
    at: str = attrs.field(kw_only=True)
    seq: str | None = attrs.field(default=None, kw_only=True)


@attrs.frozen
class Codes:
    """
    The stages of a pipeline as whole numbers from 1 on, in the order of the ladder, lost last.

    >>> from ..pipeline import OPPORTUNITY_PIPELINE
    >>> Codes.of(OPPORTUNITY_PIPELINE).stages[0]
    'meeting'
    """

    stages: tuple[str, ...]
    rungs: tuple[int, ...]
    steps: tuple[str, ...]

    @classmethod
    def of(cls, pipeline: object) -> Codes:
        """Number the stages of a pipeline."""
        if not isinstance(pipeline, Pipeline):
            raise WrongKind.of("pipeline", pipeline, wanted="a Pipeline")
        ladder = Ladder.of(pipeline)
        above = len(ladder.rungs)
        names = [stage.name for stage in pipeline.stages]
        names.sort(key=lambda name: ladder.places[name] % (above + 1))
        return cls(tuple(names), tuple(ladder.places[name] for name in names), ladder.rungs)

    @property
    def last(self) -> int:
        """The highest rung."""
        return len(self.steps) - 1

    def on(self, *rungs: int) -> str:
        """List the codes of the stages on these rungs, as a condition takes them."""
        found = [str(code) for code, rung in enumerate(self.rungs, 1) if rung in rungs]
        return f"({', '.join(found) or '0'})"


@attrs.frozen
class HistoryRows:
    """The rows of a history that were known by an instant, step by step until they are moves."""

    sql: Dialect
    history: SqlHistory
    codes: Codes
    at: datetime
    within: timedelta | None
    period: Period | None
    closed_only: bool
    group: str | None

    def placed(self) -> QuerySteps:
        """Begin a query with all rows that can be placed, those of unknown stages among them."""
        name, history = self.sql.name, self.history
        moment = name(history.at, "at")
        when = self.sql.micros.format(moment) if self.within else moment
        taken = {"entity": name(history.id, "id"), "moment": when, "code": self._code()}
        if history.seq is not None:
            taken["place"] = name(history.seq, "seq")
        if self.group is not None:
            taken["label"] = name(self.group, "group")
        said = ", ".join(f"{column} AS {ours}" for ours, column in taken.items())
        table = self.sql.table(history.table)
        known = f"{moment} <= {self.sql.moment(self.at)}"
        steps = QuerySteps(
            self.sql, f"SELECT {said} FROM {table} WHERE {self.there} AND {known}", table
        )
        added = {}
        if self.period is not None:
            added["began"] = "MIN(moment) OVER (PARTITION BY entity)"
        if self.group is not None:
            added["team"] = (
                f"FIRST_VALUE(label) OVER (PARTITION BY entity ORDER BY {self._order()})"
            )
        steps.add(added)
        if self.period is not None:
            begins, ends = self._instant(self.period.begins), self._instant(self.period.ends)
            steps.then(f"SELECT * FROM {steps.last} WHERE began >= {begins} AND began < {ends}")
        return steps

    @property
    def there(self) -> str:
        """Where a row can be placed; never null."""
        name, history = self.sql.name, self.history
        moment = FactText(name(history.at, "at"), SqlColumn(history.at, datetime), self.sql)
        columns = [name(history.id, "id"), name(history.stage, "stage")]
        columns += [] if history.seq is None else [name(history.seq, "seq")]
        return " AND ".join([f"{moment.known}", *(f"{column} IS NOT NULL" for column in columns)])

    def moves(self, steps: QuerySteps, *, only_last: bool) -> None:
        """Go on to the moves: each row with its rung, its number, and the stage before it."""
        steps.then(f"SELECT * FROM {steps.last} WHERE code > 0")
        self._usable(steps)
        part, order = "PARTITION BY entity", self._order()
        if only_last:
            back = f"ROW_NUMBER() OVER ({part} ORDER BY {self._order(' DESC')})"
            steps.add({"rung": self._rung(), "n": back, "before": "0"})
            steps.then(f"SELECT * FROM {steps.last} WHERE n = 1 AND rung >= 0")
            return
        window = f"({part} ORDER BY {order})"
        steps.add(
            {
                "rung": self._rung(),
                "n": f"ROW_NUMBER() OVER {window}",
                "before": f"LAG(code, 1, 0) OVER {window}",
            }
        )
        steps.then(f"SELECT * FROM {steps.last} WHERE before <> code")

    def _usable(self, steps: QuerySteps) -> None:
        """Leave out what is still open if that is asked, and what lies beyond the window."""
        part, wanted = "PARTITION BY entity", []
        if self.closed_only:
            last = f"FIRST_VALUE(code) OVER ({part} ORDER BY {self._order(' DESC')})"
            steps.add({"final": last})
            wanted.append(f"final IN {self.codes.on(LOST, self.codes.last)}")
        if self.within:
            steps.add(
                {"ends": f"MIN(moment) OVER ({part}) + {self.within // timedelta.resolution}"}
            )
            wanted += [f"ends <= {self._instant(self.at)}", "moment <= ends"]
        if wanted:
            steps.then(f"SELECT * FROM {steps.last} WHERE {' AND '.join(wanted)}")

    def _instant(self, moment: datetime) -> str:
        if self.within:
            return str((moment - _EPOCH) // timedelta.resolution)
        return self.sql.moment(moment)

    def _order(self, way: str = "") -> str:
        seq = [] if self.history.seq is None else ["place"]
        return ", ".join(f"{column}{way}" for column in ["moment", *seq, "code"])

    def _code(self) -> str:
        column = f"CAST({self.sql.name(self.history.stage, 'stage')} AS {self.sql.string})"
        whens = [
            f"WHEN {column}{self.sql.collation} = {self.sql.text(name)} THEN {code}"
            for code, name in enumerate(self.codes.stages, 1)
        ]
        return f"CASE {' '.join(whens)} ELSE 0 END"

    def _rung(self) -> str:
        whens = [f"WHEN {code} THEN {rung}" for code, rung in enumerate(self.codes.rungs, 1)]
        return f"CASE code {' '.join(whens)} END"

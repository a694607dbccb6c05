"""The rows of a stage history in the order of the stages, until they are moves."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import attrs

from ..analytics.passage import LOST
from ..values.calendar import Period
from .codes import Codes
from .columns import SqlColumn
from .dialect import Dialect
from .fact_texts import FactText
from .history import SqlHistory
from .steps import QuerySteps

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


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

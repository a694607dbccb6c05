"""A stage history in anybody's frame, counted as the same history of objects would be."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

import attrs

from ..analytics.cohorts import MONTHS, Cohorts
from ..analytics.funnel import Funnel
from ..analytics.funnel_step import FunnelPath
from ..analytics.funnel_windows import Within
from ..analytics.grouping import Known
from ..analytics.movement import Movement
from ..analytics.stage_times import StageTimes
from ..errors import WrongKind
from ..pipeline.pipeline import Pipeline
from ..rules.rule import Rule
from ..values.calendar import Calendar, Every, Period
from ..values.rates import Rates
from ..values.working_hours import WorkingHours
from .asked_history import AskedHistory
from .engine import asking_engine
from .history_columns import HistoryColumns
from .known_frame import KnownFrame


@attrs.frozen(eq=False)
class StageHistory:
    """
    A frame with a row for each stage that was entered, read as the history of one pipeline.

    Nothing is computed until it is asked. Rows may come in any order; at equal instants ``seq``
    decides, and without it the order of the stages. ``group=`` is a column, a rule about columns,
    or week, month, quarter or year of the entry. Raises `InvalidValue` for a column that is missing
    or of a type that does not fit and for a rule that no engine can be asked, and `EngineFailed`
    where the engine cannot answer.

    Args:
        frame: of polars, pandas, pyarrow, DuckDB or Spark, eager or lazy.
        pipeline: whose stages they are.
        id: the column that tells entities apart, of texts or whole numbers.
        stage: the column with the names of the stages.
        at: the column with the instants, which have a time zone.
        seq: a column of whole numbers that puts equal instants in order.
        amount: the column that says how much a deal was worth from then on.
        currency: the column with the currency of the amount.
        expected: the column that says on which day it was expected to close from then on.

    >>> import polars
    >>> from datetime import UTC
    >>> from salesfunnel.pipeline import OPPORTUNITY_PIPELINE
    >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
    >>> log = polars.DataFrame({"deal": [7, 7, 8], "to": ["meeting", "proposal", "meeting"]})
    >>> log = log.with_columns(when=monday)
    >>> history = StageHistory(log, OPPORTUNITY_PIPELINE, id="deal", stage="to", at="when")
    >>> print(history.funnel(at=monday).steps[0])
    meeting: 2 entered, 1 went on, 0 lost, 1 still there; 1 of 1 (100%, 95% CI 21–100%) of the \
decided, 50 to 100% in the end
    """

    frame: Any = attrs.field(repr=False)
    pipeline: Pipeline
    id: str = attrs.field(kw_only=True)
    stage: str = attrs.field(kw_only=True)
    at: str = attrs.field(kw_only=True)
    seq: str | None = attrs.field(default=None, kw_only=True)
    amount: str | None = attrs.field(default=None, kw_only=True)
    currency: str | None = attrs.field(default=None, kw_only=True)
    expected: str | None = attrs.field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Refuse what is no frame, no pipeline, and a column that is missing or does not fit."""
        if not isinstance(self.pipeline, Pipeline):
            raise WrongKind.of("pipeline", self.pipeline, wanted="a Pipeline")
        with asking_engine(self.frame):
            self._asked()

    def _asked(self) -> AskedHistory:
        fields = ("id", "stage", "at", "seq", "amount", "currency", "expected")
        named = {field: getattr(self, field) for field in fields}
        return AskedHistory(HistoryColumns.of(KnownFrame.of(self.frame), named), self.pipeline)

    def funnel(
        self,
        *,
        at: datetime,
        path: FunnelPath | str = FunnelPath.REACHED,
        within: Within | None = None,
        entered: Period | None = None,
        closed_only: bool = False,
        group: str | Rule | None = None,
        known: Known | str = Known.ENTRY,
        calendar: Calendar | None = None,
    ) -> Funnel:
        """
        Count how far they came, as `salesfunnel.analytics.funnel` counts objects.

        The engine finds the different ways through the stages; each is counted once by the
        library, as often as it was taken.

        Args:
            at: the instant; rows of later ones do not exist.
            path: what it means to reach a stage.
            within: a window, or one for each stage; only those are counted that are old enough.
            entered: the period in which the first stage was entered.
            closed_only: leave out what is still open.
            group: a column, a rule, or week, month, quarter or year of the entry.
            known: whether the first row of an entity names its group, or the last one by then.
            calendar: whose periods are meant.
        """
        with asking_engine(self.frame):
            return self._asked().funnel(
                at=at,
                path=path,
                within=within,
                entered=entered,
                closed_only=closed_only,
                group=group,
                known=known,
                calendar=calendar,
            )

    def stage_times(
        self,
        *,
        at: datetime,
        within: timedelta | Iterable[timedelta] = (),
        hours: WorkingHours | None = None,
        entered: Period | None = None,
        group: str | Rule | None = None,
        known: Known | str = Known.ENTRY,
        calendar: Calendar | None = None,
    ) -> StageTimes:
        """
        Tell how long they stand in each stage, as `salesfunnel.analytics.stage_times` tells it.

        Args:
            at: the instant; rows of later ones do not exist.
            within: the time, or several, to say for each how many had left by then.
            hours: when people work; then all rows are fetched, since no engine knows holidays.
            entered: the period in which the first stage was entered.
            group: a column, a rule, or week, month, quarter or year of the entry.
            known: whether the first row of an entity names its group, or the last one by then.
            calendar: whose periods are meant.
        """
        with asking_engine(self.frame):
            return self._asked().stage_times(
                at=at,
                within=within,
                hours=hours,
                entered=entered,
                group=group,
                known=known,
                calendar=calendar,
            )

    def cohorts(
        self,
        *,
        at: datetime,
        to: str = "",
        every: Every | str = Every.MONTH,
        within: timedelta | Iterable[timedelta] = MONTHS,
        entered: Period | None = None,
        group: str | Rule | None = None,
        known: Known | str = Known.ENTRY,
        calendar: Calendar | None = None,
    ) -> Cohorts:
        """
        Tell how many of those of each period got there, as `salesfunnel.analytics.cohorts` does.

        Args:
            at: the instant; rows of later ones do not exist.
            to: the stage; any won stage unless given.
            every: week, month, quarter or year of the first stage.
            within: the time, or several.
            entered: the period in which the first stage was entered.
            group: a column, a rule, or week, month, quarter or year of the entry.
            known: whether the first row of an entity names its group, or the last one by then.
            calendar: whose periods are meant.
        """
        with asking_engine(self.frame):
            return self._asked().cohorts(
                at=at,
                to=to,
                every=every,
                within=within,
                entered=entered,
                group=group,
                known=known,
                calendar=calendar,
            )

    def movement(
        self,
        *,
        since: datetime,
        until: datetime,
        expected_in: Period | None = None,
        group: str | Rule | None = None,
        known: Known | str = Known.ENTRY,
        calendar: Calendar | None = None,
        rates: Rates | None = None,
    ) -> Movement:
        """
        Tell how one pipeline became another, as `salesfunnel.analytics.movement` tells it.

        A row says how a deal stood from then on: in which stage, for how much, expected when; one
        of the same stage tells of another amount or day. Without the columns only deals are
        counted.

        Args:
            since: the instant of the opening; what happened then belongs to it.
            until: the instant of the closing.
            expected_in: only what is expected to close in this period.
            group: a column, a rule, or week, month, quarter or year of the opening.
            known: whether the first row of an entity names its group, or the last one by then.
            calendar: whose periods are meant.
            rates: refused with a sentence; each currency is added up apart.
        """
        with asking_engine(self.frame):
            return self._asked().movement(
                since=since,
                until=until,
                expected_in=expected_in,
                group=group,
                known=known,
                calendar=calendar,
                rates=rates,
            )

"""A stage history in anybody's frame, counted as the same history of objects would be."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import attrs

from ..analytics.funnel import Funnel, as_funnel
from ..analytics.funnel_count import FunnelCount
from ..analytics.funnel_step import FunnelPath
from ..analytics.funnel_windows import Within
from ..analytics.passage import UNKNOWN, Entry, Ladder
from ..analytics.periods import begun_period
from ..errors import InvalidValue, Text, WrongKind
from ..pipeline.pipeline import Pipeline
from ..values.calendar import Period
from ..values.converters import choice
from ..values.instants import instant
from .engine import asking_engine, known_frame
from .history_columns import HistoryColumns
from .ways import different_ways

_WITHIN = Text(
    "window_on_frame",
    "{field}: a window needs the time of every step, which a frame is not asked for",
    "leave it out, or count objects with analytics.funnel",
)
_NAMELESS = Text(
    "history_rows_left_out",
    "{count} rows lack an entity, a stage, an instant or a place in the order, and are left out",
)


@attrs.frozen(eq=False)
class StageHistory:
    """
    A frame with a row for each stage that was entered, read as the history of one pipeline.

    Nothing is computed until it is asked. Rows may come in any order; at equal instants ``seq``
    decides, and without it the order of the stages. Raises `InvalidValue` for a column that is
    missing or of a type that does not fit, and `EngineFailed` where the engine cannot answer.

    Args:
        frame: of polars, pandas, pyarrow, DuckDB or Spark, eager or lazy.
        pipeline: whose stages they are.
        id: the column that tells entities apart, of texts or whole numbers.
        stage: the column with the names of the stages.
        at: the column with the instants, which have a time zone.
        seq: a column of whole numbers that puts equal instants in order.

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

    def __attrs_post_init__(self) -> None:
        """Refuse what is no frame, no pipeline, and a column that is missing or does not fit."""
        if not isinstance(self.pipeline, Pipeline):
            raise WrongKind.of("pipeline", self.pipeline, wanted="a Pipeline")
        with asking_engine(self.frame):
            self._columns(None)

    def _columns(self, group: str | None) -> HistoryColumns:
        frame = known_frame(self.frame)
        return HistoryColumns.of(
            frame, id=self.id, stage=self.stage, at=self.at, seq=self.seq, group=group
        )

    def funnel(
        self,
        *,
        at: datetime,
        path: FunnelPath | str = FunnelPath.REACHED,
        within: Within | None = None,
        entered: Period | None = None,
        closed_only: bool = False,
        group: str | None = None,
    ) -> Funnel:
        """
        Count how far they came, as `salesfunnel.analytics.funnel` counts objects.

        The engine finds the different ways through the stages; each is counted once by the
        library, as often as it was taken. Raises `InvalidValue` for a window.

        Args:
            at: the instant; rows of later ones do not exist.
            path: what it means to reach a stage.
            within: refused; a window needs objects.
            entered: the period in which the first stage was entered.
            closed_only: leave out what is still open.
            group: a column; what the first row of each entity has in it names its group.
        """
        now = instant(at)
        how = choice(FunnelPath, path, "path")
        if within is not None:
            raise InvalidValue("within", _WITHIN)
        period = begun_period(entered, "entered", at=now)
        ladder = Ladder.of(self.pipeline)
        stages = [stage.name for stage in self.pipeline.stages]
        # At equal instants they stand in the order of the ladder, what is lost last.
        stages.sort(key=lambda name: ladder.places[name] % (len(ladder.rungs) + 1))
        entries = [Entry(now, UNKNOWN, "")]
        entries += [Entry(now, ladder.places[name], name) for name in stages]
        count = FunnelCount(how, None, now, closed_only, ladder.rungs)
        with asking_engine(self.frame):
            columns = self._columns(group)
            ways = list(different_ways(columns, stages, at=now, period=period))
            left_out = columns.left_out()
        for way in ways:
            passage = count.usable([entries[code] for code in way.codes], times=way.times)
            if passage:
                count.take(way.group, passage, times=way.times)
        said = (_NAMELESS.problem(is_error=False, count=left_out),) if left_out else ()
        return as_funnel(count, is_grouped=group is not None, problems=(*count.problems(), *said))

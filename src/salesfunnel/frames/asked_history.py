"""The questions to a stage history in a frame: the engine counts, and analytics finishes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta

import attrs

from ..analytics.cohorts import Cohorts, as_cohorts
from ..analytics.deal_changes import Changes
from ..analytics.funnel import Funnel, as_funnel
from ..analytics.funnel_count import FunnelCount
from ..analytics.funnel_step import FunnelPath
from ..analytics.funnel_windows import Within, check_steps, check_window
from ..analytics.goals import check_goal
from ..analytics.grouping import Grouping, Known
from ..analytics.labels import Labels, labelled
from ..analytics.movement import Movement, as_movement, movement_ends
from ..analytics.passage import UNKNOWN, Entry, Ladder
from ..analytics.periods import begun_period
from ..analytics.stage_times import StageTimes, as_stage_times
from ..analytics.valued import Valuing
from ..analytics.windows import windows_of
from ..errors import InvalidValue, Text, WrongKind
from ..pipeline.pipeline import Pipeline
from ..pipeline.stage import StageKind
from ..rules.rule import Rule
from ..values.calendar import Calendar, Every, Period, calendar_of
from ..values.converters import choice, maybe, one
from ..values.instants import instant
from ..values.rates import Rates
from ..values.working_hours import WorkingHours
from .beginnings import beginnings_counted
from .engine import Expr
from .groups import FrameGroups
from .history_columns import HistoryColumns
from .known_rows import UNKNOWN_CODE, KnownRows
from .looking import Look, Unplaced, left_out, unknown_names
from .moves import moves_counted, worth_columns
from .stays import Stays
from .valued_moves import valued_moves
from .ways import different_ways
from .windows import FrameWindows

_NO_DAYS = Text(
    "expected_in_without_column",
    "{field} needs the column that says when a deal was expected",
    "StageHistory(…, expected=…)",
)


@attrs.frozen
class AskedHistory:
    """The columns of a frame and the pipeline whose stages they name."""

    columns: HistoryColumns
    pipeline: Pipeline

    @property
    def _stages(self) -> list[str]:
        """The stages in the order of their codes, which decides at equal instants; lost is last."""
        ladder = Ladder.of(self.pipeline)
        stages = [stage.name for stage in self.pipeline.stages]
        return sorted(stages, key=lambda name: ladder.places[name] % (len(ladder.rungs) + 1))

    def _codes(self, is_wanted: Callable[[str], bool]) -> list[int]:
        codes = enumerate(self._stages, UNKNOWN_CODE + 1)
        return [code for code, stage in codes if is_wanted(stage)]

    def _rows(self, at: datetime, further: Mapping[str, Expr]) -> KnownRows:
        return KnownRows.of(self.columns, self._stages, at=at, further=further)

    def _unknown_names(self, at: datetime, *, during: Period | None = None) -> Counter[str]:
        """Name the stages that the pipeline does not have, once some are known to be there."""
        return unknown_names(self._rows(at, {"word": self.columns.stage.fact}), during=during)

    def _groups(
        self,
        group: str | Rule | None,
        known: Known | str,
        calendar: Calendar | None,
        *,
        at: datetime,
    ) -> FrameGroups:
        asked: object = group
        if asked is not None and not isinstance(asked, (str, Rule)):
            raise WrongKind.of("group", asked, wanted="the name of a column, a rule, or a period")
        grouping = Grouping.of(group, known, at=at, calendar=calendar)
        return FrameGroups.of(self.columns, grouping, look=lambda: Look.at(self._rows(at, {})))

    def funnel(
        self,
        *,
        at: datetime,
        path: FunnelPath | str,
        within: Within | None,
        entered: Period | None,
        closed_only: bool,
        group: str | Rule | None,
        known: Known | str,
        calendar: Calendar | None,
    ) -> Funnel:
        """Count the different ways."""
        now, how = instant(at), choice(FunnelPath, path, "path")
        check_window(within)
        period = begun_period(entered, "entered", at=now)
        ladder, stages = Ladder.of(self.pipeline), self._stages
        check_steps(within, ladder.rungs)
        groups = self._groups(group, known, calendar, at=now)
        entries = {UNKNOWN_CODE: Entry(now, UNKNOWN, "")}
        entries |= {
            code: Entry(now, ladder.places[stage], stage)
            for code, stage in enumerate(stages, UNKNOWN_CODE + 1)
        }
        rungs = (UNKNOWN, *(entry.rung for entry in entries.values()))
        windows = FrameWindows.of(within, how, at=now, steps=ladder.rungs, rungs=rungs)
        rows = self._rows(now, groups.further())
        ways = different_ways(
            rows if groups.named is None else rows.unknown_aside(is_last=not groups.is_now),
            len(stages) + 1,
            period=period,
            groups=groups,
            windows=windows,
        )
        count = FunnelCount(how, within, now, closed_only, ladder.rungs, (*stages,))
        for way in ways:
            passage = count.usable([entries[code] for code in way.codes], times=way.times)
            if passage:
                cuts = way.cuts if windows.keys else None
                count.take(way.group, passage, times=way.times, cuts=cuts)
        if count.unknown.entered:
            count.unknown.names = self._unknown_names(now, during=period)
        found = as_funnel(
            count, entered=period, is_grouped=group is not None, problems=left_out(rows)
        )
        return labelled(
            found, Labels.of([self.pipeline], group=group), groups.grouping.calendar.zone
        )

    def stage_times(
        self,
        *,
        at: datetime,
        within: timedelta | Iterable[timedelta],
        hours: WorkingHours | None,
        entered: Period | None,
        group: str | Rule | None,
        known: Known | str,
        calendar: Calendar | None,
    ) -> StageTimes:
        """Count the lengths in each stage."""
        now, limits = instant(at), windows_of(within)
        maybe(WorkingHours, hours, "hours")
        period = begun_period(entered, "entered", at=now)
        groups = self._groups(group, known, calendar, at=now)
        rows = self._rows(now, groups.further())
        unplaced = Unplaced.of(rows, lambda: self._unknown_names(now))
        apart = Stays(
            rows,
            unplaced.placed(rows),
            self.pipeline,
            self._stages,
            now,
            limits,
            period,
            groups,
            hours,
        ).counted()
        found = as_stage_times(apart.whole, unplaced.problems(self._stages))
        found = attrs.evolve(found, groups=apart.groups(as_stage_times))
        return labelled(
            found, Labels.of([self.pipeline], group=group), groups.grouping.calendar.zone
        )

    def cohorts(
        self,
        *,
        at: datetime,
        to: str,
        every: Every | str,
        within: timedelta | Iterable[timedelta],
        entered: Period | None,
        group: str | Rule | None,
        known: Known | str,
        calendar: Calendar | None,
    ) -> Cohorts:
        """Count who began in each period, and who arrived."""
        now, days = instant(at), calendar_of(calendar)
        unit, windows = choice(Every, every, "every"), windows_of(within)
        during = begun_period(entered, "entered", at=now)
        groups = self._groups(group, known, days, at=now)
        kinds = {stage.name: stage.kind for stage in self.pipeline.stages}
        check_goal(one(str, to, "to"), kinds, pipeline=self.pipeline.name)
        wanted = {to} if to else {name for name, kind in kinds.items() if kind is StageKind.WON}
        rows = self._rows(now, groups.further())
        unplaced = Unplaced.of(rows, lambda: self._unknown_names(now))
        apart = beginnings_counted(
            unplaced.placed(rows),
            self._codes(wanted.__contains__),
            at=now,
            to=to,
            windows=windows,
            periods=Look.at(rows).periods(days, unit),
            during=during,
            groups=groups,
        )
        found = as_cohorts(apart.whole, unplaced.problems(self._stages))
        found = attrs.evolve(found, groups=apart.groups(as_cohorts))
        return labelled(
            found, Labels.of([self.pipeline], group=group), groups.grouping.calendar.zone
        )

    def movement(
        self,
        *,
        since: datetime,
        until: datetime,
        expected_in: Period | None,
        group: str | Rule | None,
        known: Known | str,
        calendar: Calendar | None,
        rates: Rates | None,
    ) -> Movement:
        """Add up what moved."""
        valuing = Valuing(rates)
        begins, ends = movement_ends(since, until)
        if maybe(Period, expected_in, "expected_in") and self.columns.expected is None:
            raise InvalidValue("expected_in", _NO_DAYS)
        groups = self._groups(group, known, calendar, at=ends)
        kinds = {stage.name: stage.kind for stage in self.pipeline.stages}
        worth = worth_columns(self.columns, expected_in)
        parts = [name for name in worth if name.startswith("part")]
        rows = self._rows(ends, {**groups.further(), **worth})
        named = dict(enumerate(self._stages, UNKNOWN_CODE + 1))
        codes = {code: kinds[stage].value for code, stage in named.items()}
        unplaced = Unplaced.of(rows, lambda: self._unknown_names(ends))
        placed = unplaced.placed(rows)
        days = groups.grouping.calendar
        if rates is None:
            apart = moves_counted(placed, codes, parts, since=begins, until=ends, groups=groups)
        else:
            changes = Changes(ends, valuing, days)
            apart = valued_moves(placed, codes, parts, since=begins, changes=changes, groups=groups)
        problems = (*valuing.problems(), *unplaced.problems(self._stages))
        found = attrs.evolve(as_movement(apart.whole), problems=problems)
        found = attrs.evolve(found, groups=apart.groups(as_movement))
        return labelled(found, Labels.of([self.pipeline], group=group), days.zone)

"""What was measured in the stages of one group, and what could not be."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from typing import Any

from ..history.stage_history import StageInterval, stage_history
from ..leads.lead import Lead
from ..opportunities.opportunity import Opportunity
from ..pipeline.pipeline import Pipeline
from ..values.working_hours import WorkingHours
from .nouns import has_begun
from .timed_stage import TimedStage
from .told import has_origin, undated_entries
from .uncounted import uncounted_reason


class StageTimesCount:
    """The lengths in each open stage, in the order of the pipelines."""

    at: datetime
    limits: tuple[timedelta, ...]
    hours: WorkingHours | None
    stages: dict[tuple[str, str], TimedStage]
    uncounted: Counter[str]
    without_history: int

    def __init__(
        self, at: datetime, limits: tuple[timedelta, ...], hours: WorkingHours | None = None
    ) -> None:
        """Begin with nothing."""
        self.at, self.limits, self.hours = at, limits, hours
        self.stages, self.uncounted = {}, Counter()
        self.without_history = 0

    def know(self, pipeline: Pipeline) -> None:
        """Take in the open stages of a pipeline, in which nothing may have been yet."""
        for stage in pipeline.stages:
            if stage.is_open and (pipeline.name, stage.name) not in self.stages:
                self.stages[pipeline.name, stage.name] = TimedStage(self.limits)

    def count(self, noun: Lead | Opportunity) -> None:
        """Count one lead or deal in each stage in which it was."""
        if not has_begun(noun, at=self.at):
            return
        pipeline = noun.pipeline
        self.know(pipeline)
        if reason := uncounted_reason(noun, at=self.at):
            self.uncounted[reason] += 1
            return
        timeline: tuple[Any, ...] = noun.timeline
        intervals = stage_history(event for event in timeline if event.at <= self.at)
        unknown = {interval.stage for interval in _unknown(noun, intervals, at=self.at)}
        self.without_history += bool(unknown)
        by_stage: dict[str, list[StageInterval]] = {}
        for interval in intervals:
            by_stage.setdefault(interval.stage, []).append(interval)
        for name, there in by_stage.items():
            place = pipeline.name, name
            if place in self.stages and name not in unknown:
                is_over = intervals[-1].stage != name
                self.stages[place].count(there, self.at, self.hours, is_over=is_over)


def _unknown(
    noun: Lead | Opportunity, intervals: tuple[StageInterval, ...], *, at: datetime
) -> tuple[StageInterval, ...]:
    """List the intervals of which it is not known how long they were, as in many lists."""
    last = intervals[-1]
    is_closed = not noun.pipeline.stage(last.stage).is_open
    if is_closed and intervals[0].entered == last.entered:
        return intervals
    # On an undated entry the stage before ends, and its own begins, on no known day.
    undated = {event.at for event in undated_entries(noun, at=at)}
    # What was left without a word of its stage was another one by then, perhaps.
    untold = {event.at for event in noun.timeline if event.at <= at and not has_origin(event)}
    return tuple(
        each
        for each in intervals
        if each.entered in undated or each.left in undated or each.left in untold
    )

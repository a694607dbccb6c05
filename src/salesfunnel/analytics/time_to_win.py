"""The time to win: how many days it takes, while some are lost meanwhile and others still open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime
from html import escape
from typing import Any

import attrs

from ..errors import Problem, Text
from ..history.timeline import as_of
from ..leads.lead import Lead
from ..opportunities.opportunity import Opportunity
from ..pipeline.stage import StageKind
from ..values.calendar import Calendar, Period, calendar_of
from ..values.converters import maybe
from ..values.instants import day, instant
from .nouns import has_begun, nouns_of
from .survival import Point, Span, incidence, median_day
from .uncounted import Uncounted, by_frequency, said_uncounted, uncounted_reason

_UNDATED = Text("time_without_days", "{count} are left out: a day is not known, or lies too early")
_BEFORE = Text("closed_before_watched", "{count} are left out: closed before {since}")


@attrs.frozen(kw_only=True)
class TimeToWin:
    """
    How many days it takes to win, as seen at an instant; lost ones never win, open ones may.

    ``median`` is the day by which half of those who ever win have won, and ``band`` where it may
    lie; ``None`` at its end means that there is no telling. Shares of the curve are of all.

    >>> from datetime import UTC
    >>> print(time_to_win([], at=datetime(2026, 3, 2, tzinfo=UTC)))
    0 counted: 0 won, 0 lost, 0 open; the time to win is not known
    """

    won: int
    lost: int
    open: int
    median: int | None
    band: tuple[int, int | None] | None
    curve: tuple[Point, ...] = attrs.field(repr=False)
    uncounted: Uncounted = ()
    problems: tuple[Problem, ...] = ()

    def won_within(self, days: int) -> float:
        """
        Return the share that has won within so many days.

        >>> from datetime import UTC
        >>> time_to_win([], at=datetime(2026, 3, 2, tzinfo=UTC)).won_within(30)
        0.0
        """
        return max((point.share for point in self.curve if point.day <= days), default=0.0)

    def as_data(self) -> dict[str, Any]:
        """
        Give it as plain data, ready for a chart.

        >>> from datetime import UTC
        >>> time_to_win([], at=datetime(2026, 3, 2, tzinfo=UTC)).as_data()["median"] is None
        True
        """
        return {
            "won": self.won,
            "lost": self.lost,
            "open": self.open,
            "median": self.median,
            "band": None if self.band is None else list(self.band),
            "curve": [
                {"day": p.day, "share": p.share, "error": p.error, "at_risk": p.at_risk}
                for p in self.curve
            ],
            "uncounted": dict(self.uncounted),
            "problems": [problem.as_data() for problem in self.problems],
        }

    def __str__(self) -> str:
        """Say the counts, the median, and its band."""
        total = self.won + self.lost + self.open
        said = f"{total:,} counted: {self.won:,} won, {self.lost:,} lost, {self.open:,} open; "
        if self.median is None or self.band is None:
            said += "the time to win is not known"
        else:
            low, high = self.band
            end = "no known end" if high is None else high
            said += f"half of those who win have won by day {self.median} (band {low} to {end})"
        more = [*said_uncounted(self.uncounted), *map(str, self.problems)]
        return "\n".join([said, *(f"  {line}" for line in more)])

    def _repr_html_(self) -> str:
        return f"<p>{escape(str(self))}</p>"


def time_to_win(
    entities: Iterable[Opportunity] | Iterable[Lead],
    *,
    at: datetime,
    opened_in: Period | None = None,
    since: date | None = None,
    calendar: Calendar | None = None,
) -> TimeToWin:
    """
    Tell how many days it takes until deals are won, or leads converted, as it was known then.

    The mean of those already won is too low, since the slow ones are still open.

    Args:
        entities: the deals, or the leads.
        at: the instant.
        opened_in: the period in which they began.
        since: the day from which on they were watched, where those closed before are not there.
        calendar: in whose zone a day begins.

    >>> from datetime import UTC
    >>> monday, friday = (datetime(2026, 3, day, tzinfo=UTC) for day in (2, 6))
    >>> print(time_to_win([Opportunity.open(id="7", at=monday)], at=friday))
    1 counted: 0 won, 0 lost, 1 open; the time to win is not known
    """
    now, days = instant(at), calendar_of(calendar)
    watched = None if since is None else day(since, what="since")
    maybe(Period, opened_in, "opened_in")
    today = days.day_of(now)
    spans: list[Span] = []
    undated = early = 0
    uncounted: Counter[str] = Counter()
    for noun in nouns_of(entities, "entities"):
        if not has_begun(noun, at=now):
            continue
        seen = noun if noun.timeline[-1].at <= now else as_of(noun, at=now)
        if left_out := uncounted_reason(seen):
            uncounted[left_out] += 1
            continue
        began, ended, outcome = _days_of(seen, days)
        if outcome and ended is not None and ended > today:
            ended, outcome = today, ""
        ended = ended if outcome else today
        if began is None or ended is None or ended < began:
            undated += 1
        elif watched is not None and ended < watched:
            early += 1
        elif opened_in is None or began in opened_in:
            entered = 0 if watched is None else max((watched - began).days - 1, 0)
            spans.append(Span(entered, (ended - began).days, outcome))
    curve = incidence(spans)
    median, band = median_day(curve)
    counts = [sum(span.outcome == kind for span in spans) for kind in ("won", "lost", "")]
    problems = [_UNDATED.problem(is_error=False, count=undated)] if undated else []
    if early:
        problems.append(_BEFORE.problem(is_error=False, count=early, since=watched))
    return TimeToWin(
        won=counts[0],
        lost=counts[1],
        open=counts[2],
        median=median,
        band=band,
        curve=curve,
        uncounted=by_frequency(uncounted),
        problems=tuple(problems),
    )


def _days_of(noun: Lead | Opportunity, calendar: Calendar) -> tuple[date | None, date | None, str]:
    """Say on which days it began and was closed, and how."""
    kind = noun.pipeline.stage(noun.stage).kind
    outcome = "" if kind is StageKind.OPEN else kind.value
    if isinstance(noun, Opportunity):
        return noun.opened_on, noun.closed_on, outcome
    return calendar.day_of(noun.timeline[0].at), calendar.day_of(noun.stage_since), outcome

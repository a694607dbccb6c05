"""The time to win: how many days it takes, while some are lost meanwhile and others still open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, tzinfo
from typing import Any

import attrs

from ..errors import Problem, Text
from ..leads.lead import Lead
from ..opportunities.opportunity import Opportunity
from ..rules.rule import Rule
from ..values.calendar import Calendar, Period, calendar_of
from ..values.converters import one
from ..values.frozen_map import FrozenMap
from ..values.instants import instant, said_instant
from .apart import Apart, groups_as_data, said_groups
from .endings import Ending, ending_of
from .figures import Figures, html_of
from .grouping import Grouping, Known
from .labels import NO_LABELS, Labels, labelled, zone_field
from .lead_deals import LeadDeals
from .nouns import has_begun, is_merged_away, merged_problems, nouns_of, undated_problems
from .periods import begun_day, begun_period
from .survival import Point, Span, incidence, median_day
from .uncounted import Uncounted, by_frequency, said_uncounted, uncounted_figures

_LOST_SOME_DAY = Text(
    "lost_some_day", "lost on a day that is not known, and counted as not won till now: {count:,}"
)
_TENTH = 10
_BEFORE = Text("closed_before_watched", "left out, since closed before {since}: {count:,}")


@attrs.frozen(kw_only=True)
class TimeToWin:
    """
    How many days it takes to win, as seen at an instant; lost ones never win, open ones may.

    ``undated`` were won on a day that no one told, and are not among the ``won``; where they are
    more than a tenth of both, it is not known how long it takes.

    ``median`` is the day by which half of those who ever win have won, and ``band`` where it may
    lie; ``None`` at its end means that there is no telling. Shares of the curve are of all.
    ``watched`` is the last day of the one that was watched longest.

    >>> from datetime import UTC
    >>> print(time_to_win([], at=datetime(2026, 3, 2, tzinfo=UTC)))
    0 counted at 2026-03-02 00:00 UTC: 0 won, 0 lost, 0 open; the time to win is not known
    """

    at: datetime
    won: int
    lost: int
    open: int
    undated: int = 0
    median: int | None
    band: tuple[int, int | None] | None
    curve: tuple[Point, ...] = attrs.field(repr=False)
    watched: int | None = None
    uncounted: Uncounted = ()
    problems: tuple[Problem, ...] = ()
    labels: Labels = attrs.field(default=NO_LABELS, eq=False, repr=False)
    groups: FrozenMap[str | None, TimeToWin] = attrs.field(
        factory=FrozenMap[str | None, "TimeToWin"]
    )
    zone: tzinfo = zone_field()

    @property
    def is_known(self) -> bool:
        """Whether enough is known of when they were won to tell how long it takes."""
        return self.watched is not None and self.undated * _TENTH <= self.won + self.undated

    def won_within(self, days: int) -> float | None:
        """
        Return the share that has won within so many days; ``None`` where that cannot be known yet.

        While some are open, it is not known of a day up to which none was watched, and of none
        there is no share.

        >>> from datetime import UTC
        >>> monday, june = datetime(2026, 3, 2, tzinfo=UTC), datetime(2026, 6, 1, tzinfo=UTC)
        >>> found = time_to_win([Opportunity.open(id="7", at=monday)], at=june)
        >>> found.won_within(91), found.won_within(92)
        (0.0, None)
        """
        asked = one(int, days, "days")
        if not self.is_known or (self.open and asked > (self.watched or 0)):
            return None
        return max((point.share for point in self.curve if point.day <= asked), default=0.0)

    def as_data(self) -> dict[str, Any]:
        """
        Give it as plain data, ready for a chart.

        >>> from datetime import UTC
        >>> time_to_win([], at=datetime(2026, 3, 2, tzinfo=UTC)).as_data()["median"] is None
        True
        """
        return {
            "at": self.at.isoformat(),
            "won": self.won,
            "lost": self.lost,
            "open": self.open,
            "undated": self.undated,
            "median": self.median,
            "band": None if self.band is None else list(self.band),
            "curve": [
                {"day": p.day, "share": p.share, "error": p.error, "at_risk": p.at_risk}
                for p in self.curve
            ],
            "watched": self.watched,
            "uncounted": dict(self.uncounted),
            "problems": [problem.as_data() for problem in self.problems],
            "groups": groups_as_data(self.groups),
        }

    def __str__(self) -> str:
        """Say the counts, the median, and its band."""
        total = self.won + self.lost + self.open
        said = f"{total:,} counted at {said_instant(self.at, self.zone)}: {self.won:,} won, "
        said += f"{self.lost:,} lost, {self.open:,} open; "
        if self.median is None or self.band is None:
            said += "the time to win is not known"
        else:
            low, high = self.band
            end = "no known end" if high is None else high
            said += f"half of those who win have won by day {self.median} (band {low} to {end})"
        return "\n".join([said, *self._notes(), *said_groups(self.groups, self.labels)])

    def _notes(self) -> list[str]:
        return [
            f"  {note}" for note in (*said_uncounted(self.uncounted, self.labels), *self.problems)
        ]

    def figures(self) -> tuple[Figures, ...]:
        """
        Give the figures as tables, as a page shows them in any language.

        >>> from datetime import UTC
        >>> time_to_win([], at=datetime(2026, 3, 2, tzinfo=UTC)).figures()[0].headings[0]
        'won'
        """
        headings = ("won", "lost", "open", "days to win: median", "at least", "at most")
        low, high = self.band or (None, None)
        row = (self.won, self.lost, self.open, self.median, low, high)
        return Figures(headings, (row,), self.problems), *uncounted_figures(
            self.uncounted, self.labels
        )

    def _repr_html_(self) -> str:
        return html_of(self)


def time_to_win(
    entities: Iterable[Opportunity] | Iterable[Lead],
    *,
    at: datetime,
    opportunities: Iterable[Opportunity] = (),
    opened_in: Period | None = None,
    since: date | None = None,
    group: str | Rule | None = None,
    known: Known | str = Known.ENTRY,
    calendar: Calendar | None = None,
) -> TimeToWin:
    """
    Tell how many days it takes until deals are won, or leads converted, as it was known then.

    With their deals, leads are won when the first of these is: from the lead to the customer. The
    mean of those already won is too low, since the slow ones are still open.

    Args:
        entities: the deals, or the leads.
        at: the instant.
        opportunities: the deals of these leads.
        opened_in: the period in which they began.
        since: the day from which on they were watched, where those closed before are not there.
        group: a fact by its path, a rule, or week, month, quarter or year of the beginning.
        known: whether the group goes by what was known at the entry, or now.
        calendar: in whose zone a day begins, and whose periods are meant.

    >>> from datetime import UTC
    >>> monday, friday = (datetime(2026, 3, day, tzinfo=UTC) for day in (2, 6))
    >>> deal = Opportunity.open(id="7", at=monday)
    >>> print(time_to_win([deal, deal.lose("price", at=friday)], at=friday))
    2 counted at 2026-03-06 00:00 UTC: 0 won, 1 lost, 1 open; the time to win is not known
    """
    now, days = instant(at), calendar_of(calendar)
    period = begun_period(opened_in, "opened_in", at=now)
    watched = None if since is None else begun_day(since, "since", today=days.day_of(now))
    deals = LeadDeals(opportunities)
    grouping = Grouping.of(group, known, at=now, calendar=days, by_day=True)
    apart = Apart(lambda: _Spans(now, days.day_of(now), watched), grouping)
    checked, merged = set[type](), 0
    for noun in nouns_of(entities, "entities"):
        deals.know(noun)
        if type(noun) not in checked:
            checked.add(type(noun))
            grouping.check(type(noun))
        if not has_begun(noun, at=now) or is_merged_away(noun, at=now):
            merged += has_begun(noun, at=now)
        else:
            ending = ending_of(noun, deals, at=now, calendar=days)
            if period is None or (ending.began is not None and ending.began in period):
                for counts in apart.counts_of(noun):
                    counts.count(ending)
    found = apart.whole.as_value((*merged_problems(merged), *deals.problems()))
    for deal in deals.deals:
        apart.met.meet(deal.pipeline)
    return labelled(
        attrs.evolve(found, groups=apart.groups(_Spans.as_value)), apart.labels, days.zone
    )


class _Spans:
    """The spans of one group, from the first day to the last that is known."""

    def __init__(self, at: datetime, last_day: date, watched: date | None) -> None:
        self.at, self.last_day, self.watched = at, last_day, watched
        self.spans: list[Span] = []
        self.uncounted: Counter[str] = Counter()
        self.counts: Counter[str] = Counter()
        self.undated = self.early = self.won_some_day = self.lost_some_day = 0

    def count(self, ending: Ending) -> None:
        """Count one, unless it is in no rate, or its days are not known."""
        if ending.uncounted:
            self.uncounted[ending.uncounted] += 1
            return
        outcome, ended, watched = ending.outcome, ending.ended, self.watched
        if not outcome or (ended is not None and ended > self.last_day):
            outcome, ended = "", self.last_day
        began = ending.began
        if outcome == "won" and ended is None:
            self.won_some_day += 1
        is_lost_some_day = outcome == "lost" and ended is None
        if is_lost_some_day and began is not None and (watched is None or began >= watched):
            # Whenever it was lost, it was not won by now: for the share that wins that is enough.
            self.lost_some_day += 1
            outcome, ended = "", self.last_day
        if began is None or ended is None or ended < began:
            self.undated += 1
        elif watched is not None and ended < watched:
            self.early += 1
        else:
            # From the very first day on, unless it was watched only later.
            entered = -1 if watched is None else max((watched - began).days - 1, -1)
            self.spans.append(Span(entered, (ended - began).days, outcome))
            self.counts["lost" if is_lost_some_day else outcome] += 1

    def as_value(self, problems: tuple[Problem, ...] = ()) -> TimeToWin:
        """Return the curve, its median, and what was left out."""
        curve = incidence(self.spans)
        median, band = median_day(curve)
        counts = self.counts
        problems = (*problems, *undated_problems(self.undated))
        if self.lost_some_day:
            told = _LOST_SOME_DAY.problem(is_error=False, count=self.lost_some_day)
            problems = (*problems, told)
        if self.early:
            told = _BEFORE.problem(is_error=False, count=self.early, since=self.watched)
            problems = (*problems, told)
        found = TimeToWin(
            at=self.at,
            won=counts["won"],
            lost=counts["lost"],
            open=counts[""],
            undated=self.won_some_day,
            median=median,
            band=band,
            curve=curve,
            watched=max((span.ended for span in self.spans), default=None),
            uncounted=by_frequency(self.uncounted),
            problems=problems,
        )
        return found if found.is_known else attrs.evolve(found, median=None, band=None, curve=())

"""
The funnel: of those who reached a stage, how many went on, were lost there, or still stand there.

Entities are counted one at a time and none is kept. The three counts add up, on every path; what
is still open is never taken for lost, and a rate never comes out of nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from html import escape
from typing import Any

import attrs

from ..errors import InvalidValue, Problem, Text, WrongKind
from ..leads.lead import Lead
from ..opportunities.opportunity import Opportunity
from ..rules.rule import Rule
from ..values.calendar import Calendar, Period, calendar_of
from ..values.converters import choice, maybe, one
from ..values.frozen_map import FrozenMap
from ..values.instants import instant
from .grouping import Known, group_of, must_group
from .nouns import nouns_of
from .passage import LOST, UNKNOWN, Entry, Ladder, furthest
from .proportion import Proportion
from .uncounted import Uncounted, by_frequency, said_uncounted

_NO_STEP = Text("no_such_step", "{field} is not a step of this funnel", "{steps}")
_WINDOW = Text("window_of_nothing", "{field} is not longer than nothing", "timedelta(days=30)")
_NOT_BEGUN = Text("period_not_begun", "{field} has not begun by then", "a period before {day}")
_UNKNOWN_STAGE = Text(
    "entered_unknown_stage", "{count} entered a stage that the pipeline does not have"
)
_NO_LEAD = Text("deals_without_lead", "{count} opportunities belong to none of these leads")

Within = timedelta | Mapping[str, timedelta]


class FunnelPath(StrEnum):
    """
    What it means to reach a stage.

    ``reached`` is to have entered it or a later one, ``visited`` to have stood in it, ``strict`` to
    have stood in it and, in order, in all before it, ``standing`` to stand there or further now.

    >>> FunnelPath("reached").name
    'REACHED'
    """

    REACHED = "reached"
    VISITED = "visited"
    STRICT = "strict"
    STANDING = "standing"


@attrs.frozen(kw_only=True)
class FunnelStep:
    """
    One stage: how many entered it, and of them went on, were lost there, or still stand there.

    ``skipped`` of them never stood in it, and ``returned`` entered it again from a later one.

    >>> print(FunnelStep(stage="meeting", entered=4, onward=1, lost=1, first=4))
    meeting: 4 entered, 1 went on, 1 lost, 2 still there; 1 of 2 (50%, 95% CI 9–91%) of the \
decided, 25 to 75% in the end
    """

    stage: str
    entered: int
    onward: int
    lost: int
    first: int
    skipped: int = 0
    returned: int = 0

    @property
    def still(self) -> int:
        """How many are undecided: they went not on, and are not lost."""
        return self.entered - self.onward - self.lost

    @property
    def rate(self) -> Proportion:
        """Those that went on, of the decided."""
        return Proportion(self.onward, self.onward + self.lost)

    @property
    def overall(self) -> Proportion | None:
        """Those that entered it, of those that entered the first; ``None`` where more did."""
        return Proportion(self.entered, self.first) if self.entered <= self.first else None

    @property
    def bounds(self) -> tuple[float, float] | None:
        """The share that went on if all undecided fail, and if all succeed."""
        if not self.entered:
            return None
        return self.onward / self.entered, (self.onward + self.still) / self.entered

    def as_data(self) -> dict[str, Any]:
        """
        Give it as plain data.

        >>> FunnelStep(stage="meeting", entered=0, onward=0, lost=0, first=0).as_data()["bounds"]
        """
        return {
            "stage": self.stage,
            "entered": self.entered,
            "onward": self.onward,
            "lost": self.lost,
            "still": self.still,
            "skipped": self.skipped,
            "returned": self.returned,
            "rate": self.rate.as_data(),
            "overall": None if self.overall is None else self.overall.as_data(),
            "bounds": None if self.bounds is None else list(self.bounds),
        }

    def __str__(self) -> str:
        """Say the counts, the rate of the decided, and the bounds."""
        said = (
            f"{self.stage}: {self.entered:,} entered, {self.onward:,} went on, "
            f"{self.lost:,} lost, {self.still:,} still there"
        )
        if self.bounds is None:
            return said
        low, high = (round(100 * end) for end in self.bounds)
        return f"{said}; {self.rate} of the decided, {low} to {high}% in the end"


@attrs.frozen
class StageFlow:
    """
    How often something moved from one stage to another; it began where ``from_stage`` is empty.

    >>> print(StageFlow("meeting", "lost", 3))
    meeting → lost: 3
    """

    from_stage: str
    to_stage: str
    count: int

    def __str__(self) -> str:
        """Say from where to where, and how often."""
        return f"{self.from_stage or '(begun)'} → {self.to_stage}: {self.count:,}"


@attrs.frozen(kw_only=True)
class Funnel:
    """
    The way of leads or deals through their stages, as it stood at an instant.

    ``flows`` counts every move, ``reopened`` those taken up again after they were closed,
    ``uncounted`` those lost for a reason that is in no rate, which are not ``counted``, and
    ``groups`` holds a funnel for each group; ``None`` is the group of those without the fact.

    >>> from datetime import UTC
    >>> print(funnel([], at=datetime(2026, 3, 2, tzinfo=UTC)))
    0 counted at 2026-03-02 00:00 UTC
    """

    at: datetime
    path: FunnelPath
    counted: int
    reopened: int
    steps: tuple[FunnelStep, ...]
    flows: tuple[StageFlow, ...]
    uncounted: Uncounted = ()
    problems: tuple[Problem, ...] = ()
    groups: FrozenMap[str | None, Funnel] = attrs.field(factory=FrozenMap[str | None, "Funnel"])

    def step(self, stage: str) -> FunnelStep:
        """
        Return the step of a stage. Raises `InvalidValue` where there is none.

        >>> from datetime import UTC
        >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
        >>> funnel([Opportunity.open(id="7", at=monday)], at=monday).step("meeting").still
        1
        """
        for step in self.steps:
            if step.stage == stage:
                return step
        raise InvalidValue("stage", _NO_STEP, {"steps": ", ".join(s.stage for s in self.steps)})

    def as_data(self) -> dict[str, Any]:
        """
        Give it as plain data, ready for JSON or a chart.

        >>> from datetime import UTC
        >>> funnel([], at=datetime(2026, 3, 2, tzinfo=UTC)).as_data()["steps"]
        []
        """
        return {
            "at": self.at.isoformat(),
            "path": self.path.value,
            "counted": self.counted,
            "reopened": self.reopened,
            "steps": [step.as_data() for step in self.steps],
            "flows": [
                {"from": flow.from_stage, "to": flow.to_stage, "count": flow.count}
                for flow in self.flows
            ],
            "uncounted": dict(self.uncounted),
            "problems": [problem.as_data() for problem in self.problems],
            "groups": [{"group": name, **found.as_data()} for name, found in self.groups.items()],
        }

    def __str__(self) -> str:
        """Print it, a step a line, and each group below."""
        lines = [f"{self.counted:,} counted at {self.at:%Y-%m-%d %H:%M} UTC"]
        lines += [f"  {step}" for step in self.steps]
        if self.reopened:
            lines.append(f"  reopened: {self.reopened:,}")
        lines += [f"  {line}" for line in said_uncounted(self.uncounted)]
        lines += [f"  {problem}" for problem in self.problems]
        for name, found in self.groups.items():
            lines.append(f"{'(not known)' if name is None else name}: {found}")
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        headings = ("stage", "entered", "onward", "lost", "still", "of the decided")
        rows = [(s.stage, s.entered, s.onward, s.lost, s.still, f"{s.rate}") for s in self.steps]
        head = "".join(f'<th scope="col">{name}</th>' for name in headings)
        body = "".join(
            "<tr>" + "".join(f'<td dir="auto">{escape(str(cell))}</td>' for cell in row) + "</tr>"
            for row in rows
        )
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def funnel(
    leads: Iterable[Lead] | Iterable[Opportunity],
    *,
    at: datetime,
    opportunities: Iterable[Opportunity] = (),
    path: FunnelPath | str = FunnelPath.REACHED,
    within: Within | None = None,
    entered: Period | None = None,
    closed_only: bool = False,
    group: str | Rule | None = None,
    known: Known | str = Known.ENTRY,
    calendar: Calendar | None = None,
) -> Funnel:
    """
    Count how far leads, or deals, came through the stages of one pipeline, as it was known then.

    Args:
        leads: the leads, or the deals; each is looked at once, and none is kept.
        at: the instant; what was entered later does not exist.
        opportunities: the deals of these leads; a converted lead goes on as the furthest of them.
        path: what it means to reach a stage.
        within: a window, or one for each stage; only those are counted that are old enough.
        entered: the period in which the first stage was entered.
        closed_only: leave out what is still open.
        group: a fact by its path, a rule, or week, month, quarter or year of the entry.
        known: whether the group goes by what was known at the entry, or now.
        calendar: whose periods are meant.

    >>> from datetime import UTC
    >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
    >>> deal = Opportunity.open(id="7", at=monday)
    >>> print(funnel([deal, deal.move("propose", at=monday)], at=monday).steps[0])
    meeting: 2 entered, 1 went on, 0 lost, 1 still there; 1 of 1 (100%, 95% CI 21–100%) of the \
decided, 50 to 100% in the end
    """
    now = instant(at)
    how = choice(FunnelPath, path, "path")
    when = choice(Known, known, "known")
    days = calendar_of(calendar)
    _check_window(within)
    if (
        maybe(Period, entered, "entered") is not None
        and entered is not None
        and now < entered.begins
    ):
        raise InvalidValue("entered", _NOT_BEGUN, {"day": now.date()})
    deals = _Deals(opportunities, now)
    ladder: Ladder | None = None
    steps: tuple[str, ...] = ()
    tallies: dict[str | None, _Tally] = {}
    problems: Counter[Text] = Counter()
    for noun in nouns_of(leads, "leads"):
        if ladder is None:
            must_group(group, type(noun))
            ladder = Ladder.of(noun.pipeline)
            steps = deals.steps_above(ladder)
        ladder.check(noun.pipeline, "leads")
        entries = ladder.entries(noun, at=now)
        if not entries or (entered is not None and entries[0].at not in entered):
            continue
        if entries[-1].rung == len(ladder.rungs) - 1:
            entries = deals.going_on(noun, entries)
        problems[_UNKNOWN_STAGE] += any(entry.rung == UNKNOWN for entry in entries)
        entries = [entry for entry in entries if entry.rung != UNKNOWN]
        if not entries or (closed_only and entries[-1].rung not in {LOST, len(steps) - 1}):
            continue
        name = group_of(noun, group, began=entries[0].at, known=when, at=now, calendar=days)
        if name not in tallies:
            tallies[name] = _Tally(steps, how, within, now)
        if entries[-1].uncounted:
            tallies[name].uncounted[entries[-1].uncounted] += 1
        else:
            tallies[name].count(entries)
    problems[_NO_LEAD] = deals.left_over
    whole = _Tally(steps, how, within, now)
    for tally in tallies.values():
        whole.add(tally)
    said = tuple(text.problem(is_error=False, count=n) for text, n in problems.items() if n)
    names = sorted(tallies, key=lambda name: (name is None, name or ""))
    names = [] if group is None else names
    return whole.as_funnel(
        problems=said,
        groups=FrozenMap[str | None, Funnel]({n: tallies[n].as_funnel() for n in names}),
    )


def _check_window(within: Within | None) -> None:
    windows: Iterable[object] = within.values() if isinstance(within, Mapping) else (within,)
    for window in () if within is None else windows:
        if not isinstance(window, timedelta):
            raise WrongKind.of("within", window, wanted="timedelta(days=30), or one by stage")
        if window <= timedelta():
            raise InvalidValue("within", _WINDOW)


class _Deals:
    """The deals of leads: the furthest passage of each lead, by its id."""

    def __init__(self, opportunities: Iterable[Opportunity], at: datetime) -> None:
        self.by_lead: dict[str, list[tuple[str, list[Entry]]]] = {}
        self.waiting = [one(Opportunity, deal, "opportunities") for deal in opportunities]
        self.by_id = {deal.id: deal for deal in self.waiting}
        self.at = at
        self.used: set[str] = set()
        self.above: Ladder | None = None

    @property
    def left_over(self) -> int:
        return len(self.by_id.keys() - self.used)

    def steps_above(self, ladder: Ladder) -> tuple[str, ...]:
        """Name all steps: those of the leads, and above them those of their deals."""
        if not self.waiting:
            return ladder.rungs
        self.above = Ladder.of(self.waiting[0].pipeline, above=len(ladder.rungs))
        for deal in self.waiting:
            self.above.check(deal.pipeline, "opportunities")
            for lead in deal.lead_ids:
                entries = self.above.entries(deal, at=self.at)
                self.by_lead.setdefault(lead, []).append((deal.id, entries))
        return (*ladder.rungs, *self.above.rungs)

    def going_on(self, lead: Lead | Opportunity, entries: list[Entry]) -> list[Entry]:
        """Let a converted lead go on as the furthest of its deals."""
        found = dict(self.by_lead.get(lead.id, ()))
        named = getattr(lead, "opportunity_id", "")
        if self.above is not None and named in self.by_id and named not in found:
            found[named] = self.above.entries(self.by_id[named], at=self.at)
        self.used.update(found)
        begun = [passage for passage in found.values() if passage]
        begun = [passage for passage in begun if not passage[-1].uncounted] or begun
        return [*entries, *furthest(begun)] if begun else entries


class _Tally:
    """The running counts of one group."""

    def __init__(
        self, steps: tuple[str, ...], path: FunnelPath, within: Within | None, at: datetime
    ) -> None:
        self.steps, self.path, self.within, self.at = steps, path, within, at
        self.entered, self.onward, self.lost = ([0] * len(steps) for _ in range(3))
        self.skipped, self.returned = ([0] * len(steps) for _ in range(2))
        self.counted = self.reopened = 0
        self.uncounted: Counter[str] = Counter()
        self.flows: Counter[tuple[str, str]] = Counter()

    def count(self, entries: list[Entry]) -> None:
        """Count one passage."""
        if isinstance(self.within, timedelta):
            ends = entries[0].at + self.within
            if ends > self.at:
                return
            entries = [entry for entry in entries if entry.at <= ends]
        if self.path is FunnelPath.STANDING:
            entries = entries[-1:]
            if entries[0].rung == LOST:
                return
        self.counted += 1
        self._count_moves(entries)
        seen, last = {entry.rung for entry in entries}, len(self.steps) - 1
        times = _TIMES[self.path](entries, len(self.steps))
        for rung, began in enumerate(times):
            if began is None:
                continue
            window = None if not isinstance(self.within, Mapping) else self._window(rung)
            ends = self.at if window is None else began + window
            if ends > self.at:
                continue
            self.entered[rung] += 1
            self.skipped[rung] += rung not in seen
            by_then = entries if window is None else [e for e in entries if e.at <= ends]
            if rung == last:
                passed = by_then[-1].rung == last
            elif self.path is FunnelPath.VISITED:
                places = [place for place, e in enumerate(by_then) if e.rung == rung]
                passed = any(e.rung == rung + 1 for e in by_then[places[0] + 1 :])
            else:
                after = times[rung + 1]
                passed = after is not None and after <= ends
            self.onward[rung] += passed
            self.lost[rung] += not passed and by_then[-1].rung == LOST

    def _window(self, rung: int) -> timedelta | None:
        return self.within.get(self.steps[rung]) if isinstance(self.within, Mapping) else None

    def _count_moves(self, entries: list[Entry]) -> None:
        highest, seen, back, before = LOST, set[int](), set[int](), ""
        is_closed = is_reopened = False
        for entry in entries:
            if entry.stage != before:
                self.flows[before, entry.stage] += 1
            if entry.rung < highest and entry.rung in seen:
                back.add(entry.rung)
            is_reopened |= is_closed and entry.rung not in {LOST, len(self.steps) - 1}
            is_closed |= entry.rung in {LOST, len(self.steps) - 1}
            highest, before = max(highest, entry.rung), entry.stage
            seen.add(entry.rung)
        for rung in back - {LOST}:
            self.returned[rung] += 1
        self.reopened += is_reopened

    def add(self, other: _Tally) -> None:
        """Take in the counts of a group."""
        self.counted += other.counted
        self.reopened += other.reopened
        self.uncounted.update(other.uncounted)
        self.flows.update(other.flows)
        for name in ("entered", "onward", "lost", "skipped", "returned"):
            mine, theirs = getattr(self, name), getattr(other, name)
            mine[:] = [a + b for a, b in zip(mine, theirs, strict=True)]

    def as_funnel(
        self,
        *,
        problems: tuple[Problem, ...] = (),
        groups: FrozenMap[str | None, Funnel] | None = None,
    ) -> Funnel:
        """Return what was counted."""
        flows = sorted(self.flows.items(), key=lambda flow: (-flow[1], flow[0]))
        return Funnel(
            at=self.at,
            path=self.path,
            counted=self.counted,
            reopened=self.reopened,
            steps=tuple(
                FunnelStep(
                    stage=stage,
                    entered=self.entered[rung],
                    onward=self.onward[rung],
                    lost=self.lost[rung],
                    first=self.entered[0],
                    skipped=self.skipped[rung],
                    returned=self.returned[rung],
                )
                for rung, stage in enumerate(self.steps)
            ),
            flows=tuple(StageFlow(*way, count) for way, count in flows),
            uncounted=by_frequency(self.uncounted),
            problems=problems,
            groups=FrozenMap[str | None, Funnel]() if groups is None else groups,
        )


_Times = list[datetime | None]


def _reached(entries: list[Entry], steps: int) -> _Times:
    times: _Times = [None] * steps
    best = LOST
    for entry in entries:
        for rung in range(best + 1, entry.rung + 1):
            times[rung] = entry.at
        best = max(best, entry.rung)
    return times


def _visited(entries: list[Entry], steps: int) -> _Times:
    times: _Times = [None] * steps
    for entry in reversed(entries):
        if entry.rung != LOST:
            times[entry.rung] = entry.at
    return times


def _strict(entries: list[Entry], steps: int) -> _Times:
    times: _Times = [None] * steps
    wanted = 0
    for entry in entries:
        if entry.rung == wanted:
            times[wanted] = entry.at
            wanted += 1
    return times


_TIMES = {
    FunnelPath.REACHED: _reached,
    FunnelPath.STANDING: _reached,
    FunnelPath.VISITED: _visited,
    FunnelPath.STRICT: _strict,
}

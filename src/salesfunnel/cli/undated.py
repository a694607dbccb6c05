"""The leads of a list that tell no day on which they came: they are in no period."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

import attrs

from ..analytics.funnel import Funnel
from ..errors import Text
from ..leads.lead import Lead
from ..values.calendar import Every
from ..values.frozen_map import FrozenMap

_UNDATED = Text(
    "leads_without_day",
    "leads that tell no day on which they came, and are in no period: {count:,}",
)


@attrs.define
class Undated:
    """
    Keeps apart the leads that begin at the moment of their reading, since no cell told another.

    >>> from datetime import UTC
    >>> now = datetime(2026, 3, 2, tzinfo=UTC)
    >>> undated = Undated(now)
    >>> leads = [Lead.capture(person=name, at=now) for name in ("Sara", "Ani")]
    >>> len(list(undated.left_out_of(leads))), len(undated.leads)
    (0, 2)
    """

    read_at: datetime
    leads: list[Lead] = attrs.field(factory=list[Lead])

    def left_out_of(self, leads: Iterable[Lead]) -> Iterator[Lead]:
        """Let the leads of a known day pass, and keep the others."""
        for lead in leads:
            if lead.timeline[0].at == self.read_at:
                self.leads.append(lead)
            else:
                yield lead

    def said_in(self, found: Funnel) -> Funnel:
        """Say in a funnel how many are left out."""
        if not self.leads:
            return found
        said = _UNDATED.problem(is_error=False, count=len(self.leads))
        return attrs.evolve(found, problems=(*found.problems, said))


def counted_by_day(
    leads: Iterable[Lead],
    count: Callable[[Iterable[Lead], str | None], Funnel],
    *,
    group: str,
    has_period: bool,
    at: datetime,
) -> Funnel:
    """
    Count a funnel in which leads without a day are in no period; of groups they are one.

    Args:
        leads: the leads, as they were read.
        count: counts a funnel of leads, in groups or none.
        group: by what they are grouped, if by anything.
        has_period: whether only those of a period are asked for.
        at: when they were read.
    """
    undated = Undated(at)
    if has_period:
        return undated.said_in(count(undated.left_out_of(leads), group or None))
    if group not in frozenset(Every):
        return count(leads, group or None)
    every = [*leads]
    dated = count(undated.left_out_of(every), group)
    if not undated.leads:
        return dated
    rest = attrs.evolve(count(undated.leads, None), problems=())  # which the whole tells
    groups: dict[str | None, Funnel] = {**dated.groups, None: rest}
    return attrs.evolve(undated.said_in(count(every, None)), groups=FrozenMap(groups))

"""
The agreement between marketing and sales: what a good lead is, and how fast sales answers.

Both sign one policy and one response time. Each hand-off is measured against it, so that marketing
learns which leads are wanted, and sales which of them were left waiting.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta
from statistics import median
from typing import Any

import attrs

from ..errors import InvalidDefinition, Text
from ..history.timeline import as_of
from ..leads.handoff import hand_offs
from ..leads.judging import check_policy_kind, judged
from ..leads.lead import Lead
from ..leads.offers import HandOff
from ..pipeline.codes import Codes
from ..qualification.assessment import Assessment
from ..qualification.policy import Policy
from ..values.calendar import Period
from ..values.converters import maybe, one
from ..values.frozen_map import FrozenMap
from ..values.instants import instant
from ..values.text import is_visible
from ..values.working_hours import WorkingHours
from .grouping import is_source_untold
from .hand_off_count import HandOffCount
from .nouns import leads_of
from .periods import begun_period
from .survival import half_left

_UNSIGNED = Text("agreement_unsigned", "an agreement needs the names of both sides")
_NO_TIME = Text("agreement_without_time", "respond_within must be a positive timedelta")


@attrs.frozen
class Agreement:
    """
    What both sides sign: the policy by which a lead is good, and the time to react to it.

    >>> from salesfunnel.qualification import BANT
    >>> Agreement(BANT, respond_within=timedelta(hours=24), marketing="Ani", sales="Reza").sales
    'Reza'
    """

    policy: Policy
    respond_within: timedelta = attrs.field(kw_only=True)
    marketing: str = attrs.field(kw_only=True)
    sales: str = attrs.field(kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Refuse an agreement that one side has not signed, or without a time to react."""
        within: object = self.respond_within
        check_policy_kind(self.policy)
        problems = []
        if not (is_visible(self.marketing) and is_visible(self.sales)):
            problems.append(_UNSIGNED.problem())
        if not isinstance(within, timedelta) or within <= timedelta(0):
            problems.append(_NO_TIME.problem())
        if problems:
            raise InvalidDefinition("agreement", tuple(problems))

    def judge(self, lead: Any, /, *, at: datetime) -> Assessment:  # noqa: ANN401 - a row will do as well
        """
        Judge a lead by the policy that both signed; only a qualified lead is to be offered.

        A lead on which the policy breaks stays undecided, and a finding says why.

        >>> from datetime import UTC
        >>> from salesfunnel.qualification import BANT
        >>> ours = Agreement(BANT, respond_within=timedelta(days=1), marketing="A", sales="R")
        >>> ours.judge({}, at=datetime(2026, 3, 2, tzinfo=UTC)).verdict.value
        'undecided'
        """
        return judged(lead, self.policy, at=at)

    def is_late(
        self, hand_off: HandOff, *, at: datetime, hours: WorkingHours | None = None
    ) -> bool:
        """
        Tell whether sales reacted later than agreed, or had not reacted although it was late.

        Args:
            hand_off: an offer, as `handoff.hand_offs` lists it.
            at: the moment of asking, while there is no reaction.
            hours: when people work; all hours count unless given.

        >>> from datetime import UTC
        >>> from salesfunnel.qualification import BANT
        >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
        >>> ours = Agreement(BANT, respond_within=timedelta(days=1), marketing="A", sales="R")
        >>> offer = HandOff(to="sales", offered_at=monday, policy="BANT")
        >>> ours.is_late(offer, at=monday + timedelta(days=2))
        True
        """
        offered = one(HandOff, hand_off, "hand_off")
        reacted = offered.response_at or offered.withdrawn_at or instant(at)
        return _worked(offered.offered_at, reacted, hours) > self.respond_within

    def measure(
        self,
        leads: Iterable[Lead],
        *,
        at: datetime,
        hours: WorkingHours | None = None,
        offered_in: Period | None = None,
    ) -> tuple[HandOffCount, ...]:
        """
        Measure the offers of leads as of an instant: a line for each source, and one for the whole.

        What was entered later does not count. A lead that was offered twice counts twice.

        Args:
            leads: the leads; those that were never offered count nowhere.
            at: the instant.
            hours: when people work; all hours count unless given.
            offered_in: only the offers of this period.

        >>> from datetime import UTC
        >>> from salesfunnel.leads import handoff
        >>> from salesfunnel.qualification import BANT
        >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
        >>> ours = Agreement(BANT, respond_within=timedelta(days=1), marketing="A", sales="R")
        >>> lead = Lead.capture(company="Novin Tejarat", source="web", at=monday)
        >>> lead = lead.answer({"need": True, "budget": True, "timing": True}, at=monday)
        >>> print(ours.measure([handoff.offer(lead, BANT, at=monday)], at=monday)[0])
        Web: 1 offered, 0 accepted, 0 declined, 0 recycled, 1 waiting, 0 late; accepted 0 of 0 \
(unknown); no response yet
        """
        now = instant(at)
        maybe(WorkingHours, hours, "hours")
        period = begun_period(offered_in, "offered_in", at=now)
        by_source: dict[str, list[_Offer]] = {}
        everything: list[_Offer] = []
        labels: dict[str, str] = {}
        for lead in leads_of(leads):
            known = hand_offs(event for event in lead.timeline if event.at <= now)
            offers = [
                _Offer(offer, is_last=place == len(known))
                for place, offer in enumerate(known, 1)
                if period is None or offer.offered_at in period
            ]
            if offers:
                labels |= lead.pipeline.reasons.get("decline", Codes())
                seen = lead if lead.timeline[-1].at <= now else as_of(lead, at=now)
                source = "" if is_source_untold(seen) else seen.source.value
                by_source.setdefault(source, []).extend(offers)
                everything.extend(offers)
        groups: list[tuple[str | None, list[_Offer]]] = sorted(
            by_source.items(), key=lambda pair: (not pair[0], pair[0])
        )
        groups.append((None, everything))
        called = FrozenMap(labels)
        return tuple(
            attrs.evolve(self._count(source, group, now, hours), labels=called)
            for source, group in groups
        )

    def _count(
        self, source: str | None, offers: list[_Offer], at: datetime, hours: WorkingHours | None
    ) -> HandOffCount:
        group = [each.offer for each in offers]
        declined = [each for each in offers if each.offer.is_accepted is False]
        recycled = [each for each in declined if each.offer.recycle_on is not None]
        reasons = Counter(each.offer.reason for each in declined)
        lengths = [_waited(offer, at, hours) for offer in group]
        seconds = [length for length, is_answered in lengths if is_answered]
        half = half_left(seconds, [length for length, is_answered in lengths if not is_answered])
        return HandOffCount(
            source,
            offered=len(group),
            withdrawn=sum(offer.withdrawn_at is not None for offer in group),
            accepted=sum(offer.is_accepted is True for offer in group),
            declined=tuple(sorted(reasons.items(), key=lambda pair: (-pair[1], pair[0]))),
            recycled=len(recycled),
            returned=sum(not each.is_last for each in recycled),
            late=sum(self.is_late(offer, at=at, hours=hours) for offer in group),
            median_response=timedelta(seconds=round(median(seconds))) if seconds else None,
            half_answered=None if half is None else timedelta(seconds=round(half)),
        )


@attrs.frozen
class _Offer:
    """An offer, and whether it is the last one of its lead."""

    offer: HandOff
    is_last: bool = attrs.field(kw_only=True)


def _waited(offer: HandOff, at: datetime, hours: WorkingHours | None) -> tuple[float, bool]:
    """Measure how long an offer waited for a response, and tell whether it has one."""
    until = offer.response_at or offer.withdrawn_at or at
    waited = _worked(offer.offered_at, until, hours).total_seconds()
    return waited, offer.response_at is not None


def _worked(since: datetime, until: datetime, hours: WorkingHours | None) -> timedelta:
    return until - since if hours is None else hours.between(since, until)

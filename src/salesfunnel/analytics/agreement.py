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
from ..leads.handoff import hand_offs
from ..leads.judging import check_policy_kind, judged
from ..leads.lead import Lead
from ..leads.offers import HandOff
from ..pipeline.codes import label_of
from ..qualification.assessment import Assessment
from ..qualification.policy import Policy
from ..values.converters import maybe, one, several
from ..values.instants import instant
from ..values.text import is_visible
from ..values.working_hours import WorkingHours

_UNSIGNED = Text("agreement_unsigned", "an agreement needs the names of both sides")
_NO_TIME = Text("agreement_without_time", "respond_within must be a positive timedelta")


@attrs.frozen
class HandOffCount:
    """
    How many leads of one source were offered, accepted, declined, recycled, and left waiting.

    The line that sums up all sources has no source (``None``), since any text may name one.

    >>> HandOffCount("fair", offered=4, accepted=3, declined=(), recycled=0, late=1).waiting
    1
    """

    source: str | None
    offered: int = attrs.field(kw_only=True)
    accepted: int = attrs.field(kw_only=True)
    declined: tuple[tuple[str, int], ...] = attrs.field(kw_only=True)
    withdrawn: int = attrs.field(default=0, kw_only=True)
    recycled: int = attrs.field(kw_only=True)
    late: int = attrs.field(kw_only=True)
    median_response: timedelta | None = attrs.field(default=None, kw_only=True)

    @property
    def waiting(self) -> int:
        """How many have had no answer yet."""
        answered = self.accepted + sum(count for _, count in self.declined)
        return self.offered - answered - self.withdrawn

    def __str__(self) -> str:
        """Say the counts in one line."""
        reasons = ", ".join(f"{count} {label_of({}, reason)}" for reason, count in self.declined)
        heading = "all sources" if self.source is None else self.source
        response = (
            "no response yet"
            if self.median_response is None
            else f"half of the responses came within {self.median_response}"
        )
        return (
            f"{heading}: {self.offered} offered, {self.accepted} accepted, "
            f"{sum(count for _, count in self.declined)} declined"
            + (f" ({reasons})" if reasons else "")
            + (f", {self.withdrawn} withdrawn" if self.withdrawn else "")
            + f", {self.recycled} recycled, {self.waiting} waiting, {self.late} late; {response}"
        )


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
        self, leads: Iterable[Lead], *, at: datetime, hours: WorkingHours | None = None
    ) -> tuple[HandOffCount, ...]:
        """
        Measure the offers of leads as of an instant: a line for each source, and one for the whole.

        What was entered later does not count. A lead that was offered twice counts twice.

        Args:
            leads: the leads; those that were never offered count nowhere.
            at: the instant.
            hours: when people work; all hours count unless given.

        >>> from datetime import UTC
        >>> from salesfunnel.leads import handoff
        >>> from salesfunnel.qualification import BANT
        >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
        >>> ours = Agreement(BANT, respond_within=timedelta(days=1), marketing="A", sales="R")
        >>> lead = Lead.capture(company="Novin Tejarat", source="web", at=monday)
        >>> lead = lead.answer({"need": True, "budget": True, "timing": True}, at=monday)
        >>> print(ours.measure([handoff.offer(lead, BANT, at=monday)], at=monday)[0])
        web: 1 offered, 0 accepted, 0 declined, 0 recycled, 1 waiting, 0 late; \
no response yet
        """
        now = instant(at)
        maybe(WorkingHours, hours, "hours")
        by_source: dict[str, list[HandOff]] = {}
        everything: list[HandOff] = []
        for lead in several(Lead, leads, "leads"):
            known = hand_offs(event for event in lead.timeline if event.at <= now)
            if known:
                by_source.setdefault(lead.source.value, []).extend(known)
                everything.extend(known)
        groups: list[tuple[str | None, list[HandOff]]] = [*sorted(by_source.items())]
        groups.append((None, everything))
        return tuple(self._count(source, group, now, hours) for source, group in groups)

    def _count(
        self, source: str | None, group: list[HandOff], at: datetime, hours: WorkingHours | None
    ) -> HandOffCount:
        declined = [offer for offer in group if offer.is_accepted is False]
        reasons = Counter(offer.reason for offer in declined)
        seconds = [
            _worked(offer.offered_at, offer.response_at, hours).total_seconds()
            for offer in group
            if offer.response_at is not None
        ]
        return HandOffCount(
            source,
            offered=len(group),
            withdrawn=sum(offer.withdrawn_at is not None for offer in group),
            accepted=sum(offer.is_accepted is True for offer in group),
            declined=tuple(sorted(reasons.items(), key=lambda pair: (-pair[1], pair[0]))),
            recycled=sum(offer.recycle_on is not None for offer in declined),
            late=sum(self.is_late(offer, at=at, hours=hours) for offer in group),
            median_response=timedelta(seconds=round(median(seconds))) if seconds else None,
        )


def _worked(since: datetime, until: datetime, hours: WorkingHours | None) -> timedelta:
    return until - since if hours is None else hours.between(since, until)

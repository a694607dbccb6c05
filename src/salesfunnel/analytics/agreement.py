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

from ..errors import InvalidDefinition, Text, WrongKind
from ..leads.judging import check_policy_kind, judged
from ..qualification.assessment import Assessment
from ..qualification.policy import Policy
from ..qualification.rejection import Acceptance, Rejection, RejectionReason
from ..values.converters import one, several
from ..values.instants import instant
from ..values.text import is_visible

_UNSIGNED = Text("agreement_unsigned", "an agreement needs the names of both sides")
_NO_TIME = Text("agreement_without_time", "respond_within must be a positive timedelta")


def _maybe(at: datetime | None) -> datetime | None:
    return None if at is None else instant(at, what="first_response_at")


def _answer(answer: Acceptance | Rejection | None) -> Acceptance | Rejection | None:
    if answer is None or isinstance(answer, (Acceptance, Rejection)):
        return answer
    raise WrongKind.of("answer", answer, wanted="an Acceptance or a Rejection")


@attrs.frozen
class HandOff:
    """
    A lead that marketing offered to sales, and what became of it.

    >>> from datetime import UTC
    >>> monday = datetime(2026, 3, 2, 9, tzinfo=UTC)
    >>> offer = HandOff("7", source="fair", offered_at=monday)
    >>> offer.answered(Acceptance(at=monday + timedelta(hours=2))).response_time
    datetime.timedelta(seconds=7200)
    """

    lead_id: str
    source: str = attrs.field(kw_only=True)
    offered_at: datetime = attrs.field(converter=instant, kw_only=True)
    first_response_at: datetime | None = attrs.field(default=None, converter=_maybe, kw_only=True)
    answer: Acceptance | Rejection | None = attrs.field(
        default=None, converter=_answer, kw_only=True
    )

    def answered(self, answer: Acceptance | Rejection) -> HandOff:
        """
        Record what sales says; the earlier hand-off still stands.

        >>> from datetime import UTC
        >>> monday = datetime(2026, 3, 2, 9, tzinfo=UTC)
        >>> no = Rejection("poor_fit", at=monday)
        >>> HandOff("7", source="fair", offered_at=monday).answered(no).answer.reason.value
        'poor_fit'
        """
        return attrs.evolve(self, answer=answer)

    def as_of(self, at: datetime) -> HandOff:
        """
        Give the hand-off as it was known at an instant; what was said later is left out.

        >>> from datetime import UTC
        >>> monday = datetime(2026, 3, 2, 9, tzinfo=UTC)
        >>> no = Rejection("poor_fit", at=monday + timedelta(hours=2))
        >>> HandOff("7", source="fair", offered_at=monday).answered(no).as_of(monday).answer
        """
        now, called, answer = instant(at), self.first_response_at, self.answer
        return attrs.evolve(
            self,
            first_response_at=called if called and called <= now else None,
            answer=answer if answer and answer.at <= now else None,
        )

    @property
    def response_time(self) -> timedelta | None:
        """How long it took until sales first reacted, by a call or by an answer."""
        moments = [self.first_response_at, self.answer.at if self.answer else None]
        known = [moment for moment in moments if moment is not None]
        return max(min(known) - self.offered_at, timedelta(0)) if known else None


@attrs.frozen
class HandOffCount:
    """
    How many leads of one source were offered, accepted, rejected, recycled, and left waiting.

    The line that sums up all sources has no source (``None``), since any text may name one.

    >>> HandOffCount("fair", offered=4, accepted=3, rejected=(), recycled=0, late=1).waiting
    1
    """

    source: str | None
    offered: int = attrs.field(kw_only=True)
    accepted: int = attrs.field(kw_only=True)
    rejected: tuple[tuple[RejectionReason, int], ...] = attrs.field(kw_only=True)
    recycled: int = attrs.field(kw_only=True)
    late: int = attrs.field(kw_only=True)
    median_response: timedelta | None = attrs.field(default=None, kw_only=True)

    @property
    def waiting(self) -> int:
        """How many have had no answer yet."""
        return self.offered - self.accepted - sum(count for _, count in self.rejected)

    def __str__(self) -> str:
        """Say the counts in one line."""
        reasons = ", ".join(f"{count} {reason.value}" for reason, count in self.rejected)
        heading = "all sources" if self.source is None else self.source
        response = (
            "no response yet"
            if self.median_response is None
            else f"half of the responses came within {self.median_response}"
        )
        return (
            f"{heading}: {self.offered} offered, {self.accepted} accepted, "
            f"{sum(count for _, count in self.rejected)} rejected"
            + (f" ({reasons})" if reasons else "")
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

    def is_late(self, hand_off: HandOff, *, at: datetime) -> bool:
        """
        Tell whether sales reacted later than agreed, or had not reacted although it was late.

        >>> from datetime import UTC
        >>> from salesfunnel.qualification import BANT
        >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
        >>> ours = Agreement(BANT, respond_within=timedelta(days=1), marketing="A", sales="R")
        >>> offer = HandOff("7", source="fair", offered_at=monday)
        >>> ours.is_late(offer, at=monday + timedelta(days=2))
        True
        """
        taken = one(HandOff, hand_off, "hand_off").as_of(at).response_time
        waited = instant(at) - hand_off.offered_at if taken is None else taken
        return waited > self.respond_within

    def measure(self, hand_offs: Iterable[HandOff], *, at: datetime) -> tuple[HandOffCount, ...]:
        """
        Measure hand-offs as of an instant: one line for each source, and one without for the whole.

        What was offered or answered later does not count.

        >>> from datetime import UTC
        >>> from salesfunnel.qualification import BANT
        >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
        >>> ours = Agreement(BANT, respond_within=timedelta(days=1), marketing="A", sales="R")
        >>> offers = [HandOff("7", source="fair", offered_at=monday)]
        >>> print(ours.measure(offers, at=monday)[0])
        fair: 1 offered, 0 accepted, 0 rejected, 0 recycled, 1 waiting, 0 late; \
no response yet
        """
        by_source: dict[str, list[HandOff]] = {}
        everything: list[HandOff] = []
        now = instant(at)
        for hand_off in several(HandOff, hand_offs, "hand_offs"):
            if hand_off.offered_at <= now:
                known = hand_off.as_of(now)
                by_source.setdefault(known.source, []).append(known)
                everything.append(known)
        groups: list[tuple[str | None, list[HandOff]]] = [*sorted(by_source.items())]
        groups.append((None, everything))
        return tuple(self._count(source, group, now) for source, group in groups)

    def _count(self, source: str | None, group: list[HandOff], at: datetime) -> HandOffCount:
        rejections = [h.answer for h in group if isinstance(h.answer, Rejection)]
        reasons = Counter(rejection.reason for rejection in rejections)
        times = [h.response_time for h in group]
        seconds = [time.total_seconds() for time in times if time is not None]
        return HandOffCount(
            source,
            offered=len(group),
            accepted=sum(isinstance(h.answer, Acceptance) for h in group),
            rejected=tuple(sorted(reasons.items(), key=lambda pair: (-pair[1], pair[0]))),
            recycled=sum(rejection.is_recycled for rejection in rejections),
            late=sum(self.is_late(h, at=at) for h in group),
            median_response=timedelta(seconds=round(median(seconds))) if seconds else None,
        )

"""Evidence: where a fact stands, how old it is, and which answers contradict each other."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

import attrs

from ..rules.facts import is_telling, step
from ..values.answer import Answer
from .events import QuestionAnswered


@attrs.frozen
class Contradiction:
    """
    Two answers to one question that cannot both be right; the later one counts.

    >>> print(Contradiction("budget", earlier=Answer(True), later=Answer(False)))
    budget: two answers contradict each other
    """

    slot: str
    earlier: Answer = attrs.field(kw_only=True)
    later: Answer = attrs.field(kw_only=True)

    def __str__(self) -> str:
        """Name the question, and nobody."""
        return f"{self.slot}: two answers contradict each other"


def contradictions(timeline: Iterable[object], /) -> tuple[Contradiction, ...]:
    """
    Report each answer on a timeline that says something else than the one before it.

    An answer that had expired when the next was given is no contradiction, but news.

    >>> from datetime import UTC, datetime
    >>> from salesfunnel.leads import Lead
    >>> monday = datetime(2026, 3, 2, 9, tzinfo=UTC)
    >>> lead = Lead.capture(company="Novin Tejarat", at=monday)
    >>> lead = lead.answer("budget", True, at=monday).answer("budget", False, at=monday)
    >>> print(*contradictions(lead.timeline))
    budget: two answers contradict each other
    """
    standing: dict[str, Answer] = {}
    found: list[Contradiction] = []
    for event in timeline:
        if not isinstance(event, QuestionAnswered):
            continue
        earlier = standing.get(event.slot)
        if earlier is not None and event.answer.contradicts(earlier, at=event.at):
            found.append(Contradiction(event.slot, earlier=earlier, later=event.answer))
        if event.answer.value is not None:
            standing[event.slot] = event.answer
    return tuple(found)


def find_evidence(subject: object, names: tuple[str, ...], *, at: datetime) -> object:
    """
    Find what a rule reads at the end of a path: an `Answer` with all its evidence, or a bare fact.

    >>> from datetime import UTC
    >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
    >>> row = {"answers": {"need": Answer(True, source="phone call")}}
    >>> find_evidence(row, ("answers", "need"), at=monday).source
    'phone call'
    """
    found = subject
    try:
        for name in names:
            found = step(found, name, at)
            if found is None or isinstance(found, Answer):
                break
    except Exception:  # noqa: BLE001 - whatever a host's object raises, there is no evidence
        return None
    return found if isinstance(found, Answer) or is_telling(found) else None


def age_of(evidence: object, *, at: datetime) -> timedelta:
    """
    Return how old an answer is. What bears no date does not age.

    >>> from datetime import UTC, datetime
    >>> june, july = datetime(2026, 6, 1, tzinfo=UTC), datetime(2026, 7, 1, tzinfo=UTC)
    >>> age_of(Answer(True, at=june), at=july).days
    30
    """
    said_at = evidence.at if isinstance(evidence, Answer) else None
    return timedelta(0) if said_at is None else at - said_at

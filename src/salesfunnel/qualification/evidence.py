"""Evidence: where a fact stands, how old it is, and which answers contradict each other."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

import attrs

from ..errors import WrongKind
from ..rules.facts import TELLING, is_telling, path_names, read_fact, step
from ..values.answer import Answer
from ..values.frozen_map import FrozenMap
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
        """Name the question, and no person."""
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
    if isinstance(timeline, type) or not hasattr(timeline, "__iter__"):
        raise WrongKind.of("timeline", timeline, wanted="the timeline of a lead or a deal")
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
    found = _walk(subject, names, at)
    return found if found is not None and _is_evidence(found) else None


def _walk(subject: object, names: tuple[str, ...], at: datetime) -> Any:  # noqa: ANN401 - a fact may be anything
    """Go to the end of a path, or to the answer before it."""
    found: Any = subject
    try:
        for name in names:
            found = found.get(name) if type(found) is dict else step(found, name, at)
            if found is None or isinstance(found, Answer):
                return found
    except Exception:  # noqa: BLE001 - an object of a host may raise anything
        return None
    return found


# What stands in a row for sure, without a closer look.
_SURE = TELLING | {Answer}

Places = tuple[tuple[tuple[str, ...], tuple[tuple[str, str], ...]], ...]
"""Paths by the place where they end: the names on the way there, then each path and last name."""


def places(paths: Iterable[str]) -> Places:
    """
    Sort paths by the place where they end, so that each place is gone to only once.

    >>> places(["answers.need", "city", "answers.budget"])[0]
    (('answers',), (('answers.need', 'need'), ('answers.budget', 'budget')))
    """
    found: dict[tuple[str, ...], list[tuple[str, str]]] = {}
    for path in paths:
        *way, last = path_names(path)
        found.setdefault(tuple(way), []).append((path, last))
    return tuple((way, tuple(ends)) for way, ends in found.items())


def read_evidence(lead: object, where: Places, *, at: datetime) -> FrozenMap[str, object]:
    """
    Collect what stands at the end of several paths, wherever anything is known.

    >>> from datetime import UTC
    >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
    >>> dict(read_evidence({"city": "Yerevan"}, places(["city", "x"]), at=monday))
    {'city': 'Yerevan'}
    """
    found: dict[str, object] = {}
    for way, ends in where:
        place = _walk(lead, way, at)
        if type(place) is dict or type(place) is FrozenMap:
            get = place.get
            for path, last in ends:
                fact = get(last)
                if fact is not None and (type(fact) in _SURE or _is_evidence(fact)):
                    found[path] = fact
        elif place is not None:
            for path, last in ends:
                fact = find_evidence(place, (last,), at=at)
                if fact is not None:
                    found[path] = fact
    return FrozenMap(found)


def lead_judged(lead: object, *, at: datetime) -> tuple[str, int | None]:
    """
    Tell which lead is judged, by its ``id``, read like any other fact, and in which version.

    A lead that names itself by nothing has no id. The version is an entity's own, never a row's
    fact, since a row may mean anything by it.

    >>> from datetime import UTC
    >>> lead_judged({"id": 7, "version": 3}, at=datetime(2026, 3, 2, tzinfo=UTC))
    ('7', None)
    """
    fact = read_fact(lead, ("id",), at=at)
    try:
        version = getattr(lead, "version", None)
        return "" if fact is None else str(fact), version if type(version) is int else None
    except Exception:  # noqa: BLE001 - an object of a host may raise anything
        return "", None


def _is_evidence(fact: object) -> bool:
    if isinstance(fact, str):  # plain words first, since whether letters show at all takes longer
        return (fact.isascii() and fact.isalnum()) or is_telling(fact)
    return type(fact) in _SURE or is_telling(fact)


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

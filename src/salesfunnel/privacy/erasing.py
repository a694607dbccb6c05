"""Erasing a person from leads, deals and accounts at once, their history included."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from types import MappingProxyType, SimpleNamespace
from typing import Any, Protocol

import attrs

from ..accounts.account import Account
from ..accounts.people import person_id
from ..activities.events import ActivityLogged
from ..activities.logging import id_in_place
from ..activities.steps import StepPlanned
from ..errors import MoveRefused, Refusal, WrongKind
from ..history.erased import PersonErased
from ..history.event import Chronicled
from ..history.timeline import MERGED, standing_in_the_way
from ..leads.lead import Lead
from ..values import converters
from ..values.contact_points import ContactPoint
from ..values.ids import derived_id
from ..values.person import Person
from .rewriting import Rewriting
from .traces import Traces, is_them, point_of
from .witnesses import Witnesses, address_of

# What has an id of its own, derived from that of its noun unless given.
_DERIVED: Mapping[type[Any], str] = MappingProxyType(
    {ActivityLogged: "activity", StepPlanned: "step"}
)

ErasedField = tuple[str, int, str]
_Erased = tuple[Any, list[ErasedField], list[ErasedField]]


class Erasable(Chronicled, Protocol):
    """What erasing wants to know of a lead, a deal or an account."""

    @property
    def id(self) -> str:
        """Which one it is."""
        ...


@attrs.frozen(kw_only=True)
class Erasure:
    """
    What came of erasing a person: the nouns, where they were rewritten, and where to look again.

    Each place is the id of a noun as it was, the number of an event from 0, and a field. What is
    ``left`` may tell of the person: a part of the name, a text that others say too, or a code.

    >>> Erasure(nouns=()).rewritten
    ()
    """

    nouns: tuple[Any, ...]
    rewritten: tuple[ErasedField, ...] = ()
    left: tuple[ErasedField, ...] = ()

    @property
    def found(self) -> bool:
        """Whether anything of the person was found and erased; if not, nothing has changed."""
        return bool(self.rewritten)


def erase_person(
    person: Person | str,
    *nouns: Erasable,
    at: datetime,
    by: str = "",
    token: str = "",
    rekey: Mapping[str, str] | None = None,
) -> Erasure:
    """
    Erase a person from all nouns that tell of them, and from the history of each.

    A lead of theirs is the witness: its words, details, answers and addresses go, wherever they
    went. Elsewhere the person, these texts, and notes that name them go. Times, stages, money,
    kinds, roles and the number of events stay. Each noun that changed ends with `PersonErased`.
    A name is met in every script that it may be heard in. Where nothing of the person is ``found``,
    as under a misspelt name, nothing changes, ids neither.

    Args:
        person: who; or the name, or an e-mail address or number of theirs.
        nouns: all leads, opportunities and accounts that may tell of them.
        at: when. A time before the last event of any noun is refused, and then none is changed.
        by: who erased.
        token: what tells this erased person from others, such as the number of the request.
        rekey: new ids by old ones. A derived id can be guessed by those who know the address.

    >>> from datetime import UTC
    >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
    >>> lead = Lead.capture(person="Ali Karimi", email="ali@karimi.example", at=monday)
    >>> [erased] = erase_person("Ali Karimi", lead, at=monday).nouns
    >>> str(erased.person), erased.contact_points, erased.version
    ('erased person', (), 2)
    """
    who = _who(person)
    event = PersonErased(at=at, by=by, token=token)
    for noun in nouns:
        if not hasattr(noun, "timeline"):
            raise WrongKind.of("nouns", noun, wanted="each lead, opportunity and account by itself")
        objection = standing_in_the_way(noun, at=event.at)
        if objection and objection.text is not MERGED:
            raise MoveRefused(Refusal("erase", getattr(noun, "stage", ""), (objection,)))
    ids = dict(_new_ids(nouns, rekey or {}))
    witnesses = Witnesses.of(who, nouns)
    traces = _traces(witnesses, nouns)

    def erased_with(new_ids: Mapping[str, str]) -> Iterator[_Erased]:
        for noun, is_own in zip(nouns, witnesses.own, strict=True):
            work = Rewriting(
                traces, people=witnesses.people, rekey=new_ids, token=token, is_own=is_own
            )
            yield _without(noun, work, event)

    done = list(erased_with({}))
    # Who was not found has no ids either: a name may be misspelt.
    if ids and any(rewritten for _, rewritten, _ in done):
        done = list(erased_with(ids))
    return Erasure(
        nouns=tuple(noun for noun, _, _ in done),
        rewritten=tuple(place for _, rewritten, _ in done for place in rewritten),
        left=tuple(place for _, _, left in done for place in left),
    )


def _who(person: Person | str) -> Person | ContactPoint:
    if isinstance(person, str):
        return address_of(person) or Person(person)
    return converters.one(Person, person, "person")


def _without(
    noun: Any,  # noqa: ANN401 - one of the nouns
    work: Rewriting,
    erased: PersonErased,
) -> _Erased:
    work.texts_told = frozenset(text for event in noun.timeline for text in _texts(event))
    # An address of theirs on the lead of someone else: which of the two it is, someone has to see.
    work.is_suspect = isinstance(noun, Lead) and not work.is_own and work.takes_address_of(noun)
    rewritten: list[ErasedField] = []
    left: list[ErasedField] = []
    events: list[Any] = []
    for place, before in enumerate(noun.timeline):
        after, changed = work.event(before)
        events.append(after)
        rewritten += [(noun.id, place, field) for field in changed]
        left += [(noun.id, place, field) for field in work.doubtful]
    if not rewritten:
        return noun, rewritten, left
    return type(noun).replay((*events, erased)), rewritten, left


def _traces(witnesses: Witnesses, nouns: Iterable[Erasable]) -> Traces:
    """Gather by what the person is found: a first walk through all that is told."""
    people = witnesses.people
    nothing = Traces.of(people, points=(), copies=())
    work = Rewriting(nothing, people=people, rekey={}, token="", is_own=False)
    said_by_others: set[str] = set()
    reach_others: set[tuple[str, str]] = set()
    for noun, is_own in zip(nouns, witnesses.own, strict=True):
        work.is_own = is_own
        if isinstance(noun, Lead) and not is_own:
            said_by_others |= {text for event in noun.timeline for text in _texts(event)}
            reach_others |= {point_of(point) for point in noun.contact_points}
        else:
            for event in noun.timeline:
                work.event(event)
    known = (*people, *(p for p in work.found if any(is_them(p, one) for one in people)))
    return Traces.of(
        known,
        points=(work.points - reach_others) | set(map(point_of, witnesses.asked_for)),
        copies=work.texts,
        shared=work.texts & said_by_others,
        akin=work.found,
        ids=(*work.ids, *(i for one in known for i in _ids_at_accounts(one, nouns))),
    )


def _ids_at_accounts(person: Person, nouns: Iterable[Erasable]) -> Iterator[str]:
    """List the ids that follow from account and name, by which others may name the person."""
    for noun in nouns:
        known = noun.people if isinstance(noun, Account) else ()
        yield from (person_id(noun.id, one) for one in known if is_them(one, person))
        account_id = getattr(noun, "account_id", "")
        if account_id:
            yield person_id(account_id, person)


def _texts(value: Any) -> Iterator[str]:  # noqa: ANN401 - any value
    """List all texts within a value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from _texts(tuple(value.items()))
    elif isinstance(value, tuple):
        for item in value:
            yield from _texts(item)
    elif attrs.has(type(value)):
        yield from _texts(tuple(getattr(value, f.name) for f in attrs.fields(type(value))))


def _new_ids(nouns: Iterable[Erasable], rekey: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """List the new ids, also of what has an id that was derived from that of its noun."""
    yield from rekey.items()
    for noun in nouns:
        if noun.id not in rekey:
            continue
        for place, event in enumerate(noun.timeline):
            what = _DERIVED.get(type(event))
            if what and event.id == _id_at(noun.id, place, what, event):
                yield event.id, _id_at(rekey[noun.id], place, what, event)
            conversion_id = getattr(event, "conversion_id", "")
            if conversion_id == derived_id("conversion", noun.id, str(place)):
                yield conversion_id, derived_id("conversion", rekey[noun.id], str(place))


def _id_at(noun_id: str, place: int, what: str, event: Any) -> str:  # noqa: ANN401 - of two kinds
    """Derive the id that an event got at its place on the timeline of a noun of that id."""
    then: Any = SimpleNamespace(id=noun_id, timeline=range(place))
    return id_in_place(then, what, event.kind, at=event.at, by=event.by)

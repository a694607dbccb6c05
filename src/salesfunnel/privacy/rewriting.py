"""Rewriting one event without a person: what is personal goes, all else stays as it is."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import count
from typing import Any

import attrs

from ..pipeline.pipeline import Pipeline
from ..qualification.finding import Finding
from ..values.answer import Answer
from ..values.company import Company
from ..values.contact_points import ContactKind, ContactPoint
from ..values.frozen_map import FrozenMap
from ..values.money import Money
from ..values.person import Person
from ..values.text import is_visible
from .traces import Traces, is_them, point_of

# Under these names stand facts of the host, and what was answered: a fact may be unknown.
_FACTS = frozenset({"data", "details", "value"})
# Under these names a contribution has fields and their places as keys.
_BY_FIELD = frozenset({"values", "ways"})
# What lies within these are fields as well.
_RECORDS = frozenset({"company", "person", "people", "contacts"})
# Under these names a contribution holds ids, which are no texts about a person.
_IDS = frozenset({"account_id", "lead_ids"})
# Under these names stands who it was: a blank would mean anyone.
_NAMES = frozenset({"name", "person"})
_PARTS_OF_A_NAME = ("name", "given", "family")
_GONE = object()


@attrs.define
class Rewriting:
    """
    Takes a person, under each of their names (``people``), out of the events of one noun.

    ``is_own`` says that the noun is their lead.

    ``is_suspect`` says that an address of theirs stood on the lead of someone else, which makes all
    that is personal there doubtful.

    ``texts_told`` are all texts on its timeline, which a new key must not repeat. ``doubtful`` says
    whether the last event may still tell of the person, and ``found``, ``texts``, ``points`` and
    ``ids`` hold what was found on the way.

    >>> from salesfunnel.values import Person
    >>> traces = Traces.of([Person("Ali Karimi")], points=(), copies=())
    >>> work = Rewriting(traces, people=(Person("Ali Karimi"),), rekey={}, token="", is_own=False)
    >>> work.text("Ali Karimi rang", "note", is_personal=True)
    ''
    """

    traces: Traces
    people: tuple[Person, ...]
    rekey: Mapping[str, str]
    token: str
    is_own: bool
    is_suspect: bool = False
    texts_told: frozenset[str] = frozenset()
    doubtful: list[str] = attrs.field(factory=list)
    texts: set[str] = attrs.field(factory=set)
    points: set[tuple[str, str]] = attrs.field(factory=set)
    found: list[Person] = attrs.field(factory=list)
    ids: set[str] = attrs.field(factory=set)
    new_keys: dict[str, str] = attrs.field(factory=dict)

    def event(self, event: Any) -> tuple[Any, tuple[str, ...]]:  # noqa: ANN401 - of any noun
        """Return an event without the person, and the fields in which it differs."""
        self.doubtful = []
        changed = self._changed(event)
        return (attrs.evolve(event, **changed) if changed else event), tuple(changed)

    def value(  # noqa: PLR0911 - one for each kind of value
        self,
        value: Any,  # noqa: ANN401 - any value
        name: str,
        *,
        is_personal: bool,
    ) -> Any:  # noqa: ANN401 - of the same kind
        """Return a value without the person, of the kind that the field can hold."""
        match value:
            case Pipeline() | Money() | Finding():
                return value
            case str() if type(value) is str:
                return self.text(value, name, is_personal=is_personal)
            case Person() if not value.is_erased:
                return self._erased(value) if self._is_them(value) else self._other(value)
            case ContactPoint():
                return self._point(value)
            case tuple():
                items = (self.value(item, name, is_personal=is_personal) for item in value)
                return tuple(item for item in items if item is not _GONE)
            case FrozenMap():
                return self._map(value, name, is_personal=is_personal)
            case _ if attrs.has(type(value)):
                return self._parts(value)
            case _:
                return value

    def text(self, text: str, name: str, *, is_personal: bool) -> str | None:
        """Return a text, what stands for it where it told of the person, or a new id."""
        if text in self.rekey:
            return self.rekey[text]
        if not is_visible(text):
            return text
        is_told = self.traces.are_in(text) or (name == "person" and text in self.traces.ids)
        if is_personal and (self.is_own or is_told):
            if self.is_own:
                self.texts.add(text)
            if name in _FACTS:
                return None
            return str(Person.erased(self.token)) if name in _NAMES else ""
        if is_told or (is_personal and (self.is_suspect or self.traces.may_be_in(text))):
            self.doubtful.append(name)
        return text

    def takes_address_of(self, lead: Any) -> bool:  # noqa: ANN401 - a lead
        """Whether an address goes that is known of a lead."""
        return any(self._point(point) is _GONE for point in lead.contact_points)

    def _is_them(self, person: Person) -> bool:
        return self.is_own or any(is_them(person, known) for known in self.people)

    def _erased(self, person: Person) -> Person:
        self.found.append(person)
        self.points |= {point_of(point) for point in person.contact_points}
        self.ids |= {person.id} - {""}
        return Person.erased(self.token)

    def _other(self, person: Person) -> Person:
        """
        Leave someone else their name, though one of its words may be all that was asked for.

        It is doubtful then: to erase half of a person, or all of a family, is worse than to ask.
        """
        changed = self._changed(person)
        if [part for part in _PARTS_OF_A_NAME if changed.pop(part, None) is not None]:
            self.doubtful.append("name")
        return attrs.evolve(person, **changed) if changed else person

    def _point(self, point: ContactPoint) -> object:
        key = point_of(point)
        if self.is_own:
            if point.kind is not ContactKind.WEBSITE:  # which is rather that of the firm
                self.points.add(key)
                self.texts.add(point.text)
        elif key not in self.traces.points:
            if self.traces.are_in_address(point.text):
                return _GONE
            if self.traces.may_be_in(point.text):
                self.doubtful.append("contact_points")
            return point
        return _GONE

    def _map(
        self, values: FrozenMap[str, Any], name: str, *, is_personal: bool
    ) -> FrozenMap[str, Any]:
        rewritten: dict[str, Any] = {}
        for key, value in values.items():
            place = name if name in _FACTS else key
            tells = is_personal and place not in _IDS
            rewritten[self._key(key, name)] = self.value(value, place, is_personal=tells)
        return FrozenMap(rewritten)

    def _key(self, key: str, name: str) -> str:
        """Return the key of a fact, the same in each event; names of fields stay as they are."""
        field, dot, fact = key.partition(".") if name in _BY_FIELD else ("", "", key)
        if fact and field not in _RECORDS and self.traces.are_in(fact):
            fact = self.new_keys.setdefault(fact, self._free_key())
        return f"{field}{dot}{fact}"

    def _free_key(self) -> str:
        """Return a key that no fact has, not even one renamed when another person was erased."""
        taken = {*self.texts_told, *self.new_keys.values()}
        return next(key for number in count(1) if (key := f"erased {number}") not in taken)

    def _parts(self, value: Any) -> Any:  # noqa: ANN401 - any value of parts
        """Rewrite the parts of a value; a company is not the person, even that of the lead."""
        was_own, self.is_own = self.is_own, self.is_own and not isinstance(value, Company)
        changed = self._changed(value)
        self.is_own = was_own
        if isinstance(value, Answer) and changed.get("value", value) is None:
            changed["note"] = "erased"
        return attrs.evolve(value, **changed) if changed else value

    def _changed(self, value: Any) -> dict[str, Any]:  # noqa: ANN401 - any class of attrs
        """Rewrite each field; give those that differ, by the names that `attrs.evolve` takes."""
        changed: dict[str, Any] = {}
        for field in attrs.fields(type(value)):
            if not field.init:  # what follows from the others is worked out anew
                continue
            before, doubts = getattr(value, field.name), len(self.doubtful)
            is_personal = field.metadata.get("personal", True)
            after = self.value(before, field.name, is_personal=is_personal)
            if after != before:
                changed[field.alias] = after
            if self.doubtful[doubts:]:  # all doubts within a field are one
                self.doubtful[doubts:] = [field.name]
        return changed

"""What a lead brings: its values by the field of account and deal, and how each is put in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import attrs

from ..errors import InvalidValue, Text, WrongKind
from ..leads.lead import Lead
from ..opportunities.contacts import Involvement
from ..values.answer import Answer
from ..values.change import Change, ChangeKind
from ..values.company import Company
from ..values.contact_points import ContactPoint
from ..values.contribution import Contribution
from ..values.field_merge import FieldMerge
from ..values.frozen_map import FrozenMap
from ..values.person import Person
from ..values.text import plain_text
from .mapping import OF_THE_OWNER, Carried, ConversionMapping, FieldWay, MergeFunction

LEAD, KEEP = "lead", "keep"
# What a noun sums up, and what of it can be told elsewhere.
_SUMMED_UP = {"steps": "open", "consent": "words", "engagement": "moments"}
_OF_THE_PERSON = "people.contact_points"
GIVEN = ("name", "amount", "expected_close", "role")
_NOT_DECIDABLE = Text(
    "not_decidable", "{field} names {place}, which a conversion does not carry", "{places}"
)
_PARTS = {
    root: [f"{root}.{field.name}" for field in attrs.fields(kind)]
    for root, kind in (("person", Person), ("company", Company))
}
_NO_CHOICE = Text("no_choice", "{field} says neither for {place}", "lead, or keep")


@attrs.frozen
class Cargo:
    """
    What one noun gets from a lead, before it is held against what stands there already.

    ``origins`` says for each place of the noun from which place of the lead its value comes.
    """

    values: dict[str, Any] = attrs.field(factory=dict, repr=False)
    ways: dict[str, FieldWay] = attrs.field(factory=dict)
    origins: dict[str, str] = attrs.field(factory=dict)
    owned_by: dict[str, str] = attrs.field(factory=dict, repr=False)

    def decided(self, decide: Mapping[str, str]) -> dict[str, str]:
        """Say at which places of the noun it was decided, and how."""
        found = {}
        for choice, chosen in decide.items():
            inside = {
                place: origin
                for place, origin in self.origins.items()
                if f"{choice}.".startswith(f"{origin}.")
            }
            nearest = max(map(len, inside.values()), default=0)
            for place, origin in inside.items():
                if len(origin) == nearest:
                    found[f"{place}{choice.removeprefix(origin)}"] = chosen
        return found

    def origin(self, place: str) -> str:
        """Say from which place of the lead the value of a place of the noun comes."""
        here = max((p for p in self.origins if f"{place}.".startswith(f"{p}.")), key=len)
        return f"{self.origins[here]}{place.removeprefix(here)}"


def decisions(decide: Mapping[str, str], mapping: ConversionMapping) -> FrozenMap[str, str]:
    """Let in what was decided: by the place at the lead, its value, or what stands there."""
    if not isinstance(decide, Mapping):
        raise WrongKind.of("decide", decide, wanted="lead or keep, by place")
    carried = [
        row.field
        for row in mapping.rows
        if isinstance(row, Carried) and row.field not in OF_THE_OWNER
    ]
    roots = {*GIVEN, *(field.partition(".")[0] for field in carried)}
    for place, choice in decide.items():
        if plain_text(place, "decide").partition(".")[0] not in roots:
            said = {"place": place, "places": ", ".join((*carried, *GIVEN))}
            raise InvalidValue("decide", _NOT_DECIDABLE, said)
        inside = _PARTS.get(place.partition(".")[0])
        if inside and "." in place and place not in inside:
            said = {"place": place, "places": ", ".join(inside)}
            raise InvalidValue("decide", _NOT_DECIDABLE, said)
        if choice not in {LEAD, KEEP}:
            raise InvalidValue("decide", _NO_CHOICE, {"place": place})
    return FrozenMap(decide)


def cargo_for(
    noun: str,
    lead: Lead,
    mapping: ConversionMapping,
    *,
    contact: Involvement | None,
    contact_id: str,
    given: Mapping[str, Any],
) -> Cargo:
    """Gather what a lead brings to one noun, and what the planner gives it beside that."""
    cargo = Cargo()
    reached: tuple[ContactPoint, ...] = ()
    for row, inner, fitted in _placed(noun, lead, mapping, contact):
        field = inner.partition(".")[0]
        if field in OF_THE_OWNER:
            # No contribution changes an owner: there is a verb for that, and a history.
            cargo.owned_by[field] = fitted
            continue
        here = "contacts" if field == "contacts" else inner
        cargo.ways[here] = row.way
        cargo.origins["contacts.person" if field == "contacts" else inner] = row.field
        if inner == _OF_THE_PERSON:
            reached += fitted
        elif inner == "consent":
            said = tuple([attrs.evolve(word, person=word.person or contact_id) for word in fitted])
            cargo.values[inner] = said
        else:
            cargo.values[field] = _with(cargo.values.get(field), fitted)
    if reached:
        (person,) = cargo.values["people"]
        cargo.values["people"] = (attrs.evolve(person, contact_points=reached),)
    for name, value in given.items():
        if value not in (None, "", ()):
            cargo.values[name] = value
            cargo.origins[name] = name
    if "contacts" in cargo.values:
        cargo.origins["contacts.role"] = "role"
    return cargo


def _placed(
    noun: str, lead: Lead, mapping: ConversionMapping, contact: Involvement | None
) -> Iterator[tuple[Carried, str, Any]]:
    """Go through what comes to one noun: the row, the place there, and the value as it fits."""
    carried = [row for row in mapping.rows if isinstance(row, Carried)]
    brings_person = contact and any(
        row.field == "person" and "account.people" in row.to for row in carried
    )
    for row in carried:
        by_person = contact.person if contact and row.field == "person" else None
        value = by_person if row.field == "person" else mapping.read(lead, row)
        for place in row.to:
            whose, _, inner = place.partition(".")
            if inner == _OF_THE_PERSON and not brings_person:
                inner = "contact_points"  # no person comes whose they could be
            fitted = _fitted(inner, row.field, value, contact) if whose == noun else None
            if fitted:
                yield row, inner, fitted


def _fitted(  # noqa: PLR0911 - one for each kind of place
    inner: str,
    origin: str,
    value: Any,  # noqa: ANN401 - of any kind
    contact: Involvement | None,
) -> Any:  # noqa: ANN401 - of any kind
    """Bring a value of the lead into the form in which a field takes it; blank is nothing."""
    if value in (None, "", ()):
        return None
    field, _, name = inner.partition(".")
    part = origin.partition(".")[2]
    if field in ("details", "answers"):
        named = value if isinstance(value, FrozenMap) else {part or origin: value}
        if field == "answers":
            named = {k: v if isinstance(v, Answer) else Answer(v) for k, v in named.items()}
        return {name or known: item for known, item in named.items()}
    if isinstance(value, FrozenMap):
        value = value.get(part)
    if inner in _SUMMED_UP:
        return getattr(value, _SUMMED_UP[inner])
    match inner:
        case "people" | "lead_ids":
            return (value,)
        case "contacts":
            return (contact,)
        case "contacts.role":
            return None  # it is said of the contact, who comes by the row of the person
        case "name":
            return str(value)
        case _:
            return value


def _with(known: Any, more: Any) -> Any:  # noqa: ANN401 - of any kind
    """Put together what several rows carry to one field; of single values the first stands."""
    if isinstance(known, dict):
        return {**known, **more}
    if isinstance(known, tuple):
        return (*known, *more)
    return more if known is None else known


def settled(
    cargo: Cargo, known: object, decided: Mapping[str, str]
) -> tuple[Contribution, tuple[Change, ...]]:
    """
    Settle how each value is put in, now that it is known what stands there.

    What was to be asked for, and has not been decided, is told as a conflict and kept.
    """
    values = dict(cargo.values)
    ways: dict[str, FieldMerge] = {
        place: way
        for place, way in cargo.ways.items()
        if isinstance(way, FieldMerge) and way is not FieldMerge.ASK
    }
    for place, choice in decided.items():
        if choice == KEEP:
            ways[place] = FieldMerge.KEEP
        elif isinstance(values.get(place), Company):
            ways[place] = FieldMerge.REPLACE
    conflicts = set()
    contribution = Contribution(values, ways=ways)
    changes = contribution.differences(known)
    before = dict(ways)
    for change in changes:
        if change.kind is ChangeKind.KEPT:
            way = _nearest(change.place, cargo.ways)
            if choice := _nearest(change.place, decided):
                ways[change.place] = FieldMerge.REPLACE if choice == LEAD else FieldMerge.KEEP
            elif callable(way):
                _call(way, change, values, ways)
            elif way is FieldMerge.ASK:
                conflicts.add(change.place)
    if ways != before:
        contribution = Contribution(values, ways=ways)
        changes = contribution.differences(known)
    return contribution, tuple(
        attrs.evolve(change, kind=ChangeKind.CONFLICT) if change.place in conflicts else change
        for change in changes
    )


def _call(
    way: MergeFunction, change: Change, values: dict[str, Any], ways: dict[str, FieldMerge]
) -> None:
    """Let a function say what shall stand there, and settle that."""
    result = way(change.before, change.offered)
    # What loses now is filled in where that to which it lost is withdrawn, so it is not kept out.
    if result != change.before:
        ways[change.place] = FieldMerge.REPLACE
        field, _, part = change.place.partition(".")
        values[field] = _replaced(values[field], part, result)


def _nearest(place: str, told: Mapping[str, Any]) -> Any:  # noqa: ANN401 - of any kind
    """Find what is said of a place, or else of the whole of which it is a part."""
    while place and place not in told:
        place = place.rpartition(".")[0]
    return told.get(place)


def _replaced(value: Any, part: str, result: object) -> Any:  # noqa: ANN401 - of any kind
    """Put the result of a function in the place of what was offered."""
    if isinstance(value, Mapping):
        return {**value, part: result}
    return attrs.evolve(value, **{part: result}) if part else result

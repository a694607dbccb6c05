"""
What is known of something from elsewhere, and the way in which each value of it is put in.

A contribution keeps all that was offered, also what is known already. So it can be taken back at
any time: what is left is what would be there without it.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from datetime import datetime
from enum import StrEnum
from itertools import chain
from types import MappingProxyType
from typing import Any, Protocol

import attrs

from ..errors import InvalidValue, Text, WrongKind, did_you_mean
from . import converters
from .answer import Answer
from .change import Change, ChangeKind
from .company import Company
from .contact_points import ContactKind, ContactPoint
from .frozen_map import FrozenMap
from .instants import instant
from .members import Members
from .numbering_plans import national_number
from .person import Person
from .source import Source
from .text import is_visible

_UNSETTLED = Text(
    "way_not_settled",
    "{field} is to be asked for {place}",
    "settle it first: fill, replace or keep",
)
_MOMENTS = ("last_activity", "last_contact", "last_inbound")
_NO_MOMENT = Text("no_moment", "{field} has no {name}", "{names}")
_NO_SUCH_PLACE = Text(
    "way_without_value", "{field} has {place}, for which nothing is given{meant}", "{places}"
)


class FieldMerge(StrEnum):
    """
    The way in which an offered value is put in.

    ``fill`` fills blanks and overwrites nothing; ``add`` adds to a collection what is not there
    yet, and fills blanks of what is, also of a company or a person under another name; ``replace``
    overwrites; ``keep`` changes nothing. ``ask`` fills blanks, and wants a decision where another
    value stands.

    >>> FieldMerge("fill").name
    'FILL'
    """

    FILL = "fill"
    ADD = "add"
    REPLACE = "replace"
    KEEP = "keep"
    ASK = "ask"


class Involved(Protocol):
    """A person in a role, as a deal knows one."""

    @property
    def person(self) -> Any:  # noqa: ANN401 - a field with a converter
        """Who it is."""
        ...

    @property
    def role(self) -> Any:  # noqa: ANN401 - a field with a converter
        """The part that the person plays."""
        ...

    @property
    def primary(self) -> Any:  # noqa: ANN401 - a field with a converter
        """Whether it is the first one to speak with."""
        ...


def _contacts(values: Iterable[Any]) -> tuple[Any, ...]:
    told = converters.several(object, values, "contacts")
    for value in told:
        converters.one(Person, getattr(value, "person", None), "contacts")
        converters.one(str, getattr(value, "role", None), "contacts")
    return told


def _steps(values: Iterable[Any]) -> tuple[Any, ...]:
    told = converters.several(object, values, "steps")
    for value in told:
        converters.visible_line(getattr(value, "id", None), "steps")  # type: ignore[arg-type]
    return told


def _consent(words: Iterable[Any]) -> tuple[Any, ...]:
    told = converters.several(object, words, "consent")
    for word in told:
        converters.visible_line(getattr(word, "channel", None), "consent")  # type: ignore[arg-type]
    return told


def _engagement(moments: Mapping[str, datetime]) -> FrozenMap[str, datetime]:
    if not isinstance(moments, Mapping):
        raise WrongKind.of("engagement", moments, wanted="moments by name")
    for name in moments:
        if name not in _MOMENTS:
            raise InvalidValue(
                "engagement", _NO_MOMENT, {"name": name, "names": ", ".join(_MOMENTS)}
            )
    return FrozenMap({name: instant(moment, what=name) for name, moment in moments.items()})


CONTRIBUTABLE: Mapping[str, Callable[[Any], object]] = MappingProxyType(
    {
        "name": converters.name,
        "person": converters.person,
        "company": converters.company,
        "people": converters.persons,
        "contacts": _contacts,
        "contact_points": converters.points,
        "answers": converters.answers_by_question,
        "source": converters.source,
        "source_words": converters.source_words,
        "details": converters.details,
        "lead_ids": converters.lead_ids,
        "steps": _steps,
        "consent": _consent,
        "engagement": _engagement,
        "account_id": converters.account_id,
        "parent_id": converters.parent_id,
        "amount": converters.amount,
        "expected_close": converters.expected_close,
    }
)
"""What may be contributed to a noun that has such a field, and the converter of each."""


_FREE = frozenset({"contacts", "details", "answers"})
_PARTS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        field: tuple(one.name for one in attrs.fields(kind) if one.name != "is_erased")
        for field, kind in (("company", Company), ("person", Person), ("people", Person))
    }
)


def must_be_places(
    places: Iterable[str],
    fields: Iterable[str],
    field: str,
    names: Mapping[str, Iterable[str]] = MappingProxyType({}),
) -> None:
    """
    Refuse a place that is no field, and no value of one, such as ``person.nam``.

    Facts by name may have any, unless ``names`` lists those of a field.

    >>> must_be_places(["company.city", "details.hall"], ["company", "details"], "ways")
    >>> must_be_places(["company.ctiy"], ["company"], "ways")
    Traceback (most recent call last):
    salesfunnel.errors.InvalidValue: ways has company.ctiy, for which nothing is given (did you ...
    """
    known = tuple(fields)
    for place in places:
        field_of, _, part = place.partition(".")
        if field_of not in known:
            allowed = known
        elif not part or (field_of in _FREE and field_of not in names):
            continue
        else:
            parts = names.get(field_of, _PARTS.get(field_of, ()))
            allowed = (field_of, *(f"{field_of}.{name}" for name in parts))
        if place not in allowed:
            near = did_you_mean(place, allowed)
            said = f" (did you mean {near}?)" if near else ""
            params = {"place": place, "meant": said, "places": ", ".join(allowed)}
            raise InvalidValue(field, _NO_SUCH_PLACE, params)


def _values(values: Mapping[str, Any]) -> FrozenMap[str, Any]:
    return converters.fields(values, CONTRIBUTABLE, "contribution")


def _ways(ways: Mapping[str, FieldMerge | str]) -> FrozenMap[str, FieldMerge]:
    if not isinstance(ways, Mapping):
        raise WrongKind.of("ways", ways, wanted="a way by place, such as company.city")
    return FrozenMap(
        {
            converters.visible_line(place, "ways"): converters.choice(FieldMerge, way, "ways")
            for place, way in ways.items()
        }
    )


@attrs.frozen
class Contribution:
    """
    What is known of a noun from elsewhere: values by field, and the way in which each is put in.

    The default is to fill blanks and to add to collections. A way is given by place, for a whole
    field or for one value of it: ``company``, ``company.city``, ``details.owner``.

    >>> known = Contribution(
    ...     {"company": Company("Novin", city="Tehran"), "details": {"hall": "7"}},
    ...     ways={"company.city": "replace"},
    ... )
    >>> known.way("company.city").value, known.way("details.hall").value
    ('replace', 'fill')
    >>> known
    Contribution(values=FrozenMap({'company': …, 'details': …}), ways=...)
    """

    values: FrozenMap[str, Any] = attrs.field(converter=_values)
    ways: FrozenMap[str, FieldMerge] = attrs.field(
        default=FrozenMap[str, FieldMerge](), converter=_ways, kw_only=True
    )

    def __attrs_post_init__(self) -> None:
        """Refuse a way for what is not there, and one that still has to be asked for."""
        must_be_places(self.ways, self.values, "ways")
        for place, way in self.ways.items():
            if way is FieldMerge.ASK:
                raise InvalidValue("ways", _UNSETTLED, {"place": place})

    def way(self, place: str) -> FieldMerge:
        """
        Say how the value of a place is put in; what a whole field says holds for its values.

        >>> Contribution({"people": ()}, ways={"people": "keep"}).way("people.job_title").value
        'keep'
        """
        return self._said(place) or FieldMerge.FILL

    def put_into(self, known: Any) -> tuple[dict[str, Any], tuple[Change, ...]]:  # noqa: ANN401 - all that has the fields
        """
        Put it into what is known: the new values by field, and each difference.

        >>> from types import SimpleNamespace
        >>> novin = SimpleNamespace(company=Company("Novin", city="Shiraz"))
        >>> more = Contribution({"company": Company("Novin", city="Tehran", industry="Trade")})
        >>> values, changes = more.put_into(novin)
        >>> [str(change) for change in changes]
        ['filled   company.industry: Trade', 'kept     company.city: Shiraz, not Tehran']
        """
        merge = _Merge(self._way_into(known), known)
        values: dict[str, Any] = {}
        for field, offered in self._offered.items():
            before = getattr(known, field)
            after = merge.put(field, before, offered)
            if after is not before:
                values[field] = after
        return values, tuple(merge.changes)

    def differences(self, known: Any) -> tuple[Change, ...]:  # noqa: ANN401 - all that has the fields
        """
        List each difference that it makes, and what it leaves as it is, without putting it in.

        >>> from types import SimpleNamespace
        >>> Contribution({"lead_ids": ["7"]}).differences(SimpleNamespace(lead_ids=()))
        (Change(place='lead_ids', kind=<ChangeKind.ADDED: 'added'>, why=''),)
        """
        merge = _Merge(self._way_into(known), known, puts=False)
        for field, offered in self._offered.items():
            merge.put(field, getattr(known, field), offered)
        return tuple(merge.changes)

    @property
    def _offered(self) -> Mapping[str, Any]:
        """Give a lead the addresses of its person as its own: it reaches that one person by all."""
        person = self.values.get("person")
        if person is None or not person.contact_points:
            return self.values
        points = (*self.values.get("contact_points", ()), *person.contact_points)
        return {
            **self.values,
            "person": attrs.evolve(person, contact_points=()),
            "contact_points": points,
        }

    def _way_into(self, known: Any) -> Callable[[str], FieldMerge | None]:  # noqa: ANN401 - as above
        """Let an amount be that is the sum of lines: it changes with them alone."""
        if not getattr(known, "lines", ()):
            return self._said
        return lambda place: FieldMerge.KEEP if place == "amount" else self._said(place)

    def _said(self, place: str) -> FieldMerge | None:
        while place:
            if place in self.ways:
                return self.ways[place]
            place = place.rpartition(".")[0]
        return None


class _Merge:
    """One contribution on its way into a noun: value by value, with each difference noted."""

    def __init__(
        self,
        way: Callable[[str], FieldMerge | None],
        known: Any,  # noqa: ANN401 - all that has the fields
        *,
        puts: bool = True,
    ) -> None:
        """Begin without a difference; where only these are asked for, no collection is copied."""
        self.way = way
        is_account = hasattr(known, "people") and hasattr(known, "contact_points")
        self.people = Members.of(known.people if is_account else (), member_keys)
        self.firm = Members.of(known.contact_points if is_account else (), member_keys)
        self.puts = puts
        self.changes: list[Change] = []

    def put(self, place: str, before: Any, offered: Any) -> Any:  # noqa: ANN401 - of any kind
        """Put a value into its place, and return what stands there then."""
        if place in _OWN_WAYS:
            return getattr(self, _OWN_WAYS[place])(before, offered)
        if isinstance(offered, tuple):
            return self.put_members(place, before, offered)
        if isinstance(offered, FrozenMap):
            return self.put_items(place, before, offered)
        if isinstance(offered, (Company, Person)):
            return self.put_record(place, before, offered)
        return self.put_value(place, before, offered)

    def put_value(self, place: str, before: Any, offered: Any) -> Any:  # noqa: ANN401 - of any kind
        """Put in a single value. A blank one says nothing, but for an answer: it was asked."""
        says_nothing = _is_blank(place, offered) and not isinstance(offered, Answer)
        if says_nothing or _is_same(before, offered):
            return before
        was_blank, way = _is_blank(place, before), self.way(place)
        if way is FieldMerge.KEEP or not (was_blank or way is FieldMerge.REPLACE):
            kind = ChangeKind.LEFT_OUT if was_blank else ChangeKind.KEPT
            self.changes.append(Change(place, before, offered, before, kind))
            return before
        kind = ChangeKind.FILLED if was_blank else ChangeKind.REPLACED
        self.changes.append(Change(place, before, offered, offered, kind))
        return offered

    def put_record(self, place: str, before: Any, offered: Company | Person) -> Any:  # noqa: ANN401 - the like
        """Put in a company or a person, part by part if it is the same one."""
        way = self.way(place)
        if before is None and way is FieldMerge.KEEP:
            for name, part in _parts(offered):
                self.leave_out(f"{place}.{name}", part)
            return None
        if before is None:
            # Its name is what makes it that company or person, so it comes in any case.
            self.changes.append(
                Change(f"{place}.name", None, offered.name, offered.name, ChangeKind.FILLED)
            )
            return self.put_parts(place, type(offered)(offered.name), offered)
        if _is_same_record(before, offered) or way is FieldMerge.ADD:
            return self.put_parts(place, before, offered)
        is_taken = way is FieldMerge.REPLACE
        after = offered if is_taken else before
        for field in attrs.fields(type(offered)):
            was, other = getattr(before, field.name), getattr(offered, field.name)
            if _is_same(was, other) or (not is_taken and _is_blank("", other)):
                continue
            kind = ChangeKind.REPLACED if is_taken else ChangeKind.KEPT
            if _is_blank("", was):
                kind = ChangeKind.FILLED if is_taken else ChangeKind.LEFT_OUT
            now = getattr(after, field.name)
            self.changes.append(Change(f"{place}.{field.name}", was, other, now, kind))
        return after

    def put_parts(self, place: str, before: Any, offered: Any) -> Any:  # noqa: ANN401 - the like
        """Put in the parts of what is the same company, person, or person in a role."""
        put = {
            name: after
            for name, part in _parts(offered)
            if (after := self.put(f"{place}.{name}", known := getattr(before, name), part))
            is not known
        }
        return attrs.evolve(before, **put) if put else before

    def put_items(self, place: str, before: Any, offered: FrozenMap[str, Any]) -> Any:  # noqa: ANN401 - the like
        """Put in facts by name, each for itself."""
        put = {}
        for name, value in offered.items():
            known = before.get(name)
            after = self.put_value(f"{place}.{name}", known, value)
            if after is not known:
                put[name] = after
        return FrozenMap({**before, **put}) if put else before

    def put_members(self, place: str, before: Any, offered: tuple[Any, ...]) -> Any:  # noqa: ANN401 - the like
        """Put in people, addresses or ids, each once."""
        if self.way(place) is FieldMerge.REPLACE:
            return self.put_other_members(place, before, offered)
        members = Members.of(before, member_keys)
        is_open = self.way(place) in {None, FieldMerge.ADD} or (
            self.way(place) is FieldMerge.FILL and not before
        )
        added: list[Any] = []
        is_better_known = False
        for told in offered:
            member = self.in_one_place(place, told, chain(before, added))
            if member is None:
                continue
            at = next(iter(places_of(members, member)), None)
            new = next((n for n, one in enumerate(added) if _is_known(one, member)), None)
            if at is not None:
                after = self.put_known(place, members[at], member)
                if after is not members[at]:
                    members, is_better_known = members.with_member_at(at, after), True
            elif new is not None:
                added[new] = self.put_known(place, added[new], member)
            elif is_open:
                added.append(self.put_new(place, member))
            else:
                self.leave_out(place, member)
        if added and self.puts:
            return members.with_members(added)
        return members if is_better_known else before

    def in_one_place(self, place: str, member: Any, others: Iterable[Any]) -> Any:  # noqa: ANN401 - of any kind
        """
        Keep each address in one place, the firm's or a person's, and let one contact be primary.

        Return nothing where there is nothing left to put in.
        """
        if place == "contact_points":
            return None if self.people.at(_point_key(member)) else member
        if place == "people" and self.firm:
            own = [point for point in member.contact_points if not self.firm.places(point)]
            return attrs.evolve(member, contact_points=own)
        if place == "contacts" and getattr(member, "primary", False):
            first = next((one for one in others if getattr(one, "primary", False)), None)
            if first is not None and not _is_known(first, member):
                told = (first.person.name, member.person.name, first.person.name)
                self.changes.append(Change("contacts.primary", *told, ChangeKind.KEPT))
                return attrs.evolve(member, primary=False)
        return member

    def put_new(self, place: str, member: Any) -> Any:  # noqa: ANN401 - the like
        """Put in a member that was not there, and tell of the addresses of a person one by one."""
        points = getattr(member, "contact_points", ()) if place == "people" else ()
        bare = attrs.evolve(member, contact_points=()) if points else member
        self.changes.append(Change(place, None, bare, bare, ChangeKind.ADDED))
        return self.put_parts(place, bare, member) if points else member

    def put_steps(self, before: Any, offered: tuple[Any, ...]) -> Any:  # noqa: ANN401 - the open steps
        """Put in planned steps by their ids, each once; what is planned already stays so."""
        for step in offered:
            known = before.find(step.id)
            if known == step:
                continue
            if known is not None:
                self.changes.append(Change("steps", known, step, known, ChangeKind.KEPT))
            elif self.way("steps") is FieldMerge.KEEP:
                self.leave_out("steps", step)
            else:
                self.changes.append(Change("steps", None, step, step, ChangeKind.ADDED))
                before = before.with_step(step)
        return before

    def put_consent(self, before: Any, offered: tuple[Any, ...]) -> Any:  # noqa: ANN401 - the register
        """Put in what was said on consent: the latest word stands, by its own date."""
        for word in offered:
            after = before.with_word(word)
            if before.knows(word):
                continue
            if self.way("consent") is FieldMerge.KEEP:
                self.leave_out("consent", word)
            elif after is before:
                self.changes.append(
                    Change("consent", None, word, None, ChangeKind.KEPT, _LATER_WORD)
                )
            else:
                self.changes.append(Change("consent", None, word, word, ChangeKind.ADDED))
                before = after
        return before

    def put_engagement(self, before: Any, offered: FrozenMap[str, datetime]) -> Any:  # noqa: ANN401 - the engagement
        """Put in when things last happened elsewhere, if that was later; they are counted there."""
        if self.way("engagement") is FieldMerge.KEEP:
            self.leave_out("engagement", offered)
            return before
        after = before.heard_of(**offered)
        if after != before:
            was, now = before.moments, after.moments
            self.changes.append(Change("engagement", was, offered, now, ChangeKind.FILLED))
        return after

    def put_other_members(self, place: str, before: Any, offered: tuple[Any, ...]) -> Any:  # noqa: ANN401 - the like
        """Put other members in the place of those that stand there."""
        for member in before:
            if member not in offered:
                self.changes.append(Change(place, member, None, None, ChangeKind.REPLACED))
        for member in offered:
            if member not in before:
                self.changes.append(Change(place, None, member, member, ChangeKind.ADDED))
        return before if before == offered else offered

    def put_known(self, place: str, before: Any, offered: Any) -> Any:  # noqa: ANN401 - the like
        """Put in what more is known of a member."""
        if isinstance(before, ContactPoint):
            return self.put_point(place, before, offered)
        if isinstance(before, str):
            return self.put_value(place, before, offered)
        return self.put_parts(place, before, offered)

    def put_point(self, place: str, before: ContactPoint, offered: ContactPoint) -> ContactPoint:
        """Put in the code of the country, or that a number is a mobile one, where that lacks."""
        after = offered if offered.key[:1] == "+" != before.key[:1] else before
        if ContactKind.MOBILE in {before.kind, offered.kind}:
            after = attrs.evolve(after, kind=ContactKind.MOBILE)
        if after == before or self.way(place) is FieldMerge.KEEP:
            result: ContactPoint = self.put_value(place, before, offered)
            return result
        self.changes.append(Change(place, before, offered, after, ChangeKind.FILLED))
        return after

    def leave_out(self, place: str, offered: object) -> None:
        """Note a value that is put in nowhere."""
        if not _is_blank(place, offered):
            self.changes.append(Change(place, None, offered, None, ChangeKind.LEFT_OUT))


def member_keys(member: Any) -> tuple[Hashable, ...]:  # noqa: ANN401 - of any kind
    """
    Tell by what a member of a collection is found: people by name, id and address.

    >>> member_keys(Person("AHMADI Sara"))[0] == member_keys(Person("Sara Ahmadi", id="7"))[0]
    True
    """
    if isinstance(member, ContactPoint):
        return (_point_key(member),)
    person = getattr(member, "person", member)
    if not isinstance(person, Person):
        return (person,)
    named = (("name", person.key or person.name),)
    ids = (("id", person.id),) if person.id else ()
    return (*named, *ids, *map(_point_key, person.contact_points))


def places_of(members: Members[Any], member: Any) -> tuple[int, ...]:  # noqa: ANN401 - of any kind
    """
    Say where those stand who are one with a member; of several of a name, those whom more tells.

    >>> two = [Person("Ali"), Person("Ali", contact_points=[ContactPoint("mobile", "0912 111")])]
    >>> places_of(Members.of(two, member_keys), two[1])
    (1,)
    """
    found = [place for place in members.places(member) if _is_one(members[place], member)]
    if len(found) > 1:
        for key in member_keys(member)[1:]:
            if told := [place for place in found if place in members.at(key)]:
                return tuple(told)
    return tuple(found)


def _point_key(point: ContactPoint) -> Hashable:
    if point.kind in _NUMBERS and (number := national_number(point.key)):
        return "number", number
    return point.kind, point.key or point.text


def _is_known(known: Any, offered: Any) -> bool:  # noqa: ANN401 - of any kind
    return not {*member_keys(known)}.isdisjoint(member_keys(offered)) and _is_one(known, offered)


def _is_one(known: Any, offered: Any) -> bool:  # noqa: ANN401 - of any kind
    """Tell whether what shares a key is one; a person may play several parts."""
    one, other = (getattr(member, "person", member) for member in (known, offered))
    if isinstance(one, Person) and not one.is_same(other):
        return False
    if isinstance(one, ContactPoint):
        # Two countries may have the same number; one without a country is taken for the other.
        return one.key == other.key or not one.key[:1] == other.key[:1] == "+"
    parts = (getattr(known, "role", _NO_ROLE), getattr(offered, "role", _NO_ROLE))
    return parts[0] == parts[1] or _NO_ROLE in parts


def _is_same_record(one: Any, other: Any) -> bool:  # noqa: ANN401 - a company or a person
    if isinstance(one, Person):
        return one.is_same(other)
    return bool(one.key == other.key)


def _parts(record: Any) -> Iterator[tuple[str, Any]]:  # noqa: ANN401 - any attrs class
    for field in attrs.fields(type(record)):
        yield field.name, getattr(record, field.name)


_NUMBERS = frozenset({ContactKind.PHONE, ContactKind.MOBILE})
_NO_ROLE = "other"
_OWN_WAYS = MappingProxyType(
    {"steps": "put_steps", "consent": "put_consent", "engagement": "put_engagement"}
)
_LATER_WORD = "a later word stands"


def _is_blank(place: str, value: object) -> bool:
    """Tell whether a value says nothing, such as the role *other* of a person."""
    if isinstance(value, Answer):
        return value.value is None
    if value == _NO_ROLE:
        return isinstance(value, Source) or place == "contacts.role"
    if place == "contacts.primary":
        return value is not True
    return value is None or value == () or (isinstance(value, str) and not is_visible(value))


def _is_same(one: object, other: object) -> bool:
    # Yes is not one, although Python says so.
    return one == other and isinstance(one, bool) is isinstance(other, bool)

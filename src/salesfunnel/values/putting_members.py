"""Members of a collection on their way into a noun: people, addresses, ids, each once."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from typing import Any

import attrs

from .change import Change, ChangeKind
from .contact_points import ContactKind, ContactPoint
from .field_merge import FieldMerge
from .members import Members
from .merging import Merging
from .sameness import is_known, member_keys, places_of, point_key


def put_members(merge: Merging, place: str, before: Any, offered: tuple[Any, ...]) -> Any:  # noqa: ANN401 - the like
    """Put in people, addresses or ids, each once."""
    if merge.way(place) is FieldMerge.REPLACE:
        return _put_other_members(merge, place, before, offered)
    members = Members.of(before, member_keys)
    is_open = merge.way(place) in {None, FieldMerge.ADD} or (
        merge.way(place) is FieldMerge.FILL and not before
    )
    added: list[Any] = []
    is_better_known = False
    for told in offered:
        member = _in_one_place(merge, place, told, chain(before, added))
        if member is None:
            continue
        at = next(iter(places_of(members, member)), None)
        new = next((n for n, one in enumerate(added) if is_known(one, member)), None)
        if at is not None:
            after = _put_known(merge, place, members[at], member)
            if after is not members[at]:
                members, is_better_known = members.with_member_at(at, after), True
        elif new is not None:
            added[new] = _put_known(merge, place, added[new], member)
        elif is_open:
            added.append(_put_new(merge, place, member))
        else:
            merge.leave_out(place, member)
    if added and merge.puts:
        return members.with_members(added)
    return members if is_better_known else before


def _put_other_members(merge: Merging, place: str, before: Any, offered: tuple[Any, ...]) -> Any:  # noqa: ANN401 - the like
    """Put other members in the place of those that stand there."""
    for member in before:
        if member not in offered:
            merge.changes.append(Change(place, member, None, None, ChangeKind.REPLACED))
    for member in offered:
        if member not in before:
            merge.changes.append(Change(place, None, member, member, ChangeKind.ADDED))
    return before if before == offered else offered


def _in_one_place(merge: Merging, place: str, member: Any, others: Iterable[Any]) -> Any:  # noqa: ANN401 - of any kind
    """
    Keep each address in one place, the firm's or a person's, and let one contact be primary.

    Return nothing where there is nothing left to put in.
    """
    if place == "contact_points":
        return None if merge.people.at(point_key(member)) else member
    if place == "people" and merge.firm:
        own = [point for point in member.contact_points if not merge.firm.places(point)]
        return attrs.evolve(member, contact_points=own)
    if place == "contacts" and getattr(member, "primary", False):
        first = next((one for one in others if getattr(one, "primary", False)), None)
        if first is not None and not is_known(first, member):
            told = (first.person.name, member.person.name, first.person.name)
            merge.changes.append(Change("contacts.primary", *told, ChangeKind.KEPT))
            return attrs.evolve(member, primary=False)
    return member


def _put_new(merge: Merging, place: str, member: Any) -> Any:  # noqa: ANN401 - the like
    """Put in a member that was not there, and tell of the addresses of a person one by one."""
    points = getattr(member, "contact_points", ()) if place == "people" else ()
    bare = attrs.evolve(member, contact_points=()) if points else member
    merge.changes.append(Change(place, None, bare, bare, ChangeKind.ADDED))
    return merge.put_parts(place, bare, member) if points else member


def _put_known(merge: Merging, place: str, before: Any, offered: Any) -> Any:  # noqa: ANN401 - the like
    """Put in what more is known of a member."""
    if isinstance(before, ContactPoint):
        return _put_point(merge, place, before, offered)
    if isinstance(before, str):
        return merge.put_value(place, before, offered)
    return merge.put_parts(place, before, offered)


def _put_point(
    merge: Merging, place: str, before: ContactPoint, offered: ContactPoint
) -> ContactPoint:
    """Put in the code of the country, or that a number is a mobile one, where that lacks."""
    after = offered if offered.key[:1] == "+" != before.key[:1] else before
    if ContactKind.MOBILE in {before.kind, offered.kind}:
        after = attrs.evolve(after, kind=ContactKind.MOBILE)
    if after == before or merge.way(place) is FieldMerge.KEEP:
        result: ContactPoint = merge.put_value(place, before, offered)
        return result
    merge.changes.append(Change(place, before, offered, after, ChangeKind.FILLED))
    return after

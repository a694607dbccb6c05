"""A contribution on its way into a noun: value by value, with each difference noted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import attrs

from .answer import Answer
from .change import Change, ChangeKind
from .company import Company
from .field_merge import FieldMerge
from .frozen_map import FrozenMap
from .members import Members
from .person import Person
from .putting_members import put_members
from .putting_summaries import SUMMARIES
from .sameness import (
    is_blank,
    is_same_record,
    is_same_value,
    member_keys,
    record_values,
)


class Merge:
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
        self.people: Members[Any] = Members.of(known.people if is_account else (), member_keys)
        self.firm: Members[Any] = Members.of(
            known.contact_points if is_account else (), member_keys
        )
        self.puts = puts
        self.changes: list[Change] = []

    def put(self, place: str, before: Any, offered: Any) -> Any:  # noqa: ANN401 - of any kind
        """Put a value into its place, and return what stands there then."""
        if place in SUMMARIES:
            return SUMMARIES[place](self, before, offered)
        if isinstance(offered, tuple):
            return put_members(self, place, before, offered)
        if isinstance(offered, FrozenMap):
            return self.put_items(place, before, offered)
        if isinstance(offered, (Company, Person)):
            return self.put_record(place, before, offered)
        return self.put_value(place, before, offered)

    def put_value(self, place: str, before: Any, offered: Any) -> Any:  # noqa: ANN401 - of any kind
        """Put in a single value. A blank one says nothing, but for an answer: it was asked."""
        says_nothing = is_blank(place, offered) and not isinstance(offered, Answer)
        if says_nothing or is_same_value(before, offered):
            return before
        was_blank, way = is_blank(place, before), self.way(place)
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
            for name, part in record_values(offered):
                self.leave_out(f"{place}.{name}", part)
            return None
        if before is None:
            # Its name is what makes it that company or person, so it comes in any case.
            self.changes.append(
                Change(f"{place}.name", None, offered.name, offered.name, ChangeKind.FILLED)
            )
            return self.put_parts(place, type(offered)(offered.name), offered)
        if is_same_record(before, offered) or way is FieldMerge.ADD:
            return self.put_parts(place, before, offered)
        is_taken = way is FieldMerge.REPLACE
        after = offered if is_taken else before
        for field in attrs.fields(type(offered)):
            was, other = getattr(before, field.name), getattr(offered, field.name)
            if is_same_value(was, other) or (not is_taken and is_blank("", other)):
                continue
            kind = ChangeKind.REPLACED if is_taken else ChangeKind.KEPT
            if is_blank("", was):
                kind = ChangeKind.FILLED if is_taken else ChangeKind.LEFT_OUT
            now = getattr(after, field.name)
            self.changes.append(Change(f"{place}.{field.name}", was, other, now, kind))
        return after

    def put_parts(self, place: str, before: Any, offered: Any) -> Any:  # noqa: ANN401 - the like
        """Put in the parts of what is the same company, person, or person in a role."""
        put = {
            name: after
            for name, part in record_values(offered)
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

    def leave_out(self, place: str, offered: object) -> None:
        """Note a value that is put in nowhere."""
        if not is_blank(place, offered):
            self.changes.append(Change(place, None, offered, None, ChangeKind.LEFT_OUT))

"""
What is known of something from elsewhere, and the way in which each value of it is put in.

A contribution keeps all that was offered, also what is known already. So it can be taken back at
any time: what is left is what would be there without it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import attrs

from ..errors import InvalidValue, Text, WrongKind
from . import converters
from .change import Change
from .contributable import CONTRIBUTABLE, must_be_places
from .field_merge import FieldMerge
from .frozen_map import FrozenMap
from .putting_in import Merge

_UNSETTLED = Text(
    "way_not_settled",
    "{field} is to be asked for {place}",
    "settle it first: fill, replace or keep",
)


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

    >>> from salesfunnel.values import Company
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
        >>> from salesfunnel.values import Company
        >>> novin = SimpleNamespace(company=Company("Novin", city="Shiraz"))
        >>> more = Contribution({"company": Company("Novin", city="Tehran", industry="Trade")})
        >>> values, changes = more.put_into(novin)
        >>> [str(change) for change in changes]
        ['filled   company.industry: Trade', 'kept     company.city: Shiraz, not Tehran']
        """
        merge = Merge(self._way_into(known), known)
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
        merge = Merge(self._way_into(known), known, puts=False)
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

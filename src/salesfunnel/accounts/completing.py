"""Filling in what is missing: what stands there already is left as it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

import attrs

from ..values.answer import AnswerValue
from ..values.company import Company
from ..values.contact_points import ContactPoint
from ..values.frozen_map import FrozenMap
from ..values.person import Person
from ..values.text import is_visible

_T = TypeVar("_T")


def completed_company(known: Company | None, further: Company | None) -> Company | None:
    """
    Fill in the blanks of a company from a second description of the same company.

    >>> completed_company(Company("Novin Ltd"), Company("NOVIN", city="Tehran")).city
    'Tehran'
    >>> completed_company(Company("Novin Ltd"), Company("Faradis", city="Tehran")).city
    ''
    """
    if known is None or further is None:
        return known or further
    if known.key != further.key:
        return known
    blanks = [f.name for f in attrs.fields(Company) if getattr(known, f.name) in (None, "")]
    return attrs.evolve(known, **{name: getattr(further, name) for name in blanks})


def joined(
    known: tuple[_T, ...], further: Iterable[_T], key: Callable[[_T], object]
) -> tuple[_T, ...]:
    """
    Add what is not there yet, by a key that tells what is the same.

    >>> joined(("Sara", "Li"), ["SARA", "Zoé", "zoé"], str.casefold)
    ('Sara', 'Li', 'Zoé')
    """
    found = {key(item): item for item in known}
    added = {key(item): item for item in reversed(tuple(further)) if key(item) not in found}
    return (*known, *reversed(added.values()))


def person_key(person: Person) -> str:
    """Tell people apart by their names, however they are spelt."""
    return person.key or person.name


def point_key(point: ContactPoint) -> tuple[str, str]:
    """Tell contact points apart by their match keys, or as written where they have none."""
    return point.kind, point.key or point.text


def completed_details(
    known: FrozenMap[str, AnswerValue], further: Mapping[str, AnswerValue]
) -> FrozenMap[str, AnswerValue]:
    """
    Add the details that are missing or blank.

    >>> dict(
    ...     completed_details(
    ...         FrozenMap({"vat": "", "city": "Shiraz"}), {"vat": "7", "city": "Tehran"}
    ...     )
    ... )
    {'vat': '7', 'city': 'Shiraz'}
    """
    return FrozenMap({**known, **further, **{k: v for k, v in known.items() if is_visible(str(v))}})

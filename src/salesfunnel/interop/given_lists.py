"""Lists that are given to be put together: each is of the kind that is wanted, or refused."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ..accounts.account import Account
from ..errors import WrongKind
from ..leads.lead import Lead
from ..opportunities.opportunity import Opportunity
from .activity_lines import ActivityLine
from .people import AccountPerson
from .rows.reading import FileReading
from .rows.row_fault import Refused
from .rows.row_outcomes import Accepted, Joined, Repeated
from .stage_lines import StageLine

_KINDS: Mapping[str, tuple[str, type, str]] = {
    "leads": ("lead", Lead, "read_leads"),
    "opportunities": ("opportunity", Opportunity, "read_opportunities"),
    "accounts": ("account", Account, "read_accounts"),
    "people": ("person", AccountPerson, "read_people"),
    "history": ("history", StageLine, "read_stage_history"),
    "activities": ("activity", ActivityLine, "read_activities"),
}
"""By the name of an argument: the kind of its list, what stands in it, and what reads it."""


def each_given(rows: Any, field: str) -> Iterator[Any]:  # noqa: ANN401 - anything may be given
    """
    Give what was read, each once, from a reading or a plain list; another kind is told at once.

    >>> list(each_given([], "leads"))
    []
    >>> list(each_given("leads.csv", "leads"))
    Traceback (most recent call last):
    salesfunnel.errors.WrongKind: leads is of the wrong kind: str; allowed: what read_leads ...
    """
    kind, noun, reader = _KINDS[field]
    wanted = f"what {reader} gives, or several of {noun.__name__}"
    is_other = isinstance(rows, FileReading) and rows.columns.noun.kind != kind
    if is_other or isinstance(rows, (str, Mapping, type)) or not hasattr(rows, "__iter__"):
        raise WrongKind.of(field, rows, wanted=wanted)
    for row in rows:
        if isinstance(row, (Joined, Repeated, Refused)):
            continue
        entity = row.entity if isinstance(row, Accepted) else row
        if not isinstance(entity, noun):
            raise WrongKind.of(field, entity, wanted=wanted)
        yield entity

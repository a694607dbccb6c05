"""Giving back two that were merged, as if they had never been, with what happened since."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, overload

from ..conversion.built_on import built_on
from ..errors import Objection, Text
from ..history.contributed import ContributionWithdrawn, standing_contribution
from ..history.merged import MergedAway
from ..history.timeline import TOO_EARLY, apply, follow, standing_in_the_way
from ..leads.converted import LeadConverted, LeadRestored
from ..values.person import Person
from .merge_plan import Merged, NounT, Pointing, nouns_that_point, refuse
from .merging import must_be_alike
from .unmerging_people import undo_people

_NOT_MERGED = Text("not_merged", "{id} was not merged into {into}", "the two that were merged")
_BUILT_ON_MERGE = Text(
    "built_on_merge",
    "later events of {id} rest on what the other brought: {events}",
    "take these back first",
)
_CONVERTED_SINCE = Text(
    "converted_since_merge",
    "{id} was converted since, with what the other brought",
    "undo the conversion first",
)


@overload
def undo_merge(
    survivor: NounT, other: NounT, *, pointing: Iterable[Pointing] = (), at: datetime, by: str = ""
) -> Merged[NounT]: ...
@overload
def undo_merge(
    survivor: Person,
    other: Person,
    *,
    pointing: Iterable[Pointing] = (),
    at: datetime,
    by: str = "",
) -> Merged[Person]: ...


def undo_merge(
    survivor: Any, other: Any, *, pointing: Iterable[Pointing] = (), at: datetime, by: str = ""
) -> Any:
    """
    Give both back: each is as if they had never been merged, with all that happened to it since.

    What happened since happened to the survivor, and stays with it: ``since`` lists that. Raises
    `MoveRefused` where the other was not merged into it, where the time lies before the last event,
    and where something rests on what the other brought: a step of it was done, or it was converted.

    Args:
        survivor: the one that stayed.
        other: the one that was merged into it.
        pointing: opportunities, leads and accounts, of which the merge may have changed some.
        at: when.
        by: who undid it.

    >>> from datetime import UTC, datetime
    >>> from salesfunnel.accounts import Account
    >>> from salesfunnel.duplicates import plan_merge
    >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
    >>> one, other = (Account.open(id=id, name=f"Novin {id}", at=monday) for id in "78")
    >>> merged = plan_merge(one, other, keep={"name": "other"}).apply(at=monday)
    >>> undo_merge(merged.survivor, merged.other, at=monday).survivor.name
    'Novin 7'
    """
    must_be_alike(survivor, other)
    may_point = nouns_that_point(pointing)
    if isinstance(survivor, Person):
        return undo_people(survivor, other, pointing=may_point, at=at, by=by)
    id_ = next((event.id for event in other.timeline[::-1] if type(event) is MergedAway), "")
    place = standing_contribution(survivor, id_)
    if other.merged_into != survivor.id or place is None:
        refuse("undo", survivor, [_NOT_MERGED.objection(id=other.id, into=survivor.id)])
    moved = [noun for noun in may_point if standing_contribution(noun, id_) is not None]
    event = ContributionWithdrawn(at=at, by=by, withdraws=id_)
    since = survivor.timeline[(place or 0) + 1 :]
    in_the_way = (standing_in_the_way(noun, at=event.at) for noun in (survivor, *moved))
    against = [
        *filter(None, in_the_way),
        *([TOO_EARLY.objection()] if event.at < other.timeline[-1].at else []),
        *_built_since(survivor, id_, since),
    ]
    refuse("undo", survivor, against)
    return Merged(
        apply(survivor, event, verb="undo"),
        follow(other, event),
        tuple(apply(noun, event, verb="undo") for noun in moved),
        since=since,
    )


def _built_since(survivor: Any, id_: str, since: Iterable[Any]) -> Iterator[Objection]:  # noqa: ANN401 - a noun
    """List what could not have happened to the survivor without the other one."""
    conversions = [event for event in since if isinstance(event, (LeadConverted, LeadRestored))]
    if conversions and isinstance(conversions[-1], LeadConverted):
        yield _CONVERTED_SINCE.objection(id=survivor.id)
    if events := built_on(survivor, id_):
        yield _BUILT_ON_MERGE.objection(id=survivor.id, events=events)

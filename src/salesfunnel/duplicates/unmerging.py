"""Finding what an id stands for after a merge, and giving back two that were merged."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from ..accounts.account import Account
from ..errors import MoveRefused, Refusal, Text, WrongKind
from ..history.contributed import ContributionWithdrawn, standing_contribution
from ..history.merged import MergedAway
from ..history.timeline import TOO_EARLY, apply, follow
from ..leads.lead import Lead
from ..values import converters
from .merging import Merged, NounT, Pointing, must_be_alike, nouns_that_point

_NOT_MERGED = Text("not_merged", "{id} was not merged into {into}", "the two that were merged")
_AMONG = "several leads, or several accounts"


def resolve(id: str, among: Iterable[NounT]) -> NounT | None:
    """
    Find what an id stands for, also after it was merged into another one, and that into a third.

    >>> from datetime import UTC, datetime
    >>> from salesfunnel.accounts import Account
    >>> from salesfunnel.duplicates import plan_merge
    >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
    >>> one, other = (Account.open(id=id, name="Novin", at=monday) for id in "78")
    >>> merged = plan_merge(one, other).apply(at=monday)
    >>> resolve("8", [merged.survivor, merged.other]).id
    '7'
    """
    if isinstance(among, type) or not hasattr(among, "__iter__"):
        raise WrongKind.of("among", among, wanted=_AMONG)
    known: dict[str, NounT] = {}
    for noun in among:
        if not isinstance(noun, (Lead, Account)):
            raise WrongKind.of("among", noun, wanted=_AMONG)
        known[noun.id] = noun
    found = known.pop(converters.one(str, id, "id"), None)
    while found is not None and found.merged_into:
        found = known.pop(found.merged_into, None)
    return found


def undo_merge(
    survivor: NounT, other: NounT, *, pointing: Iterable[Pointing] = (), at: datetime, by: str = ""
) -> Merged[NounT]:
    """
    Give both back: each is as if they had never been merged, with all that happened to it since.

    What happened since happened to the survivor, and stays with it. Raises `MoveRefused`
    where the other was not merged into it, or the time lies before the last event.

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
    id_ = next((event.id for event in other.timeline[::-1] if type(event) is MergedAway), "")
    if other.merged_into != survivor.id or standing_contribution(survivor, id_) is None:
        not_merged = _NOT_MERGED.objection(id=other.id, into=survivor.id)
        raise MoveRefused(Refusal("undo", getattr(survivor, "stage", ""), (not_merged,)))
    moved = [noun for noun in may_point if standing_contribution(noun, id_) is not None]
    event = ContributionWithdrawn(at=at, by=by, withdraws=id_)
    if event.at < other.timeline[-1].at:
        raise MoveRefused(Refusal("undo", getattr(survivor, "stage", ""), (TOO_EARLY.objection(),)))
    return Merged(
        apply(survivor, event, verb="undo"),
        follow(other, event),
        tuple(apply(noun, event, verb="undo") for noun in moved),
    )

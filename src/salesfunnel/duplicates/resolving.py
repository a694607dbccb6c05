"""Finding what an id stands for after a merge."""

from __future__ import annotations

from collections.abc import Iterable

from ..accounts.account import Account
from ..errors import WrongKind
from ..leads.lead import Lead
from ..values import converters
from .merge_plan import NounT

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

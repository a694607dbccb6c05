"""The firm behind the firm: which account stands under which, without a circle at any depth."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from ..errors import MoveRefused, Objection, Refusal, Text
from ..history.timeline import apply
from ..values import converters
from .account import Account
from .events import AccountPlaced

_ITSELF = Text("under_itself", "an account cannot stand under itself", "name another account")
_DESCENDANT = Text(
    "under_its_own", "the other account stands under this one", "move that one first"
)
_UNKNOWN_PARENT = Text(
    "unknown_parent", "the other account is not among those given", "give it in among="
)


def place(
    account: Account, *, under: Account | None, among: Iterable[Account], at: datetime, by: str = ""
) -> Account:
    """
    Place an account under another one, or under none.

    Args:
        account: the account that is placed.
        under: the account above it; ``None`` places it at the top.
        among: all accounts that there are, so that no circle is closed.
        at: when this was found out.
        by: who recorded it.

    Raises `MoveRefused` where it would stand under itself, at any depth.

    >>> from datetime import UTC
    >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
    >>> holding, novin = (Account.open(id=i, name=i, at=monday) for i in ("holding", "novin"))
    >>> place(novin, under=holding, among=[holding, novin], at=monday).parent_id
    'holding'
    """
    above = converters.maybe(Account, under, "under")
    known = {other.id: other for other in converters.several(Account, among, "among")}
    if objection := _in_the_way(account, above, known):
        raise MoveRefused(Refusal("place", "", (objection,)))
    parent_id = above.id if above else ""
    event = AccountPlaced(at=at, by=by, before=account.parent_id, parent_id=parent_id)
    return apply(account, event, verb="place")


def ancestors(account: Account, *, among: Iterable[Account]) -> tuple[Account, ...]:
    """
    List the accounts above one, the nearest first; a circle that a file brought ends the list.

    >>> from datetime import UTC
    >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
    >>> holding, novin = (Account.open(id=i, name=i, at=monday) for i in ("holding", "novin"))
    >>> novin = place(novin, under=holding, among=[holding], at=monday)
    >>> [above.id for above in ancestors(novin, among=[holding])]
    ['holding']
    """
    return tuple(_above(account, {other.id: other for other in among}))


def _above(account: Account, known: dict[str, Account]) -> Iterator[Account]:
    seen = {account.id}
    above = known.get(account.parent_id)
    while above and above.id not in seen:
        yield above
        seen.add(above.id)
        above = known.get(above.parent_id)


def _in_the_way(
    account: Account, under: Account | None, known: dict[str, Account]
) -> Objection | None:
    if under is None:
        return None
    if under.id == account.id:
        return _ITSELF.objection()
    if under.id not in known:
        return _UNKNOWN_PARENT.objection()
    above = _above(known[under.id], known)
    is_descendant = any(other.id == account.id for other in above)
    return _DESCENDANT.objection() if is_descendant else None

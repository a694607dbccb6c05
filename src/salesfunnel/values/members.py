"""Collections that grow: adding one costs next to nothing, however many there are already."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from typing import Any, TypeVar

MemberT = TypeVar("MemberT")
Key = Callable[[Any], Hashable]

_BUCKETS = 256
_EMPTY: dict[Hashable, tuple[int, ...]] = {}


class Members(tuple[MemberT, ...]):  # noqa: SLOT001 - a tuple can have no slots of its own
    """
    A tuple that remembers where its members stand by their keys, such as people by their names.

    It equals the plain tuple, and travels as one: only a collection that grows in this process is
    worth remembering.

    >>> crowd = Members.of(["Sara", "Li"], str.casefold)
    >>> crowd.places("SARA"), crowd.with_members(["Zoé"]).places("zoé"), crowd == ("Sara", "Li")
    ((0,), (2,), True)
    """

    _key: Key
    # By buckets, since a copy of one large index for each member would cost more with each.
    _index: tuple[dict[Hashable, tuple[int, ...]], ...]

    @classmethod
    def of(cls, members: Iterable[MemberT], key: Key) -> Members[MemberT]:
        """
        Remember the members of a plain tuple; one that remembers them already stays as it is.

        >>> crowd = Members.of(("Sara",), str.casefold)
        >>> Members.of(crowd, str.casefold) is crowd
        True
        """
        if isinstance(members, Members) and members._key is key:  # noqa: SLF001 - its own
            return members
        told = tuple(members)
        buckets: list[dict[Hashable, tuple[int, ...]]] = [_EMPTY] * _BUCKETS
        for place, member in enumerate(told):
            _remember(buckets, key(member), place)
        return cls._made(told, key, tuple(buckets))

    @classmethod
    def _made(
        cls,
        members: tuple[MemberT, ...],
        key: Key,
        index: tuple[dict[Hashable, tuple[int, ...]], ...],
    ) -> Members[MemberT]:
        made = cls(members)
        made._key, made._index = key, index
        return made

    def places(self, member: MemberT) -> tuple[int, ...]:
        """
        Say where the members stand that mean the same as one.

        >>> Members.of(("Sara", "SARA"), str.casefold).places("sara")
        (0, 1)
        """
        key = self._key(member)
        return self._index[hash(key) % _BUCKETS].get(key, ())

    def with_members(self, further: Iterable[MemberT]) -> Members[MemberT]:
        """
        Return the same members and some more.

        >>> Members.of(("Sara",), str.casefold).with_members(["Li", "Zoé"])
        ('Sara', 'Li', 'Zoé')
        """
        more, buckets = tuple(further), list(self._index)
        for place, member in enumerate(more, len(self)):
            _remember(buckets, self._key(member), place)
        return self._made(self + more, self._key, tuple(buckets))

    def with_member_at(self, place: int, member: MemberT) -> Members[MemberT]:
        """
        Return the same members, but for one that is better known now and has kept its key.

        >>> Members.of(("Sara", "Li"), str.casefold).with_member_at(0, "SARA")
        ('SARA', 'Li')
        """
        members = (*self[:place], member, *self[place + 1 :])
        return self._made(members, self._key, self._index)

    def __reduce__(self) -> tuple[type[tuple[MemberT, ...]], tuple[list[MemberT]]]:
        """Travel as a plain tuple: hashes of texts differ in another process."""
        return tuple, (list(self),)


def _remember(buckets: list[dict[Hashable, tuple[int, ...]]], key: Hashable, place: int) -> None:
    bucket = buckets[hash(key) % _BUCKETS]
    buckets[hash(key) % _BUCKETS] = {**bucket, key: (*bucket.get(key, ()), place)}

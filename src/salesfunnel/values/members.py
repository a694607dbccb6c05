"""Collections that grow: adding one costs next to nothing, however many there are already."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from typing import Any, TypeVar

MemberT = TypeVar("MemberT")
Keys = Callable[[Any], Iterable[Hashable]]

_BUCKETS = 256
_EMPTY: dict[Hashable, tuple[int, ...]] = {}


class Members(tuple[MemberT, ...]):  # noqa: SLOT001 - a tuple can have no slots of its own
    """
    A tuple that remembers where its members stand by their keys, such as people by names and ids.

    It equals the plain tuple, and travels as one: only a collection that grows in this process is
    worth remembering.

    >>> crowd = Members.of(["Sara", "Li"], lambda name: [name.casefold()])
    >>> crowd.places("SARA"), crowd.with_members(["Zoé"]).places("zoé"), crowd == ("Sara", "Li")
    ((0,), (2,), True)
    """

    _keys: Keys
    # By buckets, since a copy of one large index for each member would cost more with each.
    _index: tuple[dict[Hashable, tuple[int, ...]], ...]

    @classmethod
    def of(cls, members: Iterable[MemberT], keys: Keys) -> Members[MemberT]:
        """
        Remember the members of a plain tuple; one that remembers them already stays as it is.

        >>> crowd = Members.of(("Sara",), list)
        >>> Members.of(crowd, list) is crowd
        True
        """
        if isinstance(members, Members) and members._keys is keys:  # noqa: SLF001 - its own
            return members
        told = tuple(members)
        buckets: list[dict[Hashable, tuple[int, ...]]] = [_EMPTY] * _BUCKETS
        for place, member in enumerate(told):
            _remember(buckets, keys(member), place)
        return cls._made(told, keys, tuple(buckets))

    @classmethod
    def _made(
        cls,
        members: tuple[MemberT, ...],
        keys: Keys,
        index: tuple[dict[Hashable, tuple[int, ...]], ...],
    ) -> Members[MemberT]:
        made = cls(members)
        made._keys, made._index = keys, index
        return made

    def places(self, member: MemberT) -> tuple[int, ...]:
        """
        Say where the members stand that share a key with one.

        >>> Members.of(("Sara", "SARA"), lambda name: [name.casefold()]).places("sara")
        (0, 1)
        """
        found = {place for key in self._keys(member) for place in self.at(key)}
        return tuple(sorted(found))

    def at(self, key: Hashable) -> tuple[int, ...]:
        """
        Say where the members stand that have a key.

        >>> Members.of(("Sara", "Li"), list).at("i")
        (1,)
        """
        return self._index[hash(key) % _BUCKETS].get(key, ())

    def with_members(self, further: Iterable[MemberT]) -> Members[MemberT]:
        """
        Return the same members and some more.

        >>> Members.of(("Sara",), list).with_members(["Li", "Zoé"])
        ('Sara', 'Li', 'Zoé')
        """
        more, buckets = tuple(further), list(self._index)
        for place, member in enumerate(more, len(self)):
            _remember(buckets, self._keys(member), place)
        return self._made(self + more, self._keys, tuple(buckets))

    def with_member_at(self, place: int, member: MemberT) -> Members[MemberT]:
        """
        Return the same members, but for one that is better known now and has lost no key.

        >>> Members.of(("Sara", "Li"), list).with_member_at(1, "Lin").at("n")
        (1,)
        """
        members = (*self[:place], member, *self[place + 1 :])
        known, buckets = set(self._keys(self[place])), list(self._index)
        _remember(buckets, [key for key in self._keys(member) if key not in known], place)
        return self._made(members, self._keys, tuple(buckets))

    def __reduce__(self) -> tuple[type[tuple[MemberT, ...]], tuple[list[MemberT]]]:
        """Travel as a plain tuple: hashes of texts differ in another process."""
        return tuple, (list(self),)


def _remember(
    buckets: list[dict[Hashable, tuple[int, ...]]], keys: Iterable[Hashable], place: int
) -> None:
    for key in dict.fromkeys(keys):
        bucket = buckets[hash(key) % _BUCKETS]
        buckets[hash(key) % _BUCKETS] = {**bucket, key: (*bucket.get(key, ()), place)}

"""Ids that are known already, so that an activity that is told twice counts once."""

from __future__ import annotations

from zlib import crc32

import attrs

_BUCKETS = 64
_FEW = 16


@attrs.frozen(repr=False)
class KnownIds:
    """
    A set of ids that never changes; a further one costs next to nothing, however many there are.

    >>> known = KnownIds().with_id("mail 7")
    >>> "mail 7" in known, "mail 8" in known
    (True, False)
    """

    # A few are one set; more are kept by buckets, since a copy of one large set for each activity
    # would cost more with each.
    _few: frozenset[str] = frozenset()
    _buckets: tuple[frozenset[str], ...] = ()

    def __contains__(self, id: str) -> bool:
        """Whether an id is known."""
        return id in self._few or (bool(self._buckets) and id in self._buckets[_bucket_of(id)])

    def with_id(self, id: str) -> KnownIds:
        """
        Return the same ids and one more.

        >>> "mail 7" in KnownIds().with_id("mail 7")
        True
        """
        few = self._few | {id}
        if len(few) <= _FEW:
            return KnownIds(few, self._buckets)
        buckets = list(self._buckets) or [frozenset()] * _BUCKETS
        for known in few:
            buckets[_bucket_of(known)] |= {known}
        return KnownIds(frozenset(), tuple(buckets))


def _bucket_of(id: str) -> int:
    # `hash` would differ in another process, to which an entity may be sent.
    return crc32(id.encode()) % _BUCKETS

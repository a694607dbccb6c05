"""What links hold two entries together: by what, and how sure; as plain numbers."""

from __future__ import annotations

from collections.abc import Iterator

from ..values.match_links import Link, Sureness

_SURENESSES = tuple(Sureness)
_LEVEL = {sureness: level for level, sureness in enumerate(_SURENESSES)}
_LEVELS = len(_SURENESSES)


class Evidence:
    """
    Two entries to a link. What it rests on is one number, with a bit for each key and sureness.

    >>> evidence = Evidence(["7", "9"])
    >>> evidence.weigh("given pair")
    >>> evidence.chain([0, 1], Sureness.LIKELY)
    >>> print(evidence.told(0, 1))
    7 and 9, likely: given pair
    """

    def __init__(self, ids: list[str]) -> None:
        """Begin with none, when all entries are known."""
        self._ids = ids
        self._keys: list[str] = []
        self._rests_on: dict[int, int] = {}
        self._bits: dict[Sureness, int] = {}

    def weigh(self, by: str) -> None:
        """Begin with what comes next: a match key, or what another program holds to be the same."""
        if not self._keys or self._keys[-1] != by:
            self._keys.append(by)
        first = (len(self._keys) - 1) * _LEVELS
        self._bits = {sureness: 1 << first + level for sureness, level in _LEVEL.items()}

    def chain(self, places: list[int], sureness: Sureness) -> None:
        """Link the first with each of the others, by what is weighed."""
        bit, count, rests_on = self._bits[sureness], len(self._ids), self._rests_on
        first = places[0]
        for place in places[1:]:
            pair = first * count + place if first < place else place * count + first
            rests_on[pair] = rests_on.get(pair, 0) | bit

    def surest_first(self) -> Iterator[tuple[Sureness, int, int]]:
        """Give all links but those that are only possible, the surest first."""
        count = len(self._ids)
        mine = [self._bits_of(level) for level in range(_LEVELS)]
        by_level: list[list[int]] = [[] for _ in mine]
        for pair, rests_on in self._rests_on.items():
            level = _LEVELS - 1
            while not rests_on & mine[level]:
                level -= 1
            by_level[level].append(pair)
        for level in range(_LEVELS - 1, 0, -1):
            yield from ((_SURENESSES[level], *divmod(pair, count)) for pair in by_level[level])

    def _bits_of(self, level: int) -> int:
        return sum(1 << place * _LEVELS + level for place in range(len(self._keys)))

    def told(self, one: int, other: int) -> Link:
        """Explain a link, the places of which are in order."""
        rests_on = self._rests_on[one * len(self._ids) + other]
        by: dict[str, None] = {}
        level = 0
        for name in self._keys:
            if bits := rests_on & (1 << _LEVELS) - 1:
                by[name] = None
                level = max(level, bits.bit_length() - 1)
            rests_on >>= _LEVELS
        ids = self._ids
        return Link(ids[one], ids[other], tuple(by), _SURENESSES[level], places=(one, other))

"""
A small memory of very many texts: it may take a new one for known, and never a known one for new.

A list of a million rows must not be held in memory only to find those few that stand in it twice.
Each text sets four bits of one word, and one whose bits are all set was perhaps there before (a
Bloom filter); who needs to know looks again.
"""

from __future__ import annotations

from array import array

_WORDS = 2**18
_MOST = 1_000_000
"""Of as many texts, about one new text in 250 is taken for known."""


class PerhapsSeen:
    """
    Remembers texts by a few bits each, two bytes a text.

    >>> ids = PerhapsSeen()
    >>> ids.add("7"), ids.add("8"), ids.add("7")
    (False, False, True)
    """

    def __init__(self, *, words: int = _WORDS, most: int = _MOST) -> None:
        """Begin with nothing seen; a further memory is begun whenever one has taken the most."""
        self._words = words
        self._most = most
        self._memories = [array("Q", bytes(8 * words))]
        self._count = 0

    def add(self, text: str) -> bool:
        """Remember a text, and say whether it was perhaps there before."""
        number = hash(text)
        place, number = number % self._words, number >> 18
        bits = 1 << (number & 63) | 1 << (number >> 6 & 63)
        bits |= 1 << (number >> 12 & 63) | 1 << (number >> 18 & 63)
        for memory in self._memories:
            if memory[place] & bits == bits:
                return True
        if self._count == self._most:
            self._memories.append(array("Q", bytes(8 * self._words)))
            self._count = 0
        self._memories[-1][place] |= bits
        self._count += 1
        return False

"""Names by numbers: each is kept once, and two are compared once."""

from __future__ import annotations

from ..values.names import Alike, Near, Words


class KnownNames:
    """
    All names that were met, by numbers in the order of meeting; no name at all is number 0.

    >>> names = KnownNames()
    >>> [names.number(words) for words in [("sara", "ahmadi"), (), ("sara", "ahmadi"), ("ani",)]]
    [1, 0, 1, 2]
    """

    def __init__(self) -> None:
        """Begin with none, and as names of people."""
        self.are_firms: bool = False
        self.words: list[Words] = [()]
        self._numbers: dict[Words, int] = {(): 0}

    def number(self, words: Words) -> int:
        """Return the number of a name."""
        number = self._numbers.setdefault(words, len(self.words))
        if number == len(self.words):
            self.words.append(words)
        return number

    def find(self, words: Words) -> int | None:
        """Return the number of a name, if it was met."""
        return self._numbers.get(words)


class AlikeNumbers:
    """
    Whether two names, by their numbers, may be one person's.

    >>> names = KnownNames()
    >>> one, other = names.number(("s", "ahmadi")), names.number(("ahmadi", "sara"))
    >>> AlikeNumbers(names, str.__eq__)(one, other)
    True
    """

    def __init__(self, names: KnownNames, near: Near) -> None:
        """Begin to compare; ``near`` tells whether one word may be the other, misspelt."""
        self._names = names
        self._alike = Alike(near, are_firms=names.are_firms)
        self._known: dict[int, bool] = {}
        self._heard: dict[int, frozenset[str]] = {}

    def __call__(self, one: int, other: int) -> bool:
        """Tell whether two names are alike."""
        if one == other:
            return True
        words = self._names.words
        pair = min(one, other) * len(words) + max(one, other)
        alike = self._known.get(pair)
        if alike is None:
            alike = self._known[pair] = self._alike(words[one], words[other])
        return alike

    def heard(self, name: int) -> frozenset[str]:
        """Return what the words of a name sound like."""
        heard = self._heard.get(name)
        if heard is None:
            heard = self._heard[name] = self._alike.heard(self._names.words[name])
        return heard

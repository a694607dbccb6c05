"""Names by numbers: each is kept once, and two are compared once."""

from __future__ import annotations

from collections.abc import Sequence

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

    def is_whole(self, number: int) -> bool:
        """Tell whether no word of a name is an initial."""
        return min(map(len, self.words[number])) > 1

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

    def more_leniently(self, near: Near) -> AlikeNumbers:
        """Compare on by something that holds more words to be near; what is alike stays so."""
        lenient = AlikeNumbers(self._names, near)
        lenient._alike = self._alike.by(near)
        lenient._known = {pair: True for pair, alike in self._known.items() if alike}
        return lenient

    def heard(self, name: int) -> frozenset[str]:
        """Return what the words of a name sound like."""
        heard = self._heard.get(name)
        if heard is None:
            heard = self._heard[name] = self._alike.heard(self._names.words[name])
        return heard


class NamedAlike:
    """
    Which names, by their numbers, may be that of one person who is held against them.

    >>> names = KnownNames()
    >>> number = names.number(("sara", "ahmadi"))
    >>> NamedAlike(("s", "ahmadi"), names, Alike(str.__eq__)).is_alike(number)
    True
    """

    def __init__(self, words: Words, names: KnownNames, alike: Alike) -> None:
        """Begin to compare; the words of no name are like any."""
        self.words = words
        self.number: int | None = names.find(words)
        self.is_whole: bool = all(len(word) > 1 for word in words)
        self._names = names
        self._alike = alike
        self._known: dict[int, bool] = {} if self.number is None else {self.number: True}

    def is_alike(self, name: int) -> bool:
        """Tell whether a name may be that one; each is compared once."""
        if not self.words:
            return True
        alike = self._known.get(name)
        if alike is None:
            alike = self._known[name] = self._alike(self.words, self._names.words[name])
        return alike

    def worth_comparing(self, names: Sequence[int], *, several: int) -> Sequence[int]:
        """Leave out names that sound otherwise, and among several those with an initial."""
        if not self.words:
            return names
        if len(names) > several:
            is_whole = self._names.is_whole
            names = [
                name for name in names if name == self.number or (self.is_whole and is_whole(name))
            ]
        heard, words = self._alike.heard(self.words), self._names.words
        return [name for name in names if not heard.isdisjoint(self._alike.heard(words[name]))]

"""Groups that grow by links, and do not take in what bears another name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator

Names = tuple[int, ...]


class Groups:
    """
    Entries by their places, joined two at a time, as long as all names in a group are alike.

    Without this guard one switchboard would make a firm into one person, by way of a chain: Sara
    Ahmadi is Ahmadi, and Ahmadi is Reza Ahmadi.

    Names are numbers, and 0 is no name.

    >>> groups = Groups([1, 0, 2], alike=int.__eq__)
    >>> groups.join(0, 1), groups.join(1, 2), list(groups.found())
    (True, False, [(0, 1)])
    """

    def __init__(self, names: list[int], alike: Callable[[int, int], bool]) -> None:
        """Begin with each entry by itself."""
        self._alike = alike
        self._above = list(range(len(names)))
        self._name = names
        # For each group of several the sets of names that are alike; a register puts several sets
        # into one group.
        self._sets: dict[int, tuple[Names, ...]] = {}

    def join(self, one: int, other: int, *, whatever_the_names: bool = False) -> bool:
        """Join the groups of two entries, unless names differ; tell whether they are one now."""
        first, second = self.root(one), self.root(other)
        if first == second:
            return True
        if self._name[first] == self._name[second] and not self._sets.keys() & {first, second}:
            self._above[max(first, second)] = min(first, second)
            return True
        sets = (*self._sets_of(first), *self._sets_of(second))
        if not whatever_the_names:
            mine, theirs = self._names_of(one), self._names_of(other)
            if not all(self._alike(a, b) for a in mine for b in theirs):
                return False
            sets = ((*mine, *theirs), *(names for names in sets if names not in {mine, theirs}))
        self._above[max(first, second)] = min(first, second)
        self._sets[min(first, second)] = tuple({tuple(dict.fromkeys(names)): 0 for names in sets})
        return True

    def _names_of(self, place: int) -> Names:
        """Return the names that go with that of an entry, or all of the group if it has none."""
        sets = self._sets_of(self.root(place))
        if len(sets) == 1:
            return sets[0]
        if self._name[place]:
            sets = tuple(names for names in sets if self._name[place] in names)
        return tuple(name for names in sets for name in names)

    def _sets_of(self, root: int) -> tuple[Names, ...]:
        """Return the sets of names of a group, which for one entry is its name."""
        if (sets := self._sets.get(root)) is not None:
            return sets
        return ((name,),) if (name := self._name[root]) else ()

    def found(self) -> Iterator[tuple[int, ...]]:
        """Give the places of each group of two or more."""
        members: dict[int, list[int]] = defaultdict(list)
        for place, above in enumerate(self._above):
            if above != place:
                members[self.root(place)].append(place)
        for root in sorted(members):
            yield (root, *members[root])

    def root(self, place: int) -> int:
        """Return the place that stands for the group of an entry."""
        above = self._above
        while above[place] != place:
            above[place] = above[above[place]]
            place = above[place]
        return place

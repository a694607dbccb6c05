"""The traces of a person: names, addresses, and the texts that only a lead of this person holds."""

from __future__ import annotations

import re
from collections.abc import Iterable

import attrs

from ..values.contact_points import ContactPoint
from ..values.names import name_words
from ..values.person import Person
from ..values.spoken_names import are_one_name, is_spoken_in, sounds_alike
from ..values.text import fold, fold_letters, fold_words

# A shorter text stands in too many others to tell anything.
SHORTEST = 4
_SHORTEST_NUMBER = 7
_NO_DIGIT = re.compile(r"\D+")


def point_of(point: ContactPoint) -> tuple[str, str]:
    """
    Tell one address from another, in any spelling.

    >>> point_of(ContactPoint("email", "SARA@novin.example"))
    ('email', 'sara@novin.example')
    """
    return point.kind.value, point.key or fold_letters(point.text)


def is_them(person: Person, other: Person) -> bool:
    """
    Tell whether two are one person: by the ids where both have one, else by name, in any script.

    >>> is_them(Person("Ali Karimi"), Person("علی کریمی"))
    True
    """
    has_ids = bool(person.id and other.id)
    return person.is_same(other) or (not has_ids and are_one_name(person.name, other.name))


def is_long(text: str) -> bool:
    """
    Whether a text is long enough to tell something where it is found again.

    >>> is_long("PASS"), is_long("ok!!!")
    (True, False)
    """
    return len(fold(text).replace(" ", "")) >= SHORTEST


@attrs.frozen(repr=False)
class Traces:
    """
    What a person is found by: names, addresses, ids, and copies of the lead's own texts.

    >>> traces = Traces.of([Person("Ali Karimi")], points=(), copies=())
    >>> traces.are_in("Karimi, Ali, rang"), traces.may_be_in("Karimi rang")
    (True, True)
    """

    names: tuple[frozenset[str], ...]
    words: frozenset[str]
    points: frozenset[tuple[str, str]]
    copies: frozenset[str]
    shared: frozenset[str]
    ids: frozenset[str]

    @classmethod
    def of(
        cls,
        people: Iterable[Person],
        *,
        points: Iterable[tuple[str, str]],
        copies: Iterable[str],
        shared: Iterable[str] = (),
        akin: Iterable[Person] = (),
        ids: Iterable[str] = (),
    ) -> Traces:
        """Gather what one person is found by; those ``akin`` may be the same, spelt otherwise."""
        people = tuple(people)
        names = {frozenset(name_words(person.name)) for person in people} - {frozenset()}
        parts = {part for p in (*people, *akin) for part in (p.name, p.given, p.family)}
        short = {name for name in names if sum(map(len, name)) < SHORTEST}
        return cls(
            names=tuple(sorted(names - short, key=sorted)),
            words=frozenset(word for part in parts for word in fold(part).split()),
            points=frozenset(points),
            copies=frozenset(text for text in copies if is_long(text)) - frozenset(shared),
            shared=frozenset(shared),
            ids=frozenset(ids),
        )

    def are_in(self, text: str) -> bool:
        """
        Whether a text names the person, or gives an address, or is a copy of what the lead says.

        A name is met in any order, and in another script by its sound.

        >>> Traces.of([], points=[("email", "ali@x.example")], copies=()).are_in("to ali@x.example")
        True
        """
        if text in self.copies:
            return True
        if text in self.shared:
            return False
        if any(id_ in text for id_ in self.ids if is_long(id_)):
            return True
        words = fold_words(text)
        if any(name <= words or is_spoken_in(name, words) for name in self.names):
            return True
        letters = fold_letters(text)
        digits = _NO_DIGIT.sub("", letters)
        return any(_is_told(key, letters, digits) for _, key in self.points)

    def are_in_address(self, text: str) -> bool:
        """
        Whether an address is theirs by what it says; a name of one word stands in many others.

        >>> traces = Traces.of([Person("Ali Karimi"), Person("Karimi")], points=(), copies=())
        >>> traces.are_in_address("ali.karimi@x.example"), traces.are_in_address("karimi@x.example")
        (True, False)
        """
        whole = tuple(name for name in self.names if len(name) > 1)
        return attrs.evolve(self, names=whole).are_in(text)

    def may_be_in(self, text: str) -> bool:
        """
        Whether a text may be about the person: one of the names stands there, or others say it too.

        >>> Traces.of([Person("Ali Karimi")], points=(), copies=()).may_be_in("Ali's order")
        True
        """
        if text in self.shared:
            return True
        words = fold_words(text)
        return not self.words.isdisjoint(words) or any(
            sounds_alike(word, other) for word in self.words for other in words
        )


def _is_told(key: str, letters: str, digits: str) -> bool:
    """Tell whether an address stands in a text, a number in any grouping."""
    number = _NO_DIGIT.sub("", key)
    if number and not key.strip("+0123456789"):
        tail = number[-_SHORTEST_NUMBER - 1 :]
        return len(number) >= _SHORTEST_NUMBER and tail in digits
    around = rf"(?<![\w.+-]){re.escape(key)}(?!\w)"
    return len(key) >= SHORTEST and re.search(around, letters) is not None

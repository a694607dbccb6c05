"""What each person said last on each channel and purpose, as rules read it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import attrs

from ..values.answer import Answer
from ..values.frozen_map import FrozenMap
from .consents import ANY, MARKETING, PURPOSES, Consent

_Place = tuple[str, str, str, bool]
"""Channel, purpose and person, and ``False`` for a no that names no one, which is of all."""


@attrs.frozen(repr=False)
class ConsentRegister:
    """
    The latest word of each person on each channel and purpose; rules read it by path.

    ``consent.email`` is yes, no, or unknown, for marketing; ``consent.purposes.service.email`` is
    that for a purpose of your own. Once it has expired it is unknown again, and so it is where
    several people said different things.

    >>> from datetime import UTC, datetime
    >>> from salesfunnel.activities import Consent
    >>> from salesfunnel.rules import yes
    >>> monday, friday = (datetime(2026, 3, day, tzinfo=UTC) for day in (2, 6))
    >>> word = Consent(channel="email", basis="consent", until=friday, at=monday)
    >>> lead = {"consent": ConsentRegister().with_word(word)}
    >>> yes("consent.email").holds(lead, at=monday), yes("consent.email").holds(lead, at=friday)
    (True, None)
    """

    _words: FrozenMap[_Place, Consent] = FrozenMap[_Place, Consent]()
    _purpose: str = MARKETING

    @property
    def words(self) -> tuple[Consent, ...]:
        """Each word that stands by itself, in the order in which they came."""
        return tuple(self._words.values())

    def knows(self, word: Consent) -> bool:
        """
        Whether a word stands here already, just as it is.

        >>> from datetime import UTC, datetime
        >>> ConsentRegister().knows(Consent(channel="sms", at=datetime(2026, 3, 2, tzinfo=UTC)))
        False
        """
        return self._words.get(_place(word)) == word

    def with_word(self, word: Consent) -> ConsentRegister:
        """
        Take in one word more, also one that is older than what stands.

        >>> from datetime import UTC, datetime
        >>> monday, friday = (datetime(2026, 3, day, tzinfo=UTC) for day in (2, 6))
        >>> no = ConsentRegister().with_word(Consent(channel="any", at=friday))
        >>> listed = no.with_word(Consent(channel="email", basis="consent", at=monday))
        >>> listed.word("email").is_given
        False
        """
        place = _place(word)
        known = self._words.get(place)
        if known is not None and not word.outranks(known):
            return self
        return ConsentRegister(self._words.with_item(place, word))

    def word(self, channel: str, *, purpose: str = MARKETING, person: str = "") -> Consent | None:
        """
        Find the word that stands for a channel and a purpose, be it about any of them.

        Where no ``person`` is asked for, it is what all say: of several yes the one that ends
        first; and none where they differ.

        >>> ConsentRegister().word("email") is None
        True
        """
        if person:
            return self._latest(channel, purpose, person)
        said = self.said_by_each(channel, purpose=purpose)
        if not said or len({word.is_given for word in said}) > 1:
            return None
        return min(said, key=lambda word: (word.until is None, word.until or word.at))

    def said_by_each(self, channel: str, *, purpose: str = MARKETING) -> tuple[Consent, ...]:
        """
        List what stands with each person who said anything on a channel and a purpose.

        >>> ConsentRegister().said_by_each("email")
        ()
        """
        found = [self._latest(channel, purpose, person) for person in self._people or ("",)]
        return tuple([word for word in found if word is not None])

    @property
    def _people(self) -> list[str]:
        """List those of whom there is a word of their own."""
        return list(dict.fromkeys(person for *_, person, _ in self._words if person))

    def _latest(self, channel: str, purpose: str, person: str) -> Consent | None:
        """Find what stands with one person. A yes that names no one is not that of one of many."""
        is_alone = {*self._people} <= {person}
        standing: Consent | None = None
        for place in ((channel, purpose), (ANY, purpose), (channel, ANY), (ANY, ANY)):
            for whose in ((person, True), ("", True), ("", False)):
                word = self._words.get((*place, *whose))
                if word is None or (word.is_given and not word.person and not is_alone):
                    continue
                if standing is None or word.outranks(standing):
                    standing = word
        return standing

    def keys(self) -> Iterable[str]:
        """
        List the channels about which there is a word, which is how rules know a mapping.

        >>> list(ConsentRegister().keys())
        []
        """
        meant = {self._purpose, ANY}
        return list(dict.fromkeys(c for c, purpose, *_ in self._words if purpose in meant))

    def get(self, name: str) -> Answer | Mapping[str, ConsentRegister] | None:
        """
        Give the answer for a channel, or under ``purposes`` the same for other purposes.

        >>> ConsentRegister().get("email") is None
        True
        """
        if name == PURPOSES:
            purposes = {purpose for _, purpose, *_ in self._words} | {MARKETING}
            return FrozenMap({p: ConsentRegister(self._words, p) for p in sorted(purposes)})
        word = self.word(name, purpose=self._purpose)
        return word.answer if word else None

    def __repr__(self) -> str:
        """Show the channels alone."""
        return f"ConsentRegister({', '.join(self.keys())})"


def _place(word: Consent) -> _Place:
    return word.channel, word.purpose, word.person, word.is_given or bool(word.person)

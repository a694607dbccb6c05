"""Names of people in several scripts, and whether two of them may be one person's."""

from __future__ import annotations

from collections.abc import Callable

from .company_names import as_one_word
from .sounds import firm_sound, have_same_vowels, sound, syllables
from .text import fold
from .titles import SEXES, TITLES, sexes_told
from .written_vowels import may_be_written

Words = tuple[str, ...]
Near = Callable[[str, str], bool]
"""Whether two words of one script differ by a slip of the pen."""

# What people write where a form wants a name and they know none.
_NO_NAMES = """
n/a | n.a. | not available | unknown | no name | none | null | nan | anonymous
inconnu | inconnue | anonyme | sans nom | non renseigné | نامشخص | ناشناس | بدون نام | نامعلوم
անհայտ | առանց անուն | неизвестно | без имени
"""
_IS_NO_NAME = frozenset(fold(name) for name in _NO_NAMES.replace("\n", "|").split("|"))

_MOST_SOUNDS = 100_000
_SHORTEST_SLIP = 5
_MANY_SYLLABLES = 6
_BEHIND_LATIN = 0x250
SCRIPTS = (0, 3, 4, 5, 6)
"""The numbers of those that are compared by sound: Latin, Greek, Cyrillic, Armenian, Persian."""


def name_words(name: str) -> Words:
    """
    Return the folded words of a name without titles, unless it consists of them.

    What says that no name is known has none.

    >>> name_words("Dr. Sara AHMADI"), name_words("خانم سارا احمدي") == ("سارا", "احمدی")
    (('sara', 'ahmadi'), True)
    >>> name_words("N/A")
    ()
    """
    folded = fold(name)
    if folded in _IS_NO_NAME:
        return ()
    words = folded.split()
    return tuple([word for word in words if word not in TITLES] or words)


def called_words(name: str, salutation: str = "") -> Words:
    """
    Return the words of a name as `name_words` does; of a family name alone, with the sex in front.

    Who is called M. Dupont and who is called Mme Dupont are a couple, and not one person.

    >>> called_words("Mme Dupont") == called_words("Dupont", "Mrs") != called_words("M. Dupont")
    True
    >>> called_words("Mme Claire Dupont"), called_words("Mme Dupont")
    (('claire', 'dupont'), ('♀ woman', 'dupont'))
    """
    words = name_words(name)
    if len(words) != 1:
        return words
    told = sexes_told(fold(f"{salutation} {name}").split())
    return (*told, *words) if len(told) == 1 else words


def is_slip(one: str, other: str) -> bool:
    """
    Tell whether two words of five letters or more differ by one letter, or two that change places.

    >>> is_slip("ahmadi", "ahmdai"), is_slip("ahmadi", "ahmad"), is_slip("amir", "amin")
    (True, True, False)
    """
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) < _SHORTEST_SLIP or len(longer) > len(shorter) + 1:
        return False
    begin = 0
    while begin < len(shorter) and shorter[begin] == longer[begin]:
        begin += 1
    shorter, longer = shorter[begin:], longer[begin:]
    while shorter and shorter[-1] == longer[-1]:
        shorter, longer = shorter[:-1], longer[:-1]
    return len(longer) < 2 or (len(longer) == 2 and shorter == longer[::-1])  # noqa: PLR2004


def is_longer_or_slip(one: str, other: str) -> bool:
    """
    Tell whether one folded text is a slip of the other, begins it, or is in another script.

    >>> is_longer_or_slip("novin", "novintejarat"), is_longer_or_slip("hotel4", "hotel5")
    (True, False)
    """
    if not one or not other or script(one) != script(other):
        return True
    if [*filter(str.isdigit, one)] != [*filter(str.isdigit, other)]:
        return False
    shorter, longer = sorted((one, other), key=len)
    begins = len(shorter) >= _SHORTEST_SLIP and longer.startswith(shorter)
    return one == other or begins or is_slip(one, other)


def are_two_people(one: Words, other: Words) -> bool:
    """
    Tell whether two names, by their words, cannot be of one person: in one script, and not alike.

    >>> sara = called_words("Sara Ahmadi")
    >>> [are_two_people(sara, called_words(name)) for name in ("Reza Ahmadi", "سارا احمدی")]
    [True, False]
    """
    if not one or not other or Alike(is_slip)(one, other):
        return False
    return len({script(word) for word in (*one, *other) if word not in SEXES}) == 1


def script(word: str) -> int:
    """
    Number the script of a folded word, well enough to tell Latin from Persian and Armenian.

    >>> script("sara") == script("zoé") == 0, script("سارا") == script("արա")
    (True, False)
    """
    letter = ord(word[0])
    return 0 if letter < _BEHIND_LATIN else letter >> 8


def sound_the_same(one: str, other: str) -> bool:
    """
    Tell whether two folded names of firms in different scripts sound the same.

    >>> sound_the_same("ایرانخودرو", "irankhodro"), sound_the_same("dana", "dena")
    (True, False)
    """
    if not one or not other or script(one) == script(other):
        return False
    return firm_sound(one) == firm_sound(other) != "" and vowels_agree(one, other)


def vowels_agree(one: str, other: str) -> bool:
    """
    Tell whether the vowels that are written of two words that sound the same may be the same.

    Of two scripts neither of which is Latin nothing is known.

    >>> vowels_agree("دانا", "dana"), vowels_agree("dena", "دانا")
    (True, False)
    """
    if not script(one):
        one, other = other, one
    return bool(script(other)) or may_be_written(one, other)


def _have_like_syllables(one: str, other: str) -> bool:
    """Tell whether vowels stand in the same places of two words; long ones may lack one."""
    ours, theirs = syllables(one), syllables(other)
    are_long = min(len(ours), len(theirs)) >= _MANY_SYLLABLES
    return have_same_vowels(ours, theirs) or (are_long and is_slip(ours, theirs))


class Alike:
    """
    Whether two names, by their words, may be one person's: each word of the shorter one is met.

    An initial meets a word that begins with it, a word of another script the one that sounds like
    it, and a misspelt word the one that is near. The order of the words makes no difference. A sex
    in front, as `called_words` has it, meets all but the other.

    >>> alike = Alike(near=lambda one, other: one == other)
    >>> alike(("s", "ahmadi"), ("ahmadi", "sara")), alike(("reza", "ahmadi"), ("sara", "ahmadi"))
    (True, False)
    """

    def __init__(self, near: Near, *, are_firms: bool = False) -> None:
        """
        Begin to compare; ``near`` tells whether one word may be the other, misspelt.

        Firms choose their spelling, so in one script their names are not compared by sound.
        """
        self._near = near
        self._are_firms = are_firms
        self._sounds: dict[str, str] = {}

    def __call__(self, one: Words, other: Words) -> bool:
        """Tell whether two names are alike."""
        if len(one) > len(other):
            one, other = other, one
        return one == other or self._compare(one, other)

    def by(self, near: Near) -> Alike:
        """Compare by something else than these slips, and remember the same sounds."""
        other = Alike(near, are_firms=self._are_firms)
        other._sounds = self._sounds
        return other

    def heard(self, words: Words) -> frozenset[str]:
        """Return what the words of a name sound like; alike names nearly always share a sound."""
        return frozenset(map(self._sound, words))

    def _compare(self, few: Words, many: Words) -> bool:
        if many[0] in SEXES or (few and few[0] in SEXES):
            return self._compare_sexes(few, many)
        # Initials come last: A. Anderson is Anderson Amy, in whichever order.
        left, is_named = sorted(many, key=len, reverse=True), False
        for word in sorted(few, key=len, reverse=True):
            for met in left:
                if word == met or self._meets(word, met):
                    break
            else:
                # Perhaps one writes as two words what the other writes as one.
                return self._is_one_word(few, many)
            is_named = is_named or min(len(word), len(met)) > 1
            left.remove(met)
        return is_named

    def _compare_sexes(self, one: Words, other: Words) -> bool:
        told = {words[0] for words in (one, other) if words and words[0] in SEXES}
        ours, theirs = (
            tuple(word for word in words if word not in SEXES) for words in (one, other)
        )
        return len(told) == 1 and self(ours, theirs)

    def _is_one_word(self, few: Words, many: Words) -> bool:
        if not self._are_firms and len(few) == len(many):
            return False
        one, other = as_one_word(few), as_one_word(many)
        if self._are_firms:
            return one == other or sound_the_same(one, other)
        return self._sound(one) == self._sound(other)

    def _meets(self, word: str, other: str) -> bool:
        if len(word) == 1 or len(other) == 1:
            return word[0] == other[0] or self._sound(word)[:1] == self._sound(other)[:1] != ""
        if word.isascii() == other.isascii() and self._near(word, other):
            return True
        is_one_script = script(word) == script(other)
        if self._are_firms and is_one_script:
            return False
        heard = self._sound(word)
        if len(heard) < 2 or heard != self._sound(other):  # noqa: PLR2004
            return False
        return _have_like_syllables(word, other) if is_one_script else vowels_agree(word, other)

    def _sound(self, word: str) -> str:
        heard = self._sounds.get(word)
        if heard is None:
            if len(self._sounds) >= _MOST_SOUNDS:
                self._sounds.clear()  # so that a list of any length may be compared
            heard = self._sounds[word] = sound(word)
        return heard

"""
Names, notes and other texts: what may be stored, and how two spellings of one name meet.

A stored text is never altered. What makes «شركت ١٢» and «شرکت ۱۲» the same is only their *key*.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping

from ..errors import InvalidValue, Text

NOT_TEXT = Text("field_not_text", "{field} is not text", "a str")
NO_NAME = Text("no_name", "{field} has no name", "a name with at least one visible letter")
_TOO_LONG = Text("text_too_long", "{field} is too long", "at most {limit} characters")
_NOT_A_LINE = Text(
    "control_in_line",
    "{field} holds a control character",
    "one line of text, without controls of writing direction",
)
_NOT_A_NOTE = Text(
    "control_in_note",
    "{field} holds a control character",
    "text, line ends and tabs, without controls of writing direction",
)

LINE_LIMIT = 500
NOTE_LIMIT = 100_000

BIDI_CONTROLS = frozenset(
    "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)

# Controls, halves of surrogate pairs, private use, and what turns the direction or ends a line.
# Unassigned characters pass: which ones they are differs from one Python to the next.
_NEVER = (
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ue000-\uf8ff"
    "\U000f0000-\U000ffffd\U00100000-\U0010fffd" + "".join(sorted(BIDI_CONTROLS))
)
_FORBIDDEN = re.compile(f"[{_NEVER}\t\n\r\u2028\u2029]")
_FORBIDDEN_IN_NOTES = re.compile(f"[{_NEVER}]")

_HARMLESS = ("\u200c", "\u200d", "\n", "\r", "\t")

# Letters that Unicode keeps apart, although people type one for the other. Hamza and madda need
# no row: they are combining marks after decomposition, and marks are dropped.
_SAME_LETTER = {
    "ي": "ی",
    "ى": "ی",
    "ك": "ک",
    "ڪ": "ک",
    "ة": "ه",
    "ە": "ه",
    "ہ": "ه",
    "ھ": "ه",
    "ٱ": "ا",
    "œ": "oe",
    "æ": "ae",
    "ø": "o",
    "ł": "l",
    "ı": "i",
}

# Letters, marks and a symbol by category that nevertheless show nothing, and the tatweel, which
# only stretches a word.
_BLANK = frozenset(
    [
        "\u034f",
        "\u115f",
        "\u1160",
        "\u17b4",
        "\u17b5",
        "\u180b",
        "\u180c",
        "\u180d",
        "\u180f",
        "\u2800",
        "\u3164",
        "\uffa0",
        *map(chr, range(0xFE00, 0xFE10)),
        *map(chr, range(0xE0100, 0xE01F0)),
    ]
)
_TATWEEL = "\u0640"

# What people type for an apostrophe, after decomposition; an acute accent of its own is a blank
# with a mark then. Within a word it joins, as in O'Brien.
_ACCENT_OF_ITS_OWN = re.compile("\u00b4| \u0301")
_APOSTROPHE = "['`\u2018\u2019\u201b\u2032\u02b9\u02bb\u02bc\u02bd\u02c8\u055a]"
_JOINING = re.compile(r"(?<=[^\W\d_])'(?=[^\W\d_])")
_LOOSE = re.compile(_APOSTROPHE)


def fold(text: str) -> str:
    r"""
    The match key of a text: equal for all usual spellings of the same words.

    Case, accents, the script of digits, Arabic or Persian letters, tatweel and punctuation make no
    difference. A half-space (ZWNJ) counts as nothing, so «می‌خواهم» meets «میخواهم» and not
    «می خواهم», and so does an apostrophe within a word, whichever sign was typed for it. Armenian
    «և» meets «եւ», but not the reformed «եվ».

    >>> fold("شركة ١٢") == fold("شرکه ۱۲") == "شرکه 12"
    True
    >>> fold("  Société  GÉNÉRALE, S.A. ")
    'societe generale s a'
    >>> fold("O\u2019Brien") == fold("O'BRIEN") == fold("OBrien")
    True
    """
    if not text.isascii() and ("\u00b4" in text or "\u0301" in text):
        text = _ACCENT_OF_ITS_OWN.sub("'", text)
    # One look-up a letter, since this is asked of each cell of a list.
    words = text.translate(_FOLDED_LETTERS)
    if "'" in words:
        words = _JOINING.sub("", words).replace("'", " ")
    return " ".join(words.split())


def fold_words(text: str) -> frozenset[str]:
    """
    The match keys of all words in a text, of those on either side of an apostrophe as well.

    It is for finding a name in a sentence, where an apostrophe may follow it.

    >>> sorted(fold_words("Ali's offer"))
    ['ali', 'alis', 'offer', 's']
    """
    letters = fold_letters(_ACCENT_OF_ITS_OWN.sub("'", text))
    apart = fold(_LOOSE.sub(" ", letters)).split() if _LOOSE.search(letters) else ()
    return frozenset((*fold(text).split(), *apart))


def fold_letters(text: str) -> str:
    """
    Fold letters and digits as [`fold`][] does, but keep blanks and punctuation as they are.

    It is for texts in which punctuation means something: addresses and telephone numbers.

    >>> fold_letters("Zoé.Dupont@Société.FR")
    'zoe.dupont@societe.fr'
    """
    if text.isascii():
        return text.casefold()
    return text.translate(_PLAIN_LETTERS)


def plain_text(text: str, what: str, *, limit: int = LINE_LIMIT) -> str:
    r"""
    Let a text of one line pass unchanged, if it can be stored and shown safely.

    Control characters and line ends, bidirectional controls, private-use characters and halves of
    surrogate pairs are refused. Joiners and half-spaces are part of Persian spelling, so they stay.

    >>> plain_text("نوین‌تجارت", "company") == "نوین‌تجارت"
    True
    >>> plain_text("Novin\nTejarat", "company")
    Traceback (most recent call last):
    salesfunnel.errors.InvalidValue: company holds a control character; allowed: one line of text...
    """
    if type(text) is str and len(text) <= limit and text.isprintable():
        return text  # as nearly every text is
    _check_text(text, what, limit)
    if not is_plain(text):
        raise InvalidValue(what, _NOT_A_LINE)
    return text


def plain_texts(texts: Mapping[str, str]) -> None:
    r"""
    Look at several texts of one line at once, each under its name, as `plain_text` does at one.

    >>> plain_texts({"company": "Novin Tejarat", "city": "Teh\nran"})
    Traceback (most recent call last):
    salesfunnel.errors.InvalidValue: city holds a control character; allowed: one line of text...
    """
    try:
        together = "".join(texts.values())
    except TypeError:  # one is no text
        together = "\0"
    if len(together) > LINE_LIMIT or not together.isprintable():
        for what, text in texts.items():
            plain_text(text, what)


def note_text(text: str, what: str, *, limit: int = NOTE_LIMIT) -> str:
    r"""
    Let a text of several lines pass unchanged, if it can be stored and shown safely.

    >>> note_text("Asked for a demo.\nCall again on Monday.", "note").count("\n")
    1
    """
    if type(text) is str and len(text) <= limit and hides_nothing(text):
        return text  # likewise
    _check_text(text, what, limit)
    if _FORBIDDEN_IN_NOTES.search(text):
        raise InvalidValue(what, _NOT_A_NOTE)
    return text


def hides_nothing(text: str) -> bool:
    r"""
    Whether all of a text can be seen, but for half-spaces, joiners, tabs and line ends.

    That can be told of a long text in next to no time.

    >>> hides_nothing("می\u200cخواهم\n"), hides_nothing("\u202eNovin")
    (True, False)
    """
    if text.isprintable():
        return True
    for sign in _HARMLESS:  # the first is nearly always the only one
        text = text.replace(sign, "")
        if text.isprintable():
            return True
    return False


def is_plain(text: str) -> bool:
    r"""
    Whether a text is one line without control characters and controls of writing direction.

    >>> is_plain("Novin Tejarat"), is_plain("Novin\nTejarat"), is_plain("\u202eNovin")
    (True, False, False)
    """
    # Nearly every text is printable, and that test costs next to nothing.
    return text.isprintable() or not _FORBIDDEN.search(text)


def shown(text: str, *, limit: int = LINE_LIMIT) -> str:
    r"""
    Write a text from outside on one line, so that a message or a drawing may hold it.

    Control characters and controls of writing direction become blanks, and a long text is cut.

    >>> shown("first\nmeeting "), shown("\u202egnp.exe"), shown("Novin Tejarat", limit=6)
    ('first meeting', 'gnp.exe', 'Novin…')
    """
    head = text[: 2 * limit]
    if not head.isprintable():
        head = _FORBIDDEN.sub(" ", head)
    line = " ".join(head.split())
    return line if len(line) <= limit and len(text) <= 2 * limit else f"{line[: limit - 1]}…"


def is_visible(text: object) -> bool:
    r"""
    Whether a text shows anything at all, rather than only blanks and zero-width characters.

    Anything but a text shows nothing.

    >>> is_visible("علی"), is_visible(" \u200b\u200c ")
    (True, False)
    """
    if not isinstance(text, str):
        return False
    first = text[:1]
    if "!" <= first <= "~" or (first.isalnum() and first not in _BLANK):
        return True  # as nearly always
    return any(c not in _BLANK and unicodedata.category(c) not in _UNSEEN for c in text)


_UNSEEN = frozenset(["Cc", "Cf", "Cs", "Zs", "Zl", "Zp"])


def _check_text(text: str, what: str, limit: int) -> None:
    if not isinstance(text, str):
        raise InvalidValue(what, NOT_TEXT)
    if len(text) > limit:
        raise InvalidValue(what, _TOO_LONG, {"limit": limit})


class _Letters(dict[int, str]):
    """
    What becomes of each character, as ``str.translate`` asks for it; worked out once.

    Only single characters are remembered. Whole texts are personal and are kept nowhere.
    """

    def __init__(self, become: Callable[[str], str]) -> None:
        """Begin with nothing remembered."""
        self._become = become

    def __missing__(self, code: int) -> str:
        """Work out what becomes of a character."""
        if len(self) >= _MOST_REMEMBERED:
            self.clear()
        return self.setdefault(code, self._become(chr(code)))


def _plain_letters(char: str) -> str:
    """Fold a character by itself: what is around it changes only the order of marks."""
    letters = char
    # Folding case can undo a decomposition, and the other way round: hence both, twice.
    for _ in range(2):
        letters = unicodedata.normalize("NFKD", letters).casefold()
    return "".join(map(_plain_letter, letters))


def _plain_letter(char: str) -> str:
    digit = unicodedata.decimal(char, None)
    if digit is not None:
        return str(digit)
    if unicodedata.combining(char) or char in _BLANK or char == _TATWEEL:
        return ""
    if unicodedata.category(char) == "Cf":
        return ""
    return _SAME_LETTER.get(char, char)


def _folded_letters(char: str) -> str:
    """Fold a character, and leave of punctuation only an apostrophe, which may join two words."""
    return "".join(
        "'" if _LOOSE.match(letter) else letter if unicodedata.category(letter)[0] in "LNM" else " "
        for letter in _plain_letters(char)
    )


_MOST_REMEMBERED = 4096
_PLAIN_LETTERS = _Letters(_plain_letters)
_FOLDED_LETTERS = _Letters(_folded_letters)

"""The text of a cell without what no one can see: control characters and marks of direction."""

from __future__ import annotations

import re

from ...values.text import hides_nothing

# They say how a text runs, not what it says, and come along when names are pasted.
_DIRECTION_MARKS = re.compile("[\u061c\u200e\u200f]")
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069"
    "\ud800-\udfff\ue000-\uf8ff\U000f0000-\U0010ffff]"
)
_LINE_ENDS = re.compile("[\v\f\x1c-\x1e\x85]")
_BREAKS = re.compile(r"[\t-\r\x1c-\x1e\x85\u2028\u2029]+")

# Each is a part of how a word is spelt; the half-space is in nearly every long Persian note.
_HALF_SPACE, _JOINER = "\u200c", "\u200d"

LIST, REFERENCE = "|##|", "::::"
"""What vtiger writes between the words of a list, and between a module and a name."""


def is_odd(text: str) -> bool:
    r"""
    Tell whether a text holds what cannot be seen, a list or a reference, as few do.

    >>> is_odd("می\u200cخواهد"), is_odd("Accounts::::Novin"), is_odd("Sara\nAhmadi")
    (False, True, True)
    """
    if not text.isprintable():
        text = text.replace(_HALF_SPACE, "")
        if not text.isprintable() and not text.replace(_JOINER, "").isprintable():
            return True
    # To look for one sign of a long Persian note takes a tenth of the time.
    return ("|" in text and LIST in text) or (":" in text and REFERENCE in text)


def without_controls(text: str) -> tuple[str, bool]:
    r"""
    Leave out what cannot be stored or shown, and tell whether anything else is all there.

    >>> without_controls("\u200fسارا"), without_controls("Sa\x07ra")
    (('سارا', True), ('Sara', False))
    """
    if hides_nothing(text):  # as nearly always
        return text, True
    text = _LINE_ENDS.sub("\n", _DIRECTION_MARKS.sub("", text))
    clean = _FORBIDDEN.sub("", text)
    return clean, clean == text


def one_line(text: str) -> str:
    r"""
    Write a text on one line.

    >>> one_line("Novin\r\nTejarat")
    'Novin Tejarat'
    """
    if text.isprintable() or not _BREAKS.search(text):
        return text
    return " ".join(filter(None, map(str.strip, _BREAKS.split(text))))

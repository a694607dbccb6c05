"""The match key of a text inside a rule: what makes two spellings of one name the same fact."""

from __future__ import annotations

from ..values.text import fold, is_visible

# Most texts in a row are ASCII, and a table is many times as fast as folding letter by letter.
_ASCII_WORDS = str.maketrans({chr(c): " " for c in range(128) if not chr(c).isalnum()})


def text_key(text: str) -> str | None:
    """
    Return the match key of a text, or ``None`` for a blank.

    Texts without letters and digits, such as stars, are their own key.

    >>> text_key("TÉHÉRAN"), text_key("★★"), text_key("  ")
    ('teheran', '★★', None)
    """
    if text.isascii():
        key = text.lower()
        key = key if key.isalnum() else " ".join(key.translate(_ASCII_WORDS).split())
    else:
        key = fold(text)
    return key or (text.strip() if is_visible(text) else None)

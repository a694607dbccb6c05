"""
A sheet on which bars and texts are drawn, mirrored where the language runs leftward.

Every text stands in an isolate of the direction of its own first letter, since a viewer that does
not know CSS would else let brackets and digits jump; the sheet itself always runs rightward.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect
from collections.abc import Sequence
from html import escape
from itertools import accumulate

WIDTH = 640
_FIRST_LINE, _FOOT = 24, 12
# What XML cannot hold, and what would end or turn an isolate.
_HARMFUL = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
_LEFTWARD, _RIGHTWARD, _END = "\u2067", "\u2066", "\u2069"
_LETTER = 7  # how wide one of the legend may be
_WIDTHS = ((0.3, " .,:;'|!()[]/-ijlt"), (1.0, "mwMW@%—…"))


class Drawing:
    """
    One picture in the making; ``mirrored`` counts all places from the right.

    >>> sheet = Drawing("Funnel", mirrored=True)
    >>> sheet.text(10, 20, "Won")
    >>> sheet.pieces[-1]
    '<text x="630" y="20" text-anchor="end">\u2066Won\u2069</text>'
    """

    def __init__(self, title: str, *, mirrored: bool, leftward: bool | None = None) -> None:
        """Begin a sheet with its title."""
        self.title: str = shortened(title, WIDTH - 16, size=16)
        self.pieces: list[str] = []
        self._mirrored = mirrored
        self._usual = "start"
        begins = mirrored if leftward is None else leftward
        x = WIDTH - 8 if begins else 8
        anchor = ' text-anchor="end"' if begins else ""
        self.pieces.append(
            f'<text x="{x}" y="{_FIRST_LINE}" font-size="16"{anchor}>{isolated(self.title)}</text>'
        )

    def bar(self, x: int, y: int, width: int, height: int, fill: str) -> None:
        """Draw a filled rectangle."""
        left = WIDTH - x - width if self._mirrored else x
        self.pieces.append(
            f'<rect x="{left}" y="{y}" width="{width}" height="{height}" fill="{fill}"/>'
        )

    def text(self, x: int, y: int, said: str, *, anchor: str = "start", size: int = 0) -> None:
        """Write a text that begins, ends or has its middle at a place."""
        if self._mirrored:
            x, anchor = WIDTH - x, _MIRRORED[anchor]
        more = "" if anchor == self._usual else f' text-anchor="{anchor}"'
        more += f' font-size="{size}"' if size else ""
        self.pieces.append(f'<text x="{x}" y="{y}"{more}>{isolated(said)}</text>')

    def line(self, x: int, y: int, to: int, *, dashed: bool = False) -> None:
        """Draw a level line."""
        more = ' stroke-dasharray="5 4"' if dashed else ""
        self.pieces.append(f'<path d="M{x} {y}H{to}" stroke="#111"{more}/>')

    def legend(self, x: int, words: Sequence[str], fills: Sequence[str]) -> int:
        """Say which colour means what; return where there is room for more."""
        for word, fill in zip(words, fills, strict=True):
            self.bar(x, 40, 11, 11, fill)
            self.text(x + 16, 50, word, size=12)
            x += 34 + _LETTER * len(word)
        return x

    def begin(self, said: str) -> None:
        """Begin a part that is read out as one sentence, and shows it when it is pointed at."""
        self.pieces.append(f'<g role="img"><title>{_escaped(said)}</title>')

    def begin_centred(self) -> None:
        """Begin a part in which most texts have their middle at their place."""
        self._usual = "middle"
        self.pieces.append('<g text-anchor="middle">')

    def end(self) -> None:
        """End the part."""
        self._usual = "start"
        self.pieces.append("</g>")

    def svg(self, height: int) -> str:
        """Return the whole picture as text."""
        tall = height + _FOOT
        head = (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {tall}" '
            f'width="{WIDTH}" height="{tall}" role="group" aria-label="{_escaped(self.title)}" '
            f'direction="ltr" font-family="sans-serif" font-size="13" fill="#111">'
            f'<rect width="{WIDTH}" height="{tall}" fill="#fff"/>'
        )
        return "".join([head, *self.pieces, "</svg>"])


def isolated(said: str) -> str:
    """
    Escape a text, and let nothing around it turn it.

    >>> isolated("a<b") == "\u2066a&lt;b\u2069"
    True
    """
    strong = next((way for c in said if (way := unicodedata.bidirectional(c)) in _STRONG), "L")
    begin = _RIGHTWARD if strong == "L" else _LEFTWARD
    return f"{begin}{_escaped(said)}{_END}"


def shortened(said: str, room: int, *, size: int = 13) -> str:
    """
    Cut a text to what has room; how wide its letters are, only the viewer knows, so it is guessed.

    >>> shortened("Decision maker bought in", 142), shortened("DECISION MAKER BOUGHT IN", 142)
    ('Decision maker bou…', 'DECISION MAKE…')
    """
    ends = [0.0, *accumulate(map(_width, said))]
    if ends[-1] <= room / size:
        return said
    return said[: bisect(ends, room / size - _width("…")) - 1].rstrip() + "…"


def _width(letter: str) -> float:
    """Guess how wide a letter is, where one is as wide as it is tall."""
    for width, letters in _WIDTHS:
        if letter in letters:
            return width
    if unicodedata.east_asian_width(letter) in "WF":
        return 1.0
    kind = unicodedata.category(letter)
    if kind in {"Mn", "Me", "Cf"}:
        return 0.0
    return 0.75 if kind == "Lu" else 0.68 if "\u0530" <= letter < "\u0590" else 0.56


def _escaped(said: str) -> str:
    return escape(_HARMFUL.sub("\ufffd", said))


_STRONG = {"L", "R", "AL"}
_MIRRORED = {"start": "end", "end": "start", "middle": "middle"}

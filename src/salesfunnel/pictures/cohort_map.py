"""
Cohorts as shades: a row for each period, a column for each time, blank while too young.

A share that is only bounded, since days are not known, is told without a shade.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from itertools import zip_longest

from ..analytics.cohort import Cohort
from ..analytics.cohorts import Cohorts
from .drawing import WIDTH, Drawing, shortened
from .language import Language

_PERIOD, _SIZE, _CELLS = 130, 190, 210
_FIRST, _ROW, _TALL = 62, 26, 24
_SHADES = ("#eef4f8", "#cfe0ec", "#a9c7dc", "#7fabc9", "#5791b6")
_DAY = timedelta(days=1)


def cohort_map(found: Cohorts, rows: Sequence[Cohort], words: Language, title: str) -> str:
    """Draw some cohorts; time runs to the right in every language."""
    sheet = Drawing(title, mirrored=False, leftward=words.is_leftward)
    width = min((WIDTH - 8 - _CELLS) // max(len(found.within), 1), 120)
    sheet.text(_SIZE, 50, words.word("began"), anchor="end", size=12)
    for place, window in enumerate(found.within):
        middle = _CELLS + place * width + width // 2
        sheet.text(middle, 50, _said(window, words), anchor="middle", size=12)
    shares = [share for row in rows for share in row.shares if share is not None]
    best = max((share.part / share.whole for share in shares), default=0) or 1
    y = _FIRST
    sheet.begin_centred()
    for row in rows:
        sheet.text(_PERIOD, y + 17, shortened(words.label(row.period), _PERIOD - 4), anchor="end")
        sheet.text(_SIZE, y + 17, words.number(row.size), anchor="end")
        for place, (share, bounds) in enumerate(zip_longest(row.shares, row.bounds)):
            x = _CELLS + place * width
            if share is not None:
                shade = round((len(_SHADES) - 1) * share.part / share.whole / best)
                sheet.bar(x, y, width - 2, _TALL, _SHADES[shade])
                said = words.percent(share.part, share.whole)
                sheet.text(x + width // 2, y + 17, said, anchor="middle")
            elif bounds is not None:
                low, high = (words.percent(round(end * row.size), row.size) for end in bounds)
                said = words.word("up_to").format(low, high)
                sheet.text(x + width // 2, y + 17, said, anchor="middle")
        y += _ROW
    sheet.end()
    left = len(found.rows) - len(rows)
    notes = [f"… {words.number(left)} {words.word('more')}"] if left else []
    cells = (cell for row in rows for cell in zip_longest(row.shares, row.bounds))
    if any(cell == (None, None) for cell in cells):
        notes.append(words.word("too_young"))
    if notes:
        sheet.text(_CELLS, y + 14, "; ".join(notes), size=12)
    return sheet.svg(y + 18)


def _said(window: timedelta, words: Language) -> str:
    if window % _DAY:
        return f"{words.number(round(window / timedelta(hours=1)))} {words.word('hours')}"
    return words.length(window)

"""The forecast as columns: what is won and what is open, by category, against the target."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from ..analytics.forecast import Forecast
from ..analytics.forecast_categories import ForecastCategory
from ..analytics.forecast_row import ForecastRow
from ..analytics.total import Total
from .drawing import WIDTH, Drawing, shortened
from .language import Language, unit_of

_GROUND, _TALL, _LEFT, _WIDE, _GAP = 270, 180, 8, 66, 16
_LETTER = 7  # how wide one may be
_FILLS = {
    "won_so_far": "#2a6f97",
    ForecastCategory.COMMIT: "#5a9e6f",
    ForecastCategory.BEST_CASE: "#93c49f",
    ForecastCategory.PIPELINE: "#cfe3d3",
    ForecastCategory.OMITTED: "#e2e2e2",
}


def forecast_columns(
    found: Forecast, rows: Sequence[ForecastRow], words: Language, currency: str, title: str
) -> str:
    """Draw some periods, and after them what slipped and what has no day; time runs rightward."""
    shown = [*rows, found.slipped, found.undated]
    parts = [_parts(row, currency) for row in shown]
    target = found.target.amount if found.target and found.target.currency == currency else None
    sums = [sum(column.values(), Decimal()) for column in parts]
    highest = max([*sums, target or Decimal()]) or Decimal(1)
    unit = unit_of(highest)
    sheet = Drawing(title, mirrored=False, leftward=words.is_leftward)
    _legend(sheet, words, [name for name in _FILLS if any(name in column for column in parts)])
    sheet.text(_LEFT, 72, _unit_said(unit, currency, words), size=12)
    wide = min((WIDTH - 2 * _LEFT - _GAP - 2 * _WIDE) // max(len(rows), 1), _WIDE)
    apart = _LEFT + len(rows) * wide + _GAP
    every = 1 + max((_LETTER * len(words.label(row.label)) // wide for row in rows), default=0)
    for place, (row, column, total) in enumerate(zip(shown, parts, sums, strict=True)):
        is_dated = place < len(rows)
        x = _LEFT + place * wide if is_dated else apart + (place - len(rows)) * _WIDE
        label = words.label(row.label) if is_dated else words.word(row.label)
        label = shortened(label, every * wide if is_dated else _WIDE, size=11)
        sheet.begin(f"{label}{words.colon}{words.amount(total, unit=unit)}")
        y = _GROUND
        for name, fill in _FILLS.items():
            if name in column:
                height = max(int(_TALL * column[name] / highest), 1)
                y -= height
                sheet.bar(x + 3, y, wide - 6, height, fill)
        middle = x + wide // 2
        sheet.text(middle, y - 4, words.amount(total, unit=unit), anchor="middle", size=11)
        if not is_dated or place % every == 0:
            sheet.text(middle, _GROUND + 16, label, anchor="middle", size=11)
        sheet.end()
        weighted = _in(currency, Total(0, row.weighted)) + column.get("won_so_far", Decimal())
        if row.weighted:
            level = _GROUND - int(_TALL * weighted / highest)
            sheet.line(x + 1, level, x + wide - 1)
    if target is not None:
        level = _GROUND - int(_TALL * target / highest)
        sheet.line(_LEFT, level, _LEFT + wide * len(rows), dashed=True)
        said = f"{words.word('target')} {words.amount(target, unit=unit)}"
        sheet.text(WIDTH - 8, 72, said, anchor="end", size=12)
    if left := len(found.rows) - len(rows):
        said = f"… {words.number(left)} {words.word('more')}"
        sheet.text(WIDTH - 8, _GROUND + 34, said, anchor="end", size=12)
    return sheet.svg(_GROUND + 38)


def _legend(sheet: Drawing, words: Language, names: Sequence[str]) -> None:
    x = sheet.legend(_LEFT, [words.word(name) for name in names], [_FILLS[n] for n in names])
    sheet.line(x, 46, x + 11)
    sheet.text(x + 16, 50, words.word("weighted"), size=12)


def _parts(row: ForecastRow, currency: str) -> dict[str, Decimal]:
    totals = [("won_so_far", row.won), *row.categories.items()]
    found = {name: _in(currency, total) for name, total in totals}
    return {name: amount for name, amount in found.items() if amount > 0}


def _in(currency: str, total: Total) -> Decimal:
    """Return what a total is worth in a currency; without one, how many it counts."""
    if not currency:
        return Decimal(total.count)
    return next((m.amount for m in total.value if m.currency == currency), Decimal())


def _unit_said(unit: int, currency: str, words: Language) -> str:
    what = currency or words.word("deals")
    return f"{words.word(f'unit_{unit}')} {what}" if unit else what

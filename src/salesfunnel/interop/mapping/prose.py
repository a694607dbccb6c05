"""A text in which words such as Lead happen to stand between commas, and which is no table."""

from __future__ import annotations

from collections import Counter
from itertools import islice

from ...errors import Text, UnreadableFile
from ...values.text import shown
from ..inputs.csv_input import CsvInput
from ..rows.records import Record, Records
from .mapped_columns import MappedColumns

_MOST_LOOKED_AT = 100
_ENOUGH = 5
_LONGEST_COLUMN = 40
_PROSE = Text(
    "prose",
    "seems to be a text, not a list: the rows below are not divided as row {row} is, which has "
    "{column}",
    "name a mapping to have it read all the same (--mapping salesfunnel)",
)


def prose(records: Records, columns: MappedColumns) -> UnreadableFile | None:
    r"""
    Say that a list seems to be a text, of which a line was taken for the names of the columns.

    >>> import io
    >>> from salesfunnel.interop import load_mapping, read_records
    >>> text = "Meet the lead, Company, and Phone\n" + "It ends, well.\nIt is over.\n" * 3
    >>> lines = read_records(io.StringIO(text))
    >>> print(prose(lines, MappedColumns(lines.header, load_mapping("salesfunnel").lead)))
    the file: seems to be a text, not a list: the rows below are not divided as row 1 is, ...
    """
    if not isinstance(records.input, CsvInput):
        return None
    below = islice(records.input.rows(below=records.header_row), _MOST_LOOKED_AT)
    widths = [len(row.cells) for row in below if isinstance(row, Record)]
    if len(widths) < _ENOUGH or _is_divided(widths, len(records.header)):
        return None
    known = (name for found in columns.places.values() for _, name in found)
    column = next(known, records.header[0])
    params = {"row": records.header_row, "column": shown(column, limit=_LONGEST_COLUMN)}
    return UnreadableFile(records.input.name, _PROSE, params)


def _is_divided(widths: list[int], width: int) -> bool:
    """
    Tell whether rows are those of a table, which may be ragged where it was typed by hand.

    All have one number of cells, or two thirds do and those are divided; or a quarter have as
    many as the header; or hardly any is not divided at all. No text is so.
    """
    counts = Counter(widths)
    undivided = counts[1]
    usual = max((count for width, count in counts.items() if width > 1), default=0)
    is_like_header = 4 * widths.count(width) >= len(widths)
    is_regular = len(counts) == 1 or 3 * usual >= 2 * len(widths)
    return is_like_header or is_regular or 10 * undivided < len(widths)

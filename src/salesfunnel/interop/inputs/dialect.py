"""How a text divides its rows: the sign between the cells, or that it is no list at all."""

from __future__ import annotations

from itertools import islice, takewhile

from ...errors import InvalidValue, Text, UnreadableFile
from ..rows.row_fault import RowFault
from .csv_rows import csv_rows
from .line_reader import LineReader

DELIMITERS = ",;\t|"
"""The signs of which one is recognised; any other must be named."""

_MARKUP = ("<html", "<!doctype", "<?xml", "<table", "<meta", "<head", "<body", "<style")
_LONGEST_SIGN = 99
_SAMPLE_LINES = 100
_SAMPLE_LETTERS = 2**16
_NOT_ONE_SIGN = Text(
    "not_a_delimiter", "{field} is not one sign", "one sign such as , ; | or a tabulator"
)
_MARKED_UP = Text("web_page", "is a web page or XML", "open it in a spreadsheet and save it as CSV")


def check_delimiter(delimiter: str | None) -> None:
    """
    Refuse a delimiter that is more than one sign, or that has another meaning in a list.

    >>> check_delimiter(";")
    """
    if delimiter is not None and (len(delimiter) != 1 or delimiter in '"\r\n '):
        raise InvalidValue("delimiter", _NOT_ONE_SIGN)


def sample_of(lines: LineReader) -> list[str]:
    """
    Take the header and some lines below it, but never much text.

    >>> sample_of(again(["name", "Sara"]))
    ['name', 'Sara']
    """
    sample: list[str] = []
    letters = 0
    for line in islice(lines, _SAMPLE_LINES):
        sample.append(line)
        letters += len(line)
        if letters > _SAMPLE_LETTERS:
            break
    return sample


def again(sample: list[str]) -> LineReader:
    """
    Read lines that were taken before.

    >>> next(again(["name"]))
    'name'
    """
    lines = LineReader(str)
    lines.put_back(sample)
    return lines


def named_delimiter(lines: LineReader) -> str | None:
    r"""
    Take away the line ``sep=;`` that Excel writes above a header and never shows.

    >>> named_delimiter(again(["sep=;\n", "name"])), named_delimiter(again(["name"]))
    (';', None)
    """
    first = next(lines, "")
    named = first.strip('"\r\n')
    if len(named) == len("sep=;") and named.startswith("sep=") and named[-1] in DELIMITERS:
        return named[-1]
    lines.put_back([first] if first else [])
    return None


def blank_lines(sample: list[str]) -> int:
    r"""
    Count the blank lines above a header.

    >>> blank_lines([";;\n", "name;city\n"])
    1
    """
    return sum(1 for _ in takewhile(_is_blank, sample))


def _is_blank(line: str) -> bool:
    return not line.strip(f"{DELIMITERS} \r\n")


def refuse_other_texts(name: str, sample: list[str]) -> None:
    """
    Tell a web page from a list, though its name may say otherwise.

    >>> refuse_other_texts("leads.csv", ["name;city"])
    """
    begin = "".join(sample[:1]).lstrip()[:_LONGEST_SIGN].lower()
    if begin.startswith(_MARKUP):
        raise UnreadableFile(name, _MARKED_UP)


def recognised_delimiter(sample: list[str]) -> str:
    r"""
    Choose the sign that divides the header and by which most rows agree with it.

    A sign in the header that never divides a row belongs to a column's name. Where none divides,
    the sign by which the header is blank or broken comes first, so that the fault is told.

    >>> recognised_delimiter(["name;city (now, then)\n", "Sara;Paris\n"])
    ';'
    """

    def merit(delimiter: str) -> tuple[bool, bool, float, int]:
        found = csv_rows(again(sample), delimiter)
        columns, *widths = [-1 if isinstance(row, RowFault) else len(row) for row in found] or [0]
        widths = [width for width in widths if width]
        divides = columns > 1 and max(widths, default=columns) > 1
        agreement = widths.count(columns) / len(widths) if widths else 1.0
        return divides, columns <= 0, agreement, columns

    return max(DELIMITERS, key=merit)

"""
A list of leads from a CSV file, record by record, with every row accounted for.

The list was typed at a stand, mended at home and cut short by a mail program, and still each good
row must arrive. So a bad row is `Refused` alone, with its number and a sentence that says why,
and a quotation mark that was opened and never closed costs the line it stands in, not the leads
below it.

Rows are numbered as a spreadsheet shows them: the header is row 1, and a record is one row, even
if a cell of it holds several lines. A blank row has a number but is not handed out, so a number
that is missing from the records and the refusals was blank. Below a quotation mark that was never
closed each line of the file counts as a row again.
"""

from __future__ import annotations

import io
import re
import unicodedata
from collections import deque
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice, takewhile
from pathlib import Path
from typing import BinaryIO

import attrs

from ..errors import InvalidValue, UnreadableFile
from .csv_rows import rows
from .encoding import MARK_DAMAGE, Encoding, opened, recognise
from .line_reader import LONGEST_LINE, LineReader

_DELIMITERS = ",;\t|"
_MARKUP = ("<html", "<!doctype", "<?xml", "<table", "<meta", "<head", "<body", "<style")
_JSON = re.compile(r'[\[{]\s*(?:[{["]|$)')
_LONGEST_SIGN = 99
_MOST_COLUMNS = 16_384
_SAMPLE_LINES = 100
_LONGEST_TITLE = 20
_SAMPLE_LETTERS = 2**16


@attrs.frozen
class Record:
    """
    One row of the list that could be read: as many cells as the header has, as they were written.

    >>> Record(2, ("Sara Ahmadi", "Novin Tejarat")).cells
    ('Sara Ahmadi', 'Novin Tejarat')
    """

    row: int
    cells: tuple[str, ...] = attrs.field(repr=False)


@attrs.frozen
class Refused:
    """
    One row that could not be read, and why; the rows around it are not affected.

    `field` is empty where the row as a whole is at fault.

    >>> print(Refused(7, "", "has 3 cells where the header has 5"))
    row 7: has 3 cells where the header has 5
    """

    row: int
    field: str
    problem: str

    def __str__(self) -> str:
        """Say which row, which field of it if that is known, and what is wrong."""
        place = f"row {self.row}, {self.field}" if self.field else f"row {self.row}"
        return f"{place}: {self.problem}"


@attrs.frozen
class Records:
    """
    The rows of one file. Each iteration reads the file anew, a line at a time.

    Made by `read_records`.

    >>> leads = Records(Path("leads.csv"), ("name",), Encoding("utf-8", False, True, ""), ",")
    >>> leads.header
    ('name',)
    """

    path: Path
    header: tuple[str, ...]
    encoding: Encoding
    delimiter: str
    header_row: int = 1

    def __iter__(self) -> Iterator[Record | Refused]:
        """Hand out every row below the header that is not blank, in the order of the file."""
        with opened(self.path) as file:
            lines = _lines(file, self.encoding)
            _named_delimiter(lines)
            deque(islice(rows(lines, self.delimiter), self.header_row), maxlen=0)
            found_rows = rows(lines, self.delimiter, len(self.header))
            for row, found in enumerate(found_rows, start=self.header_row + 1):
                if isinstance(found, str):
                    yield Refused(row, "", found)
                elif found:
                    yield Record(row, tuple(found))

    def below_a_title(self) -> Iterator[Records]:
        """
        Read the file with each of its first rows for a header, by each delimiter.

        For lists that begin with a title; whoever knows the names of columns can tell.
        """
        with opened(self.path) as file:
            lines = _lines(file, self.encoding)
            named = _named_delimiter(lines)
            sample = _sample(lines)
        for delimiter in named or _DELIMITERS:
            above = islice(rows(_again(sample), delimiter), _LONGEST_TITLE)
            for number, found in enumerate(above, start=1):
                with suppress(UnreadableFile):
                    header = _header(self.path.name, found)
                    yield attrs.evolve(self, header=header, delimiter=delimiter, header_row=number)


def read_records(
    path: Path, *, encoding: str | None = None, delimiter: str | None = None
) -> Records:
    r"""
    Open a list of leads: recognise its encoding and delimiter, and read its header.

    Blank rows above the header are left out. A column without a name is called "column 3" after
    its place. Raises `UnreadableFile` where not one row could be read.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     leads = Path(folder, "leads.csv")
    ...     _ = leads.write_text("name;company\nSara;Novin\nAram;Faradis;9", encoding="utf-8")
    ...     found = read_records(leads)
    ...     found.delimiter, found.header, *found
    (';', ('name', 'company'), Record(row=2), Refused(row=3, field='', problem='has 3 cells ...'))
    """
    if delimiter is not None and (len(delimiter) != 1 or delimiter in '"\r\n '):
        raise InvalidValue("delimiter", "is not one sign", "one of , ; | or a tabulator")
    recognised = recognise(path, encoding=encoding)
    with opened(path) as file:
        lines = _lines(file, recognised)
        named = _named_delimiter(lines)
        sample = _sample(lines)
    blank = sum(1 for _ in takewhile(_is_blank, sample))
    sample = sample[blank:] or sample
    _refuse_other_texts(path.name, sample[:1])
    delimiter = delimiter or named or _recognised_delimiter(sample)
    first = next(rows(_again(sample), delimiter), "is missing")
    return Records(path, _header(path.name, first), recognised, delimiter, blank + 1)


def _is_blank(line: str) -> bool:
    return not line.strip(f"{_DELIMITERS} \r\n")


def _refuse_other_texts(file: str, first_line: list[str]) -> None:
    """Tell a web page or JSON from a list, whatever the name of the file says."""
    begin = "".join(first_line).lstrip()[:_LONGEST_SIGN].lower()
    if begin.startswith(_MARKUP):
        remedy = "open it in a spreadsheet and save it as CSV"
        raise UnreadableFile(file, "is a web page or XML", remedy)
    if _JSON.match(begin):
        raise UnreadableFile(file, "is JSON", "export the list as CSV")


def _lines(file: BinaryIO, encoding: Encoding) -> LineReader:
    text = io.TextIOWrapper(file, encoding=encoding.name, errors=MARK_DAMAGE, newline="")
    lines = LineReader(text.readline)
    first = next(lines, "")
    # A line that was cut keeps its length, and with it the sign that it was.
    lines.put_back([first if len(first) == LONGEST_LINE else first.lstrip("\ufeff")])
    return lines


def _again(sample: list[str]) -> LineReader:
    lines = LineReader(lambda _most: "")
    lines.put_back(sample)
    return lines


def _sample(lines: LineReader) -> list[str]:
    """Take the header and some lines below it, but never much text."""
    sample: list[str] = []
    letters = 0
    for line in islice(lines, _SAMPLE_LINES):
        sample.append(line)
        letters += len(line)
        if letters > _SAMPLE_LETTERS:
            break
    return sample


def _named_delimiter(lines: LineReader) -> str | None:
    """Take away the line ``sep=;`` that Excel writes above a header and never shows."""
    first = next(lines, "")
    named = first.strip('"\r\n')
    if len(named) == len("sep=;") and named.startswith("sep=") and named[-1] in _DELIMITERS:
        return named[-1]
    lines.put_back([first] if first else [])
    return None


def _recognised_delimiter(sample: list[str]) -> str:
    """
    Choose the sign that divides the header and by which most rows agree with it.

    A sign in the header that never divides a row belongs to a column's name. Where none divides,
    the sign by which the header is blank or broken comes first, so that the fault is told.
    """

    def merit(delimiter: str) -> tuple[bool, bool, float, int]:
        found = rows(_again(sample), delimiter)
        columns, *widths = [-1 if isinstance(row, str) else len(row) for row in found] or [0]
        widths = [width for width in widths if width]
        divides = columns > 1 and max(widths, default=columns) > 1
        agreement = widths.count(columns) / len(widths) if widths else 1.0
        return divides, columns <= 0, agreement, columns

    return max(_DELIMITERS, key=merit)


def _header(file: str, found: list[str] | str) -> tuple[str, ...]:
    if isinstance(found, str):
        raise UnreadableFile(file, f"its header {found}")
    if not found:
        remedy = "let the names of the columns stand in the first row"
        raise UnreadableFile(file, "its header is blank", remedy)
    if len(found) > _MOST_COLUMNS:
        raise UnreadableFile(file, f"has more than {_MOST_COLUMNS:,} columns")
    # A header written in two lines of one cell is one name.
    names = [re.sub(r"[\t-\r]+", " ", cell.strip()) for cell in found]
    first_place: dict[str, int] = {}
    for place, name in enumerate(names, start=1):
        if any(unicodedata.category(letter) == "Cc" for letter in name):
            problem = f"the name of column {place} has a control character"
            raise UnreadableFile(file, problem, "type the name again")
        names[place - 1] = name or f"column {place}"
        earlier = first_place.setdefault(names[place - 1], place)
        if earlier != place:
            problem = f"columns {earlier} and {place} have the same name"
            raise UnreadableFile(file, problem, "give each column a name of its own")
    return tuple(names)

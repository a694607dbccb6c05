"""Reading the cells of one row: text, numbers, dates, and the yes, no or unknown of an answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TypeVar

from ..errors import InvalidValue
from ..values.bucket import Bucket
from ..values.instants import day
from ..values.money import Money
from ..values.numbers import ascii_digits, read_number
from ..values.source import Source
from .mapping import Mapping, Section, key
from .records import Record

T = TypeVar("T")

# They say how a text runs, not what it says, and come along when names are pasted.
_DIRECTION_MARKS = {0x200E: None, 0x200F: None, 0x061C: None}
_TRUTHS = {"yes": True, "no": False, "unknown": None}


class Columns:
    """
    Which column of a file holds which field, worked out once for all its rows.

    >>> from salesfunnel.interop.mapping import load_mapping
    >>> plain = load_mapping("salesfunnel")
    >>> Columns(("Nom complet", "Société", "Météo"), plain, plain.lead).unread
    ('Météo',)
    """

    def __init__(self, header: tuple[str, ...], mapping: Mapping, section: Section) -> None:
        """Look up each header once."""
        self.mapping, self.section = mapping, section
        self.places: dict[str, list[tuple[int, str]]] = {}
        for index, name in enumerate(header):
            if field := section.field_of(name):
                self.places.setdefault(field, []).append((index, name))
        known = {name for places in self.places.values() for _, name in places}
        self.unread = tuple(name for name in header if name not in known)


class Row:
    """
    One row, cell by field. Every cell that cannot be read is noted in ``problems`` with its column.

    >>> from salesfunnel.interop.mapping import load_mapping
    >>> plain = load_mapping("salesfunnel")
    >>> row = Row(Record(2, ("Sara Ahmadi",)), Columns(("Name",), plain, plain.lead))
    >>> row.text("person")
    'Sara Ahmadi'
    """

    def __init__(self, record: Record, columns: Columns) -> None:
        """Hold the cells of a record."""
        self.number, self.cells, self.columns = record.row, record.cells, columns
        self.problems: list[tuple[str, str]] = []

    def cells_of(self, field: str) -> Iterator[tuple[str, str]]:
        """Give the header and the text of each filled cell of a field."""
        for index, header in self.columns.places.get(field, ()):
            if text := self.cells[index].translate(_DIRECTION_MARKS).strip():
                yield header, text

    def read(self, field: str, reader: Callable[[str], T]) -> T | None:
        """Read the first filled cell of a field; if it cannot be read, that is noted."""
        for header, text in self.cells_of(field):
            return self._noted(header, reader, text)
        return None

    def build(self, field: str, make: Callable[..., T], *parts: object, **more: object) -> T | None:
        """Make a value of cells, or note under the column of a field why it cannot exist."""
        header = next((name for name, _ in self.cells_of(field)), field)
        return self._noted(header, make, *parts, **more)

    def _noted(
        self, header: str, make: Callable[..., T], *parts: object, **more: object
    ) -> T | None:
        try:
            return make(*parts, **more)
        except InvalidValue as error:
            allowed = f"; allowed: {error.allowed}" if error.allowed else ""
            self.problems.append((header, f"{error.problem}{allowed}"))
            return None

    def text(self, field: str) -> str:
        """Return the text of a field, or an empty text."""
        return self.read(field, str) or ""

    def fields(self, prefix: str) -> list[str]:
        """List the fields that the file has and that begin alike, such as the answers."""
        return [field for field in self.columns.places if field.startswith(prefix)]

    def texts(self, prefix: str) -> dict[str, str]:
        """Return the texts of all fields that begin alike, such as the details."""
        found = {field.removeprefix(prefix): self.text(field) for field in self.fields(prefix)}
        return {name: text for name, text in found.items() if text}

    def some_texts(self, *fields: str) -> dict[str, str]:
        """Return the texts of those fields that are filled."""
        return {field: text for field in fields if (text := self.text(field))}

    def decimal(self, field: str) -> Decimal | None:
        """Read a number as the mapping says that numbers are written."""
        mark = self.columns.mapping.decimal_mark
        return self.read(field, lambda text: read_number(text, decimal_mark=mark))

    def money(self, field: str) -> Money | None:
        """Read an amount in the currency of the row, or else of the mapping."""
        amount = self.decimal(field)
        currency = self.text("currency").upper() or self.columns.mapping.currency
        if amount is None:
            return None
        return self.build("currency", Money, amount, currency)

    def employees(self, field: str) -> int | Bucket | None:
        """Read a number of employees, or a bracket such as 51-200."""

        def read(text: str) -> int | Bucket:
            if any(sign in text for sign in "-–+"):
                return Bucket.read(text)
            number = read_number(text, decimal_mark=self.columns.mapping.decimal_mark)
            if number < 0 or number != int(number):
                raise InvalidValue(field, "is no number of people", "such as 40, or 51-200")
            return int(number)

        return self.read(field, read)

    def instant(self, field: str) -> datetime | None:
        """Read a date, with or without a time; where no zone is given it is taken as UTC."""
        return self.read(field, self._instant)

    def date(self, field: str) -> date | None:
        """Read a calendar date."""
        found = self.instant(field)
        return None if found is None else found.date()

    def truth(self, field: str, words: str = "answers") -> bool | None:
        """Read yes, no or unknown in any of four languages."""
        return self.read(field, lambda text: _TRUTHS[self._word(words, text)])

    def word(self, field: str) -> str | None:
        """Read a word that the mapping knows, such as a stage."""
        return self.read(field, lambda text: self._word(field, text))

    def needed_word(self, field: str) -> str | None:
        """Read a word that the mapping knows and that may not be missing."""
        places = self.columns.places[field]
        if not any(self.cells[index].strip() for index, _ in places):
            self.problems.append((places[0][1], "is blank"))
        return self.word(field)

    def source(self, field: str = "source") -> Source:
        """Read by which way somebody came; unknown words are `Source.OTHER`, and are kept."""
        words = self.text(field)
        own = self.columns.section.values["source"].get(key(words))
        return Source(own) if own else Source.read(words)

    def _word(self, field: str, text: str) -> str:
        words = self.columns.section.values[field]
        if (known := words.get(key(text))) is None:
            targets = ", ".join(dict.fromkeys(words.values()))
            raise InvalidValue(field, f"is no word that the mapping knows for {field}", targets)
        return known

    def _instant(self, text: str) -> datetime:
        written = ascii_digits(text)
        for form in self.columns.mapping.dates:
            try:
                found = datetime.strptime(written, form)  # noqa: DTZ007 - most files name no zone
            except ValueError:
                continue
            return _aware(found)
        try:
            return _aware(datetime.fromisoformat(written))
        except ValueError:
            formats = ", ".join(("YYYY-MM-DD", *self.columns.mapping.dates))
            raise InvalidValue("date", "is not a date", formats) from None


def _aware(moment: datetime) -> datetime:
    day(moment.date())
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)

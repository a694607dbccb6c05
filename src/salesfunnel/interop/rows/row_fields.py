"""The fields of one row, read from its cells; what cannot be read costs this row only."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time
from decimal import Decimal
from functools import partial
from typing import TypeVar

from ...errors import InvalidValue, Text
from ...qualification.events import QuestionAnswered
from ...values.answer import Answer
from ...values.converters import visible_line
from ...values.currencies import currency_code
from ...values.money import Money
from ...values.numbers import EXACT, ascii_digits, exact_decimal
from ...values.source import Source
from ...values.text import LINE_LIMIT, NOTE_LIMIT, is_visible, plain_text, shown
from ..cells.amounts import amount_in, currency_beside
from ..cells.cell_text import LIST, REFERENCE, one_line, without_controls
from ..cells.currency_names import SEVERAL, currency_meant, currency_there
from ..cells.dates import day_of_number, is_jalali, read_clock
from ..cells.formats import NO_CURRENCY, TOMAN, FileFormat
from ..cells.noted_answers import word_and_note
from ..mapping.mapped_columns import MappedColumns
from ..mapping.noun_mapping import LONGEST_WORD, NUMBERS, key, without_remark
from ..mapping.unknown_words import UNKNOWN_TEXT, UNKNOWN_WORD, named_word, read_as_other
from .records import Record
from .row_fault import RowFault

T = TypeVar("T")

_COLUMNS_DIFFER = Text(
    "columns_differ", "columns for {field} differ: the first is taken, the others are kept as text"
)
_LINE_BREAK = Text("line_break_in_cell", "a line break inside a cell was taken as a blank")
_CONTROLS = Text("controls_left_out", "{field} holds signs that cannot be stored: left out")
_KEPT = Text("kept_as_text", "{problem}: kept as text", "{allowed}")
_NO_PLACE = Text("kept_in_details", "{field} has no place in {noun}: kept as text")
_CUT = Text("detail_cut", "{field} has more than {most:,} letters: the rest is left out")
_JALALI = Text("jalali_date", "a Jalali date is kept as the Gregorian one")
_DAY_NUMBER = Text("day_number_read", "the number of a day in a spreadsheet is read as its date")
_NOT_A_CLOCK = Text("not_a_time_of_day", "{field} is not a time of day", "such as 14:05")
_LONGEST_CLOCK = 40
_TOMANS = Text("tomans", "an amount in tomans is kept in rials, ten to the toman")
_TWO_CURRENCIES = Text("other_currency_than_row", "{field} has another currency than its row")
_IN_FULL = Text("unit_of_header", "{field} counts in thousands or millions: kept in full")
_NO_CURRENCY_BESIDE = Text(
    "no_currency_beside",
    "{field} has more beside its number than a currency",
    "such as EUR, US dollars or تومان, or a column for the currency",
)
_SEVERAL_CURRENCIES = Text(
    "several_currencies", "{field} may mean several currencies", "a code such as USD"
)
_OTHERS = frozenset(map(key, ("other", "others", "autre", "autres", "سایر", "دیگر", "այլ")))
_TRUTHS = {"yes": True, "no": False, "unknown": None}


def _clock(text: str) -> time:
    found = read_clock(ascii_digits(text[:_LONGEST_CLOCK]))
    if found is None or len(text) > _LONGEST_CLOCK:
        raise InvalidValue("time", _NOT_A_CLOCK)
    return found


def _dated(form: FileFormat, field: str, text: str) -> tuple[datetime, Text | None]:
    """Read a date, and say whether it is written as few dates are."""
    found = form.instant(text, field=field)
    written = ascii_digits(text)
    if field in form.day_numbers and day_of_number(written):
        return found, _DAY_NUMBER
    return found, _JALALI if is_jalali(written, calendar=form.calendar) else None


class RowFields:
    """
    The fields of one row: ``faults`` are why it is refused, ``notes`` say what is odd about it.

    What cannot be read, and what has no place elsewhere, is kept as text in ``details``.

    >>> from salesfunnel.interop.mapping.mapping import load_mapping
    >>> plain = load_mapping("salesfunnel")
    >>> row = RowFields(Record(2, ("Sara Ahmadi",)), MappedColumns(("Name",), plain.lead))
    >>> row.line("person")
    'Sara Ahmadi'
    """

    def __init__(self, record: Record, columns: MappedColumns, *, strict: bool = False) -> None:
        """Hold the cells of a record; with ``strict`` a cell that cannot be read is a fault."""
        self.number: int = record.row
        self.cells: tuple[str, ...] = record.cells
        self.exact: frozenset[int] = record.exact
        self.columns: MappedColumns = columns
        self.is_strict: bool = strict
        self._told: dict[str, str | None] = columns.told_in(record)
        self.faults: list[RowFault] = []
        self.notes: list[RowFault] = [*record.notes]
        self.details: dict[str, str] = {}
        self.unreadable: dict[str, RowFault] = {}

    @property
    def format(self) -> FileFormat:
        """How the file writes dates and numbers."""
        return self.columns.format

    def note(self, text: Text, column: str = "", **params: object) -> None:
        """Note what is odd about the row, or about a column of it; it is read all the same."""
        if column:
            params["field"] = shown(column)
        self.notes.append(RowFault(text, params, column))

    def refuse(self, text: Text, column: str = "", **params: object) -> None:
        """Say under a column, or of the whole row, why the row is refused."""
        if column:
            params["field"] = shown(column)
        self.faults.append(RowFault(text, params, column))

    def filled(self, field: str) -> list[tuple[str, str]]:
        """List the header and the text of each filled cell of a field."""
        told = self._told.get(field, "")
        if told is not None:  # as nearly always
            return [(self.columns.places[field][0][1], told)] if told else []
        found: list[tuple[str, str]] = []
        for index, header in self.columns.places.get(field, ()):
            text = self.cells[index]
            if index in self.exact and field in NUMBERS:
                text = self.format.as_written(text)
            if not text.isprintable():
                text, is_whole = without_controls(text)
                if not is_whole:
                    self.note(_CONTROLS, header)
            if text and (text := text.strip()) and text not in self.columns.blanks:
                found += [(header, part) for part in self._parts(field, text)]
        if not found and field in self.columns.defaults:
            return [(field, self.columns.defaults[field])]
        return found

    def _parts(self, field: str, text: str) -> list[str]:
        """Give what a cell tells: each of a list, a name without its module."""
        parts = [text]
        if LIST in text:
            parts = [part for part in map(str.strip, text.split(LIST)) if part] or parts
        if REFERENCE in text:
            parts = [part.rpartition(REFERENCE)[2].strip() or part for part in parts]
        if meant := self.columns.noun.rewritten.get(field):
            parts = [meant.get(key(part[:LONGEST_WORD]), part) for part in parts]
        return parts

    def text(self, field: str) -> str:
        """Return the text of a field, or an empty text; of several columns the first that says."""
        cells = self.filled(field)
        if not cells:
            return ""
        self._keep_others(field, cells[0][1], cells[1:])
        return cells[0][1]

    def line(self, field: str) -> str:
        """Return the text of a field on one line; a break within it becomes a blank."""
        text = self._told.get(field, "")
        if text is not None and len(text) <= LINE_LIMIT:  # as nearly always
            return text
        return self.read(field, self._as_line) or ""

    def name(self, field: str) -> str:
        """Return a text that has to show something, such as an id; another is kept as text."""
        text = self.line(field)
        if not text or is_visible(text):
            return text
        return self.read(field, partial(visible_line, field=field)) or ""

    def lines(self, *fields: str) -> dict[str, str]:
        """Return the texts of those fields of which the file tells, each on one line."""
        return {field: self.line(field) for field in self.columns.among(fields)}

    def read(self, field: str, reader: Callable[[str], T]) -> T | None:
        """Read the first cell of a field that can be read; what else it says is kept as text."""
        cells = self.filled(field)
        for place, (header, text) in enumerate(cells, start=1):
            try:
                found = reader(text)
            except InvalidValue as error:
                self.keep_unreadable(field, header, text, error)
            else:
                if place < len(cells):
                    self._keep_others(field, text, cells[place:])
                return found
        return None

    def _keep_others(self, field: str, taken: str, cells: list[tuple[str, str]]) -> None:
        """Keep as text what further columns of a field say, unless it is the same."""
        for _, text in cells:
            if text != taken and key(text) != key(taken):
                self.note(_COLUMNS_DIFFER, field=field)
                self.keep(field, text)

    def usual(self, field: str, reader: Callable[[str], T]) -> T | None:
        """Read a field in which the same texts come again and again, such as a stage or a date."""
        text = self._told.get(field, "")
        if text == "":
            return None
        known: T | None = self.columns.remembered.get((field, text))
        if known is not None:  # as nearly always
            return known
        return self.read(field, partial(self.columns.once, field, reader))

    def every(self, field: str, reader: Callable[[str], T]) -> list[T]:
        """Read each cell of a field that can be read."""
        found: list[T] = []
        for header, text in self.filled(field):
            try:
                found.append(reader(text))
            except InvalidValue as error:
                self.keep_unreadable(field, header, text, error)
        return found

    def keep_unreadable(self, field: str, header: str, text: str, error: InvalidValue) -> None:
        """Keep a cell as text, and say why it could not be read; a strict reader refuses it."""
        fault = RowFault.of(error, header)
        self.unreadable.setdefault(field, fault)
        if self.is_strict:
            self.faults.append(fault)
            return
        self.keep(field, text)
        word = {name: value for name, value in fault.params.items() if name == "word"}
        self.note(_KEPT, header, problem=fault.message, allowed=fault.remedy, **word)

    def refuse_without(self, field: str) -> None:
        """Refuse the row for a cell that could not be read, since without it the row is useless."""
        fault = self.unreadable[field]
        if fault not in self.faults:
            self.faults.append(fault)

    def set_aside(self, *fields: str, noun: str) -> None:
        """Keep what stands in some fields as text, since the noun has no place for it."""
        for field in self.columns.among(fields):
            for header, text in self.filled(field):
                self.keep(field, text)
                self.note(_NO_PLACE, header, noun=noun)

    def keep(self, field: str, text: str) -> None:
        """Keep a text in the details, beside what they have under that name already."""
        name = field.rpartition(".")[2]
        before = self.details.get(name)
        if before is None or text not in before.split("\n"):
            text = f"{before}\n{text}" if before else text
            if len(text) > NOTE_LIMIT:
                text = text[:NOTE_LIMIT]
                self.note(_CUT, field=name, most=NOTE_LIMIT)
            self.details[name] = text

    def keep_details(self, *fields: str) -> None:
        """Keep the details of the mapping, and further fields, as they are written."""
        self.keep_as_written(*self.columns.details, *fields)

    def keep_as_written(self, *fields: str) -> None:
        """Keep some fields in the details, as they are written."""
        for field in self.columns.among(fields):
            for _, text in self.filled(field):
                self.keep(field, text)

    def header_of(self, field: str) -> str:
        """Name the column from which a field was read; nothing where it is blank in all of them."""
        return next((header for header, _ in self.filled(field)), "")

    def _as_line(self, text: str) -> str:
        if not text.isprintable():
            line = one_line(text)
            if line != text:
                self.note(_LINE_BREAK)
            text = line
        return plain_text(text, "text")

    def instant(self, field: str) -> datetime | None:
        """Read a date, and note where it is one of the Persian calendar."""
        found = self.usual(field, partial(_dated, self.format, field))
        if found is None:
            return None
        moment, odd = found
        if odd is not None:
            self.note(odd)
        return moment

    def moment(self, field: str) -> datetime | None:
        """Read a date, with the time of day that may stand in a column of its own."""
        found = self.instant(field)
        clock = self.read(f"{field}_time", _clock)
        if clock is None:
            return found
        if found is None or found.time() != time():
            self.keep_as_written(f"{field}_time")
            return found
        return datetime.combine(found.date(), clock, tzinfo=found.tzinfo)

    def word(self, field: str) -> str | None:
        """Read a word that the mapping knows, such as a stage."""
        return self.usual(field, partial(self._meaning, field))

    def answer(self, field: str) -> Answer | None:
        """Read yes, no or unknown in any of four languages, with a note; a blank is no answer."""
        return self.usual(field, self._answer)

    def answered(self, field: str, question: str, *, at: datetime) -> QuestionAnswered | None:
        """Read an answer as an event, which all rows share that say the same at the same time."""
        answer = self.answer(field)
        if answer is None:
            return None
        return self.columns.once(
            field,
            lambda _: QuestionAnswered(at=at, slot=question, answer=answer),
            (answer.value, answer.note, at),
        )

    def _answer(self, text: str) -> Answer:
        noun = self.columns.noun
        if noun.meaning_of(text, field="answers") is None and (noted := word_and_note(text)):
            meaning = noun.meaning_of(noted[0], field="answers")
            if meaning is not None:
                return Answer(_TRUTHS[meaning], note=noted[1])
        return self._flag(text)

    def _flag(self, text: str) -> Answer:
        return Answer(_TRUTHS[self._meaning("answers", text)])

    def is_so(self, field: str) -> bool | None:
        """Read whether a flag is set."""
        found = self.usual(field, self._flag)
        return bool(found.value) if found and found.value is not None else None

    def money(self, field: str) -> Money | None:
        """Read an amount, in the currency that stands beside it, or that the row names."""
        if not self.columns.tells(field):  # as often
            return None
        named = self.usual("currency", self._currency) or ""
        is_unknown = not named and bool(self.filled("currency"))

        def amount(text: str) -> Money:
            number, beside = self.columns.once(field, self._written, text)
            header = next(header for header, told in self.filled(field) if told == text)
            told, power = self.columns.units.get(header, ("", 0))
            stated = {word for word in (named, beside) if word}
            if len(stated) > 1:
                raise InvalidValue(field, _TWO_CURRENCIES)
            currency = stated.pop() if stated else told
            if is_unknown and not currency:
                currency = NO_CURRENCY
            if TOMAN in (currency, not currency and self.format.currency):
                self.note(_TOMANS)
            if power:
                number = exact_decimal(EXACT.scaleb(number, power), field)
                self.note(_IN_FULL, header)
            return self.format.money(number, currency)

        return self.read(field, amount)

    def _written(self, text: str) -> tuple[Decimal, str]:
        """Read a number and the currency beside it; nothing of a sign that several share."""
        written = amount_in(text)
        currency = currency_beside(written.beside) if written.beside else ""
        if currency is None:
            raise InvalidValue("amount", _NO_CURRENCY_BESIDE)
        if not currency and written.beside:
            currency = currency_there(written.beside, self.format.country)
        return self.format.amount(written), currency

    def _currency(self, word: str) -> str:
        known = currency_meant(word)
        if known == SEVERAL:
            known = currency_there(word, self.format.country)
            if not known:
                raise InvalidValue("currency", _SEVERAL_CURRENCIES)
        return known or currency_code(word.upper())

    def source(self) -> tuple[Source, str]:
        """Read where a lead came from, and in which words; unknown ones are `Source.OTHER`."""
        words = self.text("source")
        if not words:
            return Source.OTHER, words
        known = self.columns.once("source", self._source, words)
        if known is None:
            self.note_other("source", words)
        return known or Source.OTHER, words

    def _source(self, words: str) -> Source | None:
        """Find the source that is meant, *other* where the words say so; else nothing."""
        own = self.columns.noun.meaning_of(words, field="source")
        if own:
            return Source(own)
        found = Source.read(words[:LONGEST_WORD])
        return None if found is Source.OTHER and key(words) not in _OTHERS else found

    def note_other(self, field: str, words: str) -> None:
        """Note that words are none of those that are known, and are kept beside *other*."""
        self.notes.append(read_as_other(words, self.header_of(field), field=field))

    def _meaning(self, field: str, text: str) -> str:
        noun = self.columns.noun
        meaning = noun.meaning_of(text, field=field)
        if meaning is None:  # as in "Contract Sent (Sales Pipeline)"
            meaning = noun.meaning_of(without_remark(text), field=field)
        if meaning is None:
            params = {"kind": field, "words": ", ".join(noun.meanings(field))}
            if word := named_word(text, field=field):
                raise InvalidValue(field, UNKNOWN_WORD, {**params, **word})
            raise InvalidValue(field, UNKNOWN_TEXT, params)
        return meaning

"""The fields of one row, read from its cells as dates, words, answers and amounts."""

from __future__ import annotations

from datetime import datetime, time

from ...errors import InvalidValue, Text
from ...qualification.events import QuestionAnswered
from ...values.answer import Answer
from ...values.money import Money
from ...values.numbers import ascii_digits
from ...values.source import Source
from ..cells.dates import day_of_number, is_jalali, read_clock
from ..cells.noted_answers import word_and_note
from ..cells.truths import TRUTHS
from ..mapping.noun_mapping import without_remark
from ..mapping.unknown_words import UNKNOWN_TEXT, UNKNOWN_WORD, named_word, read_as_other
from .row_cells import RowCells
from .row_money import money_of

_JALALI = Text("jalali_date", "a Jalali date is kept as the Gregorian one")
_DAY_NUMBER = Text("day_number_read", "the number of a day in a spreadsheet is read as its date")
_NOT_A_CLOCK = Text("not_a_time_of_day", "{field} is not a time of day", "such as 14:05")
_LONGEST_CLOCK = 40


def _clock(text: str) -> time:
    found = read_clock(ascii_digits(text[:_LONGEST_CLOCK]))
    if found is None or len(text) > _LONGEST_CLOCK:
        raise InvalidValue("time", _NOT_A_CLOCK)
    return found


class RowFields(RowCells):
    """
    The fields of one row: ``faults`` are why it is refused, ``notes`` say what is odd about it.

    What cannot be read, and what has no place elsewhere, is kept as text in ``details``.

    >>> from salesfunnel.interop.mapping.mapped_columns import MappedColumns
    >>> from salesfunnel.interop.mapping.mapping import load_mapping
    >>> from salesfunnel.interop.rows.records import Record
    >>> columns = MappedColumns(("Date",), load_mapping("salesfunnel").lead)
    >>> RowFields(Record(2, ("19 mars 2025",)), columns).instant("captured").isoformat()
    '2025-03-19T00:00:00+00:00'
    """

    def instant(self, field: str) -> datetime | None:
        """Read a date, and note where it is one of the Persian calendar."""
        found = self.usual(field, self._dated, field)
        if found is None:
            return None
        moment, odd = found
        if odd is not None:
            self.note(odd)
        return moment

    def moment(self, field: str) -> datetime | None:
        """Read a date, with the time of day that may stand in a column of its own, or beside it."""
        if not self.columns.tells(field):
            return self.instant(f"{field}_time")
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
        return self.usual(field, self._meaning, field)

    def answer(self, field: str) -> Answer | None:
        """Read yes, no or unknown in any of four languages, with a note; a blank is no answer."""
        return self.usual(field, self._answer)

    def answered(self, field: str, question: str, *, at: datetime) -> QuestionAnswered | None:
        """Read an answer as an event, which all rows share that say the same at the same time."""
        return self.usual(field, self._answered, question, at)

    def is_so(self, field: str) -> bool | None:
        """Read whether a flag is set."""
        found = self.usual(field, self._flag)
        return bool(found.value) if found and found.value is not None else None

    def money(self, field: str) -> Money | None:
        """Read an amount, in the currency that stands beside it, or that the row names."""
        return money_of(self, field) if self.columns.tells(field) else None

    def source(self) -> tuple[Source, str]:
        """Read where a lead came from, and in which words; unknown ones are `Source.OTHER`."""
        words = self.text("source")
        if not words:
            return Source.OTHER, words
        known = self.columns.once("source", self.columns.noun.source_meant, words)
        if known is None:
            self.note_other("source", words)
        return known or Source.OTHER, words

    def note_other(self, field: str, words: str) -> None:
        """Note that words are none of those that are known, and are kept beside *other*."""
        self.notes.append(read_as_other(words, self.header_of(field), field=field))

    def _dated(self, text: str, field: str) -> tuple[datetime, Text | None]:
        """Read a date, and say whether it is written as few dates are."""
        form = self.format
        found, written = form.instant(text, field=field), ascii_digits(text)
        if field in form.day_numbers and day_of_number(written):
            return found, _DAY_NUMBER
        return found, _JALALI if is_jalali(written, calendar=form.calendar) else None

    def _answered(self, text: str, question: str, at: datetime) -> QuestionAnswered:
        return QuestionAnswered(at=at, slot=question, answer=self._answer(text))

    def _meaning(self, text: str, field: str) -> str:
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

    def _answer(self, text: str) -> Answer:
        noun = self.columns.noun
        if noun.meaning_of(text, field="answers") is None and (noted := word_and_note(text)):
            meaning = noun.meaning_of(noted[0], field="answers")
            if meaning is not None:
                return Answer(TRUTHS[meaning], note=noted[1])
        return self._flag(text)

    def _flag(self, text: str) -> Answer:
        return Answer(TRUTHS[self._meaning(text, "answers")])

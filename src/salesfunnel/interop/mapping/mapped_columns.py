"""The columns of a file by the fields that they hold: worked out once, and used by every row."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable
from copy import copy
from typing import Any, TypeVar, TypeVarTuple

import attrs

from ..cells.amounts import unit_of_header
from ..cells.blanks import Blanks
from ..cells.cell_text import is_odd
from ..cells.formats import FileFormat
from ..rows.records import Record
from ..rows.row_fault import RowFault
from ..rows.why_column import is_why
from .loose_headers import loose_field
from .noun_mapping import (
    AMOUNTS,
    CALLS,
    LONGEST_WORD,
    NUMBERS,
    SEVERAL,
    NounMapping,
    key,
    without_remark,
)

T = TypeVar("T")
Ts = TypeVarTuple("Ts")

# Beside a stage such a column says whether a deal is open, won or lost.
_STATUSES = frozenset(
    map(
        key,
        (
            *("status", "deal status", "opportunity status", "state", "statut", "status id"),
            *("وضعیت", "وضعیت فرصت", "وضعیت معامله", "կարգավիճակ"),
        ),
    )
)
_PLAIN = FileFormat()
_MOST_REMEMBERED = 4_096
_NOT_YET = object()
_NOT_IN_A_WORD = re.compile(r"[\W_]+")


class MappedColumns:
    """
    The columns of a file by their fields, and those that the mapping does not know.

    A remark behind a header, as in "Amount (EUR)", makes no difference where no other column has
    the field.

    >>> from salesfunnel.interop.mapping.mapping import load_mapping
    >>> plain = load_mapping("salesfunnel")
    >>> MappedColumns(("Nom complet", "Société", "Météo"), plain.lead).unread
    ('Météo',)
    """

    def __init__(
        self,
        header: tuple[str, ...],
        noun: NounMapping,
        file_format: FileFormat = _PLAIN,
        guesses: tuple[RowFault, ...] = (),
    ) -> None:
        """Look up each header once; of several columns of a field the mapping's first is first."""
        self.header: tuple[str, ...] = header
        self.noun: NounMapping = noun
        self.format: FileFormat = file_format
        self.guesses: tuple[RowFault, ...] = guesses
        self.units: dict[str, tuple[str, int]] = {}
        """The currency and the power of ten that the header of an amount names."""
        self.places: dict[str, list[tuple[int, str]]] = {}
        for index, name in enumerate(header):
            if field := noun.field_of(name):
                self.places.setdefault(field, []).append((index, name))
                if field in AMOUNTS:
                    self._field_with_remark(name)
            if detail := noun.also.get(key(name)):
                self.places.setdefault(detail, []).append((index, name))
        exact = set(self.places)
        for index, name in enumerate(header):
            field = None if noun.field_of(name) else self._field_with_remark(name)
            if field and (field not in exact or field in SEVERAL):
                self.places.setdefault(field, []).append((index, name))
        if noun.keep_unknown:
            self._keep_the_rest()
        self._put_in_order()
        read = {name for places in self.places.values() for _, name in places}
        read |= set(filter(is_why, header))
        self.unread: tuple[str, ...] = tuple(name for name in header if name not in read)
        calls = (place for kind in CALLS for place, _ in self.places.get(kind, ()))
        self.calls: tuple[int, ...] = tuple(calls)
        self.blanks: Blanks = Blanks(file_format.blanks)
        self._of_one_column = {
            field: places[0][0]
            for field, places in self.places.items()
            if len(places) == 1 and not noun.rewrites(field)
        }
        self.defaults: dict[str, str] = dict(noun.defaults)
        self._fields_told = frozenset((*self.places, *self.defaults))
        self._at_length = dict.fromkeys(self._fields_told.difference(self._of_one_column))
        self.details: tuple[str, ...] = self._fields("details.")
        """The fields that are kept in the details as they are written."""
        answers = sorted(self._fields("answers."))
        self.answers: tuple[tuple[str, str], ...] = tuple(
            (field, field.removeprefix("answers.")) for field in answers
        )
        """The fields that hold answers, each with its question."""
        self._among: dict[tuple[str, ...], tuple[str, ...]] = {}
        self.remembered: dict[tuple[Hashable, ...], Any] = {}
        """What was read of texts that come often, by their field and what else decides it."""

    def with_format(self, **given: Any) -> MappedColumns:  # noqa: ANN401 - a field each
        """Give the same columns with what is known better of the format."""
        form = attrs.evolve(self.format, **given)
        return MappedColumns(self.header, self.noun, form, self.guesses)

    def with_guess(self, guess: RowFault) -> MappedColumns:
        """Give the same columns with one more thing that is taken for granted."""
        return MappedColumns(self.header, self.noun, self.format, (*self.guesses, guess))

    def for_fields(self, *fields: str) -> MappedColumns:
        """Give the same columns for rows of which hardly more than some fields are asked for."""
        some = copy(self)
        columns = {
            field: self._of_one_column[field] for field in fields if field in self._of_one_column
        }
        some._of_one_column = columns  # noqa: SLF001 - our own
        some._at_length = dict.fromkeys(self._fields_told.difference(columns))  # noqa: SLF001 - likewise
        return some

    def _keep_the_rest(self) -> None:
        """Put each column that is not known into the details, under its header as one word."""
        known = {index for places in self.places.values() for index, _ in places}
        for index, name in enumerate(self.header):
            if index not in known and not is_why(name):
                word = _NOT_IN_A_WORD.sub("_", name[:LONGEST_WORD].lower()).strip("_")
                self.places.setdefault(f"details.{word or 'column'}", []).append((index, name))

    def _put_in_order(self) -> None:
        """Let the mapping decide which of several columns is first; a status tells how it ended."""
        for places in self.places.values():
            if len(places) > 1:
                rank = {name: place for place, name in enumerate(self.noun.columns)}
                last = len(rank)
                places.sort(key=lambda found: rank.get(key(found[1]), last))
        stages = self.places.get("stage", [])
        told = [found for found in stages if key(found[1]) in _STATUSES]
        has_outcome = "outcome" not in self.noun.words or "outcome" in self.places
        if not has_outcome and 0 < len(told) < len(stages):
            self.places["outcome"] = told
            self.places["stage"] = [found for found in stages if found not in told]

    def _field_with_remark(self, header: str) -> str | None:
        """Find the field of a header such as "Phone (work)", or of an amount and its unit."""
        plain = without_remark(header)
        field = loose_field(self.noun, header) if plain != header else None
        field = field or self.noun.field_of(plain) or loose_field(self.noun, plain)
        if field and field not in AMOUNTS:
            return field
        found = unit_of_header(header)  # any other remark makes it another amount
        if found is None:
            return field if plain == header else None
        field = self.noun.field_of(found[0]) or loose_field(self.noun, found[0])
        if field not in AMOUNTS:
            return None
        self.units[header] = found[1:]
        return field

    def _fields(self, prefix: str) -> tuple[str, ...]:
        told = dict.fromkeys((*self.places, *self.defaults))
        return tuple(field for field in told if field.startswith(prefix))

    def among(self, fields: tuple[str, ...]) -> tuple[str, ...]:
        """List those of some fields of which the file, or the mapping for all rows, tells."""
        found = self._among.get(fields)
        if found is None:
            found = tuple(field for field in fields if self.tells(field))
            self._among[fields] = found
        return found

    def tells(self, *fields: str) -> bool:
        """Tell whether the file, or the mapping for all rows, tells one of these fields."""
        return not self._fields_told.isdisjoint(fields)

    def header_of(self, *fields: str) -> str:
        """Return the header of the first of these fields that the file has."""
        return next(self.places[field][0][1] for field in fields if field in self.places)

    def told_in(self, record: Record) -> dict[str, str | None]:
        """
        Say at once what a row tells in each field that has one column; a blank is an empty text.

        ``None`` are those at which `RowFields` has to look at length: fields of several columns,
        and odd cells, with signs that cannot be seen, with a list or a reference as some systems
        write them, or with a number that is no text.
        """
        cells, columns = record.cells, self._of_one_column
        written = [cells[place] for place in columns.values()]
        at_length = self._at_length
        if record.exact or is_odd("".join(written)):
            odd = (
                field
                for field, place in columns.items()
                if is_odd(cells[place]) or (place in record.exact and field in NUMBERS)
            )
            at_length = {**at_length, **dict.fromkeys(odd)}
        told: dict[str, str | None] = {}
        may_be_blank, blanks = self.blanks.may_begin, self.blanks
        for field, text in zip(columns, map(str.strip, written), strict=True):
            is_blank = text and may_be_blank[text[:2]] and text in blanks
            told[field] = "" if is_blank else text
        told.update(at_length)
        return told

    def once(self, field: str, reader: Callable[[str, *Ts], T], told: str, *given: *Ts) -> T:
        """
        Read what a field tells, unless that was done before: dates, amounts, stages come often.

        Little is remembered, and no longer than the reading lasts.
        """
        found: T = self.remembered.get((field, told, *given), _NOT_YET)
        if found is _NOT_YET:
            found = reader(told, *given)
            if len(self.remembered) >= _MOST_REMEMBERED:
                self.remembered.clear()
            self.remembered[field, told, *given] = found
        return found

"""What all lists tell in one way: a person, a company, addresses, answers and details."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from datetime import date, datetime
from decimal import Decimal
from operator import attrgetter

import attrs

from ...values.answer import Answer, AnswerValue
from ...values.company import Company
from ...values.contact_points import ContactKind, ContactPoint
from ...values.money import Money
from ...values.person import Person
from ...values.source import Source
from ..mapping.cell_words import CellWords
from ..mapping.mapping import FileMapping
from ..mapping.mapping_choice import Kind
from ..mapping.noun_mapping import TYPED
from ..writing.lent_numbers import TO_CALL, lent
from ..writing.tables import Cell
from ..writing.written_columns import WrittenColumns
from ..writing.written_values import WrittenValues
from .addresses import is_plain_point

_EVIDENCE = attrgetter("note", "said_by", "source", "confidence", "expires")
_NO_EVIDENCE = ("", "", "", None, None)
_FACTS = ("industry", "country", "city", "state", "postal_code", "website")
_FACTS_OF = attrgetter(*_FACTS)
_ANSWERS = {True: "yes", False: "no", None: "unknown"}
_MOST_PEOPLE = 10**9
_WHOLE_AMOUNT = 10**15
_KINDS = {
    ContactKind.EMAIL: "email",
    ContactKind.PHONE: "phone",
    ContactKind.MOBILE: "mobile",
    ContactKind.FAX: "fax",
}


@attrs.define
class Told:
    """
    What is told of one, field by field, and its ``shape``: what it is read as hangs on that alone.

    ``is_usual`` is false where more than the shape has to be known.
    """

    cells: dict[str, Cell]
    shape: list[Hashable] = attrs.field(factory=list)
    is_usual: bool = True


@attrs.frozen
class Cells:
    """The columns of a list, with the words and the values that stand in them."""

    columns: WrittenColumns
    words: CellWords
    values: WrittenValues
    _said: Mapping[object, str] = attrs.field(init=False, eq=False, repr=False)
    _known: frozenset[str] = attrs.field(init=False, eq=False, repr=False)
    _homeless: frozenset[str] = attrs.field(init=False, eq=False, repr=False)
    _names_whole: bool = attrs.field(init=False, eq=False, repr=False)
    _only_name: str = attrs.field(init=False, eq=False, repr=False)
    _names_in_two: bool = attrs.field(init=False, eq=False, repr=False)
    _answers: dict[str, str] = attrs.field(factory=dict, init=False, eq=False, repr=False)
    _details: dict[str, str] = attrs.field(factory=dict, init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        """Look up once what each row asks for."""
        known, keep = frozenset(self.columns.fields), object.__setattr__
        keep(self, "_said", {value: self.words.answer(said) for value, said in _ANSWERS.items()})
        keep(self, "_known", known)
        keep(self, "_homeless", frozenset(TO_CALL) - known)
        # Whether a whole name has a column of its own, and need not stand in another one.
        demanded = [*filter(self.columns.demands, ("family_name", "given_name"))]
        keep(self, "_names_whole", "person" in known and not demanded)
        keep(self, "_only_name", (*demanded, "family_name")[0])
        keep(self, "_names_in_two", {"given_name", "family_name"} <= known)

    @classmethod
    def of(cls, mapping: FileMapping, kind: Kind, **typed: bool) -> Cells:
        """Take what a mapping says of one kind of list."""
        columns = WrittenColumns.of(mapping, kind)
        return cls(columns, CellWords(columns), WrittenValues(mapping.format, **typed))

    def tell_source(self, told: Told, source: Source, own: str) -> None:
        """Tell where it came from, in the words of the file if they say so."""
        word, sort = self.words.source(source, own)
        told.cells["source"] = word
        told.shape.append(sort)

    def tell_person(self, told: Told, person: Person) -> None:
        """Tell a person; a whole name is divided where a part is demanded, or has no own column."""
        given, family, cells = person.given, person.family, told.cells
        cells["person"] = person.name
        if given or family:
            cells["given_name"], cells["family_name"] = given, family
            told.is_usual &= bool(given and family) and person.name == f"{given} {family}"
        elif not self._names_whole:
            cells |= self._name_in_two(person.name)
            told.shape.append("given_name" in cells and "family_name" in cells)
        if person.salutation:
            cells["salutation"] = person.salutation
        if person.job_title:
            cells["job_title"] = person.job_title
        if person.contact_points or person.id or person.is_erased:
            told.is_usual = False

    def _name_in_two(self, name: str) -> dict[str, Cell]:
        """
        Divide a name at its last blank, if the two are read as that name again.

        Otherwise it stands whole where the system demands a name.
        """
        given, blank, family = name.rpartition(" ")
        if self._names_in_two and blank and given == given.strip() and family:
            return {"given_name": given, "family_name": family}
        return {self._only_name: name}

    def tell_company(self, told: Told, company: Company) -> None:
        """Tell what is known of a company besides its name."""
        cells, values = told.cells, self.values
        for field, fact in zip(_FACTS, _FACTS_OF(company), strict=True):
            if fact:
                cells[field] = fact
        if company.street:
            cells |= self._street(company.street)
            told.is_usual &= len(self.columns.places.get("street", ())) < len("ab")
        if company.employees is not None:
            employees = company.employees
            cells["employees"] = values.head_count(employees)
            if type(employees) is not int or employees >= _MOST_PEOPLE:
                told.is_usual = False
        if company.annual_revenue is not None:
            told.is_usual &= self.tell_money(told, "annual_revenue", company.annual_revenue)

    def _street(self, street: str) -> dict[str, str]:
        places = self.columns.places.get("street", ())
        lines = street.split("\n", len(places) - 1) if places else []
        return dict(zip(places, lines, strict=False))

    def tell_money(self, told: Told, field: str, money: Money) -> bool:
        """Tell an amount and its currency, and whether it is sure to be read as it is."""
        told.cells[field] = self.values.amount(money)
        told.cells["currency"] = self.values.currency(money)
        told.shape.append(money.currency)
        return (
            0 <= money.amount < _WHOLE_AMOUNT and money.amount == money.amount.to_integral_value()
        )

    def tell_contact_points(self, told: Told, points: tuple[ContactPoint, ...]) -> None:
        """Tell addresses and numbers, each kind in its own columns."""
        cells = told.cells
        several: dict[str, list[str]] = {}
        for point in points:
            if point.kind not in _KINDS:
                told.is_usual = False
                continue
            kind = _KINDS[point.kind]
            if point.country or not is_plain_point(point):
                told.is_usual = False
            if kind not in cells:  # as nearly always
                cells[kind] = point.text
            else:
                several.setdefault(kind, [cells[kind]]).append(point.text)  # type: ignore[list-item]  # a text
        if several or not self._homeless.isdisjoint(cells):
            self._lend(told, several)
        for kind, texts in several.items():
            cells.pop(kind, None)
            cells |= self.columns.several(kind, texts)
            told.shape.append((kind, len(texts)))
            told.is_usual &= len(set(texts)) == len(texts)

    def _lend(self, told: Told, several: dict[str, list[str]]) -> None:
        """Let numbers to call that have no column stand in the free ones of the other kind."""
        cells = told.cells
        texts = {
            field: several.get(field) or [str(cells[field])] for field in TO_CALL if field in cells
        }
        if moved := lent(texts, self.columns):
            several |= moved
            told.shape.append("lent")

    def tell_answers(self, told: Told, answers: Mapping[str, Answer], began: datetime) -> None:
        """Tell what was said to each question; a yes, a no and an unknown by the system's word."""
        cells, shape = told.cells, told.shape
        for slot, answer in answers.items():
            place = self._answers.get(slot) or self._answers.setdefault(slot, f"answers.{slot}")
            said = answer.value
            at = answer.at  # mostly the very instant, and comparing two takes long
            if (at is not began and at != began) or _EVIDENCE(answer) != _NO_EVIDENCE:
                told.is_usual = False
            if said is None or said is True or said is False:
                cells[place] = self._said[said]
                shape.append(said)
            else:
                cells[place] = self.scalar(said)
                told.is_usual = False

    def tell_details(self, told: Told, details: Mapping[str, AnswerValue]) -> None:
        """Tell what a host or a file knows besides, under the name of its column."""
        for name, value in details.items():
            place = self._details.get(name) or self._detail(name)
            if type(value) is str:
                told.cells[place] = value
            else:
                told.cells[place] = self.scalar(value)
                told.is_usual = False
            if place not in self._known and name in self._known:
                # What a reader could not understand stands under the name of its column, if that
                # takes any text: 100 of a hundred is another chance where parts of one stand.
                if name not in TYPED and told.cells.get(name) in (None, ""):
                    told.cells[name] = told.cells[place]
                told.is_usual = False

    def _detail(self, name: str) -> str:
        place = "note" if name == "note" and "note" in self._known else f"details.{name}"
        return self._details.setdefault(name, place)

    def scalar(self, value: AnswerValue) -> Cell:
        """Write any one value, as people would."""
        if isinstance(value, bool) or value is None:
            return self._said[value]
        if isinstance(value, datetime):
            return self.values.moment(value)
        if isinstance(value, date):
            return self.values.day(value)
        if isinstance(value, (int, Decimal)):
            return self.values.number(Decimal(value))
        return str(value)

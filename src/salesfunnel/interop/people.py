"""Files of people: whom another system knows at which account."""

from __future__ import annotations

from datetime import datetime
from functools import partial

import attrs

from ..errors import Text
from ..leads.identity import personal_addresses
from ..values import converters
from ..values.answer import AnswerValue
from ..values.frozen_map import FrozenMap
from ..values.ids import derived_id
from ..values.instants import instant
from ..values.person import Person
from ..values.source import Source
from .accounts import named_account
from .cells.countries import given_country
from .inputs.inputs import Readable
from .mapping.mapping import FileMapping
from .mapping.recognition import opened_list
from .rows.addresses import addresses_of
from .rows.overlay import later_words, with_texts
from .rows.reading import FileReading
from .rows.row_fields import RowFields
from .rows.row_person import person_of
from .rows.row_reader import RowReader

_NEEDED = ("person", "given_name", "family_name")
_ADDRESS = ("street", "postal_code", "city", "state", "country")
_TEXTS = ("account_id", "account", "owner", "source", "source_words")
_PARTS = ("given", "family", "salutation", "job_title")
_NOBODY = Text("row_of_nobody", "names no person", "fill the column of names")


@attrs.frozen(kw_only=True)
class AccountPerson:
    """
    A person of an account, as a list tells of one; `combine` puts people into their accounts.

    ``account_id`` follows from the name of the account where the list has no ids.

    >>> from datetime import UTC
    >>> sara = Person("Sara Ahmadi", job_title="buyer")
    >>> at = datetime(2026, 3, 2, tzinfo=UTC)
    >>> AccountPerson(id="7", person=sara, account_id="8", since=at).person.job_title
    'buyer'
    """

    id: str = attrs.field(converter=converters.identity)
    person: Person
    account_id: str = attrs.field(default="", converter=converters.account_id)
    account: str = attrs.field(default="", repr=False)
    """The name of the account, where the list has one."""
    owner: str = ""
    source: Source = attrs.field(default=Source.OTHER, converter=converters.source)
    source_words: str = attrs.field(default="", repr=False)
    details: FrozenMap[str, AnswerValue] = attrs.field(
        default=FrozenMap[str, AnswerValue](), converter=converters.details
    )
    since: datetime = attrs.field(converter=instant)
    """Since when the person is known: the day of the row, else that of the import."""


def read_people(
    input: Readable,
    *,
    at: datetime,
    mapping: FileMapping | None = None,
    encoding: str | None = None,
    delimiter: str | None = None,
    sheet: str | None = None,
    country: str = "",
    strict: bool = False,
) -> FileReading[AccountPerson]:
    r"""
    Open a file of people, the contacts of another system; ``at`` is the instant of the import.

    It is read as `read_leads` reads leads; a row that names no person is refused.
    Raises `UnreadableFile` when not one row could be read.

    >>> from datetime import UTC
    >>> from io import StringIO
    >>> people = StringIO("Name,Company,Mobile\nSara Ahmadi,Novin,+98 912 123 4567\n")
    >>> (found,) = read_people(people, at=datetime(2026, 3, 2, tzinfo=UTC))
    >>> found.entity.account, found.entity.person.contact_points[0].key
    ('Novin', '+989121234567')
    """
    records, mapping, columns = opened_list(
        input,
        mapping,
        kind="person",
        needed=_NEEDED,
        encoding=encoding,
        delimiter=delimiter,
        sheet=sheet,
    )
    if country:
        columns = columns.with_format(country=given_country(country))
    make = partial(_person, at=instant(at))
    reader = RowReader(make=make, keys_in=_keys, join=_joined, when=_when, at=instant(at))
    return FileReading(records, mapping, columns, reader, strict)


def _keys(row: RowFields) -> tuple[str, ...]:
    """Tell which person a row is about."""
    if given_id := row.name("id"):
        return (given_id,)
    found = _named(row)
    return () if found is None else (_content_id(found, _account_id(row)),)


def _content_id(person: Person, account: str) -> str:
    """Derive an id from a personal address, else from the name and the account."""
    personal = personal_addresses(person.contact_points)
    who = personal[:1] or (person.key or person.name, account)
    return derived_id("person", *who)


def _account_id(row: RowFields) -> str:
    return row.line("account_id") or row.read("account", named_account) or ""


def _when(_person: AccountPerson) -> datetime | None:
    return None


def _named(row: RowFields) -> Person | None:
    person = person_of(row)
    if person is None:
        return None
    return attrs.evolve(person, contact_points=addresses_of(row), id=row.name("id"))


def _person(row: RowFields, *, at: datetime) -> AccountPerson | None:
    """Make a person of a row."""
    person = _named(row)
    if person is None:
        row.refuse(_NOBODY)
        return None
    account = _account_id(row)
    row.set_aside(*_ADDRESS, noun="a person")
    row.keep_details("note")
    source, source_words = row.source()
    return AccountPerson(
        id=person.id or _content_id(person, account),
        person=person,
        account_id=account,
        account=row.line("account"),
        owner=row.line("owner"),
        source=source,
        source_words=source_words,
        details=FrozenMap(row.details),
        since=row.instant("created") or at,
    )


def _joined(known: AccountPerson, told: AccountPerson, _row: RowFields) -> AccountPerson:
    """Add what a further row tells; what it takes the place of is kept as text."""
    is_same = known.person.key == told.person.key
    parts = _PARTS if is_same else ("name", *_PARTS)
    named, replaced = later_words(known.person, told.person, parts)
    news, others = later_words(known, told, _TEXTS)
    reached = {(point.kind, point.key or point.text) for point in known.person.contact_points}
    points = [
        point
        for point in told.person.contact_points
        if (point.kind, point.key or point.text) not in reached
    ]
    if points:
        named["contact_points"] = (*known.person.contact_points, *points)
    person = attrs.evolve(known.person, **named)
    details = with_texts(known.details, replaced, others, told.details)
    later = attrs.evolve(known, person=person, details=details, **news)
    return known if later == known else later

"""Files of accounts: the companies of another system, with what is known of each."""

from __future__ import annotations

from collections.abc import Container, Iterable
from datetime import datetime
from functools import partial

from ..accounts.account import Account
from ..accounts.events import AccountEvent, AccountOpened, AccountPlaced
from ..errors import Text
from ..history.timeline import apply
from ..values import converters
from ..values.company import Company
from ..values.frozen_map import FrozenMap
from ..values.ids import derived_id
from ..values.instants import instant
from .cells.cell_text import one_line
from .cells.countries import given_country
from .inputs.inputs import Readable
from .mapping.mapping import FileMapping
from .mapping.recognition import opened_list
from .rows.addresses import addresses_of
from .rows.kept_beside import note_what_differs
from .rows.later_facts import OTHER_BEGINNING, begun_as_told, later, with_owner
from .rows.reading import FileReading
from .rows.row_company import company_of
from .rows.row_fields import RowFields
from .rows.row_reader import RowReader
from .rows.told_facts import with_facts

_NEEDED = ("name",)
_FACTS = (*("name", "company", "contact_points", "source", "source_words", "details", "lead_ids"),)
_NO_NAME = Text("account_row_without_name", "names no company", "fill the column of names")


def read_accounts(
    input: Readable,
    *,
    at: datetime,
    mapping: FileMapping | None = None,
    encoding: str | None = None,
    delimiter: str | None = None,
    sheet: str | None = None,
    country: str = "",
    strict: bool = False,
    known: Iterable[Account] = (),
) -> FileReading[Account]:
    r"""
    Open a file of accounts; ``at`` is the instant of the import, for rows that give no date.

    It is read as `read_leads` reads leads. An account without an id gets the one that deals and
    people get who name it, in any spelling of its name. Accounts that are ``known`` are found again
    by id, or by name where the row has no id.
    Raises `UnreadableFile` when not one row could be read.

    >>> from datetime import UTC
    >>> from io import StringIO
    >>> firms = StringIO("Account Name,City,Parent\nNovin Tejarat,Tehran,Novin Holding\n")
    >>> (found,) = read_accounts(firms, at=datetime(2026, 3, 2, tzinfo=UTC))
    >>> found.entity.company.city, found.entity.parent_id == named_account("NOVIN HOLDING Ltd")
    ('Tehran', True)
    """
    records, mapping, columns = opened_list(
        input,
        mapping,
        kind="account",
        needed=_NEEDED,
        encoding=encoding,
        delimiter=delimiter,
        sheet=sheet,
    )
    if country:
        columns = columns.with_format(country=given_country(country))
    accounts = {one.id: one for one in converters.several(Account, known, "known")}
    named = {named_account(one.name): one for one in accounts.values()}
    reader = RowReader(
        make=partial(_account, at=instant(at)),
        keys_in=_keys,
        join=partial(_joined, at=instant(at), known=accounts),
        when=_when,
        at=instant(at),
        known=lambda told: accounts.get(told.id) or named.get(told.id),
    )
    return FileReading(records, mapping, columns, reader, strict)


def named_account(name: str) -> str:
    """
    Derive the id of an account from its name, the same for every spelling.

    >>> named_account("Novin Tejarat Ltd") == named_account("NOVIN TEJARAT")
    True
    """
    return derived_id("account", Company(one_line(name)).key)


def _keys(row: RowFields) -> tuple[str, ...]:
    """Tell which account a row is about."""
    found = row.name("id") or row.read("name", named_account)
    return (found,) if found else ()


def _when(_account: Account) -> datetime | None:
    """Say that a row of an account does not tell when it was true: the order of the file counts."""
    return None


def _account(row: RowFields, *, at: datetime) -> Account | None:
    """Make an account of a row: what is known of the company, and what stands above it."""
    company = company_of(row, "name", noun="an account without a name")
    if company is None:
        row.refuse(_NO_NAME)
        return None
    began = row.instant("created") or at
    row.keep_details("parent", "note")
    points = addresses_of(row)
    source, source_words = row.source()
    events: list[AccountEvent] = [
        AccountOpened(
            at=began,
            id=row.name("id") or named_account(company.name),
            name=company.name,
            company=company,
            people=(),
            contact_points=points,
            source=source,
            source_words=source_words,
            details=FrozenMap(row.details),
            lead_ids=tuple(filter(None, [row.name("lead_id")])),
            owner=row.line("owner"),
        )
    ]
    if parent := row.line("parent_id") or row.read("parent", named_account):
        events.append(AccountPlaced(at=began, before="", parent_id=parent))
    return Account.replay(events)


def _joined(
    account: Account, told: Account, row: RowFields, *, at: datetime, known: Container[str]
) -> Account:
    """Add what a further row tells; of its beginning the first word stands."""
    began = told.timeline[0].at
    if row.filled("created") and began not in (at, account.timeline[0].at):
        if account.id not in known and account.timeline[0].at == at:
            account = begun_as_told(account, told)
        if account.timeline[0].at != began:
            row.note(OTHER_BEGINNING, row.header_of("created"))
    after = account_told_later(account, told, keeps=True)
    note_what_differs(row, account, told, after)
    return after


def account_told_later(account: Account, told: Account, *, keeps: bool = False) -> Account:
    """
    Return an account with all that a later row tells of it, as events; the same if that is known.

    Where it ``keeps`` its details, others come below them.

    >>> from datetime import UTC
    >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
    >>> novin = Account.open(id="7", name="Novin", at=monday)
    >>> account_told_later(novin, Account.open(id="7", name="NOVIN", at=monday)) is novin
    True
    """
    at = later(account, told)
    account = with_facts(account, told, _FACTS, at=at, keeps=keeps)
    account = with_owner(account, told, at=at)
    if told.parent_id in ("", account.parent_id):
        return account
    placed = AccountPlaced(at=at, before=account.parent_id, parent_id=told.parent_id)
    return apply(account, placed)

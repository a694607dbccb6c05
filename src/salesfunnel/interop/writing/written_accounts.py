"""Accounts and their people written to lists, as this library or another system has them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any

import attrs

from ...accounts.account import Account
from ..accounts import read_accounts
from ..people import AccountPerson, read_people
from ..rows.account_cells import account_cells, people_of, person_cells
from ..rows.told_parts import Cells
from .csv_output import WITH_MARK
from .list_writing import AFTER_ALL, AnyMapping, mapping_given, nouns_in, target_of, write_list
from .untold_days import UntoldDays, reading_moment
from .written import Written


def write_accounts(
    accounts: Iterable[Account | Any],
    target: str | os.PathLike[str],
    *,
    mapping: AnyMapping = None,
    delimiter: str | None = None,
    encoding: str = WITH_MARK,
    sheet: str = "",
) -> Written:
    """
    Write accounts to a file, as the system of the mapping has them; see `write_leads`.

    Their people have a list of their own: `write_people`.

    >>> import tempfile
    >>> from datetime import UTC, datetime
    >>> from pathlib import Path
    >>> novin = Account.open(id="7", company="Novin", at=datetime(2026, 3, 2, tzinfo=UTC))
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     print(write_accounts([novin], Path(folder, "accounts.csv"), mapping="vtiger"))
    accounts.csv: 1 row, and nothing was left out
    """
    goal = target_of(target, accounts, mapping, delimiter=delimiter, encoding=encoding, sheet=sheet)
    several = list(nouns_in(accounts, Account, "accounts"))
    told = mapping_given(mapping, "account", several)
    cells = Cells.of(told, "account", **goal.typed)
    names = {account.id: account.name for account in several}
    read_at, untold = reading_moment(accounts), UntoldDays(field="created", place="captured")
    tell = partial(account_cells, cells=cells, names=names)
    written = write_list(
        several,
        goal,
        cells,
        tell=untold.telling(tell, lambda account: account.timeline[0].at == read_at),
        read=partial(read_accounts, at=AFTER_ALL, mapping=attrs.evolve(told, header=())),
        name="Accounts",
    )
    return untold.named_in(written)


def write_people(
    people: Iterable[AccountPerson | Account | Any],
    target: str | os.PathLike[str],
    *,
    mapping: AnyMapping = None,
    delimiter: str | None = None,
    encoding: str = WITH_MARK,
    sheet: str = "",
) -> Written:
    """
    Write people to a file, as the system of the mapping has its contacts; see `write_leads`.

    Of an account all people are written, with its id and name.

    >>> import tempfile
    >>> from datetime import UTC, datetime
    >>> from pathlib import Path
    >>> at = datetime(2026, 3, 2, tzinfo=UTC)
    >>> novin = Account.open(id="7", company="Novin", people=["Sara Ahmadi"], at=at)
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_people([novin], Path(folder, "people.csv")).rows
    1
    """
    goal = target_of(target, people, mapping, delimiter=delimiter, encoding=encoding, sheet=sheet)
    each = nouns_in(_each(people), AccountPerson, "people", all_at_once=mapping is None)
    told = mapping_given(mapping, "person", each)
    cells = Cells.of(told, "person", **goal.typed)
    read_at, untold = reading_moment(people), UntoldDays(field="created", place="since")
    tell = partial(person_cells, cells=cells)
    written = write_list(
        each,
        goal,
        cells,
        tell=untold.telling(tell, lambda person: person.since == read_at),
        read=partial(read_people, at=AFTER_ALL, mapping=attrs.evolve(told, header=())),
        name="People",
    )
    return untold.named_in(written)


def _each(people: Iterable[Any]) -> Iterator[Any]:
    """Give the people of accounts one by one, and all else as it is."""
    for one in people:
        if isinstance(one, Account):
            yield from people_of(one)
        else:
            yield one

"""Nouns in a file of SQLite: saved whole or not at all, found by their columns, and erased."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, date, datetime, timedelta

import attrs
import pytest
from hypothesis import given

from salesfunnel.accounts import Account
from salesfunnel.conversion import plan_conversion
from salesfunnel.errors import (
    InvalidDocument,
    InvalidValue,
    StaleVersion,
    UnreadableFile,
    WrongKind,
)
from salesfunnel.leads import Lead
from salesfunnel.opportunities import Opportunity
from salesfunnel.pipeline import LEAD_PIPELINE, Guard, Move, Pipeline, Stage, transfer
from salesfunnel.privacy import erase_person
from salesfunnel.rules import predicate
from salesfunnel.storage import from_data, to_data
from salesfunnel.storage.sqlite import Store
from salesfunnel.testing import accounts, leads, opportunities
from salesfunnel.values import Money, Person

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
DAY = timedelta(days=1)
OURS = Pipeline(
    "ours",
    stages=[Stage("visit", limit=2 * DAY), Stage("won", kind="won")],
    moves=[Move("win", "visit", "won")],
)
NEWER = Pipeline(
    "ours",
    version="2",
    stages=[Stage("meeting", limit=2 * DAY), Stage("won", kind="won")],
    moves=[Move("win", "meeting", "won")],
)


@pytest.fixture
def store(tmp_path):
    """Provide a database in a file."""
    with Store(tmp_path / "sales.sqlite") as opened:
        yield opened


def a_lead(**known):
    """Capture a lead on Monday."""
    return Lead.capture(id="7", person="Sara Ahmadi", at=MONDAY, **known)


def count(store, table):
    """Count the rows of a table."""
    return store.database.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608


@given(leads() | opportunities() | accounts())
def test_what_is_saved_is_loaded_again(noun):
    """Every noun that can come about is the same value again, and saving it twice is once."""
    with Store(":memory:") as store:
        store.save(noun)
        store.save(noun)

        assert store.load(type(noun), noun.id) == noun
        assert store.find(type(noun)) == (noun,)
        assert count(store, "event") == noun.version


def test_an_older_value_overwrites_nothing(store):
    """To save again what was saved long ago is no news, and the row stays that of now."""
    lead = a_lead()
    later = lead.assign("Ani", at=MONDAY)
    store.save(later)

    store.save(lead)

    assert store.find(Lead, "owner = 'Ani'") == (later,)


def test_of_two_editors_the_second_is_told(tmp_path):
    """Both have loaded the same lead; nothing of the second is saved, not even its other noun."""
    with Store(tmp_path / "sales.sqlite") as one, Store(tmp_path / "sales.sqlite") as other:
        one.save(a_lead())
        ani = one.load(Lead, "7").assign("Ani", at=MONDAY)
        reza = other.load(Lead, "7").assign("Reza", at=MONDAY)
        one.save(ani)

        with pytest.raises(StaleVersion, match="expected version 1, found 2"):
            other.save(Account.open(id="A", name="Novin", at=MONDAY), reza)

        assert count(other, "account") == 0
        assert other.load(Lead, "7") == ani


def test_a_conversion_is_saved_as_a_whole(store):
    """Lead, account and deal are there, each found by its columns."""
    lead = a_lead(stage="qualified")
    store.save(lead)
    lead, account, deal = plan_conversion(lead, amount=Money(900, "EUR")).apply(at=MONDAY)

    store.save(lead, account, deal)

    assert store.find(Opportunity, "account_id = :id AND amount > 800", id=account.id) == (deal,)
    assert store.find(Lead, "stage_kind = 'won'") == (lead,)


def test_everything_overdue_is_found_by_a_column(store):
    """What was due before now is overdue; moments in any zone, and days, are parameters."""
    deal = Opportunity.open(id="7", pipeline=OURS, expected_close=date(2026, 6, 1), at=MONDAY)
    store.save(deal)

    assert store.find(Opportunity, "due_at < :now", now=MONDAY + 2 * DAY) == ()
    assert store.find(Opportunity, "due_at < :now", now=MONDAY + 3 * DAY) == (deal,)
    assert store.find(Opportunity, "expected_close <= :day", day=date(2026, 6, 1)) == (deal,)


def test_pipelines_are_kept_and_old_ones_stay_known(store, tmp_path):
    """A deal that went on along a new version is read in another process without a word."""
    deal = transfer(
        Opportunity.open(id="7", pipeline=OURS, at=MONDAY),
        NEWER,
        stages={"visit": "meeting"},
        at=MONDAY,
    )
    store.save(deal)

    with Store(tmp_path / "sales.sqlite") as again:
        assert again.load(Opportunity, "7") == deal


def test_a_pipeline_with_functions_is_given_when_it_is_read(tmp_path):
    """A function is no data, so the host brings the pipeline along."""
    guarded = Pipeline(
        "guarded",
        stages=[Stage("visit"), Stage("won", kind="won")],
        moves=[Move("win", "visit", "won", guards=Guard("paid", lambda _deal, _at: True))],
    )
    deal = Opportunity.open(id="7", pipeline=guarded, at=MONDAY)
    with Store(tmp_path / "sales.sqlite", pipelines=[guarded]) as store:
        store.save(deal)
        assert store.load(Opportunity, "7") == deal

    with Store(tmp_path / "sales.sqlite") as store, pytest.raises(InvalidDocument) as unknown:
        store.load(Opportunity, "7")
    assert [problem.code for problem in unknown.value.problems] == ["guard_not_given"]
    with Store(tmp_path / "sales.sqlite", guards=guarded.moves[0].guards) as store:
        assert store.load(Opportunity, "7") == deal


def test_a_pipeline_that_cannot_be_written_is_not_kept(tmp_path):
    """A rule with a function in it is no data at all."""
    rule = predicate("paid")(lambda _deal, _at: True)
    odd = Pipeline(
        "odd",
        stages=[Stage("visit"), Stage("won", kind="won")],
        moves=[Move("win", "visit", "won", guards=Guard("paid", rule))],
    )
    with Store(tmp_path / "sales.sqlite", pipelines=[odd]) as store:
        store.save(Opportunity.open(id="7", pipeline=odd, at=MONDAY))

        assert count(store, "pipeline") == 0
        assert store.load(Opportunity, "7").pipeline is odd


def test_within_a_transaction_of_the_host_it_is_the_host_who_commits(tmp_path):
    """A connection of one's own is used, and rolled back, with the rest."""
    connection = sqlite3.connect(tmp_path / "sales.sqlite")
    store = Store(connection)
    connection.execute("BEGIN")
    store.save(a_lead())

    connection.rollback()

    assert store.find(Lead) == ()
    store.close()


def test_what_is_not_there_cannot_be_loaded(store):
    """The id is not repeated, and what is not a noun is refused."""
    with pytest.raises(InvalidValue, match="id is not that of any lead that is stored here"):
        store.load(Lead, "7")
    with pytest.raises(InvalidValue, match="id is not that of any opportunity that is stored here"):
        store.load(Opportunity, "7")
    with pytest.raises(WrongKind):
        store.save("lead")


# The process ends where the row would be written; in the second way each event is there by then.
CRASH = """
import os, sys
from datetime import UTC, datetime
from salesfunnel.leads import Lead
from salesfunnel.storage import sqlite

def end(*_, **__):
    if sys.argv[2] == "torn":
        store.database.execute("COMMIT")
    os._exit(3)

store = sqlite.Store(sys.argv[1])
lead = store.load(Lead, "7").assign("Ani", at=datetime(2026, 3, 2, 9, tzinfo=UTC))
sqlite.as_row = end
store.save(lead)
"""


@pytest.mark.parametrize(("how", "events"), [("whole", 1), ("torn", 2)])
def test_a_crash_between_event_and_row(tmp_path, how, events):
    """In a transaction nothing is left of the save; in autocommit the next save heals the row."""
    path = tmp_path / "sales.sqlite"
    with Store(path) as store:
        store.save(a_lead())

    crashed = subprocess.run([sys.executable, "-c", CRASH, str(path), how], check=False)

    assert crashed.returncode == 3
    with Store(path) as store:
        assert count(store, "event") == events
        assert store.find(Lead, "owner = 'Ani'") == ()
        lead = store.load(Lead, "7")
        store.save(lead if how == "torn" else lead.assign("Ani", at=MONDAY))
        assert store.find(Lead, "owner = 'Ani'") == (store.load(Lead, "7"),)


EDITOR = """
import sys
from datetime import UTC, datetime
from salesfunnel.errors import StaleVersion
from salesfunnel.leads import Lead
from salesfunnel.storage.sqlite import Store

at, store, left = datetime(2026, 3, 2, 9, tzinfo=UTC), Store(sys.argv[1]), 20
print("ready", flush=True)
sys.stdin.read()  # until both are ready
while left:
    try:
        store.save(store.load(Lead, "7").assign(sys.argv[2], at=at))
        left -= 1
    except StaleVersion:
        pass
"""


def test_two_editors_in_two_processes_lose_nothing(tmp_path):
    """Each assigns the lead twenty times, and loads it again where the other was first."""
    path = tmp_path / "sales.sqlite"
    with Store(path) as store:
        store.save(a_lead())

    command = [sys.executable, "-c", EDITOR, str(path)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    editors = [subprocess.Popen([*command, owner], **pipes) for owner in ("Ani", "Reza")]
    assert [editor.stdout.readline() for editor in editors] == [b"ready\n"] * 2

    for editor in editors:
        editor.stdin.close()
        editor.stdout.close()

    assert [editor.wait(timeout=120) for editor in editors] == [0, 0]
    with Store(path) as store:
        owners = [event.owner for event in store.load(Lead, "7").timeline[1:]]
    assert (owners.count("Ani"), owners.count("Reza")) == (20, 20)


def test_erased_texts_are_nowhere_in_the_file(store, tmp_path):
    """Neither the events nor the rows nor the free pages of the file hold the name."""
    lead = a_lead(email="sara@novin.example")
    for _ in range(40):
        lead = lead.log("call", note="Sara rang back. " * 40, at=MONDAY)
    store.save(lead)
    assert b"Sara Ahmadi" in (tmp_path / "sales.sqlite").read_bytes()
    erasure = erase_person("Sara Ahmadi", lead, at=MONDAY, rekey={"7": "8"})

    store.replace(lead, erasure.nouns[0])

    assert [noun.id for noun in store.find(Lead)] == ["8"]
    left = (tmp_path / "sales.sqlite").read_bytes().lower()
    assert [word for word in (b"sara", b"ahmadi", b"novin.example") if word in left] == []


def test_a_version_of_a_released_pipeline_is_still_that_version(store):
    """Ours that decides like a released one is never read as the released one."""
    lead = a_lead(pipeline=attrs.evolve(LEAD_PIPELINE, version="9"))
    store.save(lead)

    assert store.load(Lead, "7") == lead
    assert from_data(to_data(lead)) == lead


def test_a_version_that_decides_alike_is_still_that_version(store):
    """Two versions with one fingerprint are kept once, and each deal says its own."""
    again = attrs.evolve(OURS, version="1.1")
    deals = [Opportunity.open(id=p.version, pipeline=p, at=MONDAY) for p in (OURS, again)]

    store.save(*deals)

    assert count(store, "pipeline") == 1
    assert [store.load(Opportunity, deal.id) for deal in deals] == deals


@pytest.mark.parametrize("kind", ["Lead", None, [], Pipeline])
def test_only_a_class_of_nouns_is_loaded(store, kind):
    """The name of the class is not the class."""
    with pytest.raises(WrongKind, match=r"kind is of the wrong kind.*Lead, Opportunity or Account"):
        store.load(kind, "L1")
    with pytest.raises(WrongKind, match="kind is of the wrong kind"):
        store.find(kind)


@pytest.mark.parametrize("kind", ["TEXT", "BLOB"])
@pytest.mark.parametrize("damage", ["[", "[]", "", b"\xff", "[" * 99, "9" * 5000, "null"])
def test_a_damaged_event_is_said_by_saving_as_by_loading(store, damage, kind):
    """Neither a raw error of JSON nor a change of another editor: the document is damaged."""
    store.save(a_lead())
    store.database.execute(f"UPDATE event SET data = CAST(? AS {kind})", (damage,))  # noqa: S608

    with pytest.raises(InvalidDocument) as loaded:
        store.load(Lead, "7")
    with pytest.raises(InvalidDocument) as saved:
        store.save(a_lead())

    assert str(saved.value) == str(loaded.value)


def test_a_file_that_is_no_database_is_one_error(tmp_path):
    """A workbook, a folder and a path that leads nowhere are refused alike, and left alone."""
    workbook = tmp_path / "leads.xlsx"
    workbook.write_bytes(b"PK" + b"workbook" * 99)

    for path in (workbook, tmp_path, tmp_path / "none" / "sales.sqlite"):
        with pytest.raises(UnreadableFile, match="SQLite says"):
            Store(path)
    assert workbook.read_bytes() == b"PK" + b"workbook" * 99


def test_a_damaged_file_is_one_error(tmp_path):
    """It was copied while a program wrote it, or the disk is old."""
    path = tmp_path / "sales.sqlite"
    with Store(path) as store:
        store.save(*(Lead.capture(id=f"{n}", person="x" * 400, at=MONDAY) for n in range(50)))
    whole = path.read_bytes()

    for begin in range(4_096, len(whole), 4_096):
        path.write_bytes(whole[:begin] + b"\xff" * (len(whole) - begin))
        with (
            pytest.raises(UnreadableFile, match="it is damaged; SQLite says"),
            Store(path) as store,
        ):
            store.find(Lead)


@pytest.mark.parametrize("damage", [b"\xff", b"none", b"\x00"])
def test_a_damaged_row_names_a_noun_that_is_not_there(store, damage):
    """The row is a copy; where its id is damaged it leads nowhere."""
    store.save(a_lead())
    store.database.execute("UPDATE lead SET id = CAST(? AS TEXT)", (damage,))

    with pytest.raises(InvalidValue, match=r"^id "):
        store.find(Lead)


def test_personal_columns_are_there_on_request(tmp_path):
    """Whoever looks people up by their address asks for it; the tables stay as they were made."""
    lead = a_lead(email="sara@novin.example")
    with Store(tmp_path / "names.sqlite", personal=True) as store:
        store.save(lead)
        assert store.find(Lead, "email = :email", email="sara@novin.example") == (lead,)
    with Store(tmp_path / "names.sqlite") as store:
        store.save(lead.amend(person=Person("Sara Rezaei"), at=MONDAY))
        assert len(store.find(Lead, "name = 'Sara Rezaei'")) == 1
    with Store(tmp_path / "sales.sqlite") as store:
        store.save(lead)
        with pytest.raises(InvalidValue, match=r"where cannot be run: no such column: email; "):
            store.find(Lead, "email = ''")
    with pytest.raises(InvalidValue, match=r"^personal columns are not in the tables"):
        Store(tmp_path / "sales.sqlite", personal=True)


@pytest.mark.parametrize(
    ("where", "params"),
    [("company = 'Novin'", {}), ("owner = :owner", {}), ("owner ==== 1", {}), ("owner =", {})],
)
def test_a_search_that_cannot_be_run_is_told_which_columns_there_are(store, where, params):
    """An unknown column, a parameter that was not given, and what is no SQL."""
    with pytest.raises(InvalidValue, match=r"allowed: the columns id, .*personal=True\)"):
        store.find(Lead, where, **params)


def test_a_search_in_a_file_that_is_locked_is_told_by_the_database(tmp_path):
    """To ask again may help, so it is no mistake of the search."""
    path = tmp_path / "sales.sqlite"
    with Store(path) as store, closing(sqlite3.connect(path)) as other:
        store.database.execute("PRAGMA busy_timeout = 0")
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            store.find(Lead)


def test_tables_of_an_older_release_are_filled_as_far_as_they_go(store):
    """A column that came later is missed by no one who does not ask for it."""
    store.database.execute("DROP INDEX lead_quiet_since")
    store.database.execute("ALTER TABLE lead DROP COLUMN quiet_since")

    with Store(store.database) as again:
        again.save(a_lead(owner="Ani"))
        assert len(again.find(Lead, "owner = 'Ani'")) == 1


def test_what_no_column_holds_is_no_parameter(store):
    """The name of the parameter is not repeated, and neither is its value."""
    with pytest.raises(WrongKind, match="value is of the wrong kind: list; allowed: a text, a"):
        store.find(Lead, "owner = :owner", owner=["Ani"])
    with pytest.raises(InvalidValue, match="id is not text"):
        store.load(Lead, ["7"])


def test_the_errors_of_a_connection_are_those_of_its_host():
    """Who opened it is told what it says."""
    closed = sqlite3.connect(":memory:")
    closed.close()

    with pytest.raises(sqlite3.ProgrammingError):
        Store(closed)


def test_only_a_path_or_a_connection_is_a_database():
    """A number is no file."""
    with pytest.raises(WrongKind, match="database is of the wrong kind: int"):
        Store(5)
    for pipelines in (5, [5], "ours", OURS):
        with pytest.raises(WrongKind, match="pipelines is of the wrong kind"):
            Store(":memory:", pipelines=pipelines)

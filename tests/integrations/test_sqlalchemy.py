"""Nouns in tables of SQLAlchemy, or in one column."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
import sqlalchemy as sa
from hypothesis import given
from sqlalchemy import orm
from sqlalchemy.dialects import postgresql

from salesfunnel.accounts import Account
from salesfunnel.conversion import plan_conversion
from salesfunnel.errors import InvalidDocument, InvalidValue, StaleVersion, WrongKind
from salesfunnel.integrations.sqlalchemy import Moment, NounType, Tables
from salesfunnel.leads import Lead
from salesfunnel.opportunities import Opportunity
from salesfunnel.pipeline import Guard, Move, Pipeline, Stage
from salesfunnel.privacy import erase_person
from salesfunnel.rules import predicate
from salesfunnel.storage import unsaved
from salesfunnel.testing import accounts, leads, opportunities

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
DAY = timedelta(days=1)
OURS = Pipeline(
    "ours",
    stages=[Stage("visit", limit=2 * DAY), Stage("won", kind="won")],
    moves=[Move("win", "visit", "won")],
)


class Base(orm.DeclarativeBase):
    """The tables of this test."""


class Document(Base):
    """A lead in one column."""

    __tablename__ = "documents"

    id: orm.Mapped[int] = orm.mapped_column(primary_key=True)
    lead: orm.Mapped[Lead | None] = orm.mapped_column(NounType(Lead))


KEPT = Tables(Base.metadata, prefix="kept_", personal=True)


@pytest.fixture
def engine():
    """Provide an empty database in memory."""
    engine = sa.create_engine("sqlite://")
    Base.metadata.create_all(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def connection(engine):
    """Provide a connection in a transaction."""
    with engine.begin() as connection:
        yield connection


def a_lead(**known):
    """Capture a lead on Monday."""
    return Lead.capture(id="7", person="Sara Ahmadi", at=MONDAY, **known)


def test_a_column_is_compared_with_a_lead_and_with_json(engine):
    """With a lead as a whole; with anything else as the document that stands there."""
    with orm.Session(engine) as session, session.begin():
        session.add(Document(lead=a_lead()))
        session.flush()

        assert session.scalars(sa.select(Document).where(Document.lead == a_lead())).one().id == 1
        assert session.scalars(sa.select(Document).where(Document.lead == "no lead")).all() == []


@given(leads() | opportunities() | accounts())
def test_what_is_saved_is_loaded_again(noun):
    """Every noun that can come about is the same value again, and saving it twice is once."""
    engine = sa.create_engine("sqlite://")
    Base.metadata.create_all(engine)
    with orm.Session(engine) as session, session.begin():
        KEPT.save(session, noun)
        KEPT.save(session, noun)

        assert KEPT.load(session, type(noun), noun.id) == noun
        events = session.execute(sa.select(sa.func.count()).select_from(KEPT.event)).scalar()
        assert events == noun.version
    engine.dispose()


def test_rows_are_looked_up_by_their_columns(connection):
    """A conversion is there as a whole; personal columns are there where they were asked for."""
    nouns = tuple(plan_conversion(a_lead(stage="qualified")).apply(at=MONDAY))

    KEPT.save(connection, *nouns)

    row = KEPT.row[Lead].c
    assert KEPT.find(connection, Lead, row.name == "Sara Ahmadi", row.stage == "converted") == (
        nouns[0],
    )
    assert KEPT.find(connection, Account) == (nouns[1],)
    assert "name" not in Tables(sa.MetaData()).row[Lead].c


def test_everything_overdue_is_found(connection):
    """A moment in any zone is compared in UTC, and comes back in UTC."""
    deal = Opportunity.open(id="7", pipeline=OURS, at=MONDAY)
    KEPT.save(connection, deal)
    due_at = KEPT.row[Opportunity].c.due_at
    tehran = timezone(timedelta(hours=3, minutes=30))

    assert KEPT.find(connection, Opportunity, due_at < MONDAY + 2 * DAY) == ()
    late = (MONDAY + 2 * DAY + timedelta(minutes=1)).astimezone(tehran)
    assert KEPT.find(connection, Opportunity, due_at < late) == (deal,)
    assert connection.execute(sa.select(due_at)).scalar() == MONDAY + 2 * DAY
    assert Moment().process_result_value(late, postgresql.dialect()).tzinfo is UTC


def test_of_two_editors_the_second_is_told(connection):
    """Both have loaded version 1."""
    lead = a_lead()
    KEPT.save(connection, lead)
    KEPT.save(connection, lead.assign("Ani", at=MONDAY), known=1)

    with pytest.raises(StaleVersion, match="expected version 1, found 2"):
        KEPT.save(connection, lead.assign("Reza", at=MONDAY), known=1)


def test_an_editor_who_is_faster_between_reading_and_writing(connection, monkeypatch):
    """The key lets one in; then the other looks again, and is told."""
    lead = a_lead()
    KEPT.save(connection, lead)
    faster = [lead.assign("Ani", at=MONDAY)]

    def slow(known, noun, found):
        missing = unsaved(known, noun, found)
        if faster:
            KEPT.save(connection, faster.pop(), known=1)
        return missing

    monkeypatch.setattr("salesfunnel.integrations.sqlalchemy.unsaved", slow)

    with pytest.raises(StaleVersion, match="expected version 1, found 2"):
        KEPT.save(connection, lead.assign("Reza", at=MONDAY), known=1)


def test_a_constraint_of_the_host_is_not_taken_for_an_editor(connection, monkeypatch):
    """After three attempts the error of the database is raised."""
    kept = Tables(sa.MetaData(), prefix="kept_")

    def broken(*_):
        raise sa.exc.IntegrityError("", {}, Exception())

    monkeypatch.setattr(kept, "_write", broken)

    with pytest.raises(sa.exc.IntegrityError):
        kept.save(connection, a_lead())


def test_no_hole_is_left_by_a_mistaken_version(connection):
    """What was never stored cannot go on from a version that was loaded, nor several from one."""
    lead = a_lead().assign("Ani", at=MONDAY)

    with pytest.raises(StaleVersion, match="expected version 1, found 0"):
        KEPT.save(connection, lead, known=1)
    with pytest.raises(InvalidValue, match="one version for several nouns"):
        KEPT.save(connection, lead, lead, known=1)


def test_an_older_value_overwrites_no_row_and_a_torn_write_heals(connection):
    """The row is that of the newest version, and is made anew where it is missing."""
    lead = a_lead()
    ani = lead.assign("Ani", at=MONDAY)
    KEPT.save(connection, ani)

    KEPT.save(connection, lead)
    assert KEPT.find(connection, Lead, KEPT.row[Lead].c.owner == "Ani") == (ani,)

    connection.execute(sa.delete(KEPT.row[Lead]))
    KEPT.save(connection, ani)
    assert KEPT.find(connection, Lead, KEPT.row[Lead].c.owner == "Ani") == (ani,)


def test_a_pipeline_that_is_no_data_is_brought_along(connection):
    """A rule with a function in it cannot be written; the host knows it."""
    rule = predicate("paid")(lambda _deal, _at: True)
    odd = Pipeline(
        "odd",
        stages=[Stage("visit"), Stage("won", kind="won")],
        moves=[Move("win", "visit", "won", guards=Guard("paid", rule))],
    )
    kept = Tables(sa.MetaData(), prefix="kept_", personal=True, pipelines=[odd])
    kept.save(connection, Opportunity.open(id="7", pipeline=odd, at=MONDAY))

    assert kept.load(connection, Opportunity, "7").pipeline is odd


def test_what_is_not_there_or_no_noun_is_refused(connection):
    """The id is not repeated."""
    with pytest.raises(InvalidValue, match="id is not that of any lead that is kept here"):
        KEPT.load(connection, Lead, "7")
    with pytest.raises(WrongKind):
        KEPT.save(connection, "lead")


def test_erased_is_replaced_with_its_history(connection):
    """Nothing of the person is left in any table."""
    lead = a_lead().log("call", note="Sara rang back", at=MONDAY)
    KEPT.save(connection, lead)
    [erased] = erase_person("Sara Ahmadi", lead, at=MONDAY, rekey={"7": "8"}).nouns

    KEPT.replace(connection, lead, erased)

    assert KEPT.find(connection, Lead) == (erased,)
    tables = (KEPT.event, KEPT.row[Lead])
    left = [row for table in tables for row in connection.execute(sa.select(table))]
    assert "Sara" not in str(left)


def test_a_lead_in_one_column(engine):
    """It is read as it was written; an equal value is no change; look-ups go into it."""
    lead = a_lead()
    with orm.Session(engine) as session, session.begin():
        session.add_all([Document(id=1, lead=lead), Document(id=2, lead=None)])

    with orm.Session(engine) as session:
        row = session.get_one(Document, 1)
        assert row.lead == lead
        assert session.get_one(Document, 2).lead is None
        row.lead = Lead.replay(lead.timeline)
        assert not session.is_modified(row)
        form = Document.lead["format"].as_string()
        found = session.scalars(sa.select(Document.id).where(form == "salesfunnel.lead"))
        assert list(found) == [1]
        assert session.scalars(sa.select(Document.id).where(Document.lead == lead)).all() == [1]


def test_postgresql_keeps_it_as_jsonb():
    """There the document can have an index."""
    kind = NounType(Lead).load_dialect_impl(postgresql.dialect())

    assert isinstance(kind, postgresql.JSONB)


def test_an_engine_is_no_connection(engine, connection):
    """What is done without a transaction could not be taken back."""
    lead = Lead.capture(id="7", at=MONDAY)

    for done in (
        lambda: KEPT.save(engine, lead),
        lambda: KEPT.load(engine, Lead, "7"),
        lambda: KEPT.find(engine, Lead),
        lambda: KEPT.remove(engine, lead),
    ):
        with pytest.raises(WrongKind, match="database is of the wrong kind: Engine"):
            done()
    with pytest.raises(WrongKind, match="kind is of the wrong kind: str"):
        KEPT.load(connection, "Lead", "7")
    with pytest.raises(WrongKind, match="kind is of the wrong kind: str"):
        KEPT.find(connection, "Lead")


def test_the_functions_of_a_stored_pipeline_may_be_given_alone(connection):
    """Its definition is stored, and names them."""
    paid = Guard("paid", lambda _deal, _at: True)
    guarded = Pipeline(
        "guarded",
        stages=[Stage("visit"), Stage("won", kind="won")],
        moves=[Move("win", "visit", "won", guards=paid)],
    )
    deal = Opportunity.open(id="7", pipeline=guarded, at=MONDAY)
    KEPT.save(connection, deal)

    with pytest.raises(InvalidDocument, match="names guard paid, which was not given"):
        KEPT.load(connection, Opportunity, "7")
    kept = Tables(sa.MetaData(), prefix="kept_", personal=True, guards=paid)
    assert kept.load(connection, Opportunity, "7") == deal

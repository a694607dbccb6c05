"""The laws of rows: fixed columns, overdue by a column, and the row of any day."""

from __future__ import annotations

import sqlite3
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesfunnel.accounts import Account
from salesfunnel.activities import agenda, plan_step
from salesfunnel.errors import InvalidHistory, WrongKind
from salesfunnel.history import as_of
from salesfunnel.leads import Lead
from salesfunnel.opportunities import Opportunity, closing
from salesfunnel.pipeline import LEAD_PIPELINE, OPPORTUNITY_PIPELINE, Pipeline, overdue
from salesfunnel.storage import ROW_COLUMNS, as_row, create_table
from salesfunnel.storage.sqlite_file import plain
from salesfunnel.testing import accounts, leads, opportunities
from salesfunnel.values import ContactPoint, Money

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
DAY = timedelta(days=1)


def limited(pipeline: Pipeline) -> Pipeline:
    """Give each open stage of a pipeline a time limit."""
    stages = [attrs.evolve(s, limit=2 * DAY) if s.is_open else s for s in pipeline.stages]
    return attrs.evolve(pipeline, name="limited", stages=stages)


HURRIED = limited(LEAD_PIPELINE)


@given(leads() | opportunities() | accounts(), st.booleans())
def test_row_keys_are_fixed(noun, personal):
    """Every noun of a kind has the same columns, in the same order, with values of their types."""
    row = as_row(noun, personal=personal)

    columns = [c for c in ROW_COLUMNS[row["kind"]] if personal or not c.is_personal]
    assert list(row) == [column.name for column in columns]
    for column in columns:
        value = row[column.name]
        assert type(value) is column.type or (value is None and column.type is not str)


@given(leads() | opportunities() | accounts())
def test_row_as_of(noun):
    """The row of a moment is that of the noun as it was then."""
    for event in noun.timeline:
        assert as_row(noun, at=event.at) == as_row(as_of(noun, at=event.at))
    with pytest.raises(InvalidHistory):
        as_row(noun, at=noun.timeline[0].at - timedelta(microseconds=1))


@st.composite
def hurried_leads(draw):
    """Draw a lead that is called, nurtured and reopened, with a time limit in every stage."""
    lead, at = Lead.capture(id="7", pipeline=HURRIED, at=MONDAY), MONDAY
    for trigger in draw(st.lists(st.sampled_from(["contact", "nurture", "reopen"]), max_size=4)):
        at += draw(st.integers(0, 3)) * DAY
        if lead.decide(trigger, at=at):
            lead = lead.move(trigger, at=at)
    return lead


@given(hurried_leads(), st.integers(0, 8))
def test_due_at_iff_overdue(lead, days):
    """A query finds by the column what the library finds by the timeline."""
    at = lead.timeline[-1].at + days * DAY / 2

    due = as_row(lead)["due_at"]

    assert (overdue(lead, at=at) is not None) == (due is not None and due < at)


QUERY = """
    SELECT id FROM {table} WHERE stage_kind = 'open' AND (
        due_at < :now
        OR next_step_due_at < :now OR (next_step_due_at IS NULL AND next_step_due < :today)
        OR {rest}
    ) ORDER BY id
"""
RESTS = {
    "lead": "nurture_until < :now",
    "opportunity": "held_until_at < :now OR (held_until_at IS NULL AND held_until < :today)",
}


def database_of(nouns):
    """Put the rows of some nouns into a database."""
    database = sqlite3.connect(":memory:")
    for table in RESTS:
        for statement in create_table(table):
            database.execute(statement)
    for noun in nouns:
        row = as_row(noun)
        marks = ", ".join("?" * len(row))
        values = [plain(value) for value in row.values()]
        database.execute(f"INSERT INTO {row['kind']} VALUES ({marks})", values)  # noqa: S608
    return database


@st.composite
def busy_nouns(draw):
    """Draw a lead and a deal with steps, rests and limits, and an instant after all of it."""
    lead = draw(hurried_leads())
    at = lead.timeline[-1].at
    deal = Opportunity.open(id="8", pipeline=limited(OPPORTUNITY_PIPELINE), at=at)
    ahead = [at + draw(st.integers(1, 9)) * DAY for _ in range(3)]
    due = [draw(st.sampled_from([moment, moment.date()])) for moment in ahead]
    if draw(st.booleans()):
        lead = plan_step(lead, "call", due=due[0], at=at)
    if draw(st.booleans()):
        deal = plan_step(deal, "call", due=due[1], at=at)
    if draw(st.booleans()):
        deal = closing.hold(deal, until=due[2], at=at)
    return lead, deal, at + draw(st.integers(0, 9)) * DAY


@given(busy_nouns())
def test_everything_overdue_is_one_query(drawn):
    """The query by columns finds those whose agenda has something that is overdue."""
    lead, deal, at = drawn
    database = database_of([lead, deal])
    moment = {"now": plain(at), "today": plain(at.date())}

    found = [
        id_
        for table, rest in RESTS.items()
        for (id_,) in database.execute(QUERY.format(table=table, rest=rest), moment)
    ]
    database.close()

    lines = agenda([lead, deal], at=at)
    assert found == sorted({line.noun.id for line in lines if line.is_overdue})


def test_the_facts_of_a_deal():
    """Amount, chance and their product are there, each in its own column."""
    deal = Opportunity.open(
        id="7",
        name="Generators",
        amount=Money("900.50", "EUR"),
        lead_ids=["L1", "L2"],
        expected_close=date(2026, 6, 30),
        stage="proposal",
        at=MONDAY,
    )

    row = as_row(deal, personal=True)

    assert (row["amount"], row["currency"]) == (Decimal("900.50"), "EUR")
    assert row["weighted"] == Decimal("450.25")
    assert (row["lead_id"], row["name"]) == ("L1", "Generators")
    assert as_row(deal.lose("price", at=MONDAY))["closing_reason"] == "price"


def test_personal_facts_come_only_on_request():
    """The first address of each kind is there, a mobile before another phone."""
    points = [
        ContactPoint("phone", "+98 21 8876 5431"),
        ContactPoint("mobile", "+98 912 876 5431"),
        ContactPoint("email", "sara@novin.example"),
    ]
    lead = Lead.capture(
        id="7", person="Sara Ahmadi", company="Novin", contact_points=points, at=MONDAY
    )
    account = Account.open(id="7", company="Novin", contact_points=points, at=MONDAY)

    row = as_row(lead, personal=True)

    assert (row["name"], row["company"]) == ("Sara Ahmadi", "Novin")
    assert (row["email"], row["phone"]) == ("sara@novin.example", "+98 912 876 5431")
    assert as_row(account, personal=True)["name"] == "Novin"
    shown = str(as_row(lead)) + str(as_row(account))
    assert [word for word in ("Sara", "Novin", "sara@", "912") if word in shown] == []


def test_what_is_not_a_noun_has_no_row():
    """A subclass with fields of its own would lose them."""

    class Special(Lead):
        pass

    for thing in (None, "lead", Special.capture(id="7", at=MONDAY)):
        with pytest.raises(WrongKind, match="a lead, an opportunity or an account"):
            as_row(thing)

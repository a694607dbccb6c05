"""The law of writing for deals, accounts, people and activities."""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime
from pathlib import Path

import attrs
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from salesfunnel.interop import (
    AccountPerson,
    ActivityLine,
    read_accounts,
    read_activities,
    read_opportunities,
    read_people,
    write_accounts,
    write_activities,
    write_opportunities,
    write_people,
)
from salesfunnel.interop.mapping.file_stages import PIPELINES
from salesfunnel.opportunities import Opportunity
from salesfunnel.testing import accounts, instants, names, notes, opportunities, people
from salesfunnel.values import Source
from tests.interop.written_lists import ALL, check, few

TEXTS = names() | st.just("")
DETAILS = st.dictionaries(names(), notes(), max_size=2)
PEOPLE = st.builds(
    AccountPerson,
    id=names(),
    person=people(),
    account_id=TEXTS,
    account=TEXTS,
    owner=TEXTS,
    source=st.sampled_from(Source),
    source_words=notes(),
    details=DETAILS,
    since=instants(),
)
LINES = st.builds(
    ActivityLine,
    id=names(),
    kind=st.sampled_from(["call", "email", "sms", "task", "فکس", "Webinar"]),
    status=st.sampled_from(["done", "planned", "dropped"]),
    day=instants(),
    inbound=st.none() | st.booleans(),
    reached=st.none() | st.booleans(),
    outcome=TEXTS,
    person=TEXTS,
    campaign=TEXTS,
    owner=TEXTS,
    note=notes(),
    about=st.lists(names(), max_size=2),
    details=DETAILS,
)


def with_columns(kind: str) -> list[str]:
    """Name the mappings that have columns for a kind of list."""
    mappings = ((name, mapping) for name, mapping in ALL.items() if mapping)
    return ["none", *(name for name, mapping in mappings if getattr(mapping, kind).headers)]


@pytest.mark.parametrize("name", with_columns("opportunity"))
@few
@given(opportunities())
def test_a_deal_comes_back_or_the_difference_is_named(name, deal):
    """Open, won and lost, closed again and again."""
    check(deal, ALL[name], write_opportunities, read_opportunities)


@pytest.mark.parametrize("name", with_columns("account"))
@few
@given(accounts())
def test_an_account_comes_back_or_the_difference_is_named(name, account):
    """With its company, and without its people, who have a list of their own."""
    check(account, ALL[name], write_accounts, read_accounts)


@pytest.mark.parametrize("name", with_columns("person"))
@few
@given(PEOPLE)
def test_a_person_comes_back_or_the_difference_is_named(name, person):
    """With the addresses of the person."""
    check(person, ALL[name], write_people, read_people)


@pytest.mark.parametrize("name", with_columns("activity"))
@few
@given(LINES)
def test_an_activity_comes_back_or_the_difference_is_named(name, line):
    """Done, planned or dropped."""
    check(line, ALL[name], write_activities, read_activities)


@pytest.mark.parametrize("system", [*PIPELINES])
@given(st.data())
def test_a_deal_of_the_system_keeps_its_stage(system, data):
    """In the pipeline of a preset every stage that is open, won or lost comes back as it is."""
    pipeline = PIPELINES[system]
    stage = data.draw(st.sampled_from([stage for stage in pipeline.stages if stage.is_open]))
    at = datetime(2026, 3, 2, tzinfo=UTC)
    deal = Opportunity.replay(
        [
            attrs.evolve(
                Opportunity.open(id="7", pipeline=pipeline, at=at).timeline[0], to_stage=stage.name
            )
        ]
    )

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "deals.csv")
        written = write_opportunities([deal], path, mapping=system)
        (found,) = read_opportunities(path, at=at, mapping=ALL[system]).entities()

    assert (found.stage, found.pipeline.name) == (stage.name, pipeline.name)
    assert not {"stage", "pipeline"} & {one.place for one in written.left_out}


WRITERS = {
    "opportunity": (opportunities(), write_opportunities, read_opportunities),
    "account": (accounts(), write_accounts, read_accounts),
    "person": (PEOPLE, write_people, read_people),
    "activity": (LINES, write_activities, read_activities),
}


@pytest.mark.parametrize("kind", WRITERS)
@pytest.mark.parametrize("suffix", [".jsonl", ".xlsx"])
@given(st.data())
def test_so_they_do_from_other_kinds_of_files(kind, suffix, data):
    """JSON lines and a workbook."""
    drawn, write, read = WRITERS[kind]
    name = data.draw(st.sampled_from(["suitecrm", "own"]))
    assume(getattr(ALL[name], kind).headers)
    check(data.draw(drawn), ALL[name], write, read, suffix)

"""Owners: assigned, told by the timeline, and found for the next one by two pure functions."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salesfunnel.accounts import Account
from salesfunnel.activities import (
    OwnerAssigned,
    OwnerInterval,
    OwnerMatch,
    first_match,
    least_loaded,
    owner_history,
)
from salesfunnel.conversion import plan_conversion
from salesfunnel.errors import InvalidValue
from salesfunnel.leads import Lead
from salesfunnel.opportunities import Opportunity
from salesfunnel.rules import field, yes
from salesfunnel.testing import accounts, leads, opportunities

MONDAY, FRIDAY = (datetime(2026, 3, day, 9, tzinfo=UTC) for day in (2, 6))
NOUNS = [
    Lead.capture(person="Sara Ahmadi", owner="Ani", team="south", at=MONDAY),
    Opportunity.open(id="7", owner="Ani", team="south", at=MONDAY),
    Account.open(id="7", name="Novin", owner="Ani", team="south", at=MONDAY),
]
few = settings(max_examples=max(settings.default.max_examples // 2, 10))
each_noun = pytest.mark.parametrize("noun", NOUNS, ids=lambda noun: type(noun).__name__)


@each_noun
def test_a_noun_is_given_to_another(noun):
    """Owner and team are the new ones, and the event names who had it."""
    given = noun.assign("Reza", note="on leave", by="Sara", at=FRIDAY)

    assert (noun.owner, noun.team) == ("Ani", "south")
    assert (given.owner, given.team) == ("Reza", "")
    assert given.timeline[-1] == OwnerAssigned(
        at=FRIDAY, by="Sara", before="Ani", owner="Reza", note="on leave"
    )


@each_noun
def test_a_queue_has_a_team_and_no_owner(noun):
    """What waits for anyone of a team has no owner."""
    queued = noun.assign("", team="north", at=FRIDAY)

    assert (queued.owner, queued.team) == ("", "north")


@each_noun
def test_who_had_it_when_is_told(noun):
    """Given to the same owner again it goes on; each interval ends where the next begins."""
    given = noun.assign("Ani", team="south", at=MONDAY).assign("Reza", at=FRIDAY)

    assert owner_history(given.timeline) == (
        OwnerInterval("Ani", "south", MONDAY, FRIDAY),
        OwnerInterval("Reza", "", FRIDAY, None),
    )
    assert owner_history(given.timeline)[1].length(at=MONDAY) == timedelta()


@few
@given(leads() | opportunities() | accounts(), st.timedeltas(timedelta(), timedelta(days=90)))
def test_owner_intervals_sum_to_the_age(noun, ago):
    """No moment is without an interval, and none is in two."""
    at = noun.timeline[-1].at + ago

    lengths = [interval.length(at=at) for interval in owner_history(noun.timeline)]

    assert sum(lengths, timedelta()) == at - noun.timeline[0].at
    assert owner_history(noun.timeline)[-1].owner == noun.owner


def test_nothing_has_no_owners():
    """An empty timeline tells of no owner."""
    assert owner_history([]) == ()


@few
@given(leads(stage="qualified"), accounts(), st.sampled_from(["", "Sara"]))
def test_conversion_never_changes_an_existing_owner(lead, account, owner):
    """The account stays with whom it was; the new deal goes to the owner of the lead."""
    at = max(lead.timeline[-1].at, account.timeline[-1].at)
    lead = lead.assign(owner, at=at)

    done = plan_conversion(lead, account=account, decide={"company": "keep"}).apply(at=at)
    into_new = plan_conversion(lead).apply(at=at)

    assert (done.account.owner, done.account.team) == (account.owner, account.team)
    assert (done.opportunity.owner, into_new.account.owner) == (owner, owner)


def test_the_first_rule_that_holds_names_the_owner():
    """A rule that cannot tell does not match, and is said."""
    large, met = field("company.employees") > 200, field("source").is_("exhibition")
    lead = Lead.capture(company="Novin", source="exhibition", at=MONDAY)

    match = first_match(
        [(yes("details.vip"), "Sara"), (large, "Ani"), (met, "Reza")], lead, at=MONDAY
    )

    assert match == OwnerMatch("Reza", met, (yes("details.vip"), large))
    assert str(match) == (
        "Reza, since source is exhibition; "
        "not known: details.vip is True; company.employees above 200"
    )


def test_where_no_rule_holds_the_other_takes_it():
    """A no is a no; without any other one the lead has no owner."""
    lead = Lead.capture(company="Novin", source="web", at=MONDAY)
    met = (field("source").is_("exhibition"), "Reza")

    assert first_match([met], lead, at=MONDAY, otherwise="Ani") == OwnerMatch("Ani", None, ())
    assert str(first_match([met], lead, at=MONDAY, otherwise="Ani")) == "Ani"
    assert first_match([], lead, at=MONDAY).owner == ""


def test_thirty_one_leads_for_three():
    """Ani has five already, so all have twelve in the end."""
    load = Counter({"Ani": 5})
    for _ in range(31):
        load[least_loaded(["Ani", "Reza", "Sara"], load)] += 1

    assert load == {"Ani": 12, "Reza": 12, "Sara": 12}


LOADS = st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 9))
THERE = st.lists(st.sampled_from("abcdef"), min_size=1, unique=True)


@given(THERE, st.integers(0, 60))
def test_share_ends_within_one(there, many):
    """From nothing, no one has more than one more than another."""
    load = Counter()
    for _ in range(many):
        load[least_loaded(there, load)] += 1

    shares = [load[owner] for owner in there]
    assert max(shares) - min(shares) <= 1
    assert sum(shares) == many


@given(THERE, LOADS)
def test_an_absent_one_gets_nothing(there, load):
    """Who is not named gets nothing, however little there is to do; a tie goes to the first."""
    chosen = least_loaded(there, load)

    least = min(load.get(owner, 0) for owner in there)
    assert chosen == next(owner for owner in there if load.get(owner, 0) == least)


@pytest.mark.parametrize("owners", [[], "Ani", 7, [7]])
def test_the_least_loaded_of_no_one_is_refused(owners):
    """A single text is no list of owners, and an empty list has no least."""
    with pytest.raises(InvalidValue, match=r"^owners "):
        least_loaded(owners, {})

"""Two leads or two accounts become one, and two again."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import attrs
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from salesfunnel.accounts import Account, place, status
from salesfunnel.conversion import plan_conversion
from salesfunnel.duplicates import plan_merge, resolve, undo_merge
from salesfunnel.errors import InvalidValue, MoveRefused, WrongKind
from salesfunnel.history import story_of
from salesfunnel.leads import Lead
from salesfunnel.opportunities import Opportunity
from salesfunnel.pipeline import Stage, free_pipeline
from salesfunnel.privacy import consent, erase_person, may_contact
from salesfunnel.qualification import BANT
from salesfunnel.testing import accounts, leads, opportunities
from salesfunnel.values import Company, ContactPoint, Person

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
FRIDAY = MONDAY + timedelta(days=4)
FREE = free_pipeline("free", [Stage("meeting"), Stage("won", kind="won")])


def facts(noun):
    """Give all that is known of a noun, but not how it came about."""
    return attrs.evolve(noun, timeline=())


def refused(plan):
    """List the codes of what speaks against a merge, when it is carried out as well."""
    with pytest.raises(MoveRefused) as caught:
        plan.apply(at=FRIDAY)
    assert plan.refusal is not None
    assert caught.value.refusal.objections == plan.refusal.objections
    return [objection.code for objection in plan.refusal.objections]


PAIRS = st.tuples(leads(), leads()) | st.tuples(accounts(), accounts())
NAMES = ["name", "person", "company", "details", "contact_points", "people", "answers"]


def applied(pair, keep=None, pointing=()):
    """Plan and carry out the merge of a pair that is two."""
    survivor, other = pair
    assume(survivor.id != other.id)
    plan = plan_merge(survivor, other, keep=keep, pointing=pointing)
    assume(plan.refusal is None)
    at = max(noun.timeline[-1].at for noun in (*pair, *plan.pointing))
    return plan, plan.apply(at=at), at


@given(PAIRS, st.sampled_from(NAMES), st.sampled_from(["survivor", "other", "both"]))
def test_merge_then_undo_gives_both_back(pair, name, whose):
    """Whatever was kept, each is as if they had never been merged."""
    keep = {name: whose} if hasattr(pair[1], name) else {}
    _, merged, at = applied(pair, keep)

    undone = undo_merge(merged.survivor, merged.other, at=at)

    assert facts(undone.survivor) == facts(pair[0])
    assert facts(undone.other) == facts(pair[1])
    for noun in (merged.survivor, merged.other, undone.survivor, undone.other):
        assert type(noun).replay(noun.timeline) == noun


def differs(survivor, other, name):
    """Tell whether the other one says something else."""
    return getattr(other, name, "") not in {"", getattr(survivor, name, "")}


@given(PAIRS)
def test_a_plan_of_a_merge_tells_all_that_it_changes(pair):
    """Each field that differs afterwards is in a change, and each change that is taken differs."""
    plan, merged, _ = applied(pair)
    before, after = (attrs.asdict(facts(n), recurse=False) for n in (pair[0], merged.survivor))

    differ = {name for name in before if before[name] != after[name]} - {"timeline"}
    told = {change.place.partition(".")[0] for change in plan.changes if change.is_taken}

    assert told == differ
    unlike = [name for name in ("stage", "owner", "team") if differs(*pair, name)]
    printed = [line.split() for line in str(plan).splitlines()]
    assert [n for n in unlike if not any(f"{n}:" in words for words in printed)] == []
    assert merged.survivor.id == pair[0].id
    assert getattr(merged.survivor, "stage", "") == getattr(pair[0], "stage", "")
    assert merged.survivor.owner == pair[0].owner


@given(PAIRS, st.sampled_from(["log", "amend", "assign"]))
def test_what_was_merged_away_takes_no_verb(pair, verb):
    """It is read, and points to the survivor."""
    _, merged, at = applied(pair)
    verbs = {
        "log": lambda noun: noun.log("call", at=at),
        "amend": lambda noun: noun.amend(details={"no fact of before": 1}, at=at),
        "assign": lambda noun: noun.assign("one who never had it", at=at),
    }

    with pytest.raises(MoveRefused, match=re.escape(f"it was merged into {merged.survivor.id}")):
        verbs[verb](merged.other)
    assert resolve(pair[1].id, [merged.survivor, merged.other]) == merged.survivor


@given(st.tuples(accounts(), accounts()), opportunities(), leads())
def test_every_link_resolves_after_merge(pair, deal, lead):
    """Deals, leads and subsidiaries of the other are the survivor's, until it is undone."""
    at = max(noun.timeline[-1].at for noun in (deal, lead))
    other = pair[1].id
    child = Account.open(id="child", name="Child", at=at)
    child = place(child, under=pair[1], among=[child, pair[1]], at=max(at, pair[1].timeline[-1].at))
    deal = deal.amend(account_id=other, at=at) if not deal.account_id else deal
    pointing = (deal, lead, child)

    plan, merged, at = applied(pair, pointing=pointing)

    assert {noun.id for noun in plan.pointing} >= {"child"}
    for noun in merged.pointing:
        assert other not in {getattr(noun, "account_id", ""), getattr(noun, "parent_id", "")}
    undone = undo_merge(merged.survivor, merged.other, pointing=merged.pointing, at=at)
    assert [facts(noun) for noun in undone.pointing] == [facts(noun) for noun in plan.pointing]


def test_story_23_two_accounts_of_one_firm():
    """One customer with two wins, both subsidiaries and the word on consent; undo gives two."""
    novin = Account.open(id="7", company="Novin Tejarat", at=MONDAY)
    again = Account.open(
        id="8", company=Company("شرکت نوین تجارت", city="Tehran"), people=["Sara"], at=MONDAY
    )
    again = consent.withdraw(again, "email", at=MONDAY)
    shop = Account.open(id="9", name="Novin Shop", at=MONDAY)
    shop = place(shop, under=again, among=[shop, again], at=MONDAY)
    deals = [
        Opportunity.open(id=f"D{i}", account_id=i, pipeline=FREE, at=MONDAY).win(at=MONDAY)
        for i in ("7", "8")
    ]

    plan = plan_merge(novin, again, pointing=[*deals, shop])
    merged = plan.apply(at=FRIDAY)

    novin = merged.survivor
    won, shop = merged.pointing
    assert [noun.id for noun in merged.pointing] == ["D8", "9"]
    assert (won.account_id, shop.parent_id) == ("7", "7")
    assert status(novin, [deals[0], won], at=FRIDAY).wins == 2
    assert novin.company.city == "Tehran"
    assert [str(person) for person in novin.people] == ["Sara"]
    assert not may_contact(novin, "email", purpose="marketing", at=FRIDAY)
    assert resolve("8", [novin, merged.other]).id == "7"
    undone = undo_merge(novin, merged.other, pointing=[won, shop], at=FRIDAY)
    assert [facts(noun) for noun in undone.pointing] == [facts(deals[1]), facts(plan.pointing[1])]


def test_two_leads_of_one_person():
    """The card from the fair and the call: both numbers, both stories, one lead."""
    card = Lead.capture(
        id="7", person="Sara Ahmadi", phone="021 88776655", source="exhibition", at=MONDAY
    )
    call = Lead.capture(id="9", person="Ahmadi Sara", email="s@novin.example", at=MONDAY)
    call = call.log("call", inbound=True, at=MONDAY).answer("need", True, at=MONDAY)

    plan = plan_merge(card, call, keep={"person.name": "other"})

    assert str(plan).splitlines()[0] == "merge of 9 into 7"
    sara = plan.apply(at=FRIDAY, survivor=card, other=call).survivor
    assert (str(sara.person), sara.stage, sara.source.value) == ("Ahmadi Sara", "new", "exhibition")
    assert [str(point) for point in sara.contact_points] == ["021 88776655", "s@novin.example"]
    assert sara.answers["need"].value is True
    assert sara.engagement.last_contact == MONDAY
    assert len(story_of(sara, None, call)) >= 5


def test_deals_that_came_from_the_other_lead_name_the_survivor_too():
    """From which leads a deal came is never forgotten."""
    lead, other = (Lead.capture(id=i, person="Sara", at=MONDAY) for i in "78")
    deals = [Opportunity.open(id=f"D{i}", lead_ids=[i], at=MONDAY) for i in "789"]

    plan = plan_merge(lead, other, pointing=deals)

    assert [deal.id for deal in plan.pointing] == ["D8"]
    assert plan.apply(at=MONDAY).pointing[0].lead_ids == ("8", "7")


def test_what_cannot_be_merged_says_why():
    """Each no names the remedy."""
    lead = Lead.capture(id="7", person="Sara", company="Novin", at=MONDAY)
    other = Lead.capture(id="8", person="Sara", company="Novin", at=MONDAY)
    third = Lead.capture(id="9", person="Sara", company="Novin", at=MONDAY)
    yes = {"need": True, "budget": True, "timing": True}
    qualified = [one.answer(yes, at=MONDAY).qualify(BANT, at=MONDAY) for one in (lead, other)]
    converted = [plan_conversion(one).apply(at=MONDAY).lead for one in qualified]
    merged = plan_merge(lead, other).apply(at=MONDAY)
    holding, novin = (Account.open(id=i, name="Novin", at=MONDAY) for i in "12")
    novin = place(novin, under=holding, among=[holding, novin], at=MONDAY)

    assert refused(plan_merge(third, converted[1])) == ["merge_of_converted"]
    assert refused(plan_merge(*converted)) == ["merge_of_two_conversions"]
    assert refused(plan_merge(third, merged.other)) == ["merged"]
    assert refused(plan_merge(merged.other, third)) == ["merged"]
    assert refused(plan_merge(holding, novin)) == ["merge_of_related"]
    assert refused(plan_merge(novin, holding)) == ["merge_of_related"]
    assert plan_merge(converted[0], third).refusal is None
    with pytest.raises(InvalidValue, match="other is the same one, 7"):
        plan_merge(lead, lead)
    with pytest.raises(WrongKind, match="other"):
        plan_merge(lead, novin)
    with pytest.raises(WrongKind, match="survivor"):
        plan_merge("Sara", "Sara")
    with pytest.raises(WrongKind, match="keep is of the wrong kind"):
        plan_merge(lead, other, keep=["person"])
    with pytest.raises(InvalidValue, match="keep"):
        plan_merge(lead, other, keep={"person": "mine"})


@pytest.mark.parametrize(
    ("place", "meant"),
    [
        ("persn", "person"),
        ("person.nam", "person.name"),
        ("company.ctiy", "company.city"),
        ("details.hal", "details.hall"),
        ("answers.ned", "answers.need"),
        ("source.x", "source"),
    ],
)
def test_a_place_that_is_not_there_is_refused(place, meant):
    """A misspelt place would decide nothing, and nobody would notice."""
    lead, other = (
        Lead.capture(id=i, person="Sara", company="Novin", details={"hall": i}, at=MONDAY)
        for i in "78"
    )
    other = other.answer({"need": True}, at=MONDAY)

    with pytest.raises(InvalidValue) as caught:
        plan_merge(lead, other, keep={place: "other"})

    assert f"keep has {place}, for which nothing is given" in str(caught.value)
    if place != "source.x":
        assert f"(did you mean {meant}?)" in str(caught.value)
    assert meant in caught.value.allowed.split(", ")
    assert plan_merge(lead, other, keep={meant: "other"}).apply(at=MONDAY).survivor.version > 1


def test_a_plan_of_a_merge_grows_old():
    """Whoever changed one of them meanwhile is not overwritten."""
    lead, other = (Lead.capture(id=i, person="Sara", at=MONDAY) for i in "78")
    plan = plan_merge(lead, other)

    with pytest.raises(MoveRefused, match="7 has changed since the plan was made"):
        plan.apply(at=FRIDAY, survivor=lead.log("call", at=MONDAY))
    with pytest.raises(MoveRefused, match="8 has changed"):
        plan.apply(at=FRIDAY, other=other.log("call", at=MONDAY))
    with pytest.raises(MoveRefused, match="the time lies before the last event"):
        plan.apply(at=MONDAY - timedelta(days=1))


def test_a_merge_is_undone_once_and_in_time():
    """What happened since stays with the survivor."""
    lead, other = (Lead.capture(id=i, person="Sara", at=MONDAY) for i in "78")
    merged = plan_merge(lead, other).apply(at=FRIDAY)
    worked_on = merged.survivor.log("call", inbound=True, at=FRIDAY)

    with pytest.raises(MoveRefused, match="the time lies before"):
        undo_merge(merged.survivor, merged.other, at=MONDAY)
    undone = undo_merge(worked_on, merged.other, at=FRIDAY, by="Ani")
    assert undone.survivor.stage == "contacted"
    assert undone.other.log("call", at=FRIDAY).version == 4
    with pytest.raises(MoveRefused, match="8 was not merged into 7"):
        undo_merge(undone.survivor, undone.other, at=FRIDAY)
    with pytest.raises(MoveRefused, match="8 was not merged into 9"):
        undo_merge(attrs.evolve(lead, id="9"), merged.other, at=FRIDAY)


def test_an_id_leads_on_through_several_merges():
    """A third one may take in both; what is not there is not found."""
    one, two, three = (Account.open(id=i, name="Novin", at=MONDAY) for i in "123")
    first = plan_merge(two, three).apply(at=MONDAY)
    second = plan_merge(one, first.survivor).apply(at=MONDAY)
    known = [second.survivor, second.other, first.other]

    assert [resolve(i, known).id for i in "123"] == ["1", "1", "1"]
    assert resolve("4", known) is None
    assert resolve("3", known[1:]) is None


def test_a_person_is_erased_from_what_was_merged_away_too():
    """The other one is still there, and forgets as the survivor does."""
    points = [ContactPoint("email", "sara@novin.example")]
    pair = [
        Lead.capture(id=i, person="Sara Ahmadi", contact_points=points, at=MONDAY) for i in "78"
    ]
    merged = plan_merge(*pair).apply(at=MONDAY)

    erased = erase_person("Sara Ahmadi", merged.survivor, merged.other, at=FRIDAY).nouns

    assert "Sara" not in repr([attrs.asdict(noun) for noun in erased])
    assert erased[1].merged_into == "7"


@pytest.mark.parametrize("wrong", [5, None, Lead, "7", [5], ["7"], [Person("Sara")]])
def test_what_can_not_point_or_stand_among_is_named(wrong):
    """A text, one number and things of another kind are refused before anything is looked up."""
    one, other = (Lead.capture(id=id_, person="Sara", at=MONDAY) for id_ in "78")
    merged = plan_merge(one, other).apply(at=MONDAY)

    with pytest.raises(WrongKind, match="pointing is of the wrong kind"):
        plan_merge(one, other, pointing=wrong)
    with pytest.raises(WrongKind, match="pointing is of the wrong kind"):
        undo_merge(merged.survivor, merged.other, pointing=wrong, at=MONDAY)
    with pytest.raises(WrongKind, match="among is of the wrong kind"):
        resolve("7", wrong)


def test_only_two_of_a_kind_are_given_back():
    """A number is neither, and an id is a text."""
    lead = Lead.capture(id="7", person="Sara", at=MONDAY)

    with pytest.raises(WrongKind, match="survivor is of the wrong kind: int"):
        undo_merge(5, lead, at=MONDAY)
    with pytest.raises(WrongKind, match="other is of the wrong kind: int"):
        undo_merge(lead, 5, at=MONDAY)
    with pytest.raises(WrongKind, match="id is of the wrong kind: list"):
        resolve([], [lead])


def test_a_plan_is_printed_with_what_stays_and_what_speaks_against_it():
    """Stage and owner of the survivor stand, and a merge that is refused says so."""
    new, good = (
        Lead.capture(id=i, person="Sara", stage=s, at=MONDAY)
        for i, s in (("7", "new"), ("8", "qualified"))
    )
    good = good.assign("Ani", at=MONDAY)
    firms = [
        Account.open(id=i, name="Novin", at=MONDAY).assign(o, at=MONDAY)
        for i, o in (("1", "Ani"), ("2", "Reza"))
    ]
    below = place(firms[1], under=firms[0], among=firms, at=MONDAY)

    assert str(plan_merge(new, good)).splitlines()[1:] == [
        "  kept     stage: new, not qualified",
        "  left out owner: Ani",
    ]
    assert str(plan_merge(firms[0], below)).splitlines()[-2:] == [
        "  kept     owner: Ani, not Reza",
        "  cannot merge: 1 stands above or below the other (take it out of the hierarchy first)",
    ]

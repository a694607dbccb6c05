"""Two people become one wherever they are named, and two again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import attrs
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from salesfunnel.accounts import Account, find_people, person_id
from salesfunnel.conversion import plan_conversion
from salesfunnel.duplicates import find_duplicates, plan_merge, undo_merge
from salesfunnel.errors import InvalidValue, MoveRefused, WrongKind
from salesfunnel.history import describe
from salesfunnel.leads import Lead
from salesfunnel.opportunities import Opportunity
from salesfunnel.privacy import consent, erase_person, may_contact
from salesfunnel.storage import from_json, to_json
from salesfunnel.values import ContactPoint, Person

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
FRIDAY = MONDAY + timedelta(days=4)
SARA = Person("Sara Ahmadi", contact_points=[ContactPoint("mobile", "+98 912 1234567")])
S_AHMADI = Person(
    "S. Ahmadi", job_title="Buyer", contact_points=[ContactPoint("email", "sara@novin.example")]
)


def facts(noun):
    """Give all that is known of a noun, but not how it came about."""
    return attrs.evolve(noun, timeline=())


def novin(*people, id="7"):
    """Open an account with these people."""
    return Account.open(id=id, name="Novin", people=people, at=MONDAY)


# No two have one id, and of one name one at most has none.
BOTH = (lambda person: person.id or person.name, lambda person: (person.name, person.id))


@st.composite
def people(draw):
    """Draw somebody with a few addresses, perhaps with an id."""
    points = st.sampled_from(["+98 912 1111111", "0912 2222222", "0912 3333333", "021 88776655"])
    return Person(
        draw(st.sampled_from(["Sara Ahmadi", "S. Ahmadi", "سارا احمدی", "Ali", "Reza Karimi"])),
        id=draw(st.sampled_from(["", "", "p1", "p2"])),
        job_title=draw(st.sampled_from(["", "Buyer", "Head"])),
        contact_points=[
            ContactPoint("mobile", text) for text in draw(st.lists(points, max_size=2, unique=True))
        ],
    )


@st.composite
def firms(draw):
    """Draw an account with two of its people, and a deal, a lead and a firm beside it."""
    crowd = draw(st.lists(people(), min_size=2, max_size=5, unique_by=BOTH))
    account = novin(*crowd)
    survivor, other = draw(st.permutations(crowd))[:2]
    for person in (survivor, other):
        if draw(st.booleans()):
            who = person_id("7", person)
            account = consent.withdraw(account, "email", person=who, at=MONDAY)
    deal = Opportunity.open(id="D", account_id="7", at=MONDAY)
    roles = st.sampled_from(["decision_maker", "influencer", "user"])
    for person in draw(st.lists(st.sampled_from(crowd), max_size=4)):
        deal = deal.involve(person, draw(roles), at=MONDAY)
    elsewhere = novin(*draw(st.lists(people(), max_size=2)), id="8")
    return account, survivor, other, (account, deal, elsewhere)


def planned(firm, keep=None):
    """Plan the merge of two people who are two."""
    _, survivor, other, pointing = firm
    try:
        plan = plan_merge(survivor, other, keep=keep, pointing=pointing)
    except InvalidValue as refused:
        assert refused.code == "merge_with_itself"  # noqa: PT017 - two spellings of one
        assume(condition=False)
    return plan


@given(firms(), st.sampled_from(["name", "job_title", "contact_points"]))
def test_people_merged_and_given_back_are_as_before(firm, place):
    """Whatever was kept, all that named one of them is as if they had never been merged."""
    plan = planned(firm, {place: "other"})

    merged = plan.apply(at=FRIDAY)
    undone = undo_merge(merged.survivor, merged.other, pointing=merged.pointing, at=FRIDAY)

    assert [facts(noun) for noun in undone.pointing] == [facts(noun) for noun in plan.pointing]
    for noun in (*merged.pointing, *undone.pointing):
        assert type(noun).replay(noun.timeline) == noun


@given(firms())
def test_who_stood_there_twice_stands_there_once(firm):
    """The account has one person less, with all addresses, and no deal names the other one."""
    account, survivor, other, _ = firm
    plan = planned(firm)
    gone, into = person_id("7", other), person_id("7", survivor)

    merged = plan.apply(at=FRIDAY)

    novin, *rest = merged.pointing
    assert novin.id == "7"
    assert len(novin.people) == len(account.people) - 1
    assert merged.survivor in novin.people
    numbers = {p.key for p in merged.survivor.contact_points}
    assert numbers >= {p.key for p in survivor.contact_points + other.contact_points}
    assert {word.person for word in novin.consent.words} <= {into}
    for noun in rest:
        if isinstance(noun, Opportunity):
            parts = [(contact.person.id, contact.role) for contact in noun.contacts]
            assert gone == into or gone not in {id_ for id_, _ in parts}
            assert len(parts) == len(set(parts))
    assert merged.survivor in find_people(novin, gone)


@given(firms())
def test_a_plan_of_people_tells_all_that_it_changes(firm):
    """Each value of the survivor that differs is in a change that is taken."""
    _, survivor, _, _ = firm
    plan = planned(firm)

    after = plan.apply(at=FRIDAY).survivor

    before, now = (attrs.asdict(p, recurse=False) for p in (survivor, after))
    differ = {name for name in before if before[name] != now[name]} - {"id"}
    assert {change.place for change in plan.changes if change.is_taken} == differ


def test_two_cards_of_one_person_at_one_account():
    """Sara stood there twice: account, deal and the word on consent name one of them."""
    account = consent.withdraw(
        novin(SARA, S_AHMADI, "Li Wei"), "email", person=person_id("7", S_AHMADI), at=MONDAY
    )
    deal = Opportunity.open(id="D", account_id="7", at=MONDAY)
    deal = deal.involve("S. Ahmadi", "decision_maker", at=MONDAY).involve(
        "Sara Ahmadi", "decision_maker", at=MONDAY
    )

    plan = plan_merge(SARA, S_AHMADI, pointing=[account, deal])

    assert str(plan).splitlines() == [
        "merge of two people",
        "  kept     name: Sara Ahmadi, not S. Ahmadi",
        "  filled   job_title: Buyer",
        "  added    contact_points: sara@novin.example",
        "  change   7",
        "  change   D",
    ]
    merged = plan.apply(at=FRIDAY, pointing=[account, deal])
    account, deal = merged.pointing
    assert [str(person) for person in account.people] == ["Sara Ahmadi", "Li Wei"]
    assert [str(contact) for contact in deal.contacts] == ["Sara Ahmadi, decision maker"]
    who = person_id("7", SARA)
    assert not may_contact(account, "email", person=who, purpose="marketing", at=FRIDAY)
    assert find_people(account, person_id("7", S_AHMADI)) == (merged.survivor,)
    assert "turned out to be" in str(describe(account.timeline[-1]))
    assert from_json(to_json(account)) == account


def test_a_lead_goes_on_to_name_the_contact():
    """Whom a converted lead became is found under the id of the survivor."""
    lead = Lead.capture(id="L", person="S. Ahmadi", stage="qualified", at=MONDAY)
    lead, account, deal = plan_conversion(lead, account=novin(SARA)).apply(at=MONDAY)
    sara, s_ahmadi = account.people

    merged = plan_merge(sara, s_ahmadi, pointing=[lead, account, deal]).apply(at=MONDAY)

    lead, account, deal = merged.pointing
    assert lead.contact_id == person_id("7", sara) == account.people[0].id
    assert [str(contact.person) for contact in deal.contacts] == ["Sara Ahmadi"]


def test_a_lead_of_another_firm_is_left_alone():
    """Who names neither of the two goes on to name who stood there."""
    lead = Lead.capture(id="L", person="Reza Karimi", stage="qualified", at=MONDAY)
    other, *_ = plan_conversion(lead, account=novin(id="8")).apply(at=MONDAY)

    merged = plan_merge(SARA, S_AHMADI, pointing=[novin(SARA, S_AHMADI), other]).apply(at=FRIDAY)

    assert [noun.id for noun in merged.pointing] == ["7"]


def test_a_person_who_is_known_at_two_firms():
    """She changed to another firm: there she is known by the same id, and else as before."""
    here, there = novin(SARA), novin(S_AHMADI, id="8")

    merged = plan_merge(SARA, S_AHMADI, pointing=[here, there]).apply(at=MONDAY)

    [there] = merged.pointing
    assert there.people == (attrs.evolve(S_AHMADI, id=person_id("7", SARA)),)
    undone = undo_merge(merged.survivor, merged.other, pointing=[there], at=MONDAY)
    assert undone.pointing[0].people == (S_AHMADI,)


def test_two_of_one_name_are_told_apart_by_what_else_is_known():
    """Both are called Ali, without ids; another Ali at another firm is left alone."""
    one = Person("Ali", contact_points=[ContactPoint("mobile", "0912 111 1111")])
    two = Person("Ali", contact_points=[ContactPoint("email", "ali@novin.example")])
    account, other = novin(one, two), novin("Ali", id="8")

    merged = plan_merge(one, two, pointing=[account, other]).apply(at=MONDAY)

    assert [noun.id for noun in merged.pointing] == ["7"]
    assert len(merged.survivor.contact_points) == 2


def test_what_happened_since_stays_with_the_survivor():
    """A call since is told, and undoing twice is refused."""
    merged = plan_merge(SARA, S_AHMADI, pointing=[novin(SARA, S_AHMADI)]).apply(at=MONDAY)
    worked_on = merged.pointing[0].log("call", inbound=True, at=FRIDAY)

    undone = undo_merge(merged.survivor, merged.other, pointing=[worked_on], at=FRIDAY)

    assert [event.kind for event in undone.since] == ["call"]
    assert undone.pointing[0].engagement.last_contact == FRIDAY
    assert (undone.survivor, undone.other) == (SARA, S_AHMADI)
    with pytest.raises(MoveRefused, match="none of these says that the two were merged"):
        undo_merge(merged.survivor, merged.other, pointing=undone.pointing, at=FRIDAY)
    with pytest.raises(MoveRefused, match="the time lies before the last event"):
        undo_merge(merged.survivor, merged.other, pointing=[worked_on], at=MONDAY)


def test_people_who_were_corrected_since_are_not_given_back_in_silence():
    """The list of people was written anew, so the other one would not come back."""
    merged = plan_merge(SARA, S_AHMADI, pointing=[novin(SARA, S_AHMADI)]).apply(at=MONDAY)
    corrected = merged.pointing[0].amend(people=[merged.survivor, Person("Li")], at=MONDAY)

    with pytest.raises(MoveRefused, match="the people of account 7 were corrected since"):
        undo_merge(merged.survivor, merged.other, pointing=[corrected], at=MONDAY)


def test_undoing_any_of_two_merges_leaves_the_other():
    """Three cards of one person: the first merge was right, the second was not, or the reverse."""
    third = Person("سارا احمدی", job_title="Head")
    first = plan_merge(SARA, S_AHMADI, pointing=[novin(SARA, S_AHMADI, third)]).apply(at=MONDAY)
    second = plan_merge(first.survivor, third, pointing=first.pointing).apply(at=MONDAY)

    undone = undo_merge(second.survivor, S_AHMADI, pointing=second.pointing, at=MONDAY)

    [account] = undone.pointing
    assert [str(person) for person in account.people] == ["Sara Ahmadi", "S. Ahmadi"]
    assert account.people[0].job_title == "Head"
    assert undone.other == S_AHMADI


def test_erasing_one_of_two_names_erases_the_person():
    """Whoever is erased is so under each name under which they were known to be the same."""
    merged = plan_merge(SARA, S_AHMADI, pointing=[novin(SARA, S_AHMADI)]).apply(at=MONDAY)

    [account] = erase_person("Sara Ahmadi", *merged.pointing, at=FRIDAY).nouns

    told = to_json(account)
    assert "Ahmadi" not in told
    assert "sara@novin.example" not in told
    assert [person.is_erased for person in account.people] == [True]


def test_people_that_cannot_be_merged():
    """Each no says why."""
    account = novin(SARA, S_AHMADI)
    mark = Person.erased("7")

    with pytest.raises(InvalidValue, match="other is the same one"):
        plan_merge(SARA, SARA, pointing=[account])
    with pytest.raises(InvalidValue, match="other is the same one"):
        plan_merge(SARA, Person("AHMADI Sara"), pointing=[account])
    with pytest.raises(InvalidValue, match="other is the same one, c7"):
        plan_merge(Person("Ali", id="c7"), Person("Ali", id="c7"))
    with pytest.raises(InvalidValue, match="survivor is one of the people of no account"):
        plan_merge(SARA, S_AHMADI)
    with pytest.raises(InvalidValue, match="other is one of the people of no account"):
        plan_merge(SARA, Person("Zoé"), pointing=[account])
    with pytest.raises(InvalidValue, match=r"keep has job_titel.*did you mean job_title"):
        plan_merge(SARA, S_AHMADI, keep={"job_titel": "other"}, pointing=[account])
    with pytest.raises(WrongKind, match="other is of the wrong kind: Person"):
        plan_merge(account, SARA)
    with pytest.raises(MoveRefused, match="who was erased cannot be merged"):
        plan_merge(SARA, mark, pointing=[novin(SARA, mark)]).apply(at=MONDAY)
    plan = plan_merge(SARA, S_AHMADI, pointing=[account])
    with pytest.raises(MoveRefused, match="7 has changed since the plan was made"):
        plan.apply(at=FRIDAY, pointing=[account.log("call", at=MONDAY)])
    with pytest.raises(MoveRefused, match="the time lies before the last event"):
        plan.apply(at=MONDAY - timedelta(days=1))


def test_people_found_by_their_keys_are_merged():
    """What `find_duplicates` finds among the people of an account can be merged."""
    account = novin(SARA, Person("سارا احمدی", contact_points=SARA.contact_points), "Li Wei")
    [group] = find_duplicates(account.people).groups

    one, other = (account.people[place] for place in group.places)
    [account] = plan_merge(one, other, pointing=[account]).apply(at=MONDAY).pointing

    assert [str(person) for person in account.people] == ["Sara Ahmadi", "Li Wei"]

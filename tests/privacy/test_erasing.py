"""A person who wants to be forgotten is, and the business goes on."""

from __future__ import annotations

import pickle
from datetime import UTC, date, datetime, timedelta

import attrs
import pytest

from salesfunnel.accounts import Account
from salesfunnel.activities import correct, plan_step
from salesfunnel.conversion import plan_conversion
from salesfunnel.errors import InvalidValue, MoveRefused, WrongKind
from salesfunnel.history import PersonErased, contribute, record, stage_history
from salesfunnel.leads import Lead
from salesfunnel.opportunities import Opportunity
from salesfunnel.privacy import consent, erase_person
from salesfunnel.qualification import BANT
from salesfunnel.values import Answer, Company, ContactPoint, Contribution, Money, Person

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
FRIDAY = MONDAY + timedelta(days=4)
ALI = Person("Ali Karimi", given="Ali", family="KARIMI-F", salutation="SALUT", job_title="JOB")
REQUEST = "request 7"
SECRETS = (
    *("Ali Karimi", "KARIMI-F", "SALUT", "JOB", "ali@karimi.example", "1112233", "CARD1", "WORDS1"),
    *("NOTE1", "NOTE2", "NOTE3", "NOTE4", "NOTE5", "SAID1", "EVIDENCE1", "ANSWER1", "DATA1"),
    *("PERSON1", "SOURCE1", "STEP1"),
)


def found(thing):
    """List the secrets that are anywhere in a thing as it is stored, in any field."""
    stored = pickle.dumps(thing)
    return [secret for secret in SECRETS if secret.encode() in stored]


def lead_of_ali():
    """Take in a lead of Ali, with a secret in each personal text."""
    lead = Lead.capture(
        person=ALI,
        company=Company("Novin", city="Tehran"),
        email="ali@karimi.example",
        phone="+98 912 111 2233",
        source_words="WORDS1",
        details={"card": "CARD1", "pumps": 10},
        id="lead 7",
        at=MONDAY,
    )
    lead = lead.log("call", inbound=True, person="PERSON1", note="NOTE1", id="c", at=MONDAY)
    lead = correct(lead, "c", note="NOTE2", at=MONDAY)
    lead = lead.assign("Reza", note="NOTE3", at=MONDAY).nurture(note="NOTE4", at=MONDAY)
    lead = consent.give(lead, "email", basis="consent", source="SOURCE1", at=MONDAY)
    lead = record(lead, "badge_printed", {"on": "DATA1", "copies": 2}, at=MONDAY)
    lead = plan_step(lead, "call", due=date(2026, 3, 9), note="STEP1", at=MONDAY)
    needs = Answer(True, note="NOTE5", said_by="SAID1", source="EVIDENCE1")
    lead = lead.answer(
        {"need": needs, "budget": True, "timing": True, "authority": True}, at=MONDAY
    )
    return lead.answer("wish", "ANSWER1", at=MONDAY).qualify(BANT, at=MONDAY)


def converted():
    """Convert the lead of Ali, and go on with account and deal, in which Sara has a part too."""
    lead, account, deal = plan_conversion(
        lead_of_ali(), amount=Money(900, "EUR"), role="decision_maker"
    ).apply(at=MONDAY)
    account = account.amend(people=(*account.people, Person("Sara Ahmadi")), at=MONDAY)
    account = account.log("call", note="Karimi, Ali: ring +98 (912) 1112233", at=MONDAY)
    account = account.log("call", note="Sara asked for a quote", at=MONDAY)
    deal = deal.involve("Sara Ahmadi", "user", at=MONDAY).move("propose", at=MONDAY)
    deal = deal.agree(at=MONDAY).win(note="mail ali@karimi.example", at=MONDAY)
    return lead, account, deal


def test_story_24_delete_everything_about_me():
    """Ali is gone from lead, account, deal and their history; Sara and the money stay."""
    before = converted()

    lead, account, deal = after = erase_person("Karimi Ali", *before, at=FRIDAY).nouns

    assert len(found(before)) == len(SECRETS)
    assert found(after) == []
    assert [str(person) for person in account.people] == ["erased person", "Sara Ahmadi"]
    assert [(str(c.person), c.role) for c in deal.contacts] == [
        ("erased person", "decision_maker"),
        ("Sara Ahmadi", "user"),
    ]
    assert (deal.amount, deal.stage, lead.stage) == (Money(900, "EUR"), "won", "converted")
    assert account.timeline[-2].note == "Sara asked for a quote"
    assert (lead.company, account.company) == (before[0].company, before[1].company)
    assert (lead.details, lead.answers["need"].value) == ({"card": None, "pumps": 10}, True)
    assert (lead.answers["wish"].value, lead.answers["wish"].note) == (None, "erased")
    assert [type(noun).replay(noun.timeline) for noun in after] == list(after)


def test_erasing_keeps_stages_days_money_counts_and_replays():
    """Every event stays in its place, with its kind and its time; one more ends the timeline."""
    before = converted()

    after = erase_person(ALI, *before, by="Ani", token=REQUEST, at=FRIDAY).nouns

    for was, is_now in zip(before, after, strict=True):
        kept = is_now.timeline[:-1]
        assert [(type(e), e.at) for e in kept] == [(type(e), e.at) for e in was.timeline]
        assert is_now.timeline[-1] == PersonErased(at=FRIDAY, by="Ani", token=REQUEST)
        assert is_now.engagement == was.engagement
        if not isinstance(was, Account):
            assert stage_history(kept) == stage_history(was.timeline)
    assert after[0].person == Person.erased(REQUEST)


def test_what_was_rewritten_is_named_by_its_place():
    """A host that stores one row an event replaces those rows, and no others."""
    before = converted()

    erasure = erase_person(ALI, *before, at=FRIDAY)

    for was, is_now in zip(before, erasure.nouns, strict=True):
        changed = {
            (was.id, place, field.name)
            for place, event in enumerate(was.timeline)
            for field in attrs.fields(type(event))
            if field.init
            and getattr(event, field.name) != getattr(is_now.timeline[place], field.name)
        }
        assert changed == {place for place in erasure.rewritten if place[0] == was.id}


def test_a_noun_that_does_not_tell_of_the_person_stays_as_it_is():
    """No event is added where nothing was erased, so erasing twice is erasing once."""
    other = Lead.capture(person="Sara Ahmadi", at=MONDAY)
    erased = erase_person(ALI, *converted(), other, at=FRIDAY).nouns

    again = erase_person(ALI, *erased, at=FRIDAY)

    assert erased[3] is other
    assert (again.nouns, again.rewritten) == (erased, ())


def test_what_others_say_too_is_left_and_named():
    """A switchboard, or the name of a fair, that another lead gave as well is not only Ali's."""
    both = {"source_words": "Tehran Fair", "phone": "021 8877 6655", "at": MONDAY}
    ali, sara = Lead.capture(person=ALI, **both), Lead.capture(person="Sara Ahmadi", **both)
    novin = Account.open(
        id="7",
        name="Novin",
        contact_points=sara.contact_points,
        source_words="Tehran Fair",
        at=MONDAY,
    )

    erasure = erase_person(ALI, ali, sara, novin, at=FRIDAY)

    assert erasure.nouns[1:] == (sara, novin)
    assert (erasure.nouns[0].contact_points, erasure.nouns[0].source_words) == ((), "")
    places = {(noun_id, field) for noun_id, _, field in erasure.left}
    fields = ("contact_points", "source_words")
    assert places == {(noun.id, field) for noun in (sara, novin) for field in fields}


@pytest.mark.parametrize("note", ["Karimi rang", "send Ali the offer"])
def test_a_part_of_a_name_is_left_and_named(note):
    """Another Karimi may be meant, so someone has to look."""
    novin = Account.open(id="7", name="Novin", at=MONDAY).log("call", note=note, at=MONDAY)

    erasure = erase_person("Ali Karimi", novin, at=FRIDAY)

    assert (erasure.nouns, erasure.left) == ((novin,), (("7", 1, "note"),))


def test_a_short_name_is_erased_where_a_person_stands_and_left_in_texts():
    """Two letters stand in too many texts to tell anything."""
    novin = Account.open(id="7", name="Novin", people=[Person("Li")], at=MONDAY)
    novin = novin.log("call", note="Li rang", at=MONDAY)

    erasure = erase_person("Li", novin, at=FRIDAY)

    assert erasure.nouns[0].people == (Person.erased(""),)
    assert erasure.left == (("7", 1, "note"),)


@pytest.mark.parametrize(
    ("known", "note", "goes"),
    [
        ({"phone": "887 7665"}, "ring 88 77 66 5", True),
        ({"phone": "88 77 66"}, "ring 88 77 66", False),
        ({"source_words": "Expo"}, "Expo", True),
        ({"source_words": "Exp"}, "Exp", False),
    ],
)
def test_only_a_long_text_or_number_tells_of_the_person(known, note, goes):
    """Seven digits, or four letters, are enough to be found again; fewer stand in too much."""
    lead = Lead.capture(person=ALI, **known, at=MONDAY)
    novin = Account.open(id="7", name="Novin", at=MONDAY).log("call", note=note, at=MONDAY)

    [_, after] = erase_person(ALI, lead, novin, at=FRIDAY).nouns

    assert after.timeline[1].note == ("" if goes else note)


@pytest.mark.parametrize(("name", "goes"), [("Lena", True), ("Ann", False)])
def test_only_a_name_of_four_letters_tells_of_a_person(name, goes):
    """A shorter one stands in too many words; someone has to look."""
    novin = Account.open(id="7", name="Novin", at=MONDAY).log(
        "call", note=f"{name} rang", at=MONDAY
    )

    erasure = erase_person(name, novin, at=FRIDAY)

    assert erasure.nouns[0].timeline[1].note == ("" if goes else f"{name} rang")
    assert bool(erasure.left) is not goes


def test_an_id_in_a_contribution_is_no_text_about_a_person():
    """A deal says to which account it belongs, whatever that is called."""
    more = Contribution({"account_id": "Ali Karimi", "details": {"met": "Ali Karimi"}})
    deal = contribute(Opportunity.open(id="7", at=MONDAY), more, at=MONDAY)

    [after] = erase_person(ALI, deal, at=FRIDAY).nouns

    assert (after.account_id, after.details) == ("Ali Karimi", {})


def test_a_name_without_letters_is_told_from_another():
    """It has no match key, so its text counts."""
    signs = [Lead.capture(id=name, person=name, at=MONDAY) for name in ("!!!", "???")]

    first, second = erase_person("!!!", *signs, at=FRIDAY).nouns

    assert (first.person.is_erased, second) == (True, signs[1])


def test_what_another_lead_says_in_any_place_is_not_only_theirs():
    """The hall of a fair stands among the facts of another lead, so it stays there and here."""
    ali = Lead.capture(person=ALI, source_words="Hall seven", at=MONDAY)
    sara = Lead.capture(person="Sara Ahmadi", details={"at": "Hall seven"}, at=MONDAY)
    novin = Account.open(id="7", name="Novin", details={"met": "Hall seven"}, at=MONDAY)

    erasure = erase_person(ALI, ali, sara, novin, at=FRIDAY)

    assert erasure.nouns[1:] == (sara, novin)
    assert {noun_id for noun_id, *_ in erasure.left} == {sara.id, "7"}


def test_a_code_that_names_the_person_is_left_and_named():
    """A campaign is no place for a name; it stays, since reports count by it."""
    lead = Lead.capture(person="Sara", at=MONDAY)
    lead = lead.log("sms", campaign="for Ali Karimi", at=MONDAY)

    assert erase_person(ALI, lead, at=FRIDAY).left == ((lead.id, 1, "campaign"),)


def test_another_spelling_of_the_lead_is_looked_for_as_well():
    """The name was misspelt first; where that went, someone has to look."""
    lead = Lead.capture(person="Aly Karymi", at=MONDAY).amend(person=ALI, at=MONDAY)
    novin = Account.open(id="7", name="Novin", people=[Person("Aly Karymi")], at=MONDAY)

    erasure = erase_person(ALI, lead, novin, at=FRIDAY)

    assert b"Karymi" not in pickle.dumps(erasure.nouns[0])
    assert erasure.left == (("7", 0, "people"),)


def test_addresses_that_a_person_carries_are_looked_for_in_notes():
    """Where the person has addresses, no lead is needed as a witness."""
    ali = Person("Ali Karimi", contact_points=[ContactPoint("mobile", "0912 111 2233")])
    novin = Account.open(id="7", name="Novin", people=[ali], at=MONDAY)
    novin = novin.log("call", note="ring 0912-1112233", at=MONDAY)

    assert erase_person(ALI, novin, at=FRIDAY).nouns[0].timeline[1].note == ""


def test_names_that_bear_the_person_are_called_erased():
    """An account of a person who buys alone, and a deal named after them, keep a name."""
    account = Account.open(id="7", people=[ALI], details={"Ali Karimi": "asked"}, at=MONDAY)
    deal = Opportunity.open(id="8", name="Ali Karimi", account_id="7", at=MONDAY)
    firm = Account.open(id="9", company=Company("Ali Karimi Trade"), at=MONDAY)

    account, deal, firm = erase_person(ALI, account, deal, firm, token=REQUEST, at=FRIDAY).nouns

    assert {account.name, deal.name, firm.name, str(firm.company)} == {"erased person request 7"}
    assert dict(account.details) == {"erased 1": "asked"}


def test_a_fact_named_after_a_person_gets_one_new_name_everywhere():
    """It is the same fact in each event, also where a contribution says how to put it in."""
    deal = Opportunity.open(id="7", details={"Ali Karimi": "asked"}, at=MONDAY)
    more = Contribution(
        {"details": {"hall": "7", "Ali Karimi": "paid"}}, ways={"details.Ali Karimi": "replace"}
    )
    deal = contribute(deal, more, at=MONDAY)

    [after] = erase_person(ALI, deal, at=FRIDAY).nouns

    assert dict(after.details) == {"erased 1": "paid", "hall": "7"}
    assert dict(after.timeline[1].contribution.ways) == {"details.erased 1": "replace"}


def test_facts_named_after_two_people_stay_two_facts():
    """Who is erased later takes no place of who was erased before."""
    facts = {"Ali Karimi": "asked", "Sara Ahmadi": "paid"}
    account = Account.open(id="7", name="Novin", details=facts, at=MONDAY)

    for person in ("Sara Ahmadi", "Ali Karimi"):
        [account] = erase_person(person, account, at=FRIDAY).nouns

    assert dict(account.details) == {"erased 2": "asked", "erased 1": "paid"}


@pytest.mark.parametrize("name", ["Company", "Details", "Company City", "Source", "Answers"])
def test_a_person_may_be_called_as_a_field_is(name):
    """The fields of a contribution keep their names."""
    firm = Company("Novin", city="Tehran")
    account = Account.open(id="7", name="Novin", company=Company("Novin", city="Yazd"), at=MONDAY)
    more = Contribution(
        {"company": firm, "details": {"met": f"{name} rang"}}, ways={"company.city": "replace"}
    )

    [after] = erase_person(name, contribute(account, more, at=MONDAY), at=FRIDAY).nouns

    assert after.company.city == "Tehran"
    assert "met" not in after.details


@pytest.mark.parametrize("sign", "'\u2018\u2019`\u02bc\u055a")
def test_a_name_before_an_apostrophe_is_a_name(sign):
    """Whichever sign was typed for it."""
    novin = Account.open(id="7", name="Novin", at=MONDAY)
    novin = novin.log("call", note=f"Ali Karimi{sign}s offer", at=MONDAY)

    assert erase_person(ALI, novin, at=FRIDAY).nouns[0].timeline[1].note == ""


def test_an_address_goes_from_the_account_and_those_of_others_stay():
    """The lead is the witness of which addresses are Ali's; the website is the firm's."""
    website = ContactPoint("website", "novin.example")
    lead = Lead.capture(person=ALI, email="ali@novin.example", contact_points=[website], at=MONDAY)
    sara = ContactPoint("email", "sara@novin.example")
    also = ContactPoint("social", "t.me/ali@novin.example")
    novin = Account.open(
        id="7", name="N", contact_points=[*lead.contact_points, sara, also], at=MONDAY
    )

    _, novin = erase_person(ALI, lead, novin, at=FRIDAY).nouns

    assert novin.contact_points == (website, sara)


def test_new_ids_are_put_wherever_the_old_ones_stand():
    """A derived id confirms a guess, and so do those of activities; new ones do not."""
    lead = Lead.capture(person=ALI, email="ali@karimi.example", at=MONDAY)
    lead = lead.log("call", reached=True, at=MONDAY)
    lead = plan_step(lead, "call", due=date(2026, 3, 9), at=MONDAY)
    lead = lead.answer({"need": True, "budget": True, "timing": True}, at=MONDAY)
    before = tuple(plan_conversion(lead.qualify(BANT, at=MONDAY)).apply(at=MONDAY))
    rekey = {noun.id: f"new {place}" for place, noun in enumerate(before)}

    lead, account, deal = after = erase_person(ALI, *before, rekey=rekey, at=FRIDAY).nouns

    assert [noun.id for noun in after] == ["new 0", "new 1", "new 2"]
    assert (lead.account_id, lead.opportunity_id) == (account.id, deal.id)
    assert (account.lead_ids, deal.lead_ids, deal.account_id) == (
        (lead.id,),
        (lead.id,),
        account.id,
    )
    known = {before[0].id, before[1].id, before[2].id}
    known |= {event.id for noun in before for event in noun.timeline if hasattr(event, "id")}
    known |= {before[0].timeline[-1].conversion_id}
    assert [old for old in known if old.encode() in pickle.dumps(after)] == []


def test_nothing_is_erased_unless_all_is():
    """A time before the last event of one noun refuses it for all of them."""
    lead, late = lead_of_ali(), Account.open(id="7", people=[ALI], at=FRIDAY)

    with pytest.raises(MoveRefused, match="cannot erase: the time lies before") as refused:
        erase_person(ALI, lead, late, at=MONDAY)

    assert refused.value.refusal.code == "too_early"


def test_a_person_is_named_or_given():
    """Anything else is refused."""
    with pytest.raises(InvalidValue, match="person is of the wrong kind"):
        erase_person(7, at=FRIDAY)
    with pytest.raises(WrongKind, match="allowed: each lead, opportunity and account by itself"):
        erase_person(ALI, [lead_of_ali()], at=FRIDAY)


def test_an_id_that_bears_the_name_stays_and_is_named():
    """An id is no text about a person: who calls a lead by the name gives it a new id."""
    brought = Contribution({"lead_ids": ["Ali Karimi"], "people": [ALI]})
    novin = contribute(Account.open(name="Novin", id="A", at=MONDAY), brought, at=MONDAY)

    kept = erase_person(ALI, novin, token=REQUEST, at=FRIDAY)
    renamed = erase_person(ALI, novin, token=REQUEST, rekey={"Ali Karimi": "8"}, at=FRIDAY)

    assert kept.nouns[0].lead_ids == ("Ali Karimi",)
    assert kept.left != ()
    assert renamed.nouns[0].lead_ids == ("8",)
    assert found(renamed.nouns[0]) == []


def lead_at(address, person=None, **known):
    """Take in a lead with an address, a note that tells of someone, and perhaps a person."""
    lead = Lead.capture(id=str(person), person=person, email=address, **known, at=MONDAY)
    return lead.log("call", reached=True, note="NOTE1", at=MONDAY)


@pytest.mark.parametrize(
    ("address", "person", "goes"),
    [
        ("ali@karimi.example", "A. Karimi", True),
        ("ali@karimi.example", "Ali Karimmi", True),
        ("ali@karimi.example", None, True),
        ("ALI@karimi.example", "Sara Ahmadi", False),
        ("info@novin.example", "A. Karimi", True),
        ("info@novin.example", None, False),
        ("sara@novin.example", "A. Karimi", False),
        ("sara@novin.example", None, False),
    ],
)
def test_a_lead_with_an_address_of_theirs_is_theirs_unless_it_names_someone_else(
    address, person, goes
):
    """An own address tells by itself; one of the firm needs a name that may be theirs."""
    addresses = {"email": "ali@karimi.example"}
    if address.startswith("info"):
        addresses["contact_points"] = [ContactPoint("email", "info@novin.example")]
    ali, other = Lead.capture(person=ALI, **addresses, at=MONDAY), lead_at(address, person)

    [_, after] = erase_person("Ali Karimi", ali, other, at=FRIDAY).nouns

    assert after.timeline[1].note == ("" if goes else "NOTE1")
    assert after.person is None or after.person.is_erased is goes


def test_what_stands_beside_an_address_that_went_is_left_and_named():
    """On the lead of someone else their address is a slip, or that of an assistant."""
    sara = lead_at("ali.karimi@novin.example", "Sara Ahmadi")

    erasure = erase_person("Ali Karimi", sara, at=FRIDAY)

    assert (erasure.nouns[0].contact_points, erasure.found) == ((), True)
    assert {field for _, _, field in erasure.left} == {"person", "note"}


def test_an_address_that_two_people_share_tells_of_neither():
    """It goes, as was asked; who else was meant, someone has to see."""
    both = lead_at("info@novin.example", "Sara Ahmadi"), lead_at("info@novin.example", ALI)

    erasure = erase_person("info@novin.example", *both, at=FRIDAY)

    assert [lead.contact_points for lead in erasure.nouns] == [(), ()]
    assert [str(lead.person) for lead in erasure.nouns] == ["Sara Ahmadi", "Ali Karimi"]
    assert {field for _, _, field in erasure.left} == {"person", "note"}


def test_a_number_is_asked_for_as_it_is_known_at_an_account():
    """Whom it reaches there is erased under the name, in deals as well."""
    ali = Person("Ali Karimi", contact_points=[ContactPoint("mobile", "0912 111 2233")])
    novin = Account.open(id="7", name="Novin", people=[ali, Person("Sara Ahmadi")], at=MONDAY)
    deal = Opportunity.open(id="8", at=MONDAY).involve("Ali Karimi", "user", at=MONDAY)

    novin, deal = erase_person("+98 912 111 2233", novin, deal, at=FRIDAY).nouns

    assert [str(person) for person in novin.people] == ["erased person", "Sara Ahmadi"]
    assert str(deal.contacts[0].person) == "erased person"


@pytest.mark.parametrize("text", ["a@b@c", "call me @ noon", "1\n234567", "12 34 56"])
def test_what_is_neither_an_address_nor_a_number_is_a_name(text):
    """So it is looked for as one, or refused as one."""
    try:
        erasure = erase_person(text, lead_of_ali(), at=FRIDAY)
    except InvalidValue as refused:
        assert refused.field == "person"  # noqa: PT017 - either will do
    else:
        assert not erasure.found


@pytest.mark.parametrize(
    ("one", "other", "are_one"),
    [
        ("Mr Ali Karimi", "Karimi, Ali", True),
        ("Ali Karimi", "Ali", False),
        ("Mina Nouri", "مونا نوری", False),
        ("Roya Rai", "رویا رای", False),
        ("Mina Nouri", "Նուրի Մինա", True),
    ],
)
def test_a_name_in_two_scripts_is_one_if_every_word_is_heard_in_it(one, other, are_one):
    """A short sound is that of too many names, and vowels that are written have to agree."""
    lead = Lead.capture(person=other, at=MONDAY)

    erasure = erase_person(one, lead, at=FRIDAY)

    assert erasure.found is are_one
    assert are_one or erasure.left


@pytest.mark.parametrize("who", ["Ahmadi", "Sara", "احمدی"])
def test_one_word_of_a_name_erases_no_one_and_is_doubtful(who):
    """A family of customers has one name: who was meant, someone has to see."""
    leads = [
        Lead.capture(id="1", person="Sara Ahmadi", email="sara@novin.example", at=MONDAY),
        Lead.capture(id="2", person="Sara Ahmadi", email="ahmadi@novin.example", at=MONDAY),
    ]

    erasure = erase_person(who, *leads, at=MONDAY)

    assert (erasure.found, erasure.nouns) == (False, tuple(leads))
    assert {(id_, field) for id_, _, field in erasure.left} >= {("1", "person"), ("2", "person")}


def test_a_longer_name_is_that_of_someone_else():
    """What is theirs goes from there all the same, and the rest is for someone to look at."""
    shared = ContactPoint("email", "sara@novin.example")
    lead = Lead.capture(id="1", person="Sara Ahmadi", contact_points=[shared], at=MONDAY)
    daughter = Person("Sara Ahmadi Karimi", contact_points=[shared])
    account = Account.open(id="7", name="Novin", people=[daughter], at=MONDAY)

    erasure = erase_person("Sara Ahmadi", lead, account, at=MONDAY)

    lead, account = erasure.nouns
    assert lead.person.is_erased
    assert account.people == (Person("Sara Ahmadi Karimi"),)
    assert ("7", 0, "people") in erasure.left

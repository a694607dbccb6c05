"""What becomes of each field of a lead, row by row, and who decides where two values differ."""

from __future__ import annotations

from datetime import timedelta

import attrs
import pytest

from salesfunnel.conversion import (
    STANDARD_MAPPING,
    VTIGER_MAPPING,
    Carried,
    ConversionMapping,
    Dropped,
    draft_conversion,
    latest,
    plan_conversion,
)
from salesfunnel.errors import InvalidDefinition, InvalidValue
from salesfunnel.leads import Lead
from salesfunnel.opportunities import Involvement
from salesfunnel.values import Answer, Company, ContactPoint, Money, Person
from tests.conversion.examples import (
    FRIDAY,
    LI,
    MONDAY,
    SARA,
    a_deal,
    a_lead,
    an_account,
    codes,
)

SHIRAZ = Company("Novin", city="Shiraz")


def carrying(*rows, own=()):
    """Make a mapping that differs from the standard by some rows."""
    return STANDARD_MAPPING.with_rows(*rows, own=own)


def told(plan, place):
    """List the kinds of change at a place."""
    return [change.kind.value for change in plan.changes if change.place == place]


@pytest.mark.parametrize("mapping", [STANDARD_MAPPING, VTIGER_MAPPING])
def test_a_mapping_names_every_field_of_a_lead(mapping):
    """A field without a row, a row without a field, or two rows are errors, all told at once."""
    assert {row.field.partition(".")[0] for row in mapping.rows} == {
        field.name for field in attrs.fields(Lead) if field.init
    }
    with pytest.raises(InvalidDefinition) as refused:
        ConversionMapping("ours", [*mapping.rows[1:], mapping.rows[1], Dropped("vip", "none")])
    assert [problem.code for problem in refused.value.problems] == [
        "field_forgotten",
        "field_twice",
        "field_of_mapping",
    ]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (Dropped("company.city", "no"), "field_not_parted"),
        (Dropped("contact_points.pigeon", "no"), "field_of_mapping"),
        (Dropped("id", "no"), "id_dropped"),
        (Carried("details", ("account.weather",)), "place_of_mapping"),
        (Carried("details", ("account.details.",)), "place_of_mapping"),
        (Carried("details", ("lead.details.x",)), "place_of_mapping"),
        (Carried("owner", ("account.owner",), "replace"), "owner_kept"),
        (Carried("person", ("account.people",), max), "way_of_members"),
        (Carried("person", ("opportunity.contacts",), max), "way_of_members"),
    ],
)
def test_a_row_that_leads_nowhere_is_refused_when_it_is_defined(row, code):
    """No conversion is needed to find a mapping wrong."""
    with pytest.raises(InvalidDefinition) as refused:
        carrying(row)
    assert [problem.code for problem in refused.value.problems] == [code]


@pytest.mark.parametrize("rows", ["id", ["id"], 5])
def test_rows_are_rows(rows):
    """A mapping of anything else is of the wrong kind."""
    with pytest.raises(InvalidValue, match="rows"):
        ConversionMapping("ours", rows)


def test_a_way_is_one_of_five_or_a_function():
    """A misspelt way is refused with the list of ways."""
    with pytest.raises(InvalidValue, match="fill, add, replace, keep, ask"):
        Carried("company", ("account.company",), "overwrite")
    assert str(Carried("answers", ("opportunity.answers",), latest)) == (
        "carry  answers to opportunity.answers (latest)"
    )


def test_details_that_a_host_declares_have_a_row_each():
    """An own field that nobody has mapped is found before a lead comes."""
    with pytest.raises(InvalidDefinition, match=r"field 'details.pumps' of the lead is not"):
        carrying(own=["pumps"])
    with pytest.raises(InvalidValue, match="own"):
        carrying(own=[" "])


@attrs.frozen(kw_only=True)
class RatedLead(Lead):
    """A kind of lead with a field of its own."""

    rating: int = 7


def test_a_field_of_a_class_of_one_s_own_is_not_lost_without_a_word():
    """A lead of another class converts only when its mapping says what becomes of its fields."""
    lead = a_lead(RatedLead)
    to_deal = Carried("rating", ("opportunity.details", "account.details.stars"))
    mapping = STANDARD_MAPPING.with_rows(to_deal, of=RatedLead)

    with pytest.raises(InvalidDefinition, match="field 'rating' of the lead is not mentioned"):
        plan_conversion(lead)
    done = plan_conversion(lead, mapping=mapping).apply(at=MONDAY)

    assert (done.opportunity.details["rating"], done.account.details) == (7, {"stars": 7})
    assert type(done.lead) is RatedLead
    assert mapping.for_class(RatedLead) is mapping


def test_own_facts_go_to_the_account_only_where_a_row_says_so():
    """One place for each; a part may have a row of its own, and another name there."""
    mapping = carrying(
        Carried("details.pumps", ("opportunity.details", "account.details.number of pumps")),
        Carried("details.budget", ("opportunity.amount",)),
        Dropped("details.hall", "the fair is over"),
        own=("pumps", "budget", "hall"),
    )
    price = Money(900, "EUR")
    lead = a_lead(details={"pumps": 10, "hall": "7", "budget": price, "colour": "blue"})

    plan = plan_conversion(lead, mapping=mapping)
    done = plan.apply(at=MONDAY)

    assert done.account.details == {"number of pumps": 10}
    assert done.opportunity.details == {"pumps": 10, "colour": "blue"}
    assert done.opportunity.amount == price
    assert told(plan, "lead.details.hall") == ["left_out"]
    assert told(plan_conversion(a_lead(details={}), mapping=mapping), "lead.details.hall") == []


def test_addresses_may_be_told_apart_by_their_kind():
    """A row may be for mobiles only; the others follow the general row."""
    points = [ContactPoint("mobile", "0912 345 6789"), ContactPoint("email", "s@novin.example")]
    mapping = carrying(Dropped("contact_points.mobile", "it is private"))

    plan = plan_conversion(a_lead(contact_points=points), mapping=mapping)

    assert plan.apply(at=MONDAY).account.people[0].contact_points == (points[1],)
    assert told(plan, "lead.contact_points.mobile") == ["left_out"]


def test_vtiger_carries_what_vtiger_carries():
    """Its published table: an account is reused and not updated, and own facts need a row."""
    details = {"description": "tall", "rating": "hot", "hall": "7"}
    lead = a_lead(company=Company("Novin", city="Tehran"), details=details)

    new = plan_conversion(lead, mapping=VTIGER_MAPPING)
    into = plan_conversion(lead, mapping=VTIGER_MAPPING, account=an_account())

    done = new.apply(at=MONDAY)
    assert done.account.details == {"description": "tall", "rating": "hot"}
    assert done.opportunity.details == {"description": "tall"}
    assert (done.opportunity.name, done.opportunity.answers) == ("Novin", {})
    assert told(new, "lead.details.hall") == ["left_out"]
    account = into.apply(at=MONDAY).account
    assert (account.company, account.details, account.people) == (Company("Novin"), {}, (SARA,))
    assert told(into, "account.company.city") == ["left_out"]


def test_two_rows_may_lead_to_one_place():
    """Facts are put together; of single values the first stands, and ids are joined."""
    mapping = carrying(
        Carried("details.call", ("opportunity.name", "opportunity.answers.called")),
        Carried("details.title", ("opportunity.name",)),
        Carried("source_words", ("opportunity.details.ad",)),
        own=("title", "call"),
    )
    lead = a_lead(details={"call": "the call", "title": "Pumps"}, source_words="an ad")

    plan = plan_conversion(lead, mapping=mapping, opportunity=a_deal(), account=an_account())

    done = plan.apply(at=MONDAY).opportunity
    assert (done.name, done.details) == ("the call", {"ad": "an ad"})
    assert done.answers["called"].value == "the call"
    assert done.answers["budget"].value is True


@pytest.mark.parametrize(
    ("choice", "city", "kind"), [("lead", "Tehran", "replaced"), ("keep", "Shiraz", "kept")]
)
def test_where_two_values_differ_somebody_decides(choice, city, kind):
    """The lead's value replaces the other, or does not; the plan says which."""
    asking = carrying(Carried("company", ("account.company",), "ask"))
    lead, account = a_lead(), an_account(company=SHIRAZ)

    draft = draft_conversion(lead, account=account, mapping=asking)
    (objection,) = draft.refusal.objections
    decided = plan_conversion(
        lead, account=account, mapping=asking, decide={"company.city": choice}
    )

    assert (objection.code, objection.params["fact"]) == ("conflict", "company.city")
    assert objection.remedy == "decide={'company.city': 'lead' or 'keep'}"
    assert told(draft, "account.company.city") == ["conflict"]
    assert [str(c) for c in draft.changes if c.kind == "conflict"] == [
        "conflict account.company.city: Shiraz or Tehran"
    ]
    assert decided.apply(at=MONDAY).account.company.city == city
    assert told(decided, "account.company.city") == [kind]
    assert codes(lead, account=an_account(), mapping=asking) == []


def test_a_decision_needs_no_question():
    """Also what would be kept, or filled in, may be decided otherwise."""
    account = an_account(company=SHIRAZ, people=[Person("Sara Ahmadi", job_title="CEO")])
    lead = a_lead(person=Person("Sara Ahmadi", job_title="CFO", salutation="Ms"))
    decide = {"company.city": "lead", "person.job_title": "lead", "person.salutation": "keep"}

    plan = plan_conversion(lead, account=account, decide=decide)

    after = plan.apply(at=MONDAY).account
    assert (after.company.city, after.people[0].job_title) == ("Tehran", "CFO")
    assert after.people[0].salutation == ""
    assert told(plan, "account.people.salutation") == ["left_out"]


def test_a_decision_about_a_whole_field_is_one_about_all_its_values():
    """The person of the lead is right in every respect, here and in the deal."""
    known = Person("Sara Ahmadi", job_title="CEO")
    lead = a_lead(person=Person("AHMADI Sara", job_title="CFO"), details={"hall": "7"})
    deal = a_deal(contacts=[Involvement(known, "user")], details={"hall": "1"}, name="P")

    done = plan_conversion(
        lead,
        account=an_account(people=[known]),
        opportunity=deal,
        role="adviser",
        name="Pumps",
        decide={"person": "lead", "details": "lead", "name": "lead"},
    ).apply(at=MONDAY)

    assert done.account.people == (lead.person,)
    assert done.opportunity.contacts == (
        Involvement(known, "user"),
        Involvement(lead.person, "adviser"),
    )
    assert (done.opportunity.details["hall"], done.opportunity.name) == ("7", "Pumps")


@pytest.mark.parametrize("choice", ["lead", "keep"])
def test_another_company_is_refused_or_decided(choice):
    """A lead of Faradis in an account of Novin replaces it wholly, or leaves it alone."""
    lead = a_lead(company=Company("Faradis", industry="Toys"))
    account = an_account(company=SHIRAZ)

    assert codes(lead, account=account) == ["other_company"]
    plan = plan_conversion(lead, account=account, decide={"company": choice})

    company = plan.apply(at=MONDAY).account.company
    assert company == (lead.company if choice == "lead" else SHIRAZ)
    kinds = {"lead": "replaced", "keep": "kept"}[choice]
    assert told(plan, "account.company.name") == [kinds]
    assert told(plan, "account.company.industry") == [
        {"lead": "filled", "keep": "left_out"}[choice]
    ]
    assert told(plan, "account.company.city") == (["replaced"] if choice == "lead" else [])


@pytest.mark.parametrize(
    ("known", "is_other"),
    [
        ({"company": None, "name": "Faradis"}, False),
        ({"company": None, "name": "Novin"}, True),
        ({"company": None, "name": "Sara Ahmadi", "people": [SARA]}, False),
        ({"company": None, "name": "Novin", "people": [SARA]}, True),
        ({"company": Company("FARADIS Ltd"), "name": "Toys"}, False),
    ],
)
def test_an_account_bears_the_name_of_a_company_or_of_a_person(known, is_other):
    """Without a company its name counts, unless it is that of one of its people."""
    found = codes(a_lead(company="Faradis"), account=an_account(**known))

    assert found == (["other_company"] if is_other else [])
    assert codes(a_lead(company=""), account=an_account(**known)) == []


@pytest.mark.parametrize(
    ("known", "offered", "stands"),
    [
        (MONDAY, MONDAY + timedelta(days=1), "offered"),
        (MONDAY, MONDAY - timedelta(days=1), "known"),
        (MONDAY, MONDAY, "known"),
    ],
)
def test_of_two_answers_the_later_may_stand(known, offered, stands):
    """With ``latest`` the day on which something was said decides."""
    said = {"known": Answer(False, at=known), "offered": Answer(True, at=offered)}
    lead = a_lead().answer("budget", said["offered"], at=FRIDAY)
    deal = a_deal().answer("budget", said["known"], at=MONDAY)
    mapping = carrying(Carried("answers", ("opportunity.answers",), latest))

    plan = plan_conversion(lead, opportunity=deal, account=an_account(), mapping=mapping)

    assert plan.apply(at=FRIDAY).opportunity.answers["budget"] == said[stands]
    assert codes(lead, opportunity=deal, account=an_account(), mapping=mapping) == []


@pytest.mark.parametrize(("known", "offered"), [(None, MONDAY), (MONDAY, None), (None, None)])
def test_an_answer_without_its_day_is_not_later(known, offered):
    """What cannot be told by its day stays as it is."""
    answer = Answer(False, at=known)

    assert latest(answer, Answer(True, at=offered)) is answer


def test_a_function_of_one_s_own_may_make_a_third_value():
    """What it makes of the two stands there; both are told."""
    both = STANDARD_MAPPING.with_rows(
        Carried("details", ("opportunity.details",), lambda known, offered: f"{known}, {offered}"),
        Carried("company", ("account.company",), lambda known, offered: f"{known} or {offered}"),
        Carried("source_words", ("opportunity.source_words",), lambda _, offered: offered),
    )
    deal = a_deal(details={"hall": "1"}, source_words="fair")
    lead = a_lead(source_words="ad")

    plan = plan_conversion(lead, opportunity=deal, account=an_account(company=SHIRAZ), mapping=both)
    done = plan.apply(at=MONDAY)

    assert done.opportunity.details == {"hall": "1, 7"}
    assert done.account.company.city == "Shiraz or Tehran"
    assert done.opportunity.source_words == "ad"
    assert told(plan, "opportunity.details.hall") == ["replaced"]


def test_the_role_of_a_person_may_be_decided():
    """Who was of unknown part gets the one that was given, or does not."""
    deal = a_deal(contacts=[Involvement(SARA, "other")])
    given = {"account": an_account(), "opportunity": deal, "role": "user"}

    kept = plan_conversion(a_lead(), **given, decide={"role": "keep"}).apply(at=MONDAY)

    assert [contact.role for contact in kept.opportunity.contacts] == ["other"]
    taken = plan_conversion(a_lead(), **given, decide={"role": "lead"}).apply(at=MONDAY)
    assert [contact.role for contact in taken.opportunity.contacts] == ["user"]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (Dropped("id", "no"), "field 'id' is dropped; carry it to account.lead_ids"),
        (Dropped("vip", "no"), "field 'vip' does not exist"),
        (
            Dropped("company.city", "no"),
            "field 'company.city' is taken as a whole only; parts have: details, answers, contact",
        ),
        (
            Carried("details", ("account.weather",)),
            "field 'details' is carried to account.weather; one of: account.company, account.",
        ),
        (
            Carried("person", ("account.people",), max),
            "field 'person' is a collection, which no function puts in; fill, add, replace, keep",
        ),
        (
            Carried("owner", ("account.owner",), "fill"),
            "field 'owner' could change who owns what exists; the way keep; assign it",
        ),
    ],
)
def test_a_wrong_row_says_what_is_wrong_and_what_is_right(row, said):
    """The sentence names the field, and what to do about it."""
    with pytest.raises(InvalidDefinition) as refused:
        carrying(row)
    assert str(refused.value).startswith(f"conversion mapping standard: {said}")


@pytest.mark.parametrize(
    ("decide", "said"),
    [
        ("lead", "decide is of the wrong kind: str; allowed: lead or keep, by place"),
        (
            {"weather": "lead"},
            "decide names weather, which a conversion does not carry; allowed: id",
        ),
        (
            {"company.cty": "lead"},
            "decide names company.cty, which a conversion does not carry; allowed: company.name",
        ),
        ({"company": "mine"}, "decide says neither for company; allowed: lead, or keep"),
    ],
)
def test_a_decision_that_means_nothing_is_refused(decide, said):
    """A place that is not carried, or another word than lead and keep, is a mistake."""
    with pytest.raises(InvalidValue) as refused:
        plan_conversion(a_lead(), decide=decide)
    assert str(refused.value).startswith(said)


def test_a_second_role_of_a_person_stands_beside_the_first():
    """One person may play several parts; a role that nobody knew gives way."""
    account, decider = an_account(people=[SARA]), Involvement(SARA, "decision_maker")
    deal = a_deal(contacts=[Involvement(SARA, "other"), Involvement(LI, "user")])

    once = plan_conversion(a_lead(), account=account, opportunity=deal, role="decision_maker")
    both = plan_conversion(
        a_lead(),
        account=account,
        opportunity=a_deal(contacts=[decider]),
        role="user",
    )
    none = plan_conversion(a_lead(), account=account, opportunity=a_deal(contacts=[decider]))

    roles = [c.role for c in once.apply(at=MONDAY).opportunity.contacts]
    assert roles == ["decision_maker", "user"]
    assert [c.role for c in both.apply(at=MONDAY).opportunity.contacts] == [
        "decision_maker",
        "user",
    ]
    assert none.apply(at=MONDAY).opportunity.contacts == (decider,)


def test_addresses_of_two_rows_are_put_together():
    """Where each kind has a row of its own, each comes to its place, the firm's or the person's."""
    points = [ContactPoint("mobile", "0912 345 6789"), ContactPoint("email", "s@novin.example")]
    mapping = carrying(Carried("contact_points.mobile", ("account.contact_points",)))

    account = plan_conversion(a_lead(contact_points=points), mapping=mapping).apply(at=MONDAY)

    assert account.account.contact_points == (points[0],)
    assert account.account.people[0].contact_points == (points[1],)


def test_a_decision_about_a_part_is_for_that_part():
    """One fact is taken from the lead, and the other stays, whichever row carries them."""
    mapping = carrying(Carried("details.hall", ("opportunity.details.stand",)), own=["hall"])
    deal = a_deal(details={"stand": "1", "pumps": 1})
    lead = a_lead(details={"hall": "7", "pumps": 10})
    given = {"opportunity": deal, "account": an_account(), "mapping": mapping}

    hall = plan_conversion(lead, **given, decide={"details.hall": "lead"})
    pumps = plan_conversion(lead, **given, decide={"details.pumps": "lead"})

    assert hall.apply(at=MONDAY).opportunity.details == {"stand": "7", "pumps": 1}
    assert pumps.apply(at=MONDAY).opportunity.details == {"stand": "1", "pumps": 10}
    asking = mapping.with_rows(Carried("details.hall", ("opportunity.details.stand",), "ask"))
    refusal = draft_conversion(lead, **given | {"mapping": asking}).refusal
    assert [o.params["fact"] for o in refusal.objections] == ["details.hall"]


def test_a_row_says_what_it_does():
    """A mapping can be printed, line by line."""
    assert str(Dropped("hall", "it is over")) == "drop   hall, since it is over"
    assert str(STANDARD_MAPPING.rows[0]) == (
        "carry  id to account.lead_ids, opportunity.lead_ids (add)"
    )

"""Needs that people have of conversion, closing, scores, calls and privacy, as they told others."""

from __future__ import annotations

import pickle
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesfunnel.accounts import Account
from salesfunnel.activities import agenda
from salesfunnel.analytics import Agreement, report
from salesfunnel.conversion import KnownAccounts, draft_conversion, plan_conversion
from salesfunnel.errors import ConversionRefused, InvalidDefinition
from salesfunnel.history import as_of, current_interval
from salesfunnel.leads import HandOff, Lead
from salesfunnel.opportunities import Opportunity, Probability, closing
from salesfunnel.pipeline import Destination, Move, Pipeline, Stage, overdue
from salesfunnel.privacy import erase_person
from salesfunnel.qualification import (
    BANT,
    Criterion,
    Scorecard,
    Verdict,
    policy_from_json,
    policy_to_json,
)
from salesfunnel.rules import answered, field, yes
from salesfunnel.testing import accounts, leads, opportunities
from salesfunnel.values import Bucket, Company, ContactPoint, Money, Person, WorkingHours

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
DAY = timedelta(days=1)
FRIDAY = MONDAY + 4 * DAY
PRICE = Money(900, "EUR")
TEHRAN = timezone(timedelta(hours=3, minutes=30))


def qualified(**known):
    """Take in a lead that comes qualified from elsewhere."""
    return Lead.capture(**{"company": "Novin"} | known, stage="qualified", at=MONDAY)


def converted(lead, **given):
    """Convert a lead at once."""
    return plan_conversion(lead, **given).apply(at=MONDAY)


# --- finding what is there, and one of each ------------------------------------------------------


@pytest.mark.parametrize(
    ("known", "lead"),
    [
        ({"company": Company("Novin Tejarat (Ltd)")}, {"company": "NOVIN  TEJARAT"}),
        ({"company": Company("شرکت پارس صنعت (سهامی خاص)")}, {"company": "پارس صنعت"}),
        ({"company": Company("Queen's College")}, {"company": "Queen\u00b4s College"}),
        ({"company": Company("Queen's College")}, {"company": "QUEENS COLLEGE"}),
        (
            {"name": "Orient", "contact_points": [ContactPoint("email", "info@orient.example")]},
            {"company": None, "person": "Li Wei", "email": "Info@Orient.example"},
        ),
        (
            {"name": "Orient", "contact_points": [ContactPoint("phone", "+98 21 8877 6655")]},
            {"company": None, "person": "Li Wei", "phone": "0098 (21) 8877-6655"},
        ),
    ],
)
def test_the_customer_is_found_however_it_is_written(known, lead):
    """By the name in any spelling, or by an address; then no second account is made."""
    customer = Account.open(id="A1", **known, at=MONDAY)
    customers = [Account.open(id="A0", name="Others", at=MONDAY), customer]
    arrived = qualified(**lead)

    refusal = draft_conversion(arrived, among=KnownAccounts(customers)).refusal

    assert refusal.code == "ambiguous"
    assert refusal.objections[0].params["accounts"].startswith("A1 (")
    assert converted(arrived, account=customer).account.id == "A1"


@given(leads(stage="qualified"), st.sampled_from(["account", "deal", "new"]))
def test_one_person_is_one_contact(lead, into):
    """Also converted twice and into what is there, nobody is there twice."""
    at = lead.timeline[-1].at
    first = plan_conversion(lead).apply(at=at)
    again = attrs.evolve(lead).timeline  # a second lead of the same person
    second = Lead.replay([attrs.evolve(again[0], id=f"{lead.id}!"), *again[1:]])
    given_ = {"account": first.account} if into != "new" else {}
    if into == "deal":
        given_["opportunity"] = first.opportunity

    done = draft_conversion(second, **given_, decide={"company": "keep"}).apply(at=at)

    for people in (
        [person.key or person.name for person in done.account.people],
        [contact.person.key or contact.person.name for contact in done.opportunity.contacts],
    ):
        assert len(people) == len(set(people)) <= 1


ROLES = st.sampled_from(["decision_maker", "user", "other"])
SPELLINGS = st.sampled_from(["Sara Ahmadi", "AHMADI, Sara", "sara ahmadi"])


@given(st.lists(st.tuples(SPELLINGS, ROLES), max_size=6))
def test_a_role_that_is_told_again_is_one_contact(told):
    """After conversion her role was not known; each that she turns out to have is there once."""
    deal = converted(qualified(person="Sara Ahmadi")).opportunity
    assert [contact.role for contact in deal.contacts] == ["other"]

    for name, role in told:
        deal = deal.involve(name, role, at=MONDAY)

    roles = [role for _, role in told if role != "other"]
    assert [contact.role for contact in deal.contacts] == list(dict.fromkeys(roles or ["other"]))
    assert {contact.person.name for contact in deal.contacts} <= {name for name, _ in told} | {
        "Sara Ahmadi"
    }
    assert deal.has_decision_maker == ("decision_maker" in roles)
    assert Opportunity.replay(deal.timeline) == deal


def test_what_more_is_known_of_a_contact_is_kept():
    """Told again with her title, the contact has it."""
    deal = converted(qualified(person="Sara Ahmadi")).opportunity

    told = deal.involve(Person("Sara Ahmadi", job_title="CFO"), "decision_maker", at=MONDAY)

    [contact] = told.contacts
    assert (contact.person.job_title, contact.role) == ("CFO", "decision_maker")


def test_five_spellings_with_an_apostrophe_are_one_company_and_one_person():
    """Typed, printed, as an accent, as a back quote, or left out."""
    signs = ["'", "\u2019", "\u00b4", "`", ""]

    assert len({Company(f"Queen{sign}s College").key for sign in signs}) == 1
    assert len({Person(f"Amy D{sign}Unger").key for sign in signs}) == 1


# --- what is carried, kept and told --------------------------------------------------------------


def test_several_leads_of_one_firm_become_one_deal():
    """The second is converted into the deal of the first, and its person has a part in it."""
    one = converted(qualified(id="L1", person="Sara Ahmadi"))

    two = converted(
        qualified(id="L2", person="Reza Karimi"), account=one.account, opportunity=one.opportunity
    )

    assert (two.opportunity.id, two.lead.opportunity_id) == (one.opportunity.id,) * 2
    assert [str(contact.person) for contact in two.opportunity.contacts] == [
        "Sara Ahmadi",
        "Reza Karimi",
    ]
    assert two.account.lead_ids == two.opportunity.lead_ids == ("L1", "L2")


def test_who_orders_at_once_needs_no_deal():
    """The lead becomes an account alone, and can be taken back."""
    done = converted(qualified(id="L1", person="Sara Ahmadi"), opportunity=None)

    assert (done.opportunity, done.lead.opportunity_id) == (None, "")
    assert done.lead.stage == "converted"
    assert done.undo(at=FRIDAY).lead.stage == "qualified"


@attrs.frozen(kw_only=True)
class OurLead(Lead):
    """A kind of lead with a field of its own."""

    vip: bool = False


def test_nothing_of_one_s_own_is_lost_without_a_word():
    """Facts, answers, source and its words are on the deal; a field without a row is refused."""
    lead = qualified(
        source="exhibition", source_words="Hall 7 booth", details={"project": "Tower B", "pumps": 7}
    ).answer("need", True, at=MONDAY)

    deal = converted(lead).opportunity

    assert (deal.source, deal.source_words) == ("exhibition", "Hall 7 booth")
    assert (deal.details, deal.answers) == (lead.details, lead.answers)
    with pytest.raises(InvalidDefinition, match="vip"):
        plan_conversion(OurLead.capture(company="Novin", stage="qualified", at=MONDAY))


def test_each_value_that_loses_is_printed_before_it_is_lost():
    """City, title and owner of the account stay, and the plan says against what."""
    account = Account.open(
        id="A1",
        company=Company("Novin", city="Shiraz"),
        people=[Person("Sara Ahmadi", job_title="CFO")],
        owner="Reza",
        at=MONDAY,
    )
    lead = qualified(
        person=Person("Sara Ahmadi", job_title="CEO"),
        company=Company("Novin Ltd", city="Tehran", industry="Trade"),
        owner="Ani",
    )

    plan = plan_conversion(lead, account=account)
    done = plan.apply(at=MONDAY)

    for line in (
        "account.company.city: Shiraz, not Tehran",
        "account.people.job_title: CFO, not CEO",
        "account.owner: Reza, not Ani",
        "account.company.name: Novin, not Novin Ltd",
    ):
        assert line in str(plan)
    assert (done.account.company.city, done.account.company.industry) == ("Shiraz", "Trade")
    assert (done.account.owner, done.opportunity.owner) == ("Reza", "Ani")


@given(leads(stage="qualified"), accounts(), opportunities(stage="proposal"))
def test_whoever_has_a_customer_keeps_it(lead, account, deal):
    """No conversion changes an owner that is there; what is new goes to the owner of the lead."""
    at = max(noun.timeline[-1].at for noun in (lead, account, deal))
    deal = deal.amend(account_id=account.id, at=at)
    decide = {"company": "keep"}

    new = draft_conversion(lead, account=account, decide=decide)
    old = draft_conversion(lead, account=account, opportunity=deal, decide=decide)

    if new.refusal is None:
        done = new.apply(at=at)
        assert (done.account.owner, done.opportunity.owner) == (account.owner, lead.owner)
    if old.refusal is None:
        done = old.apply(at=at)
        assert (done.account.owner, done.opportunity.owner) == (account.owner, deal.owner)


def test_five_hundred_leads_are_converted_and_each_of_the_rest_says_why_not():
    """No refusal stops the others, and none needs a ``try``."""
    arrived = [
        Lead.capture(id=f"L{n}", company=f"Firm {n}", stage="qualified", at=MONDAY)
        if n % 3
        else Lead.capture(id=f"L{n}", company=f"Firm {n}", at=MONDAY)
        for n in range(500)
    ]

    plans = [draft_conversion(lead) for lead in arrived]
    done = [plan.apply(at=MONDAY) for plan in plans if plan.refusal is None]
    refused = {plan.lead.id: plan.refusal for plan in plans if plan.refusal is not None}

    assert (len(done), len(refused)) == (333, 167)
    assert len({conversion.account.id for conversion in done}) == 333
    assert {refusal.objections[0].code for refusal in refused.values()} == {"not_from_here"}
    assert all("new" in str(refusal) for refusal in refused.values())
    with pytest.raises(ConversionRefused):
        draft_conversion(arrived[0]).apply(at=MONDAY)


def test_a_conversion_of_the_wrong_lead_is_taken_back_and_made_again():
    """The history tells both, and the second conversion gives the same ids."""
    done = converted(qualified(id="L1"))

    back = done.undo(at=FRIDAY)

    assert [type(event).__name__ for event in back.lead.timeline] == [
        "LeadCaptured",
        "LeadConverted",
        "LeadRestored",
    ]
    assert (back.lead.stage, back.account, back.opportunity) == ("qualified", None, None)
    again = plan_conversion(back.lead)
    assert (again.account_id, again.opportunity_id) == (done.account.id, done.opportunity.id)


# --- chances, closings and rest ------------------------------------------------------------------

BARE = Pipeline(
    "bare",
    stages=[Stage("a"), Stage("b"), Stage("w", kind="won"), Stage("l", kind="lost")],
    moves=[
        Move("on", "a", "b"),
        Move("back", "b", "a"),
        Move("win", ["a", "b"], "w"),
        Move("lose", ["a", "b"], "l"),
        Move("reopen", ["w", "l"], Destination.LAST_OPEN, reopening=True),
    ],
)


@given(
    st.sampled_from(["0", "0.3", "0.85", "1"]),
    st.sampled_from(["hand", "model"]),
    st.lists(st.sampled_from(["on", "back", "win", "lose", "reopen"]), max_size=8),
)
def test_a_chance_that_somebody_set_is_never_overwritten(share, origin, triggers):
    """It outlives each move, also of a pipeline without chances, and returns after a closing."""
    chance = Probability(share, origin)
    deal = Opportunity.open(id="8", pipeline=BARE, at=MONDAY)
    assert deal.probability is None
    deal = deal.estimate(chance, at=MONDAY)

    for trigger in triggers:
        if any(way and way.trigger == trigger for way in deal.ways(at=MONDAY)) or (
            trigger == "lose" and deal.closing is None
        ):
            deal = deal.move(trigger, reason="price" if trigger == "lose" else "", at=MONDAY)
        expected = {"w": Decimal(1), "l": Decimal(0)}.get(deal.stage)
        if expected is None:
            assert deal.probability == chance
        else:
            assert deal.probability.value == expected


@pytest.mark.parametrize(
    "close",
    [
        lambda deal, **given: deal.lose("price", **given),
        lambda deal, **given: deal.move(to="lost", reason="price", **given),
        lambda deal, **given: deal.agree(PRICE, at=given["at"]).win(**given),
    ],
)
def test_each_closing_has_its_day(close):
    """Lost or won, by verb or by board: the day of the place, or the one that is given."""
    deal = Opportunity.open(id="7", stage="proposal", at=MONDAY)
    deal = deal.involve("Sara Ahmadi", "decision_maker", at=MONDAY)
    after_midnight = datetime(2026, 3, 5, 0, 30, tzinfo=TEHRAN)

    assert close(deal, at=after_midnight).closed_on == date(2026, 3, 5)
    told = close(deal, at=after_midnight, closed_on=date(2026, 3, 3))
    assert (told.closed_on, told.closing.closed_on) == (date(2026, 3, 3),) * 2


def test_a_deal_that_came_back_shows_no_loss_and_remembers_it():
    """Reason, competitor, stage and amount stay on record, and a rule finds such deals."""
    deal = Opportunity.open(id="7", amount=PRICE, at=MONDAY).move("propose", at=MONDAY)

    back = deal.lose("price", competitor="Faradis", at=MONDAY).reopen(at=MONDAY)

    assert (back.loss, back.closing, back.closed_on) == (None, None, None)
    assert [(x.reason, x.competitors, x.stage, x.amount) for x in back.losses] == [
        ("price", ("Faradis",), "proposal", PRICE)
    ]
    came_back = answered("losses")
    assert [came_back.holds(one, at=MONDAY) for one in (back, deal)] == [True, False]
    assert report([back], at=back.timeline[-1].at).count("lost") == 0


def test_a_mistyped_day_is_corrected_without_a_reopening():
    """Day and amount are put right, the report counts them, and what was known then is told."""
    deal = Opportunity.open(id="7", amount=PRICE, stage="proposal", at=MONDAY)
    won = deal.involve("Sara", "decision_maker", at=MONDAY).agree(at=MONDAY).win(at=MONDAY)

    right = closing.correct(
        won,
        closed_on=date(2026, 2, 27),
        amount=Money(850, "EUR"),
        why="read off the contract",
        at=FRIDAY,
    )

    assert (right.stage, right.closed_on, right.losses) == ("won", date(2026, 2, 27), ())
    assert report([right], at=right.timeline[-1].at).total("won").value == (Money(850, "EUR"),)
    assert as_of(right, at=MONDAY).closed_on == MONDAY.date()


def test_a_loss_needs_a_reason_and_nobody_s_name():
    """Own words stand beside the reason *other*; competitors may be none, one or several."""
    deal = Opportunity.open(id="7", at=MONDAY)

    own = deal.lose("other", note="merged with a supplier", at=MONDAY).loss
    many = deal.lose("price", also=["timing"], competitor=["Faradis", "Orient"], at=MONDAY).loss

    assert (own.reason, own.note, own.competitors) == ("other", "merged with a supplier", ())
    assert (many.reason, many.also, many.competitors) == (
        "price",
        ("timing",),
        ("Faradis", "Orient"),
    )


def test_a_deal_rests_until_a_day_and_is_late_for_nothing():
    """It is not overdue meanwhile, comes back on its day, and goes on in its stage."""
    slow = Pipeline(
        "slow",
        stages=[Stage("demo", limit=10 * DAY), Stage("won", kind="won")],
        moves=[Move("win", "demo", "won")],
    )
    deal = Opportunity.open(id="7", pipeline=slow, at=MONDAY)

    resting = closing.hold(deal, until=date(2026, 6, 1), note="budget in June", at=FRIDAY)
    june = datetime(2026, 6, 1, 9, tzinfo=UTC)
    resumed = closing.resume(resting, at=june)

    assert overdue(deal, at=june) is not None
    assert overdue(resting, at=june) is None
    assert [line.what.value for line in agenda([resting], at=june)] == ["hold_over"]
    assert resumed.stage == "demo"
    assert current_interval(resumed.timeline, at=june).worked(at=june) == 4 * DAY


def test_a_day_is_past_by_the_calendar_of_those_who_ask():
    """At five in the morning in Hanoi it is, while in Greenwich the day is not over."""
    deal = Opportunity.open(id="7", expected_close=date(2026, 8, 23), at=MONDAY)
    hanoi = datetime(2026, 8, 24, 5, tzinfo=timezone(timedelta(hours=7)))
    past = field("expected_close").older_than(days=0)

    for at, is_past in ((hanoi, True), (hanoi.astimezone(UTC), False)):
        assert closing.is_past_due(deal, at=at) is is_past
        assert past.holds(deal, at=at) is is_past
    assert not closing.is_past_due(deal.lose("price", at=hanoi), at=hanoi)
    assert not closing.is_past_due(deal.amend(expected_close=None, at=hanoi), at=hanoi)


# --- points, scores and hours --------------------------------------------------------------------


def test_each_mail_brings_points_up_to_a_limit():
    """Three of ten mails are three tenths of the points, and the finding says so."""
    lead = Lead.capture(company="Novin", at=MONDAY)
    for day in range(3):
        lead = lead.log("email", inbound=True, at=MONDAY + day * DAY)
    mails = Criterion(
        "mails", lambda lead, _at: min(lead.engagement.times_in_contact, 10) / 10, weight=20
    )
    steps = [
        Criterion(f"mail {n}", field("engagement.times_in_contact") >= n, weight=2)
        for n in range(1, 11)
    ]

    counted = Scorecard("ours", criteria=[mails], threshold=5).assess(lead, at=FRIDAY)
    stepped = Scorecard("data", criteria=steps, threshold=5)

    assert (counted.floor, "mails: yes (6 of 20)" in str(counted)) == (6, True)
    assert stepped.assess(lead, at=FRIDAY).floor == 6
    assert policy_from_json(policy_to_json(stepped)) == stepped


def test_silence_costs_points_by_a_rule_that_is_data():
    """After thirty days ten points are lost, after ninety thirty; an answer fades meanwhile."""
    silent = field("engagement.quiet_since")
    card = Scorecard(
        "ours",
        threshold=0,
        criteria=[
            Criterion("a month", silent.older_than(days=30), weight=-10),
            Criterion("a quarter", silent.older_than(days=90), weight=-20),
        ],
    )
    fading = Scorecard(
        "fading",
        threshold=1,
        criteria=[Criterion("demo", yes("answers.demo"), weight=40, half_life=30 * DAY)],
    )
    lead = Lead.capture(company="Novin", at=MONDAY).log("call", reached=True, at=MONDAY)

    days = (0, 30, 31, 90, 91)
    assert [card.assess(lead, at=MONDAY + n * DAY).floor for n in days] == [0, 0, -10, -10, -30]
    assert policy_from_json(policy_to_json(card)) == card
    asked = lead.answer("demo", True, at=MONDAY)
    assert [fading.assess(asked, at=MONDAY + n * DAY).floor for n in (0, 30, 60)] == [40, 20, 10]


@given(
    st.lists(
        st.tuples(
            st.integers(-40, 40).filter(bool),
            st.sampled_from([True, False, None]) | st.floats(0, 1),
            st.none() | st.integers(1, 90).map(lambda n: n * DAY),
        ),
        min_size=1,
        max_size=6,
    ),
    st.integers(0, 200),
)
def test_the_score_is_what_its_findings_say(told, days):
    """Half true, faded, unknown or a penalty: the points of the findings are the floor."""
    criteria = [
        Criterion(f"fades {n}", yes(f"answers.q{n}"), weight=weight, half_life=half_life)
        if isinstance(answer, bool) and half_life
        else Criterion(f"says {n}", lambda _lead, _at, said=answer: said, weight=weight)
        for n, (weight, answer, half_life) in enumerate(told)
    ]
    lead = Lead.capture(company="Novin", at=MONDAY)
    for n, (_, answer, _) in enumerate(told):
        lead = lead.answer(f"q{n}", answer if isinstance(answer, bool) else None, at=MONDAY)

    criteria.append(Criterion("sure", lambda _lead, _at: True, weight=1))
    said = Scorecard("ours", criteria=criteria, threshold=1).assess(lead, at=MONDAY + days * DAY)

    assert sum(finding.points for finding in said.findings) == said.floor


def test_each_product_line_has_a_score_and_what_may_be_stays_open():
    """Groups add up by themselves, and 201 to 1,000 employees may or may not be 500."""
    card = Scorecard(
        "lines",
        threshold=10,
        criteria=[
            Criterion("pumps", yes("answers.pumps"), weight=10, group="pumps"),
            Criterion("fans", yes("answers.fans"), weight=10, group="fans"),
            Criterion("big", field("company.employees") >= 500, weight=50, group="fit"),
        ],
    )
    firm = Company("Novin", employees=Bucket(201, 1_000))
    lead = Lead.capture(company=firm, at=MONDAY).answer("fans", True, at=MONDAY)

    said = card.assess(lead, at=MONDAY)

    assert [tuple(said.within(group)) for group in ("fans", "pumps", "fit")] == [
        (10, 10),
        (0, 10),
        (0, 50),
    ]
    totals = [said.within(group) for group in ("fans", "pumps", "fit")]
    assert (sum(t[0] for t in totals), sum(t[1] for t in totals)) == (said.floor, said.ceiling)


def test_a_lead_of_wednesday_evening_is_not_late_on_saturday():
    """Saturday to Wednesday is the week, and a holiday in it is no working day either."""
    week = dict.fromkeys(("sat", "sun", "mon", "tue", "wed"), ("09:00", "17:00"))
    office = WorkingHours(week, zone=TEHRAN, holidays=[date(2026, 3, 8)])
    ours = Agreement(BANT, respond_within=timedelta(hours=8), marketing="Ani", sales="Reza")
    wednesday = datetime(2026, 3, 4, 17, tzinfo=TEHRAN)
    offer = HandOff(to="sales", offered_at=wednesday, policy="BANT")

    late = {
        day: ours.is_late(offer, at=wednesday.replace(day=day, hour=hour), hours=office)
        for day, hour in ((6, 17), (7, 17), (8, 17), (9, 10))
    }

    assert late == {6: False, 7: False, 8: False, 9: True}
    assert ours.is_late(offer, at=wednesday + timedelta(hours=9))


@pytest.mark.parametrize(
    ("answers", "verdict", "is_recycled"),
    [
        ({"need": True, "budget": True, "timing": True, "authority": False}, "qualified", False),
        ({"need": False}, "disqualified", False),
        ({"need": True, "budget": True, "timing": False}, "disqualified", True),
        ({"need": True, "budget": False, "timing": True, "authority": True}, "disqualified", True),
        ({"need": True, "budget": False, "timing": False}, "disqualified", True),
        ({"need": False, "budget": False}, "disqualified", False),
    ],
)
def test_no_authority_is_no_ground_and_no_budget_now_is_not_the_end(answers, verdict, is_recycled):
    """Without a need it is over; without budget or date there is a day to come back."""
    lead = Lead.capture(company="Novin", at=MONDAY).answer(answers, at=MONDAY)

    said = BANT.assess(lead, at=MONDAY)

    assert said.verdict is Verdict(verdict)
    assert (said.recycle_on is not None) is is_recycled


# --- forgetting, and calls that are entered late --------------------------------------------------


def test_who_asks_to_be_forgotten_is_nowhere_and_still_counts():
    """Name, address and notes leave lead, account, deal and their histories; figures stay."""
    lead = qualified(id="L1", person="Sara Ahmadi", email="sara@novin.example")
    lead = lead.log("call", reached=True, note="Sara Ahmadi is ill", at=MONDAY)
    done = converted(lead, amount=PRICE)
    deal = done.opportunity.lose("price", note="said Sara Ahmadi", at=FRIDAY)

    erased = erase_person("AHMADI Sara", done.lead, done.account, deal, at=FRIDAY).nouns

    for before, after in zip((done.lead, done.account, deal), erased, strict=True):
        stored = pickle.dumps(after)
        assert not any(word in stored for word in (b"Sara", b"Ahmadi", b"sara@novin"))
        assert type(after).replay(after.timeline) == after
        assert after.version == before.version + 1
        assert [e.at for e in after.timeline[:-1]] == [e.at for e in before.timeline]
    assert (
        erased[2].amount,
        erased[2].stage,
        report([erased[2]], at=erased[2].timeline[-1].at).count("lost"),
    ) == (
        PRICE,
        "lost",
        1,
    )


@given(st.integers(0, 47), st.sampled_from(["call", "email", "visit"]))
def test_a_call_that_is_entered_late_counts_when_it_was(hours, kind):
    """After something else was recorded, too; the stage moves when it was entered."""
    now, when = MONDAY + 2 * DAY, MONDAY + timedelta(hours=hours)
    lead = Lead.capture(id="L", person="Sara Ahmadi", at=MONDAY)
    lead = lead.amend(details={"region": "south"}, at=now)

    told = lead.log(kind, reached=True, when=when, at=now).answer("need", True, when=when, at=now)

    assert (told.engagement.last_contact, told.answers["need"].at) == (when, when)
    assert (told.stage, told.stage_since) == ("contacted", now)
    assert Lead.replay(told.timeline) == told
    assert as_of(told, at=now - timedelta(seconds=1)).engagement.last_contact is None

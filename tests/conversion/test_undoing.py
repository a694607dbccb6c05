"""The way back from a conversion: what it gives back, and what stands in the way."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import attrs
import pytest

from salesfunnel.accounts import Account, AccountRestored
from salesfunnel.conversion import Conversion, Dropped, plan_conversion
from salesfunnel.errors import ConversionRefused, InvalidHistory, InvalidValue
from salesfunnel.history import apply, as_of, time_in_stage
from salesfunnel.leads import Lead, LeadConverted, LeadRestored
from salesfunnel.opportunities import Opportunity
from salesfunnel.pipeline import Move, Pipeline, Stage
from salesfunnel.values import Company, Money, Person

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
FRIDAY = MONDAY + timedelta(days=4)
SARA = Person("Sara Ahmadi")


def qualified(kind=Lead, **known):
    """Make a lead that came to us qualified."""
    who = {"person": "Sara Ahmadi", "company": Company("Novin", city="Tehran")} | known
    return kind.capture(**who, details={"hall": "7"}, stage="qualified", at=MONDAY)


@pytest.fixture
def novin():
    """An account that lacks a city and people."""
    return Account.open(id="7", company=Company("Novin"), details={"vat": "1"}, at=MONDAY)


def codes(conversion, at=FRIDAY):
    """List what stands in the way of undoing a conversion."""
    return [objection.code for objection in conversion.try_undo(at=at).objections]


def test_a_conversion_by_mistake_is_taken_back():
    """The lead is qualified again, its links are gone, and its timeline tells of both."""
    lead = qualified()

    undone = plan_conversion(lead).apply(at=MONDAY).undo(at=FRIDAY, by="Sara")

    assert undone.account is None
    assert attrs.evolve(undone.lead, timeline=lead.timeline) == lead
    assert undone.lead.timeline[-1] == LeadRestored(
        at=FRIDAY,
        by="Sara",
        from_stage="converted",
        to_stage="qualified",
        last_open_stage="qualified",
        stage_since=MONDAY,
    )


def test_the_time_as_converted_is_not_denied():
    """Between conversion and undoing the lead stood as converted, and can be seen so."""
    undone = plan_conversion(qualified()).apply(at=MONDAY).undo(at=FRIDAY)

    assert as_of(undone.lead, at=MONDAY).opportunity_id != ""
    assert time_in_stage(undone.lead.timeline, at=FRIDAY)["converted"].days == 4


def test_an_account_that_was_there_lacks_again_what_it_lacked(novin):
    """What the conversion filled in goes, and what was changed by others since stays."""
    done = plan_conversion(qualified(), account=novin).apply(at=MONDAY)
    renamed = done.account.amend(name="Novin Tejarat", at=FRIDAY)

    account = done._replace(account=renamed).undo(at=FRIDAY, by="Sara").account

    assert (account.name, account.company.city, account.people) == ("Novin Tejarat", "", ())
    assert (account.details, account.lead_ids) == ({"vat": "1"}, ())
    assert (account.timeline[-1].by, account.timeline[-1].lead_ids) == ("Sara", (done.lead.id,))


def test_an_account_that_lacked_nothing_is_left_as_it_is(novin):
    """A conversion that changed nothing there leaves nothing to be taken back."""
    known = qualified(id="L1", company=Company("Novin"), person="")
    novin = novin.complete(lead_ids=["L1"], details=known.details, at=MONDAY)

    done = plan_conversion(known, account=novin).apply(at=FRIDAY)

    assert done.undo(at=FRIDAY).account is novin


def test_what_was_learnt_about_the_lead_since_is_kept():
    """A call and an answer after the conversion stay when it is undone."""
    done = plan_conversion(qualified()).apply(at=MONDAY)
    called = done.lead.log("call", inbound=True, at=FRIDAY).answer("need", True, at=FRIDAY)

    lead = done._replace(lead=called).undo(at=FRIDAY).lead

    assert (lead.stage, lead.answers["need"].value) == ("qualified", True)
    assert lead.timeline[:-1] == called.timeline


def test_later_work_stands_in_the_way():
    """All that would be lost is named at once, each with what to do instead."""
    done = plan_conversion(qualified()).apply(at=MONDAY)
    later = Conversion(
        done.lead,
        done.account.complete(people=[Person("Li Wei")], at=MONDAY),
        done.opportunity.amend(amount=Money(900, "EUR"), at=MONDAY),
    )

    with pytest.raises(ConversionRefused) as refused:
        later.undo(at=FRIDAY)

    refusal = refused.value.refusal
    assert refusal == later.try_undo(at=FRIDAY)
    assert (refusal.trigger, refusal.stage, refusal.code) == (
        "undo",
        "converted",
        "account_moved_on",
    )
    assert [o.code for o in refusal.objections] == ["account_moved_on", "opportunity_moved_on"]
    assert all(objection.remedy for objection in refusal.objections)


def test_a_field_that_was_changed_since_is_named(novin):
    """Undoing would overwrite a correction, so the field stands in the way, and only that."""
    done = plan_conversion(qualified(), account=novin).apply(at=MONDAY)
    corrected = done.account.amend(people=[SARA, Person("Li Wei")], name="N", at=FRIDAY)

    (objection,) = done._replace(account=corrected).try_undo(at=FRIDAY).objections

    assert (objection.code, dict(objection.params)) == ("account_changed", {"fields": "people"})
    again = corrected.amend(people=[SARA], at=FRIDAY)
    assert done._replace(account=again).undo(at=FRIDAY).account.people == ()


def test_of_two_conversions_the_later_is_undone_first(novin):
    """Undoing the first would take away what the second built on; then both are undone."""
    first = plan_conversion(qualified(), account=novin).apply(at=MONDAY)
    second = plan_conversion(qualified(person="Li Wei"), account=first.account).apply(at=MONDAY)

    assert codes(first._replace(account=second.account)) == ["account_changed"]
    between = second.undo(at=MONDAY).account
    after = first._replace(account=between).undo(at=FRIDAY).account

    assert attrs.evolve(between, timeline=first.account.timeline) == first.account
    assert attrs.evolve(after, timeline=novin.timeline) == novin


def test_only_what_belongs_together_is_undone(novin):
    """A deal or an account of another lead is refused, and the right one is named."""
    done = plan_conversion(qualified()).apply(at=MONDAY)
    other = Opportunity.open(id="8", at=MONDAY)

    refusal = Conversion(done.lead, novin, other).try_undo(at=FRIDAY)

    assert [(o.code, o.params) for o in refusal.objections] == [
        ("other_account", {"account_id": done.account.id}),
        ("other_opportunity", {"opportunity_id": done.opportunity.id}),
    ]


def test_nothing_is_undone_twice():
    """A lead that is not converted, or no longer, has no conversion to undo."""
    done = plan_conversion(qualified()).apply(at=MONDAY)
    undone = done.undo(at=MONDAY)

    assert codes(done._replace(lead=undone.lead)) == ["not_converted"]
    assert codes(done._replace(lead=qualified())) == ["not_converted"]


def test_a_second_conversion_is_undone_by_itself(novin):
    """Converted again at the same instant, only what the second conversion did is taken back."""
    first = plan_conversion(qualified(), account=novin).apply(at=MONDAY)
    lead, account = first.undo(at=MONDAY)
    by_hand = account.complete(company=lead.company, people=[SARA], details=lead.details, at=MONDAY)
    second = plan_conversion(lead, account=by_hand).apply(at=MONDAY)

    assert second.undo(at=MONDAY).account.people == (SARA,)
    assert second.opportunity.id == first.opportunity.id


def test_a_conversion_that_found_nothing_to_fill_in_is_not_mixed_up_with_another(novin):
    """What was filled in by an earlier conversion, and undone, is not undone once more."""
    lead, account = plan_conversion(qualified(), account=novin).apply(at=MONDAY).undo(at=MONDAY)
    knows = account.complete(
        company=lead.company,
        people=[SARA],
        details=lead.details,
        lead_ids=[lead.id, "L2"],
        at=MONDAY,
    )

    assert plan_conversion(lead, account=knows).apply(at=MONDAY).undo(at=MONDAY).account is knows


def test_nothing_is_undone_before_it_happened():
    """A time before the last event is refused with the code of all moves that are too early."""
    done = plan_conversion(qualified()).apply(at=FRIDAY)

    assert done.try_undo(at=MONDAY).code == "too_early"
    assert codes(done, at=MONDAY) == ["too_early"]
    with pytest.raises(InvalidValue):
        done.undo(at=FRIDAY.replace(tzinfo=None))


def test_the_last_event_of_each_piece_counts(novin):
    """Undoing lies after all that was done with the lead, the account and the deal."""
    done = plan_conversion(qualified(), account=novin).apply(at=MONDAY)
    renamed = done.account.amend(name="N", at=FRIDAY)
    proposed = done.opportunity.move("propose", at=FRIDAY)

    assert codes(done._replace(account=renamed), at=MONDAY) == ["too_early"]
    assert codes(done._replace(opportunity=proposed), at=MONDAY) == [
        "opportunity_moved_on",
        "too_early",
    ]


@pytest.mark.parametrize("field", Conversion._fields)
def test_only_nouns_are_undone(field):
    """A missing piece is refused as invalid."""
    done = plan_conversion(qualified()).apply(at=MONDAY)

    with pytest.raises(InvalidValue, match=f"^{field} is of the wrong kind"):
        done._replace(**{field: None}).undo(at=FRIDAY)


RECYCLING = Pipeline(
    "recycling",
    stages=[Stage("qualified"), Stage("customer"), Stage("gone", kind="lost")],
    moves=[
        Move("convert", ("qualified", "customer"), "customer"),
        Move("recycle", "customer", "qualified"),
        Move("lose", "qualified", "gone"),
    ],
)


def test_a_lead_that_has_moved_on_is_not_thrown_back():
    """Along a pipeline of one's own a converted lead may go on; then it stays where it is."""
    done = plan_conversion(qualified(pipeline=RECYCLING)).apply(at=MONDAY)
    recycled = done.lead.move("recycle", at=FRIDAY)

    assert codes(done._replace(lead=recycled)) == ["lead_moved_on"]
    assert done.undo(at=FRIDAY).lead.last_open_stage == "qualified"


def test_a_lead_converted_twice_goes_back_to_its_first_conversion():
    """The links and the stage that it had before are given back as they were."""
    first = plan_conversion(qualified(pipeline=RECYCLING)).apply(at=MONDAY)
    second = plan_conversion(first.lead, account=first.account).apply(at=FRIDAY)

    lead, account = second.undo(at=FRIDAY)

    assert attrs.evolve(lead, timeline=first.lead.timeline) == first.lead
    assert account is first.account


@attrs.frozen
class LeadPraised:
    """An event of one's own."""

    at: datetime
    by: str = ""

    def changes(self, _before):
        """Set the field of one's own."""
        return {"vip": True}


@attrs.frozen(kw_only=True)
class OurLead(Lead):
    """A kind of lead with a field and an event of its own."""

    event_types = (*Lead.event_types, LeadPraised)

    vip: bool = False


def test_a_field_of_one_s_own_is_left_alone():
    """What the conversion did not change, its undoing does not change."""
    lead = apply(qualified(OurLead), LeadPraised(MONDAY))
    plan = plan_conversion(lead, dropped=[Dropped("vip", "it is about the lead")])

    undone = plan.apply(at=MONDAY).undo(at=FRIDAY)

    assert (type(undone.lead), undone.lead.vip) == (OurLead, True)


def test_a_stored_event_restores_no_more_than_a_conversion_changed():
    """An event from elsewhere cannot give a name back, nor leave a stage where nothing stood."""
    lead = qualified()
    way = {"from_stage": "converted", "to_stage": "new", "last_open_stage": "new"}

    with pytest.raises(InvalidValue, match=r"^restore cannot change name; allowed: company, "):
        AccountRestored(at=MONDAY, restored={"name": "N"})
    with pytest.raises(InvalidHistory, match=r"^timeline leaves converted, which was not"):
        Lead.replay([*lead.timeline, LeadRestored(at=MONDAY, **way)])
    closed = LeadRestored(at=MONDAY, **way | {"last_open_stage": "converted"})
    with pytest.raises(InvalidHistory, match="remembers a closed stage"):
        Lead.replay([*plan_conversion(lead).apply(at=MONDAY).lead.timeline, closed])


def test_a_deal_from_elsewhere_is_not_taken_back(novin):
    """What another system converted was opened at another time, and stays."""
    lead = qualified(id="L1")
    way = {"trigger": "convert", "from_stage": "qualified", "to_stage": "converted"}
    converted = LeadConverted(at=MONDAY, **way, account_id="7", opportunity_id="9")
    deal = Opportunity.open(id="9", lead_id="L1", account_id="7", at=FRIDAY)

    assert codes(Conversion(Lead.replay([*lead.timeline, converted]), novin, deal)) == [
        "other_opportunity"
    ]

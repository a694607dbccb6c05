"""The way back from a conversion: what it gives back, and what stands in the way."""

from __future__ import annotations

from datetime import datetime, timedelta

import attrs
import pytest

from salesfunnel import activities
from salesfunnel.conversion import (
    STANDARD_MAPPING,
    Conversion,
    ConversionUndone,
    Dropped,
    plan_conversion,
)
from salesfunnel.errors import ConversionRefused, InvalidHistory, InvalidValue
from salesfunnel.history import ContributionWithdrawn, apply, as_of, time_in_stage
from salesfunnel.leads import Lead, LeadConverted, LeadRestored
from salesfunnel.opportunities import Involvement
from salesfunnel.pipeline import Move, Pipeline, Stage
from salesfunnel.values import Company, Money, Person
from tests.conversion.examples import (
    FRIDAY,
    LI,
    MONDAY,
    SARA,
    a_deal,
    a_lead,
    an_account,
    facts,
)

PRICE = Money(900, "EUR")


def in_the_way(conversion, at=FRIDAY):
    """List what stands in the way of undoing a conversion."""
    return [objection.code for objection in conversion.try_undo(at=at).objections]


def test_a_conversion_by_mistake_is_taken_back():
    """The lead is qualified again, its links are gone, and its timeline tells of both."""
    lead = a_lead()
    done = plan_conversion(lead).apply(at=MONDAY)

    undone = done.undo(at=FRIDAY, by="Sara")

    assert (undone.account, undone.opportunity) == (None, None)
    assert facts(undone.lead) == facts(lead)
    assert undone.lead.timeline[-1] == LeadRestored(
        at=FRIDAY,
        by="Sara",
        from_stage="converted",
        to_stage="qualified",
        last_open_stage="qualified",
        stage_since=MONDAY,
        conversion_id=done.lead.timeline[-1].conversion_id,
    )
    assert tuple(undone) == (undone.lead, None, None)


def test_the_time_as_converted_is_not_denied():
    """Between conversion and undoing the lead stood as converted, and can be seen so."""
    account = an_account()
    undone = plan_conversion(a_lead(), account=account).apply(at=MONDAY).undo(at=FRIDAY)

    assert as_of(undone.lead, at=MONDAY).opportunity_id != ""
    assert as_of(undone.account, at=MONDAY).people == (SARA,)
    assert time_in_stage(undone.lead.timeline, at=FRIDAY)["converted"].days == 4


def test_what_was_there_lacks_again_what_it_lacked():
    """What the conversion brought goes, and what was done since by others stays."""
    account, deal = an_account(), a_deal()
    done = plan_conversion(a_lead(), account=account, opportunity=deal).apply(at=MONDAY)
    renamed = done.account.amend(name="Novin Tejarat", at=FRIDAY)
    proposed = done.opportunity.move("propose", at=FRIDAY)

    undone = Conversion(done.lead, renamed, proposed).undo(at=FRIDAY, by="Ani")

    assert facts(undone.account) == facts(account.amend(name="Novin Tejarat", at=FRIDAY))
    assert facts(undone.opportunity) == facts(deal.move("propose", at=FRIDAY))
    for noun in (undone.account, undone.opportunity):
        assert noun.timeline[-1] == ContributionWithdrawn(
            at=FRIDAY, by="Ani", withdraws=done.lead.timeline[-1].conversion_id
        )


def test_of_several_conversions_any_may_be_undone():
    """What two of them brought stays for as long as one of them stands."""
    account = an_account()
    first = plan_conversion(a_lead(id="L1"), account=account).apply(at=MONDAY)
    second = plan_conversion(a_lead(id="L2"), account=first.account).apply(at=MONDAY)

    after = Conversion(first.lead, second.account, first.opportunity).undo(at=FRIDAY).account
    last = Conversion(second.lead, after, second.opportunity).undo(at=FRIDAY).account

    assert (after.people, after.lead_ids) == ((SARA,), ("L2",))
    assert facts(last) == facts(account)


def test_an_account_that_was_opened_lives_on_by_later_work():
    """All that would be lost is named at once, each with what to do instead."""
    done = plan_conversion(a_lead()).apply(at=MONDAY)
    later = Conversion(
        done.lead,
        done.account.amend(people=[SARA, LI], at=MONDAY),
        done.opportunity.amend(amount=PRICE, at=MONDAY),
    )

    with pytest.raises(ConversionRefused) as refused:
        later.undo(at=FRIDAY)

    refusal = refused.value.refusal
    assert refusal == later.try_undo(at=FRIDAY)
    assert (refusal.trigger, refusal.stage) == ("undo", "converted")
    assert [o.code for o in refusal.objections] == ["account_moved_on", "opportunity_moved_on"]
    assert all(objection.remedy for objection in refusal.objections)


def test_a_call_on_the_new_deal_is_work_unless_it_never_was():
    """Put right it is still work; withdrawn it stands in no one's way."""
    lead, account, deal = plan_conversion(a_lead()).apply(at=MONDAY)
    called = deal.log("call", id="c", at=MONDAY)
    put_right = activities.correct(called, "c", kind="visit", at=MONDAY)
    withdrawn = activities.withdraw(put_right, "c", at=MONDAY)

    assert in_the_way(Conversion(lead, account, called)) == ["opportunity_moved_on"]
    assert in_the_way(Conversion(lead, account, put_right)) == ["opportunity_moved_on"]
    assert Conversion(lead, account, withdrawn).undo(at=FRIDAY).opportunity is None


def test_the_first_of_two_can_be_undone_once_the_second_is():
    """What was contributed to the new account, and withdrawn, is nothing that would be lost."""
    first = plan_conversion(a_lead(id="L1")).apply(at=MONDAY)
    second = plan_conversion(a_lead(id="L2"), account=first.account).apply(at=MONDAY)

    assert in_the_way(attrs.evolve(first, account=second.account)) == ["account_moved_on"]
    between = second.undo(at=FRIDAY).account

    assert attrs.evolve(first, account=between).undo(at=FRIDAY).account is None


def test_what_rests_on_the_contribution_stands_in_the_way():
    """A deal that could not have been won without the person of the lead is not taken apart."""
    deal = a_deal(amount=PRICE).move("propose", at=MONDAY).agree(at=MONDAY)
    plan = plan_conversion(a_lead(), account=an_account(), opportunity=deal, role="decision_maker")
    done = plan.apply(at=MONDAY)

    won = attrs.evolve(done, opportunity=done.opportunity.win(at=FRIDAY))
    (objection,) = won.try_undo(at=FRIDAY).objections
    known = done.opportunity.involve(LI, "decision_maker", at=FRIDAY).win(at=FRIDAY)

    assert objection.params == {"noun": "opportunity", "events": "OpportunityWon"}
    assert objection.code == "built_on"
    undone = attrs.evolve(done, opportunity=known).undo(at=FRIDAY).opportunity
    assert (undone.stage, undone.contacts) == ("won", (Involvement(LI, "decision_maker"),))


@attrs.frozen(kw_only=True)
class FirstPersonPraised:
    """An event of one's own that needs a person."""

    at: datetime
    by: str = ""

    def changes(self, before):
        """Write down who is praised."""
        return {"name": f"{before.people[0]}'s"}


def test_an_event_that_does_not_fit_without_it_stands_in_the_way(monkeypatch):
    """What cannot be told any more without the conversion rests on it."""
    account = an_account()
    kinds = (*type(account).event_types, FirstPersonPraised)
    monkeypatch.setattr(type(account), "event_types", kinds)
    done = plan_conversion(a_lead(), account=account).apply(at=MONDAY)
    praised = apply(
        apply(done.account, FirstPersonPraised(at=FRIDAY)), FirstPersonPraised(at=FRIDAY)
    )

    (objection,) = attrs.evolve(done, account=praised).try_undo(at=FRIDAY).objections

    assert objection.params == {"noun": "account", "events": "FirstPersonPraised"}


def test_what_somebody_confirmed_since_is_theirs():
    """A later correction names the people as they are, so undoing leaves them."""
    done = plan_conversion(a_lead(), account=an_account()).apply(at=MONDAY)
    corrected = done.account.amend(people=[SARA, LI], at=FRIDAY)

    undone = attrs.evolve(done, account=corrected).undo(at=FRIDAY)

    assert undone.account.people == (SARA, LI)


def test_what_was_learnt_about_the_lead_since_is_kept():
    """A call and an answer after the conversion stay when it is undone."""
    done = plan_conversion(a_lead()).apply(at=MONDAY)
    called = done.lead.log("call", inbound=True, at=FRIDAY).answer("hall", "9", at=FRIDAY)

    lead = attrs.evolve(done, lead=called).undo(at=FRIDAY).lead

    assert (lead.stage, lead.answers["hall"].value) == ("qualified", "9")
    assert lead.timeline[:-1] == called.timeline


def test_only_what_belongs_together_is_undone():
    """A deal or an account of another lead is refused, and the right one is named."""
    done = plan_conversion(a_lead()).apply(at=MONDAY)
    without = plan_conversion(a_lead(), opportunity=None).apply(at=MONDAY)

    refusal = Conversion(done.lead, an_account(), a_deal()).try_undo(at=FRIDAY)

    assert [(o.code, o.remedy) for o in refusal.objections] == [
        ("other_account", f"give account {done.account.id}"),
        ("other_opportunity", f"give opportunity {done.opportunity.id}"),
    ]
    assert in_the_way(Conversion(done.lead)) == ["other_account", "other_opportunity"]
    (objection,) = attrs.evolve(without, opportunity=a_deal()).try_undo(at=FRIDAY).objections
    assert (objection.code, objection.remedy) == ("other_opportunity", "give no opportunity")
    assert without.undo(at=FRIDAY) == ConversionUndone(without.undo(at=FRIDAY).lead)


def test_what_was_never_stored_has_nothing_to_give_back():
    """An account in which the contribution does not stand is left as it is."""
    account = an_account()
    done = plan_conversion(a_lead(), account=account).apply(at=MONDAY)

    assert attrs.evolve(done, account=account).undo(at=FRIDAY).account is account


def test_nothing_is_undone_twice():
    """A lead that is not converted, or no longer, has no conversion to undo."""
    done = plan_conversion(a_lead()).apply(at=MONDAY)
    undone = done.undo(at=MONDAY)

    assert in_the_way(attrs.evolve(done, lead=undone.lead)) == ["not_converted"]
    assert in_the_way(attrs.evolve(done, lead=a_lead())) == ["not_converted"]


def test_a_second_conversion_is_undone_by_itself():
    """Converted, undone and converted again at one instant, only the second is taken back."""
    first = plan_conversion(a_lead(), account=an_account()).apply(at=MONDAY)
    undone = first.undo(at=MONDAY)
    by_hand = undone.account.amend(people=[SARA], at=MONDAY)
    second = plan_conversion(undone.lead, account=by_hand).apply(at=MONDAY)

    assert second.opportunity.id == first.opportunity.id
    assert facts(second.undo(at=MONDAY).account) == facts(by_hand)


def test_nothing_is_undone_before_it_happened():
    """A time before the last event of any of the three is refused as too early."""
    done = plan_conversion(a_lead(), account=an_account(), opportunity=a_deal()).apply(at=MONDAY)
    renamed = done.account.amend(name="N", at=FRIDAY)
    proposed = done.opportunity.move("propose", at=FRIDAY)

    assert in_the_way(done, at=MONDAY - timedelta(days=1)) == ["too_early"]
    assert in_the_way(attrs.evolve(done, account=renamed), at=MONDAY) == ["too_early"]
    assert in_the_way(attrs.evolve(done, opportunity=proposed), at=MONDAY) == ["too_early"]
    with pytest.raises(InvalidValue):
        done.undo(at=FRIDAY.replace(tzinfo=None))


RECYCLING = Pipeline(
    "recycling",
    stages=[Stage("qualified"), Stage("customer"), Stage("gone", kind="lost")],
    moves=[
        Move("convert", ("qualified", "customer"), "customer"),
        Move("recycle", "customer", "qualified"),
        Move("lose", "qualified", "gone"),
    ],
)


def recycling():
    """Make a lead along a pipeline on which a converted lead goes on."""
    return Lead.capture(person=SARA, company="Novin", pipeline=RECYCLING, at=MONDAY)


def test_a_lead_that_has_moved_on_is_not_thrown_back():
    """Along a pipeline of one's own a converted lead may go on; then it stays where it is."""
    done = plan_conversion(recycling()).apply(at=MONDAY)
    recycled = done.lead.move("recycle", at=FRIDAY)

    assert in_the_way(attrs.evolve(done, lead=recycled)) == ["lead_moved_on"]
    assert done.undo(at=FRIDAY).lead.last_open_stage == "qualified"


def test_a_lead_converted_twice_goes_back_to_its_first_conversion():
    """The links and the stage that it had before are given back as they were."""
    first = plan_conversion(recycling()).apply(at=MONDAY)
    second = plan_conversion(first.lead, account=first.account).apply(at=FRIDAY)

    undone = second.undo(at=FRIDAY)

    assert facts(undone.lead) == facts(first.lead)
    assert facts(undone.account) == facts(first.account)


@attrs.frozen
class LeadPraised:
    """An event of one's own."""

    at: datetime
    by: str = ""

    def changes(self, _before):
        """Set the field of one's own."""
        return {"vip": True}


@attrs.frozen(kw_only=True)
class PraisedLead(Lead):
    """A kind of lead with a field and an event of its own."""

    event_types = (*Lead.event_types, LeadPraised)

    vip: bool = False


def test_a_field_of_one_s_own_is_left_alone():
    """What the conversion did not change, its undoing does not change."""
    lead = apply(a_lead(PraisedLead), LeadPraised(MONDAY))
    stays = STANDARD_MAPPING.with_rows(Dropped("vip", "it is about the lead"), of=PraisedLead)

    undone = plan_conversion(lead, mapping=stays).apply(at=MONDAY).undo(at=FRIDAY)

    assert (type(undone.lead), undone.lead.vip) == (PraisedLead, True)


def test_a_stored_event_restores_no_more_than_a_conversion_changed():
    """An event from elsewhere cannot leave a stage where nothing stood."""
    lead = a_lead()
    way = {"from_stage": "converted", "to_stage": "new", "last_open_stage": "new"}

    with pytest.raises(InvalidHistory, match=r"^timeline leaves converted, which was not"):
        Lead.replay([*lead.timeline, LeadRestored(at=MONDAY, **way)])
    closed = LeadRestored(at=MONDAY, **way | {"last_open_stage": "converted"})
    with pytest.raises(InvalidHistory, match="remembers a closed stage"):
        Lead.replay([*plan_conversion(lead).apply(at=MONDAY).lead.timeline, closed])


def test_a_replaced_value_comes_back():
    """What somebody decided for the lead is undone with the conversion."""
    shiraz = Company("Novin", city="Shiraz")
    account = an_account(company=shiraz, people=[Person("Sara Ahmadi", job_title="CEO")])
    lead = a_lead(person=Person("Sara Ahmadi", job_title="CFO"))
    decide = {"company": "lead", "person": "lead"}

    done = plan_conversion(lead, account=account, decide=decide).apply(at=MONDAY)

    assert done.account.company.city == "Tehran"
    assert facts(done.undo(at=FRIDAY).account) == facts(account)


def test_a_call_with_someone_whom_it_brought_stands_in_the_way():
    """A call with the lead's person rests on the conversion; one with another person does not."""
    account = an_account(people=[LI])
    done = plan_conversion(a_lead(), account=account, opportunity=a_deal()).apply(at=MONDAY)
    called = done.account.log("call", person="Sara Ahmadi", at=FRIDAY)
    reached = done.opportunity.log("call", person="Sara Ahmadi", at=FRIDAY)

    for later in ({"account": called}, {"opportunity": reached}):
        (objection,) = attrs.evolve(done, **later).try_undo(at=FRIDAY).objections
        assert (objection.code, objection.params["events"]) == ("built_on", "ActivityLogged")
    other = done.account.log("call", person="Li Wei", at=FRIDAY)
    assert attrs.evolve(done, account=other).undo(at=FRIDAY).account.people == (LI,)


def test_a_conversion_from_elsewhere_says_so():
    """What another system changed cannot be known, so it is undone there."""
    way = {"trigger": "convert", "from_stage": "qualified", "to_stage": "converted"}
    lead = apply(a_lead(), LeadConverted(at=MONDAY, **way, account_id="A1", opportunity_id=""))

    (objection,) = Conversion(lead, an_account()).try_undo(at=FRIDAY).objections

    assert (objection.message, objection.remedy) == (
        "the lead was converted elsewhere, and what that changed is not known",
        "undo it where it was converted",
    )

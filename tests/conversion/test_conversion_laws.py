"""The laws of conversion: the plan tells all, nothing is lost, and undone is as never done."""

from __future__ import annotations

import pickle
from collections import Counter
from datetime import timedelta

import attrs
from hypothesis import given
from hypothesis import strategies as st

from salesfunnel.accounts import Account
from salesfunnel.activities import ConsentRegister, Engagement, Steps
from salesfunnel.conversion import NEW, Conversion, draft_conversion, plan_conversion
from salesfunnel.errors import MoveRefused, Refusal
from salesfunnel.history import Contributed
from salesfunnel.leads import Lead
from salesfunnel.opportunities import Involvement, Opportunity
from salesfunnel.testing import accounts, leads, moneys, opportunities
from salesfunnel.values import Answer, Company, ContactPoint, FrozenMap, Person, is_visible
from tests.conversion.examples import facts, later
from tests.funnel.verbs import VERBS

QUALIFIED = leads(stage="qualified")
INTO = st.none() | accounts()
DEALS = st.sampled_from(["meeting", "proposal"]).flatmap(lambda s: opportunities(stage=s))
GAPS = st.timedeltas(timedelta(), timedelta(days=3))
# The id of a step is derived from how many events there are, and so is no fact of the work alone.
SAME_FACTS = sorted(VERBS[Account].keys() - {"plan"})
CHOICES = st.sampled_from(["lead", "keep"])
KNOWN = (
    *("name", "company", "people", "contact_points", "source", "source_words", "details"),
    *("lead_ids", "account_id", "contacts", "answers", "amount", "expected_close"),
    *("owner", "team", "steps", "consent", "engagement"),
)


SUMMED_UP = {Steps: "open", ConsentRegister: "words", Engagement: "moments"}


def leaves(place, value):
    """Take a value apart into single values, each with its place; blank ones are none."""
    if isinstance(value, (Company, Person, Involvement)):
        for field in attrs.fields(type(value)):
            yield from leaves(f"{place}.{field.name}", getattr(value, field.name))
    elif isinstance(value, tuple):
        for member in value:
            yield from leaves(place, member)
    elif type(value) in SUMMED_UP:
        yield from leaves(place, getattr(value, SUMMED_UP[type(value)]))
    elif isinstance(value, FrozenMap):
        for name, item in value.items():
            yield from leaves(f"{place}.{name}", item)
    elif is_said(place, value):
        yield place, type(value) is bool, value


def is_said(place, value):
    """Tell whether a value says anything: other than another role, or another source."""
    if isinstance(value, str):
        return is_visible(value) and not (value == "other" and place in {"source", "contacts.role"})
    return value is not None


def known(noun):
    """Count all single values of an account or a deal."""
    if not isinstance(noun, (Account, Opportunity)):
        return Counter()
    fields = [name for name in KNOWN if hasattr(noun, name)]
    return Counter(leaf for name in fields for leaf in leaves(name, getattr(noun, name)))


def a_plan(data, lead, account):
    """Plan a conversion into what is drawn, or nothing if it is refused."""
    deal = data.draw(st.none() | DEALS)
    opportunity = data.draw(st.sampled_from([NEW, None]))
    if deal and account:
        opportunity = deal.amend(account_id=account.id, at=later(deal))
    places = ["company.city", "person.job_title", "details", "answers", "source"]
    decide = data.draw(st.dictionaries(st.sampled_from(places), CHOICES))
    decide["company"] = data.draw(CHOICES)
    plan = draft_conversion(lead, account=account, opportunity=opportunity, decide=decide)
    if plan.refusal is None:
        return plan
    assert {objection.code for objection in plan.refusal.objections} == {"ambiguous_person"}
    return None


def applied(plan):
    """Carry a plan out after all that has happened."""
    nouns = (plan.lead, plan.account, plan.opportunity)
    return plan.apply(at=max(noun.timeline[-1].at for noun in nouns if hasattr(noun, "timeline")))


@given(QUALIFIED, INTO, st.data())
def test_plan_tells_all_and_only_what_apply_does(lead, account, data):
    """Law 45: carrying out its changes by hand gives what applying gives, value by value."""
    plan = a_plan(data, lead, account)
    if plan is None:
        return

    done = applied(plan)

    for noun, before in (("account", plan.account), ("opportunity", plan.opportunity)):
        by_hand = known(before)
        for change in plan.changes:
            whose, _, place = change.place.partition(".")
            if whose == noun and change.is_taken:
                by_hand.subtract(leaves(place, change.before))
                by_hand.update(leaves(place, change.after))
        assert +by_hand == known(getattr(done, noun))
        assert min(by_hand.values(), default=0) >= 0
    for change in plan.changes:
        pair = (change.before if change.is_taken else change.offered, change.after)
        assert pair[0] != pair[1] or {*map(type, pair)} >= {bool}


@given(QUALIFIED, INTO, st.data())
def test_each_value_of_the_lead_is_found_or_named(lead, account, data):
    """Law 46: nothing that was learnt about a lead is lost without a word."""
    plan = a_plan(data, lead, account)
    if plan is None:
        return

    done = applied(plan)

    found = {value for noun in done for _, _, value in known(noun)}
    named = {value for c in plan.changes for _, _, value in leaves("", c.offered)}
    points = {point.key for point in found if isinstance(point, ContactPoint)}
    fields = ("person", "company", "contact_points", "source", "source_words", "details", "answers")
    fields += ("owner", "team", "steps")
    for field in fields:
        for place, _, value in leaves(field, getattr(lead, field)):
            assert value in found | named or getattr(value, "key", "") in points, place
    assert {"lead.pipeline", "lead.timeline"} <= {change.place for change in plan.changes}
    if isinstance(plan.account, Account) and lead.person:
        assert sum(map(lead.person.is_same, done.account.people)) == 1


@given(QUALIFIED, st.none() | moneys(), INTO)
def test_planned_twice_applied_once(lead, amount, account):
    """Law 48: a second plan, and a second application, give the same ids and equal results."""
    at = later(lead, account)
    given_with = {"amount": amount, "account": account, "decide": {"company": "keep"}}
    plan = draft_conversion(lead, **given_with)
    if plan.refusal is not None:
        return

    done = plan.apply(at=at)

    assert plan.apply(at=at) == done
    assert plan_conversion(lead, **given_with) == plan
    assert plan_conversion(lead, **given_with).apply(at=at) == done
    assert plan.apply(at=at + timedelta(days=1)).opportunity.id == done.opportunity.id
    assert (done.lead.account_id, done.lead.opportunity_id) == (
        plan.account_id,
        plan.opportunity_id,
    )
    assert (done.account.id, done.opportunity.id) == (plan.account_id, plan.opportunity_id)


@given(QUALIFIED, accounts(), DEALS)
def test_fill_never_overwrites(lead, account, deal):
    """Law 49: what stood there still stands there; of words and moments the latest one does."""
    deal = deal.amend(account_id=account.id, at=later(deal))
    plan = draft_conversion(
        lead, account=account, opportunity=deal, decide={"company": "keep"}, role="other"
    )
    if plan.refusal is not None:
        return

    done = applied(plan)

    for before, after in ((account, done.account), (deal, done.opportunity)):
        lost = known(before) - known(after)
        lost = [one for one in lost if not one[0].startswith(("consent", "engagement"))]
        assert [v for *_, v in lost if not (isinstance(v, Answer) and v.value is None)] == []
        assert after.timeline[:-1] == before.timeline


@given(accounts(), st.data())
def test_undo_of_any_conversion_is_as_never_converted(account, data):
    """Law 47: of several conversions any may be undone, in any order; the others stand."""
    drawn = data.draw(st.lists(QUALIFIED, min_size=2, max_size=3, unique_by=lambda lead: lead.id))
    gone = data.draw(st.lists(st.sampled_from(range(len(drawn))), unique=True))
    at = max(later(noun) for noun in (account, *drawn))
    now, deal_now = account, Opportunity.open(id="D", account_id=account.id, at=at)
    never, deal_never = now, deal_now
    made = []
    for place, lead in enumerate(drawn):
        decide = {"company": data.draw(CHOICES)}
        plan = draft_conversion(lead, account=now, opportunity=deal_now, decide=decide)
        if plan.refusal is not None:
            return
        made.append(plan.apply(at=at))
        _, now, deal_now = made[-1]
        if place not in gone:
            _, never, deal_never = plan_conversion(
                lead, account=never, opportunity=deal_never, decide=decide
            ).apply(at=at)
        verb = VERBS[Account][data.draw(st.sampled_from(SAME_FACTS))]
        work = WORK[data.draw(st.sampled_from(sorted(WORK)))]
        now, never = verb(now, at), verb(never, at)
        deal_now, deal_never = work(deal_now, at), work(deal_never, at)

    for place in gone:
        undone = Conversion(made[place].lead, now, deal_now).undo(at=at)
        assert facts(undone.lead) == facts(drawn[place])
        now, deal_now = undone.account, undone.opportunity

    assert facts(now) == facts(never)
    assert facts(deal_now) == facts(deal_never)
    assert Account.replay(now.timeline) == now
    assert Opportunity.replay(deal_now.timeline) == deal_now


WORK = {
    "log": lambda deal, at: deal.log("call", at=at),
    "rename": lambda deal, at: deal.amend(name="Pumps", at=at),
    "propose": lambda deal, at: deal if deal.stage != "meeting" else deal.move("propose", at=at),
    "involve": lambda deal, at: deal.involve("Sara Ahmadi", "decision_maker", at=at),
}


@given(QUALIFIED, INTO, GAPS, GAPS)
def test_undone_is_as_never_converted(lead, account, wait, longer):
    """Lead and account are what they were, but for their timelines, and these go on."""
    at = later(lead, account) + wait
    plan = draft_conversion(lead, account=account, decide={"company": "lead"})
    if plan.refusal is not None:
        return
    done = plan.apply(at=at)

    undone = done.undo(at=at + longer)

    assert (facts(undone.lead), facts(undone.account)) == (facts(lead), facts(account))
    assert undone.lead.timeline[:-1] == done.lead.timeline
    assert account is None or undone.account.timeline[:-1] == done.account.timeline
    assert done.undo(at=at + longer) == undone
    assert Lead.replay(undone.lead.timeline) == undone.lead
    assert account is None or Account.replay(undone.account.timeline) == undone.account
    assert pickle.loads(pickle.dumps(undone)) == undone  # noqa: S301 - our own bytes


def undated(noun):
    """Give all that is known about a noun but the times at which it was made, and moved."""
    dated = {"opened_on", "stage_since", "engagement"}
    fields = [field.name for field in attrs.fields(type(noun)) if field.name in dated]
    return attrs.evolve(facts(noun), **dict.fromkeys(fields))


@given(QUALIFIED, INTO, st.none() | moneys(), st.lists(GAPS, min_size=3, max_size=3))
def test_what_was_undone_can_be_converted_again(lead, account, amount, waits):
    """The second conversion gives the ids and the facts of the first, and is undone alike."""
    at = later(lead, account) + waits[0]
    given_with = {"amount": amount, "decide": {"company": "keep"}}
    plan = draft_conversion(lead, account=account, **given_with)
    if plan.refusal is not None:
        return
    done = plan.apply(at=at)
    undone = done.undo(at=at + waits[1])

    again = plan_conversion(undone.lead, account=undone.account, **given_with).apply(
        at=at + waits[1] + waits[2]
    )

    assert (undated(again.lead), undated(again.account)) == (
        undated(done.lead),
        undated(done.account),
    )
    assert undated(again.opportunity) == undated(done.opportunity)
    assert facts(again.undo(at=later(*again)).lead) == facts(lead)


@given(QUALIFIED, INTO, st.data())
def test_undoing_never_loses_later_work(lead, account, data):
    """Whatever is done afterwards is still there after undoing, or stands in the way of it."""
    at = later(lead, account)
    plan = draft_conversion(lead, account=account, decide={"company": "keep"})
    if plan.refusal is not None:
        return
    done = plan.apply(at=at)
    worked_on = {}
    for field, noun in attrs.asdict(done, recurse=False).items():
        for verb in data.draw(st.lists(st.sampled_from(sorted(VERBS[type(noun)])), max_size=2)):
            try:
                noun = VERBS[type(noun)][verb](noun, at)  # noqa: PLW2901 - the noun, one verb later
            except MoveRefused:
                continue
        worked_on[field] = noun
    later_on = Conversion(**worked_on)

    undone = later_on.try_undo(at=at)

    if isinstance(undone, Refusal):
        assert later_on.opportunity != done.opportunity or (
            account is None and later_on.account != done.account
        )
        return
    assert later_on.opportunity == done.opportunity
    assert undone.lead.timeline[:-1] == later_on.lead.timeline
    if account is None:
        assert (undone.account, later_on.account) == (None, done.account)
        return
    assert undone.account.timeline[:-1] == later_on.account.timeline
    others = [e for e in later_on.account.timeline if not is_of(e, done)]
    assert facts(Account.replay(others)) == facts(undone.account)


def is_of(event, done):
    """Tell whether an event is the contribution of a conversion."""
    return isinstance(event, Contributed) and event.id == done.lead.timeline[-1].conversion_id

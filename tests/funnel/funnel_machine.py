"""A walk through the whole funnel by its public verbs, beside a tiny model that knows the rules."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import attrs
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from salesfunnel import activities
from salesfunnel.accounts import Account, find_people, place
from salesfunnel.conversion import NEW, Conversion, plan_conversion
from salesfunnel.errors import ConversionRefused, MoveRefused, Refusal
from salesfunnel.history import (
    Contributed,
    contribute,
    current_interval,
    record,
    time_in_stage,
    withdraw_contribution,
)
from salesfunnel.leads import Lead, handoff
from salesfunnel.leads.nurturing import resume
from salesfunnel.opportunities import CloseDateMoved, Opportunity, closing
from salesfunnel.pipeline import transfer
from salesfunnel.privacy import consent, erase_person
from salesfunnel.qualification import BANT
from salesfunnel.values import Company, Contribution, Line, Money, Person, total

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
LEAD_WAYS = {
    "new": {"contact": "contacted", "nurture": "nurturing", "qualify": "qualified"},
    "contacted": {"nurture": "nurturing", "qualify": "qualified"},
    "nurturing": {"contact": "contacted", "qualify": "qualified"},
    "qualified": {"nurture": "nurturing", "convert": "converted"},
    "converted": {},
    "disqualified": {},
}
DEAL_WAYS = {
    "meeting": {"propose": "proposal"},
    "proposal": {"meet": "meeting", "negotiate": "negotiation", "win": "won"},
    "negotiation": {"meet": "meeting", "propose": "proposal", "win": "won"},
    "won": {},
    "lost": {},
}
CLOSED = {"converted", "disqualified", "won", "lost"}
CHANCES = {"meeting": Decimal("0.25"), "proposal": Decimal("0.5"), "negotiation": Decimal("0.7")}
REQUIRED = ("need", "budget", "timing")
MAYBE = st.none() | st.booleans()
KINDS = st.sampled_from(["call", "visit"])
CAMPAIGNS = st.sampled_from(["", "", "spring"])
WHO = st.sampled_from(["lead", "lead", "deal", "account"])
OWNERS = st.sampled_from(["", "Ani", "Reza"])
QUESTIONS = st.sampled_from([*REQUIRED, "authority"])
TRUTHS = st.sampled_from([True, True, True, False, None])
NAMES = st.sampled_from(["سارا احمدی", "Արամ", "Zoé", "Li Wei"])
AMOUNTS = st.none() | st.integers(1, 10**9).map(lambda n: Money(n, "IRR"))
DAYS = st.none() | st.dates(date(2026, 1, 1), date(2027, 1, 1))


class Model:
    """What a salesman would keep in mind about a lead or a deal."""

    def __init__(self, stage, **known):
        """Begin in a stage, with what is known."""
        self.stage = self.open_stage = stage
        self.losses = []
        self.rest = None
        self.closings = []
        self.__dict__.update(known)

    def enter(self, stage):
        """Enter an open stage, which ends any rest."""
        self.rest = None
        self.stage = self.open_stage = stage


def facts(noun):
    """Give all that is known about a noun, but not how it came about."""
    return None if noun is None else attrs.evolve(noun, timeline=())


def without(noun, id_):
    """Tell a noun anew without a contribution: what it would be had there been none."""
    events = [event for event in noun.timeline if getattr(event, "id", "") != id_]
    return facts(type(noun).replay(events))


def lives_on(noun, id_):
    """Tell whether anything happened to a noun that a conversion opened, and was not withdrawn."""
    gone = {getattr(event, "withdraws", ""): place for place, event in enumerate(noun.timeline)}
    return any(
        getattr(event, "key", "") != id_ and gone.get(getattr(event, "key", ""), -1) <= place
        for place, event in enumerate(noun.timeline)
        if place and (getattr(event, "key", "") or not getattr(event, "withdraws", ""))
    )


def rests_on(noun, steps):
    """Tell whether something was done with one of several steps."""
    ids = {step.id for step in steps}
    later = [e for e in noun.timeline if isinstance(e, STEP_EVENTS)] if noun else []
    done = {getattr(event, "done", "") for event in noun.timeline} if noun else set()
    return bool(ids & {*done, *(event.id for event in later)})


STEP_EVENTS = (activities.StepMoved, activities.StepDropped)


def moves(deal):
    """List the moves of a deal."""
    return [event for event in deal.timeline if getattr(event, "to_stage", "")]


class Work:
    """What a colleague would keep in mind about the work on a lead, a deal or an account."""

    def __init__(self, owner="", since=MONDAY):
        """Begin with nothing but perhaps an owner."""
        self.owner, self.since = owner, since
        self.activities, self.contacts, self.steps, self.done = [], {}, {}, {}
        self.words, self.heard = {}, {}

    @property
    def counts(self):
        """How many activities there were, and how many of them were contacts."""
        return len(self.activities), len(self.contacts)

    @property
    def quiet_since(self):
        """The last contact, also with a lead that was converted into it, or the beginning."""
        return max((*self.contacts.values(), *self.heard.values()), default=self.since)

    def forget(self, activity):
        """Take back what an activity came to: contact, and a step that was done with it."""
        self.contacts.pop(activity, None)
        if activity in self.done:
            step, planned = self.done.pop(activity)
            self.steps[step] = planned


def is_contact(kind, inbound, reached, campaign):
    """Tell a contact from an attempt, as salesmen do."""
    if campaign and not inbound:
        return False
    return reached if reached is not None else bool(inbound or kind == "visit")


class Funnel(RuleBasedStateMachine):
    """One lead after another is worked on, until it is a deal with an account, won or lost."""

    def __init__(self):
        """Begin with nothing."""
        super().__init__()
        self.now = MONDAY
        self.deal = self.account = self.plan = self.said = None
        self.kept, self.done, self.deals, self.captured = [], [], {}, 0
        self.works, self.erasures = {}, 0

    def do(self, noun, verb, *, allowed=True):
        """Do a verb: it is obeyed or refused as the model says, and the old value stands."""
        before = (noun, noun.version, hash(noun))
        try:
            after = verb(noun)
        except MoveRefused:
            after, obeyed = noun, False
        else:
            obeyed = after.version > noun.version
            assert after.timeline[: noun.version] == noun.timeline
        assert obeyed == allowed
        self.kept = [before]
        return after

    # --- the lead ------------------------------------------------------------------------------

    @initialize(name=NAMES, amount=AMOUNTS, expected=DAYS, far=st.booleans())
    def capture(self, name, amount, expected, far):
        """A lead arrives, and half of the time it is a deal before the walk begins."""
        self.take_in(name, Company("Novin"), {"hall": name})
        if far:
            self.press_on(amount, expected)

    @precondition(lambda self: self.kin.stage in {"new", "contacted", "nurturing"})
    @rule(amount=AMOUNTS, expected=DAYS)
    def press_on(self, amount, expected):
        """All goes well at once, until the lead is a deal."""
        self.answer_well()
        self.qualify()
        self.make_plan(amount, expected)
        self.convert()

    @precondition(lambda self: self.deal and self.sale.stage in CHANCES)
    @rule(name=NAMES)
    def agree(self, name):
        """The one who decides agrees on the amount."""
        self.involve(name, "decision_maker")
        self.revise(Money(900, "IRR"), agreed=True)

    # Several steps at once, so that a walk of forty steps comes to what takes a few in one order.

    @precondition(lambda self: self.kin.stage not in CLOSED)
    @rule(question=st.sampled_from(REQUIRED))
    def change_their_mind(self, question):
        """Something is answered otherwise after the lead was assessed."""
        self.answer_well()
        self.assess()
        self.answer(question, False)
        self.qualify_by_what_was_said()

    @precondition(lambda self: self.kin.stage not in CLOSED)
    @rule(then=st.sampled_from(["accept", "decline"]))
    def hand_over_well(self, then):
        """All is answered, and sales says yes or no."""
        self.answer_well()
        self.hand_over("offer")
        self.hand_over(then)

    @precondition(lambda self: self.kin.stage == "qualified")
    @rule(name=NAMES)
    def change_the_lead_meanwhile(self, name):
        """The lead is changed between the plan and the conversion."""
        self.make_plan(None, None)
        self.amend(name)
        self.convert()

    @rule(who=WHO, reached=MAYBE, ago=st.sampled_from([0, 3]), again=MAYBE)
    def enter_wrongly(self, who, reached, ago, again):
        """A call is entered, and corrected or withdrawn."""
        self.log(who, kind="call", inbound=False, reached=reached, campaign="", ago=ago)
        self.think_again(who, again, "withdraw" if again is None else "correct")

    @rule(who=WHO, then=st.sampled_from(["move", "drop", "do"]))
    def plan_in_vain(self, who, then):
        """A step is planned, and put off, dropped or done."""
        self.plan_next(who, 0, "")
        self.go_on(who, then, last=True)

    @precondition(lambda self: self.kin.stage == "converted")
    @rule(name=NAMES, city=st.sampled_from(["Tehran", "Yerevan"]))
    def capture_another(self, name, city):
        """Another lead arrives, from a company that is an account already."""
        self.take_in(name, Company("NOVIN", city=city), {"hall": city, "way": name})

    def take_in(self, name, company, details):
        """Take a lead in under a number of its own."""
        self.captured += 1
        self.lead = Lead.capture(
            id=f"L{self.captured}",
            person=name,
            company=company,
            email=f"mailbox{self.captured % 2}@novin.example",
            phone="+98 21 8877 6655",
            details=details,
            at=self.now,
        )
        self.kin = Model("new", answers={}, rejection=None, until=None, offer=None)
        self.works["lead"] = Work(since=self.now)

    @rule(days=st.integers(0, 30))
    def wait(self, days):
        """Time passes."""
        self.now += timedelta(days=days)

    @rule(question=QUESTIONS, value=TRUTHS)
    def answer(self, question, value):
        """A question is answered, or stays open."""
        self.lead = self.do(self.lead, lambda lead: lead.answer(question, value, at=self.now))
        self.kin.answers[question] = value

    @rule()
    def answer_well(self):
        """Everything that matters is answered with yes."""
        for question in REQUIRED:
            self.answer(question, True)

    @rule(name=NAMES)
    def amend(self, name):
        """The name was spelt wrongly."""
        self.lead = self.do(self.lead, lambda lead: lead.amend(person=Person(name), at=self.now))

    @rule()
    def qualify(self):
        """The lead is assessed, and qualified if the assessment says so."""
        convinced = all(self.kin.answers.get(question) for question in REQUIRED)
        allowed = convinced and "qualify" in LEAD_WAYS[self.kin.stage]
        self.lead = self.do(
            self.lead, lambda lead: lead.qualify(BANT, at=self.now), allowed=allowed
        )
        if allowed:
            self.kin.enter("qualified")
            self.kin.until = None

    @rule()
    def assess(self):
        """The lead is assessed, and the assessment is kept for later."""
        self.said = BANT.assess(self.lead, at=self.now)

    @precondition(lambda self: self.said)
    @rule()
    def qualify_by_what_was_said(self):
        """An assessment that was kept qualifies the lead as long as it has not changed."""
        fresh = (self.said.lead_id, self.said.lead_version) == (self.lead.id, self.lead.version)
        convinced = all(self.kin.answers.get(question) for question in REQUIRED)
        allowed = fresh and convinced and "qualify" in LEAD_WAYS[self.kin.stage]
        self.lead = self.do(
            self.lead, lambda lead: lead.qualify(self.said, at=self.now), allowed=allowed
        )
        if allowed:
            self.kin.enter("qualified")
            self.kin.until = None

    @rule(days=st.none() | st.integers(1, 90))
    def nurture(self, days):
        """Not now."""
        until = days and self.now + timedelta(days=days)
        allowed = "nurture" in LEAD_WAYS[self.kin.stage]
        self.lead = self.do(
            self.lead, lambda lead: lead.nurture(until=until, at=self.now), allowed=allowed
        )
        if allowed:
            self.kin.warm_from, self.kin.until = self.kin.stage, until
            self.kin.enter("nurturing")

    @rule()
    def resume_lead(self):
        """The lead goes on where it was before it was nurtured."""
        allowed = self.kin.stage == "nurturing"
        self.lead = self.do(self.lead, lambda lead: resume(lead, at=self.now), allowed=allowed)
        if allowed:
            self.kin.enter(self.kin.warm_from)
            self.kin.until = None

    @rule(reason=st.sampled_from(["no_need", "junk"]))
    def disqualify(self, reason):
        """The lead is given up."""
        allowed = self.kin.stage in {"new", "contacted", "nurturing", "qualified"}
        self.lead = self.do(
            self.lead, lambda lead: lead.disqualify(reason, at=self.now), allowed=allowed
        )
        if allowed:
            self.kin.stage, self.kin.rejection, self.kin.until = "disqualified", reason, None

    @rule()
    def reopen(self):
        """The lead is taken up again."""
        allowed = self.kin.stage == "disqualified"
        self.lead = self.do(self.lead, lambda lead: lead.reopen(at=self.now), allowed=allowed)
        if allowed:
            self.kin.stage, self.kin.rejection = self.kin.open_stage, None

    @rule(then=st.sampled_from(["offer", "accept", "decline", "withdraw"]))
    def hand_over(self, then):
        """The lead is offered, and sales answers or the offer is taken back; the stage stays."""
        convinced = all(self.kin.answers.get(question) for question in REQUIRED)
        allowed = self.kin.offer == "offer"
        if then == "offer":
            allowed = not allowed and convinced and self.kin.stage not in CLOSED
        verbs = {
            "offer": lambda lead: handoff.offer(lead, BANT, at=self.now),
            "accept": lambda lead: handoff.accept(lead, at=self.now),
            "decline": lambda lead: handoff.decline(lead, "not_now", at=self.now),
            "withdraw": lambda lead: handoff.withdraw(lead, at=self.now),
        }
        self.lead = self.do(self.lead, verbs[then], allowed=allowed)
        if allowed:
            self.kin.offer = then

    # --- the conversion ------------------------------------------------------------------------

    @precondition(lambda self: self.kin.stage == "qualified")
    @rule(amount=AMOUNTS, expected=DAYS, into=st.sampled_from(["new", "this deal", "no deal"]))
    def make_plan(self, amount, expected, into="new"):
        """A conversion is planned, into the account if there is one, and into the deal if open."""
        known = {"amount": amount, "expected_close": expected}
        if into == "no deal":
            known = {"opportunity": None}
        elif into == "this deal" and self.deal and self.sale.stage in CHANCES:
            known["opportunity"] = self.deal
        self.plan = plan_conversion(self.lead, account=self.account, **known)
        self.wanted = known

    @precondition(lambda self: self.plan)
    @rule()
    def convert(self):
        """The plan is carried out, unless lead, account or deal have moved on."""
        plan, self.plan = self.plan, None
        deal = plan.opportunity if isinstance(plan.opportunity, Opportunity) else None
        current = {"lead": self.lead, "account": self.account}
        current["opportunity"] = self.deal if deal else None
        if plan.lead != self.lead or plan.account != self.account or (deal and deal != self.deal):
            self.refuse(lambda: plan.apply(at=self.now, **current))
            return
        done = plan.apply(at=self.now, **current)
        assert plan.apply(at=self.now) == done
        again = plan_conversion(self.lead, account=self.account, **self.wanted)
        assert again.opportunity_id == done.lead.opportunity_id
        self.check_account(before=self.account, after=done.account)
        assert done.account.owner == (self.account or self.lead).owner
        if self.account is None:
            self.works["account"] = Work(self.lead.owner, since=self.now)
        self.done.append((done.lead, self.account is None, plan.opportunity is NEW))
        self.kin.stage = "converted"
        if plan.opportunity is NEW:
            assert done.opportunity.answers == self.lead.answers
            # What was erased is unknown, and nothing to carry.
            told = {name: fact for name, fact in self.lead.details.items() if fact}
            assert done.opportunity.details == told
            self.begin_deal(done.opportunity)
        elif deal:
            assert self.lead.answers.keys() <= done.opportunity.answers.keys()
            assert (done.opportunity.stage, done.opportunity.name) == (deal.stage, deal.name)
            self.deals[deal.id] = self.deal = done.opportunity
            self.sale.amount = self.sale.amount or self.wanted["amount"]
            self.sale.expected = self.sale.expected or self.wanted["expected_close"]
            self.sale.decider = self.sale.decider or self.kin.answers.get("authority") is True
        target = done.opportunity or done.account
        steps = self.works[target.id if done.opportunity else "account"].steps
        for step, planned in self.works["lead"].steps.items():
            steps.setdefault(step, planned)
        self.take_along(done)
        self.lead, self.account = done.lead, done.account
        assert self.lead.account_id == self.account.id
        if done.opportunity:
            assert done.opportunity.account_id == self.account.id
            assert self.lead.id in done.opportunity.lead_ids
            assert self.lead.opportunity_id == done.opportunity.id

    def take_along(self, done):
        """Account and deal know when the lead was last spoken with, and to what it consented."""
        contacts = self.works["lead"].contacts.values()
        (person,) = find_people(done.account, done.lead.contact_id)
        assert person.is_same(self.lead.person)
        for noun, key in ((done.account, "account"), (done.opportunity, done.lead.opportunity_id)):
            if noun and contacts:
                self.works[key].heard[self.lead.id] = max(contacts)
            for channel, (said_at, _) in self.works["lead"].words.items() if noun else ():
                word = noun.consent.word(channel, person=done.lead.contact_id)
                assert word.at >= said_at

    def begin_deal(self, deal):
        """A deal begins with what the lead knew, and what was planned."""
        self.deals[deal.id] = self.deal = deal
        self.works[deal.id] = Work(self.lead.owner, since=self.now)
        self.sale = Model(
            "meeting",
            chance=CHANCES["meeting"],
            by_hand=None,
            amount=self.wanted["amount"],
            agreed=False,
            expected=self.wanted["expected_close"],
            decider=self.kin.answers.get("authority") is True,
            slips=[],
            primary=self.lead.person.key,
        )

    @precondition(lambda self: self.kin.stage == "converted")
    @rule()
    def convert_again(self):
        """A converted lead is not converted again, and says into what it was."""
        refusal = self.refuse(lambda: plan_conversion(self.lead))
        assert self.lead.account_id in str(refusal)

    @precondition(lambda self: self.done)
    @rule(which=st.integers(0, 9))
    def undo(self, which):
        """One of the conversions was a mistake, and is taken back unless something rests on it."""
        lead, opened_account, opened_deal = self.done[which % len(self.done)]
        lead = self.lead if lead.id == self.lead.id else lead
        if self.deal:
            self.deals[self.deal.id] = self.deal
        deal = self.deals.get(lead.opportunity_id)
        now = Conversion(lead, self.account, deal)
        id_ = next(e.conversion_id for e in reversed(lead.timeline) if hasattr(e, "conversion_id"))
        must_not = (
            (opened_account and lives_on(self.account, id_))
            or (opened_deal and lives_on(deal, id_))
            or lead.stage != "converted"
        )
        if must_not:
            self.refuse(lambda: now.undo(at=self.now))
            return
        undone = now.try_undo(at=self.now)
        if isinstance(undone, Refusal):
            assert undone.code == "built_on"
            steps_done = any(rests_on(noun, lead.steps) for noun in (self.account, deal))
            was_won = deal and any(event.to_stage == "won" for event in moves(deal))
            assert steps_done or deal.closed_on or was_won
            return
        self.kept = [(noun, noun.version, hash(noun)) for noun in now if noun]
        assert undone.lead.timeline[:-1] == lead.timeline
        assert {undone.lead.account_id, undone.lead.opportunity_id} == {""}
        assert facts(undone.account) == (None if opened_account else without(self.account, id_))
        if deal:
            assert facts(undone.opportunity) == (None if opened_deal else without(deal, id_))
        self.done.remove(next(one for one in self.done if one[0].id == lead.id))
        self.account = undone.account
        self.keep_steps("account", undone.account, lead.id)
        self.keep_steps(deal and deal.id, undone.opportunity, lead.id)
        if deal and self.deal and deal.id == self.deal.id:
            self.deal = undone.opportunity
        if deal:
            self.deals[deal.id] = undone.opportunity
        if deal and undone.opportunity and self.deal is undone.opportunity:
            left = without(deal, id_)
            self.sale.amount, self.sale.expected = left.amount, left.expected_close
            self.sale.decider = left.has_decision_maker
        if lead.id == self.lead.id:
            self.kin.stage, self.lead = "qualified", undone.lead

    def keep_steps(self, key, noun, lead_id):
        """Without a conversion a noun has the steps that it would have had, as `undo` has seen."""
        if key in self.works:
            self.works[key].heard.pop(lead_id, None)
        if noun:
            self.works[key].steps = {step.id: (step.due, step.owner) for step in noun.steps}

    @precondition(lambda self: self.account)
    @rule(key=st.sampled_from(["hall", "way"]), name=NAMES)
    def edit_account(self, key, name):
        """A colleague edits the account."""
        details = {**self.account.details, key: name}
        self.account = self.do(self.account, lambda a: a.amend(details=details, at=self.now))

    def refuse(self, conversion):
        """See a conversion refused."""
        try:
            conversion()
        except ConversionRefused as refused:
            return refused.refusal
        raise AssertionError("converted although something stood in the way")

    def check_account(self, *, before, after):
        """What the account had, it still has, and it has the lead's too."""
        assert self.lead.id in after.lead_ids
        keys = [person.key for person in after.people]
        assert keys.count(self.lead.person.key) == 1
        if before:
            assert after.details.items() >= before.details.items()
            assert all(now.is_same(one) for now, one in zip(after.people, before.people))  # noqa: B905 - there may be more
            assert after.company.city == (before.company.city or self.lead.company.city)
            assert (after.name, after.source) == (before.name, before.source)

    # --- the opportunity -----------------------------------------------------------------------

    @precondition(lambda self: self.deal)
    @rule(trigger=st.sampled_from(["meet", "propose", "negotiate", "win"]))
    def move(self, trigger):
        """The deal is dragged to another stage."""
        allowed = trigger in DEAL_WAYS[self.sale.stage]
        if trigger == "win":
            allowed = allowed and self.sale.decider and self.sale.agreed
        self.deal = self.do(
            self.deal, lambda deal: deal.move(trigger, at=self.now), allowed=allowed
        )
        if not allowed:
            return
        stage = DEAL_WAYS[self.sale.stage][trigger]
        if stage == "won":
            self.sale.closings.append(["", self.sale.stage, self.sale.amount])
            self.sale.stage, self.sale.rest = stage, None
        else:
            self.sale.enter(stage)
            self.sale.chance = CHANCES[stage]

    @precondition(lambda self: self.deal)
    @rule(reason=st.sampled_from(["price", "timing"]))
    def lose(self, reason):
        """The deal is lost."""
        allowed = self.sale.stage in CHANCES
        self.deal = self.do(self.deal, lambda deal: deal.lose(reason, at=self.now), allowed=allowed)
        if allowed:
            self.sale.closings.append([reason, self.sale.stage, self.sale.amount])
            self.sale.losses.append(self.sale.closings[-1])
            self.sale.stage, self.sale.rest = "lost", None

    @precondition(lambda self: self.deal)
    @rule(reason=st.sampled_from(["budget", "other"]), amount=st.none() | st.just(Money(7, "IRR")))
    def correct_closing(self, reason, amount):
        """How the deal was closed had been entered wrongly."""
        allowed, again = self.sale.stage not in CHANCES, self.sale.closings[-1:]
        if allowed and [reason, amount or again[0][2]] == again[0][::2]:
            return
        self.deal = self.do(
            self.deal,
            lambda deal: closing.correct(
                deal, reason=reason, amount=amount, note="so", why="slip", at=self.now
            ),
            allowed=allowed,
        )
        if allowed:
            self.sale.amount = amount or self.sale.amount
            again[0][::2] = reason, self.sale.amount

    @precondition(lambda self: self.deal)
    @rule()
    def reopen_deal(self):
        """The deal is taken up again."""
        allowed = self.sale.stage in {"won", "lost"}
        self.deal = self.do(self.deal, lambda deal: deal.reopen(at=self.now), allowed=allowed)
        if allowed:
            self.sale.stage, self.sale.agreed = self.sale.open_stage, False

    @precondition(lambda self: self.deal and self.sale.stage in CHANCES)
    @rule(trigger=st.sampled_from(["propose", "negotiate"]))
    def try_again(self, trigger):
        """The deal goes a stage further, is lost there, and is taken up again at once."""
        self.move(trigger)
        self.lose("price")
        self.reopen_deal()

    @precondition(lambda self: self.deal)
    @rule(amount=AMOUNTS, agreed=st.booleans())
    def revise(self, amount, agreed):
        """The amount changes."""
        agreed, allowed = agreed and amount is not None, self.sale.stage in CHANCES
        self.deal = self.do(
            self.deal,
            lambda deal: (
                deal.amend(lines=[], at=self.now).agree(amount, at=self.now)
                if agreed
                else deal.amend(amount=amount, lines=[], at=self.now)
            ),
            allowed=allowed,
        )
        if allowed:
            self.sale.amount, self.sale.agreed = amount, agreed

    @precondition(lambda self: self.deal)
    @rule(pumps=st.integers(1, 9), off=st.sampled_from(["0", "0.1", "1"]))
    def sell(self, pumps, off):
        """The offer has lines now, and the amount is what they come to; again, it is the same."""
        lines = [
            Line("pump", Money("99.95", "EUR"), quantity=pumps, discount=off),
            Line("credit", Money(-50, "EUR")),
        ]
        allowed = self.sale.stage in CHANCES
        again = allowed and self.deal.lines == tuple(lines)
        self.deal = self.do(
            self.deal,
            lambda deal: deal.amend(lines=lines, at=self.now),
            allowed=allowed and not again,
        )
        if allowed and not again:
            self.sale.amount = sum((line.total for line in lines[1:]), start=lines[0].total)
            self.sale.agreed = False

    @precondition(lambda self: self.deal)
    @rule(version=st.sampled_from(["1", "2"]))
    def follow_a_new_version(self, version):
        """The deal goes on along a new version of its pipeline, where it stands."""
        pipeline = attrs.evolve(self.deal.pipeline, version=version)
        self.deal = self.do(
            self.deal,
            lambda deal: transfer(deal, pipeline, at=self.now),
            allowed=version != self.deal.pipeline.version,
        )

    @precondition(lambda self: self.deal)
    @rule(days=st.none() | st.integers(0, 60))
    def hold(self, days):
        """The deal rests in its stage, perhaps until a day."""
        until, allowed = days and self.now.date() + timedelta(days=days), self.sale.stage in CHANCES
        self.deal = self.do(
            self.deal,
            lambda deal: closing.hold(deal, until=until or None, at=self.now),
            allowed=allowed,
        )
        if allowed:
            self.sale.rest = (self.sale.rest or (self.now,))[0], until or None

    @precondition(lambda self: self.deal)
    @rule()
    def resume_deal(self):
        """Work on the deal goes on where it rested."""
        allowed = self.sale.rest is not None
        self.deal = self.do(
            self.deal, lambda deal: closing.resume(deal, at=self.now), allowed=allowed
        )
        self.sale.rest = None

    @precondition(lambda self: self.deal)
    @rule(day=DAYS)
    def reschedule(self, day):
        """The expected close date moves."""
        allowed = self.sale.stage in CHANCES
        self.deal = self.do(
            self.deal, lambda deal: deal.amend(expected_close=day, at=self.now), allowed=allowed
        )
        if allowed:
            self.sale.slips.append((self.sale.expected, day))
            self.sale.expected = day

    @precondition(lambda self: self.deal)
    @rule(chance=st.sampled_from(["0.1", "0.9"]))
    def estimate(self, chance):
        """The chance is set by hand."""
        allowed = self.sale.stage in CHANCES
        self.deal = self.do(
            self.deal, lambda deal: deal.estimate(chance, at=self.now), allowed=allowed
        )
        if allowed:
            self.sale.by_hand = Decimal(chance)

    @precondition(lambda self: self.deal)
    @rule(
        name=NAMES,
        role=st.sampled_from(["user", "decision_maker", "economic_buyer"]),
        primary=st.booleans(),
    )
    def involve(self, name, role, primary=False):  # noqa: FBT002 - drawn by its name
        """A person has a say, and is perhaps the first one to speak with."""
        self.deal = self.do(
            self.deal, lambda deal: deal.involve(name, role, primary=primary, at=self.now)
        )
        self.sale.decider = self.sale.decider or role != "user"
        self.sale.primary = Person(name).key if primary else self.sale.primary

    # --- activities, steps and owners ----------------------------------------------------------

    def work_on(self, who, verb, *, allowed=True):
        """Do a verb that all three nouns have; the work that is kept in mind, if there is any."""
        if getattr(self, who) is None:
            return None
        setattr(self, who, self.do(getattr(self, who), verb, allowed=allowed))
        return self.work_of(who)

    def work_of(self, who):
        """Find what is kept in mind about one of the three, if it is there."""
        noun = getattr(self, who)
        return noun and self.works[noun.id if who == "deal" else who]

    @rule(
        who=WHO,
        kind=KINDS,
        inbound=MAYBE,
        reached=MAYBE,
        campaign=CAMPAIGNS,
        ago=st.sampled_from([0, 0, 3]),
    )
    def log(self, who, *, kind, inbound, reached, campaign, ago):
        """There is a call, a message or a visit; only contact moves a new lead."""
        when = self.now - timedelta(days=ago)
        told = {"inbound": inbound, "reached": reached, "campaign": campaign, "when": when}
        version = getattr(self, who) and getattr(self, who).version
        work = self.work_on(who, lambda noun: noun.log(kind, at=self.now, **told))
        if work is None:
            return
        logged = getattr(self, who).timeline[version].id
        work.activities.append(logged)
        if not is_contact(kind, inbound, reached, campaign):
            return
        work.contacts[logged] = when
        if who == "lead" and "contact" in LEAD_WAYS[self.kin.stage]:
            self.kin.enter("contacted")
            self.kin.until = None

    @rule(who=WHO, reached=MAYBE, then=st.sampled_from(["correct", "withdraw"]))
    def think_again(self, who, reached, then):
        """The last activity was entered wrongly, or never happened; the stage stays."""
        work = self.work_of(who)
        if not work or not work.activities:
            return
        last = work.activities[-1]
        if then == "withdraw":
            work = self.work_on(who, lambda noun: activities.withdraw(noun, last, at=self.now))
            work.activities.pop()
            work.forget(last)
            return
        at = next(e.at for e in getattr(self, who).timeline if getattr(e, "id", "") == last)
        right = {
            "kind": "call",
            "inbound": False,
            "reached": reached,
            "campaign": "",
            "done": "",
            "when": at,
        }
        work = self.work_on(who, lambda noun: activities.correct(noun, last, at=self.now, **right))
        work.forget(last)
        if reached:
            work.contacts[last] = at

    @rule(who=WHO, days=st.integers(-5, 30), owner=OWNERS)
    def plan_next(self, who, days, owner):
        """A call is to be made by a day."""
        due = self.now.date() + timedelta(days=days)
        work = self.work_on(
            who, lambda noun: activities.plan_step(noun, "call", due=due, owner=owner, at=self.now)
        )
        if work:
            work.steps[getattr(self, who).timeline[-1].id] = (due, owner)

    @rule(who=WHO, then=st.sampled_from(["move", "drop", "do"]), last=st.booleans())
    def go_on(self, who, then, last):
        """A step is put off, dropped or done; one that is not open is refused."""
        work = self.work_of(who)
        if not work:
            return
        step = list(work.steps)[-1 if last else 0] if work.steps else "none"
        due = self.now.date() + timedelta(days=7)
        verbs = {
            "move": lambda noun: activities.move_step(noun, step, due=due, at=self.now),
            "drop": lambda noun: activities.drop_step(noun, step, at=self.now),
            "do": lambda noun: noun.log("call", reached=False, done=step, at=self.now),
        }
        self.work_on(who, verbs[then], allowed=step in work.steps)
        if step not in work.steps:
            return
        was_due, owner = work.steps.pop(step)
        if then == "move":
            work.steps[step] = (due, owner)
        if then == "do":
            activity = getattr(self, who).timeline[-1].id
            work.activities.append(activity)
            work.done[activity] = step, (was_due, owner)

    @rule(who=WHO, owner=OWNERS)
    def assign(self, who, owner):
        """It is given to another."""
        work = self.work_on(who, lambda noun: noun.assign(owner, at=self.now))
        if work:
            work.owner = owner

    # --- privacy, the host's own events, and what is known from elsewhere ----------------------

    @rule(who=WHO, channel=st.sampled_from(["email", "sms"]), given=st.booleans())
    def say(self, who, channel, given):
        """They may be approached by a channel from now on, or may not."""
        word = {"basis": "consent"} if given else {}
        word["person"] = "" if who == "lead" else "a colleague of theirs"
        verb = consent.give if given else consent.withdraw
        work = self.work_on(who, lambda noun: verb(noun, channel, **word, at=self.now))
        if work:
            last = work.words.get(channel)
            is_no = last and last[0] == self.now and not last[1]  # of two at once the no stands
            work.words[channel] = self.now, given and not is_no

    @rule(who=WHO, number=st.integers(0, 9))
    def record(self, who, number):
        """The host puts an event of its own on the timeline."""
        self.work_on(who, lambda noun: record(noun, "invoice", {"number": number}, at=self.now))

    @rule(who=WHO, name=NAMES, back=st.booleans())
    def learn(self, who, name, back):
        """Something is known from elsewhere, and is perhaps taken back at once."""
        more = Contribution({"details": {"card": name}})
        before = getattr(self, who)
        if not self.work_on(who, lambda noun: contribute(noun, more, at=self.now)):
            return
        noun = getattr(self, who)
        assert noun.details["card"] == before.details.get("card", name)
        if back:
            id_ = next(e.id for e in reversed(noun.timeline) if isinstance(e, Contributed))
            self.work_on(who, lambda noun: withdraw_contribution(noun, id_, at=self.now))
            assert facts(getattr(self, who)) == facts(before)

    @precondition(lambda self: self.account)
    @rule()
    def belong_to_a_holding(self):
        """The account stands under another, which cannot stand under it any more."""
        holding = Account.open(id="holding", name="Holding", at=MONDAY)
        self.account = self.do(
            self.account, lambda a: place(a, under=holding, among=[holding, a], at=self.now)
        )
        self.do(
            holding,
            lambda h: place(h, under=self.account, among=[h, self.account], at=self.now),
            allowed=False,
        )

    @precondition(lambda self: self.lead.person and not self.lead.person.is_erased)
    @rule()
    def erase(self):
        """The person is erased from all that there is; stages, money and counts stay."""
        self.erasures += 1
        if self.deal:
            self.deals[self.deal.id] = self.deal
        leads = {lead.id: lead for lead, *_ in self.done} | {self.lead.id: self.lead}
        nouns = [*leads.values(), *filter(None, [self.account]), *filter(None, self.deals.values())]
        token = str(self.erasures)

        erased = erase_person(self.lead.person, *nouns, token=token, at=self.now).nouns

        for before, after in zip(nouns, erased, strict=True):
            assert [e.at for e in after.timeline[: before.version]] == [
                e.at for e in before.timeline
            ]
        by_id = {(type(noun), noun.id): noun for noun in erased}
        self.lead = by_id[Lead, self.lead.id]
        self.done = [(by_id[Lead, lead.id], *rest) for lead, *rest in self.done]
        self.account = self.account and by_id[Account, self.account.id]
        self.deals = {id_: deal and by_id[Opportunity, deal.id] for id_, deal in self.deals.items()}
        self.deal = self.deal and self.deals[self.deal.id]
        if self.deal:
            self.sale.primary = self.deal.primary_contact and self.deal.primary_contact.key
        self.kept = []

    @invariant()
    def the_work_is_as_the_model_says(self):
        """Activities, contacts, silence, steps and owner, and the agenda of all three."""
        lines = {}
        for who in ("lead", "deal", "account"):
            noun, work = getattr(self, who), self.work_of(who)
            if not noun:
                continue
            engagement = noun.engagement
            assert (engagement.activities, engagement.times_in_contact) == work.counts
            assert engagement.quiet_since == work.quiet_since
            assert {s.id: (s.due, s.owner) for s in noun.steps} == work.steps
            assert noun.owner == work.owner
            for channel, (_, given) in work.words.items():
                person = "" if who == "lead" else "a colleague of theirs"
                assert noun.consent.word(channel, person=person).is_given == given
            owned = [i.length(at=self.now) for i in activities.owner_history(noun.timeline)]
            assert sum(owned, timedelta()) == self.now - noun.timeline[0].at
            model = {"lead": "kin", "deal": "sale"}.get(who)
            is_open = not model or getattr(self, model).stage not in CLOSED
            for step, (due, owner) in work.steps.items() if is_open else ():
                lines[who, step] = (due, owner or work.owner)
        nouns = [noun for noun in (self.lead, self.deal, self.account) if noun]
        listed = activities.agenda(nouns, at=self.now, days=None)
        names = {Lead: "lead", Opportunity: "deal", Account: "account"}
        assert {
            (names[type(line.noun)], line.step.id): (line.due, line.owner)
            for line in listed
            if line.step
        } == lines

    # --- the laws ------------------------------------------------------------------------------

    @invariant()
    def each_noun_is_the_fold_of_its_timeline(self):
        """Nothing is kept but by events, and these are in order."""
        for kind, noun in ((Lead, self.lead), (Opportunity, self.deal), (Account, self.account)):
            if noun:
                assert kind.replay(noun.timeline) == noun
                assert noun.version == len(noun.timeline)
                times = [event.at for event in noun.timeline]
                assert times == sorted(times)

    @invariant()
    def nothing_is_in_two_places(self):
        """An address is the firm's or a person's, and one contact at most is primary."""
        if self.account:
            people = [point.key for one in self.account.people for point in one.contact_points]
            assert not {*people} & {point.key for point in self.account.contact_points}
        if self.deal:
            assert [contact.primary for contact in self.deal.contacts].count(True) <= 1
            assert {contact.person.contact_points for contact in self.deal.contacts} <= {()}
            first = self.deal.primary_contact
            assert (first and first.key) == self.sale.primary

    @invariant()
    def what_was_still_stands(self):
        """The value before the last verb is what it was."""
        for noun, version, fingerprint in self.kept:
            assert (noun.version, hash(noun)) == (version, fingerprint)

    @invariant()
    def times_in_stage_add_up(self):
        """The times in the stages are the age."""
        if self.deal:
            here = current_interval(self.deal.timeline, at=self.now)
            since = self.deal.rest.since
            rests = self.deal.rest.rested + (self.now - since if since else timedelta())
            assert here.rested(at=self.now) == rests
            assert here.is_resting(at=self.now) == (since is not None)
        for noun in filter(None, (self.lead, self.deal)):
            spent = time_in_stage(noun.timeline, at=self.now)
            assert sum(spent.values(), timedelta()) == self.now - noun.timeline[0].at

    @invariant()
    def the_lead_is_as_the_model_says(self):
        """Stage, answers, rejection and what is allowed next."""
        lead, kin = self.lead, self.kin
        assert (lead.stage, lead.rejection) == (kin.stage, kin.rejection)
        assert lead.nurture_until == kin.until
        assert {slot: said.value for slot, said in lead.answers.items()} == kin.answers
        answered = {"accept": True, "decline": False}.get(kin.offer)
        assert bool(lead.hand_off and lead.hand_off.is_open) == (kin.offer == "offer")
        assert (lead.hand_off and lead.hand_off.is_accepted) == answered
        ways = set(LEAD_WAYS[kin.stage])
        ways |= {"reopen"} if kin.stage == "disqualified" else set()
        ways |= set() if kin.stage in {"disqualified", "converted"} else {"disqualify"}
        assert {way.trigger for way in lead.ways(at=self.now) if way} == ways

    @invariant()
    def the_deal_is_as_the_model_says(self):
        """Stage, chance, amount, dates, losses and what is allowed next."""
        if not self.deal:
            return
        deal, sale = self.deal, self.sale
        closed = {"won": Decimal(1), "lost": Decimal(0)}.get(sale.stage)
        chance = sale.chance if sale.by_hand is None else sale.by_hand
        assert deal.stage == sale.stage
        assert deal.probability.value == (chance if closed is None else closed)
        assert (deal.amount, deal.amount_agreed) == (sale.amount, sale.agreed)
        assert not deal.lines or total(deal.lines) == deal.amount
        assert deal.expected_close == sale.expected
        assert (deal.rest.since, deal.held_until) == (sale.rest or (None, None))
        assert (deal.closed_on is None) == (closed is None)
        assert (deal.loss is None) == (sale.stage != "lost")
        assert deal.closing == (None if closed is None else deal.closings[-1])
        assert [[c.reason, c.stage, c.amount] for c in deal.closings] == sale.closings
        assert [[c.reason, c.stage, c.amount] for c in deal.losses] == sale.losses
        slips = [e for e in deal.timeline if isinstance(e, CloseDateMoved)]
        assert [(slip.before, slip.expected_close) for slip in slips] == sale.slips
        ways = set(DEAL_WAYS[sale.stage]) | ({"lose"} if closed is None else {"reopen"})
        ways -= set() if sale.decider and sale.agreed else {"win"}
        assert {way.trigger for way in deal.ways(at=self.now) if way} == ways

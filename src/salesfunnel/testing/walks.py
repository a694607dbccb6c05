"""
Hypothesis strategies for leads, opportunities and accounts: each is made by walking its verbs.

So what comes out can also come about.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any, TypeVar

import attrs
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from ..accounts.account import Account
from ..accounts.hierarchy import place
from ..accounts.people import person_id
from ..activities.consents import LegalBasis
from ..activities.events import ActivityLogged
from ..activities.logging import correct, withdraw
from ..activities.planning import drop_step, move_step, plan_step
from ..conversion.planning import plan_conversion
from ..duplicates.merge_plan import MergePlan
from ..duplicates.merging import plan_merge
from ..duplicates.unmerging import undo_merge
from ..errors import MoveRefused
from ..history.contributed import Contributed, contribute, withdraw_contribution
from ..history.recorded import record
from ..leads import handoff
from ..leads.lead import Lead
from ..leads.nurturing import resume
from ..opportunities import closing
from ..opportunities.contacts import Involvement
from ..opportunities.opportunity import Opportunity
from ..pipeline.move import Destination, Move
from ..pipeline.pipeline import Pipeline
from ..pipeline.presets.code_lists import CONTACT_ROLES, DISQUALIFICATION_REASONS, LOSS_REASONS
from ..pipeline.presets.standard import LEAD_PIPELINE, OPPORTUNITY_PIPELINE
from ..pipeline.transferring import transfer
from ..privacy import consent
from ..privacy.erasing import erase_person
from ..qualification.frameworks import BANT
from ..values.contribution import Contribution
from ..values.lines import Line
from ..values.money import Money
from ..values.person import Person
from ..values.source import Source
from .strategies import (
    NASTY_NAMES,
    answers,
    companies,
    contact_points,
    days,
    instants,
    moneys,
    names,
    notes,
    people,
)

_LONGEST_WALK = 9

# Made once, since Hypothesis takes long to make a strategy.
_lines = st.just("") | st.sampled_from(NASTY_NAMES)
_names, _notes, _people, _companies = names(), notes(), people(), companies()
_moneys, _days, _instants, _answers = moneys(), days(), instants(), answers()
_maybe_people, _maybe_companies = st.none() | _people, st.none() | _companies
_offers = st.lists(
    st.builds(
        Line,
        st.sampled_from(["pump", "پمپ"]),
        moneys(currency="EUR").map(Money.rounded),
        quantity=st.integers(0, 9),
        discount=st.sampled_from(["0", "0.1", "1"]),
    ),
    max_size=2,
)
_maybe_moneys, _maybe_days = st.none() | _moneys, st.none() | _days
_crowd, _points = st.lists(_people, max_size=2), st.lists(contact_points(), max_size=2)
_ids = st.lists(_names, max_size=2)
_details = st.dictionaries(_names, _notes, max_size=2)
_questions = st.sampled_from(["need", "budget", "timing", "authority", "purchase_process"]).map(str)
_answers_by_question = st.dictionaries(_questions, _answers, max_size=3)
_gaps = st.timedeltas(timedelta(), timedelta(days=40))
_sources, _roles = st.sampled_from(Source), st.sampled_from([*CONTACT_ROLES])
_lead_roles = st.sampled_from(["", "adviser", "user"])
_rejections, _reasons = (
    st.sampled_from([*codes]) for codes in (DISQUALIFICATION_REASONS, LOSS_REASONS)
)
_why = notes().filter(bool)
_also = st.lists(_reasons, max_size=1)
_competitors = st.sampled_from(["", "Faradis", ("Faradis", "سارا")])
_maybe_booleans = st.none() | st.booleans()
_kinds = st.sampled_from(["call", "email", "sms", "meeting", "visit", "فکس"])
_activity_ids = st.sampled_from(["", "", "", "m1", "m2", "پیام ۳"])
_further_plans = st.sampled_from(["keep", "keep", "move", "drop", "do"])
_second_thoughts = st.sampled_from(["keep", "keep", "correct", "withdraw"])
_outcomes, _campaigns = st.sampled_from(["", "no_answer"]), st.sampled_from(["", "", "spring"])
_owners = st.sampled_from(["", "Ani", "Reza", "سارا"])
_channels, _purposes = st.sampled_from(["email", "sms"]), st.sampled_from(["marketing", "service"])
_bases = st.sampled_from(LegalBasis)
_tokens = st.sampled_from(["", "request 7"])
_hand_off_answers = st.sampled_from(["accept", "decline", "withdraw", "wait"])
_win_reasons = st.sampled_from(["", "price", "quality"])
_facts = st.dictionaries(
    st.sampled_from(["number", "sum"]), st.integers(0, 9) | _moneys, max_size=2
)
_merges = st.sampled_from(["fill", "add", "replace", "keep"])
_versions = st.sampled_from(["1", "2"])
_chances, _booleans = st.sampled_from(["0", "0.1", "0.9", "1"]), st.booleans()


def _reminding(pipeline: Pipeline) -> Pipeline:
    """Add a move to a pipeline that leaves the stage as it is."""
    here = [stage.name for stage in pipeline.stages if stage.is_open]
    remind = Move("remind", here, Destination.STAYS)
    return attrs.evolve(pipeline, name="with reminders", moves=(*pipeline.moves, remind))


_lead_pipelines = st.sampled_from([LEAD_PIPELINE, _reminding(LEAD_PIPELINE)])
_deal_pipelines = st.sampled_from([OPPORTUNITY_PIPELINE, _reminding(OPPORTUNITY_PIPELINE)])
NounT = TypeVar("NounT", Lead, Opportunity, Account)
NounStep = Callable[[DrawFn, Any, datetime], Any]


@st.composite
def leads(draw: DrawFn, *, stage: str = "") -> Lead:
    """
    Leads that have walked some way, wherever it led, or in a given stage.

    >>> leads(stage="qualified").validate()
    """
    lead = Lead.capture(
        person=draw(_maybe_people) or "",
        role=draw(_lead_roles),
        company=draw(_companies),
        contact_points=draw(_points),
        source=draw(_sources),
        source_words=draw(_notes),
        details=draw(_details),
        id=draw(_lines),
        pipeline=draw(_lead_pipelines),
        owner=draw(_owners),
        by=draw(_lines),
        at=draw(_instants),
    )
    lead = _walk(draw, lead, _LEAD_REMARKS if stage else _LEAD_STEPS)
    at = lead.timeline[-1].at + draw(_gaps)
    arrived: Lead = _LEAD_WAYS[stage](draw, lead, at) if stage else lead
    return arrived


@st.composite
def opportunities(draw: DrawFn, *, stage: str = "") -> Opportunity:
    """
    Opportunities that have walked some way, wherever it led, or in a given stage.

    >>> opportunities(stage="won").validate()
    """
    deal = Opportunity.open(
        id=draw(_names),
        name=draw(_lines),
        account_id=draw(_lines),
        lead_ids=draw(_ids),
        amount=draw(_maybe_moneys),
        expected_close=draw(_maybe_days),
        answers=draw(_answers_by_question),
        source=draw(_sources),
        source_words=draw(_notes),
        details=draw(_details),
        pipeline=draw(_deal_pipelines),
        owner=draw(_owners),
        by=draw(_lines),
        at=draw(_instants),
    )
    deal = _walk(draw, deal, _DEAL_REMARKS if stage else _DEAL_STEPS)
    at = deal.timeline[-1].at + draw(_gaps)
    arrived: Opportunity = _DEAL_WAYS[stage](draw, deal, at) if stage else deal
    return arrived


@st.composite
def accounts(draw: DrawFn) -> Account:
    """
    Accounts of companies and of people, some of them completed or corrected later.

    >>> accounts().validate()
    """
    account = Account.open(
        id=draw(_names),
        name=draw(_names),
        company=draw(_maybe_companies),
        people=draw(_crowd),
        contact_points=draw(_points),
        source=draw(_sources),
        source_words=draw(_notes),
        details=draw(_details),
        lead_ids=draw(_ids),
        owner=draw(_owners),
        by=draw(_lines),
        at=draw(_instants),
    )
    return _walk(draw, account, _ACCOUNT_STEPS)


def _walk(draw: DrawFn, entity: NounT, steps: dict[str, NounStep]) -> NounT:
    for name in draw(_walks[tuple(steps)]):
        try:
            entity = steps[name](draw, entity, entity.timeline[-1].at + draw(_gaps))
        except MoveRefused:
            continue  # the way is closed from here, so the walk goes on elsewhere
    return entity


def _log(draw: DrawFn, noun: Any, at: datetime) -> Any:  # noqa: ANN401 - one of three nouns
    noun = noun.log(
        draw(_kinds),
        inbound=draw(_maybe_booleans),
        reached=draw(_maybe_booleans),
        outcome=draw(_outcomes),
        when=draw(st.none() | st.just(at - draw(_gaps))),
        person=draw(_lines),
        campaign=draw(_campaigns),
        note=draw(_notes),
        id=draw(_activity_ids),
        by=draw(_lines),
        at=at,
    )
    known = [event.id for event in noun.timeline if isinstance(event, ActivityLogged)]
    then = draw(_second_thoughts)
    if then == "correct":
        return correct(noun, known[-1], kind=draw(_kinds), reached=draw(_maybe_booleans), at=at)
    return noun if then == "keep" else withdraw(noun, known[-1], note=draw(_notes), at=at)


def _plan(draw: DrawFn, noun: Any, at: datetime) -> Any:  # noqa: ANN401 - one of three nouns
    due = draw(_days | _instants)
    noun = plan_step(
        noun,
        draw(_kinds),
        due=due,
        owner=draw(_owners),
        note=draw(_notes),
        id=draw(_activity_ids),
        by=draw(_lines),
        at=at,
    )
    step = draw(st.sampled_from(noun.steps.open)).id
    then = draw(_further_plans)
    if then == "move":
        return move_step(noun, step, due=draw(_days | _instants), note=draw(_notes), at=at)
    if then == "drop":
        return drop_step(noun, step, note=draw(_notes), at=at)
    return noun if then == "keep" else noun.log(draw(_kinds), reached=False, done=step, at=at)


def _assign(draw: DrawFn, noun: Any, at: datetime) -> Any:  # noqa: ANN401 - one of three nouns
    return noun.assign(draw(_owners), team=draw(_owners), note=draw(_notes), at=at)


def _record(draw: DrawFn, noun: Any, at: datetime) -> Any:  # noqa: ANN401 - one of three nouns
    return record(noun, "invoice_sent", draw(_facts), by=draw(_lines), at=at)


def _consent(draw: DrawFn, noun: Any, at: datetime) -> Any:  # noqa: ANN401 - one of three nouns
    if draw(_booleans):
        return consent.withdraw(noun, source=draw(_lines), by=draw(_lines), at=at)
    return consent.give(
        noun,
        draw(_channels),
        basis=draw(_bases),
        purpose=draw(_purposes),
        until=at + draw(_gaps),
        source=draw(_lines),
        when=at - draw(_gaps),
        at=at,
    )


def _erase(draw: DrawFn, noun: Any, at: datetime) -> Any:  # noqa: ANN401 - one of three nouns
    involved = [contact.person for contact in getattr(noun, "contacts", ())]
    people = [*involved, *getattr(noun, "people", ()), getattr(noun, "person", None)]
    known = next((person for person in people if person), None)
    who = known or getattr(noun, "name", "").strip() or draw(_people)
    return erase_person(who, noun, token=draw(_tokens), at=at).nouns[0]


def _merge_and_undo(_draw: DrawFn, noun: Any, at: datetime) -> Any:  # noqa: ANN401 - two nouns
    """Merge a lead or an account into another one by mistake, where nothing speaks against it."""
    survivor: Any = Lead.capture(id=f"survivor of {noun.id}", at=at)
    if isinstance(noun, Account):
        survivor = Account.open(id=f"survivor of {noun.id}", name="Novin", at=at)
    plan: MergePlan[Any] = plan_merge(survivor, noun)
    if plan.refusal is not None:
        return noun
    merged = plan.apply(at=at)
    return undo_merge(merged.survivor, merged.other, at=at).other


def _merge_people(draw: DrawFn, noun: Any, at: datetime) -> Any:  # noqa: ANN401 - one of three nouns
    """Let the first person whom a noun names turn out to be the last, perhaps by mistake."""
    if isinstance(noun, Lead):
        known = [Person("A", id="a"), Person("B", id=noun.contact_id or "b")]
    else:
        contacts = [contact.person for contact in getattr(noun, "contacts", ())]
        known = [person for person in getattr(noun, "people", contacts) if not person.is_erased]
    home: Any = noun
    if isinstance(noun, Opportunity) and known:
        home = Account.open(id=noun.account_id or "home", name="Novin", people=known, at=at)
    ids = [person_id(home.id, person) for person in known]
    if not ids or ids[0] == ids[-1]:
        return noun
    merged = plan_merge(known[0], known[-1], pointing=(home, noun))
    done = merged.apply(at=at, by=draw(_lines))
    if draw(_booleans):
        done = undo_merge(done.survivor, done.other, pointing=done.pointing, at=at)
    of_its_kind = (one for one in done.pointing if type(one) is type(noun))
    return next((one for one in of_its_kind if one.id == noun.id), noun)


def _remind(draw: DrawFn, noun: Any, at: datetime) -> Any:  # noqa: ANN401 - a lead or an opportunity
    return noun.move("remind", note=draw(_notes), at=at)


def _transfer(draw: DrawFn, noun: Any, at: datetime) -> Any:  # noqa: ANN401 - a lead or an opportunity
    version = draw(_versions)
    return transfer(noun, attrs.evolve(noun.pipeline, version=version), note=draw(_notes), at=at)


def _meet(draw: DrawFn, lead: Lead, at: datetime) -> Lead:
    return lead.log("meeting", note=draw(_notes), at=at)


def _answer(draw: DrawFn, noun: Any, at: datetime) -> Any:  # noqa: ANN401 - a lead or an opportunity
    return noun.answer(draw(_questions), draw(_answers), at=at)


def _amend(draw: DrawFn, lead: Lead, at: datetime) -> Lead:
    return lead.amend(person=draw(_people), details=draw(_details), at=at)


def _nurture(draw: DrawFn, lead: Lead, at: datetime) -> Lead:
    until = at + draw(_gaps) + timedelta(days=1)
    return lead.nurture(until=until if draw(_booleans) else None, note=draw(_notes), at=at)


def _nurture_and_resume(draw: DrawFn, lead: Lead, at: datetime) -> Lead:
    return resume(_nurture(draw, lead, at), note=draw(_notes), at=at + draw(_gaps))


def _qualify(_draw: DrawFn, lead: Lead, at: datetime) -> Lead:
    lead = lead.answer({"need": True, "budget": True, "timing": True}, at=at)
    return lead.qualify(BANT, at=at)


def _convert(draw: DrawFn, lead: Lead, at: datetime) -> Lead:
    return plan_conversion(_qualify(draw, lead, at)).apply(at=at).lead


def _convert_and_undo(draw: DrawFn, lead: Lead, at: datetime) -> Lead:
    return plan_conversion(_qualify(draw, lead, at)).apply(at=at).undo(at=at).lead


def _offer(draw: DrawFn, lead: Lead, at: datetime) -> Lead:
    lead = lead.answer({"need": True, "budget": True, "timing": True}, at=at)
    lead = handoff.offer(lead, BANT, by=draw(_lines), at=at)
    answer = draw(_hand_off_answers)
    if answer == "accept":
        return handoff.accept(lead, owner=draw(_owners), note=draw(_notes), at=at)
    if answer == "withdraw":
        return handoff.withdraw(lead, note=draw(_notes), at=at)
    if answer == "wait":
        return lead
    until = at + draw(_gaps) + timedelta(days=1) if draw(_booleans) else None
    return handoff.decline(lead, "not_now", note=draw(_notes), recycle_on=until, at=at)


def _disqualify(draw: DrawFn, lead: Lead, at: datetime) -> Lead:
    reason = draw(_rejections)
    return lead.disqualify(reason, note=draw(_why), at=at)


def _reopen(draw: DrawFn, noun: Any, at: datetime) -> Any:  # noqa: ANN401 - a lead or an opportunity
    return noun.reopen(note=draw(_notes), at=at)


def _close_and_reopen(draw: DrawFn, deal: Opportunity, at: datetime) -> Opportunity:
    deal = deal if deal.closed_on else _lose(draw, deal, at)
    return deal.reopen(note=draw(_notes), at=at)


def _estimate(draw: DrawFn, deal: Opportunity, at: datetime) -> Opportunity:
    return deal.estimate(draw(_chances), at=at)


def _revise(draw: DrawFn, deal: Opportunity, at: datetime) -> Opportunity:
    if draw(_booleans):
        return deal.amend(lines=draw(_offers), at=at)
    day = draw(_maybe_days)
    return deal.amend(amount=draw(_maybe_moneys), lines=[], expected_close=day, at=at)


def _agree(draw: DrawFn, deal: Opportunity, at: datetime) -> Opportunity:
    return deal.agree(None if deal.lines else draw(_moneys), at=at)


def _rename(draw: DrawFn, deal: Opportunity, at: datetime) -> Opportunity:
    return deal.amend(name=draw(_lines), details=draw(_details), at=at)


def _involve(draw: DrawFn, deal: Opportunity, at: datetime) -> Opportunity:
    return deal.involve(draw(_people), draw(_roles), primary=draw(_booleans), at=at)


def _move(draw: DrawFn, deal: Opportunity, at: datetime, *, trigger: str) -> Opportunity:
    return deal.move(trigger, note=draw(_notes), at=at)


def _win(draw: DrawFn, deal: Opportunity, at: datetime) -> Opportunity:
    if deal.stage == "meeting":
        deal = _to_proposal(draw, deal, at)
    deal = _agree(draw, deal, at)
    deal = deal.involve(draw(_people), "decision_maker", at=at)
    return deal.win(draw(_win_reasons), note=draw(_notes), at=at)


def _lose(draw: DrawFn, deal: Opportunity, at: datetime) -> Opportunity:
    reason = draw(_reasons)
    return deal.lose(
        reason, also=draw(_also), competitor=draw(_competitors), note=draw(_why), at=at
    )


def _correct_closing(draw: DrawFn, deal: Opportunity, at: datetime) -> Opportunity:
    deal = _lose(draw, deal, at)
    amount, note = draw(_maybe_moneys), draw(_why)
    return closing.correct(deal, amount=amount, note=note, why="entered wrongly", at=at)


def _hold(draw: DrawFn, deal: Opportunity, at: datetime) -> Opportunity:
    until = draw(st.none() | st.just(at.date()) | st.just(at + timedelta(days=9)))
    reason = draw(st.sampled_from(["", "budget"]))
    deal = closing.hold(deal, until=until, reason=reason, note=draw(_notes), at=at)
    return closing.resume(deal, note=draw(_notes), at=at) if draw(_booleans) else deal


def _to_proposal(draw: DrawFn, deal: Opportunity, at: datetime) -> Opportunity:
    return _move(draw, deal, at, trigger="propose")


def _contribute(draw: DrawFn, noun: Any, at: datetime) -> Any:  # noqa: ANN401 - one of three nouns
    known = {
        "person": draw(_people),
        "company": draw(_companies),
        "people": draw(_crowd),
        "contact_points": draw(_points),
        "contacts": [Involvement(person, draw(_roles)) for person in draw(_crowd)],
        "answers": draw(_answers_by_question),
        "details": draw(_details),
        "lead_ids": draw(_ids),
    }
    values = {field: value for field, value in known.items() if hasattr(noun, field)}
    ways = {field: draw(_merges) for field in values}
    contributed = contribute(noun, Contribution(values, ways=ways), by=draw(_lines), at=at)
    if draw(_booleans):
        return contributed
    brought = next(e for e in contributed.timeline if isinstance(e, Contributed))
    try:
        return withdraw_contribution(contributed, brought.id, by=draw(_lines), at=at)
    except MoveRefused:
        return contributed  # the first one was withdrawn already


def _place(draw: DrawFn, account: Account, at: datetime) -> Account:
    above = Account.open(id=f"above {account.id}", name=draw(_names), at=at)
    return place(account, under=above, among=[account, above], at=at)


def _rename_account(draw: DrawFn, account: Account, at: datetime) -> Account:
    return account.amend(name=draw(_names), source=draw(_sources), at=at)


_SHARED_STEPS: dict[str, NounStep] = {
    "log": _log,
    "plan": _plan,
    "assign": _assign,
    "record": _record,
    "consent": _consent,
    "erase": _erase,
    "contribute": _contribute,
    "merge people": _merge_people,
}
_LEAD_REMARKS: dict[str, NounStep] = {
    "answer": _answer,
    "amend": _amend,
    "plan": _plan,
    "assign": _assign,
    "record": _record,
    "consent": _consent,
    "erase": _erase,
    "contribute": _contribute,
    "merge people": _merge_people,
}
_LEAD_STEPS: dict[str, NounStep] = {
    **_LEAD_REMARKS,
    **_SHARED_STEPS,
    "nurture": _nurture,
    "nurture and resume": _nurture_and_resume,
    "qualify": _qualify,
    "convert": _convert,
    "convert and undo": _convert_and_undo,
    "offer": _offer,
    "disqualify": _disqualify,
    "remind": _remind,
    "transfer": _transfer,
    "reopen": _reopen,
    "merge and undo": _merge_and_undo,
}
_LEAD_WAYS: dict[str, NounStep] = {
    "new": lambda _draw, lead, _at: lead,
    "contacted": _meet,
    "nurturing": _nurture,
    "qualified": _qualify,
    "converted": _convert,
    "disqualified": _disqualify,
}
_DEAL_REMARKS: dict[str, NounStep] = {
    "answer": _answer,
    "estimate": _estimate,
    "revise": _revise,
    "agree": _agree,
    "rename": _rename,
    "involve": _involve,
    "hold": _hold,
    **_SHARED_STEPS,
}
_DEAL_STEPS: dict[str, NounStep] = {
    **_DEAL_REMARKS,
    "propose": _to_proposal,
    "negotiate": partial(_move, trigger="negotiate"),
    "meet": partial(_move, trigger="meet"),
    "win": _win,
    "propose and win": lambda draw, deal, at: _win(draw, _to_proposal(draw, deal, at), at),
    "lose": _lose,
    "lose and correct": _correct_closing,
    "remind": _remind,
    "transfer": _transfer,
    "reopen": _close_and_reopen,
}
_DEAL_WAYS: dict[str, NounStep] = {
    "meeting": lambda _draw, deal, _at: deal,
    "proposal": _to_proposal,
    "negotiation": lambda draw, deal, at: _move(
        draw, _to_proposal(draw, deal, at), at, trigger="negotiate"
    ),
    "won": _win,
    "lost": _lose,
}
_ACCOUNT_STEPS: dict[str, NounStep] = {
    "rename": _rename_account,
    "place": _place,
    "merge and undo": _merge_and_undo,
    **_SHARED_STEPS,
}

_walks = {
    tuple(steps): st.lists(st.sampled_from(sorted(steps)), max_size=_LONGEST_WALK)
    for steps in (_LEAD_REMARKS, _LEAD_STEPS, _DEAL_REMARKS, _DEAL_STEPS, _ACCOUNT_STEPS)
}

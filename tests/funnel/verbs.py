"""The verbs of each noun, called in one way: with the noun and an instant."""

from __future__ import annotations

from datetime import date, timedelta

from salesfunnel.accounts import Account
from salesfunnel.activities import plan_step
from salesfunnel.conversion import plan_conversion
from salesfunnel.history import contribute
from salesfunnel.leads import Lead
from salesfunnel.leads.nurturing import resume
from salesfunnel.opportunities import Opportunity, closing
from salesfunnel.qualification import BANT
from salesfunnel.testing import accounts, leads, opportunities
from salesfunnel.values import Company, Contribution, Money, Person

SARA = Person("Sara Ahmadi")
PRICE = Money(900, "EUR")
MORE = Contribution({"lead_ids": ["one more"]})


def bant(lead, at):
    """Assess a lead by the default policy."""
    return BANT.assess(lead, at=at)


def given_with(trigger, noun, at):
    """Give what a move needs, as the verb of the same name does."""
    needs = {
        "qualify": {"assessment": bant(noun, at)} if trigger == "qualify" else {},
        "convert": {"account": "7"},
        "disqualify": {"reason": "no_need"},
        "lose": {"reason": "price"},
    }
    return needs.get(trigger, {})


# The verbs that are triggers of the pipeline, by the name of the trigger.
LEAD_TRIGGERS = {
    "contact": lambda lead, at: lead.move("contact", at=at),
    "nurture": lambda lead, at: lead.nurture(until=at + timedelta(days=30), at=at),
    "qualify": lambda lead, at: lead.qualify(BANT, at=at),
    "convert": lambda lead, at: plan_conversion(lead).apply(at=at).lead,
    "disqualify": lambda lead, at: lead.disqualify("no_need", at=at),
    "reopen": lambda lead, at: lead.reopen(at=at),
}
DEAL_TRIGGERS = {
    "propose": lambda deal, at: deal.move("propose", note="sent", at=at),
    "negotiate": lambda deal, at: deal.move("negotiate", at=at),
    "meet": lambda deal, at: deal.move("meet", at=at),
    "win": lambda deal, at: deal.win(at=at),
    "lose": lambda deal, at: deal.lose("price", at=at),
    "reopen": lambda deal, at: deal.reopen(at=at),
}
SHARED = {
    "assign": lambda noun, at: noun.assign("Ani", team="south", at=at),
    "plan": lambda noun, at: plan_step(
        noun, "call", due=date(2026, 3, 9), id=f"step {noun.steps.count}", at=at
    ),
}
VERBS = {
    Lead: {
        **LEAD_TRIGGERS,
        **SHARED,
        "log": lambda lead, at: lead.log("call", inbound=True, at=at),
        "resume": lambda lead, at: resume(lead, at=at),
        "answer": lambda lead, at: lead.answer({"need": True, "budget": None}, at=at),
        "amend": lambda lead, at: lead.amend(person=SARA, at=at),
    },
    Opportunity: {
        **DEAL_TRIGGERS,
        **SHARED,
        "agree": lambda deal, at: deal.agree(None if deal.lines else PRICE, at=at),
        "amend": lambda deal, at: deal.amend(
            name="Generators", amount=PRICE, lines=[], expected_close=date(2026, 6, 30), at=at
        ),
        "correct": lambda deal, at: closing.correct(
            deal, amount=Money(7, "EUR"), why="slip", at=at
        ),
        "hold": lambda deal, at: closing.hold(deal, at=at),
        "resume": lambda deal, at: closing.resume(deal, at=at),
        "rename": lambda deal, at: deal.amend(name="Generators", at=at),
        "log": lambda deal, at: deal.log("email", at=at),
        "estimate": lambda deal, at: deal.estimate("0.9", at=at),
        "involve": lambda deal, at: deal.involve(SARA, "decision_maker", at=at),
        "answer": lambda deal, at: deal.answer("budget", True, at=at),
    },
    Account: {
        **SHARED,
        "log": lambda account, at: account.log("visit", at=at),
        "contribute": lambda account, at: contribute(account, MORE, at=at),
        "amend": lambda account, at: account.amend(company=Company("Novin"), at=at),
    },
}
STRATEGIES = {Lead: leads(), Opportunity: opportunities(), Account: accounts()}

"""The funnel in hosts that switch checks off, bend arithmetic, or print all they can get."""

from __future__ import annotations

import decimal
import subprocess
import sys
import traceback
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

import attrs
import pytest

import salesfunnel
from salesfunnel.accounts import Account
from salesfunnel.conversion import plan_conversion
from salesfunnel.errors import SalesFunnelError
from salesfunnel.history import contribute
from salesfunnel.leads import Lead
from salesfunnel.opportunities import Closing, Opportunity, Probability
from salesfunnel.qualification import BANT
from salesfunnel.values import Answer, Company, ContactPoint, Contribution, Money, Person

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
CANARY = "CANARY-4711"

IMPOSSIBLE = {
    "a lead of whom nothing is known": lambda: Lead.capture(at=MONDAY),
    "a lead of no person": lambda: Lead.capture(person=5, at=MONDAY),
    "a lead with a detail that is no text": lambda: Lead.capture(
        company="Novin", details={"a": object()}, at=MONDAY
    ),
    "a lead at no time": lambda: Lead.capture(company="Novin", at=MONDAY.replace(tzinfo=None)),
    "a lead amended into another stage": lambda: Lead.capture(company="N", at=MONDAY).amend(
        stage="won", at=MONDAY
    ),
    "an account without a name": lambda: Account.open(id="7", at=MONDAY),
    "an account of no company": lambda: Account.open(id="7", company=5, at=MONDAY),
    "a deal without an id": lambda: Opportunity.open(id="", at=MONDAY),
    "a deal worth a bare number": lambda: Opportunity.open(id="7", amount=5, at=MONDAY),
    "a chance above one": lambda: Probability("1.01", "hand"),
    "a closing that is open": lambda: Closing(kind="open", stage="proposal"),
    "a conversion of a new lead": lambda: plan_conversion(Lead.capture(company="N", at=MONDAY)),
}
HOSTS = {
    "one digit": decimal.Context(prec=1, rounding=decimal.ROUND_UP),
    "no traps": decimal.Context(prec=2, traps=[]),
    "inexact trapped": decimal.Context(prec=4, traps=[decimal.Inexact, decimal.FloatOperation]),
    "small exponents": decimal.Context(prec=5, Emax=5, Emin=-5, clamp=1, capitals=0),
}


@contextmanager
def validators_disabled():
    """Switch the validators of attrs off, as any package in a process may do."""
    attrs.validators.set_disabled(True)
    try:
        yield
    finally:
        attrs.validators.set_disabled(False)


def whole_walk():
    """Walk from a capture to a reopened loss, with text that must not leak in every field."""
    lead = Lead.capture(
        person=Person(CANARY, job_title=CANARY),
        company=Company(CANARY, city=CANARY),
        contact_points=[ContactPoint("email", CANARY)],
        source_words=CANARY,
        details={"hall": CANARY},
        by=CANARY,
        at=MONDAY,
    )
    lead = lead.log("call", note=CANARY, by=CANARY, at=MONDAY)
    lead = lead.amend(source_words=CANARY * 2, by=CANARY, at=MONDAY)
    said = Answer(True, note=CANARY, said_by=CANARY)
    for question in ("need", "budget", "timing", "authority"):
        lead = lead.answer(question, said, by=CANARY, at=MONDAY)
    lead = lead.answer("purchase_process", CANARY, by=CANARY, at=MONDAY)
    lead = lead.nurture(note=CANARY, by=CANARY, at=MONDAY)
    lead = lead.disqualify("other", note=CANARY, by=CANARY, at=MONDAY)
    lead = lead.reopen(note=CANARY, by=CANARY, at=MONDAY)
    lead = lead.qualify(BANT.assess(lead, at=MONDAY), by=CANARY, at=MONDAY)
    plan = plan_conversion(lead, amount=Money("1234.56", "EUR"))
    lead, account, deal = plan.apply(by=CANARY, at=MONDAY)
    more = Contribution({"people": [Person(CANARY * 2)], "details": {"hall": CANARY}})
    account = contribute(account, more, by=CANARY, at=MONDAY)
    account = account.amend(name=CANARY * 3, by=CANARY, at=MONDAY)
    deal = deal.involve(Person(CANARY * 2), "user", by=CANARY, at=MONDAY)
    deal = deal.estimate("0.1234", by=CANARY, at=MONDAY).move("propose", note=CANARY, at=MONDAY)
    deal = deal.lose("price", competitor=CANARY, note=CANARY, by=CANARY, at=MONDAY)
    deal = deal.reopen(note=CANARY, by=CANARY, at=MONDAY)
    deal = deal.agree(deal.amount, by=CANARY, at=MONDAY)
    return lead, account, deal.move("win", note=CANARY, by=CANARY, at=MONDAY), plan


@pytest.mark.parametrize("thing", IMPOSSIBLE)
def test_what_is_impossible_is_refused_without_validators(thing):
    """A host that disables the validators of attrs disables none of our rules."""
    with validators_disabled(), pytest.raises(SalesFunnelError):
        IMPOSSIBLE[thing]()


def test_what_is_impossible_is_refused_by_an_optimised_python():
    """Nor does ``python -O``, which takes out every ``assert``."""
    probe = (
        "from tests.funnel.test_hostile_hosts import *\n"
        "for thing, make in IMPOSSIBLE.items():\n"
        "    try: make()\n"
        "    except SalesFunnelError: continue\n"
        "    raise SystemExit(thing)\n"
    )
    root = Path(__file__).resolve().parents[2]
    path = [str(root), str(Path(salesfunnel.__file__).parents[1])]

    done = subprocess.run(
        [sys.executable, "-O", "-c", f"import sys; sys.path[:0] = {path}\n{probe}"],
        capture_output=True,
        check=False,
        text=True,
    )

    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("host", HOSTS)
def test_strange_arithmetic_changes_nothing(host):
    """However a host has set its decimals, the whole walk comes out the same."""
    usual = whole_walk()

    with decimal.localcontext(HOSTS[host]):
        strange = whole_walk()

    assert strange == usual
    assert str(strange[2].amount) == "1,234.56 EUR"


def test_nothing_personal_shows_in_a_representation():
    """What ends up in logs names no person, company, address, note or author."""
    *nouns, plan = whole_walk()
    events = [event for noun in nouns for event in noun.timeline]

    shown = [repr(thing) for thing in [*nouns, *events, plan, *plan.changes]]

    assert [text for text in shown if CANARY in text] == []
    assert CANARY not in plan.text(values=False)
    assert CANARY in str(plan)


@pytest.mark.parametrize(
    "fault",
    [
        lambda lead, _deal: lead.disqualify(CANARY, at=MONDAY),
        lambda lead, _deal: lead.answer(f"no word {CANARY}", True, at=MONDAY),
        lambda lead, _deal: lead.amend(person=CANARY, at=MONDAY),
        lambda lead, _deal: lead.amend(source=CANARY, at=MONDAY),
        lambda lead, _deal: lead.log("x", note=f"\x00{CANARY}", at=MONDAY),
        lambda lead, _deal: lead.reopen(note=CANARY, at=MONDAY),
        lambda *_: Lead.capture(person=f"{CANARY}\n", at=MONDAY),
        lambda *_: Lead.capture(email=f"{CANARY}\x00", at=MONDAY),
        lambda lead, _deal: plan_conversion(lead, name=CANARY),
        lambda _lead, deal: deal.move("propose", note=CANARY, at=MONDAY),
        lambda _lead, deal: deal.lose(CANARY, at=MONDAY),
        lambda _lead, deal: deal.involve("Sara", CANARY, at=MONDAY),
        lambda _lead, deal: deal.estimate(CANARY, at=MONDAY),
        lambda *_: Probability("0.5", CANARY),
    ],
)
def test_nothing_personal_shows_in_an_error(fault):
    """Neither the message nor the traceback repeats what was typed."""
    lead, _, deal, _ = whole_walk()

    with pytest.raises(SalesFunnelError) as raised:
        fault(lead, deal.reopen(at=MONDAY).lose("price", at=MONDAY))

    shown = "".join(traceback.format_exception(raised.value))
    assert CANARY not in f"{raised.value!r} {raised.value}"
    assert CANARY not in shown


@pytest.mark.parametrize("event", whole_walk()[0].timeline + whole_walk()[2].timeline)
def test_every_event_is_a_value(event):
    """An event cannot be changed, and one with a naive time cannot be made."""
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        event.at = MONDAY
    with suppress(TypeError), pytest.raises(SalesFunnelError):
        attrs.evolve(event, at=MONDAY.replace(tzinfo=None))

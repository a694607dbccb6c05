"""
The values of the golden samples, and the script that writes them: `python … sample_values.py`.

One document for each kind, and one for each event. Until the first release the script may write
version 1 anew; after it no sample is ever edited: a changed form is a new version with a step, a
folder and samples of its own.
"""

from __future__ import annotations

import json
import sys
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from salesfunnel import BANT, Lead, Money, Opportunity
from salesfunnel.accounts import Account, place
from salesfunnel.activities import (
    correct,
    drop_step,
    move_step,
    plan_step,
    withdraw,
)
from salesfunnel.conversion import plan_conversion
from salesfunnel.duplicates import plan_merge
from salesfunnel.history import (
    StageEntered,
    contribute,
    record,
    withdraw_contribution,
)
from salesfunnel.leads import handoff, nurturing
from salesfunnel.opportunities import Involvement, closing
from salesfunnel.pipeline import (
    OPPORTUNITY_PIPELINE,
    Guard,
    Move,
    MoveTaken,
    Pipeline,
    PipelineChanged,
    Stage,
)
from salesfunnel.privacy import consent, erase_person
from salesfunnel.qualification import Criterion, Scorecard
from salesfunnel.rules import at_least, field, yes
from salesfunnel.storage import to_data
from salesfunnel.storage.event_names import NAMES
from salesfunnel.values import (
    Answer,
    Bucket,
    Company,
    ContactPoint,
    Contribution,
    Line,
    Person,
)

FOLDER = Path(__file__).parent / "samples" / "v1"
START = datetime(2026, 3, 2, 9, tzinfo=UTC)
NOVIN = Company(
    "شرکت نوین تجارت",
    employees=Bucket(51, 200),
    industry="Trade",
    city="Tehran",
    annual_revenue=Money("12500000.50", "EUR"),
)
SARA = Person("Sara Ahmadi", given="Sara", family="Ahmadi", job_title="Head of purchasing")
OURS = Pipeline(
    "ours",
    version="3",
    stages=[
        Stage("visit", label="Visit", probability="0.10", limit=timedelta(days=14)),
        Stage("offer", probability="0.5", requires=["amount"]),
        Stage("won", kind="won"),
        Stage("lost", kind="lost"),
    ],
    moves=[
        Move("offer", "visit", "offer"),
        Move("win", "offer", "won", guards=Guard("agreed", yes("amount_agreed"), remedy="agree")),
        Move("lose", ["visit", "offer"], "lost"),
    ],
)
SIZED = Scorecard(
    "sized",
    version="2026-03",
    criteria=[
        Criterion("need", yes("answers.need"), weight=60, required=True, question="Why now?"),
        Criterion("size", field("company.employees") <= 200, weight=40, cost=2, group="fit"),
        Criterion("visit", field("engagement.times_in_contact") >= 1, half_life=timedelta(30)),
    ],
    threshold=60,
    grades={"A": 100, "B": 60, "C": 0},
)
RULE = at_least(
    2,
    field("amount").between(Money("1000", "EUR"), Money("9000.50", "EUR")),
    field("expected_close") < date(2026, 6, 30),
    field("share") >= Decimal("0.25"),
    field("captured") <= START,
    field("company.country").one_of("IR", "AM"),
    ~yes("answers.budget"),
)


def day(number: int) -> datetime:
    """Count days from the start, so that all happens one after the other."""
    return START + timedelta(days=number)


def lead() -> Lead:
    """Take a lead through all that can happen to one."""
    found = Lead.capture(
        id="L7",
        person=SARA,
        company=NOVIN,
        contact_points=[ContactPoint("email", "sara@novin.example")],
        source="exhibition",
        source_words="hall 7, at the fair",
        details={"hall": "7", "since": date(2020, 1, 1), "share": Decimal("0.5")},
        owner="Ani",
        by="Ani",
        at=day(0),
    )
    found = found.log("call", inbound=True, note="asked for\na demo", id="c1", at=day(1))
    found = correct(found, "c1", kind="visit", at=day(2))
    found = withdraw(found.log("email", id="e1", at=day(3)), "e1", note="to another", at=day(3))
    found = plan_step(found, "call", due=date(2026, 4, 1), id="s1", at=day(4))
    found = move_step(found, "s1", due=day(40), at=day(5))
    found = drop_step(found, "s1", note="she is away", at=day(6))
    found = found.assign("Reza", team="north", at=day(7))
    found = consent.give(found, "email", basis="consent", until=day(400), at=day(8))
    found = consent.withdraw(found, "sms", at=day(8))
    found = found.answer("budget", Money("900.50", "EUR"), note="approved", at=day(9))
    found = found.answer({"need": True, "timing": date(2026, 9, 1), "budget": True}, at=day(9))
    found = found.answer("timing", True, when=day(9) + timedelta(hours=1), at=day(10))
    found = found.amend(source="web", details={"hall": "8"}, at=day(11))
    found = nurturing.resume(found.move("nurture", until=day(30), at=day(12)), at=day(13))
    found = contribute(
        found,
        Contribution({"company": NOVIN, "details": {"fax": None}}, ways={"company.city": "keep"}),
        id="list",
        at=day(14),
    )
    found = withdraw_contribution(found, "list", at=day(14))
    found = record(found, "invoice_sent", {"number": 7, "sum": Money(9, "EUR")}, at=day(15))
    found = handoff.decline(
        handoff.offer(found, BANT, at=day(16)), "not_now", recycle_on=day(50), at=day(17)
    )
    found = handoff.withdraw(handoff.offer(found, BANT, at=day(17)), at=day(17))
    found = handoff.accept(handoff.offer(found, BANT, at=day(18)), by="Reza", at=day(19))
    found = found.disqualify("no_budget", note="next year", at=day(20)).reopen(at=day(21))
    found = found.qualify(BANT, at=day(22))
    converted = plan_conversion(found, amount=Money("2000", "EUR")).apply(at=day(23))
    return converted.undo(at=day(24)).lead


def opportunity() -> Opportunity:
    """Take a deal through all that can happen to one."""
    found = Opportunity.open(
        id="O8",
        name="Two generators",
        account_id="A9",
        lead_ids=["L7"],
        lines=[Line("pump", Money("99.95", "EUR"), quantity=10, discount="0.1")],
        expected_close=date(2026, 6, 30),
        contacts=[Involvement(SARA, "user")],
        answers={"need": Answer(True, said_by="Sara")},
        at=day(0),
    )
    found = found.involve("Li Wei", "decision_maker", at=day(1)).estimate("0.35", at=day(2))
    found = found.amend(
        name="Three generators",
        lines=[Line("pump", Money(100, "EUR"), discount=Money("0.50", "EUR"))],
        expected_close=date(2026, 7, 31),
        at=day(3),
    )
    found = found.move("propose", note="sent", at=day(4)).agree(at=day(5))
    found = closing.resume(closing.hold(found, until=date(2026, 3, 20), at=day(6)), at=day(7))
    found = found.win("quality", note="at last", at=day(8)).reopen(at=day(9))
    found = found.lose("price", also=["timing"], competitor=["Faradis", "Ufer"], at=day(10))
    return closing.correct(found, closed_on=date(2026, 3, 11), why="entered late", at=day(12))


def account() -> Account:
    """Take an account through all that can happen to one."""
    holding = Account.open(id="A1", name="Novin Holding", at=day(0))
    found = Account.open(id="A9", company=NOVIN, people=[SARA], lead_ids=["L7"], at=day(0))
    return place(found.amend(name="Novin", at=day(1)), under=holding, among=[holding], at=day(2))


def erased() -> Account:
    """Take an account from which a person was erased."""
    (found,) = erase_person(SARA, account(), token="7", at=day(3)).nouns  # noqa: S106 - of a request
    assert isinstance(found, Account)
    return found


def merged() -> Account:
    """Take an account that was merged into another one."""
    survivor = Account.open(id="A2", name="Novin", at=day(3))
    return plan_merge(survivor, account()).apply(at=day(3)).other


def of_one_person() -> Account:
    """Take an account of whose people two turned out to be one."""
    sara = Person("Sara", contact_points=[ContactPoint("email", "s@novin.example")])
    other = Person("Sara Ahmadi", job_title="Buyer", id="c7")
    found = Account.open(id="A3", name="Novin", people=[sara, other], at=START)
    plan = plan_merge(sara, other, keep={"name": "other"}, pointing=[found])
    (found,) = plan.apply(at=day(1), by="Ani").pointing
    assert isinstance(found, Account)
    return found


def documents() -> dict[str, object]:
    """List one value for each kind of document, and for each event, by the name of its sample."""
    nouns = {
        "lead": lead(),
        "opportunity": opportunity(),
        "account": account(),
        "account erased": erased(),
        "account merged": merged(),
        "account of one person": of_one_person(),
    }
    further = [
        MoveTaken(at=START, trigger="remind", from_stage="new", reason="asked", note="by letter"),
        PipelineChanged(
            at=START, pipeline=OPPORTUNITY_PIPELINE, stages={"visit": "meeting"}, from_stage="visit"
        ),
        StageEntered(at=START, by="Ani", from_stage="visit", to_stage="offer"),
    ]
    events = [event for noun in nouns.values() for event in noun.timeline] + further
    found: dict[str, object] = dict(nouns)
    found |= {"rule": RULE, "policy": SIZED, "pipeline": OURS}
    found["assessment"] = BANT.assess(nouns["lead"], at=day(25))
    for event in events:
        found.setdefault(f"event {NAMES[type(event)]}", event)
    return found


def written(value: object) -> str:
    """Write a sample so that people can read it."""
    return json.dumps(to_data(value), ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    for old in FOLDER.glob("*.json"):
        old.unlink()
    for name, value in documents().items():
        (FOLDER / f"{name.replace(' ', '-')}.json").write_text(written(value), "utf-8")
    sys.exit(0)

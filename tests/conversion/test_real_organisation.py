"""
A whole organisation, as Salesforce exported it: leads, accounts, people, deals, and their history.

Each becomes a timeline whose replay is what the files show last. Where one file contradicts another
the contradiction is named, and nothing is smoothed over.
"""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import attrs
import pytest

from salesfunnel.accounts import Account, find_people, status
from salesfunnel.conversion import Conversion
from salesfunnel.errors import ConversionRefused
from salesfunnel.history import anomalies, as_of, slips, time_in_stage
from salesfunnel.interop import read_leads
from salesfunnel.opportunities import (
    AmountRevised,
    CloseDateMoved,
    Closing,
    ClosingCorrected,
    Opportunity,
    OpportunityLost,
    OpportunityMoved,
    OpportunityOpened,
    OpportunityReopened,
    OpportunityWon,
    Probability,
)
from salesfunnel.pipeline import SALESFORCE
from salesfunnel.values import Company, ContactPoint, Money, Person

NOW = datetime(2026, 3, 12, tzinfo=UTC)
REACHED = (("phone", "Phone"), ("mobile", "MobilePhone"), ("email", "Email"))
CLOSINGS = {"won": OpportunityWon, "lost": OpportunityLost}


def rows_of(folder, name):
    """Read one file of the export."""
    with (folder / "salesforce_org" / f"{name}.csv").open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def moment(text):
    """Read a moment as the export writes it, such as 02/23/26 08:55 PM."""
    return datetime.strptime(text, "%m/%d/%y %I:%M %p").replace(tzinfo=UTC)


def day(text):
    """Read a day as the export writes it."""
    return datetime.strptime(text, "%m/%d/%y").replace(tzinfo=UTC).date()


def told(row):
    """Say what a line of the history, or a deal itself, tells: stage, amount, chance, day."""
    amount = Money(row["Amount"], "USD") if row["Amount"] else None
    chance = Decimal(row["Probability"]) / 100
    return row["StageName"], amount, chance, day(row["CloseDate"])


def chance_of(stage, share):
    """Take a chance as the stage's if it is its default, else as one that a hand set."""
    return Probability(share, "stage" if stage.probability == share else "hand")


def past(closes, at):
    """Believe a day of closing that is past; one that is still to come is none."""
    return closes if closes <= at.date() else None


def closed(deal, stage, at, closes):
    """Make the event by which a deal was closed, from wherever it stood."""
    way = {"trigger": stage.kind.value, "from_stage": deal.stage, "to_stage": stage.name}
    reason = "unknown" if stage.kind == "lost" else ""
    before = deal.closing.probability_before if deal.closing else deal.probability
    closing = Closing(
        kind=stage.kind,
        reason=reason,
        stage=deal.stage,
        amount=deal.amount,
        probability_before=before,
        closed_on=past(closes, at),
    )
    return CLOSINGS[stage.kind](at=at, **way, closing=closing)


def begun(row, lines, lead_ids):
    """Open a deal as its first line tells; one that comes closed was open before."""
    stage, amount, share, closes = told(lines[0])
    first = SALESFORCE.stage(stage)
    opened_in = first if first.is_open else SALESFORCE.initial
    share = share if first.is_open else opened_in.probability
    at = moment(lines[0]["CreatedDate"])
    return OpportunityOpened(
        at=at,
        id=row["Id"],
        name=row["Name"],
        account_id=row["AccountId"],
        lead_ids=lead_ids,
        amount=amount,
        probability=chance_of(opened_in, share),
        opened_on=day(row["CreatedDate"]),
        expected_close=closes if first.is_open or not past(closes, at) else None,
        contacts=(),
        answers={},
        source="other",
        source_words=row["LeadSource"],
        details={},
        pipeline=SALESFORCE,
        to_stage=opened_in.name,
    )


def further(deal, line, at):
    """Tell what a line of the history changes, event by event."""
    stage, amount, share, closes = told(line)
    entered = SALESFORCE.stage(stage)
    if amount != deal.amount:
        yield AmountRevised(at=at, before=deal.amount, amount=amount, agreed=False)
    if entered.is_open and closes != deal.expected_close:
        yield CloseDateMoved(at=at, before=deal.expected_close, expected_close=closes)
    if stage == deal.stage:
        if not entered.is_open and past(closes, at) != deal.closed_on:
            right = attrs.evolve(deal.closing, closed_on=past(closes, at))
            yield ClosingCorrected(at=at, before=deal.closing, after=right, why="another day")
    elif entered.is_open:
        way = {"trigger": "moved", "from_stage": deal.stage, "to_stage": stage}
        event = OpportunityMoved if deal.closing is None else OpportunityReopened
        yield event(at=at, **way, probability=chance_of(entered, share))
    else:
        yield closed(deal, entered, at, closes)


def retold(row, lines, lead_ids=()):
    """Make the deal of a row from the lines of its history, and name what the two do not share."""
    lines = sorted(lines, key=lambda line: moment(line["CreatedDate"]))
    deal = Opportunity.replay([begun(row, lines, lead_ids)])
    last = {
        **row,
        "CreatedDate": max(lines[-1]["CreatedDate"], row["LastModifiedDate"], key=moment),
    }
    for line in (*lines, last):
        for event in further(deal, line, moment(line["CreatedDate"])):
            deal = Opportunity.replay([*deal.timeline, event])
    names = ("stage", "amount", "probability", "close date")
    known = zip(names, told(lines[-1]), told(row), strict=True)
    differing = [name for name, in_history, in_file in known if in_history != in_file]
    if deal.closing is not None and deal.closed_on is None:
        differing.append("closed on a day to come")
    elif deal.closing is not None and deal.closed_on < deal.opened_on:
        differing.append("closed before it was opened")
    return deal, differing


@pytest.fixture(scope="module")
def leads(real_data):
    """The leads, by id, and the notes on each."""
    read = read_leads(real_data / "salesforce_org" / "Lead.csv", at=NOW)
    return {found.entity.id: (found.entity, found.notes) for found in read}


@pytest.fixture(scope="module")
def accounts(real_data, leads):
    """The accounts, by id, each with its people."""
    people, lead_ids = defaultdict(list), defaultdict(list)
    for row in rows_of(real_data, "Contact"):
        reached = [ContactPoint(kind, row[name]) for kind, name in REACHED if row[name]]
        known = {"job_title": row["Title"], "contact_points": reached, "id": row["Id"]}
        people[row["AccountId"]].append(Person(row["Name"], **known))
    for lead, _ in leads.values():
        if lead.account_id:
            lead_ids[lead.account_id].append(lead.id)
    begun_at = moment("02/23/26 08:55 PM")
    return {
        row["Id"]: Account.open(
            id=row["Id"],
            company=Company(
                row["Name"],
                city=row["BillingCity"],
                industry=row["Industry"],
                employees=int(row["NumberOfEmployees"]) if row["NumberOfEmployees"] else None,
            ),
            people=people[row["Id"]],
            lead_ids=lead_ids[row["Id"]],
            at=begun_at,
        )
        for row in rows_of(real_data, "Account")
    }


@pytest.fixture(scope="module")
def deals(real_data, leads):
    """The deals, by id, each with its row and what history and row do not share."""
    lines = defaultdict(list)
    for line in rows_of(real_data, "OpportunityHistory"):
        lines[line["OpportunityId"]].append(line)
    of_lead = {lead.opportunity_id: lead.id for lead, _ in leads.values() if lead.opportunity_id}
    found = {}
    for row in rows_of(real_data, "Opportunity"):
        ids = [of_lead[row["Id"]]] if row["Id"] in of_lead else []
        found[row["Id"]] = (row, *retold(row, lines[row["Id"]], ids))
    return found


def test_each_deal_ends_as_its_row_says(deals):
    """Stage, amount, chance and day of all 36; replayed, each is the same, and none is strange."""
    assert len(deals) == 36
    for row, deal, _ in deals.values():
        stage, amount, share, closes = told(row)
        assert (deal.stage, deal.amount, deal.probability.value) == (stage, amount, share)
        assert (deal.closed_on or deal.expected_close) == closes
        assert (deal.closing is not None) == (row["IsClosed"] == "TRUE")
        assert (deal.pipeline.stage(deal.stage).kind == "won") == (row["IsWon"] == "TRUE")
        assert Opportunity.replay(deal.timeline) == deal
        assert anomalies(deal.timeline, at=NOW) == ()
        age = NOW - deal.timeline[0].at
        assert sum(time_in_stage(deal.timeline, at=NOW).values(), timedelta()) == age


def test_where_history_and_row_differ_it_is_named(deals):
    """Days were changed without a line, lie before the opening, or are still to come."""
    assert Counter(name for *_, differing in deals.values() for name in differing) == {
        "close date": 25,
        "closed before it was opened": 19,
        "closed on a day to come": 1,
    }
    corrected = [
        deal
        for _, deal, differing in deals.values()
        if "close date" in differing and isinstance(deal.timeline[-1], ClosingCorrected)
    ]
    assert {deal.closings[-1].closed_on for deal in corrected} == {date(2024, 2, 3)}
    moved = [
        deal
        for _, deal, differing in deals.values()
        if "close date" in differing and not deal.closing
    ]
    assert [slips(deal.timeline)[0].days for deal in moved] == [1_102] * len(moved)
    assert len(corrected) + len(moved) == 25


def test_what_was_won_first_and_lost_later_tells_both(deals):
    """Seven deals went from won to lost without a reopening; each has two closings."""
    both = [deal for _, deal, _ in deals.values() if len(deal.closings) == 2]

    assert [[closing.kind.value for closing in deal.closings] for deal in both] == [
        ["won", "lost"]
    ] * 7
    for deal in both:
        won_then = as_of(deal, at=datetime(2026, 3, 1, tzinfo=UTC))
        assert (won_then.stage, won_then.probability.value) == ("Closed Won", 1)
        assert (deal.losses[0].stage, deal.loss.amount) == ("Closed Won", deal.amount)


def test_what_is_converted_names_account_and_deal(leads, accounts, deals):
    """Five leads are converted, and three say so but for a flag, which is noted and believed."""
    converted = [lead for lead, _ in leads.values() if lead.stage == "converted"]
    contradicted = [
        lead for lead, notes in leads.values() if "flag_says_no" in "".join(n.code for n in notes)
    ]

    assert (len(leads), len(converted), len(contradicted)) == (22, 5, 3)
    assert {lead.stage for lead in contradicted} == {"qualified"}
    for lead in converted:
        account, deal = accounts[lead.account_id], deals[lead.opportunity_id][1]
        assert deal.account_id == account.id
        assert account.lead_ids == deal.lead_ids == (lead.id,)
        assert account.company.key == lead.company.key
        (contact,) = find_people(account, lead.contact_id)
        assert contact.is_same(lead.person)
        assert {point.key for point in lead.contact_points} <= {
            point.key for point in (*contact.contact_points, *account.contact_points)
        }
        assert type(lead).replay(lead.timeline) == lead
        with pytest.raises(ConversionRefused, match="converted elsewhere"):
            Conversion(lead, account, deal).undo(at=NOW)


def test_each_contact_is_found_by_what_is_known_of_them(real_data, accounts):
    """By id, name, mobile and mail; who shares the number of the firm is not found by it."""
    rows = [row for row in rows_of(real_data, "Contact") if row["AccountId"]]
    assert len(rows) == 25

    for row in rows:
        account = accounts[row["AccountId"]]
        for known in filter(None, (row["Id"], row["Name"], row["MobilePhone"], row["Email"])):
            found = find_people(account, known)
            assert row["Id"] in {person.id for person in found}, known
        assert Account.replay(account.timeline) == account


def test_customers_are_those_with_a_deal_that_is_still_won(real_data, accounts, deals):
    """A file calls twelve accounts customers; the deals say which of them are."""
    said = {row["Id"] for row in rows_of(real_data, "Account") if "Customer" in row["Type"]}
    every = [deal for _, deal, _ in deals.values()]
    won = {deal.account_id for deal in every if deal.closing and not deal.loss}

    found = {id_: status(account, every, at=NOW).status for id_, account in accounts.items()}

    assert {id_ for id_, kind in found.items() if kind != "prospect"} == won
    assert said - won
    assert won <= said

"""Files of opportunities, one cell at a time."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from salesfunnel.analytics import report
from salesfunnel.errors import UnreadableFile
from salesfunnel.interop.mapping.mapping import load_mapping
from salesfunnel.interop.opportunities import read_opportunities
from salesfunnel.opportunities.probability import Probability, ProbabilityOrigin
from salesfunnel.values import Money, Source
from tests.interop.examples import MONDAY, a_list, deal_of, deal_rows

TOMORROW, LATER = "2026-03-03", "2026-03-04"


def test_a_full_row_becomes_an_open_deal_with_all_it_says(tmp_path):
    """Amount, dates, account, source and details arrive where they belong."""
    deal = deal_of(
        tmp_path,
        Id="7",
        Deal="Generators",
        Stage="Proposal",
        Amount="1,200",
        Currency="eur",
        Account="Novin",
        Created="2026-02-01",
        Close_date="2026-06-30",
        Source="fax",
        Lead_id="3",
    ).entity

    assert (deal.id, deal.name, deal.stage) == ("7", "Generators", "proposal")
    assert deal.lead_ids == ("3",)
    assert (deal.amount, deal.source) == (Money(1200, "EUR"), Source.FAX)
    assert (deal.opened_on, deal.expected_close) == (date(2026, 2, 1), date(2026, 6, 30))
    assert (deal.closed_on, dict(deal.details)) == (None, {"account": "Novin"})


def test_an_outcome_that_is_not_known_is_named(tmp_path):
    """It is no blank, and a mapping can say what the word means."""
    header = ("id", "title", "stage", "status")
    rows = [("3", "Pumps", "", "deleted"), ("4", "Valves", "", "")]

    (_, (unknown, blank)) = deal_rows(tmp_path, header, *rows, mapping='extends = "pipedrive"')

    assert unknown.problem.startswith("status has 'deleted', which the mapping does not know")
    assert blank.problem.endswith(" is blank")


def test_deals_of_one_account_share_its_id(tmp_path):
    """The id follows from the name, whatever its spelling, unless the file has one."""
    ((one, other, named, nobody), ()) = deal_rows(
        tmp_path,
        ("Stage", "Account", "Account id"),
        ("won", "Novin Ltd", ""),
        ("won", "NOVIN\nLTD", ""),
        ("won", "Novin", "A7"),
        ("won", "", ""),
    )

    assert one.entity.account_id == other.entity.account_id != ""
    assert (named.entity.account_id, nobody.entity.account_id) == ("A7", "")


def test_a_won_deal_is_closed_on_its_day(tmp_path):
    """Between opening and closing lie the days that the report counts."""
    deal = deal_of(tmp_path, Stage="Gagné", Created="2026-01-01", Close_date="2026-01-31").entity

    assert (deal.stage, deal.opened_on, deal.closed_on) == (
        "won",
        date(2026, 1, 1),
        date(2026, 1, 31),
    )
    assert [event.at for event in deal.timeline] == [
        datetime(2026, 1, 1, tzinfo=UTC),
        datetime(2026, 1, 31, tzinfo=UTC),
    ]


def test_a_day_of_closing_goes_before_a_date_that_may_be_either(tmp_path):
    """The close date of a closed deal is no expectation, and its closing day is believed first."""
    deal = deal_of(tmp_path, Stage="won", Closed="2026-01-30", Close_date="2026-01-31").entity

    assert (deal.closed_on, deal.expected_close) == (date(2026, 1, 30), None)


@pytest.mark.parametrize(("other", "is_noted"), [("2026-01-30", False), ("2026-01-31", True)])
@pytest.mark.parametrize("stage", ["Won", "Lost"])
def test_two_days_of_closing_are_noted_where_they_differ(tmp_path, stage, other, is_noted):
    """The day that is told twice is told, and nothing is set aside."""
    found = deal_of(tmp_path, Stage=stage, Closed="2026-01-30", Close_date=other)

    assert found.entity.closed_on == date(2026, 1, 30)
    assert ("close" in found.entity.details) is is_noted
    assert ("kept_in_details" in [note.code for note in found.notes]) is is_noted


@pytest.mark.parametrize(
    ("words", "reason", "note"),
    [
        ("", "unknown", ""),
        ("Too expensive", "price", "Too expensive"),
        ("the moon was full", "other", "the moon was full"),
    ],
)
def test_a_lost_deal_keeps_why_and_to_whom(tmp_path, words, reason, note):
    """Its words are kept beside the reason that they stand for."""
    loss = deal_of(tmp_path, Stage="lost", Reason=words, Competitor="Faradis").entity.loss

    assert (loss.reason, loss.note, loss.competitors) == (reason, note, ("Faradis",))


@pytest.mark.parametrize(
    ("opened", "closed", "note"),
    [
        ("2026-01-01", "2026-01-31", ()),
        ("2026-01-01", TOMORROW, ()),
        ("", "2026-01-31", ()),
        ("2026-01-31", "2026-01-01", ("it was closed before it was opened",)),
        ("2026-01-01", "", ("it is closed without a date",)),
        ("", "", ("it is closed without a date",)),
    ],
)
def test_a_closing_day_that_cannot_be_believed_is_noted(tmp_path, opened, closed, note):
    """Such a deal is kept with the day of opening, whatever is known of its closing."""
    found = deal_of(tmp_path, Stage="won", Created=opened, Closed=closed)

    assert found.entity.opened_on == (date.fromisoformat(opened) if opened else None)
    assert tuple(map(str, found.notes)) == tuple(f"{why}: its days are not counted" for why in note)
    assert found.entity.stage == "won"


def test_a_deal_that_begins_in_the_future_is_noted(tmp_path):
    """Seen from now it does not exist yet; a year that was mistyped is seen."""
    found = deal_of(tmp_path, Stage="Meeting", Created=LATER)

    assert [note.code for note in found.notes][-1] == "opened_in_future"
    assert report([found.entity], at=MONDAY).count("open") == 0


@pytest.mark.parametrize("day", [LATER, "9999-12-31"])
@pytest.mark.parametrize("stage", ["won", "lost"])
@pytest.mark.parametrize("column", ["Closed", "Close_date"])
def test_a_deal_that_is_closed_in_the_future_is_closed(tmp_path, day, stage, column):
    """A day to come is kept as text, and what the file says of its stage stands."""
    found = deal_of(tmp_path, **{"Stage": stage, "Created": "2026-01-01", column: day})

    deal = found.entity
    assert (deal.stage, deal.closing.closed_on) == (stage, None)
    assert day in deal.details.values()
    assert report([deal], at=MONDAY).count(stage) == 1
    assert [note.code for note in found.notes][-1] == "closed_in_future"


@pytest.mark.parametrize(
    ("stage", "text", "expected"),
    [
        ("proposal", "", Probability("0.5", ProbabilityOrigin.STAGE)),
        ("proposal", "50%", Probability("0.5", ProbabilityOrigin.STAGE)),
        ("proposal", "90", Probability("0.9", ProbabilityOrigin.HAND)),
        ("won", "100", Probability(1, ProbabilityOrigin.CLOSING)),
    ],
)
def test_a_probability_is_by_hand_unless_the_stage_says_the_same(tmp_path, stage, text, expected):
    """What other systems fill in by stage is no judgement of anybody."""
    assert deal_of(tmp_path, Stage=stage, Probability=text).entity.probability == expected


def test_a_reopened_deal_has_the_chance_of_its_stage(tmp_path):
    """That a closed deal was certain says nothing about the deal once it is open again."""
    deal = deal_of(tmp_path, Stage="lost", Probability="0").entity.reopen(at=MONDAY)

    assert deal.probability.origin is ProbabilityOrigin.STAGE


@pytest.mark.parametrize("currency", ["IRT", "toman", "تومان", "تومن", "TMN"])
def test_tomans_are_kept_in_rials(tmp_path, currency):
    """The toman is no currency of its own, and the change is noted."""
    found = deal_of(tmp_path, Stage="won", Closed="2026-01-01", Amount="250", Currency=currency)

    assert found.entity.amount == Money(2500, "IRR")
    assert tuple(map(str, found.notes)) == (
        "an amount in tomans is kept in rials, ten to the toman",
    )


def test_a_file_may_be_in_tomans_throughout(tmp_path):
    """Where no column names the currency the mapping does."""
    mapping = '[format]\ncurrency = "toman"\n[opportunity.columns]\nstage = "S"\namount = "A"'
    ((found, blank), ()) = deal_rows(
        tmp_path, ("S", "A"), ("meeting", "250"), ("meeting", ""), mapping=mapping
    )

    assert (found.entity.amount, blank.entity.amount) == (Money(2500, "IRR"), None)
    assert (len(found.notes), len(blank.notes)) == (1, 0)


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (
            {"Stage": "Parti"},
            ("Stage", "has 'Parti', which the mapping does not know for stage; allowed: Meeting"),
        ),
        ({"Stage": "بی\u200cکیفیت"}, ("Stage", "has 'بی\u200cکیفیت', which the mapping")),
        ({"Stage": " "}, ("Stage", "is blank")),
        ({"Amount": "900 ¤"}, ("Amount", "has more beside its number than a currency; allowed")),
        ({"Amount": "9 €", "Currency": "USD"}, ("Amount", "has another currency than its row")),
        ({"Amount": "1e400"}, ("Amount", "is not a plain number; allowed: digits")),
        ({"Amount": "12.500"}, ("Amount", "may mean thousands or thousandths; allowed: another")),
        ({"Amount": "9", "Currency": "$"}, ("Currency", "may mean several currencies; allowed: a")),
        ({"Probability": "120"}, ("Probability", "is not a probability; allowed: 0 to 1, or 0%")),
        ({"Closed": "30/02/2026"}, ("Closed", "is not a date from 1900 on; allowed: 2026-03-31")),
        ({"Account": "N" * 501}, ("Account", "is too long; allowed: at most 500")),
        ({"Deal": "N" * 501}, ("Deal", "is too long; allowed: at most 500")),
    ],
)
def test_a_refused_row_names_its_column_and_the_problem(tmp_path, cells, expected):
    """Whoever mends the file finds the cell and reads what is allowed."""
    cells = {"Stage": "proposal", "Id": "7", **cells}
    ((), (refused,)) = deal_rows(tmp_path, cells, cells.values(), strict=True)

    assert refused.column == expected[0]
    assert refused.problem.startswith(f"{expected[0]} {expected[1]}")


@pytest.mark.parametrize(
    ("amount", "currency", "money"),
    [
        ("1 234,50 €", "", Money("1234.5", "EUR")),
        ("£900", "", Money(900, "GBP")),
        ("EUR 900", "eur", Money(900, "EUR")),
        ("۹۰۰ تومان", "", Money(9000, "IRR")),
        ("-900 ֏", "", Money(-900, "AMD")),
        ("$1,200,000.00", "CAD", Money(1_200_000, "CAD")),
        ("$900", "", Money(900, "XXX")),
    ],
)
def test_an_amount_may_bear_its_currency(tmp_path, amount, currency, money):
    """Spreadsheets write it so; a dollar sign alone does not say which dollars."""
    mapping = '[format]\ndecimal_mark = ","\n' if "," in amount and "€" in amount else ""
    columns = '[opportunity.columns]\nstage = "S"\namount = "A"\ncurrency = "C"'
    cells = ("meeting", amount, currency)
    (found,) = deal_rows(tmp_path, ("S", "A", "C"), cells, mapping=mapping + columns)[0]

    assert found.entity.amount == money


@pytest.mark.parametrize(
    ("header", "money"),
    [
        ("مبلغ (ریال)", Money(900, "IRR")),
        ("مبلغ (تومان)", Money(9000, "IRR")),
        ("Amount (EUR)", Money(900, "EUR")),
        ("Montant (€)", Money(900, "EUR")),
    ],
)
def test_a_header_may_bear_the_currency(tmp_path, header, money):
    """Where neither the cell nor the row names one."""
    ((found, other), ()) = deal_rows(
        tmp_path, ("Stage", header), ("meeting", "900"), ("meeting", "900 £")
    )

    assert (found.entity.amount, other.entity.amount) == (money, Money(900, "GBP"))


@pytest.mark.parametrize("remark", ["net", "of Sara", "per month"])
def test_an_amount_under_an_unknown_remark_is_not_read(tmp_path, remark):
    """It is another amount than that of the deal; the column is told instead."""
    rows = [("Stage", f"Amount ({remark})"), ("meeting", "12")]
    reading = read_opportunities(a_list(tmp_path, rows), at=MONDAY)

    assert reading.unread_columns == (f"Amount ({remark})",)
    assert next(iter(reading)).entity.amount is None


OUTCOME = '[opportunity.columns]\nstage = "S"\noutcome = "O"'


@pytest.mark.parametrize(
    ("stage", "outcome", "expected"),
    [
        ("Proposal", "Open", "proposal"),
        ("Proposal", "Won", "won"),
        ("nowhere", "lost", "lost"),
        ("Proposal", "who knows", "proposal"),
        ("", "open", "meeting"),
    ],
)
def test_another_column_may_say_how_a_deal_ended(tmp_path, stage, outcome, expected):
    """In some systems a deal is won or lost in whatever stage it stands."""
    ((found,), ()) = deal_rows(tmp_path, ("S", "O"), (stage, outcome), mapping=OUTCOME)

    assert found.entity.stage == expected


def test_without_stage_and_outcome_a_deal_is_refused(tmp_path):
    """An unknown stage, where no other column says how it stands, is no better than none at all."""
    rows = [("S", "O"), ("", "?"), ("nowhere", ""), ("--None--", "")]
    (_, refused) = deal_rows(tmp_path, *rows, mapping=OUTCOME)

    assert [(no.column, no.problem.split(";")[0]) for no in refused] == [
        ("O", "O has '?', which the mapping does not know for outcome"),
        ("S", "S has 'nowhere', which the mapping does not know for stage"),
        ("S", "S is blank"),
    ]


def test_a_stage_may_bear_the_name_of_its_pipeline(tmp_path):
    """What stands in brackets behind a word that is known makes no difference."""
    assert deal_of(tmp_path, Stage="Contract Sent (Sales)").entity.stage == "negotiation"


def test_a_negative_amount_is_an_amount(tmp_path):
    """A credit is a deal like any other."""
    assert deal_of(tmp_path, Stage="meeting", Amount="-900").entity.amount.amount == Decimal(-900)


def test_a_deal_without_an_id_gets_one_from_its_content(tmp_path):
    """Whatever the order of the columns, the id is the same; another deal has another."""
    first = deal_of(tmp_path, Deal="a", Stage="won").entity.id
    again = deal_of(tmp_path, Stage="won", Deal="a").entity.id

    assert first == again != deal_of(tmp_path, Deal="b", Stage="won").entity.id


def test_a_deal_stays_the_same_deal_in_a_later_stage(tmp_path):
    """Its name, its account and the day of opening tell which it is; what may change does not."""
    told = {"Deal": "Pumps", "Account": "Novin", "Created": "2026-01-05"}
    first = deal_of(tmp_path, **told, Stage="Meeting", Amount="900").entity.id

    assert deal_of(tmp_path, **told, Stage="Won", Amount="800.5").entity.id == first
    assert deal_of(tmp_path, **{**told, "Account": "Ararat"}, Stage="Won").entity.id != first
    assert deal_of(tmp_path, **{**told, "Created": "2027-01-05"}, Stage="Won").entity.id != first


def test_a_deal_without_a_name_is_told_by_all_its_cells(tmp_path):
    """Fewer would make one deal of two deals with one account."""
    ids = {
        deal_of(tmp_path, Account="Novin", Stage="won", Amount=amount).entity.id
        for amount in ("900", "800")
    }

    assert len(ids) == 2


def test_a_file_without_stages_is_refused_whole(tmp_path):
    """Without a stage nobody knows whether a deal is open, won or lost."""
    with pytest.raises(UnreadableFile, match="knows as one of: stage, outcome"):
        read_opportunities(a_list(tmp_path, [("Deal",), ("a",)]), at=MONDAY)


def test_a_deal_opened_in_the_future_is_open(tmp_path):
    """Its date is kept as the file tells it."""
    found = deal_of(tmp_path, Stage="meeting", Created="2027-01-01").entity

    assert (found.stage, found.opened_on) == ("meeting", date(2027, 1, 1))


@pytest.mark.parametrize("word", ["Open", "On hold", "در انتظار", "en cours", "բաց"])
def test_a_deal_that_only_says_that_it_is_open_stands_in_the_first_stage(tmp_path, word):
    """The word is kept, and it is noted that no stage was told."""
    found = deal_of(tmp_path, Deal="A", Status=word)

    assert (found.entity.stage, found.entity.details["stage"]) == ("meeting", word)
    assert [note.code for note in found.notes] == ["open_without_stage"]


@pytest.mark.parametrize(
    ("system", "header", "is_noted"),
    [
        ("vtiger", "Expected Close Date", True),
        ("vtiger", "Date de fermeture attendue", True),
        ("vtiger", "تاریخ بسته شدن مورد انتظار", True),
        ("vtiger", "closingdate", True),
        ("suitecrm", "Date de cloture (prévue)", True),
        ("salesforce", "Close Date", False),
    ],
)
def test_an_expected_day_that_is_taken_as_that_of_closing_is_noted(system, header, is_noted):
    """In some systems a deal has but one day, and its header says that it is expected."""
    mapping = load_mapping(system)
    names = mapping.opportunity.headers
    won = {names["name"][0]: "Pumps", names["stage"][0]: "Closed Won", header: "2026-02-01"}
    (found,) = read_opportunities([won], at=MONDAY, mapping=mapping)

    codes = [note.code for note in found.notes]

    assert found.entity.closed_on == date(2026, 2, 1)
    assert ("closed_on_expected_day" in codes) == is_noted

"""The headers of plain lists, and the fields that stand behind them."""

from __future__ import annotations

import pytest

from salesfunnel.interop import draft_mapping, read_leads
from salesfunnel.interop.mapping.mapping import SHIPPED, load_mapping, read_mapping
from salesfunnel.values import Money
from tests.interop.examples import MONDAY, a_list, deal_of, lead_of

PLAIN = load_mapping("salesfunnel")
LEADS = {
    "given_name": "contact_first_name, Prénom",
    "email": "Contact Email, Email 1, Work Email, ایمیل, էլեկտրոնային փոստ",
    "phone": "Phone 2, Téléphone professionnel, تلفن شرکت, հեռախոսահամար",
    "mobile": "شماره تلفن همراه, N° de portable, բջջային համար",
    "company": "شرکت / سازمان, Entreprise, ընկերության անվանումը",
    "owner": "Owner, Salesperson, Assigned To, ارجاع به, کارشناس فروش, Commercial, պատասխանատու",
    "street": "Street, Adresse, آدرس, հասցե",
    "postal_code": "Postal Code, Zip, Code postal, کد پستی, փոստային ինդեքս",
    "state": "State, Région, استان, մարզ",
    "stage": "Status Id, Statut du prospect, وضعیت سرنخ, կարգավիճակ",
    "captured": "created_at, Créé le, تاریخ ثبت, գրանցման ամսաթիվ",
    "note": "Remarques, Observations, ملاحظات, նշումներ",
    "do_not_call": "Do Not Call, Ne pas appeler, تماس نگیرید",
    "answers.authority": "Décideur, تصمیم گیرنده, որոշում կայացնող",
    "details.recorded_by": "ثبت کننده, Created by",
}
DEALS = {
    "name": "Potential Name, Nom de l'affaire, نام معامله, գործարքի անվանումը",
    "reason": "Close reason, Motif de perte, دلیل شکست, կորստի պատճառ",
    "actual_revenue": "Close revenue, Actual Revenue, مبلغ نهایی",
    "closed": "closed_at, Date de signature, تاریخ عقد قرارداد, կնքման ամսաթիվ",
    "close": "close_at, Date de clôture, تاریخ بسته شدن, փակման ամսաթիվ",
    "amount": "Montant HT, Valeur, مبلغ قرارداد, գումար",
    "probability": "درصد احتمال موفقیت, Probabilité de gain",
    "expected_close": "تاریخ اتمام مورد انتظار, Clôture prévue",
}


@pytest.mark.parametrize(("noun", "table"), [("lead", LEADS), ("opportunity", DEALS)])
def test_headers_of_real_lists_are_known(noun, table):
    """They stood above columns of lists that were read for the first time."""
    for field, headers in table.items():
        found = {header: getattr(PLAIN, noun).field_of(header) for header in headers.split(", ")}

        assert set(found.values()) == {field}, found


@pytest.mark.parametrize("name", SHIPPED)
def test_each_system_tells_whose_a_lead_is(name):
    """The owner of a lead and of a deal arrives as such."""
    mapping = load_mapping(name)

    assert "owner" in mapping.lead.columns.values()
    assert "owner" in mapping.opportunity.columns.values()


def test_owner_and_place_arrive(tmp_path):
    """The owner belongs to the lead, the place to its company; two streets are two lines."""
    where = {"Street": "Novin Tower", "Street_2": "Abovyan 1", "Zip": "0001", "State": "Kotayk"}
    lead = lead_of(tmp_path, Company="Novin", Owner="Ani", **where).entity

    assert lead.owner == "Ani"
    assert lead.company.street == "Novin Tower\nAbovyan 1"
    assert (lead.company.postal_code, lead.company.state) == ("0001", "Kotayk")


def test_a_place_without_a_company_is_kept_as_text(tmp_path):
    """A place belongs to a company, so the lead keeps it in its details."""
    lead = lead_of(tmp_path, Name="Sara", Street="Abovyan 1").entity

    assert dict(lead.details) == {"street": "Abovyan 1"}


def test_who_does_not_want_to_be_called_has_withdrawn_consent(tmp_path):
    """A yes withdraws it, by that channel only; a no gives none, and is kept."""
    lead = lead_of(tmp_path, Name="Sara", Do_not_call="Yes", Email_opt_out="No").entity

    assert lead.consent.word("phone").basis is None
    assert lead.consent.word("email") is None
    assert dict(lead.details) == {"do_not_mail": "No"}


@pytest.mark.parametrize("header", ["Do not contact", "Ne pas contacter"])
def test_who_wants_no_contact_at_all_has_withdrawn_consent_to_both(tmp_path, header):
    """By a draft of a mapping as well."""
    path = a_list(tmp_path, [("Name", header), ("Sara", "yes")])
    drafted = read_mapping("\n".join(draft_mapping(path)), name="drafted")

    for mapping in (None, drafted):
        (found,) = read_leads(path, at=MONDAY, mapping=mapping)

        assert not found.entity.consent.word("phone").is_given
        assert not found.entity.consent.word("email").is_given


def test_a_won_deal_is_worth_what_came_in(tmp_path):
    """The estimate stays the amount of the deal, and what came in is that of its closing."""
    cells = {"Deal": "A", "Stage": "Won", "Amount": "1,200.50", "Actual_revenue": "1,100.00"}
    deal = deal_of(tmp_path, **cells, Currency="EUR").entity

    assert (deal.amount, deal.closing.amount) == (Money("1200.50", "EUR"), Money("1100", "EUR"))


def test_what_an_open_deal_has_earned_is_kept_as_text(tmp_path):
    """It cannot have earned anything yet."""
    found = deal_of(tmp_path, Deal="A", Stage="Proposal", Actual_revenue="5")

    assert dict(found.entity.details) == {"actual_revenue": "5"}
    assert "kept_in_details" in [note.code for note in found.notes]


@pytest.mark.parametrize(
    ("cells", "amount", "details"),
    [
        ({"Expected_revenue": "40", "Amount": "100"}, "100", {"expected_revenue": "40"}),
        ({"Expected_revenue": "40", "Amount": ""}, "40", {}),
    ],
)
def test_the_amount_counts_more_than_what_is_expected_of_it(tmp_path, cells, amount, details):
    """In some systems the expected revenue is the amount, in others a share of it."""
    deal = deal_of(tmp_path, Deal="A", Stage="Proposal", **cells, Currency="EUR").entity

    assert (deal.amount, dict(deal.details)) == (Money(amount, "EUR"), details)

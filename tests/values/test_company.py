"""Companies, and their names without the legal form."""

from __future__ import annotations

import re

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesfunnel.errors import InvalidValue
from salesfunnel.values.bucket import Bucket
from salesfunnel.values.company import Company
from salesfunnel.values.money import Money
from salesfunnel.values.text import fold

NAMES = ["Novin", "نوین تجارت", "Գրանդ", "Générale", "the", "12"]
FORMS = ["Ltd", "شرکت", "(سهامی خاص)", "ՍՊԸ", "SARL", "S.A.", "GmbH & Co. KG", "AS", "Oy", "تعاونی"]


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("شرکت فرادیس (سهامی خاص)", "فرادیس"),
        ("شرکت با مسئولیت محدود آریا", "اریا"),
        ("آريا با مسوولیت محدود", "اریا"),
        ("شركة الأمل ذ.م.م", "الامل"),
        ("«Գրանդ» ՍՊԸ", "գրանդ"),
        ("ՓԲԸ Գրանդ", "գրանդ"),
        ("Գրանդ Բաց Բաժնետիրական Ընկերություն", "գրանդ"),
        ("SARL Dupont", "dupont"),
        ("Dupont S.A.R.L.", "dupont"),
        ("Société Générale S.A.", "societe generale"),
        ("Dupont & Cie", "dupont"),
        ("AB Volvo", "volvo"),
        ("Oy Nokia Ab", "nokia"),
        ("Novin Tejarat Co., Ltd.", "novin tejarat"),
        ("Müller GmbH & Co. KG", "muller"),
        ("ООО Ромашка", "ромашка"),
        ("AS Roma", "as roma"),
        ("Solberg A/S", "solberg"),
        ("Limited Brands Inc.", "limited brands"),
        ("S.C. Dacia S.R.L.", "dacia"),
        ("SC Dacia SRL", "dacia"),
        ("SC Freiburg", "sc freiburg"),
        ("UAB Vilniaus Duona", "vilniaus duona"),
        ("Vilniaus Duona, UAB", "vilniaus duona"),
        ("PT Astra International Tbk", "astra international"),
        ("GmbH & Co. KG Muster", "muster"),
        ("I.B.M.", "ibm"),
        ("I B M Ltd", "IBM"),
        ("Groupe A", "groupe a"),
        ("A & B Trade", "ab trade"),
    ],
)
def test_a_legal_form_is_not_part_of_the_key(written, key):
    """Before or behind the name, in each language: the legal form does not count."""
    assert Company(written).key == fold(key).replace(" ", "")


@pytest.mark.parametrize(
    "spellings",
    [
        ("تولی\u200cپرس", "تولي پرس", "تولی پرس", "شرکت تولی‌پرس (سهامی عام)"),
        ("IranKhodro", "Iran Khodro Co.", "IRAN-KHODRO"),
        ("Haypost", "Hay Post CJSC"),
    ],
)
def test_blanks_and_half_spaces_make_no_other_company(spellings):
    """Whether a name of two parts is written as one word differs from list to list."""
    assert len({Company(name).key for name in spellings}) == 1


@pytest.mark.parametrize("name", ["SA", "شرکت", "ՍՊԸ", "Co., Ltd.", "Company Limited"])
def test_a_name_of_legal_forms_is_its_own_key(name):
    """A company that is called like a legal form still has a key."""
    assert Company(name).key == fold(name).replace(" ", "")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Bank of the West", "Bank of the East"),
        ("Enterprise Solutions", "The Solutions Co"),
        ("Industry Motors", "Motors"),
        ("شركة الراجحي", "شركة الأهلي"),
        ("SIA Rimi Latvia", "SIA Maxima Latvija"),
        ("Groupe A", "Groupe B"),
        ("Holding One", "Holding"),
        ("SA", "SARL"),
    ],
)
def test_two_firms_with_a_word_in_common_are_two(one, other):
    """A legal form, or a word that many firms have, makes no two firms one."""
    assert Company(one).key != Company(other).key


def test_an_address_has_a_street_of_several_lines():
    """A building and a floor stand on lines of their own; a state and a code on one."""
    street = "Building 7, 3rd floor\nValiasr St."
    company = Company("Novin", street=street, postal_code="19967-15433", state="Tehran")

    assert (company.street, company.postal_code, company.state) == (
        street,
        "19967-15433",
        "Tehran",
    )
    for place, text in (("street", "a\x00b"), ("postal_code", "1\n2"), ("state", "\u202e")):
        with pytest.raises(InvalidValue, match=place.replace("_", " ")):
            Company("Novin", **{place: text})


def test_a_company_is_kept_as_described():
    """Every fact stays as it was given."""
    revenue = Money(5, "EUR")
    company = Company(
        "Novin",
        employees=250,
        industry="IT",
        country="IR",
        city="Tehran",
        state="Tehran",
        street="Valiasr St.",
        postal_code="19967",
        website="novin.example",
        annual_revenue=revenue,
    )

    assert attrs.asdict(company, recurse=False) == {
        "name": "Novin",
        "employees": 250,
        "industry": "IT",
        "country": "IR",
        "city": "Tehran",
        "state": "Tehran",
        "street": "Valiasr St.",
        "postal_code": "19967",
        "website": "novin.example",
        "annual_revenue": revenue,
    }
    assert str(company) == "Novin"


def test_a_representation_shows_nothing():
    """Many a company bears the name of its owner."""
    assert repr(Company("Sara Ahmadi Trading", city="Tehran")) == "Company(…)"


@pytest.mark.parametrize("field", ["name", "industry", "country", "city", "state", "website"])
def test_every_text_of_a_company_is_checked(field):
    """No field takes control characters."""
    called = "company" if field == "name" else field
    with pytest.raises(InvalidValue, match=rf"^{called} holds a control character"):
        Company(**{"name": "Novin", field: "a\x1b"})


def test_a_company_has_a_name():
    """A company whose name shows nothing cannot be found again."""
    with pytest.raises(InvalidValue, match=r"^company has no name; allowed: a name with at least"):
        Company("\u200b")


@pytest.mark.parametrize("employees", [None, 0, 250, Bucket(51, 200)])
def test_staff_is_a_count_or_a_bracket(employees):
    """Many systems know only the bracket."""
    assert Company("Novin", employees=employees).employees == employees


@pytest.mark.parametrize("employees", [-1, True, 2.5, "51-200"])
def test_other_sizes_are_no_head_count(employees):
    """A text must be read first, and nobody employs half a person."""
    with pytest.raises(
        InvalidValue, match=r"^employees is not a head count; allowed: a whole number"
    ):
        Company("Novin", employees=employees)


def test_revenue_is_money():
    """A revenue without a currency says nothing."""
    with pytest.raises(
        InvalidValue, match=r"^annual_revenue is not an amount; allowed: Money, or None$"
    ):
        Company("Novin", annual_revenue=5)


@given(
    st.lists(st.sampled_from(FORMS), max_size=3),
    st.lists(st.sampled_from(NAMES), min_size=1, max_size=3),
)
def test_a_key_is_never_empty_and_never_changes_again(forms, words):
    """A company named by the key of another has that key, whatever forms stand behind it."""
    name = " ".join(words)
    key = Company(f"{name} {' '.join(forms)}").key

    assert key
    assert Company(key).key == key


@pytest.mark.parametrize("language", ["fa_IR", "hy_AM", "fr_FR", "en_US", "ar_AA"])
def test_a_form_behind_a_real_name_does_not_matter(real_data, language):
    """Real names and forms of five languages have the same key with another form behind them."""
    text = (real_data / "word_lists" / f"{language}.json").read_text("utf-8")
    listed = text.replace("\u200e", "")
    names = {f"Novin {word}" for word in re.findall(r'"([^"\\\n]{2,60})"', listed)}
    changed = [n for n in names if Company(f"{n} Ltd").key != Company(n).key]

    assert len(names) > 500
    assert changed == []

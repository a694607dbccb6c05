"""The mappings in docs/examples: each reads a list as the page says."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from salesfunnel.interop.leads import read_leads
from salesfunnel.interop.mapping.mapping import SHIPPED, load_mapping
from salesfunnel.interop.opportunities import read_opportunities
from salesfunnel.values import Money
from tests.docs.presets import PAGE, page
from tests.interop.examples import MONDAY, a_list

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "docs/examples"
CHECKED = ROOT / "docs/explanation/mappings.md"


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.toml")), ids=lambda path: path.stem)
def test_each_example_is_a_mapping(path):
    """Who copies it can use it at once."""
    assert load_mapping(path).name == path.stem


def test_a_list_of_faradis_is_read_whole(tmp_path):
    """Persian headers, two digits for a year, the clock of Tehran, and a column of its own."""
    header = ("کد پیگیری", "نام مخاطب", "نام شرکت", "موبایل", "تعداد پرسنل", "نیاز", "نتیجه پیگیری")
    more = ("تاریخ ثبت", "ساعت ثبت", "ارجاع به", "استان", "رنگ کارت")
    row = ("F7", "سارا احمدی", "نوین", "۰۹۱۲۱۲۳۴۵۶۷", "بیش از ۲۰۰ نفر", "بله", "پیگیری دوم")
    rest = ("04/11/05", "۱۰:۳۰", "رضا کریمی", "تهران", "آبی")
    path = a_list(tmp_path, [(*header, *more), (*row, *rest)])

    (found,) = read_leads(path, at=MONDAY, mapping=load_mapping("faradis"))

    lead = found.entity
    assert (lead.id, lead.person.name, lead.owner) == ("F7", "سارا احمدی", "رضا کریمی")
    assert (lead.stage, str(lead.company.employees), lead.company.state) == (
        "contacted",
        "201+",
        "تهران",
    )
    assert lead.timeline[0].at == datetime(2026, 1, 25, 7, 0, tzinfo=UTC)
    assert lead.contact_points[0].key == "+989121234567"
    assert dict(lead.details) == {"stage": "پیگیری دوم", "رنگ_کارت": "آبی"}


def test_a_deal_of_faradis_is_counted_in_rials(tmp_path):
    """Amounts without a currency are tomans, ten rials each."""
    header = ("شماره فرصت", "مشتری", "مرحله فروش", "مبلغ", "تاریخ اتمام مورد انتظار")
    path = a_list(tmp_path, [header, ("1", "نوین", "ارسال کاتالوگ", "۵۰ میلیون", "۲۰ خرداد ۱۴۰۵")])

    (found,) = read_opportunities(path, at=MONDAY, mapping=load_mapping("faradis"))

    deal = found.entity
    assert (deal.stage, deal.amount) == ("meeting", Money(500_000_000, "IRR"))
    assert deal.expected_close == date(2026, 6, 10)


@pytest.mark.parametrize("name", SHIPPED)
def test_the_page_says_what_each_mapping_was_checked_against(name):
    """Nobody takes a header for a fact that no one has seen."""
    assert f"| `{name}` |" in CHECKED.read_text("utf-8")


def test_the_page_of_presets_is_that_of_the_mappings():
    """``python tests/docs/presets.py`` writes the page anew."""
    assert PAGE.read_text("utf-8") == page()

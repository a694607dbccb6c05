"""Lists typed at a fair: a name and a number each, and optional cells in ordinary words."""

from __future__ import annotations

import random

import pytest

from tests.interop.examples import lead_rows

CONTACTS = 200
COLUMNS = {
    "name": ("Full name", "Nom et prénom", "نام و نام خانوادگی", "Անուն, ազգանուն"),
    "mobile": ("Mobile number", "Téléphone portable", "شماره همراه", "Բջջային հեռախոս"),
    "company": ("Firm", "Entreprise", "نام شرکت", "Ընկերություն"),
    "employees": ("Head count", "Effectif", "تعداد کارکنان", "Աշխատակիցների թիվը"),
    "need": ("Need", "Besoin", "نیاز", "Կարիք"),
    "budget": ("Budget approved", "Budget", "بودجه", "Բյուջե"),
    "stage": ("Lead status", "Statut", "وضعیت سرنخ", "Կարգավիճակ"),
    "captured": ("Date added", "Date de saisie", "تاریخ ثبت", "Գրանցման ամսաթիվ"),
    "owner": ("Sales rep", "Commercial", "کارشناس فروش", "Պատասխանատու"),
    "source": ("Lead source", "Provenance", "نحوه آشنایی", "Աղբյուր"),
}
READ = {
    "employees": (
        ("120", "51-200", "1,000+", "250 people", "more than 200", "between 10 and 20", "up to 50"),
        ("45", "11-50", "250 salariés", "plus de 200", "de 10 à 20", "moins de 50"),
        ("۴۵", "۲۵۰ نفر", "بیش از ۲۰۰", "۱۰ تا ۲۰ نفر", "زیر ۵۰ نفر", "حداقل 100"),
        ("45", "250 մարդ", "ավելի քան 200", "10 մինչև 20", "մինչև 50"),
    ),
    "need": (
        ("yes", "no", "maybe", "urgent", "not sure"),
        ("oui", "non", "peut-être", "urgent", "à voir"),
        ("بله", "خیر", "شاید", "فوری", "آره"),
        ("այո", "ոչ", "գուցե", "շտապ", "հա"),
    ),
    "budget": (
        ("approved", "pending", "no", "awaiting approval"),
        ("validé", "en attente", "refusé", "à confirmer"),
        ("تایید شده", "در انتظار تایید", "ندارد", "نامشخص"),
        ("հաստատված", "սպասվում է", "չունի", "անհայտ"),
    ),
    "stage": (
        ("new", "contacted", "callback", "wrong number", "SQL", "duplicate"),
        ("nouveau", "rdv pris", "à rappeler", "faux numéro", "pas intéressé"),
        ("سرنخ", "مشتری بالقوه", "در حال پیگیری", "شماره اشتباه", "بایگانی شده"),
        ("նոր", "ընթացքում", "հետ զանգել", "սխալ համար", "մերժված"),
    ),
    "captured": (
        ("2026-01-25", "25 Jan 2026", "January 25, 2026", "25-Jan-26"),
        ("25 janvier 2026", "dimanche 25 janvier 2026", "25 janv. 2026"),
        ("1404/11/05", "۱۴۰۴/۱۱/۰۵", "۵ بهمن ۱۴۰۴", "5 بهمن 04"),
        ("25 հունվարի 2026", "2026 թ. հունվարի 25"),
    ),
    "owner": (("Ani",), ("Zoé Martin",), ("رضا کریمی",), ("Արամ",)),
    "source": (("fair", "advert"), ("salon", "publicité"), ("نمایشگاه", "تبلیغات"), ("գովազդ",)),
}
UNREAD = {
    "employees": "about 40",
    "need": "ask Sara",
    "budget": "12 % of it",
    "stage": "seen twice",
    "captured": "last spring",
}
SAY_MORE = {
    *("callback", "SQL", "rdv pris", "à rappeler", "سرنخ", "مشتری بالقوه", "در حال پیگیری"),
    *("بایگانی شده", "ընթացքում", "հետ զանգել"),
}
"""The words of stages that say more than the stage."""


def fair_list(seed: int) -> tuple[list[str], list[dict[str, str]]]:
    """Make a list in one language: the header, and a row for each contact by its fields."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    language = seed % 4
    rows = []
    for number in range(CONTACTS):
        row = {
            "name": f"Sara {number}",
            "mobile": f"0912{number:07d}",
            "company": f"Novin {number}",
        }
        for field, words in READ.items():
            row[field] = chance.choice([*words[language], "", UNREAD.get(field, "")])
        rows.append(row)
    return [headers[language] for headers in COLUMNS.values()], rows


@pytest.mark.parametrize("seed", range(8))
def test_a_fair_list_is_kept_whole(tmp_path, seed):
    """Each contact is kept; what cannot be read, or says more, is in the details as it was."""
    header, rows = fair_list(seed)

    accepted, refused = lead_rows(tmp_path, header, *(row.values() for row in rows))

    assert refused == []
    assert len(accepted) == CONTACTS
    for row, found in zip(rows, accepted, strict=True):
        lead = found.entity
        kept = {field: text for field, text in UNREAD.items() if row[field] == text}
        kept |= {"stage": row["stage"]} if row["stage"] in SAY_MORE else {}
        assert dict(lead.details) == kept
        assert lead.owner == row["owner"]
        assert (lead.company.employees is None) == (row["employees"] in {"", "about 40"})
        assert ("need" in lead.answers) == (row["need"] not in {"", "ask Sara"})
        assert lead.source != "other" or not row["source"]

"""The tables of a page: every heading, number and stage in the language that is asked for."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from html import unescape
from pathlib import Path

import pytest

import salesfunnel
from salesfunnel import Opportunity
from salesfunnel.analytics import (
    Figures,
    Proportion,
    Total,
    cohorts,
    forecast,
    funnel,
    movement,
    report,
    slippage,
    stage_times,
    time_to_win,
)
from salesfunnel.analytics.ageing import AgeSpan
from salesfunnel.analytics.labels import Called
from salesfunnel.pictures import Language
from salesfunnel.pictures.figure_table import figure_table
from salesfunnel.pictures.heads import HEADS
from salesfunnel.pictures.notes import NOTES
from salesfunnel.pictures.translated_labels import LABELS
from salesfunnel.pipeline import FIVE_STAGES, LEAD_PIPELINE, OPPORTUNITY_PIPELINE
from salesfunnel.values import Calendar, CalendarKind, Money, Source
from tests.analytics.test_eight_questions import a_deal
from tests.architecture.texts import TEXTS, placeholders

PACKAGE = Path(salesfunnel.__file__).parent
MONDAY, FRIDAY = (datetime(2026, 3, day, 9, tzinfo=UTC) for day in (2, 6))
EUR = Money(900, "EUR")
DEALS = [
    a_deal(amount=EUR, expected=date(2026, 3, 20)),
    a_deal(amount=EUR, changes=[(4, "won")], id="8"),
    a_deal(amount=EUR, id="9").lose("price", also="junk", competitor="Faradis", at=FRIDAY),
]
MARCH = Calendar().period(MONDAY, "month")
COUNTED = (
    funnel(DEALS, at=FRIDAY),
    stage_times(DEALS, at=FRIDAY, within=[timedelta(days=2)]),
    time_to_win(DEALS, at=FRIDAY),
    cohorts(DEALS, at=FRIDAY),
    report(DEALS, at=FRIDAY, closed_in=MARCH, every="month"),
    movement(DEALS, since=MONDAY - timedelta(days=1), until=FRIDAY),
    forecast(DEALS, at=FRIDAY, target=EUR, categories={"a": "commit"}),
    slippage(DEALS, due=MARCH, at=FRIDAY),
)


def cells(table):
    """Read what stands in the cells of a table, headings included."""
    return [unescape(cell) for cell in re.findall(r"<t[hd] [^>]*>(.*?)</t[hd]>", table)]


@pytest.mark.parametrize("found", COUNTED, ids=[type(found).__name__ for found in COUNTED])
def test_each_heading_has_a_word_in_each_language(found):
    """A heading that is added is translated as well, or is a time or blank."""
    tables = found.figures()
    named = {name for table in tables for name in table.headings if isinstance(name, str)}
    rows = {str(row[0]) for table in tables for row in table.rows if table.headings[0] == ""}

    assert named - {""} <= set(HEADS)
    assert {name for name in rows if not name[0].isdigit()} <= set(HEADS)


@pytest.mark.parametrize(
    ("language", "written"),
    [
        (
            "en",
            [
                "won",
                "30 days",
                "1 day 12 h",
                "1 h 30 min",
                "1,234",
                "50% (1 of 2; 9–91%)",
                "900 EUR, 7 IRR",
                "",
            ],
        ),
        (
            "fa",
            [
                "برنده شده",
                "۳۰ روز",
                "۱ روز ۱۲ ساعت",
                "۱ ساعت ۳۰ دقیقه",
                "۱٬۲۳۴",
                "۵۰٪ (۱ از ۲؛ ۹ تا ۹۱٪)",
                "۹۰۰ EUR، ۷ IRR",
                "",
            ],
        ),
        (
            "fr",
            ["gagné", "30 jours", "1 jour 12 h", "1 h 30 min", "1\u202f234"],
        ),
    ],
)
def test_what_was_counted_is_written_as_the_language_does(language, written):
    """Times by their unit, numbers by their marks, shares in percent, and a blank for nothing."""
    times = (timedelta(days=30), timedelta(hours=36), timedelta(minutes=90))
    row = (1234, Proportion(1, 2), (Money(900, "EUR"), Money(7, "IRR")), None)

    table = figure_table(Figures(("won", *times), (row,), ("all",)), Language(language), {})

    assert cells(table)[: len(written)] == written
    way = 'dir="auto"' if language == "en" else 'dir="ltr" lang="en"'
    assert table.endswith(f"<p {way}>all</p>")


def test_a_stage_is_called_as_it_is_in_the_picture():
    """By its label, else by its usual name; all else that is text keeps its letters."""
    hall, won, ours = (
        Called(*each) for each in (("hall", "Hall"), ("won", "Won"), ("a", "Visite"))
    )
    rows = (("ours", hall, Total(3)), ("", won, 1), ("", ours, 1))

    table = figure_table(
        Figures(("pipeline", "stage", "won"), rows), Language.FRENCH, {"hall": "Salon"}
    )

    written = ["entonnoir", "étape", "gagné", "ours", "Salon", "3", "", "Gagné", "1"]
    assert cells(table) == [*written, "", "Visite", "1"]


def test_a_notebook_shows_the_same_figures_in_english():
    """With times in words, several amounts in one cell, and a blank for nothing."""
    figures = Figures((timedelta(days=30), "won"), (((Money(9, "EUR"), Money(7, "IRR")), None),))

    counted = Figures(("won", "median", "mean"), ((4238, 11.0, 34 / 3),))
    shares = Figures(("share",), ((Fraction(2, 3),),))

    assert cells(figures.html()) == ["30 days", "won", "9 EUR, 7 IRR", ""]
    assert cells(counted.html())[3:] == ["4,238", "11", "11.33"]
    assert cells(shares.html())[1:] == ["67%"]


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        (Total(1234, (Money("1234.50", "EUR"),)), "1\u202f234 (1\u202f234,50 EUR)"),
        (Fraction(1, 3), "33\u202f%"),
        (7.5, "7,5"),
        (12.0, "12"),
        (AgeSpan(31, 60), "31–60"),
        (AgeSpan(91, None), "91 et plus"),
        (AgeSpan(None, None), "(inconnu)"),
        (MARCH, "2026-03"),
        (Calendar().span(first=date(2026, 3, 2)), "02/03/2026 – …"),
        (Calendar().span(last=date(2026, 3, 2)), "… – 02/03/2026"),
        (Calendar().span(), "… – …"),
        (Calendar().period(MONDAY, "week"), "sem. du 02/03/2026"),
        (timedelta(days=12, hours=12), "12 jours 12 h"),
    ],
)
def test_each_kind_of_value_is_written_as_the_language_does(cell, written):
    """Amounts by the marks of the language too, periods by their days, ages by their ends."""
    table = figure_table(Figures(("won",), ((cell,),)), Language.FRENCH, {})

    assert cells(table)[1] == written


def test_days_of_a_period_stand_in_their_order_behind_persian_letters():
    """Digits behind a letter that runs leftward change places at a hyphen, and not at a stroke."""
    jalali = Calendar("jalali").span(first=date(2026, 3, 21), last=date(2026, 4, 20))

    assert Language.PERSIAN.period(jalali) == "۱۴۰۵/۰۱/۰۱ تا ۱۴۰۵/۰۱/۳۱"
    day = Language.PERSIAN.day(date(2026, 3, 21), calendar=CalendarKind.GREGORIAN)
    assert day == "۲۰۲۶/۰۳/۲۱"


@pytest.mark.parametrize("code", NOTES)
def test_a_note_says_the_same_in_each_language(code):
    """With all that the English sentence names, and nothing else."""
    (text,) = [text for text in TEXTS if text.code == code]

    for template in NOTES[code]:
        assert set(re.findall(r"{(\w+)}", template)) == placeholders(text)


def test_each_note_of_what_is_counted_has_words_in_each_language():
    """A sentence that is added to a figure is translated as well, so that a page has no English."""
    counting = [PACKAGE / name for name in ("analytics", "frames")]
    counting += [PACKAGE / "cli" / name for name in ("deal_links.py", "history.py")]
    sources = [s for each in counting for s in (each.glob("*.py") if each.is_dir() else [each])]
    said = [source.read_text("utf-8") for source in sources]

    told = {
        code
        for text in said
        for name, code in re.findall(r"^(_\w+) = Text\(\s*\"(\w+)\"", text, re.MULTILINE)
        if f"{name}.problem(is_error=False" in text or f"({name}, self." in text
    }

    assert len(told) > 10  # of which the test knows how they are written
    assert told <= set(NOTES)


def test_notes_and_reasons_are_said_in_the_language():
    """A sentence that has no words in it stays English, and is marked as such."""
    undated = report([Opportunity.open(id="1", amount=Money(9, "XXX"), at=MONDAY)], at=MONDAY)
    (known,) = undated.figures()[0].notes
    ours, price = Called("ours", "Ours"), Called("price", "Price too high")
    figures = Figures(("lost for",), ((price,), (ours,), ("(not known)",)), (known, "all"))

    table = figure_table(figures, Language.FRENCH, {})

    assert cells(table) == ["motif de perte", "Prix trop élevé", "Ours", "(inconnu)"]
    assert '<p dir="auto">XXX : la devise n’est pas connue' in table
    assert table.endswith('<p dir="ltr" lang="en">all</p>')


def test_each_built_in_label_has_words_in_each_language():
    """Stages, reasons and sources; so a page speaks one language."""
    pipelines = (LEAD_PIPELINE, OPPORTUNITY_PIPELINE, FIVE_STAGES)
    stages = {stage.label for each in pipelines for stage in each.stages}
    reasons = {label for each in pipelines for label in each.labels["reason"].values()}

    assert stages | reasons | {source.label for source in Source} <= set(LABELS)

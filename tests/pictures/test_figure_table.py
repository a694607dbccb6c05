"""The tables of a page: every heading, number and stage in the language that is asked for."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest

from salesfunnel.analytics import Figures, Proportion, Total, cohorts, forecast, funnel, report
from salesfunnel.pictures import Language
from salesfunnel.pictures.figure_table import figure_table
from salesfunnel.pictures.heads import HEADS
from salesfunnel.values import Money

MONDAY = datetime(2026, 3, 2, tzinfo=UTC)
COUNTED = (
    funnel([], at=MONDAY),
    cohorts([], at=MONDAY),
    forecast([], at=MONDAY),
    report([], at=MONDAY),
)


def cells(table):
    """Read what stands in the cells of a table, headings included."""
    return [unescape(cell) for cell in re.findall(r"<t[hd] [^>]*>(.*?)</t[hd]>", table)]


@pytest.mark.parametrize("found", COUNTED, ids=[type(found).__name__ for found in COUNTED])
def test_each_heading_has_a_word_in_each_language(found):
    """A heading that is added is translated as well, or is a time or blank."""
    named = {heading for heading in found.figures().headings if isinstance(heading, str)}

    assert named - {""} <= set(HEADS)


@pytest.mark.parametrize(
    ("language", "written"),
    [
        (
            "en",
            ["won", "30 days", "36 hours", "1:30:00", "1,234", "50% (1 / 2)", "900 EUR, 7 IRR", ""],
        ),
        (
            "fa",
            [
                "برنده شده",
                "۳۰ روز",
                "۳۶ ساعت",
                "۱:۳۰:۰۰",
                "۱٬۲۳۴",
                "۵۰٪ (۱ / ۲)",
                "۹۰۰ EUR، ۷ IRR",
                "",
            ],
        ),
        (
            "fr",
            ["gagné", "30 jours", "36 heures", "1:30:00", "1\u202f234", "50\u202f% (1 / 2)"],
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
    figures = Figures(("pipeline", "stage", "won"), (("ours", "hall", Total(3)), ("", "won", 1)))

    table = figure_table(figures, Language.FRENCH, {"hall": "Salon"})

    assert cells(table) == ["entonnoir", "étape", "gagné", "ours", "Salon", "3", "", "Gagné", "1"]


def test_a_notebook_shows_the_same_figures_in_english():
    """With times in words, several amounts in one cell, and a blank for nothing."""
    figures = Figures((timedelta(days=30), "won"), (((Money(9, "EUR"), Money(7, "IRR")), None),))

    assert cells(figures.html()) == ["30 days", "won", "9 EUR, 7 IRR", ""]

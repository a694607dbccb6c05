"""What the commands draw: a picture of the funnel, and the page of a sales meeting."""

from __future__ import annotations

import json
import re

import pytest

from salesfunnel.cli import main
from salesfunnel.pipeline import Move, Pipeline, Stage, pipeline_to_json

LEADS = (
    "Id,Name,Company,Status,Created\n"
    "1,Sara,Novin,converted,2026-01-05\n2,Ani,Ararat,new,2026-02-05\n"
)
DEALS = (
    "Deal,Stage,Lead id,Created,Amount,Expected close\n"
    "a,proposal,1,2026-01-09,900 EUR,2099-01-01\n"
    "b,meeting,,2026-01-09,70 IRR,\n"
)


@pytest.fixture
def folder(tmp_path):
    """Write a file of leads and one of deals."""
    (tmp_path / "leads.csv").write_text(LEADS, "utf-8")
    (tmp_path / "deals.csv").write_text(DEALS, "utf-8")
    return tmp_path


def ran(capsys, *arguments):
    """Run a command: its status, and what it printed and complained."""
    status = main([str(each) for each in arguments])
    printed = capsys.readouterr()
    return status, printed.out, printed.err


def test_a_funnel_is_drawn_as_a_picture(capsys, folder):
    """In Persian, and the table is printed as ever."""
    target = folder / "funnel.svg"

    status, out, err = ran(
        capsys, "funnel", folder / "leads.csv", "--out", target, "--language", "fa"
    )

    assert (status, err) == (0, "")
    assert out.startswith("قیف فروش، ")
    assert "قیف فروش" in target.read_text("utf-8")


def test_a_funnel_with_its_deals_is_a_page(capsys, folder):
    """The funnel, a forecast for each currency, and the cohorts."""
    target = folder / "funnel.html"

    ran(capsys, "funnel", folder / "leads.csv", folder / "deals.csv", "--out", target)

    assert target.read_text("utf-8").count("<svg") == 4


def test_a_funnel_of_leads_alone_is_a_page_too(capsys, folder):
    """With the one picture that there is."""
    target = folder / "funnel.HTML"

    ran(capsys, "funnel", folder / "leads.csv", "--out", target)

    assert target.read_text("utf-8").count("<svg") == 1


def test_a_report_is_the_page_of_a_meeting(capsys, folder):
    """With JSON on the output, and the page beside it."""
    target = folder / "report.html"

    status, out, _ = ran(capsys, "report", folder / "deals.csv", "--out", target, "--json")

    assert status == 0
    assert json.loads(out)["rows"]["accepted"] == 2
    page = target.read_text("utf-8")
    assert page.count("<svg") == 4
    assert page.index("<svg") < page.index("<table>")  # the pictures come first


def test_stages_of_ones_own_keep_their_labels(capsys, folder):
    """A pipeline of one's own says what people call its stages."""
    (folder / "own.csv").write_text("Deal,Stage,Created\na,Site visit,2026-01-09\n", "utf-8")
    target = folder / "report.html"

    ran(capsys, "report", folder / "own.csv", "--pipeline", "as-found", "--out", target)

    assert "Site visit" in target.read_text("utf-8")


@pytest.mark.parametrize(
    ("command", "name", "said"),
    [
        ("funnel", "funnel.png", ".svg or .html"),
        ("report", "report.svg", ".html"),
        ("report", "report", ".html"),
    ],
)
def test_an_unknown_ending_is_refused_before_anything_is_read(capsys, folder, command, name, said):
    """The sentence lists the endings that are known."""
    status, _, err = ran(capsys, command, folder / "none.csv", "--out", folder / name)

    assert status == 2
    assert said in err
    assert "Traceback" not in err


def test_a_list_is_never_drawn_over(capsys, folder):
    """The file that is read is refused as a target, and stays as it was."""
    listed = folder / "leads.html"
    listed.write_text(LEADS, "utf-8")

    status, _, err = ran(capsys, "funnel", listed, "--out", listed)

    assert status == 2
    assert "is read by the same command" in err
    assert listed.read_text("utf-8") == LEADS


def test_a_target_that_cannot_be_written_is_told(capsys, folder):
    """A folder that is not there: a sentence and status 2."""
    status, _, err = ran(capsys, "funnel", folder / "leads.csv", "--out", folder / "no" / "f.svg")

    assert status == 2
    assert "f.svg" in err


def test_a_language_that_is_none_is_refused(capsys, folder):
    """Before anything is read."""
    status, _, err = ran(
        capsys, "report", folder / "none.csv", "--out", "r.html", "--language", "de"
    )

    assert status == 2
    assert "en, fa, hy, fr" in err


def test_a_persian_page_is_persian_in_its_tables(capsys, folder):
    """Headings, stages, digits and days are; what has one language alone stands below."""
    target = folder / "report.html"

    ran(capsys, "report", folder / "deals.csv", "--out", target, "--language", "fa")

    page = target.read_text("utf-8")
    for word in ("مرحله", "معامله", "ارزش", "آغاز در", "بی‌وزن", "پیشنهاد", "۹۰۰ EUR"):
        assert f">{word}</t" in page
    assert '<th scope="col">stage</th>' not in page


@pytest.mark.parametrize(
    ("calendar", "day"),
    [("gregorian", r"<h1>گزارش، ۲۰\d\d/\d\d/\d\d<"), ("", r"<h1>گزارش، ۱۴\d\d/\d\d/\d\d<")],
)
def test_the_title_is_dated_by_the_calendar_that_is_asked_for(capsys, folder, calendar, day):
    """Without one, by that of the language; the pictures are dated alike."""
    target = folder / "report.html"
    asked = ["report", folder / "deals.csv", "--out", target, "--language", "fa"]

    ran(capsys, *asked, *(["--calendar", calendar] if calendar else []))

    page = target.read_text("utf-8")
    written = re.search(day, page)[0].removeprefix("<h1>گزارش، ").removesuffix("<")
    assert f"قیف فروش، {written}" in page


def test_what_is_printed_calls_stages_as_the_picture_does(capsys, folder):
    """In the language that is asked for; JSON keeps their codes."""
    asked = ["funnel", folder / "leads.csv", folder / "deals.csv"]

    assert "\n  New " in ran(capsys, *asked)[1]
    french = ran(capsys, *asked, "--language", "fr")[1]
    assert "\n  Nouveau " in french
    assert "\n  Converti " in french
    assert "جلسه" in ran(capsys, "report", folder / "deals.csv", "--language", "fa")[1]
    steps = json.loads(ran(capsys, *asked, "--json", "--language", "fr")[1])["steps"]
    assert steps[0]["stage"] == "new"


def test_a_stage_of_ones_own_is_printed_by_its_label(capsys, folder):
    """Lost deals name the stage that they left alike, in each group as well."""
    stages = [Stage("anfrage", label="Anfrage offen"), Stage("weg", kind="lost", label="Verloren")]
    ours = Pipeline("ours", stages=stages, moves=[Move("lose", "anfrage", "weg")])
    (folder / "ours.json").write_text(pipeline_to_json(ours), "utf-8")
    rows = "Deal,Stage,Created\na,anfrage,2026-01-09\nb,weg,2026-01-09\n"
    (folder / "own.csv").write_text(rows, "utf-8")

    out = ran(
        capsys, "report", folder / "own.csv", "--pipeline", folder / "ours.json", "--group", "stage"
    )[1]

    assert out.count("  Anfrage offen: 1") == 2
    assert "Verloren: 1" in out


def test_a_page_tells_the_figures_of_a_period_from_those_of_all_deals(capsys, folder):
    """The report is of the period; the funnel, the forecast and the cohorts are of all deals."""
    target = folder / "report.html"
    command = ("report", folder / "deals.csv", "--from", "2026-01-01", "--to", "2026-03-31")

    ran(capsys, *command, "--out", target)

    page = target.read_text("utf-8")
    closed, whole = ">Closed: 2026-01-01 – 2026-03-31</p>", ">All deals</p>"
    assert page.count(whole) == page.count("<h2>") - 1
    assert f'<h2>Report</h2><p dir="auto"{closed}<table>' in page
    assert page.index("<svg") < page.index(closed)
    ran(capsys, "report", folder / "deals.csv", "--out", target)
    assert whole not in target.read_text("utf-8")
    ran(capsys, *command[:2], "--to", "2026-03-31", "--out", target, "--language", "fa")
    assert ">بسته‌شده: … – ۱۴۰۵/۰۱/۱۱</p>" in target.read_text("utf-8")


def test_a_picture_and_a_page_tell_when_those_who_are_counted_began(capsys, folder):
    """A part is never taken for the whole."""
    command = ("funnel", folder / "leads.csv", "--to", "2026-03-31", "--language", "fr", "--out")

    ran(capsys, *command, folder / "funnel.svg")
    ran(capsys, *command, folder / "funnel.html")

    title = "entrés\u00a0: … – 31/03/2026"
    assert f", {title}" in (folder / "funnel.svg").read_text("utf-8")
    assert f">{title.capitalize()}</p>" in (folder / "funnel.html").read_text("utf-8")


@pytest.mark.parametrize("language", ["fa", "hy", "fr"])
def test_a_page_of_another_language_has_nothing_in_english(capsys, folder, language):
    """Its headings, stages and sentences are in the language, and run as it does."""
    target = folder / "report.html"
    (folder / "deals.csv").write_text(f"{DEALS}c,won,,2026-01-09,70 EUR,\n", "utf-8")

    ran(capsys, "report", folder / "deals.csv", "--out", target, "--language", language)

    page = target.read_text("utf-8")
    assert 'lang="en"' not in page
    cells = re.findall(r"<(?:t[hd]|h3|p) [^>]*>([^<]*)<", page)
    assert not re.search(r"[a-z]{3}", "".join(cells)) or language == "fr"
    assert not re.search(r">(opportunity|slipped|undated|win rate|lost for|deals)<", page)

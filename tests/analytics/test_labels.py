"""What people call stages, reasons and groups: one word wherever it is shown, and codes in data."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from unicodedata import bidirectional

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesfunnel.analytics import (
    Agreement,
    SourcePerformance,
    cohorts,
    forecast,
    funnel,
    movement,
    report,
    slippage,
    stage_times,
    time_to_win,
)
from salesfunnel.analytics.labels import Labels
from salesfunnel.analytics.text_rows import text_rows
from salesfunnel.leads import Lead, handoff
from salesfunnel.opportunities import Opportunity
from salesfunnel.pictures import Language, meeting_page, picture
from salesfunnel.pictures.figure_text import text_of
from salesfunnel.pipeline import Move, Pipeline, Stage
from salesfunnel.qualification import BANT
from salesfunnel.rules import answered
from salesfunnel.values import Calendar

MONDAY = datetime(2026, 3, 2, tzinfo=UTC)
NOW = MONDAY + timedelta(days=9)


def a_pipeline(name="ours", **labels):
    """Make a pipeline with labels of its own."""
    lost = Stage(
        "lost",
        kind="lost",
        label="Verloren",
        reasons={"dup": "Doppelt erfasst", "dear": "Zu teuer"},
        uncounted="dup",
    )
    stages = [Stage("visit", label=labels.get("visit", "Besuch beim Kunden")), lost]
    return Pipeline(name, stages=stages, moves=[Move("lose", "visit", "lost")])


OURS = a_pipeline()
DEALS = [
    Opportunity.open(
        id=str(n), pipeline=OURS, source="sms", expected_close=date(2026, 3, 5), at=MONDAY
    )
    for n in range(3)
]
DEALS = [DEALS[0], DEALS[1].lose("dear", at=NOW), DEALS[2].lose("dup", at=NOW)]
MARCH = Calendar().period(MONDAY, "month")
QUESTIONS = [
    lambda **more: funnel(DEALS, at=NOW, **more),
    lambda **more: stage_times(DEALS, at=NOW, **more),
    lambda **more: time_to_win(DEALS, at=NOW, **more),
    lambda **more: cohorts(DEALS, at=NOW, **more),
    lambda **more: report(DEALS, at=NOW, **more),
    lambda **more: movement(DEALS, since=MONDAY, until=NOW, **more),
    lambda **more: forecast(DEALS, at=NOW, **more),
    lambda **more: slippage(DEALS, due=MARCH, at=NOW, **more),
]
CODES = {"visit", "dup", "dear", "sms"}


@pytest.mark.parametrize("ask", QUESTIONS)
@pytest.mark.parametrize("group", ["source", "stage"])
def test_what_is_shown_is_called_by_its_label_and_data_keep_the_codes(ask, group):
    """Law: in print, in a notebook and on a page in any language no code of ours is to be seen."""
    found = ask(group=group)
    shown = [str(found), found._repr_html_()]
    shown += [meeting_page([found], title="t", language=language) for language in Language]

    for text in shown:
        words = text.replace("<", " ").replace(">", " ").split()
        assert not CODES & {word.strip(":,") for word in words}
    data = json.dumps(found.as_data())
    assert "Besuch" not in data
    assert {each["group"] for each in found.as_data()["groups"]} <= {"sms", "visit", "lost"}


@pytest.mark.parametrize("language", Language)
def test_one_page_has_one_word_for_one_thing(language):
    """The picture, the table, the moves and the losses call a stage and a reason alike."""
    page = meeting_page([ask() for ask in QUESTIONS], title="t", language=language)

    assert page.count("Besuch beim Kunden") == 8  # twice in the picture and in the moves
    assert "Doppelt erfasst" in page
    assert "Zu teuer" in page


def test_labels_that_are_given_come_first():
    """For stages, reasons and groups, in the picture and in the tables."""
    labels = {"visit": "بازدید", "dup": "تکراری است", "sms": "پیام"}
    found = funnel(DEALS, at=NOW, group="source")

    page = meeting_page([found], title="t", language="fa", labels=labels)

    assert "Besuch" not in page
    assert "Doppelt" not in page
    assert [page.count(label) > 0 for label in labels.values()] == [True, True, True]
    assert "بازدید" in picture(found, language="fa", labels=labels).svg


def test_two_pipelines_that_call_a_stage_differently_agree_on_its_name():
    """A label of one of them would be wrong for the other."""
    labels = Labels.of([OURS, a_pipeline("theirs", visit="Termin")])

    assert str(labels.stage("visit")) == "visit"
    assert str(labels.stage("lost")) == "Verloren"
    silent = Labels.of([OURS, a_pipeline("silent", visit="")])
    assert str(silent.stage("visit")) == "Besuch beim Kunden"


def test_groups_are_called_by_their_labels():
    """Sources, stages, reasons and the answers of a rule; any other text is its own name."""
    lead = Lead.capture(person="Ani", source="phone_call", at=MONDAY)
    lost = lead.disqualify("no_need", at=MONDAY)

    named = {"source": "Phone call", "stage": "Disqualified", "rejection": "No need"}
    for group, name in named.items():
        assert f"\n{name}: 1 counted" in str(funnel([lost], at=NOW, group=group, known="now"))
    ruled = funnel([lead], at=NOW, group=answered("answers.need"))
    assert "\nno: 1 counted" in str(ruled)
    owned = Lead.capture(person="Ani", owner="web_team", at=MONDAY)
    assert "\nweb_team: 1 counted" in str(funnel([owned], at=NOW, group="owner"))


def test_deals_of_leads_are_called_by_their_labels_too():
    """A funnel from the lead to the deal speaks one language."""
    lead = Lead.capture(person="Ani", at=MONDAY)

    found = [ask([lead], at=NOW, opportunities=DEALS) for ask in (funnel, stage_times, cohorts)]

    assert all(each.labels.stages["visit"] == "Besuch beim Kunden" for each in found)
    assert all(each.labels.stages["new"] == "New" for each in found)


@pytest.mark.parametrize("language", Language)
def test_what_is_printed_is_in_the_language(language):
    """Headings, labels and numbers; a stage in which no one was is not printed."""
    deals = [Lead.capture(person="Ani", source="fax", at=MONDAY)]

    said = text_of(funnel(deals, at=NOW, group="source"), language)
    times = text_of(stage_times(deals, at=NOW), language)

    assert language.called("Nurturing") not in said + times
    assert said.count(language.called("New")) == 2
    assert language.called("Fax") in said
    assert language.called("New") in times


@given(
    st.lists(
        st.tuples(st.text("abc‌پیشنهادﾊ漢é́", max_size=9), st.integers(0, 10**9).map(str)),
        max_size=5,
    ),
    st.booleans(),
)
def test_columns_stand_below_each_other_in_any_script(rows, is_leftward):
    """Law: each line takes as many places, and no cell moves another, whichever way it runs."""
    lines = [*text_rows(["name", "count"], rows, names=[True, False], is_leftward=is_leftward)]

    plain = [line.translate(dict.fromkeys(map(ord, "\u200e\u200f\u2068\u2069"))) for line in lines]
    for line, (_, count) in zip(plain, [("name", "count"), *rows], strict=True):
        assert line.endswith(count)
    for line in lines:
        outside = line.split("\u2068")[0] + line.split("\u2069")[-1]
        assert not any(bidirectional(letter) == "AL" for letter in outside)


def test_what_was_not_counted_is_a_title_alone():
    """A table without rows would be headings of nothing."""
    assert text_of(funnel([], at=NOW), Language.FRENCH) == "Entonnoir, 11/03/2026"
    assert str(funnel([], at=NOW)) == "0 counted at 2026-03-11 00:00 UTC"


def test_sources_are_called_by_their_labels_in_what_they_cost_and_in_the_hand_off():
    """In print and in a notebook; data keep the codes."""
    lead = Lead.capture(person="Ani", source="phone_call", at=MONDAY)
    fits = lead.answer({"need": True, "budget": True, "timing": True}, at=MONDAY)
    offered = handoff.offer(fits, BANT, at=MONDAY)
    agreed = Agreement(BANT, respond_within=timedelta(days=1), marketing="A", sales="R")

    (cost,) = SourcePerformance.of([lead], [], {}, at=NOW)
    sources = agreed.measure([offered], at=NOW)

    assert str(cost).startswith("Phone call: 1 lead")
    assert "Phone call" in cost._repr_html_()
    assert cost.as_data()["name"] == "phone_call"
    assert str(sources[0]).startswith("Phone call: 1 offered")

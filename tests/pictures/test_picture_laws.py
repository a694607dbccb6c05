"""The laws of pictures: what stands in each, how large it is, and which way it runs."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesfunnel import InvalidValue, Money, Opportunity
from salesfunnel.analytics import (
    Forecast,
    ForecastRow,
    Funnel,
    FunnelStep,
    Total,
    cohorts,
    forecast,
    funnel,
)
from salesfunnel.errors import WrongKind
from salesfunnel.pictures import Language, Picture, picture
from tests.pictures.drawn import (
    LIMIT,
    MARCH,
    anything_drawn,
    bars_of,
    cohort_tables,
    forecasts,
    funnels,
    languages,
    numbers_in,
    sentences_of,
    texts_of,
    tree_of,
)

WIDTH = 640
LEGEND = 40
DAY = timedelta(days=1)


@given(anything_drawn, languages, st.text(max_size=300))
def test_a_picture_is_xml_of_at_most_six_thousand_bytes(found, language, title):
    """Law: whatever was counted, in whatever letters, it is well-formed and small."""
    drawn = picture(found, language=language, title=title)

    assert tree_of(drawn).get("aria-label")
    assert len(drawn.svg.encode()) <= LIMIT


@given(anything_drawn, languages)
def test_nothing_is_drawn_beside_the_sheet(found, language):
    """Law: each bar lies within the picture, and each text begins in it."""
    drawn = picture(found, language=language)
    height = int(tree_of(drawn).get("height"))

    for x, y, width, tall, _ in bars_of(drawn):
        assert x >= 0
        assert x + width <= WIDTH
        assert y >= 0
        assert y + tall <= height


@given(anything_drawn, languages)
def test_each_text_stands_alone(found, language):
    """Law: every text is one isolate of its own direction, so no neighbour can turn it."""
    for text in texts_of(picture(found, language=language)):
        assert text[0] in "\u2066\u2067"
        assert text[-1] == "\u2069"
        assert not set(text[1:-1]) & set("\u2066\u2067\u2068\u2069\u202a\u202b\u202c\u202d\u202e")


@given(funnels())
def test_stages_are_mirrored_where_lines_run_leftward(found):
    """Law: the bars of the Persian funnel are the mirror of the French ones, as far as both go."""
    parts = 3 + any(step.bypassed for step in found.steps)
    french, persian = (bars_of(picture(found, language=code))[parts:] for code in ("fr", "fa"))

    for (x, y, width, tall, fill), (left, *rest) in zip(french, persian, strict=False):
        if len(french) == len(persian):
            assert left == WIDTH - x - width
            assert rest == [y, width, tall, fill]


@given(cohort_tables() | forecasts())
def test_time_is_never_mirrored(found):
    """Law: months and windows run to the right in every language."""
    drawn = [picture(found, language=code) for code in Language]
    # Where words are longer, fewer periods may have room.
    as_long = [each for each in drawn if len(texts_of(each)) == len(texts_of(drawn[0]))]
    columns = [[bar for bar in bars_of(each) if bar[1] > LEGEND] for each in as_long]

    assert all(bars == columns[0] for bars in columns)


@given(funnels(), languages)
def test_every_count_is_read_out(found, language):
    """Law: of each stage that is used and has room the counts are said in words, of others none."""
    drawn = sentences_of(picture(found, language=language))
    kept = len(drawn)
    used = [step for step in found.steps if step.entered + step.perhaps > step.skipped]
    steps = used if kept == len(used) else [*used[: kept - 1], used[-1]]

    for step, sentence in zip(steps, drawn, strict=True):
        said = sentence.rpartition(": ")[2]
        assert numbers_in(said.replace(", ", " ; ").replace("، ", " ; ")) == [
            step.entered,
            step.onward,
            step.still - step.bypassed,
            step.lost,
            *([step.bypassed] if step.bypassed else []),
        ]


@given(anything_drawn)
def test_french_has_its_own_marks(found):
    """Law: a colon stands behind a space, and no day is written by its year first."""
    drawn = picture(found, language="fr")

    said = [*sentences_of(drawn), *texts_of(drawn)]
    assert all("\u00a0: " in sentence for sentence in sentences_of(drawn))
    assert not any(re.search(r"\d{4}-\d\d-\d\d", text) for text in said)


@given(funnels() | cohort_tables() | forecasts(), languages)
def test_what_has_no_room_is_counted(found, language):
    """Law: what is drawn and what is left out are together all there is."""
    drawn = picture(found, language=language)
    rows = found.used_steps if isinstance(found, Funnel) else found.rows
    left_out = [numbers_in(text)[0] for text in texts_of(drawn) if text.startswith("\u2066… ")]
    left_out += [numbers_in(text)[0] for text in texts_of(drawn) if text.startswith("\u2067… ")]

    if not left_out:
        assert len(rows) <= 13
    else:
        assert 0 < left_out[0] <= len(rows)


@given(st.lists(st.tuples(*[st.integers(0, 10**6)] * 3), min_size=1, max_size=6))
def test_the_parts_of_a_bar_are_as_long_as_their_counts(counts):
    """Law: all bars of a funnel share one scale, to the pixel for each part."""
    steps = tuple(
        FunnelStep(stage=f"s{n}", entered=sum(c), onward=c[0], lost=c[2], first=sum(c))
        for n, c in enumerate(counts)
    )
    found = Funnel(at=MARCH, path="reached", counted=0, reopened=0, steps=steps, flows=())
    longest = max(step.entered for step in steps) or 1

    widths = [bar[2] for bar in bars_of(picture(found))[3:]]

    assert widths == [
        max(round(340 * count / longest), 1)
        for step in steps
        for count in (step.onward, step.still, step.lost)
        if count
    ]


def test_a_salesman_sees_the_stages_in_persian():
    """An example: one deal in a meeting, its stage called as the shop calls it."""
    deal = Opportunity.open(id="7", at=MARCH)
    found = funnel([deal], at=MARCH)

    drawn = picture(found, language="fa", labels={"meeting": "بازدید"})

    assert texts_of(drawn)[0] == "\u2067قیف فروش، ۱۴۰۴/۱۲/۱۱\u2069"
    assert sentences_of(drawn)[0].startswith("بازدید: ۱ وارد شده، ۰ پیش رفته، ۱ هنوز همان‌جا")
    assert "\u2066–\u2069" in texts_of(drawn)  # of 0 decided nothing is known


def test_a_long_funnel_keeps_its_end():
    """Of forty stages the first ones and the last are drawn, and the others counted."""
    steps = tuple(
        FunnelStep(stage=f"stage {n}", entered=40 - n, onward=39 - n, lost=0, first=40)
        for n in range(40)
    )
    found = Funnel(at=MARCH, path="reached", counted=40, reopened=0, steps=steps, flows=())

    drawn = picture(found)
    kept = sentences_of(drawn)

    assert kept[0].startswith("stage 0:")
    assert kept[-1].startswith("stage 39:")
    assert f"\u2066… {40 - len(kept)} more\u2069" in texts_of(drawn)


def test_cohorts_are_blank_while_too_young():
    """A month of which nothing is known yet has no shade, and not the shade of nobody."""
    deal = Opportunity.open(id="7", at=MARCH)

    young = picture(cohorts([deal], at=MARCH))
    old = picture(cohorts([deal], at=MARCH + timedelta(days=400)))

    assert bars_of(young) == []
    assert [bar[4] for bar in bars_of(old)] == ["#eef4f8"] * 3
    assert "\u2066blank: too young\u2069" in texts_of(young)


def test_cohorts_say_to_what_and_when():
    """An example: deals of one week, and how many of them got to an offer within a day."""
    deal = Opportunity.open(id="7", at=MARCH).move("propose", at=MARCH)
    found = cohorts([deal], at=MARCH + timedelta(days=9), to="proposal", every="week", within=DAY)

    assert (found.to, found.as_data()["to"]) == ("proposal", "proposal")
    for language, said in (
        ("en", ("Cohorts – Proposal, 2026-03-11", "began", "1 day", "week of 2026-03-02")),
        ("fr", ("Cohortes – Proposition, 11/03/2026", "débuts", "1 jour", "sem. du 02/03/2026")),
        ("fa", ("گروه‌های هم‌ورود – پیشنهاد، ۱۴۰۴/۱۲/۲۰", "آغاز", "۱ روز", "هفتهٔ ۲۰۲۶/۰۳/۰۲")),
    ):
        assert tuple(text[1:-1] for text in texts_of(picture(found, language=language)))[:4] == said
    assert texts_of(picture(cohorts([], at=MARCH)))[0] == "\u2066Cohorts – Won, 2026-03-02\u2069"


def test_windows_of_hours_are_said_in_hours():
    """Whole days are days; a window of six hours is none."""
    found = cohorts([], at=MARCH, within=[timedelta(hours=6), timedelta(days=2)])

    assert texts_of(picture(found))[2:4] == ["\u20666 hours\u2069", "\u20662 days\u2069"]


def test_more_times_than_have_room_are_refused():
    """Nine columns are a table, and no picture."""
    found = cohorts([], at=MARCH, within=[timedelta(days=n) for n in range(1, 10)])

    with pytest.raises(InvalidValue, match="at most 8"):
        picture(found)


def _forecast(*amounts, target=None):
    deals = [
        Opportunity.open(id=str(n), amount=amount, at=MARCH) for n, amount in enumerate(amounts)
    ]
    return forecast(deals, at=MARCH, target=target)


def test_a_forecast_of_several_currencies_needs_the_name_of_one():
    """Currencies are never mixed: the sentence lists those that are there."""
    found = _forecast(Money(5, "EUR"), Money(7, "IRR"))

    with pytest.raises(InvalidValue, match="EUR, IRR"):
        picture(found)
    with pytest.raises(InvalidValue, match="EUR, IRR"):
        picture(found, currency="USD")
    assert "\u2066EUR\u2069" in texts_of(picture(found, currency="EUR"))


def test_the_currency_of_the_target_is_the_one_that_is_meant():
    """A target in rials leaves no doubt, and is a dashed line."""
    drawn = picture(_forecast(Money(5, "EUR"), Money(7, "IRR"), target=Money(90_000_000, "IRR")))

    assert "\u2066million IRR\u2069" in texts_of(drawn)
    assert "\u2066target 90\u2069" in texts_of(drawn)
    assert "stroke-dasharray" in drawn.svg


def test_deals_without_any_amount_are_counted():
    """Where no deal has an amount, the columns are how many there are."""
    drawn = picture(_forecast(None, None))

    assert "\u2066deals\u2069" in texts_of(drawn)
    assert "undated: 2" in sentences_of(drawn)


def test_every_other_month_is_named_where_names_are_long():
    """The names of two years of periods do not lie over each other."""
    row = ForecastRow(label="FY2025/26 Q1", won=Total(), open=Total())
    found = Forecast(at=MARCH, rows=(row,) * 12, slipped=row, undated=row)

    assert texts_of(picture(found)).count("\u2066FY2025/26 Q1\u2069") < 12


def test_a_picture_of_anything_else_is_refused():
    """What has no picture says what has one."""
    with pytest.raises(WrongKind, match="a Funnel, Cohorts or a Forecast"):
        picture("funnel")


def test_a_notebook_shows_the_picture():
    """At the end of a cell it is the picture itself."""
    assert Picture("<svg/>")._repr_html_() == str(Picture("<svg/>")) == "<svg/>"


def test_a_language_that_is_none_is_refused():
    """The sentence lists the four."""
    with pytest.raises(InvalidValue, match="en, fa, hy, fr"):
        picture(funnel([], at=MARCH), language="de")


@pytest.mark.parametrize(
    "odd", [{"title": 5}, {"labels": [1]}, {"labels": "ab"}, {"labels": {"won": 5}}]
)
def test_odd_words_are_refused(odd):
    """A title is a text, and labels are names by stage."""
    with pytest.raises(InvalidValue, match=r"title|labels"):
        picture(funnel([], at=MARCH), **odd)

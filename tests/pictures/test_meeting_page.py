"""The page of a meeting: pictures, figures, and nothing from elsewhere."""

from __future__ import annotations

import re

import pytest

from salesfunnel import Money, Opportunity
from salesfunnel.analytics import cohorts, forecast, funnel, slippage
from salesfunnel.errors import InvalidValue, WrongKind
from salesfunnel.pictures import Language, meeting_page, picture
from salesfunnel.pictures.notes import SHARES
from salesfunnel.values import Calendar
from tests.pictures.drawn import MARCH


def _deals(*amounts):
    return [Opportunity.open(id=str(n), amount=a, at=MARCH) for n, a in enumerate(amounts)]


def test_each_picture_has_its_figures_beside_it():
    """Two pictures and their tables, in the order in which they were given."""
    deals = _deals(Money(5, "EUR"))

    page = meeting_page([cohorts(deals, at=MARCH), funnel(deals, at=MARCH)], title="March")

    assert page.count("<svg") == 2
    assert page.count("<table>") == 3  # the funnel has its moves as well
    assert page.index("Cohorts") < page.index("Funnel")


def test_each_currency_has_a_picture():
    """Euros and rials never share a column; without any amount deals are counted."""
    both = forecast(_deals(Money(5, "EUR"), Money(7, "IRR")), at=MARCH)
    none = forecast(_deals(None), at=MARCH)

    assert meeting_page([both], title="March").count("<svg") == 2
    assert meeting_page([none], title="March").count("<svg") == 1


def test_what_has_no_picture_has_its_figures():
    """Slippage is a table alone, and what is no answer of the eight is shown as in a notebook."""
    due = Calendar().period(MARCH, "month")

    page = meeting_page([slippage([], due=due, at=MARCH)], title="March")

    assert "<svg" not in page
    assert page.count("<section>") == 1
    assert "<p>mine</p>" in meeting_page([_Mine()], title="March")


class _Mine:
    def __init__(self, **groups):
        self.groups = groups

    def _repr_html_(self):
        return "<p>mine</p>"


def test_groups_of_ones_own_stand_below_the_whole_too():
    """Whatever has groups and shows itself in a notebook."""
    page = meeting_page([_Mine(north=_Mine(), web_team=_Mine())], title="t", language="fr")

    assert page.count("<p>mine</p>") == 3
    assert ">web_team</h3>" in page
    assert "<h2>" not in page


@pytest.mark.parametrize("language", ["en", "fa", "hy", "fr"])
def test_each_part_of_a_page_has_a_heading_and_its_pictures_before_its_tables(language):
    """One heading for the page, one for each part, and groups below; so a reader can jump."""
    deals = [Opportunity.open(id="7", source="fax", amount=Money(5, "EUR"), at=MARCH)]
    found = [funnel(deals, at=MARCH, group="source"), cohorts(deals, at=MARCH)]

    page = meeting_page(found, title="t", language=language)

    assert re.findall(r"<h(\d)|<(svg|table|section)", page) == [
        ("1", ""),
        *[("", "section"), ("2", ""), ("", "svg"), ("", "table"), ("", "table")],
        *[("3", ""), ("", "svg"), ("", "table"), ("", "table")],
        *[("", "section"), ("2", ""), ("", "svg"), ("", "table")],
    ]


def test_a_label_that_is_blank_is_named():
    """On a page without any picture as well."""
    due = Calendar().period(MARCH, "month")

    with pytest.raises(InvalidValue, match=r"labels\.visit is blank"):
        meeting_page([slippage([], due=due, at=MARCH)], title="t", labels={"visit": ""})


@pytest.mark.parametrize("show", [picture, lambda found, **how: meeting_page([found], **how)])
def test_a_label_that_is_misspelt_is_named(show):
    """It would change nothing; a table of labels for several pipelines is let in."""
    lost = Opportunity.open(id="7", source="web", at=MARCH).lose("price", at=MARCH)
    found = funnel([lost], at=MARCH, group="source")
    how = {"title": "t", "language": "fr"}

    for code, known in (("meetin", "meeting"), ("Price", "price"), ("wbe", "web")):
        with pytest.raises(InvalidValue, match=f"labels.{code} is a label of nothing") as told:
            show(found, labels={code: "x"}, **how)
        assert told.value.allowed == f"labels.{known}"
        assert show(found, labels={code: "x", known: "y", "hall": "z"}, **how)


def test_one_table_of_labels_serves_a_whole_page():
    """Each label is that of something on the page, and need not be on all of it."""
    found = [funnel([], at=MARCH), funnel([Opportunity.open(id="7", at=MARCH)], at=MARCH)]

    page = meeting_page(found, title="t", labels={"meeting": "Besuch"})

    assert "Besuch" in page


def test_groups_stand_below_the_whole():
    """Each under its name, with its picture; those without the fact come last."""
    some = [Opportunity.open(id="7", owner="ani", at=MARCH), Opportunity.open(id="8", at=MARCH)]

    page = meeting_page([funnel(some, at=MARCH, group="owner")], title="t", language="fr")

    assert page.count("<svg") == 3
    assert page.index(">ani</h3>") < page.index(">(inconnu)</h3>")


@pytest.mark.parametrize("language", ["en", "fa", "hy", "fr"])
def test_a_page_says_once_what_stands_beside_its_shares(language):
    """Where there is any share to explain."""
    deal = Opportunity.open(id="7", at=MARCH).lose("price", at=MARCH)
    explained = SHARES[[*Language].index(language)]

    pages = [
        meeting_page([funnel(d, at=MARCH)], title="t", language=language) for d in ([deal], [])
    ]

    assert [page.count(explained) for page in pages] == [1, 0]


def test_a_page_loads_nothing_and_runs_nothing():
    """It is one file that may be sent: no address but the name space of SVG, and no script."""
    deals = _deals(Money(5, "EUR"))

    page = meeting_page([funnel(deals, at=MARCH), forecast(deals, at=MARCH)], title="<script>")

    assert page.replace("http://www.w3.org/2000/svg", "").count("://") == 0
    assert "<script" not in page
    assert "&lt;script&gt;" in page


@pytest.mark.parametrize(("language", "way"), [("fa", "rtl"), ("hy", "ltr"), ("fr", "ltr")])
def test_a_page_runs_as_its_language_does(language, way):
    """The heading, the tables and the page run as people read."""
    page = meeting_page([funnel([], at=MARCH)], title="t", language=language)

    assert f'<html lang="{language}" dir="{way}">' in page
    assert f"td{{text-align:{'right' if way == 'rtl' else 'left'}}}" in page
    assert "section{overflow-x:auto}" in page  # a wide table does not widen the page


@pytest.mark.parametrize("odd", ["funnel", 7, type(funnel([], at=MARCH))])
def test_what_was_not_counted_is_refused(odd):
    """A text, a number or a class has no figures."""
    with pytest.raises(WrongKind, match="what analytics counted"):
        meeting_page([odd], title="March")


def test_a_page_has_a_title():
    """A page without a name is lost among others."""
    with pytest.raises(InvalidValue, match="title"):
        meeting_page([], title=" ")

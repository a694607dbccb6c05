"""Examples of the pictures of a pipeline."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser

import pytest

from salesfunnel import Lead, Opportunity
from salesfunnel.errors import InvalidValue
from salesfunnel.pipeline import (
    LEAD_PIPELINE,
    OPPORTUNITY_PIPELINE,
    Destination,
    Guard,
    Move,
    Pipeline,
    Stage,
    html_table,
    mermaid,
    mermaid_of,
    outline,
)

MONDAY = datetime(2026, 3, 2, tzinfo=UTC)
NASTY = '<script>alert("x")</script>&amp;'


def is_large(_deal, _at):
    """Be a guard that never agrees."""
    return False


SMALL = Pipeline(
    "small",
    stages=(
        Stage("open", probability="0.125", limit=timedelta(days=14)),
        Stage("won", kind="won", label="پیروز", entry=(Guard("agreed", is_large),)),
        Stage("lost", kind="lost"),
    ),
    moves=(
        Move("win", "open", "won", guards=(Guard("large", is_large), Guard("agreed", is_large))),
        Move("lose", "open", "lost"),
        Move("note", ("open", "lost"), Destination.STAYS),
        Move("reopen", "lost", Destination.LAST_OPEN, reopening=True),
    ),
)


class Table(HTMLParser):
    """Reads a table as a browser would: each line as the texts of its cells."""

    def __init__(self, text):
        """Read the whole table."""
        super().__init__()
        self.lines, self.tags = [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        """Begin a line or a cell."""
        self.tags.append((tag, dict(attrs)))
        if tag == "tr":
            self.lines.append([])
        elif tag in {"td", "th"}:
            self.lines[-1].append("")

    def handle_data(self, data):
        """Add a text to its cell."""
        if self.lines and self.lines[-1]:
            self.lines[-1][-1] += data.strip("\n")


def test_an_outline_says_where_each_move_leads():
    """A pipeline in words, a line for each stage."""
    assert outline(SMALL).splitlines() == [
        "pipeline small",
        "  open (12.5%): win -> won, lose -> lost, note -> (stays)",
        "  won [won]",
        "  lost [lost]: note -> (stays), reopen -> (last open stage)",
    ]


def test_a_diagram_shows_stages_moves_and_ends():
    """Moves name all that they ask for, and reopening leads to each open stage."""
    assert mermaid(SMALL).splitlines() == [
        "stateDiagram-v2",
        "  direction LR",
        '  state "open" as s0',
        '  state "پیروز" as s1',
        '  state "lost" as s2',
        "  [*] --> s0",
        "  s0 --> s1: win #91;large #38; agreed#93;",
        "  s0 --> s2: lose",
        "  s0 --> s0: note",
        "  s2 --> s2: note",
        "  s2 --> s0: reopen",
        "  s1 --> [*]",
        "  s2 --> [*]",
    ]


def test_a_deal_is_drawn_where_it_stands():
    """What is open now bears a tick, what is closed a cross, and the rest neither."""
    deal = Opportunity.open(id="7", at=MONDAY).move("propose", at=MONDAY)

    lines = mermaid_of(deal, at=MONDAY).splitlines()

    ways = [line.split(" #91;")[0] for line in lines if "-->" in line]
    assert [way for way in ways if "✓" in way] == [
        "  s1 --> s0: ✓ meet",
        "  s1 --> s2: ✓ negotiate",
        "  s1 --> s4: ✓ lose",
    ]
    assert [way for way in ways if "✗" in way] == ["  s1 --> s3: ✗ win"]
    assert lines[-1] == "  class s1 current"


def test_a_lost_deal_is_drawn_with_the_one_way_back():
    """Reopening leads to the stage where the deal was, so that one arrow bears the tick."""
    deal = Opportunity.open(id="7", at=MONDAY).move("propose", at=MONDAY).lose("price", at=MONDAY)

    ways = [line.strip() for line in mermaid_of(deal, at=MONDAY).splitlines() if "s4 -->" in line]

    assert ways == [
        "s4 --> s0: ✗ reopen",
        "s4 --> s1: ✓ reopen",
        "s4 --> s2: ✗ reopen",
        "s4 --> [*]",
    ]


def test_a_lead_is_drawn_by_its_own_verdicts():
    """Converting is not open yet; qualifying is, once its assessment is given."""
    lead = Lead.capture(company="Novin Tejarat", at=MONDAY)

    assert "  s0 --> s3: ✓ qualify" in mermaid_of(lead, at=MONDAY).splitlines()
    assert "  s0 --> s2: ✓ nurture" in mermaid_of(lead, at=MONDAY).splitlines()


@pytest.mark.parametrize("draw", [mermaid, html_table])
def test_a_stage_that_is_not_there_cannot_be_marked(draw):
    """A misspelt current stage is named as such, with the stages that there are."""
    with pytest.raises(InvalidValue, match="current is not a stage of the pipeline; allowed: open"):
        draw(SMALL, current="opne")


def test_a_table_has_a_line_for_each_way():
    """Each stage heads its lines, with chance and time limit; each way says what it asks for."""
    assert Table(html_table(SMALL)).lines[1:] == [
        ["open", "open", "12.5%", "14 days", "win", "پیروز", "large, agreed"],
        ["lose", "lost", ""],
        ["note", "(stays)", ""],
        ["پیروز", "won", "", "", ""],
        ["lost", "lost", "", "", "note", "(stays)", ""],
        ["reopen", "(last open stage)", ""],
    ]


def test_a_table_says_what_is_open_now_and_why_not():
    """The moves from the current stage bear their verdict, the others nothing."""
    deal = Opportunity.open(id="7", at=MONDAY).move("propose", at=MONDAY)

    table = Table(html_table(OPPORTUNITY_PIPELINE, current=deal.stage, ways=deal.ways(at=MONDAY)))

    assert [(line[-4], line[-1]) for line in table.lines if line[-1] not in {"", "Now"}] == [
        ("meet", "✓"),
        ("negotiate", "✓"),
        ("win", "✗ no decision maker is known; the amount is not agreed"),
        ("lose", "✓"),
    ]
    assert ("tbody", {"aria-current": "step"}) in table.tags


def test_a_table_says_when_another_way_is_taken():
    """Of two ways by one trigger, the one that is not taken says so."""
    forked = Pipeline(
        "forked",
        stages=(Stage("open"), Stage("won", kind="won"), Stage("gone", kind="won")),
        moves=(
            Move("end", "open", "won", guards=(Guard("large", is_large),)),
            Move("end", "open", "gone"),
        ),
    )
    ways = forked.ways("open", {}, at=MONDAY)

    table = Table(html_table(forked, current="open", ways=ways))

    assert [line[-1] for line in table.lines[1:3]] == ["✗ large does not hold", "✓"]


def test_a_table_of_a_closed_stage_shows_the_way_back():
    """A move that may be taken bears a tick; one that leads back to nowhere bears nothing."""
    ways, none = (
        SMALL.ways("lost", facts, at=MONDAY) for facts in ({"last_open_stage": "open"}, {})
    )

    table = Table(html_table(SMALL, current="lost", ways=ways))
    closed = Table(html_table(SMALL, current="lost", ways=none))

    assert [line[-1] for line in table.lines[-2:]] == ["✓", "✓"]
    assert [line[-1] for line in closed.lines[-2:]] == ["✓", ""]


def test_no_name_is_read_as_html():
    """Whatever stands in a name is shown as it is, in its own direction."""
    pipeline = Pipeline(
        NASTY,
        stages=(Stage("a", label=NASTY), Stage("b", kind="won"), Stage("c", kind="lost")),
        moves=(Move(NASTY, "a", "b", guards=(Guard(NASTY, is_large),)), Move("lose", "a", "c")),
    )
    table = Table(html_table(pipeline, current="a", ways=pipeline.ways("a", {}, at=MONDAY)))

    assert "script" not in {tag for tag, _ in table.tags}
    assert table.lines[1][0] == table.lines[1][4] == table.lines[1][6] == NASTY
    assert table.lines[1][7] == f"✗ {NASTY} does not hold"
    assert table.tags[1] == ("caption", {"dir": "auto"})


@pytest.mark.parametrize("pipeline", [LEAD_PIPELINE, OPPORTUNITY_PIPELINE, SMALL])
def test_a_notebook_gets_what_it_asks_for(pipeline):
    """A pipeline shows itself in words, as a table and as a diagram."""
    assert pipeline._repr_html_() == html_table(pipeline)
    assert pipeline._repr_mimebundle_() == {
        "text/plain": outline(pipeline),
        "text/html": html_table(pipeline),
        "text/vnd.mermaid": mermaid(pipeline),
    }
    assert pipeline._repr_mimebundle_(include={"text/plain"}) == {"text/plain": outline(pipeline)}
    assert "text/html" not in pipeline._repr_mimebundle_(exclude={"text/html"})

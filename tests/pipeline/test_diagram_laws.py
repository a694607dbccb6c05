"""Laws of the pictures, as Mermaid's own parser reads them; they want Node and Mermaid."""

from __future__ import annotations

import json
import subprocess
import unicodedata
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from salesfunnel.pipeline import Guard, Move, Pipeline, Stage, mermaid
from salesfunnel.values.text import BIDI_CONTROLS

HERE = Path(__file__).parent

NASTY = [
    *(
        "state",
        "end",
        "note",
        "class",
        "classDef",
        "direction LR",
        "our Direction  tb",
        "[*]",
        "-->",
        "--",
        "s0",
        "style",
    ),
    *("پیشنهاد قیمت", "می‌خواهم", "ارسال پیش‌فاکتور", "Առաջարկ", "Բանակցություն", "négociation"),
    *("follow-up", 'say "yes"', "a:b", "a;b", "a; b: c", "%% no comment", "%%{init: {}}%%", "50 %"),
    *("<script>alert(1)</script>", "<br/>", "&lt;", "#35;", "#quot;", "a#b;c", "\\n", "`x`", "{x}"),
    *(
        "1. first",
        "- item",
        "* star",
        "_a_",
        "__init__",
        "has_decision_maker",
        "---\ntitle: x\n---",
    ),
    *(
        "line\nbreak",
        "tab\there",
        "\r\n",
        "a\u2028b",
        "stateDiagram-v2",
        "style: x:#1;",
        "😀",
        "é",
        "١٢",
    ),
    *(
        "\u202eright to left",
        "\ud800",
        "\x00",
        "ﬂ°°35¶ß",
        "click x",
        "s0 --> s1: y",
        "::: current",
        "<<fork>>",
    ),
]
NAMES = st.sampled_from(NASTY) | st.text(min_size=1, max_size=12)
LABELS = NAMES | st.text(max_size=12)


def is_never(_entity, _at):
    """Be a guard that never agrees."""
    return False


def is_name(text: str) -> bool:
    """Tell whether a pipeline takes this as a name."""
    try:
        Stage(text), Move(text, "a", "b"), Guard(text, is_never)
    except ValueError:
        return False
    return True


def as_name(text: str) -> str:
    """Make a name of a text, which may be more than one line."""
    return text if is_name(text) else "win"


@st.composite
def labelled(draw: st.DrawFn) -> Pipeline:
    """Draw a small pipeline with whatever names."""
    first, won, lost = draw(st.lists(NAMES.filter(is_name), min_size=3, max_size=3, unique=True))
    win, lose, guard = (draw(NAMES.filter(is_name)) for _ in range(3))
    return Pipeline(
        draw(NAMES.filter(is_name)),
        stages=(
            Stage(first, label=draw(LABELS)),
            Stage(won, kind="won", label=draw(LABELS)),
            Stage(lost, kind="lost", label=draw(LABELS)),
        ),
        moves=(
            Move(win, first, won, guards=(Guard(guard, is_never),)),
            Move(lose + "x" * (win == lose), first, lost),
        ),
    )


@pytest.fixture(scope="session")
def read(mermaid_folder):
    """Let Mermaid's own parser read a text."""
    command = ["node", str(HERE / "read_mermaid.mjs"), str(mermaid_folder)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
    ) as reader:

        def read_with_mermaid(text):
            reader.stdin.write(json.dumps(text) + "\n")
            reader.stdin.flush()
            return json.loads(reader.stdout.readline())

        yield read_with_mermaid
        reader.stdin.close()


def as_shown(text: str) -> str:
    """Say how a name looks in a picture: white space, and what shows nothing, is one space."""
    spaced = "".join(" " if is_unseen(sign) else sign for sign in text)
    return " ".join(spaced.split())


def is_unseen(sign: str) -> bool:
    """Tell controls, lone surrogates and private signs."""
    return sign in BIDI_CONTROLS or unicodedata.category(sign) in {"Cc", "Cs", "Co"}


def drawn(pipeline: Pipeline) -> str:
    """Draw a pipeline whose first move is closed and whose second is open."""
    here = pipeline.initial.name
    ways = pipeline.ways(here, {}, at=datetime(2026, 3, 2, tzinfo=UTC))
    return mermaid(pipeline, current=here, ways=ways)


def pictured(pipeline: Pipeline) -> dict[str, object]:
    """Say what a picture of a pipeline with three stages shows."""
    win, lose = pipeline.moves
    labels = {
        f"s{number}": as_shown(stage.label) or as_shown(stage.name)
        for number, stage in enumerate(pipeline.stages)
    }
    return {
        "stages": labels | {"root_start": "", "root_end": ""},
        "arrows": [
            ["root_start", "s0", ""],
            ["s0", "s1", as_shown(f"✗ {win.trigger} [{win.guards[0].name}]")],
            ["s0", "s2", as_shown(f"✓ {lose.trigger}")],
            ["s1", "root_end", ""],
            ["s2", "root_end", ""],
        ],
        "marked": ["s0"],
    }


@given(labelled())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_mermaid_reads_every_name_as_it_was_written(read, pipeline):
    """Stages, moves, guards and marks come out of Mermaid's parser as they went in."""
    assert read(drawn(pipeline)) == pictured(pipeline)


@pytest.mark.parametrize("name", NASTY)
def test_mermaid_reads_names_that_look_like_mermaid(read, name):
    """Words and signs of Mermaid's own language are only names here, and so are all scripts."""
    pipeline = Pipeline(
        "p",
        stages=(Stage("a", label=name), Stage("won", kind="won"), Stage("lost", kind="lost")),
        moves=(
            Move(as_name(name), "a", "won", guards=(Guard(f"{name} y", is_never),)),
            Move("lose", "a", "lost"),
        ),
    )

    assert read(drawn(pipeline)) == pictured(pipeline)


@given(labelled())
def test_a_picture_is_one_line_for_each_thing(pipeline):
    """No name adds a line, a quotation mark, or a comment to the text."""
    text = mermaid(pipeline)

    assert len(text.split("\n")) == 2 + 3 + 1 + 2 + 2 == len(text.splitlines())
    assert text.count('"') == 6
    assert "%%" not in text

"""What other languages read in the stored form is what the library says."""

from __future__ import annotations

import json
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from salesfunnel.history import stage_history
from salesfunnel.opportunities import Opportunity
from salesfunnel.pipeline import Move, Pipeline, Stage, transfer
from salesfunnel.storage import to_json
from salesfunnel.testing import leads, opportunities

PAGE = Path(__file__).resolve().parents[2] / "docs/how-to/read-from-another-language.md"


@pytest.fixture(scope="session")
def program(node, tmp_path_factory):
    """Take the program from its page."""
    path = tmp_path_factory.mktemp("node") / "stages.mjs"
    path.write_text(PAGE.read_text("utf-8").partition("```js\n")[2].partition("```\n")[0], "utf-8")
    return [node, str(path)]


OURS = Pipeline(
    "ours",
    stages=[Stage("visit"), Stage("offer"), Stage("won", kind="won")],
    moves=[Move("offer", "visit", "offer"), Move("win", "offer", "won")],
)
NEWER = Pipeline(
    "ours",
    version="2",
    stages=[Stage("visit"), Stage("quotation"), Stage("won", kind="won")],
    moves=[Move("quote", "visit", "quotation"), Move("win", "quotation", "won")],
)
MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
RENAMED = transfer(
    Opportunity.open(id="7", pipeline=OURS, at=MONDAY).move("offer", at=MONDAY),
    NEWER,
    stages={"offer": "quotation"},
    at=MONDAY,
).move("win", at=MONDAY)


@given(st.lists(leads() | opportunities(), min_size=1, max_size=3))
@example([RENAMED])
def test_javascript_finds_the_stages_of_the_library(program, nouns):
    """Every way through stages, and renamed ones as well."""
    documents = "".join(to_json(noun) + "\n" for noun in nouns)

    ran = subprocess.run(program, input=documents.encode(), capture_output=True, check=True)

    found = [json.loads(line) for line in ran.stdout.splitlines()]
    assert found == [
        {
            "id": noun.id,
            "stays": [
                {"stage": stay.stage, "since": stay.entered.isoformat()}
                for stay in stage_history(noun.timeline)
            ],
        }
        for noun in nouns
    ]

"""What was noted of the rows is told as JSON no less than to people."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from salesfunnel.cli import main

LEADS = "ID,Name,Email,Source,Created\nL1,Sara,sara@novin.example,smoke signals,2199-01-01\n"
DEALS = (
    "Deal ID,Deal,Stage,Amount,Created\n1,CRM,Won,from 24,05/01/2026\n2,Portal,Lost,7 EUR,someday\n"
)
HISTORY = "Deal ID,Stage,Entered\n1,Meeting,2026-01-02\n1,Won,2199-01-01\n"


@pytest.fixture
def files(tmp_path, capsys):
    """Write a list of each kind of which something is noted."""
    for name, text in (("leads", LEADS), ("deals", DEALS), ("history", HISTORY)):
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    assert main(["qualify", f"{tmp_path / 'leads.csv'}", "--out", f"{tmp_path / 'sheet.csv'}"]) == 0
    capsys.readouterr()
    return tmp_path


def notes_in(found: Any) -> list[str]:
    """Collect the notes that stand anywhere in JSON, as people read them."""
    if isinstance(found, list):
        return [note for one in found for note in notes_in(one)]
    if not isinstance(found, dict):
        return []
    if {*found} == {"note", "rows"}:
        times = found["rows"]
        return [f"{times:,} {'row' if times == 1 else 'rows'}: {found['note']}"]
    return [note for one in found.values() for note in notes_in(one)]


@pytest.mark.parametrize(
    "command",
    [
        ["qualify", "leads.csv"],
        ["calls", "leads.csv", "sheet.csv"],
        ["report", "deals.csv"],
        ["report", "deals.csv", "--history", "history.csv"],
        ["funnel", "leads.csv"],
        ["funnel", "leads.csv", "deals.csv"],
        ["funnel", "leads.csv", "deals.csv", "--history", "history.csv"],
        ["duplicates", "leads.csv"],
        ["convert", "deals.csv", "--to", "vtiger", "--out", "out.csv"],
    ],
    ids=" ".join,
)
def test_json_has_every_note_that_people_read(capsys, files, monkeypatch, command):
    """Each is the same sentence, on as many rows, whichever command reads the list."""
    monkeypatch.chdir(files)
    main(command)
    said = capsys.readouterr().out
    main([*command, "--json"])

    told = sorted(notes_in(json.loads(capsys.readouterr().out)))

    assert told == sorted(re.findall(r"^  note on (.*)$", said, re.MULTILINE))
    assert told

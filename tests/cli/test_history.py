"""The option ``--history``: how long the stages took, and what files deny each other."""

from __future__ import annotations

import json
import re

import pytest

from salesfunnel.cli import main
from tests.interop.workbooks import a_workbook

DEALS = "Deal ID,Stage,Amount,Closed\n7,Won,100,2026-02-20\n8,Proposal,50,\n"
HISTORY = (
    "Deal ID,Stage,Entered\n7,Meeting,2026-01-05\n7,Proposal,2026-01-12\n7,Won,2026-02-20\n"
    "8,Proposal,2026-02-01\n8,Proposal,2026-02-01\n"
)


@pytest.fixture
def files(tmp_path):
    """Write the files of a small system."""

    def written(**texts):
        for name, text in texts.items():
            (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
        return [str(tmp_path / f"{name}.csv") for name in texts]

    return written


def test_a_report_tells_how_long_the_stages_took(capsys, files):
    """The days in each stage come from the history, and its rows are accounted for."""
    deals, history = files(deals=f"{DEALS}6,Meeting,,\n", history=HISTORY)

    assert main(["report", deals, "--history", history]) == 0

    out = capsys.readouterr().out
    assert "days to win, of those won: mean 46.00, median 46 (of 1)" in out
    assert re.search(r"time in the stages at .*\n  stage .*\n  Meeting +1 +0 +7 days", out)
    assert "\nrows of history.csv: 5 read, 4 accepted, 1 repeated, 0 refused" in out
    assert "not timed, since no line of the history is about them: 1" in out


def test_a_report_as_json_tells_the_same(capsys, files):
    """Stage times, contradictions, and what became of the rows of the history."""
    deals, history = files(deals=DEALS, history=HISTORY + "9,Won,2026-02-01\n")

    assert main(["report", deals, "--history", history, "--json"]) == 0

    found = json.loads(capsys.readouterr().out)
    assert [time["stage"] for time in found["stage_times"]["stages"]] == [
        *("meeting", "proposal", "negotiation"),
    ]
    assert [one["code"] for one in found["contradictions"]] == ["history_of_unknown"]
    rows = {"read": 6, "accepted": 5, "repeated": 1, "refused": 0}
    assert found["history"] == {"rows": rows, "refused": [], "notes": []}


def test_a_funnel_has_the_stages_of_its_leads(capsys, files):
    """A lead that was qualified before it was given up went that far."""
    leads, history = files(
        leads="Lead ID,Name,Status\nL1,Sara,Disqualified\n",
        history="Lead ID,Stage,Entered\nL1,Qualified,2026-01-05\nL1,Disqualified,2026-02-05\n",
    )

    assert main(["funnel", leads, "--history", history]) == 0

    out = capsys.readouterr().out
    assert re.search(r"  Qualified +1 +0 +1 +0 ", out)  # entered, went on, lost, still there
    assert re.search(r"  Qualified +1 +0 +31 days", out)


def test_many_contradictions_of_one_kind_are_one_line(capsys, files):
    """The first ids are printed, and all are in the JSON."""
    lines = "".join(f"X{number},Won,2026-02-01\n" for number in range(22))
    deals, history = files(deals=DEALS, history=f"Deal ID,Stage,Entered\n{lines}")

    assert main(["report", deals, "--history", history]) == 0

    out = capsys.readouterr().out
    said = "contradiction: a stage history is that of X0, which is in no file; likewise X1, X2, X3"
    assert f"{said}, X4, X5 and 16 more\n" in out
    assert out.count("contradiction") == 1
    assert main(["report", deals, "--history", history, "--json"]) == 0
    assert len(json.loads(capsys.readouterr().out)["contradictions"]) == 22


@pytest.mark.parametrize("has_section", [True, False])
def test_a_mapping_may_say_how_a_history_is_read(capsys, files, tmp_path, has_section):
    """A mapping that says nothing of histories leaves it to the headers."""
    text = '[opportunity.columns]\nid = "Deal ID"\nstage = "Stage"\n'
    if has_section:
        text += '[history.columns]\nid = "D"\nstage = "S"\nentered = "E"\n'
    mapping = tmp_path / "mine.toml"
    mapping.write_text(text, encoding="utf-8")
    header = "D,S,E" if has_section else "Deal ID,Stage,Entered"
    deals, history = files(deals="Deal ID,Stage\n7,Won\n", history=f"{header}\n7,Won,2026-02-01\n")

    assert main(["report", deals, "--history", history, "--mapping", str(mapping)]) == 0

    assert "\nrows of history.csv: 1 read, 1 accepted, 0 refused" in capsys.readouterr().out


def test_the_words_of_the_deals_hold_for_their_history(capsys, files, tmp_path):
    """One word of a mapping does for both files; one that is not known is named."""
    mapping = tmp_path / "mine.toml"
    mapping.write_text('[opportunity.values.stage]\nproposal = "Agreement"\n', encoding="utf-8")
    deals, history = files(
        deals="Deal ID,Stage\n7,Agreement\n",
        history="Deal ID,Stage,Entered\n7,Agreement,2026-02-01\n",
    )

    assert main(["report", deals, "--history", history, "--mapping", str(mapping)]) == 0
    assert "contradiction" not in capsys.readouterr().out
    (deals,) = files(deals="Deal ID,Stage\n7,Proposal\n")
    assert main(["report", deals, "--history", history]) == 0
    assert "the history of 7 has the stage 'Agreement', which" in capsys.readouterr().out


def test_a_history_that_is_none_is_refused(capsys, files):
    """A list of deals is no history: the sentence says which columns are missing."""
    (deals,) = files(deals="Deal ID,Stage\n7,Won\n")

    assert main(["report", deals, "--history", deals]) == 2

    assert "knows as one of: entered, left" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["report", "funnel", "funnel with deals"])
def test_a_list_is_no_history_of_itself(capsys, files, command):
    """What may be both is refused where one file is named for both."""
    deals, leads = files(
        deals="Deal ID,Stage,Amount,Created\n7,Won,5,2026-01-05\n",
        leads="Lead ID,Stage,Created,Name\n1,New,2026-01-05,Sara\n",
    )
    own = leads if command == "funnel" else deals
    given = [leads, deals] if command == "funnel with deals" else [own]

    status = main([command.split()[0], *given, "--history", own, "--mapping", "salesfunnel"])

    assert status == 2
    assert "--history is the list itself" in capsys.readouterr().err


def test_leads_deals_and_a_history_may_stand_in_one_workbook(capsys, tmp_path):
    """Each place takes the first sheet of its kind, or the one that is named for it."""
    lines = [["ID", "Stage", "Entered"], ["7", "Meeting", "2026-01-05"], ["7", "Won", "2026-02-20"]]
    deals = [["Deal ID", "Deal name", "Lead ID", "Stage", "Date"], ["7", "Pumps", "1", "Won"]]
    leads = [["Lead ID", "Name", "Company", "Status"], ["1", "Sara", "Novin", "Converted"]]
    book = tmp_path / "crm.xlsx"
    more = {"Old": lines[:1], "Later": [*deals, ["8", "Tubes", "1", "Won"]]}
    book.write_bytes(a_workbook(Leads=leads, Deals=deals, History=lines, **more))
    given = ["funnel", str(book), str(book), "--history", str(book)]

    assert main(given) == 0
    assert "rows of crm.xlsx: 2 read, 2 accepted" in capsys.readouterr().out
    assert main([*given, "--deals-sheet", "later", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["deals"]["rows"]["read"] == 2
    assert main([*given, "--history-sheet", "old"]) == 0
    assert "sheet: Old" in capsys.readouterr().out
    assert main([*given, "--history-sheet", "Deals"]) == 2
    assert "seems to be a list of deals, not of stages over time" in capsys.readouterr().err

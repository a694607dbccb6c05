"""Where the commands write: never over what they read, and nothing before both targets are fit."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from salesfunnel.cli import main

FILES = {
    "leads.csv": "Name,Company\nSara,Novin\n,Ararat\n",
    "known.csv": "Name,Company\nSara,Novin\n",
    "deals.csv": "Deal,Stage,Created\na,proposal,2026-01-09\n",
    "history.html": "Deal,Stage,Entered\na,proposal,2026-01-09\n",
    "ours.toml": '[lead.columns]\nperson = "Name"\n[opportunity.columns]\nid = "Deal"\n',
    "stages.json": "{}",
}


@pytest.fixture(autouse=True)
def _folder(tmp_path, monkeypatch):
    """Stand in a folder with a file of each kind that a command reads."""
    monkeypatch.chdir(tmp_path)
    for name, text in FILES.items():
        Path(name).write_text(text, "utf-8")
    Path("link.csv").symlink_to("known.csv")
    os.link("known.csv", "hard.csv")
    Path("loop.csv").symlink_to("loop.csv")
    Path("folder.csv").mkdir()


def refused(capsys, line):
    """Run a command that must be refused, and leave everything as it was; what it complained."""
    before = set(Path().iterdir())
    status = main(line.split(" "))
    printed = capsys.readouterr()
    assert (status, printed.out) == (2, "")
    assert set(Path().iterdir()) == before
    assert {name: Path(name).read_text("utf-8") for name in FILES} == FILES
    return printed.err


@pytest.mark.parametrize(
    "line",
    [
        "qualify leads.csv --out leads.csv",
        "qualify leads.csv --refused-to leads.csv",
        "qualify leads.csv --known known.csv --out known.csv",
        "qualify leads.csv --known deals.csv --known known.csv --refused-to known.csv",
        "qualify leads.csv --known known.csv --out link.csv",
        "qualify leads.csv --known link.csv --out ./hard.csv",
        "qualify leads.csv --mapping ours.toml --refused-to ours.toml",
        "qualify leads.csv --mapping ours.toml --out ours.toml",
        "qualify leads.csv --policy ours.toml --out ours.toml",
        "calls leads.csv known.csv deals.csv --out deals.csv",
        "calls leads.csv known.csv --mapping ours.toml --out ours.toml",
        "convert leads.csv --to ours.toml --out ours.toml",
        "convert leads.csv --to ours.toml --out x.csv --refused-to ours.toml",
        "convert leads.csv --from ours.toml --to vtiger --out ours.toml",
        "report deals.csv --mapping ours.toml --out ours.toml",
        "report deals.csv --history history.html --out history.html",
        "report deals.csv --pipeline stages.json --out stages.json",
        "funnel leads.csv deals.csv --out deals.csv",
        "funnel leads.csv --history history.html --out history.html",
        "duplicates leads.csv known.csv --out known.csv",
        "duplicates leads.csv --mapping ours.toml --out ours.toml",
    ],
)
def test_no_file_that_is_read_is_ever_written_over(capsys, line):
    """Lists, mappings, histories, pipelines and policies, by whatever name they go."""
    assert "is a file that is read by the same command" in refused(capsys, line)


def test_the_list_of_the_standard_input_is_not_written_over(capsys, monkeypatch):
    """A shell may have opened it from a file."""
    with Path("leads.csv").open() as file:
        monkeypatch.setattr("sys.stdin", file)
        assert "is read by the same command" in refused(capsys, "qualify - --out leads.csv")


@pytest.mark.parametrize("target", ["new.csv", "./new.csv", "folder.csv/../new.csv"])
def test_two_tables_never_go_into_one_file(capsys, target):
    """A call sheet or a list, and the rows left out."""
    for line in ("qualify leads.csv", "convert leads.csv --to vtiger"):
        said = refused(capsys, f"{line} --out new.csv --refused-to {target}")
        assert "--refused-to is the file of --out" in said


@pytest.mark.parametrize(
    ("target", "said"),
    [
        ("", "is blank"),
        ("-", "is a file of its own, and not the output"),
        ("folder.csv", "folder.csv: it could not be written; the system says: Is a directory"),
        ("no/such/x.csv", "x.csv: it could not be written; the system says: No such file"),
        ("loop.csv", "loop.csv: it could not be written; the system says: Too many levels"),
        ("/dev/stdout", "stdout: it could not be written; the system says: it is not an ordinary"),
        ("/dev/fd/1", "it is not an ordinary file"),
        ("/dev/null", "it is not an ordinary file"),
    ],
)
@pytest.mark.parametrize(
    "line",
    [
        "convert leads.csv --to vtiger --out first.csv --refused-to ",
        "convert leads.csv --to vtiger --out ",
        "qualify leads.csv --out first.csv --refused-to ",
        "qualify none.csv --out ",
        "report none.csv --out ",
        "duplicates none.csv --out ",
        "calls none.csv none.csv --out ",
    ],
)
def test_a_target_that_cannot_be_is_refused_before_anything_is_read(capsys, line, target, said):
    """And before the other target is written."""
    assert said in refused(capsys, line + target)


@pytest.mark.parametrize(
    "command",
    [["qualify"], ["report"], ["funnel"], ["convert", "--kind", "leads", "--to", "vtiger"]],
    ids=lambda command: command[0],
)
def test_each_command_speaks_of_its_own_option(capsys, tmp_path, command):
    """A kind of file that it does not write is a complaint about `--out`, whichever writes it."""
    leads = tmp_path / "leads.csv"
    leads.write_text("ID,Name,Stage\n1,Sara,new\n", encoding="utf-8")
    name, *more = command

    assert main([name, str(leads), *more, "--out", str(tmp_path / "out.pdf")]) == 2

    assert capsys.readouterr().err.startswith("salesfunnel: --out ")

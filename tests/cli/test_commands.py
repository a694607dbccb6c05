"""The commands, called as functions: what they print, and with which status they end."""

from __future__ import annotations

import errno
import io
import json
import os
import re
import sys
import tomllib
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from types import SimpleNamespace

import pytest

import salesfunnel.__main__
from salesfunnel.cli import main, output, pipeline
from salesfunnel.cli.command_line import _parsers
from salesfunnel.cli.definitions import doubts_about
from salesfunnel.cli.failures import told
from salesfunnel.pipeline import Stage, free_pipeline, pipeline_to_json
from salesfunnel.qualification import Criterion, Scorecard, policy_to_json
from salesfunnel.qualification.notation import policy_from_data
from salesfunnel.rules import answered, yes

LEADS = "Name,Company,Need,Budget,Timing,Weather\nSara,Novin,yes,yes,yes,fine\nAni,Ararat,no,,,\n"
DEALS = "Deal,Stage,Amount,Currency,Created,Closed\na,won,900,EUR,2026-01-01,2026-01-31\nb,?,,,,\n"
CANARY = "Kanarienvogel"
REST = ("unread_columns", "leads", "rows", "notes", "known", "joined", "repeated", "refused")
SOUND = "encoding: utf-8 (every byte is sound UTF-8)"
ALLOWED = (
    "allowed: Meeting, Proposal, Negotiation, Won, Lost; or the word behind one of these "
    "under values.stage in a mapping"
)


@pytest.fixture
def written(tmp_path):
    """Write a file and give its path as a text."""

    def write(content, name="list.csv"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return str(path)

    return write


def ran(capsys, *arguments):
    """Run a command: its status, and what it printed and complained."""
    status = main(arguments)
    printed = capsys.readouterr()
    return status, printed.out, printed.err


def test_leads_are_ranked_with_reasons_and_the_account_of_rows(capsys, written):
    """The qualified lead comes first; the columns nobody knows are told."""
    status, out, err = ran(capsys, "qualify", written(LEADS))

    assert (status, err) == (0, "")
    assert out.splitlines()[:2] == [
        "2 leads by BANT, mapping salesfunnel",
        "   1. Sara, Novin (row 2, new)",
    ]
    assert out.splitlines()[-3:] == [
        "rows: 2 read, 2 accepted, 0 refused",
        "columns not read: Weather",
        SOUND,
    ]


def test_ranked_leads_are_one_json_object(capsys, written):
    """Its shape is that of the reference."""
    status, out, err = ran(capsys, "qualify", written(LEADS + ",,,,,\n,,x,,,\n"), "--json")

    found = json.loads(out)
    assert (status, err) == (0, "")
    assert list(found) == ["policy", "mapping", "encoding", *REST]
    assert [lead["person"] for lead in found["leads"]] == ["Sara", "Ani"]
    assert found["rows"] == {"read": 3, "accepted": 2, "repeated": 0, "refused": 1}
    assert [(no["row"], no["column"]) for no in found["refused"]] == [(5, "")]


def test_a_list_below_a_title_is_read(capsys, written):
    """The title is told, the rows keep their numbers, and the totals are no lead."""
    title = "Salon Batimat 2026 - contacts\n\nNom;Société;Téléphone\n"
    path = written(f"{title}Hélène;Lumière;01 02 03 04 05\nTotal;;1\n".encode("cp1252"))

    status, out, _ = ran(capsys, "qualify", path)
    found = json.loads(ran(capsys, "qualify", path, "--json")[1])

    assert status == 0
    assert out.splitlines()[-4:-1] == [
        "rows: 2 read, 1 accepted, 1 refused",
        "  the header is row 3: what stands above it is left out",
        "  row 5: is a row of totals or a footnote, not an entry of the list",
    ]
    assert (found["header_row"], found["leads"][0]["row"]) == (3, 4)


@pytest.mark.parametrize(
    ("content", "remedy"),
    [
        (
            "09121234567\n09121234568\n",
            "put a first row above it that names the columns, such as N",
        ),
        ("Sara,sara@novin.example\n", "put a first row above it that names the columns, such as N"),
        ("Foo,Bar\n1,2\n", "rename a column, or name a mapping that knows it"),
        (
            "Ֆու,Բար\n".encode("utf-16-le")[:-2] + b"\0\n\0",
            "rename a column, or name a mapping that knows it",
        ),
        (b"\xb2\xdd\xf3\n\xe9x\n", "name the encoding if its letters are not those of cp1252"),
    ],
)
def test_columns_that_nobody_knows_are_answered_by_what_to_do(capsys, written, content, remedy):
    """A list without a header, with other headers, or in letters that were guessed."""
    status, _, err = ran(capsys, "qualify", written(content))

    assert (status, remedy in err, CANARY in err) == (2, True, False)


def test_deals_are_summed_up(capsys, written):
    """Stages and rates, and below them the account of rows."""
    status, out, err = ran(capsys, "report", written(DEALS))

    assert (status, err) == (0, "")
    first, *lines = out.splitlines()
    assert first.startswith("1 opportunity at 20")
    assert first.endswith(" UTC: 0 open, 1 won, 0 lost")
    assert lines == [
        "  Won: 1, 900 EUR",
        "win rate: 1 of 1 (100%, 95% CI 21–100%) of closed, 0 still open",
        "win rate by value: 100% of closed EUR, 0 EUR open",
        "won value: 900 EUR",
        "days to win, of those won: mean 30.00, median 30 (of 1), 0 still open",
        "rows: 2 read, 1 accepted, 1 refused",
        f"  row 3: Stage has '?', which the mapping does not know for stage; {ALLOWED}",
        SOUND,
    ]


def test_a_report_is_one_json_object(capsys, written):
    """With the mapping, the figures and the account."""
    status, out, _ = ran(capsys, "report", written(DEALS), "--json", "--mapping", "salesfunnel")

    found = json.loads(out)
    assert (status, found["mapping"], found["won"]) == (0, "salesfunnel", 1)
    assert found["win_rate"]["share"] == 1.0
    assert (found["rows"]["read"], len(found["refused"])) == (2, 1)


@pytest.mark.parametrize("policy", ["bant", "BANT", "Meddic"])
def test_leads_are_ranked_by_the_policy_that_was_named(capsys, written, policy):
    """Capital letters make no difference."""
    status, out, _ = ran(capsys, "qualify", written(LEADS), "--policy", policy)

    assert (status, out.splitlines()[0]) == (0, f"2 leads by {policy.upper()}, mapping salesfunnel")


@pytest.mark.parametrize(("options", "sign"), [((), "pipeline lead"), (("--mermaid",), "-->")])
def test_the_pipelines_are_shown(capsys, options, sign):
    """As text, or as diagrams."""
    status, out, _ = ran(capsys, "pipeline", *options)

    assert status == 0
    assert sign in out


ENDS = (Stage("Won", kind="won"), Stage("Lost", kind="lost"))

UNREADABLE = {
    "empty": (b"", "is empty"),
    "headers only": (b"Name,Stage\n", "not one row could be read: the list has none"),
    "binary": (bytes(range(256)) * 9, "is not a text file"),
    "workbook": (b"PK\x03\x04" + b"x" * 99, "is a broken workbook"),
    "unknown columns": (b"Foo,Bar\n1,2\n", "has no column that the mapping"),
    "every row ragged": (b"Name,Stage\na,b,c\n", "every row was refused"),
    "every row refused": (b"Stage,Name,Need\n-,,sooner\n", "every row was refused"),
}


@pytest.mark.parametrize(
    "option",
    ["from", "to", "group", "history", "calendar", "language", "timezone", "currency", "mapping"],
)
@pytest.mark.parametrize("words", [("--{}", ""), ("--{}", " "), ("--{}=",)])
def test_an_option_that_says_nothing_is_refused(capsys, option, words):
    """Law: where a variable of a script is empty, nothing is counted as if it were not there."""
    given = [word.format(option) for word in words]

    status, out, err = ran(capsys, "funnel", "--example", *given)

    assert (status, out) == (2, "")
    said = f"--{option} is blank; allowed: say what it is, or leave it out"
    assert err == f"salesfunnel: {said}\n"


@pytest.mark.parametrize("command", ["qualify", "report"])
@pytest.mark.parametrize("case", UNREADABLE)
@pytest.mark.parametrize("form", [(), ("--json",)])
def test_where_nothing_could_be_read_a_sentence_says_why(capsys, written, command, case, form):
    """The status is 2, and whoever asked for JSON still gets one object."""
    content, problem = UNREADABLE[case]

    status, out, err = ran(capsys, command, written(content), *form)

    assert status == 2
    assert problem in err
    assert err.startswith("salesfunnel: ")
    assert len(err.splitlines()) == 1
    if form:
        found = json.loads(out)
        assert found["rows"]["read"] == found["rows"]["refused"] == len(found["refused"])
        assert ("error" in found) is (not found["refused"])


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["missing.csv"], "missing.csv: does not exist; check its name and folder"),
        (["."], "is a folder; name the file inside it"),
        (
            ["list.csv", "--encoding", "utf-99"],
            "in the encoding that was named, which is",
        ),
        (
            ["list.csv", "--mapping", "salesforze"],
            "nor a file; did you mean salesforce? Otherwise name a TOML file",
        ),
        (["list.csv", "--policy", "bnat"], "did you mean BANT?"),
        (["list.csv", "--policy", "zzz"], "policy zzz: there is no policy of that name; known: "),
        (["list.csv", "--policy", "mine.toml"], "mine.toml: does not exist; check its name"),
        (["list.csv", "--policy", "mine.json"], "mine.json: does not exist; check its name"),
        (["list.csv", "--policy", "./mine"], "mine: does not exist; check its name"),
        (["list.csv", "--policy", "bad.toml"], "policy: is not TOML: Expected ']'"),
        (["list.csv", "--policy", "odd.toml"], "policy: is not TOML: UnicodeDecodeError"),
        (["list.csv", "--policy", "list.csv"], "is neither JSON nor TOML by its name"),
        (["list.csv", "--policy", "a\0"], "there is no policy of that name"),
        (["list.csv", "--mapping", "bad.toml"], "mapping bad: is not TOML"),
        (["list.csv", "--mapping", "typo.toml"], "the unknown name 'emial'; did you mean 'email'?"),
    ],
)
def test_what_is_named_wrongly_is_said(capsys, written, monkeypatch, arguments, problem):
    """Files, encodings and mappings that are not there are named, with what to do."""
    written("[lead", "bad.toml")
    written(b"\xff", "odd.toml")
    written('[lead.columns]\nemial = "x"', "typo.toml")
    monkeypatch.chdir(Path(written(LEADS)).parent)

    status, out, err = ran(capsys, "qualify", *arguments)

    assert (status, out) == (2, "")
    assert problem in err


PHONE = Scorecard(
    "mine",
    criteria=[
        Criterion("phone", answered("phone"), weight=10),
        Criterion("budget", yes("answers.budgte"), weight=10),
    ],
    threshold=10,
)
AS_TOML = """
format = "salesfunnel.policy"
version = 1
name = "mine"
threshold = 10
criteria = [
    { name = "phone", rule = ["answered", "phone"], weight = 10 },
    { name = "budget", rule = ["eq", "answers.budgte", true], weight = 10 },
]
"""


@pytest.mark.parametrize(
    ("name", "text"), [("mine.json", policy_to_json(PHONE)), ("mine.toml", AS_TOML)]
)
def test_a_policy_of_a_file_is_read_and_doubted(capsys, written, name, text):
    """What it asks about and no lead has is noted, with what was probably meant."""
    leads, mine = written(LEADS), written(text, name)

    status, out, _ = ran(capsys, "qualify", leads, "--policy", mine)
    found = json.loads(ran(capsys, "qualify", leads, "--policy", mine, "--json")[1])
    sheet = str(Path(leads).with_name("calls.csv"))
    assert ran(capsys, "qualify", leads, "--policy", mine, "--out", sheet)[0] == 0
    called = ran(capsys, "calls", leads, sheet, "--policy", mine)[1]
    as_json = ran(capsys, "calls", leads, sheet, "--policy", mine, "--json")[1]

    doubts = [
        "answers.budgte: it is not a usual question; did you mean answers.budget?",
        "phone: a lead has no such fact; did you mean contact_points?",
    ]
    assert status == 0
    assert (found["policy"], found["doubts"]) == ("mine", doubts)
    assert json.loads(as_json)["doubts"] == doubts
    for printed in (out, called):
        assert [line for line in printed.splitlines() if line.startswith("note on")] == [
            f"note on mine: {doubt}" for doubt in doubts
        ]
    assert policy_from_data(tomllib.loads(AS_TOML)) == PHONE


def test_a_policy_of_another_make_is_not_doubted():
    """It does not say what it reads."""
    assert doubts_about(SimpleNamespace(assess=None)) == ()


def test_one_ragged_row_costs_only_itself(capsys, written):
    """The others are ranked, and the status is that of success."""
    status, out, _ = ran(capsys, "qualify", written("Name,Need\nSara,yes,?\nAni,yes\n"))

    assert status == 0
    assert "rows: 2 read, 1 accepted, 1 refused\n  row 2: has 3 cells where the header" in out


def test_a_file_in_a_wrong_encoding_is_read_in_the_right_one(capsys, written):
    """What is not said is recognised; what was said wrongly costs the rows that it breaks."""
    path = written("Name,Société\nHélène,Lumière\nTom,Baker\n".encode("cp1252"))

    assert "Hélène, Lumière" in ran(capsys, "qualify", path)[1]
    status, out, _ = ran(capsys, "qualify", path, "--encoding", "cp1252")
    assert (status, "Hélène" in out) == (0, True)


@pytest.mark.parametrize(
    "arguments",
    [[], ["qualify"], ["report", "x", "--policy", "bant"], ["qualify", "x", "--example"]],
)
def test_a_command_that_does_not_exist_is_explained(capsys, arguments):
    """Usage is told as every Python command tells it."""
    with pytest.raises(SystemExit) as ended:
        main(arguments)

    assert ended.value.code == 2
    assert capsys.readouterr().err.startswith("usage: salesfunnel")


def test_nothing_personal_is_complained_about(capsys, written):
    """Whatever is wrong with a cell, it is not repeated where logs are kept."""
    header = "Name,Email,Phone,Company,Employees,Date,Need,Stage,Source,Annual revenue"
    cells = [f"{CANARY}\u202e", *[CANARY] * 6, f"{CANARY}@x", f"{CANARY} 0912 123 4567", CANARY]

    _, out, err = ran(capsys, "qualify", written(f"{header}\n{','.join(cells)}\n"), "--strict")
    _, data, more = ran(
        capsys, "qualify", written(f"{header}\n{','.join(cells)}\n"), "--json", "--strict"
    )

    assert CANARY not in out + err + data + more
    assert "1 refused" in out


def test_words_of_a_vocabulary_are_named_with_how_often(capsys, written):
    """So that one sees what a mapping has to say; rows with the same fault are one line."""
    leads = "Name,Status,Source,Lost Reason\n" + "".join(
        f"N{n},{status},{source},{reason}\n"
        for n, (status, source, reason) in enumerate(
            [("Dreaming", "skywriting", ""), ("Parked", "skywriting", "")] * 2
            + [("Parked", "autre", ""), ("Lost", "", "moved to Mars"), ("Lost", "", "other")]
        )
    )
    deals = "Deal,Stage\nA,Nowhere\nB,Nowhere\nC,Elsewhere\nD,Won\nE,call sara@x.example\n"

    _, ranked, _ = ran(capsys, "qualify", written(leads))
    _, summed, _ = ran(capsys, "report", written(deals))

    assert "note on 5 rows: Status has 'Parked' (3), 'Dreaming' (2), which the mapping" in ranked
    assert "note on 4 rows: Source has 'skywriting', which names no known source:" in ranked
    assert "note on 1 row: Lost Reason has 'moved to Mars', which names no known" in ranked
    assert "rows 2, 3, 4: Stage has 'Nowhere' (2), 'Elsewhere' (1), which the mapping" in summed
    assert "row 6: Stage has a text that the mapping does not know for stage" in summed


def test_a_mended_rest_knows_the_list_that_it_is_from(capsys, written):
    """What is new comes to those who are known, and what is not is repeated."""
    cards = written("Name,Mobile,City\nSara,0912 123 4567,\nAni,0913 123 4567,Yerevan\n", "a.csv")
    rest = written("Name,Mobile,Company\nSara,0912 123 4567,Novin\nAni,0913 123 4567,\n", "b.csv")

    status, out, _ = ran(capsys, "qualify", rest, "--known", cards, "--known", cards)

    assert status == 0
    assert "Sara, Novin (row 2, new)" in out
    assert "rows: 2 read, 1 accepted, 1 repeated, 0 refused" in out


def test_who_is_known_under_another_id_is_told_with_it(capsys, written):
    """In the text the first rows, in JSON all."""
    header = "Lead ID,Name,Mobile\n"
    rows = [f"{n},Sara Ahmadi,0912 123 45{n}\n" for n in range(10, 32)]
    crm = written(header + "".join(f"K{row}" for row in rows), "crm.csv")
    fair = written(header + "".join(f"F{row}" for row in rows), "fair.csv")
    given = ("qualify", fair, "--known", crm, "--country", "IR")

    _, text, _ = ran(capsys, *given)
    _, data, _ = ran(capsys, *given, "--json")

    assert "row 2: is known already as K10 (mobile, phone)" in text
    assert "  and 2 more; --json lists them all" in text
    assert json.loads(data)["known"][0] == {
        "row": 2,
        "as": [{"id": "K10", "by": ["mobile", "phone"]}],
    }


def test_the_country_says_whose_dollars_they_are(capsys, written):
    """A sign that several share means the own one of the country that is named."""
    deals = written("Deal,Stage,Amount\nA,Won,$900\nB,Won,kr 5\nC,Won,£7\n")

    _, there, _ = ran(capsys, "report", deals, "--country", "Canada")
    _, anywhere, _ = ran(capsys, "report", deals)

    assert ("900 CAD" in there, "5 XXX" in there, "7 GBP" in there) == (True, True, True)
    assert "900 XXX" in anywhere or "905 XXX" in anywhere


def test_an_interruption_ends_quietly(capsys, monkeypatch):
    """Ctrl-C gives the status that shells expect, and no traceback."""

    def interrupted(_options):
        raise KeyboardInterrupt

    monkeypatch.setattr(pipeline, "run_pipeline", interrupted)

    assert ran(capsys, "pipeline") == (130, "", "salesfunnel: interrupted\n")


def test_the_module_runs_as_a_command(monkeypatch, capsys):
    """``python -m salesfunnel`` ends with the status of the command."""
    monkeypatch.setattr(sys, "argv", ["salesfunnel", "pipeline"])
    file = Path(salesfunnel.__main__.__file__)
    code = compile(file.read_text("utf-8"), file, "exec")

    with pytest.raises(SystemExit) as ended:
        exec(code, {"__name__": "__main__", "__package__": "salesfunnel"})  # noqa: S102 - our own

    assert (ended.value.code, "pipeline lead" in capsys.readouterr().out) == (0, True)


class Broken(io.StringIO):
    """A place to write to that fails."""

    def __init__(self, error: OSError, file: int) -> None:
        """Fail with this error."""
        super().__init__()
        self.error, self.file = error, file

    def write(self, _text: str) -> int:
        """Fail."""
        raise self.error

    def fileno(self) -> int:
        """Give a file that may be turned to nowhere."""
        return self.file


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (BrokenPipeError(), (0, "")),
        (OSError(errno.ENOSPC, "no space"), (2, "salesfunnel: the system says: no space\n")),
    ],
)
def test_a_place_to_write_to_may_fail(capsys, monkeypatch, tmp_path, error, expected):
    """A reader who has seen enough is no failure; a full disk is told."""
    file = os.open(tmp_path / "out", os.O_CREAT | os.O_WRONLY)
    monkeypatch.setattr(sys, "stdout", Broken(error, file))

    status = main(["pipeline"])

    monkeypatch.undo()
    os.close(file)
    assert (status, capsys.readouterr().err) == expected


def test_without_a_place_to_complain_the_status_says_it(monkeypatch, written):
    """Where somebody has closed the error stream nothing else suffers."""
    path = written("Name,Need\nSara,yes\n")
    monkeypatch.setattr(sys, "stderr", None)

    assert (main(["qualify", "missing.csv"]), main(["qualify", path])) == (2, 0)


def test_without_any_stream_a_failing_system_is_only_a_status(monkeypatch):
    """A scheduler may have closed everything."""
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)

    assert told(OSError(errno.ENOSPC, "no space")) == 2


class Terminal(io.StringIO):
    """A screen."""

    def isatty(self) -> bool:
        """Say that somebody looks."""
        return True


def test_progress_is_shown_to_whoever_looks(capsys, monkeypatch, written):
    """On a terminal the number of rows counts up, and is wiped away at the end."""
    screen = Terminal()
    monkeypatch.setattr(output, "_EVERY", 2)
    monkeypatch.setattr(sys, "stderr", screen)

    status = main(["qualify", written("Name\n" + "Sara\n" * 5)])

    assert status == 0
    assert screen.getvalue() == "\r2 rows\r4 rows\r\x1b[K"
    assert "rows" not in capsys.readouterr().err


@pytest.mark.parametrize("encoding", ["utf-8", "ascii", "cp1252", "cp1256"])
def test_json_can_be_read_whatever_the_output_can_write(monkeypatch, written, encoding):
    """Letters that the output lacks are written as JSON writes them."""
    path = written("Name,Société\nسارا,Lumière 🙂\n")
    page = io.BytesIO()
    stream = io.TextIOWrapper(page, encoding=encoding)
    monkeypatch.setattr(sys, "stdout", stream)

    status = main(["qualify", path, "--json"])

    stream.flush()
    (lead,) = json.loads(page.getvalue().decode("utf-8"))["leads"]
    assert (status, lead["person"], lead["company"]) == (0, "سارا", "Lumière 🙂")


def test_only_letters_that_cannot_be_written_are_escaped():
    """Bytes that cannot be read are another matter."""
    with pytest.raises(UnicodeDecodeError):
        b"\xff".decode("utf-8", "salesfunnel-json")


def test_the_example_list_is_ranked(capsys):
    """Persian, Armenian, French and English contacts; what one says of its need is kept."""
    status, out, _ = ran(capsys, "qualify", "--example", "--json")

    found = json.loads(out)
    assert (status, found["rows"]) == (0, {"read": 10, "accepted": 10, "repeated": 0, "refused": 0})
    assert [lead["verdict"] for lead in found["leads"]][:2] == ["qualified", "qualified"]


def test_text_survives_an_output_of_few_letters(monkeypatch, written):
    """On an ASCII terminal names are escaped, and nothing fails."""
    page = io.BytesIO()
    stream = io.TextIOWrapper(page, encoding="ascii")
    monkeypatch.setattr(sys, "stdout", stream)

    status = main(["qualify", written("Name\nسارا\n")])

    stream.flush()
    assert (status, rb"\u0633" in page.getvalue()) == (0, True)


def test_the_example_deals_are_summed_up(capsys):
    """The command that people try first needs no file of theirs."""
    status, out, _ = ran(capsys, "report", "--example")

    assert status == 0
    assert "win rate" in out


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["qualfy", "x.csv"], "'qualfy' is not a command; did you mean qualify?"),
        (["--verison"], "'--verison' is not an option of salesfunnel; did you mean --version?"),
        (["--zzz"], "'--zzz' means nothing to salesfunnel; its options are: -h, --help, --version"),
        (["--zzz", "qualify", "--example"], "'--zzz' means nothing to qualify; its options are: "),
        (["qualify"], "qualify reads a file; name a CSV file, or say --example"),
        (["qualify", ""], "qualify reads a file; name a CSV file, or say --example"),
        (["report", "x", "--example"], "report reads a file or --example, and not both"),
        (["qualify", "a.csv", "b\x1b.csv"], "qualify reads one file, and 'b .csv' is one more"),
        (
            ["sing"],
            (
                "'sing' is not a command; choose one of: qualify, calls, report, funnel, "
                "duplicates, convert, mapping, pipeline"
            ),
        ),
        (
            ["qualify", "x", "--polcy", "y"],
            "'--polcy' is not an option of qualify; did you mean -",
        ),
        (
            ["report", "x", "--policy", "y"],
            "'--policy' means nothing to report; its options are: ",
        ),
        (
            ["pipeline", "x\x1b[31m\u202e"],
            "'x [31m' means nothing to pipeline; its options are: ",
        ),
    ],
)
def test_what_is_misspelt_is_answered_by_what_was_meant(capsys, arguments, sentence):
    """Commands and options are named as they are, and nothing is shown that a screen obeys."""
    with pytest.raises(SystemExit) as ended:
        main(arguments)

    assert ended.value.code == 2
    assert sentence in capsys.readouterr().err


@pytest.mark.parametrize("name", ["x" * 5_000 + ".csv", "a\0b.csv", "a\nb\u202e.csv", "\udcff"])
@pytest.mark.parametrize("option", [(), ("--mapping",), ("--policy",)])
def test_an_impossible_name_is_a_sentence(capsys, written, name, option):
    """A name that is too long, or that no file can have, is shown short and on one line."""
    status, _, err = ran(capsys, "qualify", *([written(LEADS), *option] if option else []), name)

    assert status == 2
    assert len(err.splitlines()) == 1
    assert len(err) < 500
    assert "\u202e" not in err


def test_a_fault_of_the_library_is_no_traceback(capsys, monkeypatch):
    """The sentence says what to report: the kind of error and its place, nothing of the data."""

    def broken(_options):
        raise KeyError(CANARY)

    monkeypatch.setattr(pipeline, "run_pipeline", broken)

    status, out, err = ran(capsys, "pipeline")

    assert (status, out) == (3, "")
    assert err.startswith("salesfunnel: this is a fault of salesfunnel itself: KeyError in test")
    assert CANARY not in err


def test_the_version_is_printed(capsys):
    """It is that of the installed package."""
    with pytest.raises(SystemExit) as ended:
        main(["--version"])

    assert (ended.value.code, capsys.readouterr().out) == (
        0,
        f"salesfunnel {version('salesfunnel')}\n",
    )


def test_without_an_installed_package_the_version_says_so(capsys, monkeypatch):
    """A copy of the source on the path has none."""

    def missing(_name):
        raise PackageNotFoundError

    monkeypatch.setattr("importlib.metadata.version", missing)
    with pytest.raises(SystemExit):
        main(["--version"])

    assert capsys.readouterr().out == "salesfunnel (not installed)\n"


def test_the_described_options_are_those_of_the_commands(capsys):
    """What a misspelling is compared with is what the help lists."""
    _, known = _parsers()

    for command, options in known.items():
        with pytest.raises(SystemExit):
            main([command, "--help"])
        listed = set(re.findall(r"--[a-z-]+", capsys.readouterr().out)) - {"--help"}
        assert listed == set(options)


def test_a_report_has_the_stages_of_the_file(capsys, written, tmp_path):
    """As they are found, or by the pipeline of a file; a name that is misspelt is told."""
    deals = written("Deal,Stage,Amount\na,Kick-off,5\nb,Won,6\n")
    own = tmp_path / "own.json"
    own.write_text(pipeline_to_json(free_pipeline("own", [Stage("Kick-off"), *ENDS])))

    for named in ("as-found", str(own)):
        status, out, _ = ran(capsys, "report", deals, "--pipeline", named)
        assert (status, "Kick-off" in out) == (0, True)

    status, _, err = ran(capsys, "report", deals, "--pipeline", "salesfroce")
    assert (status, "did you mean salesforce" in err) == (2, True)


def test_a_strict_reading_tells_by_its_status_whether_a_row_was_refused(capsys, written):
    """A script can tell a clean list from one with a cell that cannot be read."""
    contacts = written("Name,Company,Employees\nSara,Novin,5\nReza,Faradis,many\n")

    assert ran(capsys, "qualify", contacts)[0] == 0
    assert ran(capsys, "qualify", contacts, "--strict")[0] == 1


def test_an_encoding_that_is_a_guess_is_told(capsys, written):
    """With its reason, so that whoever sees odd letters knows where they come from."""
    french = written("Name\nHélène Lefèvre\n".encode("cp1252"))

    assert "encoding: cp1252 (not UTF-8; the words make" in ran(capsys, "qualify", french)[1]
    assert json.loads(ran(capsys, "qualify", french, "--json")[1])["encoding"] == "cp1252"


def test_what_is_known_better_than_the_file_tells_is_an_option(tmp_path, capsys):
    """The order of its dates, its clock, and the currency of its amounts."""
    deals = tmp_path / "deals.csv"
    deals.write_text("Deal,Stage,Amount,Created\n1,Proposal,900,05/01/2026\n", "utf-8")
    options = ["--day-first", "--currency", "euro", "--timezone", "Asia/Tehran", "--json"]

    assert main(["report", str(deals), *options]) == 0
    assert json.loads(capsys.readouterr().out)["stages"][0]["value"] == {"EUR": "900"}
    assert main(["report", str(deals), "--currency", "dollar"]) == 2
    assert "not a currency" in capsys.readouterr().err

"""The commands as processes: pipes, terminals, signals and poor outputs."""

from __future__ import annotations

import json
import os
import pty
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from salesfunnel.cli.own_words import own_words_only
from tests.interop.old_workbooks import an_old_workbook, record

COMMAND = [sys.executable, "-m", "salesfunnel"]


@pytest.fixture
def long_list(tmp_path):
    """Write a list whose ranking fills any pipe."""
    path = tmp_path / "long.csv"
    rows = "".join(f"سارا احمدی,Novin {number}\n" for number in range(1_500))
    path.write_text(f"Name,Company\n{rows}", "utf-8")
    return str(path)


def screen_of(file: int, *, until: str = "") -> str:
    """Read what a process writes on its terminal, to the end or until some text."""
    text = ""
    while not until or until not in text:
        try:
            piece = os.read(file, 4_096)
        except OSError:  # how Linux says that the other side is gone
            break
        if not piece:
            break
        text += piece.decode()
    return text


def test_a_reader_who_has_seen_enough_is_no_failure(long_list):
    """``| head -1`` ends the command without a word."""
    with subprocess.Popen(
        [*COMMAND, "qualify", long_list], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        first = process.stdout.readline()
        process.stdout.close()
        complaints = process.stderr.read()

    assert first.startswith(b"1,500 leads")
    assert (process.returncode, complaints) == (0, b"")


def test_in_a_pipe_no_progress_is_shown(long_list):
    """What is not read by people says nothing but what was asked."""
    done = subprocess.run(
        [*COMMAND, "qualify", long_list, "--json"], capture_output=True, check=False
    )

    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout)["rows"]["read"] == 1_500


def test_on_a_terminal_progress_is_shown_and_wiped_away(long_list):
    """The count stands on the terminal only, never in the output."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [*COMMAND, "qualify", long_list], stdout=subprocess.PIPE, stderr=theirs
    ) as process:
        os.close(theirs)
        output = process.stdout.read()
        screen = screen_of(ours)
    os.close(ours)

    assert screen == "\r1,000 rows\r\x1b[K"
    assert b"\r" not in output


def heed_ctrl_c() -> None:
    """Undo that a shell lets what it starts in the background ignore Ctrl-C."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


def test_ctrl_c_ends_the_command_without_a_traceback(tmp_path):
    """The status is 130, and the terminal is left clean."""
    path = tmp_path / "endless.csv"
    path.write_text("Name,Company\n" + "".join(f"Sara,{n}\n" for n in range(6_000)), "utf-8")
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [*COMMAND, "qualify", str(path)],
        stdout=subprocess.DEVNULL,
        stderr=theirs,
        preexec_fn=heed_ctrl_c,  # noqa: PLW1509 - no thread runs here
    ) as process:
        os.close(theirs)
        screen_of(ours, until="rows")
        process.send_signal(signal.SIGINT)
        screen = screen_of(ours)
    os.close(ours)

    assert process.returncode == 130
    assert screen.endswith("\r\x1b[Ksalesfunnel: interrupted\r\n")


@pytest.mark.parametrize("poor", [{"LC_ALL": "C"}, {"PYTHONIOENCODING": "ascii"}])
@pytest.mark.parametrize("form", [[], ["--json"]])
def test_a_poor_output_gets_all_it_can_show(long_list, poor, form):
    """Names in other letters are escaped; JSON stays JSON."""
    done = subprocess.run(
        [*COMMAND, "qualify", long_list, *form],
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", **poor},
    )

    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.isascii()
    if form:
        assert json.loads(done.stdout)["leads"][0]["person"] == "سارا احمدی"


def test_a_full_disk_is_told(long_list):
    """Where nothing can be written a sentence says so."""
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [*COMMAND, "qualify", long_list], stdout=full, stderr=subprocess.PIPE, check=False
        )

    assert done.returncode == 2
    assert done.stderr.startswith(b"salesfunnel: the system says: ")
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize("closed", [">&-", "2>&-"])
def test_a_closed_stream_breaks_nothing(tmp_path, closed):
    """A scheduler may start the command without a place to write to."""
    path = tmp_path / "list.csv"
    path.write_text("Name\nSara\n", "utf-8")

    done = subprocess.run(
        ["/bin/sh", "-c", f'"$0" -m salesfunnel qualify "$1" {closed}', sys.executable, str(path)],
        capture_output=True,
        check=False,
    )

    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize("command", [[*COMMAND, "--help"], ["salesfunnel", "qualify", "--example"]])
def test_the_installed_command_runs(command):
    """By its own name, and as a module."""
    if command[0] == "salesfunnel":
        command = [str(Path(sys.executable).with_name("salesfunnel")), *command[1:]]
    done = subprocess.run(command, capture_output=True, check=False)

    assert (done.returncode, done.stderr) == (0, b"")
    assert b"salesfunnel" in done.stdout


def test_a_full_disk_is_told_even_where_only_help_was_asked():
    """No traceback, wherever the output goes."""
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [*COMMAND, "--help"], stdout=full, stderr=subprocess.PIPE, check=False
        )

    assert done.returncode == 2
    assert done.stderr.startswith(b"salesfunnel: the system says: ")


def test_the_help_loads_nothing_but_what_parses_options():
    """Neither attrs nor any station of the library is loaded to print a help text."""
    probe = (
        "import sys; from salesfunnel.cli import main\n"
        "try: main(['qualify', '--help'])\n"
        "except SystemExit: print(*sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, check=True, text=True)
    loaded = set(done.stdout.split())

    assert "attrs" not in loaded
    assert {name for name in loaded if name.startswith("salesfunnel.")} == {
        *("salesfunnel.cli", "salesfunnel.cli.command_line"),
        *("salesfunnel.cli.convert_options", "salesfunnel.cli.version"),
    }


@pytest.mark.parametrize(
    "broken",
    [
        record(0x85, b"\xfe\xff\xff\xff\0\0\1\0S"),
        record(0x809, b"\0"),
        record(0x42, b"\0"),
        record(0x18, b"\0" * 9),
    ],
)
def test_a_reader_that_breaks_below_python_is_told_in_one_sentence(tmp_path, broken):
    """What Rust says of it is for the makers of the reader, and fills a screen."""
    path = tmp_path / "leads.xls"
    path.write_bytes(an_old_workbook(["Name"], ["Sara"], more=broken))

    done = subprocess.run(
        [*COMMAND, "qualify", str(path)],
        capture_output=True,
        check=False,
        env={**os.environ, "RUST_BACKTRACE": "1"},
    )

    assert done.returncode == 2
    assert done.stderr.decode().splitlines() == [
        "salesfunnel: leads.xls: is a broken workbook; save it anew, as .xlsx or CSV"
    ]


def test_only_the_words_of_the_commands_stand_on_the_error_stream(capfd, monkeypatch):
    """And afterwards all is as it was, also where a command failed."""

    def fail():
        os.write(2, b"a panic\n")
        sys.stderr.write("ours\n")
        raise ValueError("broken")

    with os.fdopen(2, "w", encoding="utf-8", closefd=False) as stream:
        monkeypatch.setattr(sys, "stderr", stream)
        with pytest.raises(ValueError, match="broken"), own_words_only():
            fail()

        assert sys.stderr is stream
        os.write(2, b"as before\n")

    assert capfd.readouterr().err == "ours\nas before\n"

"""The README's first example does what its comments say."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text("utf-8")
EXAMPLE = re.search(r"```python\n(.*?)```", README, re.DOTALL)[1]
PRINTED = re.findall(r"^print\(.*\) +# (.*)$", EXAMPLE, re.MULTILINE)


def test_the_first_example_prints_what_its_comments_say(capsys):
    """Each comment behind a print is what is printed; the plan is described in words."""
    exec(compile(EXAMPLE, "README.md", "exec"), {})  # noqa: S102 - the README's own code

    printed = capsys.readouterr().out
    assert "create opportunity" in printed
    for comment in PRINTED:
        if not comment.startswith("what will be"):
            assert comment.rstrip("…") in printed


def test_the_first_example_can_be_pasted_into_an_interpreter():
    """Typed line by line, the example raises nothing."""
    session = subprocess.run(
        [sys.executable, "-i", "-q"], input=EXAMPLE, capture_output=True, text=True, check=True
    )

    assert "Traceback" not in session.stderr
    assert "proposal price" in session.stdout


def test_the_deals_of_the_readme_are_summed_up():
    """The deals that come along are read, but for the row that is wrong on purpose."""
    command = re.search(r"^salesfunnel (report \S+)$", README, re.MULTILINE)[1]

    summed = subprocess.run(
        [sys.executable, "-m", "salesfunnel", *command.split()],
        capture_output=True,
        encoding="utf-8",
        cwd=ROOT,
        check=False,
    )

    assert summed.returncode == 0
    assert "rows: 8 read, 7 accepted, 1 refused" in summed.stdout


def test_the_main_job_runs_on_the_example_file():
    """The command that the README shows first ranks the exhibition list."""
    command = re.search(r"&& salesfunnel (qualify \S+)$", README, re.MULTILINE)[1]

    ranked = subprocess.run(
        [sys.executable, "-m", "salesfunnel", *command.split()],
        capture_output=True,
        encoding="utf-8",
        cwd=ROOT,
        check=False,
    )

    assert ranked.returncode == 0
    assert "rows: 10 read, 10 accepted, 0 refused" in ranked.stdout

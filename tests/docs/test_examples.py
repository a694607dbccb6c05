"""
Each example of README.md and docs/ runs as it is printed.

The ``python`` blocks of a page run one after the other, as one session: a block with ``>>>`` is a
doctest, any other is a script, and a comment behind a ``print``, or the lines of comment right
below it, are what that prints. The page has a folder of its own to write files into.
"""

from __future__ import annotations

import contextlib
import doctest
import importlib
import io
import re
import sys
import textwrap
import types
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = [*ROOT.glob("README.md"), *sorted(ROOT.glob("docs/**/*.md"))]
FENCE = re.compile(
    r"^(?P<indent> *)```(?P<language>\S*).*\n(?P<code>(?s:.*?))^(?P=indent)```$", re.MULTILINE
)
# Behind a print stands what it prints, unless it is described: "what will be created".
PROMISE = re.compile(r"^print\(.*\) +# (?!what )(.*)$", re.MULTILINE)
# So does a comment that begins in the line below a print, also one within a loop.
BELOW = re.compile(r"^ *print\(.*\)\n((?:# .*\n)+)", re.MULTILINE)
LANGUAGES = {"python", "console", "text", "json", "toml", "csv", "mermaid", "sql", "js"}


def a_page(path: Path) -> object:
    """Mark a page that speaks to Spark, whose examples run on a master and a worker."""
    marks = [pytest.mark.spark] if "import SparkSession" in path.read_text("utf-8") else []
    return pytest.param(path, id=str(path.relative_to(ROOT)), marks=marks)


each_page = pytest.mark.parametrize("page", [*map(a_page, PAGES)])


def blocks(page: Path) -> list[tuple[str, int, str]]:
    """List the fenced blocks of a page: language, line of the first line of code, code."""
    text = page.read_text("utf-8")
    return [
        (m["language"], text.count("\n", 0, m.start("code")) + 1, textwrap.dedent(m["code"]))
        for m in FENCE.finditer(text)
    ]


def run(code: str, *, line: int, page: Path, session: types.ModuleType) -> None:
    """Run one block in the session of its page; whatever is wrong with it raises."""
    if ">>>" in code:
        test = doctest.DocTestParser().get_doctest(
            code, vars(session), page.name, str(page), line - 1
        )
        complaints: list[str] = []
        runner = doctest.DocTestRunner(verbose=False, optionflags=doctest.ELLIPSIS)
        runner.run(test, out=complaints.append, clear_globs=False)
        vars(session).update(test.globs)
        assert not complaints, "".join(complaints)
    else:
        with contextlib.redirect_stdout(io.StringIO()) as printed:
            exec(compile("\n" * (line - 1) + code, page, "exec"), vars(session))  # noqa: S102
        said = printed.getvalue()
        assert [p for p in PROMISE.findall(code) if p.rstrip("…") not in said] == []
        below = [line[2:] for told in BELOW.findall(code) for line in told.splitlines()]
        printed_lines = iter(said.splitlines())
        assert [line for line in below if not any(is_said(line, p) for p in printed_lines)] == []


def is_said(line: str, printed: str) -> bool:
    """Tell whether a line was printed, to its end or to where the page cuts it short."""
    return printed.startswith(line[:-1]) if line.endswith("…") else printed == line


@each_page
def test_the_examples_of_a_page_run(page, monkeypatch, tmp_path, request):
    """What a reader pastes, block after block, works."""
    session = types.ModuleType("page")
    monkeypatch.setitem(sys.modules, "page", session)
    monkeypatch.chdir(tmp_path)
    if request.node.get_closest_marker("spark"):
        request.getfixturevalue("spark")
        # As for a script, the functions of the page travel to the workers as they stand there.
        importlib.import_module("pyspark.cloudpickle").register_pickle_by_value(session)

    for language, line, code in blocks(page):
        if language == "python":
            run(code, line=line, page=page, session=session)


@each_page
def test_every_block_says_its_language(page):
    """No example escapes the tests by a misspelt or missing language."""
    fences = re.findall(r"^ *```", page.read_text("utf-8"), re.MULTILINE)

    assert {language for language, _, _ in blocks(page)} <= LANGUAGES
    assert len(fences) == 2 * len(blocks(page))

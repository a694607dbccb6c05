"""The reference pages name everything that the library offers, and nothing that it does not."""

from __future__ import annotations

import builtins
import enum
import importlib
import inspect
import re
from pathlib import Path

import pytest

from salesfunnel import errors
from tests.architecture.source import STATIONS

PAGES = sorted((Path(__file__).resolve().parents[2] / "docs/reference").glob("*.md"))
MODULES = {name: importlib.import_module(f"salesfunnel.{name}") for name in STATIONS}
OFFERED = {name: set(module.__all__) for name, module in MODULES.items()} | {
    "errors": {
        name
        for name, thing in vars(errors).items()
        if (inspect.isclass(thing) or inspect.isfunction(thing)) and not name.startswith("_")
        if thing.__module__ == errors.__name__
    }
}
EVERYTHING = [
    (page, name, getattr(MODULES.get(page, errors), name))
    for page in sorted(OFFERED)
    for name in sorted(OFFERED[page])
]
# Names of others that our pages mention, and the sign for no currency.
# Batteries: modules that their station does not load, since each needs something of its own.
NAMED = (
    "storage.sqlite",
    *(f"integrations.{name}" for name in ("django", "pydantic", "sqlalchemy")),
)
BATTERIES = [importlib.import_module(f"salesfunnel.{name}") for name in NAMED]
FOREIGN = {
    *("Body", "DoesNotExist", "FastAPI", "IMMEDIATE", "JSON", "JSONB", "MetaData", "OPTIONS"),
    *(
        "Decimal",
        "Machine",
        "OR",
        "SQL",
        "TIMESTAMPTZ",
        "UTC",
        "XXX",
        "atomic",
        "from_type",
        "timedelta",
    ),
}


def prose(page: Path) -> str:
    """Give a page without its examples."""
    return re.sub(r"^```.*?^```$", "", page.read_text("utf-8"), flags=re.DOTALL | re.MULTILINE)


def code(page: Path) -> list[str]:
    """List what stands between backquotes in the text of a page."""
    return re.findall(r"`([^`\n]+)`", prose(page))


def explained(page: Path) -> set[str]:
    """List the words that stand in a heading, or as code in the text of a page."""
    headings = re.findall(r"^#+ (.*)$", prose(page), re.MULTILINE)
    return set(re.findall(r"\w+", " ".join([*headings, *code(page)])))


def told_of(page: Path) -> set[str]:
    """List what a page must mean as ours: capitalised names, and whatever is called."""
    spans = " ".join(re.sub(r"\"[^\"]*\"", "", span) for span in code(page))
    return set(re.findall(r"\b[A-Z]\w+|\b[a-z]\w*(?=\()", spans))


def existing() -> set[str]:
    """List every public name, and the attributes of every public class."""
    classes = [thing for _, _, thing in EVERYTHING if inspect.isclass(thing)]
    classes += [thing for m in BATTERIES for thing in vars(m).values() if inspect.isclass(thing)]
    modules = [vars(module) for module in BATTERIES]
    modules += [vars(thing) for _, _, thing in EVERYTHING if inspect.ismodule(thing)]
    attributes = (*modules, *(vars(base) for thing in classes for base in thing.__mro__[:-1]))
    return set().union(*OFFERED.values(), *attributes, dir(builtins), FOREIGN)


WORDS = {page.stem: explained(page) for page in PAGES}
KNOWN = existing()
OPTIONS = [
    (page, thing)
    for page, _, thing in EVERYTHING
    if inspect.isclass(thing) and issubclass(thing, enum.Enum)
]


@pytest.mark.parametrize(("page", "name"), [(page, name) for page, name, _ in EVERYTHING])
def test_each_public_name_stands_on_the_page_of_its_station(page, name):
    """Whoever meets a name finds it in a heading or as code on the page of its station."""
    assert name in WORDS[page]


@pytest.mark.parametrize(("page", "options"), OPTIONS)
def test_each_choice_stands_on_the_page_of_its_station(page, options):
    """Whoever must choose one of several words finds all of them."""
    shown = {option.value if option.value.isidentifier() else option.name for option in options}

    assert shown - WORDS[page] == set()


@pytest.mark.parametrize("page", PAGES, ids=[page.stem for page in PAGES])
def test_each_name_on_a_page_exists(page):
    """No page tells of a class or a function that the library does not have."""
    assert told_of(page) - KNOWN == set()


def test_there_is_a_page_for_each_station():
    """A page stands for a station, or holds the errors, words, messages, tables or presets."""
    assert set(WORDS) == {*OFFERED, "glossary", "messages", "presets", "tables"}


def test_each_word_of_the_glossary_is_given_in_four_languages():
    """No term stands twice, and none lacks a language or its meaning."""
    glossary = next(page for page in PAGES if page.stem == "glossary").read_text("utf-8")
    rows = [line.strip("|").split("|") for line in glossary.splitlines() if line.startswith("| ")]

    assert {len([cell for cell in row if cell.strip()]) for row in rows} == {5}
    assert len({row[0] for row in rows}) == len(rows)

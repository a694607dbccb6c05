"""One word for each thing: public names are those of the field, and no name stands for two."""

from __future__ import annotations

import ast
import importlib
import inspect
import re
from collections import Counter

import attrs
import pytest

import salesfunnel
from salesfunnel import errors
from tests.architecture.source import FILES, STATIONS, TREES

# A word of ours that a salesman or an engineer would not say, and the word to use.
RIGHT_WORD = {
    "bar": "threshold",
    "gate": "converter",
    "must": "required",
    "oddity": "anomaly",
    "reckon": "compute",
    "reschedule": "amend(expected_close=…)",
    "revise": "amend(amount=…)",
    "spool": "sorted store",
    "stay": "stage interval, stage history",
    "touch": "log",
    "touched": "logged",
    "yield": "source performance",
}
RIGHT_NAME = {
    "Comparison": "AssessmentComparison",
    "LAST_OPEN": "Destination.LAST_OPEN",
    "Mapping": "FileMapping",
    "STAYS": "Destination.STAYS",
    "Share": "Proportion",
    "StageChanged": "MoveTaken",
    "StageKept": "MoveTaken",
    "Undone": "ConversionUndone",
    "current_stay": "current_interval",
    "moved": "the event of the move",
    "read_stays": "read_intervals",
    "row_account": "import_report",
    "section": "the mapping of one noun",
    "stays": "stage_history",
}
# `explain` is prose about a judgement; a move is decided, and `ways` lists all of them.
OF_A_MOVE = {"allowed": "ways", "explain": "decide", "try_move": "decide"}
MOVING = {"Lead", "Opportunity", "Account", "Pipeline"}
# Where a word has one meaning, it may not have another: parameter -> the word to use, by station.
RIGHT_PARAMETER = {
    ("interop", "source"): "input: a source is where a lead came from",
    ("analytics", "by"): "group: by is who did it",
}
# A verb that is called by its module, as in `closing.correct(deal, …)`, needs no longer name.
BY_MODULE = {
    "correct": "activities: logging | opportunities: closing",
    "resume": "leads: nurturing | opportunities: closing",
}
PLURALS = {"oddities": "oddity"}
# Verbs that are said with what they are about: `consent.withdraw(…)`, `activities.withdraw(…)`.
SAID_WITH_ITS_MODULE = {"withdraw"}


def words(name: str) -> set[str]:
    """Split a name into its words, each in the singular."""
    parts = re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+", name)
    lower = [part.lower() for part in parts]
    return {PLURALS.get(w, w.removesuffix("s") if w != "stays" else "stay") for w in lower}


def named(station: str, name: str, thing: object) -> dict[str, str]:
    """List all names that one public thing brings: its own, its members', its parameters'."""
    found = {f"{station}.{name}": name}
    members = dict(vars(thing)) if inspect.isclass(thing) else {name: thing}
    is_enum = inspect.isclass(thing) and hasattr(thing, "__members__")
    for inner, member in members.items():
        verb = getattr(member, "__func__", member)
        if inspect.isclass(thing) and not inner.startswith("_") and not is_enum:
            found[f"{station}.{name}.{inner}"] = inner
        if inspect.isfunction(verb) and not inner.startswith("_"):
            for parameter in inspect.signature(verb).parameters:
                found[f"{station}.{name}.{inner}({parameter})"] = parameter
    if inspect.isclass(thing) and attrs.has(thing):
        for field in attrs.fields(thing):
            if not field.name.startswith("_"):
                found[f"{station}.{name}.{field.name}"] = field.name
    return found


def public_names() -> dict[str, str]:
    """List each public name of the library by its full name."""
    found: dict[str, str] = {}
    for station in STATIONS:
        module = importlib.import_module(f"salesfunnel.{station}")
        for name in module.__all__:
            found |= named(station, name, getattr(module, name))
    for name, thing in vars(errors).items():
        if inspect.isclass(thing) and thing.__module__ == errors.__name__:
            found |= named("errors", name, thing)
    return found | {f"salesfunnel.{name}": name for name in salesfunnel.__all__}


def right(full_name: str, name: str) -> str:
    """Say what a public name should have been, or nothing where it is well chosen."""
    station, _, rest = full_name.partition(".")
    owner = rest.partition(".")[0]
    if owner in MOVING and name in OF_A_MOVE and not full_name.endswith(")"):
        return OF_A_MOVE[name]
    if full_name.endswith(")") and (station, name) in RIGHT_PARAMETER:
        return RIGHT_PARAMETER[station, name]
    if name in RIGHT_NAME:
        return RIGHT_NAME[name]
    return next((RIGHT_WORD[word] for word in sorted(words(name)) if word in RIGHT_WORD), "")


def is_public_verb(node: ast.FunctionDef) -> bool:
    """Tell whether a function is public, and no mere signature beside the function itself."""
    marks = {mark.id for mark in node.decorator_list if isinstance(mark, ast.Name)}
    return not node.name.startswith("_") and "overload" not in marks


def definitions() -> Counter[str]:
    """Count the classes, public and private, and the public functions of each name."""
    return Counter(
        node.name
        for file in FILES
        for node in TREES[file].body
        if isinstance(node, ast.ClassDef)
        or (isinstance(node, ast.FunctionDef) and is_public_verb(node))
    )


NAMES = public_names()


def test_public_names_are_words_of_the_field():
    """No public name, parameter or field is a word that people in sales would have to learn."""
    wrong = {full: right(full, name) for full, name in NAMES.items() if right(full, name)}

    assert wrong == {}


@pytest.mark.parametrize(
    ("full_name", "word"),
    [
        ("leads.LeadTouched", "logged"),
        ("qualification.Scorecard.with_bar", "threshold"),
        ("history.oddities", "anomaly"),
        ("history.StageStay", "stage interval, stage history"),
        ("leads.Lead.allowed", "ways"),
        ("pipeline.Pipeline.try_move", "decide"),
        ("interop.read_leads.read_leads(source)", "input: a source is where a lead came from"),
    ],
)
def test_a_word_of_our_own_is_found(full_name, word):
    """The table finds a word in any part of a name, also in the plural."""
    assert right(full_name, re.findall(r"\w+", full_name)[-1]) == word


@pytest.mark.parametrize("full_name", ["values.ContactPoint", "pipeline.Pipeline.ways", "a.Barter"])
def test_a_word_of_the_field_is_left_alone(full_name):
    """The table reads whole words, so no name is wrong for a part of a word."""
    assert right(full_name, full_name.rpartition(".")[2]) == ""


def test_a_name_stands_for_one_thing():
    """No two classes, and no two public functions, have one name, but for verbs of a module."""
    twice = {name for name, times in definitions().items() if times > 1} - SAID_WITH_ITS_MODULE

    assert twice == set(BY_MODULE)

"""The pages of the nouns list each field, each verb as it is called, and each event."""

from __future__ import annotations

import inspect
import re
import typing
from pathlib import Path

import attrs
import pytest

from salesfunnel.accounts import Account, AccountEvent
from salesfunnel.activities import Engagement
from salesfunnel.leads import Lead, LeadEvent
from salesfunnel.opportunities import Opportunity, OpportunityEvent
from salesfunnel.rules.possible_facts import impossible_paths

REFERENCE = Path(__file__).resolve().parents[2] / "docs/reference"
NOUNS = {
    "leads": (Lead, LeadEvent),
    "opportunities": (Opportunity, OpportunityEvent),
    "accounts": (Account, AccountEvent),
}
each_noun = pytest.mark.parametrize("page", NOUNS)


def table(page: str, heading: str) -> dict[str, str]:
    """Read the table under a heading: what stands in the first cell, and the rest of the row."""
    text = (REFERENCE / f"{page}.md").read_text("utf-8")
    section = text.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| `(.+?)` \|(.*)\|$", section, re.MULTILINE)
    return dict(rows)


def facts(noun: type) -> list[str]:
    """List the fields of a noun, and the properties that sum up its timeline."""
    fields = [field.name for field in attrs.fields(noun) if not field.name.startswith("_")]
    properties = [name for name, thing in vars(noun).items() if isinstance(thing, property)]
    return [*fields, *(name for name in properties if not name.startswith("_"))]


def calls(noun: type) -> list[str]:
    """List the verbs of a noun as they are called, without annotations."""
    found = []
    for name, thing in vars(noun).items():
        verb = getattr(thing, "__func__", thing)
        if inspect.isfunction(verb) and not name.startswith("_"):
            found.append(f"{name}{called(verb)}")
    return found


def called(verb: object) -> str:
    """Write the parameters of a verb as one reads them in a manual."""
    signature = inspect.signature(verb)
    shown = [
        parameter.replace(annotation=parameter.empty, default=shown_default(parameter.default))
        for name, parameter in signature.parameters.items()
        if name not in {"self", "cls"}
    ]
    written = signature.replace(parameters=shown, return_annotation=signature.empty)
    return str(written).replace("'", '"')


class Omitted:
    """A default that says only that the argument may be left out."""

    def __repr__(self) -> str:
        """Show three dots."""
        return "…"


def shown_default(default: object) -> object:
    """Show plain defaults, and that there is one where it is not plain."""
    if isinstance(default, str):
        return str(default)
    is_plain = default in (None, True, False) or default is inspect.Parameter.empty
    return default if is_plain else Omitted()


@each_noun
def test_each_fact_of_a_noun_is_listed(page):
    """The table of fields names all fields and facts of the noun, and no others."""
    noun, _ = NOUNS[page]

    assert set(table(page, "Fields")) == set(facts(noun))


@each_noun
def test_each_verb_is_listed_as_it_is_called(page):
    """The table of verbs gives each verb with its parameters, as the code has them."""
    noun, _ = NOUNS[page]

    assert sorted(table(page, "Verbs")) == sorted(calls(noun))


@each_noun
def test_each_event_is_listed_with_its_fields(page):
    """The table of events names each event of the noun, and each of its fields."""
    _, union = NOUNS[page]
    events = {event.__name__: event for event in typing.get_args(union)}
    listed = table(page, "Events")

    assert set(listed) == set(events)
    for name, event in events.items():
        named = set(re.findall(r"`(\w+)`", listed[name].partition("|")[0]))
        fields = {field.name for field in attrs.fields(event) if field.init}
        assert named == fields - {"at", "by"}, name


@pytest.mark.parametrize("page", ["leads", "opportunities"])
def test_each_fact_that_rules_can_ask_is_one(page):
    """The table of facts names paths that the noun has, and all that sums up its activities."""
    noun, _ = NOUNS[page]
    cells = table(page, "Facts")
    paths = {path for cell in cells for path in cell.replace("`", "").split(", ")}

    assert impossible_paths(paths, noun) == ()
    summed_up = {f.name for f in attrs.fields(Engagement) if not f.name.startswith("_")}
    assert {f"engagement.{name}" for name in summed_up} <= paths
    assert {path.partition(".")[0] for path in paths} <= set(facts(noun))

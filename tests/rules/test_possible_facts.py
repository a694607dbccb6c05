"""Which facts a noun can have: a misspelt path is reported with what was meant."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesfunnel import Account, Company, Lead, Opportunity
from salesfunnel.errors import InvalidDefinition, WrongKind
from salesfunnel.qualification import BANT, MEDDPICC
from salesfunnel.qualification.frameworks import _QUESTIONS
from salesfunnel.rules import all_of, answered, field, yes
from salesfunnel.rules.possible_facts import impossible_paths
from salesfunnel.testing import leads
from salesfunnel.values import FrozenMap, Money
from salesfunnel.values.answer import USUAL_QUESTIONS
from tests.rules.examples import AT


@dataclass
class Firm:
    """A host's own class."""

    name: str
    budget: Money | None
    extra: Any = None
    more: FrozenMap[str, Money] = attrs.field(factory=FrozenMap)

    size = 5

    @property
    def parent(self) -> Firm | None:
        """Another of its kind."""
        return None

    @property
    def secret(self):
        """Nobody says of what type it is."""

    @cached_property
    def founded(self) -> int:
        """A number."""
        return 1990

    @classmethod
    def make(cls):
        """Say nothing."""

    def grow(self):
        """Say nothing either."""


class Loose:
    """Its attributes are made up as they are asked for."""

    def __getattr__(self, name):
        raise AttributeError(name)


class Unresolved:
    """Its annotation names what does not exist."""

    fact: Missing  # noqa: F821 - that is the point


def said(path, noun):
    """Say what is wrong with a path, if anything is."""
    return [str(problem) for problem in impossible_paths([path], noun)]


@pytest.mark.parametrize(
    ("noun", "path", "meant"),
    [
        (Lead, "company.employes", "company.employees"),
        (Lead, "compny.employes.low", "company.employees.low"),
        (Lead, "employees", "company.employees"),
        (Lead, "phone", "contact_points"),
        (Lead, "person.email", "person.contact_points"),
        (Lead, "answers.budget.amuont", "answers.budget.amount"),
        (Opportunity, "amuont", "amount"),
        (Account, "company.citty", "company.city"),
        (Firm, "parent.parent.nmae", "parent.parent.name"),
    ],
)
def test_a_misspelt_path_is_reported_with_what_was_meant(noun, path, meant):
    """The path that was meant is given whole, so that it can be copied."""
    (problem,) = impossible_paths([path], noun)

    assert (problem.where, problem.code, problem.is_error) == (path, "misspelt_fact", True)
    assert problem.params["meant"] == meant
    assert impossible_paths([meant], noun) == ()


@pytest.mark.parametrize(
    ("noun", "path"),
    [(Lead, "zzz"), (Lead, "capture"), (Account, "site")],
)
def test_a_fact_of_one_s_own_stands_among_the_details(noun, path):
    """A noun has its own facts, and takes those of the host in one place."""
    (problem,) = impossible_paths([path], noun)

    assert (problem.code, problem.remedy) == (
        "no_such_own_fact",
        f"details.{path}, if it is your own",
    )
    assert impossible_paths([f"details.{path}"], noun) == ()


@pytest.mark.parametrize(
    ("noun", "path"),
    [
        *((Lead, path) for path in ("stage.x", "company.key.x", "person.name.x")),
        *((Account, path) for path in ("answers.need", "pipeline.name")),
        *((Firm, path) for path in ("grow", "make", "name.first", "founded.bit_length")),
    ],
)
def test_a_path_that_leads_nowhere_is_reported(noun, path):
    """What a method does is no fact, and a text has no parts."""
    article = "an" if noun is Account else "a"

    assert said(path, noun) == [f"{path}: {article} {noun.__name__.lower()} has no such fact"]


@pytest.mark.parametrize(
    ("noun", "path"),
    [
        *((Lead, path) for path in ("stage", "company.employees.low", "answers.own", "version")),
        *((Lead, path) for path in ("details.size", "answers.budget.currency", "source.value")),
        *((Opportunity, path) for path in ("expected_close.year", "amount.currency")),
        *((Firm, path) for path in ("budget.amount", "extra.x.y", "size", "parent.budget")),
        *((Firm, path) for path in ("secret.x", "founded.real", "more.any.currency")),
        *((Loose, path) for path in ("x", "x.y")),
        *((dict, path) for path in ("x", "x.y")),
        (Unresolved, "anything"),
    ],
)
def test_what_may_be_there_is_not_reported(noun, path):
    """Custom fields, questions of one's own, and what no type tells may be there."""
    assert said(path, noun) == []


@pytest.mark.parametrize(
    ("path", "meant"),
    [
        ("answers.budgte", "answers.budget"),
        ("answers.autority", "answers.authority"),
        ("answers.mony.currency", "answers.money.currency"),
    ],
)
def test_a_question_that_is_nearly_a_usual_one_is_a_doubt(path, meant):
    """Any question may be asked, so it is no error."""
    (problem,) = impossible_paths([path], Lead)

    assert (problem.code, problem.is_error) == ("doubtful_fact", False)
    assert problem.params["meant"] == meant


def test_a_rule_reports_all_of_its_paths_in_order():
    """Each once, however deep it stands."""
    rule = all_of(yes("answers.need"), ~(field("compny.city").is_("Yerevan") | answered("ammount")))

    assert [problem.where for problem in rule.unknown_facts(Lead)] == ["ammount", "compny.city"]


@pytest.mark.parametrize("noun", [None, "Lead", Lead.capture(company="A", at=AT)])
def test_what_is_no_class_has_no_facts_to_look_for(noun):
    """Else a lead in the place of its class would make every misspelt fact a possible one."""
    for ask in (yes("answers.need").unknown_facts, BANT.unknown_facts):
        with pytest.raises(WrongKind, match="allowed: a class, such as Lead"):
            ask(noun)


def test_a_path_that_is_none_is_refused():
    """It would be refused by every rule."""
    with pytest.raises(InvalidDefinition, match="the path of a field"):
        impossible_paths(["_x"], Lead)


def test_the_usual_questions_are_those_of_the_frameworks():
    """What a framework asks for is never taken for a mistake."""
    asked = {path for policy in (BANT, MEDDPICC) for c in policy.criteria for path in c.reads}

    assert _QUESTIONS.keys() <= USUAL_QUESTIONS
    assert impossible_paths(asked, Lead) == ()


@given(leads(), st.sampled_from(["company", "stage", "answers", "details", "source", "person"]))
def test_what_a_lead_has_is_possible(lead, name):
    """No fact that is found in a lead is called impossible."""
    assert field(name).is_("x").missing_facts(lead, at=AT) <= {name}
    assert said(name, type(lead)) == []
    assert said("company.employees", type(Company("A"))) != []

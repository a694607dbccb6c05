"""Policies that other packages publish, found by their names."""

from __future__ import annotations

import sys

import pytest

from salesfunnel.errors import InvalidDefinition
from salesfunnel.interop.policies import find_policy, policy_names, policy_spelt
from salesfunnel.qualification import BANT, CHAMP, MEDDPICC

MODULE = """
from salesfunnel.qualification import BANT

ours = BANT.renamed("ours")
number = 5
"""
OFFERS = {
    "ours": "acme_policies:ours",
    "number": "acme_policies:number",
    "absent": "acme_policies:absent",
    "kind": "salesfunnel.qualification:Scorecard",
    "CHAMP": "acme_policies:ours",
}
SECOND = {"ours": "acme_policies:ours", "Theirs": "acme_policies:ours"}


def install(folder, name, offers):
    """Put into a folder what says which policies a package publishes."""
    info = folder / f"{name.replace('-', '_')}-1.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1\n")
    points = "\n".join(f"{name} = {value}" for name, value in offers.items())
    (info / "entry_points.txt").write_text(f"[salesfunnel.policies]\n{points}\n", "utf-8")


@pytest.fixture
def package(tmp_path, monkeypatch):
    """Install a package that publishes policies."""
    (tmp_path / "acme_policies.py").write_text(MODULE, "utf-8")
    install(tmp_path, "acme-policies", OFFERS)
    monkeypatch.syspath_prepend(tmp_path)
    yield
    sys.modules.pop("acme_policies", None)


@pytest.mark.parametrize("policy", [BANT, MEDDPICC])
def test_our_own_frameworks_are_found(policy):
    """They have the names that they have in Python."""
    assert find_policy(policy.name) is policy


@pytest.mark.usefixtures("package")
def test_a_published_policy_is_found():
    """Whoever installs the package can name its policies."""
    assert find_policy("ours").name == "ours"
    assert {"ours", "BANT"} <= set(policy_names())


@pytest.mark.usefixtures("package")
@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("unheard of", "policy unheard of: there is no policy of that name; known: .*BANT"),
        ("number", "is not a policy"),
        ("kind", "is not a policy"),
        ("absent", "could not be loaded: AttributeError"),
        ("bnat", "policy bnat: there is no policy of that name; did you mean BANT"),
    ],
)
def test_a_name_that_leads_nowhere_says_why(name, problem):
    """Unknown, broken, doubled, or not a policy at all."""
    with pytest.raises(InvalidDefinition, match=problem):
        find_policy(name)


@pytest.mark.usefixtures("package")
def test_what_two_packages_publish_is_neither(tmp_path):
    """A name is one policy, or the user is told who has it."""
    install(tmp_path, "other-policies", SECOND)

    with pytest.raises(InvalidDefinition, match="more than once, by acme-policies, other-policies"):
        find_policy("ours")
    assert find_policy("Theirs").name == "ours"


@pytest.mark.usefixtures("package")
def test_our_own_names_stay_ours():
    """Whoever installs a package finds the same frameworks as before."""
    assert find_policy("CHAMP") is CHAMP


@pytest.mark.usefixtures("package")
def test_a_name_may_be_typed_in_any_case():
    """It is spelt as it is written; what is no name stays as it is."""
    assert list(map(policy_spelt, ("champ", "OURS", "ours", "bent"))) == [
        *("CHAMP", "ours", "ours", "bent")
    ]

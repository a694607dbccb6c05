"""Policies that other packages publish, found by their names."""

from __future__ import annotations

import sys

import pytest

from salesfunnel.errors import InvalidDefinition
from salesfunnel.interop.policies import find_policy, policy_names
from salesfunnel.qualification import BANT, MEDDPICC

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
    "NEAT": "acme_policies:ours",
}


@pytest.fixture
def package(tmp_path, monkeypatch):
    """Install a package that publishes policies."""
    (tmp_path / "acme_policies.py").write_text(MODULE, "utf-8")
    info = tmp_path / "acme_policies-1.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: acme-policies\nVersion: 1\n")
    points = "\n".join(f"{name} = {value}" for name, value in OFFERS.items())
    (info / "entry_points.txt").write_text(f"[salesfunnel.policies]\n{points}\n", "utf-8")
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
        ("NEAT", "offered more than once, by acme-policies"),
    ],
)
def test_a_name_that_leads_nowhere_says_why(name, problem):
    """Unknown, broken, doubled, or not a policy at all."""
    with pytest.raises(InvalidDefinition, match=problem):
        find_policy(name)

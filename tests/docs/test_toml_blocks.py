"""The TOML in the README and the docs: it can be copied as it stands."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from salesfunnel.interop.mapping.mapping import read_mapping
from salesfunnel.qualification.notation import policy_from_data

ROOT = Path(__file__).resolve().parents[2]
BLOCK = re.compile(r"^```toml\n(.*?)^```", re.MULTILINE | re.DOTALL)
BLOCKS = [
    pytest.param(block, id=f"{page.name}-{number}")
    for page in (ROOT / "README.md", *sorted(ROOT.glob("docs/**/*.md")))
    for number, block in enumerate(BLOCK.findall(page.read_text("utf-8")), start=1)
]
PARTS = {"format", "lead", "opportunity", "account", "person", "history", "extends"}


@pytest.mark.parametrize("block", BLOCKS)
def test_toml_in_the_docs_is_read(block):
    """Each block is TOML, and what is a policy or a mapping loads."""
    found = tomllib.loads(block)
    if found.get("format") == "salesfunnel.policy":
        assert policy_from_data(found).name == found["name"]
    elif PARTS & found.keys():
        read_mapping(block, name="ours")

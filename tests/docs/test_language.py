"""Pages, docstrings and comments are written as one talks today."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.architecture.source import FILES
from tests.architecture.source import TEXTS as SOURCE

ROOT = Path(__file__).resolve().parents[2]
PAGES = [*sorted(ROOT.glob("*.md")), *sorted(ROOT.glob("docs/**/*.md")), ROOT / "tests/README.md"]
OLD_FASHIONED = re.compile(
    r"\b(whatever|whoever|nobody|somebody|lest|reckon\w*|thereof|whence|per cent)\b",
    re.IGNORECASE,
)


@pytest.mark.parametrize("page", PAGES, ids=[str(p.relative_to(ROOT)) for p in PAGES])
def test_a_page_is_plain_english(page):
    """No page says what a colleague would not say."""
    assert OLD_FASHIONED.findall(page.read_text("utf-8")) == []


@pytest.mark.parametrize("file", FILES)
def test_a_source_file_is_plain_english(file):
    """No docstring, comment or message says what a colleague would not say."""
    assert OLD_FASHIONED.findall(SOURCE[file]) == []

"""Every page of the manual can be reached, and every link leads somewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = [*sorted(ROOT.glob("*.md")), *sorted(ROOT.glob("docs/**/*.md")), ROOT / "tests/README.md"]
LINK = re.compile(r"\]\((?!https?:)(?P<file>[^)#]*)(?:#(?P<place>[^)]*))?\)")


def links(page: Path) -> list[tuple[Path, str]]:
    """List where the links of a page lead: the file, and the heading in it if one is named."""
    found = LINK.finditer(page.read_text("utf-8"))
    return [((page.parent / m["file"]) if m["file"] else page, m["place"] or "") for m in found]


def headings(page: Path) -> set[str]:
    """List the headings of a page as links name them."""
    titles = re.findall(r"^#+ (.*)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


@pytest.mark.parametrize("page", PAGES, ids=[str(p.relative_to(ROOT)) for p in PAGES])
def test_each_link_leads_somewhere(page):
    """A reader who follows a link finds the page, and the heading."""
    broken = [
        (file.name, place)
        for file, place in links(page)
        if not file.exists() or (place and place not in headings(file))
    ]

    assert broken == []


def test_each_page_can_be_found():
    """From the first page of the manual a link leads to every page, or to one that lists it."""
    index = ROOT / "docs/index.md"

    listed = {file.resolve() for file, _ in links(index)}
    listed |= {file.resolve() for page in listed if page.suffix == ".md" for file, _ in links(page)}

    assert set(ROOT.glob("docs/*/**/*.md")) - listed == set()
    assert set(ROOT.glob("docs/*/*.md")) <= listed

"""A list of any length passes through in little memory."""

from __future__ import annotations

import io
import sys
import tracemalloc

from salesfunnel.cli import main
from salesfunnel.interop.rows import sorted_store


class Nowhere(io.TextIOBase):
    """A place to write to that keeps nothing."""

    def write(self, text: str) -> int:
        """Forget the text."""
        return len(text)


def peak(path, leads):
    """Rank as many leads and tell the most memory that was used at a time."""
    rows = "".join(f"Sara {n},Novin {n},yes,s{n}@n.example\n" for n in range(leads))
    path.write_text(f"Name,Company,Need,Email\n{rows}")
    del rows
    tracemalloc.start()
    main(["qualify", str(path), "--json"])
    used = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return used


def test_ten_times_the_leads_need_hardly_more_memory(tmp_path, monkeypatch):
    """Rows are streamed; of a ranked lead only its place is kept, and the rest waits on disk."""
    monkeypatch.setattr(sys, "stdout", Nowhere())
    monkeypatch.setattr(sorted_store, "_IN_MEMORY", 2**14)
    path = tmp_path / "list.csv"
    peak(path, 1)

    few, many = peak(path, 300), peak(path, 3_000)

    # The lines that are printed would alone be a megabyte more, the leads a dozen.
    assert many < few + 2**19

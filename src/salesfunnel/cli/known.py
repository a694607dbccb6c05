"""The option ``--known``: lists that were read before, whose leads are found again in this one."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from ..interop.leads import read_leads
from ..interop.mapping.mapping import FileMapping
from ..leads.lead import Lead
from .given import by_given_format


def known_leads(
    options: argparse.Namespace, mapping: FileMapping | None, *, at: datetime
) -> Iterator[Lead]:
    """
    Give the leads of the lists that a command was told are known.

    >>> given = argparse.Namespace(known=None)
    >>> list(known_leads(given, None, at=datetime.fromisoformat("2026-03-02T09:00Z")))
    []
    """
    for name in options.known or ():
        reading = read_leads(Path(name), at=at, mapping=mapping, country=options.country)
        yield from by_given_format(reading, options).entities()

"""Leads and deals that are counted one at a time, and what is told where there are none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from ..errors import WrongKind
from ..leads.lead import Lead
from ..opportunities.opportunity import Opportunity

_WANTED = "several leads, or several opportunities"


def nouns_of(given: Any, field: str) -> Iterator[Lead | Opportunity]:  # noqa: ANN401 - see below
    """Go through leads or deals; anything else is told at once."""
    if isinstance(given, (str, Mapping, type)) or not hasattr(given, "__iter__"):
        raise WrongKind.of(field, given, wanted=_WANTED)
    for noun in given:
        if not isinstance(noun, (Lead, Opportunity)):
            raise WrongKind.of(field, noun, wanted=_WANTED)
        yield noun


def has_begun(noun: Lead | Opportunity, *, at: datetime) -> bool:
    """Tell whether it existed at an instant."""
    began: datetime = noun.timeline[0].at
    return began <= at

"""How events stand in documents: by their name and their fields, one row per class."""

from __future__ import annotations

import functools
import typing
from collections.abc import Iterable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any

from ..accounts import events as account_events
from ..accounts.account import Account
from ..activities.consents import Consent
from ..activities.steps import Step
from ..errors import Problem
from ..history.contributed import Contributed
from ..history.person_merged import PersonMerged
from ..leads import amended as lead_amended
from ..leads.lead import Lead
from ..opportunities import amended as deal_amended
from ..opportunities.opportunity import Opportunity
from ..pipeline.pipeline import Pipeline
from ..values.codecs import Codec
from ..values.container_codecs import fields_of
from ..values.contributable import CONTRIBUTABLE
from ..values.contribution import Contribution
from ..values.frozen_map import FrozenMap
from ..values.type_codecs import PLAIN_ROWS, Rows, codec_of, object_of
from .event_names import EVENTS
from .problem_codec import PROBLEM
from .references import PIPELINE

ROWS: Rows = MappingProxyType({**PLAIN_ROWS, Pipeline: PIPELINE, Problem: PROBLEM})
"""The rows of what stands in events otherwise than by its fields."""


# What is contributed otherwise than the nouns hold it: all three sum up their timelines.
_CONTRIBUTED: Mapping[str, Any] = MappingProxyType(
    {
        "steps": tuple[Step, ...],
        "consent": tuple[Consent, ...],
        "engagement": FrozenMap[str, datetime],
    }
)


def _fields(names: Iterable[str], *nouns: type[Any]) -> dict[str, Codec]:
    """Find the rows of some fields by what the nouns say about them."""
    hints = {name: hint for noun in nouns for name, hint in typing.get_type_hints(noun).items()}
    return {name: codec_of(_CONTRIBUTED.get(name, hints[name]), ROWS) for name in names}


def _contribution() -> Codec:
    values = fields_of(_fields(CONTRIBUTABLE, Lead, Opportunity, Account))
    return object_of(Contribution, ROWS, own={"values": values})


_CONTRIBUTION = _contribution()


# Fields whose type the class leaves open, since the noun tells it.
_OWN: Mapping[type[Any], Mapping[str, Codec]] = MappingProxyType(
    {
        lead_amended.LeadAmended: {"amended": fields_of(_fields(lead_amended.AMENDABLE, Lead))},
        deal_amended.OpportunityAmended: {
            "amended": fields_of(_fields(deal_amended.AMENDABLE, Opportunity))
        },
        account_events.AccountAmended: {
            "amended": fields_of(_fields(account_events.AMENDABLE, Account))
        },
        Contributed: {"contribution": _CONTRIBUTION},
        PersonMerged: {"contribution": _CONTRIBUTION},
    }
)


@functools.cache
def event_codec(name: str) -> Codec:
    """
    Return the row of an event by its name in documents.

    >>> from datetime import UTC, datetime
    >>> from salesfunnel.activities import ActivityLogged
    >>> call = ActivityLogged(at=datetime(2026, 3, 2, 9, tzinfo=UTC), kind="call")
    >>> event_codec("activity.logged").write(call)
    {'event': 'activity.logged', 'at': '2026-03-02T09:00:00+00:00', 'kind': 'call'}
    """
    kind = EVENTS[name]
    return object_of(kind, ROWS, own=_OWN.get(kind, {}), tag={"event": name})

"""The lists of codes that a pipeline has: reasons, roles of people, kinds of activity."""

from __future__ import annotations

from collections.abc import Mapping

from ..errors import InvalidDefinition, Text
from ..values.frozen_map import FrozenMap
from .codes import Codes, codes

_NOT_LISTS = Text("reason_lists", "its reasons are lists of codes by what they are for: {verbs}")
VERBS = ("decline", "hold")
"""What wants a reason and leads into no stage."""


def reason_lists(lists: Mapping[str, Mapping[str, str]]) -> FrozenMap[str, Codes]:
    """Let in the lists of reasons, by the verb that wants one."""
    given: object = lists
    if not isinstance(given, Mapping) or [what for what in lists if what not in VERBS]:
        raise InvalidDefinition("pipeline", (_NOT_LISTS.problem(verbs=", ".join(VERBS)),))
    return FrozenMap({what: codes(values, f"reasons to {what}") for what, values in lists.items()})


def role_codes(values: Mapping[str, str]) -> Codes:
    """Let in the roles that people may have."""
    return codes(values, "roles")


def kind_codes(values: Mapping[str, str]) -> Codes:
    """Let in the kinds of activity."""
    return codes(values, "activity_kinds")

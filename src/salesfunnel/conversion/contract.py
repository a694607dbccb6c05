"""
What becomes of each field of a lead when it converts: carried over, or dropped on purpose.

No field may be missing here, so nothing that was learnt about a lead is lost without a word.
"""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from ..errors import InvalidDefinition, Text
from ..leads.lead import Lead

_FORGOTTEN = Text("field_forgotten", "field {field!r} of the lead is not mentioned")
_NO_FIELD = Text("field_of_contract", "field {field!r} does not exist")
_TWICE = Text("field_twice", "field {field!r} is named twice")


@attrs.frozen
class Carried:
    """
    A field of the lead that lives on, and where.

    >>> print(Carried("source", ("account.source", "opportunity.source")))
    carry  source to account.source, opportunity.source
    """

    field: str
    to: tuple[str, ...]

    def __str__(self) -> str:
        """Say where the field goes."""
        return f"carry  {self.field} to {', '.join(self.to)}"


@attrs.frozen
class Dropped:
    """
    A field of the lead that stays behind, and why.

    >>> print(Dropped("stage", "the lead keeps its own"))
    drop   stage, since the lead keeps its own
    """

    field: str
    why: str

    def __str__(self) -> str:
        """Say why the field stays behind."""
        return f"drop   {self.field}, since {self.why}"


Contract = tuple[Carried | Dropped, ...]


def contract(entries: Iterable[Carried | Dropped], *, of: type[Lead] = Lead) -> Contract:
    """Check that each field of a kind of lead is named exactly once, and return the contract."""
    terms = tuple(entries)
    named = [entry.field for entry in terms]
    fields = [field.name for field in attrs.fields(of) if field.init]
    problems = [
        *(_FORGOTTEN.problem(field=name) for name in fields if name not in named),
        *(_NO_FIELD.problem(field=name) for name in named if name not in fields),
        *(_TWICE.problem(field=name) for name in sorted({n for n in named if named.count(n) > 1})),
    ]
    if problems:
        raise InvalidDefinition("conversion contract", tuple(problems))
    return terms


def into_existing(terms: Contract) -> Contract:
    """Say what becomes of each field where the account exists: it keeps where it came from."""
    return tuple(
        Carried(term.field, tuple(to for place in term.to if (to := _where_empty(place))))
        if isinstance(term, Carried)
        else term
        for term in terms
    )


_ITS_OWN = {"account.source", "account.source_words", "account.owner", "account.team"}


def _where_empty(place: str) -> str:
    if place in _ITS_OWN:
        return ""
    return f"{place} where empty" if place.startswith("account.") else place


CONTRACT = contract(
    (
        Carried("id", ("account.lead_ids", "opportunity.lead_id")),
        Carried("person", ("account.people", "opportunity.contacts")),
        Carried("company", ("account.company",)),
        Carried("contact_points", ("account.contact_points",)),
        Carried("source", ("account.source", "opportunity.source")),
        Carried("source_words", ("account.source_words", "opportunity.source_words")),
        Carried("details", ("account.details", "opportunity.details")),
        Carried("answers", ("opportunity.answers",)),
        Carried("owner", ("account.owner", "opportunity.owner")),
        Carried("team", ("account.team", "opportunity.team")),
        Dropped("pipeline", "the opportunity follows a pipeline of its own"),
        Dropped("stage", "the lead keeps its own: converted"),
        Dropped("last_open_stage", "the lead keeps its own"),
        Dropped("stage_since", "the opportunity begins in a stage of its own"),
        Dropped("engagement", "calls and messages stay with the lead, and count once"),
        Dropped("steps", "they stay with the lead, out of the agenda"),
        Dropped("consent", "it is asked of the lead, which the opportunity names"),
        Dropped("nurture_until", "a qualified lead waits no longer"),
        Dropped("rejection", "a qualified lead has none; earlier ones stay on its timeline"),
        Dropped("account_id", "conversion sets it on the lead"),
        Dropped("opportunity_id", "conversion sets it on the lead"),
        Dropped("contact_id", "it names a record of another system"),
        Dropped("timeline", "it stays with the lead, which the opportunity names"),
    )
)
"""What becomes of each field of a lead when it converts."""

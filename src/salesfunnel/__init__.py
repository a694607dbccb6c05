"""
Leads, qualification, conversion, and the pipeline to the close, as plain values.

What stands here is the core, and its stability will be promised; all else comes from its station,
such as `salesfunnel.interop` for files. The stations, from the ground up; each knows only those
above it::

    errors          every no: the error tree, refusals, and the texts of messages
    values          money, addresses, people, companies, days and instants, ids
    history         the append-only timeline: apply, replay, as-of, stage history, slips
    rules           rules with three answers: yes, no, unknown
    pipeline        stages, moves and guards, and the pipelines of widespread CRMs
    qualification   criteria, scorecards, policies, assessments    | activities   calls, messages
    leads | opportunities | accounts      the nouns, which know each other by id only
    conversion      where nouns meet: plan, apply, undo    | privacy   consent, erasing a person
    duplicates      entries of one person or firm: found, explained, merged, given back
    storage         the stored form of everything, in your own database
    analytics       funnel, times, cohorts, report, movement, forecast; ranking, sources
    pictures        the funnel, cohorts and the forecast as SVG
    interop         lists in and out, by a mapping; call sheets
    frames | sql    the same scorecards on polars, pandas, pyarrow, DuckDB, Spark; as SQL text
    testing | integrations | cli    the laws for your own work; Django and others; commands

A name is loaded when it is first used, so that importing the package costs next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .accounts import Account
    from .conversion import plan_conversion
    from .errors import InvalidValue, MoveRefused, Refusal, SalesFunnelError
    from .leads import Lead
    from .opportunities import Opportunity
    from .pipeline import (
        LEAD_PIPELINE,
        OPPORTUNITY_PIPELINE,
        Destination,
        Guard,
        Move,
        Pipeline,
        Stage,
    )
    from .qualification import BANT, Assessment, Criterion, Policy, Scorecard, Verdict, policy
    from .rules import all_of, answered, any_of, at_least, field, predicate, yes
    from .values import Answer, Company, ContactPoint, Money, Person, Source

_HOMES = {
    "accounts": ("Account",),
    "conversion": ("plan_conversion",),
    "errors": ("InvalidValue", "MoveRefused", "Refusal", "SalesFunnelError"),
    "leads": ("Lead",),
    "opportunities": ("Opportunity",),
    "pipeline": (
        *("Destination", "Guard", "LEAD_PIPELINE", "Move", "OPPORTUNITY_PIPELINE"),
        *("Pipeline", "Stage"),
    ),
    "qualification": (
        *("Assessment", "BANT", "Criterion", "Policy", "Scorecard", "Verdict", "policy"),
    ),
    "rules": ("all_of", "answered", "any_of", "at_least", "field", "predicate", "yes"),
    "values": ("Answer", "Company", "ContactPoint", "Money", "Person", "Source"),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "Account",
    "Answer",
    "Assessment",
    "BANT",
    "Company",
    "ContactPoint",
    "Criterion",
    "Destination",
    "Guard",
    "InvalidValue",
    "LEAD_PIPELINE",
    "Lead",
    "Money",
    "Move",
    "MoveRefused",
    "OPPORTUNITY_PIPELINE",
    "Opportunity",
    "Person",
    "Pipeline",
    "Policy",
    "Refusal",
    "SalesFunnelError",
    "Scorecard",
    "Source",
    "Stage",
    "Verdict",
    "all_of",
    "answered",
    "any_of",
    "at_least",
    "field",
    "plan_conversion",
    "policy",
    "predicate",
    "yes",
]


if not TYPE_CHECKING:  # or a name that is not there would be anything to type checkers

    def __getattr__(name: str) -> object:
        if name not in _HOME_OF:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        home = import_module(f".{_HOME_OF[name]}", __name__)
        return globals().setdefault(name, getattr(home, name))


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})

"""The list of leads of a file, the most promising first, with verdict, reasons and questions."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import ExitStack
from datetime import UTC, datetime, tzinfo
from typing import Any

from ..leads.judging import judged, precedence, stage_kind
from ..leads.lead import Lead
from ..pipeline.stage import StageKind
from ..qualification.assessment import Assessment
from ..qualification.policy import Policy
from ..values.calendar import civil_day
from .calls.best_leads import BestLeads
from .rows.row_outcomes import Accepted
from .rows.sorted_store import SortedStore


def rank_leads(
    found: Iterable[Accepted[Lead]],
    *,
    policy: Policy,
    at: datetime,
    best: BestLeads | None = None,
) -> SortedStore:
    """
    Assess leads one at a time, and put each aside under its rank; the ``best`` are kept as leads.

    The order is that of `analytics.rank`, and ties keep the order of the file. A lead on which the
    policy breaks stays undecided, with a note that names the policy.

    >>> from salesfunnel.qualification import BANT
    >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
    >>> lead = Lead.capture(company="Novin Tejarat", at=monday)
    >>> with rank_leads([Accepted(2, lead)], policy=BANT, at=monday) as store:
    ...     [record["verdict"] for record in store]
    ['undecided']
    """
    with ExitStack() as undone:
        store = undone.enter_context(SortedStore())
        for accepted in found:
            said = judged(accepted.entity, policy, at=at)
            rank = precedence(accepted.entity, said)
            store.put(lead_record(accepted, said, zone=at.tzinfo or UTC), rank=rank)
            if best is not None:
                best.add(accepted.entity, rank=rank)
        undone.pop_all()
    return store


def lead_record(
    accepted: Accepted[Lead], assessment: Assessment, *, zone: tzinfo = UTC
) -> dict[str, Any]:
    """Say all that a list says about one lead, as plain data, with days in a zone."""
    lead = accepted.entity
    record: dict[str, Any] = {
        "row": accepted.row,
        "id": lead.id,
        "person": lead.person.name if lead.person else None,
        "company": lead.company.name if lead.company else None,
        "contact": lead.contact_points[0].text if lead.contact_points else None,
        "stage": lead.stage,
        "source": lead.source.value,
        "verdict": assessment.verdict.value,
        "floor": assessment.floor,
        "ceiling": assessment.ceiling,
        "why": list(assessment.reasons),
        "ask": [str(question) for question in assessment.next_questions],
        "notes": [*map(str, accepted.notes), *_faults(assessment)],
    }
    if assessment.recycle_on:
        record["recycle_on"] = civil_day(assessment.recycle_on, zone).isoformat()
    if stage_kind(lead) is StageKind.WON:
        links = ("account_id", "opportunity_id", "contact_id")
        record["converted"] = {link: getattr(lead, link) for link in links}
    return record


def _faults(assessment: Assessment) -> list[str]:
    """Name the criteria whose scorers are broken, or the policy that is."""
    return [f"{found.criterion}: {found.problem}" for found in assessment.findings if found.problem]

"""When an assessment is good enough to qualify a lead by it."""

from __future__ import annotations

from ..errors import Objection
from ..qualification.assessment import Assessment, Verdict


def objections_to(
    assessment: Assessment | None, *, lead_id: str, version: int
) -> tuple[Objection, ...]:
    """
    List what speaks against qualifying a lead by an assessment; nothing means that it may be.

    >>> print(*objections_to(None, lead_id="7", version=1))
    the lead has not been assessed
    """
    if assessment is None:
        remedy = "assess the lead by a policy and pass the assessment"
        return (Objection("not_assessed", "the lead has not been assessed", remedy),)
    found = []
    if assessment.lead_id not in {"", lead_id}:
        found.append(
            Objection("other_lead", "the assessment is of another lead", "assess this lead")
        )
    elif assessment.lead_version not in {None, version}:
        message = "the lead has moved on since it was assessed"
        found.append(Objection("stale_assessment", message, "assess the lead again"))
    if assessment.verdict is not Verdict.QUALIFIED:
        message = f"{assessment.policy} says {assessment.summary}"
        remedy = " ".join(f"ask: {question}" for question in assessment.next_questions[:1])
        found.append(Objection("not_qualified", message, remedy))
    return tuple(found)

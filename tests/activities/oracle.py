"""What the activities of a timeline come to, found by reading all of it, event by event."""

from __future__ import annotations

from salesfunnel.activities import ActivityCorrected, ActivityLogged, ActivityWithdrawn, Engagement


def counting(timeline):
    """List the activities that count: each id once, as corrected last, and none withdrawn."""
    found = {}
    for place, event in enumerate(timeline):
        if isinstance(event, ActivityLogged):
            found.setdefault(event.id or place, event)
        elif isinstance(event, ActivityCorrected):
            found[event.activity.id] = event.activity
        elif isinstance(event, ActivityWithdrawn):
            found.pop(event.id, None)
    return list(found.values())


def scanned(timeline):
    """Sum up the activities of a timeline."""
    activities = counting(timeline)
    contacts = [a.happened for a in activities if a.is_contact]
    inbound = [a.happened for a in activities if a.is_contact and a.inbound]
    return Engagement(
        activities=len(activities),
        attempts=len(activities) - len(contacts),
        times_in_contact=len(contacts),
        last_activity=max((a.happened for a in activities), default=None),
        last_contact=max(contacts, default=None),
        last_inbound=max(inbound, default=None),
        quiet_since=max(contacts, default=timeline[0].at),
    )

"""A program that keeps its nouns in a file, as a type checker reads it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import assert_type

from pydantic import BaseModel

from salesfunnel import Account, Lead, Opportunity
from salesfunnel.history import StoryLine, describe, story_of
from salesfunnel.integrations.pydantic import Stored
from salesfunnel.pipeline import due_at
from salesfunnel.storage import NumberedEvent, as_row, news
from salesfunnel.storage.sqlite import Store

at = datetime(2026, 3, 2, 9, tzinfo=UTC)


class Page(BaseModel):
    """A model of the host with a lead in it."""

    lead: Stored[Lead]


with Store(":memory:") as store:
    lead = store.load(Lead, "7")
    assert_type(lead, Lead)
    assert_type(store.find(Opportunity, "due_at < :now", now=at), tuple[Opportunity, ...])
    store.save(lead, store.load(Account, "8"))
    assert_type(news(lead.version, lead), tuple[NumberedEvent, ...])
    assert_type(story_of(lead, None), tuple[StoryLine, ...])
    assert_type(describe(lead.timeline[-1]), str)
    assert_type(due_at(lead.timeline, lead.pipeline), datetime | None)
    assert_type(Page(lead=lead).lead, Lead)
    owner = as_row(lead)["owner"]

"""Pictures of the funnel, of cohorts and of the forecast, and a page of them, as plain text."""

from __future__ import annotations

from .language import Language
from .meeting_page import meeting_page
from .picture import Picture, picture

__all__ = ["Language", "Picture", "meeting_page", "picture"]

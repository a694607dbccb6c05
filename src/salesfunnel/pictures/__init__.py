"""Pictures of the funnel, of cohorts and of the forecast: SVG text, without any dependency."""

from __future__ import annotations

from .language import Language
from .picture import Picture, picture

__all__ = ["Language", "Picture", "picture"]

"""Activities: the calls, messages and meetings of a lead or a deal, made or tried."""

from __future__ import annotations

from .events import ActivityLogged

__all__ = ["ActivityLogged"]

"""The command line: ``salesfunnel qualify | report | pipeline``, thin over the library."""

from .command_line import main

__all__ = ["main"]

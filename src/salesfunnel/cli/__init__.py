"""The command line: ``salesfunnel qualify``, ``report``, ``funnel`` …, thin over the library."""

from .command_line import main

__all__ = ["main"]

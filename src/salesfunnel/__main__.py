"""The command line as a module: ``python -m salesfunnel`` does what ``salesfunnel`` does."""

from __future__ import annotations

import sys

from .cli.command_line import main

if __name__ == "__main__":
    sys.exit(main())

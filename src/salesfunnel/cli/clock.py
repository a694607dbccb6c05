"""The option ``--timezone``: whose clock tells a command the time, and in which days it tells."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime, tzinfo

from ..interop.cells.formats import FileFormat


def given_zone(options: argparse.Namespace) -> tzinfo:
    """
    Find the zone that a command was given; without one its days are those of UTC.

    >>> str(given_zone(argparse.Namespace(timezone="Asia/Tehran")))
    'Asia/Tehran'
    """
    return FileFormat(timezone=options.timezone).zone


def given_now(options: argparse.Namespace) -> datetime:
    """
    Take the time on the clock that a command was given, or on that of this machine.

    >>> str(given_now(argparse.Namespace(timezone="Asia/Tehran")).tzinfo)
    'Asia/Tehran'
    """
    return datetime.now(UTC).astimezone(given_zone(options) if options.timezone else None)

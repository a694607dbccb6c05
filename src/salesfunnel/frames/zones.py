"""The time zones of the columns of a frame, as engines spell them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta, timezone, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from ..errors import InvalidValue, Text

_NO_ZONE = Text(
    "column_zone",
    "column {field} is in the time zone {zone}, which is not known",
    "a zone such as Asia/Tehran or +03:30",
)
_OFFSET = re.compile(r"(?:UTC)?([+-])([0-9]{2}):([0-9]{2})")


def zone_named(said: str, *, column: str) -> tzinfo:
    """
    Find a zone by its name, or by how far it is from UTC. Raises `InvalidValue` for an unknown one.

    >>> print(zone_named("-03:30", column="seen"))
    UTC-03:30
    """
    if found := _OFFSET.fullmatch(said):
        sign, hours, minutes = found.groups()
        ahead = timedelta(hours=int(hours), minutes=int(minutes))
        return timezone(ahead if sign == "+" else -ahead)
    try:
        return ZoneInfo(said)
    except (ValueError, OSError, KeyError):  # that is how it tells of names that are none
        raise InvalidValue(column, _NO_ZONE, {"zone": said}) from None


def pandas_zones(native: Any) -> dict[str, tzinfo]:  # noqa: ANN401 - a frame of pandas
    """Find the zone of each column of pandas that has one, which is more than its name."""
    zones = {name: getattr(dtype, "tz", None) for name, dtype in native.dtypes.items()}
    return {name: zone for name, zone in zones.items() if zone is not None}


def in_zones(native: Any, zones: Mapping[str, tzinfo]) -> Any:  # noqa: ANN401 - likewise
    """Show each of some columns of pandas in its zone; the moments stay the same."""
    shown = native.copy(deep=False)
    for name, zone in zones.items():
        shown[name] = shown[name].dt.tz_convert(zone)
    return shown

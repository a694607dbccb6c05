"""An e-mail address as people write it, and what makes two of them the same."""

from __future__ import annotations

import re

from .web_addresses import host_key

_IN_ANGLES = re.compile(r"<([^<>]{1,320})>")
_BEFORE, _AFTER = " \t<,،;؛", " \t>.,،;؛"
# What mail servers take without quotation marks: no sign that divides, and no dot at an end. Names
# in other scripts travel, too; of ASCII a host has small letters, digits and hyphens within.
_ATOM = r"""[^\s"(),.:;<>@\[\\\]\x00-\x1f\x7f]+"""
_LABEL = r"(?!-)[^\s\x00-,./:-`{-\x7f]{1,63}(?<!-)"
_ADDRESS = re.compile(rf"{_ATOM}(?:\.{_ATOM})*@{_LABEL}(?:\.{_LABEL})+")
_LONGEST, _LONGEST_LOCAL = 254, 64
_PLAIN = re.compile(r"[a-z0-9_-]+(?:\.[a-z0-9_-]+)*@[a-z0-9]+(?:[.-][a-z0-9]+)*\.[a-z]+")


def email_key(text: str) -> str:
    """
    Return the match key of an address, of which letters are folded; empty if it is none.

    What stands in quotation marks before the @, and a number for a domain, are taken for a mistake.

    >>> email_key("sara ahmadi <sara@novin.example>"), email_key("sara..ahmadi@novin.example")
    ('sara@novin.example', '')
    """
    if len(text) <= _LONGEST_LOCAL and _PLAIN.fullmatch(text):
        return text  # as nearly always
    if "<" in text and (in_angles := _IN_ANGLES.search(text)):
        text = in_angles[1]
    address = text.lstrip(_BEFORE).rstrip(_AFTER).removeprefix("mailto:")
    if len(address) > _LONGEST:
        return ""
    local, _, host = address.rpartition("@")
    if "xn--" in host:
        host = host_key(host)
        address = f"{local}@{host}"
    if len(local) > _LONGEST_LOCAL or not _ADDRESS.fullmatch(address):
        return ""
    return "" if host.rpartition(".")[2].isdecimal() else address

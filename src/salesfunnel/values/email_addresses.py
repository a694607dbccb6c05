"""An e-mail address as people write it, and what makes two of them the same."""

from __future__ import annotations

import re

from .web_addresses import host_key

_IN_ANGLES = re.compile(r"<([^<>]{1,320})>")
_BEFORE, _AFTER = " \t<,،;؛", " \t>.,،;؛"
# What mail servers take without quotation marks; names in other scripts travel, too.
_ATOM = r"(?:[a-z0-9!#$%&'*+/=?^_`{|}~-]|[^\x00-\x7f\s])"
_LOCAL = re.compile(rf"{_ATOM}+(?:\.{_ATOM}+)*")
_LABEL = r"(?:[a-z0-9]|[^\x00-\x7f])(?:(?:[a-z0-9-]|[^\x00-\x7f])*(?:[a-z0-9]|[^\x00-\x7f]))?"
_DOMAIN = re.compile(rf"{_LABEL}(?:\.{_LABEL})+")
_LONGEST, _LONGEST_LOCAL = 254, 64


def email_key(text: str) -> str:
    """
    Return the match key of an address, of which letters are folded; empty if it is none.

    What stands in quotation marks before the @, and a number for a domain, are taken for a mistake.

    >>> email_key("sara ahmadi <sara@novin.example>"), email_key("sara..ahmadi@novin.example")
    ('sara@novin.example', '')
    """
    if "<" in text and (in_angles := _IN_ANGLES.search(text)):
        text = in_angles[1]
    address = text.lstrip(_BEFORE).rstrip(_AFTER).removeprefix("mailto:")
    local, _, domain = address.rpartition("@")
    if len(local) > _LONGEST_LOCAL or len(address) > _LONGEST or not _LOCAL.fullmatch(local):
        return ""
    host = host_key(domain)
    if not _DOMAIN.fullmatch(host) or ":" in domain or host.rpartition(".")[2].isdecimal():
        return ""
    return f"{local}@{host}"

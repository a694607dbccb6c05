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
    in_angles = _IN_ANGLES.search(text)
    address = (in_angles[1] if in_angles else text).lstrip(_BEFORE).rstrip(_AFTER)
    local, _, domain = address.removeprefix("mailto:").rpartition("@")
    host = host_key(domain)
    if not host or ":" in domain or len(local) > _LONGEST_LOCAL or len(address) > _LONGEST:
        return ""
    if not _LOCAL.fullmatch(local) or not _DOMAIN.fullmatch(host):
        return ""
    return "" if host.rpartition(".")[2].isdecimal() else f"{local}@{host}"

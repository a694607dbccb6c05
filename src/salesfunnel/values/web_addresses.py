"""Web sites and profiles by their hosts, and what makes two spellings of a host the same."""

from __future__ import annotations

import re

from .text import fold_letters

_LABEL = r"[^\s.@:/\\<>()\[\],;\"]{1,63}"
_HOST = re.compile(rf"{_LABEL}(?:\.{_LABEL}){{1,126}}")
_LONGEST_HOST = 253


def website_key(text: str) -> str:
    """
    Return the match key of a web site: its host without www, with folded letters.

    >>> website_key("https://www.novin.example/fa")
    'novin.example'
    """
    host, _ = _host_and_path(text)
    return host_key(host).removeprefix("www.")


def social_key(text: str) -> str:
    """
    Return the match key of a profile: the host, and who it is there.

    >>> social_key("https://www.instagram.com/novin/?hl=fa")
    'instagram.com/novin'
    """
    host, path = _host_and_path(text)
    return "/".join(part for part in (host.removeprefix("www."), *path.split("/")) if part)


def host_key(host: str) -> str:
    """
    Return the match key of a host, or nothing if it is none.

    >>> host_key("xn--socit-esab.fr:443"), host_key("localhost")
    ('societe.fr', '')
    """
    name = host.strip().partition(":")[0].rstrip(".")
    if len(name) > _LONGEST_HOST or not _HOST.fullmatch(name):
        return ""
    return ".".join(map(_label_key, name.split("."))) if "xn--" in name else name


def _host_and_path(text: str) -> tuple[str, str]:
    address = "".join(text.split()).rpartition("://")[2].partition("?")[0].partition("#")[0]
    host, _, path = address.partition("/")
    return host.rpartition("@")[2] if "." in host else host, path


def _label_key(label: str) -> str:
    # «xn--…» is how a name with other letters travels; both spellings are one host.
    if not label.startswith("xn--"):
        return label
    try:
        return fold_letters(label.removeprefix("xn--").encode("ascii").decode("punycode"))
    except UnicodeError:
        return label

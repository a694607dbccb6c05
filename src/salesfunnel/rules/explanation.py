"""Why a rule says what it says: a tree with the value of each part and the fact that it used."""

from __future__ import annotations

from typing import Any

import attrs

from .truth import Truth, in_words

_LONGEST_FACT = 80


@attrs.frozen
class Explanation:
    """
    One node of the tree: the rule in words, its value, the fact it used, and its parts.

    Facts may be personal, so neither ``repr`` nor ``str`` shows them; `text` does, when asked. What
    a rule compares them with is among its words, which ``repr`` leaves out.

    >>> tree = Explanation("company.name is Novin", True, path="company.name")
    >>> print(tree)
    yes: company.name is Novin
    >>> tree
    Explanation(value=True, parts=(), path='company.name')
    """

    rule: str = attrs.field(repr=False)
    value: Truth
    parts: tuple[Explanation, ...] = ()
    path: str = attrs.field(default="", kw_only=True)
    fact: Any = attrs.field(default=None, kw_only=True, repr=False, eq=False)

    def text(self, *, facts: bool = False) -> str:
        """
        Write the tree, parts indented below their whole; with the facts only if you ask for them.

        >>> tree = Explanation("company.employees at most 200", True, fact=40)
        >>> print(tree.text(facts=True))
        yes: company.employees at most 200 (40)
        """
        shown = f" ({_shown(self.fact)})" if facts and self.fact is not None else ""
        lines = [f"{in_words(self.value)}: {self.rule}{shown}"]
        for part in self.parts:
            lines += [f"  {line}" for line in part.text(facts=facts).splitlines()]
        return "\n".join(lines)

    def __str__(self) -> str:
        """Write the tree without the facts, which may be personal."""
        return self.text()


def _shown(fact: object) -> str:
    """Write a fact on one line, even if a host's object fails at it."""
    try:
        words = " ".join(str(fact).split())
    except Exception:  # noqa: BLE001 - and a very long integer cannot even be written
        return "…"
    return words if len(words) <= _LONGEST_FACT else words[:_LONGEST_FACT] + "…"

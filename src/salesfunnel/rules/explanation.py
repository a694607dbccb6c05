"""Why a rule says what it says: a tree with the value of each part and the fact that it used."""

from __future__ import annotations

import attrs

from .truth import Truth, in_words


@attrs.frozen
class Explanation:
    """
    One node of the tree: the rule in words, its value, and the same for each part.

    >>> print(Explanation("company.employees at most 200", True))
    yes: company.employees at most 200
    """

    rule: str
    value: Truth
    parts: tuple[Explanation, ...] = ()

    def __str__(self) -> str:
        """Print the tree, parts indented below their whole."""
        lines = [f"{in_words(self.value)}: {self.rule}"]
        for part in self.parts:
            lines += [f"  {line}" for line in str(part).splitlines()]
        return "\n".join(lines)

"""Rules with three answers: yes, no, and unknown. They judge, explain themselves, and are data."""

from __future__ import annotations

from .explanation import Explanation
from .facts import read_fact
from .fields import Fact, all_of, answered, any_of, at_least, field, yes
from .notation import rule_from_data, rule_from_json, rule_to_data, rule_to_json
from .predicate import predicate
from .rule import Rule
from .truth import Truth

__all__ = [
    "Explanation",
    "Fact",
    "Rule",
    "Truth",
    "all_of",
    "answered",
    "any_of",
    "at_least",
    "field",
    "predicate",
    "read_fact",
    "rule_from_data",
    "rule_from_json",
    "rule_to_data",
    "rule_to_json",
    "yes",
]

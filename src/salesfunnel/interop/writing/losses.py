"""Which reasons tell of a loss, and which only that a fact stands in a list in another way."""

from __future__ import annotations

OTHERWISE = frozenset(
    {
        "beginning_not_told",
        "beginning_without_end",
        "day_as_known",
        "filled_for_target",
        "follows_from_another",
        "id_of_several_rows",
        "name_of_its_parts",
        "nearest_stage_before",
        "no_address_for_reader",
        "no_stage_for_word",
        "number_in_another_column",
        "number_without_country",
        "origin_not_in_list",
        "read_as_another_word",
        "read_otherwise",
        "retold_for_target",
        "text_for_reader",
        "whole_name_divided",
    }
)
"""The codes of the reasons why a fact that stands in the list was not read as it was."""

"""The laws of the nouns, by their numbers: each is a test under its name."""

from __future__ import annotations

from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]

# The number of a law, and the file in which a test bears its name.
LAWS = {
    1: ("only_contact_contacts", "activities/test_activities_laws.py"),
    2: ("an_attempt_never_moves_a_stage", "activities/test_activities_laws.py"),
    3: ("entered_late_counts_when_it_happened", "activities/test_activities_laws.py"),
    4: ("as_of_knows_only_what_was_entered", "activities/test_activities_laws.py"),
    5: ("same_activity_id_is_once", "activities/test_activities_laws.py"),
    6: ("engagement_is_the_fold", "activities/test_activities_laws.py"),
    7: ("quiet_since_is_never_unknown_once_begun", "activities/test_activities_laws.py"),
    8: ("an_auto_reply_is_no_answer", "activities/test_activities_laws.py"),
    9: ("conversion_counts_no_activity_twice", "activities/test_activities_laws.py"),
    10: ("facts_say_the_same_in_python_and_json", "activities/test_activities_laws.py"),
    11: ("a_due_day_is_overdue_by_the_askers_day", "activities/test_steps.py"),
    12: ("done_is_kept", "activities/test_steps.py"),
    13: ("closing_deletes_no_step", "activities/test_steps.py"),
    14: ("agenda_is_sorted_complete_and_each_once", "activities/test_agenda.py"),
    15: ("agenda_of_parts_is_the_merge_of_agendas", "activities/test_agenda.py"),
    18: ("share_ends_within_one", "activities/test_owners.py"),
    19: ("an_absent_one_gets_nothing", "activities/test_owners.py"),
    20: ("owner_intervals_sum_to_the_age", "activities/test_owners.py"),
    21: ("conversion_never_changes_an_existing_owner", "activities/test_owners.py"),
    22: ("each_address_has_one_place", "accounts/test_people.py"),
    23: ("moving_primary_changes_no_role", "opportunities/test_contacts_laws.py"),
    24: ("one_person_once_per_role_in_any_spelling", "opportunities/test_contacts_laws.py"),
    25: ("coverage_agrees_with_the_gate", "pipeline/test_codes_laws.py"),
    26: ("amount_is_the_sum_of_lines", "values/test_lines.py"),
    27: ("a_full_discount_is_zero", "values/test_lines.py"),
    28: ("revising_with_the_same_lines_changes_nothing", "opportunities/test_money.py"),
    29: ("a_closed_deal_keeps_its_value_whatever_the_rates", "opportunities/test_money.py"),
    30: ("no_rate_no_sum", "opportunities/test_money.py"),
    31: ("minor_units_of_both_sides", "values/test_rates.py"),
    32: ("weighted_adds_up", "opportunities/test_money.py"),
    33: ("no_path_to_a_reason_stage_without_one", "pipeline/test_codes_laws.py"),
    34: ("closings_never_shrink", "opportunities/test_closing_laws.py"),
    35: (
        "a_correction_is_told_and_changes_only_what_it_names",
        "opportunities/test_closing_laws.py",
    ),
    36: ("won_is_one_lost_is_zero", "opportunities/test_closing_laws.py"),
    37: ("other_wants_a_note", "pipeline/test_codes_laws.py"),
    38: ("reopened_is_not_agreed", "opportunities/test_closing_laws.py"),
    39: ("held_time_is_not_overdue", "opportunities/test_rest_laws.py"),
    40: ("resume_returns_to_where_it_rested", "opportunities/test_rest_laws.py"),
    41: ("time_in_stage_sums_to_the_age_over_pipelines", "pipeline/test_transferring.py"),
    42: (
        "transfer_there_and_back_is_the_same_but_for_the_timeline",
        "pipeline/test_transferring.py",
    ),
    43: ("a_kind_never_changes_by_transfer", "pipeline/test_transferring.py"),
    44: ("identity_transfer_keeps_everything", "pipeline/test_transferring.py"),
    45: ("plan_tells_all_and_only_what_apply_does", "conversion/test_conversion_laws.py"),
    46: ("each_value_of_the_lead_is_found_or_named", "conversion/test_conversion_laws.py"),
    47: ("undo_of_any_conversion_is_as_never_converted", "conversion/test_conversion_laws.py"),
    48: ("planned_twice_applied_once", "conversion/test_conversion_laws.py"),
    49: ("fill_never_overwrites", "conversion/test_conversion_laws.py"),
    50: ("merge_then_undo_gives_both_back", "duplicates/test_merging.py"),
    51: (
        "merge_is_independent_of_order_where_no_policy_decides",
        "duplicates/test_merging_laws.py",
    ),
    52: ("every_link_resolves_after_merge", "duplicates/test_merging.py"),
    53: ("working_time_is_additive", "values/test_working_hours.py"),
    54: ("a_hierarchy_has_no_cycle_at_any_depth", "accounts/test_hierarchy.py"),
    55: ("status_follows_wins", "accounts/test_status.py"),
    56: ("erased_texts_are_nowhere", "privacy/test_erasing_laws.py"),
    57: ("erasing_keeps_stages_days_money_counts_and_replays", "privacy/test_erasing_laws.py"),
    58: (
        "the_latest_word_on_consent_survives_merge_import_and_undo",
        "privacy/test_consent_laws.py",
    ),
}


def test_each_law_is_a_test_under_its_name():
    """A law that is only written down holds nothing."""
    texts = {file: (TESTS / file).read_text("utf-8") for _, file in LAWS.values()}

    assert [n for n, (name, file) in LAWS.items() if f"\ndef test_{name}" not in texts[file]] == []


def test_each_defect_of_others_is_a_test_under_its_name():
    """D1 to D11 of other systems, in one file."""
    text = (TESTS / "funnel/test_peer_defects.py").read_text("utf-8")

    assert [n for n in range(1, 12) if f"\ndef test_d{n}_" not in text] == []

"""A call sheet asks the questions of the library in its own language, and names the answers so."""

from __future__ import annotations

import csv
import tomllib
from datetime import UTC, date, datetime

import pytest

from salesfunnel import qualification
from salesfunnel.activities import plan_step
from salesfunnel.analytics import rank
from salesfunnel.interop import read_calls, write_ranking
from salesfunnel.interop.calls.call_questions import slot_asked
from salesfunnel.interop.calls.call_translations import label_in, question_in
from salesfunnel.interop.calls.call_words import CALL_WORDS
from salesfunnel.interop.shipped_text import shipped_text
from salesfunnel.leads import Lead
from salesfunnel.qualification import BANT, Scorecard
from salesfunnel.values.answer import USUAL_QUESTIONS

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
KINDS = tomllib.loads(shipped_text("words"))["activity"]["kind"]
SAME = [("fr", "fax"), ("fr", "chat"), ("fr", "message")]
LANGUAGES = [language for language in CALL_WORDS if language != "en"]
SHIPPED = [found for found in vars(qualification).values() if isinstance(found, Scorecard)]
SARA = Lead.capture(id="7", person="Sara Ahmadi", at=MONDAY).answer("need", True, at=MONDAY)


def row_of(path, policy, language):
    """Write a sheet of one lead, and give its row by the headers."""
    write_ranking(rank([SARA], policy, at=MONDAY), path, language=language)
    with path.open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)
    return row


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_question_of_the_library_is_asked_in_each_language(language):
    """And each answer that is usual has a name in it."""
    asked = [
        c.question for found in SHIPPED for c in found.criteria if any(map(slot_asked, c.reads))
    ]

    assert len(SHIPPED) > 9
    assert [text for text in asked if question_in(language, text) == text] == []
    assert all(not label_in(language, slot, "?").startswith("?") for slot in USUAL_QUESTIONS)


@pytest.mark.parametrize("language", CALL_WORDS)
@pytest.mark.parametrize("kind", [*KINDS, "workshop"])
def test_the_next_step_speaks_the_language_of_the_sheet_and_comes_back(tmp_path, language, kind):
    """Its kind by the words that a list may have for it, and its day; a kind of one's own stays."""
    lead = plan_step(SARA, kind, due=date(2026, 12, 11), at=MONDAY)
    path = tmp_path / "calls.csv"
    write_ranking(rank([lead], BANT, at=MONDAY), path, language=language)
    with path.open(encoding="utf-8-sig", newline="") as file:
        told = next(csv.DictReader(file))[CALL_WORDS[language].headers["next_step"]]

    said, _, day = told.rpartition(CALL_WORDS[language].comma)
    assert day == ("۱۴۰۵/۰۹/۲۰" if language == "fa" else "2026-12-11")
    assert (said == kind) is (language == "en" or kind == "workshop" or (language, kind) in SAME)
    came = read_calls(path, [lead], at=MONDAY)
    assert ([*came.leads], [row.faults for row in came.rows if row.faults]) == ([lead], [])


def test_a_french_sheet_is_french_from_end_to_end(tmp_path):
    """Without a policy file: questions, what to ask first, and why it stands there."""
    row = row_of(tmp_path / "appels.csv", BANT, "fr")

    assert row["Quel problème doit-il résoudre pour vous ? [need]"] == "oui"
    assert row["À demander d’abord"] == "Un budget est-il approuvé, ou encore attendu ?"
    assert row["Pourquoi"] == "à suivre, 30–100: besoin oui"


def test_a_question_in_words_of_ones_own_stays(tmp_path):
    """It was put so on purpose; the names of criteria are told without underscores."""
    own = BANT.with_questions({"need": "Wo drückt der Schuh?"})

    assert "Wo drückt der Schuh? [need]" in row_of(tmp_path / "calls.csv", own, "fa")
    assert "need yes" in row_of(tmp_path / "calls.csv", own, "en")["Why"]
    assert label_in("fr", "", "own_idea") == "own idea"

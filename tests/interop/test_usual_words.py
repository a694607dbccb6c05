"""The words that mean the same in every file, by language and by field."""

from __future__ import annotations

import tomllib
from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesfunnel.interop.calls.call_translations import kind_in
from salesfunnel.interop.cells.usual_words import shipped_text, usual_words, words_of
from salesfunnel.interop.mapping.mapping import load_mapping
from salesfunnel.interop.mapping.noun_mapping import LONGEST_WORD, key
from salesfunnel.pictures.language import Language
from salesfunnel.pipeline import ACTIVITY_KINDS, LEAD_PIPELINE, OPPORTUNITY_PIPELINE
from salesfunnel.values.source import Source
from salesfunnel.values.yes_no import YES_NO_WORDS

WORDS = tomllib.loads(shipped_text("words"))
LANGUAGES = ["en", "fr", "fa", "hy"]
TABLES = {
    **{f"lead.{field}": table for field, table in WORDS["lead"].items()},
    **{f"opportunity.{field}": table for field, table in WORDS["opportunity"].items()},
    "answers": {
        meaning: {**WORDS["answers"][meaning], "all": words}
        for meaning, words in YES_NO_WORDS.items()
    },
}
PLAIN = load_mapping("salesfunnel")


@pytest.mark.parametrize("field", TABLES)
def test_no_word_means_two_things_in_one_field(field):
    """Whatever the file, a word of a field has one meaning."""
    meanings: dict[str, set[str]] = {}
    for meaning, lines in TABLES[field].items():
        for word in (meaning, *chain.from_iterable(lines.values())):
            meanings.setdefault(key(word), set()).add(meaning)

    assert {word: both for word, both in meanings.items() if len(both) > 1} == {}


@pytest.mark.parametrize("field", ["lead.stage", "lead.reason", "opportunity.stage", "answers"])
def test_each_meaning_has_words_in_four_languages(field):
    """Who writes French, Persian or Armenian is understood as well as who writes English."""
    for lines in TABLES[field].values():
        assert [*lines][:4] == LANGUAGES
        assert all(lines.values())


PIPELINES = [("lead", LEAD_PIPELINE), ("opportunity", OPPORTUNITY_PIPELINE)]


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize(("noun", "pipeline"), PIPELINES)
def test_the_label_of_a_stage_or_a_reason_is_read_as_its_code(noun, pipeline, language):
    """What the library prints in any of its languages it knows again."""
    printed = {("stage", stage.name): stage.title for stage in pipeline.stages}
    for stage in pipeline.stages:
        printed |= {("reason", code): label for code, label in stage.reasons.items()}

    for (field, code), label in printed.items():
        word = language.called(label)

        assert (word, getattr(PLAIN, noun).meaning_of(word, field=field)) == (word, code)


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize(("label", "end"), [("Closed: won", "won"), ("Closed: lost", "lost")])
def test_the_ends_of_a_pipeline_are_known_by_its_labels_too(label, end, language):
    """As a stage, and as how the deal stands."""
    for field in ("stage", "outcome"):
        assert PLAIN.opportunity.meaning_of(language.called(label), field=field) == end


@pytest.mark.parametrize("language", Language)
def test_the_label_of_a_source_is_read_as_that_source(language):
    """As it stands in a table of sources."""
    for source in Source:
        assert PLAIN.lead.source_meant(language.called(source.label)) is source


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("kind", ACTIVITY_KINDS)
def test_a_kind_of_activities_is_read_by_its_label_and_its_word(kind, language):
    """As a call sheet names it, and as the list of kinds does."""
    for word in (ACTIVITY_KINDS[kind], kind_in(language, kind)):
        assert PLAIN.activity.meaning_of(word, field="kind") == kind


@pytest.mark.parametrize("line", ["fr", "fa", "hy", "en"])
def test_a_word_fits_into_a_cell_that_is_looked_up(line):
    """No word is longer than a cell may be, and none is blank."""
    tables = [table for field, table in TABLES.items() if field != "answers"]
    words = [word for table in tables for lines in table.values() for word in lines[line]]

    assert all(0 < len(key(word)) <= LONGEST_WORD for word in words)


def test_stages_and_outcomes_agree():
    """A word that is a stage and an outcome says the same of how the deal stands."""
    deals = usual_words("opportunity")
    for word, outcome in deals["outcome"].items():
        stage = deals["stage"].get(word)

        assert stage is None or outcome == (stage if stage in {"won", "lost"} else "open")


def test_a_word_that_is_a_reason_is_a_status():
    """Who writes "Wrong number" into the status says that the lead was given up, and why."""
    lead = usual_words("lead")
    told = {word for word, reason in lead["reason"].items() if reason not in {"other", "unknown"}}

    assert told <= set(lead["stage"])
    assert lead["stage"][key("Faux numéro")] == "disqualified"
    assert lead["stage"][key("بعداً")] == "nurturing"
    assert key("autre") not in lead["stage"]


@given(st.sampled_from(sorted(usual_words("lead")["stage"])), st.data())
def test_a_word_is_known_in_every_spelling(word, data):
    """Case, blanks around it and underscores make no difference."""
    spelt = data.draw(st.sampled_from([word.upper(), f" {word} ", word.title(), f"{word}_"]))

    assert PLAIN.lead.meaning_of(spelt, field="stage") == usual_words("lead")["stage"][word]


STATUSES = {
    "new": "Lead, Open, MQL, Assigné, piste, prospect, سرنخ, مشتری بالقوه, اختصاص داده, առաջատար",
    "contacted": "Attempted, No answer, RDV, Pas de réponse, در حال پیگیری, در فرایند",
    "nurturing": "Callback, Rappeler, Relance, en attente, On hold, بازیافت",
    "qualified": "SQL, Sales Accepted",
    "disqualified": "Wrong number, Duplicate, Invalid, Archived, Pas intéressé, Mort, مرده",
}
STAGES = {
    "meeting": "Lead, Sales Accepted, Pilot, Trial, POC, Analyse des besoins, اکتشاف, شرایط, "
    "ارزش پیشنهادی, صلاحیت, تجزیه و تحلیل نیازها, بالقوه سازی, A analyser",
    "proposal": "Proposition/devis, Devis / Proposition, پروپوزال, نقل قول پروپوزال / قیمت",
    "negotiation": "Verbal, Contract, Procurement, Négociation/évaluation, مذاکره / مرور, "
    "بستن قرارداد",
    "won": "Order, Conclusion gagnante, بسته‌شده با موفقیت, برد, بسته شده - برنده, قرارداد بسته شد",
    "lost": "Conclusion perdante, از دست رفته, باخت, بسته شده - باخته, شکست خورد",
}
OUTCOMES = {"open": "Open, Opened, Nurturing, On hold, Pending, Stalled, en cours, در جریان"}
ANSWERS = {
    "yes": "approved, confirmed, تایید شده, آره, հա, فوری",
    "unknown": "awaited, در انتظار تایید, en attente",
    "no": "rejected, մերժված",
}


@pytest.mark.parametrize(
    ("noun", "field", "table"),
    [
        ("lead", "stage", STATUSES),
        ("opportunity", "stage", STAGES),
        ("opportunity", "outcome", OUTCOMES),
        ("lead", "answers", ANSWERS),
    ],
)
def test_words_of_real_lists_are_known(noun, field, table):
    """They stood in lists that were read for the first time."""
    mapping = getattr(PLAIN, noun)
    for meaning, words in table.items():
        found = {word: mapping.meaning_of(word, field=field) for word in words.split(", ")}

        assert set(found.values()) == {meaning}, found


@pytest.mark.parametrize("word", ["بسته شد", "بسته شده است", "Supprimé", "En sommeil"])
def test_a_translation_that_says_something_else_is_not_guessed(word):
    """EspoCRM writes two like words for won and lost, and some words mean another thing."""
    assert PLAIN.opportunity.meaning_of(word, field="stage") is None
    assert PLAIN.lead.meaning_of(word, field="stage") is None


def test_a_meaning_is_a_word_for_itself_unless_another_has_it():
    """Dynamics calls a converted lead "Qualified"."""
    assert words_of({"converted": "Qualified", "qualified": []}) == {
        "converted": "converted",
        "qualified": "converted",
    }


@pytest.mark.parametrize(
    ("words", "source"),
    [
        ("advertisement, publicité, تبلیغات, գովազդ", Source.ADVERTISEMENT),
        ("webinar, webinaire, وبینار, վեբինար", Source.EXHIBITION),
        ("partner, partenaire, شریک تجاری, գործընկեր", Source.REFERRAL),
        ("online store, live chat, boutique en ligne, چت آنلاین", Source.WEB),
        ("شبکه های مجازی", Source.SOCIAL_NETWORK),
        ("پیامکی", Source.SMS),
        ("Campaign, کمپین, campagne, existing customer, Relations publiques", Source.OTHER),
    ],
)
def test_sources_of_real_lists_are_known(words, source):
    """The biggest source of many lists is advertising, so it has a member of its own."""
    assert {Source.read(word) for word in words.split(", ")} == {source}

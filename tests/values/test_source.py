"""Where leads come from, in the words of several systems and languages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesfunnel.errors import WrongKind
from salesfunnel.values.source import Source

SYSTEMS = {
    Source.EXHIBITION: ["Trade Show", "Conference", "Seminar", "Exhibition", "exhibition"],
    Source.PHONE_CALL: ["Cold Call", "Cold Calling", "Call", "Phone Inquiry", "Phone"],
    Source.WEB: [
        "Web Site",
        "Website",
        "Web",
        "Web Form",
        "ORGANIC_SEARCH",
        "PAID_SEARCH",
        "DIRECT_TRAFFIC",
        "Google Adwords",
        "Search engine",
        "website form (iframe)",
        "Banner",
    ],
    Source.SOCIAL_NETWORK: ["SOCIAL_MEDIA", "PAID_SOCIAL", "Facebook", "X (Twitter)", "LinkedIn"],
    Source.EMAIL: ["Email", "E-mail", "EMAIL_MARKETING", "Newsletter", "Mass Mailing"],
    Source.MEETING: ["Walk In"],
    Source.REFERRAL: [
        "Word of mouth",
        "Partner",
        "Partner Referral",
        "Employee Referral",
        "External Referral",
        "Reference",
        "Supplier Reference",
        "REFERRALS",
    ],
    Source.BOUGHT_LIST: ["Purchased List"],
    Source.OTHER: [
        "Other",
        "",
        "Existing Customer",
        "Self Generated",
        "Public Relations",
        "Direct Mail",
        "OFFLINE",
        "compaign",
    ],
}

LANGUAGES = {
    Source.BUSINESS_CARD: ["کارت ویزیت", "Այցեքարտ", "carte de visite", "Business Card"],
    Source.EXHIBITION: ["نمايشگاه", "Ցուցահանդես", "Salon professionnel"],
    Source.PHONE_CALL: ["تماس تلفنی", "Հեռախոսազանգ", "appel téléphonique"],
    Source.WEB: ["وب‌سایت", "وب سايت", "وبسایت", "سفارش اینترنتی", "Կայք", "commande en ligne"],
    Source.SOCIAL_NETWORK: ["شبکه‌های اجتماعی", "اینستاگرام", "Սոցիալական ցանց", "réseaux sociaux"],
    Source.FAX: ["نمابر", "فکس", "Ֆաքս", "télécopie"],
    Source.SMS: ["پیامک", "ՍՄՍ", "texto", "SMS"],
    Source.EMAIL: ["ایمیل", "رایانامه", "Էլ. փոստ", "Courriel"],
    Source.MEETING: ["جلسه", "Հանդիպում", "Rendez-vous"],
    Source.REFERRAL: ["معرفی", "Երաշխավորություն", "bouche à oreille"],
    Source.ADVERTISEMENT: ["تبلیغات", "Գովազդ", "publicité", "advertisement"],
    Source.BOUGHT_LIST: ["لیست خریداری شده", "Գնված ցուցակ", "liste achetée"],
    Source.OTHER: ["سایر", "Այլ", "autre"],
}


def pairs(table):
    """List each word beside its source."""
    return [(word, source) for source, words in table.items() for word in words]


@pytest.mark.parametrize(("words", "source"), pairs(SYSTEMS))
def test_the_words_of_other_systems_are_known(words, source):
    """A source keeps its meaning when a lead comes from another system."""
    assert Source.read(words) is source


@pytest.mark.parametrize(("words", "source"), pairs(LANGUAGES))
def test_everyday_words_are_known(words, source):
    """Persian, Armenian, French and English words are understood."""
    assert Source.read(words) is source


@given(st.sampled_from(pairs(LANGUAGES)), st.sampled_from([str.upper, str.lower, str.title]))
def test_case_and_blanks_around_do_not_matter(pair, change_case):
    """However the words are capitalised, the source is one."""
    words, source = pair

    assert Source.read(f"  {change_case(words)}\n") is source


@given(st.sampled_from(Source))
def test_a_source_reads_its_own_name(source):
    """The stored value and the name of a source mean that source."""
    assert Source.read(source.value) is Source.read(source.name) is source


@pytest.mark.parametrize("thing", [None, 5, b"web", ["web"]])
def test_only_words_are_read(thing):
    """A blank cell is an empty text, not nothing at all."""
    with pytest.raises(WrongKind, match="source is of the wrong kind"):
        Source.read(thing)
    assert Source.read("") is Source.OTHER


@given(st.text(max_size=20))
def test_unknown_words_are_other(words):
    """Every text has a source; what nobody knows is OTHER."""
    assert Source.read(words) in Source
    assert Source.read(f"{words} zzz") is Source.OTHER

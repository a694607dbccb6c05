"""Countries by their names in four languages."""

from __future__ import annotations

import pytest

from salesfunnel.interop.cells.countries import country_of
from salesfunnel.values.numbering_plans import plan_of


@pytest.mark.parametrize(
    ("names", "code"),
    [
        ("Iran | iran | ir | IRN | Islamic Republic of Iran | ایران | ايران | Իրան", "IR"),
        ("Armenia | Arménie | armenie | ارمنستان | Հայաստան | AM", "AM"),
        ("France | FRANCE | فرانسه | Ֆրանսիա | FRA", "FR"),
        ("Germany | Allemagne | آلمان | المان | Գերմանիա | Deutschland", "DE"),
        ("USA | U.S.A. | United States | États-Unis | Etats Unis | آمریکا | امریکا | ԱՄՆ", "US"),
        ("UK | United Kingdom | Royaume-Uni | انگلستان | انگلیس | GB", "GB"),
        ("UAE | United Arab Emirates | امارات | امارات متحده عربی | Émirats arabes unis", "AE"),
        ("Turkey | Türkiye | Turquie | ترکیه | Թուրքիա", "TR"),
        ("Côte d'Ivoire | Ivory Coast | ساحل عاج", "CI"),
    ],
)
def test_a_country_is_known_by_its_names(names, code):
    """Case, accents, Arabic letters and the common short names make no difference."""
    assert {name: country_of(name.strip()) for name in names.split("|")} == dict.fromkeys(
        names.split("|"), code
    )


@pytest.mark.parametrize("name", ["", "Atlantis", "-", "Iran and Armenia", "I" * 10_000, "98"])
def test_what_is_no_country_is_none(name):
    """A guess would complete the numbers of all rows wrongly."""
    assert country_of(name) == ""


def test_every_country_with_numbers_of_its_own_is_known_by_its_code():
    """Whoever knows the code needs no name."""
    for code in ("AF", "AM", "FR", "IR", "US", "ZW"):
        assert plan_of(code) is not None
        assert country_of(code.lower()) == code

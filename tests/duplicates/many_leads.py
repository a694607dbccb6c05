"""Ten thousand leads of seven thousand people, written as people write them in four languages."""

from __future__ import annotations

import itertools
import json
import random
from datetime import UTC, datetime

from salesfunnel.leads import Lead
from salesfunnel.values import Company, ContactPoint, Person

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
LANGUAGES = {"fa": "fa_IR", "hy": "hy_AM", "fr": "fr_FR", "en": "en_US"}
CITIES = {
    "fa": ["تهران", "شیراز", "تبریز", "اصفهان", "مشهد"],
    "hy": ["Երևան", "Գյումրի", "Վանաձոր"],
    "fr": ["Paris", "Lyon", "Marseille", "Lille", "Nantes"],
    "en": ["London", "Leeds", "Bristol", "York"],
}
MOBILES = {
    "fa": ("98", "912", 7),
    "hy": ("374", "91", 6),
    "fr": ("33", "6", 8),
    "en": ("44", "7", 9),
}
FORMS = {
    "fa": ["{}", "شرکت {}", "شركت {}", "{} (سهامی خاص)"],
    "hy": ["{}", "{} ՍՊԸ", "«{}» ՓԲԸ"],
    "fr": ["{}", "{} SARL", "SAS {}"],
    "en": ["{}", "{} Ltd", "{} Limited", "{}, Inc."],
}
TITLES = {
    "fa": ["آقای", "خانم", "مهندس", "دکتر"],
    "hy": ["Պրն", "Տիկին"],
    "fr": ["M.", "Mme", "Dr"],
    "en": ["Mr", "Ms.", "Dr."],
}
MAILBOXES = ["info", "sales", "contact", "office"]
PERSIAN_DIGITS = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
ARABIC_LETTERS = str.maketrans("یک", "يك")
SOUNDS_OF_PERSIAN = "a b p t s j ch h kh d z r z zh s sh s z t z a gh f gh k g l m n o h i"
SOUNDS_OF_ARMENIAN = """
a b g d e z e e t zh i l kh ts k h dz gh ch m y n sh o ch p j r s v t r ts v p k o f
"""
LATIN = {
    "fa": dict(
        zip(
            "ابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی",
            SOUNDS_OF_PERSIAN.split(),
            strict=True,
        )
    ),
    "hy": dict(
        zip(
            "աբգդեզէըթժիլխծկհձղճմյնշոչպջռսվտրցւփքօֆ",
            SOUNDS_OF_ARMENIAN.split(),
            strict=True,
        )
    ),
}


def in_latin(word, language, chance):
    """Write a name as its bearer might in a form that takes only Latin letters."""
    if language == "hy":
        word = word.lower().replace("ու", "u")
        return "".join(LATIN["hy"].get(letter, letter) for letter in word).title()
    told, vowels = "", set("aeiou")
    for letter in word.replace("آ", "ا").replace("ي", "ی").replace("ك", "ک"):
        sound = LATIN["fa"].get(letter, " " if letter == " " else "")
        if told and sound and told[-1] not in vowels | {" "} and sound[0] not in vowels:
            told += chance.choice("ae")
        told += "y" if sound == "i" and told[-1:] in {"", " "} else sound
    return told.title()


class People:
    """Whoever may stand in a list: a person with a firm, and all that is known of both."""

    def __init__(self, words, chance, firms=900):
        """Let firms be there, each with a switchboard and a mailbox."""
        self.words, self.chance = words, chance
        self.firms = [self.firm(number) for number in range(firms)]

    def firm(self, number):
        """Found a firm."""
        language = self.chance.choice(list(LANGUAGES))
        name = f"{self.chance.choice(self.words[language]['last'])} {number}"
        code, _, length = MOBILES[language]
        phone = (code, "21", "".join(self.chance.choices("0123456789", k=length)))
        return {
            "language": language,
            "name": name,
            "phone": phone,
            "domain": f"firm{number}.example",
            "city": self.chance.choice(CITIES[language]),
        }

    def person(self, number):
        """Let somebody be born."""
        chance = self.chance
        firm = chance.choice(self.firms)
        language = firm["language"]
        code, prefix, length = MOBILES[language]
        return {
            "language": language,
            "first": chance.choice(self.words[language]["first"]),
            "last": chance.choice(self.words[language]["last"]),
            "mobile": (code, prefix, "".join(chance.choices("0123456789", k=length))),
            "email": f"p{number}@{chance.choice(['gmail.com', firm['domain']])}",
            "firm": firm,
        }

    def name(self, who):
        """Write the name in one of many ways."""
        chance, language = self.chance, who["language"]
        first, last = who["first"], who["last"]
        if language in LATIN and chance.random() < 0.15:
            first, last = in_latin(first, language, chance), in_latin(last, language, chance)
        elif chance.random() < 0.07:
            last = self.slip(last)
        way = chance.random()
        if way < 0.12:
            return f"{last} {first}"
        if way < 0.2:
            return f"{first[0]}. {last}"
        if way < 0.3:
            return f"{chance.choice(TITLES[language])} {first} {last}"
        name = f"{first} {last}"
        if language == "fa":
            if chance.random() < 0.3:
                name = name.translate(ARABIC_LETTERS)
            return name.replace(" پور", "\u200cپور") if chance.random() < 0.3 else name
        return name.upper() if chance.random() < 0.1 else name

    def slip(self, word):
        """Let a finger slip: two letters change places, or one is missing or twice there."""
        if len(word) < 4:
            return word
        at = self.chance.randrange(1, len(word) - 1)
        return self.chance.choice(
            [
                word[:at] + word[at + 1] + word[at] + word[at + 2 :],
                word[:at] + word[at + 1 :],
                word[:at] + word[at] + word[at:],
            ]
        )

    def number(self, parts, language):
        """Write a number in one of many ways."""
        code, prefix, rest = parts
        grouped = " ".join(rest[at : at + 3] for at in range(0, len(rest), 3))
        text = self.chance.choice(
            [
                f"0{prefix}{rest}",
                f"0{prefix} {grouped}",
                f"+{code}{prefix}{rest}",
                f"00{code} {prefix} {grouped}",
                f"+{code} (0){prefix}-{rest}",
            ]
        )
        return (
            text.translate(PERSIAN_DIGITS)
            if language == "fa" and self.chance.random() < 0.3
            else text
        )

    def lead(self, number, who):
        """Let somebody be written down once more."""
        chance, firm, points = self.chance, who["firm"], []
        language = who["language"]
        has_mobile = chance.random() < 0.75
        if has_mobile:
            kind = chance.choice(["mobile", "phone"])
            points.append(ContactPoint(kind, self.number(who["mobile"], language)))
        if chance.random() < (0.6 if has_mobile else 0.9):
            points.append(ContactPoint("email", self.cased(who["email"])))
        if chance.random() < 0.3:
            points.append(ContactPoint("phone", self.number(firm["phone"], language)))
        if chance.random() < 0.2:
            points.append(ContactPoint("email", f"{chance.choice(MAILBOXES[:2])}@{firm['domain']}"))
        company = None
        if chance.random() < 0.7:
            city = firm["city"] if chance.random() < 0.6 else ""
            company = Company(chance.choice(FORMS[language]).format(firm["name"]), city=city)
        person = Person(self.name(who)) if chance.random() < 0.93 or not points else ""
        return Lead.capture(
            id=f"L{number}", person=person, company=company or "", contact_points=points, at=MONDAY
        )

    def cased(self, address):
        """Write an address in some case."""
        return address.title() if self.chance.random() < 0.2 else address


def many_leads(words, *, people=7_000, leads=10_000, seed=1):
    """Make leads and the pairs among them that are of one person, as places."""
    whose, told = stream_of_leads(words, people=people, leads=leads, seed=seed)
    of_one = {}
    for place, who in enumerate(whose):
        of_one.setdefault(who, []).append(place)
    pairs = {pair for places in of_one.values() for pair in itertools.combinations(places, 2)}
    return list(told), pairs


def stream_of_leads(words, *, people, leads, seed=1, firms=900):
    """Say whose each lead is, and make the leads one by one, so that no list of them is kept."""
    chance = random.Random(seed)  # noqa: S311 - the same people each time
    crowd = People(words, chance, firms)
    everybody = [crowd.person(number) for number in range(people)]
    whose = [*range(people), *(chance.randrange(people) for _ in range(leads - people))]
    chance.shuffle(whose)
    return whose, (crowd.lead(number, everybody[who]) for number, who in enumerate(whose))


def read_words(folder):
    """Read the names of each language from a folder of lists."""
    return {
        language: {
            "first": json.loads((folder / f"{name}.json").read_text())["person.first_names"],
            "last": json.loads((folder / f"{name}.json").read_text())["person.last_names"],
        }
        for language, name in LANGUAGES.items()
    }


def judged(groups, pairs):
    """Return precision and recall of the pairs within groups of places."""
    found = {pair for group in groups for pair in itertools.combinations(group.places, 2)}
    right = len(found & pairs)
    return right / (len(found) or 1), right / (len(pairs) or 1)

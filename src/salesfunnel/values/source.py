"""Where a lead came from, in the words of many systems and four languages."""

from __future__ import annotations

from enum import StrEnum

from ..errors import WrongKind
from .text import fold


class Source(StrEnum):
    """
    Where a lead came from.

    What matters is how the first contact came about, not who keeps the record: an order on a web
    site and a web form are both ``WEB``, a seminar counts as ``EXHIBITION``, and ``ADVERTISEMENT``
    is what was seen in print, on air or in an unnamed medium. What has no
    member of its own is ``OTHER``; keep the original words beside it.

    >>> print(Source.read("Trade Show"), Source.read("شبکه‌های اجتماعی"), Source.read("télécopie"))
    exhibition social_network fax
    """

    BUSINESS_CARD = "business_card"
    EXHIBITION = "exhibition"
    PHONE_CALL = "phone_call"
    WEB = "web"
    SOCIAL_NETWORK = "social_network"
    FAX = "fax"
    SMS = "sms"
    EMAIL = "email"
    MEETING = "meeting"
    REFERRAL = "referral"
    ADVERTISEMENT = "advertisement"
    BOUGHT_LIST = "bought_list"
    OTHER = "other"

    @property
    def label(self) -> str:
        """
        What people call it.

        >>> Source.PHONE_CALL.label, Source.SMS.label
        ('Phone call', 'SMS')
        """
        return "SMS" if self is Source.SMS else self.value.replace("_", " ").capitalize()

    @classmethod
    def read(cls, words: str) -> Source:
        """
        Recognise a source by its usual words, and take all others as ``OTHER``.

        >>> Source.read("Purchased List")
        <Source.BOUGHT_LIST: 'bought_list'>
        >>> Source.read("a dream")
        <Source.OTHER: 'other'>
        """
        given: object = words
        if not isinstance(given, str):
            raise WrongKind.of("source", words, wanted='words, such as "trade show"')
        return _BY_KEY.get(_key(words), cls.OTHER)


# The first line of each entry: words of vtiger, SuiteCRM, Salesforce, Dynamics, HubSpot, Frappe,
# ERPNext, Odoo, DjangoCRM and Krayin, and everyday English. Then Persian, Armenian and French.
_WORDS = {
    Source.BUSINESS_CARD: """
        business cards | visiting card | name card
        کارت ویزیت | کارت تجاری
        այցեքարտ | այցետոմս
        carte de visite""",
    Source.EXHIBITION: """
        trade show | trade fair | fair | expo | conference | seminar | seminar partner | event
        exhibition form | webinar | workshop | congress
        نمایشگاه | فرم نمایشگاه | نمایشگاه تجاری | همایش | سمینار | کنفرانس | وبینار | رویداد
        ցուցահանդես | համաժողով | սեմինար | վեբինար | միջոցառում
        salon | salon professionnel | foire | exposition | conférence | séminaire | webinaire
        événement""",
    Source.PHONE_CALL: """
        call | cold call | cold calling | phone | telephone | phone inquiry | inbound call
        outbound call
        تماس | تماس تلفنی | تلفن | تلفنی | تماس سرد
        զանգ | հեռախոսազանգ | հեռախոս | հեռախոսով | սառը զանգ
        appel | appel téléphonique | téléphone | appel entrant | appel sortant
        démarchage téléphonique | appel de prospection | appel à froid | appel froid""",
    Source.WEB: """
        website | web form | website form | website form iframe | website email | web order
        online order
        internet | online | search engine | organic search | paid search | direct traffic
        google adwords
        google | banner | chat | live chat | online store | online shop | web shop | e commerce
        وب | وب سایت | سایت | فرم وب | فرم سایت | فرم وب سایت | سفارش اینترنتی | سفارش آنلاین
        اینترنت | گوگل | فروشگاه اینترنتی | فروشگاه آنلاین | چت | چت آنلاین
        առցանց խանութ | առցանց զրույց
        կայք | վեբ կայք | վեբ | առցանց | առցանց պատվեր | կայքի ձև | համացանց
        site | site web | site internet | formulaire | formulaire web | commande en ligne
        moteur de recherche | boutique en ligne | chat en ligne""",
    Source.SOCIAL_NETWORK: """
        social networks | social media | paid social | organic social | social | facebook
        instagram | linkedin
        twitter | x | x twitter | telegram | whatsapp | youtube
        شبکه اجتماعی | شبکه های اجتماعی | شبکه مجازی | شبکه های مجازی | رسانه اجتماعی
        فضای مجازی | اینستاگرام | تلگرام
        واتساپ | لینکدین | فیسبوک
        սոցիալական ցանց | սոցիալական ցանցեր | սոցցանց | ֆեյսբուք | ինստագրամ
        réseau social | réseaux sociaux""",
    Source.FAX: """
        telefax | by fax
        فکس | فاکس | نمابر | دورنگار
        ֆաքս | հեռապատճեն
        télécopie | télécopieur""",
    Source.SMS: """
        text message | text | short message
        پیامک | پیامکی | تبلیغات پیامکی | اس ام اس | پیام کوتاه
        սմս | կարճ հաղորդագրություն
        texto | message texte""",
    Source.EMAIL: """
        mail | email marketing | newsletter | mass mailing | mailing
        ایمیل | پست الکترونیک | پست الکترونیکی | رایانامه | خبرنامه
        էլ. փոստ | էլփոստ | էլեկտրոնային փոստ | էլ. նամակ
        courriel | courrier électronique | infolettre""",
    Source.MEETING: """
        walk in | visit | in person | appointment
        جلسه | ملاقات | دیدار | جلسه حضوری | مراجعه حضوری | حضوری
        հանդիպում | այց
        réunion | rendez-vous | rencontre | visite | entretien""",
    Source.REFERRAL: """
        referrals | reference | word of mouth | partner | partner referral | employee referral
        external referral | supplier reference | recommendation | referred
        معرفی | معرف | ارجاع | توصیه | معرفی مشتری | معرفی دوستان | دهان به دهان | همکار تجاری
        شریک | شریک تجاری
        խորհուրդ | երաշխավորություն | ուղղորդում | հանձնարարական | գործընկեր
        ծանոթի միջոցով | ծանոթ | ծանոթներից | խորհուրդ են տվել
        recommandation | recommandé | parrainage | bouche à oreille | partenaire | prescripteur""",
    Source.ADVERTISEMENT: """
        advertising | advert | ad | ads | print ad | newspaper | magazine | radio | tv | television
        billboard | flyer | brochure
        تبلیغ | تبلیغات | آگهی | روزنامه | مجله | رادیو | تلویزیون | بیلبورد | بروشور | تراکت
        գովազդ | թերթ | ամսագիր | ռադիո | հեռուստատեսություն | բրոշյուր
        publicité | annonce | presse | journal | affichage | télévision | dépliant""",
    Source.BOUGHT_LIST: """
        purchased list | list | bought data | purchased data | data provider
        لیست خریداری شده | فهرست خریداری شده | بانک اطلاعاتی | بانک اطلاعات | لیست خریده شده
        գնված ցուցակ | գնված ցանկ
        liste achetée | fichier acheté | achat de fichier | base achetée""",
    Source.OTHER: """
        others | existing customer | self generated | employee | public relations | direct mail
        campaign
        سایر | غیره | دیگر | مشتری موجود | مشتریهای موجود | روابط عمومی | کمپین
        کارمند | پست مستقیم
        այլ | ուրիշ | արշավ | աշխատակից
        autre | autres | client existant | campagne | employé | auto généré | relation publique
        relations publiques""",
}


def _key(words: str) -> str:
    # Without blanks «وب سایت», «وب‌سایت» and «وبسایت» are one, and so are "e-mail" and "email".
    return fold(words).replace(" ", "")


_BY_KEY = {
    _key(words): source
    for source, listed in _WORDS.items()
    for words in (source.value, *listed.replace("\n", "|").split("|"))
    if words.strip()
}

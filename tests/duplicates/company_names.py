"""Names of firms in pairs, by kinds: as two lists write one firm, and as two firms are called."""

from __future__ import annotations

from datetime import UTC, datetime

from salesfunnel.accounts import Account
from salesfunnel.duplicates import find_duplicates

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)

ONE_FIRM = {
    "letters of Persian and Arabic": """
        تولی‌پرس | تولي پرس
        تولی‌پرس | تولی پرس
        تولیپرس | تولی پرس
        ایران‌خودرو | ایران خودرو
        ايران خودرو | ایرانخودرو
        کاله | كاله
        پاكشو | پاکشو
        گلرنگ | گـلـرنـگ
        شرکت پارس‌آنلاین | پارس آنلاین
        مؤسسه رازی | موسسه رازی
        آریا ساسول | اریا ساسول
        همراهِ اول | همراه اول
        مبنا ۲۰ | مبنا 20
        تأمین پترو | تامین پترو
        پخش البرز | پخش‌البرز
        می‌نا | مینا
        صنایع غذایی رضوی | صنایع‌غذایی رضوی
        نیک‌کالا | نیک کالا
        داده‌ورزی سداد | داده ورزی سداد
    """,
    "legal forms of Iran": """
        شرکت نوین تجارت | نوین تجارت
        نوین تجارت (سهامی خاص) | شرکت نوین تجارت
        شرکت نوین تجارت (س.خ) | نوین تجارت
        نوین تجارت، سهامی عام | نوین تجارت
        شرکت سهامی خاص نوین تجارت | نوین تجارت
        شرکت با مسئولیت محدود پارسه | پارسه
        پارسه (با مسئولیت محدود) | پارسه
        پارسه م.م | شرکت پارسه
        شرکت تعاونی پارسه | پارسه
        شرکت تعاونی تولیدی پارسه | پارسه
        موسسه فرهنگی هنری پارسه | پارسه
        شرکت پارسه، سهامی | پارسه
        شرکت بازرگانی پارسه | بازرگانی پارسه
        شرکت مسئولیت محدود پارسه | پارسه
        شرکت پارسه (مسئولیت محدود) | پارسه
        شرکت تضامنی رضایی و شرکا | رضایی و شرکا
        شرکة الأمل ذ.م.م | الامل
        شركة الأمل للتجارة | الأمل للتجارة
        شركة المراعي المساهمة | المراعي
        الفطيم ش.م.ل | الفطيم
    """,
    "legal forms of Armenia": """
        «Գրանդ Քենդի» ՍՊԸ | Գրանդ Քենդի
        Գրանդ Քենդի Սահմանափակ Պատասխանատվությամբ Ընկերություն | Գրանդ Քենդի
        ՓԲԸ Արարատ | Արարատ
        Արարատ ՓԲԸ | ԱՐԱՐԱՏ
        «Հայփոստ» ՓԲԸ | Հայփոստ
        «Հայփոստ» Փակ Բաժնետիրական Ընկերություն | ՀԱՅՓՈՍՏ
        Արմենտել ԲԲԸ | Արմենտել
        Վարդանյան ԱՁ | Վարդանյան
        ԱՁ Վարդանյան | Վարդանյան Անհատ Ձեռնարկատեր
        Grand Candy LLC | GRAND CANDY
        Haypost CJSC | Haypost
        Armentel OJSC | Armentel
        Yerevan Brandy Company CJSC | Yerevan Brandy
        Եվրոպա ՍՊ ընկերություն | Եվրոպա
    """,
    "legal forms of France": """
        SARL Dupont | Dupont
        Dupont S.A.R.L. | DUPONT
        Dupont S. à r. l. | Dupont
        Société Générale SA | Societe Generale
        SAS Lumière | Lumière S.A.S.
        SASU Lumière | lumiere
        Lumière, société par actions simplifiée | Lumière
        Ets Martin | Établissements Martin
        Éts. Martin | Martin
        Martin & Cie | Martin et Cie
        EURL Petit | Petit E.U.R.L.
        Sté Petit | Société Petit
        SCI Les Tilleuls | Les Tilleuls
        SCOP Les Bois | Les Bois (SCOP)
        Groupe Carrefour SA | Groupe Carrefour
        SNC Bernard Frères | Bernard Frères
        GIE Cartes Bancaires | Cartes Bancaires GIE
        Dubois S.E.L.A.R.L. | SELARL Dubois
    """,
    "legal forms of England and America": """
        Acme Ltd | ACME
        Acme Limited | Acme Ltd.
        Acme, Inc. | Acme Incorporated
        Acme Corp. | Acme Corporation
        Acme Co., Ltd. | Acme
        The Acme Company | Acme Co
        The Acme Trading Company Limited | Acme Trading
        Acme L.L.C. | Acme LLC
        Acme PLC | Acme p.l.c.
        Acme Public Limited Company | Acme plc
        Acme LLP | Acme
        Acme Pty Ltd | Acme Pty. Limited
        Acme Pvt. Ltd. | Acme Private Limited
        Acme (Pvt) Ltd | Acme
        Acme FZE | Acme FZCO
        Acme FZ-LLC | Acme
        Acme P.J.S.C. | Acme PJSC
        Acme W.L.L. | Acme
        Acme L.P. | Acme
        Acme & Co. | Acme and Company
    """,
    "legal forms of Europe": """
        Müller GmbH | Müller
        Müller GmbH & Co. KG | Müller
        Müller G.m.b.H. | Muller
        Müller AG | Müller Aktiengesellschaft
        Müller e.K. | Müller
        Müller UG (haftungsbeschränkt) | Müller UG
        Müller KGaA | Müller
        Bianchi S.p.A. | Bianchi SpA
        Bianchi S.r.l. | Bianchi SRL
        Bianchi S.r.l.s. | Bianchi
        Bianchi S.n.c. | Bianchi
        García S.L. | Garcia SL
        García, S.A.U. | García
        García S.L.U. | García
        Silva Lda. | Silva Limitada
        Jansen B.V. | Jansen BV
        Jansen N.V. | Jansen
        Solberg AS | Solberg A/S
        Solberg ASA | Solberg
        Nielsen ApS | Nielsen
        AB Volvo | Volvo AB
        Volvo Aktiebolag | Volvo
        Oy Nokia Ab | Nokia Oyj
        Kowalski Sp. z o.o. | Kowalski
        Kowalski Spółka z o.o. | Kowalski
        Kowalski S.K.A. | Kowalski
        Novák s.r.o. | Novak
        Novák a.s. | Novák, akciová společnost
        Novák spol. s r.o. | Novák
        Nagy Kft. | Nagy
        Nagy Zrt. | Nagy Nyrt.
        ООО «Ромашка» | Ромашка
        ЗАО Ромашка | АО Ромашка
        ИП Иванов | Иванов
        ТОВ Калина | Калина
        UAB Vilniaus Duona | Vilniaus Duona, UAB
        SIA Rimi | Rimi
        OÜ Tallinn | Tallinn OÜ
        S.C. Dacia S.R.L. | Dacia
        Koç A.Ş. | Koç
        Koç Ltd. Şti. | Koç Limited Şirketi
        Papadopoulos A.E. | Papadopoulos
        Horvat d.o.o. | Horvat
        Horvat d.d. | Horvat
        Ivanov EOOD | Ivanov
        Петров ЕООД | Петров
        Murphy DAC | Murphy
        Keller S.à r.l. | Keller
    """,
    "names in another script": """
        نوین تجارت | Novin Tejarat
        شرکت نوین تجارت (سهامی خاص) | Novin Tejarat Co.
        ایران خودرو | Iran Khodro
        تولی‌پرس | Tolypers
        پارس آنلاین | Pars Online
        دیجی کالا | Digikala
        سایپا دیزل | Saipa Diesel
        کاسپین خودرو | Caspian Khodro
        صبا باتری | Saba Battery
        بهنوش ایران | Behnoush Iran
        همکاران سیستم | Hamkaran System
        فولاد مبارکه | Foolad Mobarakeh
        گلستان | Golestan
        شاتل موبایل | Shatel Mobile
        Գրանդ Քենդի | Grand Candy
        Արարատ Գրուպ | Ararat Group
        Հայփոստ ՓԲԸ | Haypost CJSC
        Արմենտել | Armentel
        Երևան Սիթի | Yerevan City
        Տաշիր Պիցցա | Tashir Pizza
        Մարտին Ստար | Martin Star
        Պետրոսյան և որդիներ | Petrosyan ev Vordiner
        Ромашка | Romashka
        ООО Калина Трейд | Kalina Trade LLC
        شرکة البركة | Al Baraka
    """,
    "initials": """
        I.B.M. | IBM
        I B M France | IBM France
        A.B.C. Trading | ABC Trading
        J.P. Morgan | JP Morgan
        H&M | H & M
        ای.بی.ام | ای بی ام
        پ.ت.پ سازه | پ ت پ سازه
        Ա.Բ.Գ. Շին | ԱԲԳ Շին
        L.V.M.H. | LVMH
        R.A.T.P. | RATP
    """,
    "and": """
        Dupont & Fils | Dupont et Fils
        Smith & Sons | Smith and Sons
        Schmidt & Söhne | Schmidt und Söhne
        رضایی و پسران | رضایی & پسران
        Պետրոսյան և որդիներ | Պետրոսյան & որդիներ
        Johnson and Johnson | Johnson & Johnson
        Иванов и Сыновья | Иванов & Сыновья
        García y Hijos | García & Hijos
        Marks + Spencer | Marks & Spencer
        Nowak i Synowie | Nowak & Synowie
    """,
    "accents, case and signs": """
        Crédit Agricole | CREDIT AGRICOLE
        L'Oréal | L’Oreal
        Coca-Cola | Coca Cola
        Électricité de France | Electricite De France
        Zoé-Luc | Zoe Luc
        AT&T | AT & T
        Yahoo! | Yahoo
        Société « Le Phare » | Le Phare
        "Acme" | Acme
        ACME  Ltd . | Acme ltd
        Œuvre Sœur | Oeuvre Soeur
        Weiß | Weiss
        Müller | Mueller
        Grüne Wälder | Gruene Waelder
        Møller | Moeller
    """,
}

TWO_FIRMS = {
    "another word": """
        Bank of the West | Bank of the East
        Novin Tejarat | Novin Sanat
        نوین تجارت | نوین صنعت
        نوین تجارت | پارس تجارت
        پارس خودرو | ایران خودرو
        Iran Khodro | Pars Khodro
        ایران خودرو | ایران خودرو دیزل
        Grand Candy | Grand Tobacco
        Գրանդ Քենդի | Գրանդ Տոբակո
        Dupont et Fils | Dupont et Filles
        Dupont Paris | Dupont Lyon
        Martin Frères | Martin Sœurs
        Acme Trading | Acme Shipping
        Acme North | Acme South
        Schmidt Bau | Schmidt Holz
        شرکت پارسه | شرکت پاسارگاد
        بانک ملی | بانک ملت
        بانک صادرات | بانک تجارت
        Kalina Trade | Romashka Trade
        Արարատ Գրուպ | Արագած Գրուպ
        Golestan | Golrang
        شركة الراجحي | شركة الأهلي
        SIA Rimi Latvia | SIA Maxima Latvija
    """,
    "numbers and letters": """
        Fabrik 1 | Fabrik 2
        کارخانه ۱ | کارخانه ۲
        Groupe A | Groupe B
        Studio 54 | Studio 55
        Plan B | Plan C
        واحد الف | واحد ب
        H&M | H&B
        ABC Trading | ABD Trading
        Channel 4 | Channel 5
        Գործարան 1 | Գործարան 2
        Hall 12 | Hall 21
        3M | 3N
    """,
    "vowels": """
        Dana | Dena
        Sina | Sana
        Beta | Bita
        Nora | Nara
        Tara | Tira
        Mila | Mola
        Bahar | Bohar
        Pars Dana | Pars Dena
        Karen | Koren
        Sola Group | Sela Group
    """,
    "names in another script": """
        نوین تجارت | Novin Sanat
        ایران خودرو | Pars Khodro
        پارس آنلاین | Paris Airline
        دیجی کالا | Digistyle
        سایپا دیزل | Saipa Yadak
        بانک ملی | Bank Mellat
        بانک سپه | Bank Saman
        گلستان | Golrang
        Գրանդ Քենդի | Grand Tobacco
        Արարատ Գրուպ | Aragats Group
        Հայփոստ | Haybusiness
        Ромашка | Kalinka
        شاتل موبایل | Shatel Home
        کارخانه ۱ | Karkhaneh 2
    """,
    "vowels in another script": """
        سیمان سامان | Siman Semnan
        بانک سامان | Bank Semnan
        بیمه دانا | Bimeh Dena
        فولاد اراک | Foulad Iraq
        پارس آریا | Pars Era
        ایران تایر | Iran Tour
        پارس دارو | Pars Dairy
        تهران پلیت | Tehran Pilot
        ایران مال | Iran Mail
        پارسیان | Porsan
        بیمه سینا | Bimeh Sana
        کاشی نیلو | Kashi Nila
        پارس تولید | Pars Tablid
        بانک دی | Bank Do
        گروه مینا | Goruh Mona
        شیمی سمن | Shimi Semnan
    """,
    "signs and letters": """
        Hotel 4 & 5 | Hotel 45
        Agri 2.0 | Agri 20
        Studio 1-2 | Studio 12
        Model I Cars | Model Cars
        Class Y Parts | Class Parts
        Model Y Cars | Model Cars
        C++ | C#
        C++ | C
        C# | C
        A+ Co | A Co
        Canal+ | Canal
        Poet | Pot
        Manuel | Manul
        Duel | Dul
        Noel | Nol
        King Og | King
        Et Studio | Studio
        SC Johnson Ltd | Johnson
        S C Johnson Inc | Johnson
    """,
    "words that are like legal forms": """
        AS Roma | Roma
        SE Bank | Bank SA
        Holding One | Holding
        SA | SARL
        Limited Brands | Brands
        Company of Heroes | Heroes
        Incorporated Minds | Minds
        La Société | Le Club
        شرکت | موسسه
        AG Insurance | Insurance
        SC Freiburg | Freiburg
        Industry Motors | Motors
        Enterprise Solutions | The Solutions Co
    """,
    "short against long": """
        Novin | Novin Tejarat Pars
        Pars | Pars Online
        پارس | پارس آنلاین
        Acme | Acme Brick
        Արարատ | Արարատ Ցեմենտ
        Total | Total Fitness
        Orange | Orange Bank
        Iran Air | Iran Airport
        Delta | Delta Faucet
        ملت | بیمه ملت
    """,
}


def pairs(kinds):
    """Give each pair with its kind."""
    for kind, lines in kinds.items():
        for line in lines.strip().splitlines():
            one, other = (name.strip() for name in line.split("|"))
            yield kind, one, other


def are_one(one, other):
    """Tell whether two accounts of these names are held to be one firm."""
    firms = [Account.open(id=id_, name=name, at=MONDAY) for id_, name in (("1", one), ("2", other))]
    return bool(find_duplicates(firms).groups)


def judged_firms():
    """Return precision and recall of all pairs, and those that were judged wrongly."""
    missed = [pair for pair in pairs(ONE_FIRM) if not are_one(*pair[1:])]
    joined = [pair for pair in pairs(TWO_FIRMS) if are_one(*pair[1:])]
    found = len(list(pairs(ONE_FIRM))) - len(missed)
    return found / (found + len(joined)), found / (found + len(missed)), [*missed, *joined]

"""The words of pictures and the usual names of stages, in the order of `Language`."""

from __future__ import annotations

from ..values.frozen_map import FrozenMap

WORDS = FrozenMap[str, tuple[str, str, str, str]](
    {
        # the pictures
        "funnel": ("Funnel", "قیف فروش", "Վաճառքի ձագար", "Entonnoir"),
        "report": ("Report", "گزارش", "Հաշվետվություն", "Rapport"),
        "cohorts": ("Cohorts", "گروه‌های هم‌ورود", "Կոհորտներ", "Cohortes"),
        "forecast": ("Forecast", "پیش‌بینی", "Կանխատեսում", "Prévision"),
        "entered": ("entered", "وارد شده", "մտել են", "entrés"),
        "onward": ("went on", "پیش رفته", "առաջ են անցել", "ont continué"),
        "still": ("still there", "هنوز همان‌جا", "դեռ այնտեղ են", "encore là"),
        "lost_there": ("lost there", "همان‌جا از دست رفته", "կորել են այնտեղ", "perdus là"),
        "of_the_decided": ("of the decided", "از تعیین‌شده‌ها", "որոշվածներից", "des décidés"),
        "began": ("began", "آغاز", "սկսել են", "débuts"),
        "too_young": (
            "blank: too young",
            "خالی: هنوز زود است",
            "դատարկ՝ դեռ վաղ է",
            "vide : trop tôt",
        ),
        "won_so_far": ("won", "برنده شده", "շահված", "gagné"),
        "commit": ("commit", "قطعی", "հաստատ", "engagé"),
        "best_case": ("best case", "بهترین حالت", "լավագույն դեպք", "meilleur cas"),
        "pipeline": ("pipeline", "در جریان", "ընթացքում", "en cours"),
        "omitted": ("omitted", "کنار گذاشته", "չհաշված", "écarté"),
        "weighted": ("weighted", "وزنی", "կշռված", "pondéré"),
        "target": ("target", "هدف", "նպատակ", "objectif"),
        "slipped": ("slipped", "عقب‌افتاده", "ուշացած", "glissé"),
        "undated": ("undated", "بی‌تاریخ", "անժամկետ", "sans date"),
        "deals": ("deals", "معامله", "գործարք", "affaires"),
        "week_of": ("week of {}", "هفتهٔ {}", "{} շաբաթ", "sem. du {}"),
        "quarter": ("{} Q{}", "{} سه‌ماههٔ {}", "{} եռ. {}", "{} T{}"),
        "days": ("days", "روز", "օր", "jours"),
        "1 days": ("1 day", "۱ روز", "1 օր", "1 jour"),
        "h": ("h", "ساعت", "ժամ", "h"),
        "min": ("min", "دقیقه", "րոպե", "min"),
        "s": ("s", "ثانیه", "վայրկյան", "s"),
        "hours": ("hours", "ساعت", "ժամ", "heures"),
        "up_to": ("{}–{}", "{} تا {}", "{}–{}", "{}–{}"),
        "or_more": ("{} or more", "{} و بیشتر", "{} և ավելի", "{} et plus"),
        "not_known": ("(not known)", "(نامعلوم)", "(անհայտ)", "(inconnu)"),
        "more": ("more", "دیگر", "ևս", "de plus"),
        "unit_1": ("thousand", "هزار", "հազար", "milliers"),
        "unit_2": ("million", "میلیون", "միլիոն", "millions"),
        "unit_3": ("billion", "میلیارد", "միլիարդ", "milliards"),
        "unit_4": ("trillion", "هزار میلیارد", "տրիլիոն", "billions"),
        "closed_in": ("Closed", "بسته‌شده", "Փակված", "Affaires closes"),
        "all_deals": ("All deals", "همه معامله‌ها", "Բոլոր գործարքները", "Toutes les affaires"),
        # the built-in pipelines, and their stages
        "lead": ("Lead", "سرنخ", "Լիդ", "Prospect"),
        "opportunity": ("Opportunity", "فرصت", "Հնարավորություն", "Opportunité"),
        "new": ("New", "جدید", "Նոր", "Nouveau"),
        "contacted": ("Contacted", "تماس گرفته‌شده", "Կապ հաստատված", "Contacté"),
        "nurturing": ("Nurturing", "در حال پرورش", "Սնուցվող", "Entretenu"),
        "qualified": ("Qualified", "واجد شرایط", "Որակավորված", "Qualifié"),
        "converted": ("Converted", "تبدیل‌شده", "Փոխարկված", "Converti"),
        "disqualified": ("Disqualified", "رد شده", "Մերժված", "Disqualifié"),
        "meeting": ("Meeting", "جلسه", "Հանդիպում", "Rendez-vous"),
        "proposal": ("Proposal", "پیشنهاد", "Առաջարկ", "Proposition"),
        "negotiation": ("Negotiation", "مذاکره", "Բանակցություն", "Négociation"),
        "won": ("Won", "برنده", "Շահած", "Gagné"),
        "lost": ("Lost", "از دست رفته", "Կորցրած", "Perdu"),
    }
)

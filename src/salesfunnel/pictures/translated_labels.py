"""The labels of the built-in pipelines, reasons and sources, in each language."""

from __future__ import annotations

from ..values.frozen_map import FrozenMap

LABELS = FrozenMap[str, tuple[str, str, str]](
    {
        # by the English label: in Persian, Armenian and French. The pipelines, and their stages
        "Lead": ("سرنخ", "Լիդ", "Prospect"),
        "Opportunity": ("فرصت", "Հնարավորություն", "Opportunité"),
        "New": ("جدید", "Նոր", "Nouveau"),
        "Contacted": ("تماس گرفته‌شده", "Կապ հաստատված", "Contacté"),
        "Nurturing": ("در حال پرورش", "Սնուցվող", "Entretenu"),
        "Qualified": ("واجد شرایط", "Որակավորված", "Qualifié"),
        "Converted": ("تبدیل‌شده", "Փոխարկված", "Converti"),
        "Disqualified": ("رد شده", "Մերժված", "Disqualifié"),
        "Initial contact": ("تماس اولیه", "Առաջին կապ", "Premier contact"),
        "Qualification": ("ارزیابی", "Որակավորում", "Qualification"),
        "Meeting": ("جلسه", "Հանդիպում", "Rendez-vous"),
        "Proposal": ("پیشنهاد", "Առաջարկ", "Proposition"),
        "Negotiation": ("مذاکره", "Բանակցություն", "Négociation"),
        "Won": ("برنده", "Շահած", "Gagné"),
        "Lost": ("از دست رفته", "Կորցրած", "Perdu"),
        "Closed: won": ("بسته: برنده", "Փակված՝ շահած", "Clos : gagné"),
        "Closed: lost": ("بسته: از دست رفته", "Փակված՝ կորցրած", "Clos : perdu"),
        # the reasons of lost deals, and of leads that were disqualified
        "Price too high": ("قیمت بالا", "Բարձր գին", "Prix trop élevé"),
        "Lost to a competitor": ("باخت به رقیب", "Մրցակիցը շահեց", "Perdu face à un concurrent"),
        "No budget": ("نبود بودجه", "Բյուջե չկա", "Pas de budget"),
        "Features missing": (
            "کمبود قابلیت",
            "Հնարավորությունների պակաս",
            "Fonctions manquantes",
        ),
        "Not the right time": ("زمان نامناسب", "Ժամանակը չէ", "Pas le bon moment"),
        "No decision was made": (
            "تصمیمی گرفته نشد",
            "Որոշում չի կայացվել",
            "Aucune décision prise",
        ),
        "Decision maker not reached": (
            "دسترسی نداشتن به تصمیم‌گیرنده",
            "Որոշում կայացնողը չի գտնվել",
            "Décideur non joint",
        ),
        "No longer answers": ("دیگر پاسخ نمی‌دهد", "Այլևս չի պատասխանում", "Ne répond plus"),
        "Poor fit": ("نامناسب", "Չի համապատասխանում", "Inadapté"),
        "No need": ("نبود نیاز", "Կարիք չկա", "Pas de besoin"),
        "Not now": ("حالا نه", "Հիմա ոչ", "Pas maintenant"),
        "Cannot be reached": ("در دسترس نیست", "Հասանելի չէ", "Injoignable"),
        "Not interested": ("بی‌علاقه", "Հետաքրքրված չէ", "Pas intéressé"),
        "Bought from a competitor": (
            "از رقیب خریده",
            "Գնել է մրցակցից",
            "A acheté chez un concurrent",
        ),
        "Duplicate": ("تکراری", "Կրկնօրինակ", "Doublon"),
        "Junk": ("بی‌ارزش", "Աղբ", "Indésirable"),
        "Wrong data": ("داده نادرست", "Սխալ տվյալներ", "Données erronées"),
        "Other": ("دیگر", "Այլ", "Autre"),
        # the sources
        "Business card": ("کارت ویزیت", "Այցեքարտ", "Carte de visite"),
        "Exhibition": ("نمایشگاه", "Ցուցահանդես", "Salon"),
        "Phone call": ("تماس تلفنی", "Հեռախոսազանգ", "Appel téléphonique"),
        "Web": ("وب", "Կայք", "Site web"),
        "Social network": ("شبکه اجتماعی", "Սոցիալական ցանց", "Réseau social"),
        "Fax": ("فکس", "Ֆաքս", "Télécopie"),
        "SMS": ("پیامک", "ՍՄՍ", "SMS"),
        "Email": ("ایمیل", "Էլ. փոստ", "Courriel"),
        "Referral": ("معرفی", "Խորհուրդ", "Recommandation"),
        "Advertisement": ("تبلیغات", "Գովազդ", "Publicité"),
        "Bought list": ("فهرست خریداری‌شده", "Գնված ցուցակ", "Liste achetée"),
        # the groups of a rule, and of those of whom it is not known
        "Yes": ("بله", "Այո", "Oui"),
        "No": ("خیر", "Ոչ", "Non"),
        "(not known)": ("(نامعلوم)", "(անհայտ)", "(inconnu)"),
        "(begun)": ("(آغاز)", "(սկիզբ)", "(début)"),
    }
)

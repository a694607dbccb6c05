"""The headings of the tables on a page, and the names of their rows, in each language."""

from __future__ import annotations

from ..values.frozen_map import FrozenMap

HEADS = FrozenMap[str, tuple[str, str, str]](
    {
        # in Persian, Armenian and French; the headings themselves are English
        "stage": ("مرحله", "փուլ", "étape"),
        "entered": ("وارد شده", "մտել են", "entrés"),
        "of them skipped": ("از این میان پریده", "որից բաց թողած", "dont sautés"),
        "onward": ("پیش رفته", "առաջ են անցել", "ont continué"),
        "lost": ("از دست رفته", "կորած", "perdus"),
        "still": ("هنوز همان‌جا", "դեռ այնտեղ են", "encore là"),
        "of the decided": ("از تعیین‌شده‌ها", "որոշվածներից", "des décidés"),
        "from stage": ("از مرحله", "փուլից", "de l’étape"),
        "to stage": ("به مرحله", "փուլ", "à l’étape"),
        "moves": ("جابه‌جایی", "անցումներ", "passages"),
        "began in": ("آغاز در", "սկիզբ", "début"),
        "count": ("تعداد", "քանակ", "nombre"),
        "won": ("برنده شده", "շահված", "gagné"),
        "open": ("باز", "բաց", "ouvert"),
        "weighted": ("وزنی", "կշռված", "pondéré"),
        "not weighted": ("بی‌وزن", "չկշռված", "non pondéré"),
        "pipeline": ("قیف", "ձագար", "entonnoir"),
        "deals": ("معامله", "գործարք", "affaires"),
        "worth": ("ارزش", "արժեք", "valeur"),
        # a report
        "period": ("دوره", "ժամանակաշրջան", "période"),
        "created": ("ایجاد شده", "ստեղծված", "créées"),
        "won of those closed": ("برد از بسته‌شده‌ها", "շահված՝ փակվածներից", "gagnées, des closes"),
        "won of those created": (
            "برد از ایجادشده‌ها",
            "շահված՝ ստեղծվածներից",
            "gagnées, des créées",
        ),
        "of these still open": ("از این‌ها هنوز باز", "դրանցից դեռ բաց", "dont encore ouvertes"),
        "win rate": ("نرخ برد", "շահման տոկոս", "taux de gain"),
        "still open": ("هنوز باز", "դեռ բաց", "encore ouvert"),
        "closed without a value": (
            "بسته‌شده بدون مبلغ",
            "փակված՝ առանց գումարի",
            "closes sans montant",
        ),
        "days to win: median": (
            "روز تا برد: میانه",
            "օր մինչև շահելը՝ միջնարժեք",
            "jours jusqu’au gain : médiane",
        ),
        "mean": ("میانگین", "միջին", "moyenne"),
        "currency": ("ارز", "արժույթ", "devise"),
        "win rate by value": (
            "نرخ برد به ارزش",
            "շահման տոկոս ըստ արժեքի",
            "taux de gain en valeur",
        ),
        "median won": ("میانه بردها", "շահվածի միջնարժեք", "gain médian"),
        "velocity, a day": ("سرعت فروش در روز", "վաճառքի արագություն՝ օրական", "vélocité par jour"),
        "won a day": ("برد در روز", "շահված՝ օրական", "gagné par jour"),
        "lost for": ("دلیل باخت", "կորստի պատճառ", "motif de perte"),
        "lost from": ("باخت از مرحله", "կորստի փուլ", "étape de la perte"),
        "lost to": ("باخت به رقیب", "մրցակից", "perdu au profit de"),
        "days open": ("روزهای باز بودن", "քանի օր է բաց", "jours d’ouverture"),
        "in no rate": ("در هیچ نرخی نیست", "ոչ մի տոկոսում չէ", "hors des taux"),
        "(begun)": ("(آغاز)", "(սկիզբ)", "(début)"),
        "(not known)": ("(نامعلوم)", "(անհայտ)", "(inconnu)"),
        # times
        "have left": ("رفته‌اند", "դուրս են եկել", "sortis"),
        "median of those": ("میانه آن‌ها", "դրանց միջնարժեքը", "leur médiane"),
        "half of all leave": ("نیمی می‌روند تا", "կեսը դուրս է գալիս", "la moitié sort en"),
        "at least": ("دست کم", "առնվազն", "au moins"),
        "at most": ("دست بالا", "առավելագույնը", "au plus"),
        # a movement
        "opening": ("آغاز", "սկզբում", "au début"),
        "+ new": ("+ جدید", "+ նոր", "+ nouvelles"),
        "+ reopened": ("+ بازگشوده", "+ վերաբացված", "+ rouvertes"),
        "+ pulled in": ("+ پیش‌افتاده", "+ առաջ բերված", "+ avancées"),
        "+ raised": ("+ افزایش", "+ բարձրացված", "+ relevé"),
        "+ revalued": ("+ تغییر نرخ ارز", "+ վերագնահատված", "+ réévalué"),
        "- lowered": ("- کاهش", "- իջեցված", "- abaissé"),
        "- moved out": ("- عقب‌رفته", "- հետաձգված", "- reportées"),
        "- won": ("- برنده شده", "- շահված", "- gagnées"),
        "- lost": ("- از دست رفته", "- կորած", "- perdues"),
        "- in no rate": ("- در هیچ نرخی نیست", "- ոչ մի տոկոսում չէ", "- hors des taux"),
        "= closing": ("= پایان", "= վերջում", "= à la fin"),
        # slippage
        "due": ("سررسید", "ժամկետը հասած", "à échéance"),
        "pushed": ("عقب‌انداخته", "հետաձգված", "repoussées"),
        "still due": ("هنوز سررسید", "դեռ սպասվող", "encore dues"),
        "push rate": ("نرخ عقب‌انداختن", "հետաձգման տոկոս", "taux de report"),
        "pushes": ("دفعه‌های عقب‌انداختن", "հետաձգումներ", "reports"),
        "days": ("روز", "օր", "jours"),
    }
)

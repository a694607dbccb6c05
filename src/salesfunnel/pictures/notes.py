"""The sentences below the tables of a page, in each language."""

from __future__ import annotations

from ..analytics.figures import Figured
from ..analytics.proportion import Proportion
from ..errors import Problem
from ..values.frozen_map import FrozenMap
from .language import Language

NOTES = FrozenMap[str, tuple[str, str, str]](
    {
        # by the code of the English sentence: in Persian, Armenian and French
        "deals_without_lead": (
            "معامله‌هایی که به هیچ‌یک از این سرنخ‌ها تعلق ندارند: {count}",
            "գործարքներ, որոնք այս լիդերից ոչ մեկին չեն պատկանում՝ {count}",
            "affaires qui n’appartiennent à aucun de ces prospects : {count}",
        ),
        "deals_of_unconverted": (
            "معامله‌هایی که شمرده نشده‌اند، چون سرنخشان تبدیل نشده است: {count}",
            "գործարքներ, որոնք չեն հաշվվել, քանի որ դրանց լիդը փոխարկված չէ՝ {count}",
            "affaires non comptées, car leur prospect n’est pas converti : {count}",
        ),
        "won_before_opened": (
            "پیش از باز شدن برنده شده، و در هیچ شمارش روزی نیست: {count}",
            "շահված են բացվելուց առաջ և ոչ մի օրերի հաշվում չեն՝ {count}",
            "gagnées avant d’être ouvertes, et dans aucun calcul de jours : {count}",
        ),
        "report_without_days": (
            "بدون روز باز یا بسته شدن، و بیرون از دوره خود: {count}",
            "առանց բացման կամ փակման օրվա և իրենց ժամանակաշրջանում չեն՝ {count}",
            "sans jour d’ouverture ou de clôture, donc absentes de leur période : {count}",
        ),
        "entered_unknown_stage": (
            "به مرحله‌ای وارد شده‌اند که قیف ندارد: {count}{named}",
            "մտել են փուլ, որը ձագարը չունի՝ {count}{named}",
            "entrés dans une étape que l’entonnoir n’a pas : {count}{named}",
        ),
        "unknown_stage_meant": (
            "شاید منظور این باشد، که قیف دارد: {meant}",
            "գուցե նկատի ունեք սա, որ ձագարն ունի՝ {meant}",
            "peut-être vouliez-vous dire, que l’entonnoir a : {meant}",
        ),
        "lost_from_untold_stage": (
            "از مرحله‌ای نامعلوم از دست رفته، و در آغاز راهشان شمرده شده: {count}",
            "կորցրած են անհայտ փուլից և հաշված այնտեղ, որտեղ սկսվում են՝ {count}",
            "perdues depuis une étape inconnue, et comptées là où elles commencent : {count}",
        ),
        "window_without_days": (
            "در روزی نامعلوم پیش رفته یا از دست رفته، و در این بازه نامعین: {count}",
            "առաջ են անցել կամ կորել անհայտ օրը և այս ժամկետում որոշված չեն՝ {count}",
            "avancés ou perdus un jour inconnu, et indécis dans ce délai : {count}",
        ),
        "arrived_some_day": (
            "در روزی نامعلوم رسیده‌اند، پس سهم فقط میان دو کران معلوم است: {count}",
            "հասել են անհայտ օրը, ուստի բաժինը հայտնի է միայն սահմաններով՝ {count}",
            "arrivés un jour inconnu, d’où une part seulement bornée : {count}",
        ),
        "lost_some_day": (
            "در روزی نامعلوم از دست رفته، و تا امروز برنده‌نشده شمرده شده: {count}",
            "կորած են անհայտ օրը և հաշված որպես մինչ այժմ չշահված՝ {count}",
            "perdus un jour inconnu, et comptés comme non gagnés à ce jour : {count}",
        ),
        "lost_without_a_stage": (
            "بی هیچ مرحله‌ای پیش از آن از دست رفته، و در هیچ پله‌ای نیست: {count}",
            "կորցրած են՝ առանց նախորդ փուլի, և ոչ մի աստիճանում չեն՝ {count}",
            "perdues sans étape avant, et dans aucune marche : {count}",
        ),
        "amounts_without_rate": (
            "مبلغ‌هایی که به {currency} می‌مانند، چون نرخ روزشان به {into} معلوم نیست: {count}",
            "գումարներ, որ մնում են {currency}, քանի որ դրանց օրվա {into} փոխարժեքը չկա՝ {count}",
            "montants laissés en {currency}, faute de cours en {into} à leur jour : {count}",
        ),
        "chances_of_stages": (
            "با احتمال معمول مرحله خود وزن‌دار شده، چون احتمالی گفته نشده: {count}",
            "կշռված են իրենց փուլի սովորական հավանականությամբ, քանի որ այն նշված չէ՝ {count}",
            "pondérées par la chance usuelle de leur étape, faute d’une autre : {count}",
        ),
        "unknown_forecast_category": (
            "با رده پیش‌بینی ناشناخته، و شمرده شده با مرحله خود: {count}",
            "կանխատեսման անհայտ դասով, և հաշված ըստ փուլի՝ {count}",
            "avec une catégorie de prévision inconnue, et comptées selon leur étape : {count}",
        ),
        "category_without_stage": (
            "رده‌هایی برای مرحله‌هایی که هیچ معامله‌ای نمی‌تواند در آن‌ها باشد: {stages}",
            "դասեր այն փուլերի համար, որոնցում ոչ մի գործարք չի կարող լինել՝ {stages}",
            "catégories d’étapes où aucune de ces affaires ne peut être : {stages}",
        ),
        "merged_into_others": (
            "در دیگری ادغام شده، و همان‌جا شمرده شده: {count}",
            "միավորված են ուրիշների հետ և հաշվված են այնտեղ՝ {count}",
            "fusionnés dans d’autres, et comptés là : {count}",
        ),
        "time_without_days": (
            "کنار گذاشته، چون روزی معلوم نیست یا زودتر از اندازه است: {count}",
            "բաց են թողնված, քանի որ որևէ օր հայտնի չէ կամ չափազանց վաղ է՝ {count}",
            "laissés de côté, car un jour est inconnu ou trop tôt : {count}",
        ),
        "closed_before_watched": (
            "کنار گذاشته، چون پیش از {since} بسته شده: {count}",
            "բաց են թողնված, քանի որ փակվել են {since}-ից առաջ՝ {count}",
            "laissées de côté, car closes avant {since} : {count}",
        ),
        "time_without_history": (
            "بدون تاریخچه یک مرحله، و بی‌زمان در آن: {count}",
            "առանց փուլի պատմության և դրանում չչափված՝ {count}",
            "sans historique d’une étape, et non mesurés là : {count}",
        ),
        "not_in_history": (
            "زمانشان سنجیده نشده، چون هیچ سطری از تاریخچه درباره آن‌ها نیست: {count}",
            "չչափված, քանի որ պատմության ոչ մի տող դրանց մասին չէ՝ {count}",
            "non mesurées, car aucune ligne de l’historique n’en parle : {count}",
        ),
        "closed_below_zero": (
            "به کمتر از هیچ بسته شده، پس ارزشان نرخ برد به ارزش ندارد: {count}",
            "փակված են զրոյից պակաս գումարով, և դրանց արժույթն ըստ արժեքի տոկոս չունի՝ {count}",
            "closes à moins que rien, si bien que leur devise n’a pas de taux en valeur : {count}",
        ),
        "history_rows_left_out": (
            "سطرهای بدون شناسه، مرحله، زمان یا جای ترتیب، کنار گذاشته: {count}",
            "տողեր առանց նույնականացման, փուլի, պահի կամ հերթականության, բաց են թողնված՝ {count}",
            "lignes sans identité, étape, instant ou rang, laissées de côté : {count}",
        ),
        "deals_without_link": (
            (
                "هر معامله از آنِ سرنخی است که شناسه‌اش در ستون Lead ID آن باشد، و هیچ معامله‌ای "
                "آن را ندارد؛ خروجی‌های {systems} این ستون را ندارند: آن را بیفزایید، و به سرنخ‌هایی "
                "که معامله شده‌اند وضعیت converted بدهید"
            ),
            (
                "գործարքը պատկանում է այն լիդին, որի համարը Lead ID սյունակում է, և ոչ մեկը չունի "
                "այն. {systems} ծրագրերի ցուցակներն այդ սյունակը չունեն. ավելացրեք այն, և գործարք "
                "դարձած լիդերին տվեք converted կարգավիճակը"
            ),
            (
                "une affaire appartient au prospect dont l’identifiant est en colonne Lead ID, et "
                "aucune n’en a ; les exports de {systems} n’ont pas cette colonne : ajoutez-la, et "
                "donnez aux prospects devenus affaires le statut converted"
            ),
        ),
        "deals_of_other_leads": (
            "هیچ‌یک از شناسه‌های ستون Lead ID معامله‌ها از آنِ سرنخی از این فهرست نیست",
            "գործարքների Lead ID սյունակի համարներից ոչ մեկն այս ցուցակի լիդի համար չէ",
            "aucun identifiant de la colonne Lead ID n’est celui d’un prospect de cette liste",
        ),
        "currency_not_known": (
            "XXX: ارز معلوم نیست و شاید چند ارز باشد",
            "XXX՝ արժույթը հայտնի չէ, և կարող են մի քանիսը լինել",
            "XXX : la devise n’est pas connue, et il peut y en avoir plusieurs",
        ),
    }
)
SHARES = (
    "Beside each share: so many of so many, and where the true share lies, 19 times out of 20.",
    "کنار هر سهم: چند از چند، و بازه‌ای که سهم درست ۱۹ بار از ۲۰ بار در آن است.",
    "Յուրաքանչյուր բաժնի կողքին՝ քանիսից քանիսը, և որտեղ է իրական բաժինը՝ 20-ից 19 դեպքում։",
    "À côté de chaque part : combien sur combien, et où se trouve la vraie part, 19 fois sur 20.",
)
"""What a reader has to know of the shares in a table, in the order of `Language`."""


def has_shares(found: Figured) -> bool:
    """Tell whether a table of it has a share, which wants to be explained once."""
    cells = (cell for table in found.figures() for row in table.rows for cell in row)
    return any(isinstance(cell, Proportion) and cell.whole for cell in cells)


def note_said(note: object, words: Language) -> tuple[str, bool]:
    """
    Say a note in a language, and tell whether it could be, else it is in English.

    >>> note_said("all", Language.FRENCH)
    ('all', False)
    """
    place = tuple(Language).index(words) - 1
    if place < 0 or not isinstance(note, Problem) or note.code not in NOTES:
        return str(note), place < 0
    params = {
        name: words.number(value) if isinstance(value, int) else words.digits(str(value))
        for name, value in note.params.items()
    }
    return NOTES[note.code][place].format(**params), True

"""How the numbers of each country are built: what comes before them, and how long they are."""

from __future__ import annotations

import functools
import re

import attrs

from ..errors import InvalidValue, Text

_NO_COUNTRY = Text(
    "not_a_country_code", "{field} is not the code of a country", "two letters, such as IR"
)
_CODE = re.compile("[A-Za-z]{2}")
_USUAL_EXIT = "00"
_SHORTEST_NUMBER = 7


@attrs.frozen
class NumberingPlan:
    """
    How the numbers of a country are built.

    >>> iran = plan_of("IR")
    >>> iran.calling_code, iran.trunk_prefixes, sorted(iran.usual)
    ('98', ('0',), [6, 7, 10])
    """

    calling_code: str
    trunk_prefixes: tuple[str, ...]
    """What is dialled before a number within the country, and left out behind the code."""
    usual: frozenset[int]
    """How many digits the numbers of homes, firms and mobiles have, without code and prefix."""
    possible: frozenset[int]
    """How many digits any number has, those of services among them."""
    exit_prefix: str
    """What is dialled for another country; 00 is understood in any case."""

    @property
    def fewest(self) -> int:
        """
        The fewest digits of most numbers; shorter ones are a kind of their own.

        >>> plan_of("IR").fewest, plan_of("GB").fewest
        (10, 9)
        """
        fewest = max(self.usual)
        while fewest - 1 in self.usual:
            fewest -= 1
        return fewest


def country_code(text: str, field: str) -> str:
    """
    Let in the code of a country, in capital letters.

    >>> country_code("ir", "country")
    'IR'
    """
    given: object = text
    if not isinstance(given, str) or not _CODE.fullmatch(given):
        raise InvalidValue(field, _NO_COUNTRY)
    return given.upper()


def plan_of(country: str) -> NumberingPlan | None:
    """
    Find the plan of a country by its code of two letters.

    >>> plan_of("AQ") is None
    True
    """
    return _plans()[0].get(country)


def plan_behind(digits: str) -> NumberingPlan | None:
    """
    Find the plan of the country whose calling code a number begins with.

    >>> plan_behind("37410525252").calling_code
    '374'
    """
    by_code = _plans()[1]
    return by_code.get(digits[:1]) or by_code.get(digits[:2]) or by_code.get(digits[:3])


@functools.cache
def _plans() -> tuple[dict[str, NumberingPlan], dict[str, NumberingPlan]]:
    """Read the table, by country and by calling code; of several, the first has the code."""
    by_country: dict[str, NumberingPlan] = {}
    by_code: dict[str, NumberingPlan] = {}
    for line in _TABLE.strip().splitlines():
        countries, code, prefixes, usual, *more = line.split()
        rare, exit_prefix = (*more, *("-", "-")[len(more) :])
        plan = NumberingPlan(
            calling_code=code,
            trunk_prefixes=_listed(prefixes),
            usual=_lengths(usual),
            possible=_lengths(usual) | _lengths(rare),
            exit_prefix=_USUAL_EXIT if exit_prefix == "-" else exit_prefix,
        )
        by_country |= dict.fromkeys(countries.split(","), plan)
        by_code.setdefault(code, plan)
    return by_country, by_code


def _listed(cell: str) -> tuple[str, ...]:
    return () if cell == "-" else tuple(cell.split(","))


def _lengths(cell: str) -> frozenset[int]:
    found: set[int] = set()
    for part in _listed(cell):
        low, _, high = part.partition("-")
        found |= {*range(int(low), int(high or low) + 1)}
    return frozenset(found)


# Countries, calling code, trunk prefixes, usual lengths, other lengths, exit prefix if not 00.
# From the metadata of libphonenumber (Apache-2.0), which follows the plans filed with the ITU;
# 8 stands for what Lithuania dialled until 2024, and 80 for the 8 and 0 of Belarus.
_TABLE = """
US,AG,AI,AS,BB,BM,BS,DM,DO,GD,GU,JM,KN,KY,LC,MP,MS,PR,SX,TC,TT,VC,VG,VI 1 1 10 - 011
CA 1 1 10 7 011
RU,KZ 7 8 10 14 810
EG 20 0 8-10
ZA 27 0 5-9 10
GR 30 - 10 11,12
NL 31 0 9,11 5-8,10
BE 32 0 8,9
FR 33 0 9
ES 34 - 9
HU 36 06 8,9
IT 39 - 6-12
VA 39 - 6-11 12
RO 40 0 6,9
CH 41 0 9 12
AT 43 0 4-13
GB 44 0 9,10 7
GG 44 0 10 7,9
IM,JE 44 0 10
DK 45 - 8
SE 46 0 7-9 6,10,12
NO,SJ 47 - 8 5
PL 48 - 7,9 6,8,10
DE 49 0 5-15 4
PE 51 0 8,9
MX 52 - 10
CU 53 0 6-8,10
AR 54 0 10,11
BR 55 0 10,11 8,9
CL 56 - 9 10,11
CO 57 0 8,10 11
VE 58 0 10
MY 60 0 8-10
AU 61 0 9 5-8,10,12 0011
CC,CX 61 0 9 6-8,10,12 0011
ID 62 0 7-12 13-17
PH 63 0 6,8-10 11-13
NZ 64 0 8-10 5-7
SG 65 - 8 10,11
TH 66 0 8,9 10,13
JP 81 0 9,10 8,11-17 010
KR 82 0 5,6,8-10 11-14
VN 84 0 9,10 7,8
CN 86 0 7-11 12
TR 90 0 10 7,12,13
IN 91 0 10 8,9,11-13
PK 92 0 9,10 8,11,12
AF 93 0 9
LK 94 0 9
MM 95 0 6-10
IR 98 0 6,7,10 4,5
SS 211 0 9
MA,EH 212 0 9
DZ 213 0 8,9
TN 216 - 8
LY 218 0 9
GM 220 - 7
SN 221 - 9
MR 222 - 8
ML 223 - 8
GN 224 - 8,9
CI 225 - 10
BF 226 - 8
NE 227 - 8
TG 228 - 8
BJ 229 - 10 8
MU 230 - 7,8 10
LR 231 0 7-9
SL 232 0 8
GH 233 0 9 8
NG 234 0 10 11-14
TD 235 - 8
CF 236 - 8
CM 237 - 9 8
CV 238 - 7
ST 239 - 7
GQ 240 - 9
GA 241 - 7,8
CG 242 - 9
CD 243 0 7-10
AO 244 - 9
GW 245 - 9 7
IO 246 - 7
AC 247 - 5 6
SC 248 - 7
SD 249 0 9
RW 250 0 8,9
ET 251 0 9
SO 252 0 6-9
DJ 253 - 8
KE 254 0 7-9 10
TZ 255 0 9
UG 256 0 9
BI 257 - 8
MZ 258 - 8,9
ZM 260 0 9
MG 261 0 9
RE,YT 262 0 9
ZW 263 0 5-10
NA 264 0 8,9
MW 265 0 7,9
LS 266 - 8
BW 267 - 7,8 10
SZ 268 - 8 9
KM 269 - 7
SH 290 - 4,5
TA 290 - 4
ER 291 0 7
AW 297 - 7
FO 298 - 6
GL 299 - 6
GI 350 - 8
PT 351 - 9
LU 352 - 4-11
IE 353 0 7-10
IS 354 - 7,9
AL 355 0 8,9 6,7
MT 356 - 8
CY 357 - 8
FI 358 0 5-10 11,12
AX 358 0 6-10 5,11,12
BG 359 0 6-9 12
LT 370 0,8 8
LV 371 - 8
EE 372 - 7,8 10
MD 373 0 8
AM 374 0 8
BY 375 80,8 9 6-8,10,11 810
AD 376 - 6,9 8
MC 377 0 8,9
SM 378 - 8,10
UA 380 0 9 10
RS 381 0 7-12 6
ME 382 0 8 9
XK 383 0 8-12
HR 385 0 8,9 7
SI 386 0 8 5-7
BA 387 0 8,9
MK 389 0 8
CZ 420 - 9 10-12
SK 421 0 6,7,9
LI 423 0 7,9
FK 500 - 5
BZ 501 - 7 11
GT 502 - 8 11
SV 503 - 8 7,11
HN 504 - 8 11
NI 505 - 8
CR 506 - 8 10
PA 507 - 7,8 10,11
PM 508 0 6,9
HT 509 - 8
GP,BL,MF 590 0 9
BO 591 0 8 9
GY 592 - 7
EC 593 0 8,9 10,11
GF 594 0 9
PY 595 0 7-9 6,10,11
MQ 596 0 9
SR 597 - 6,7
UY 598 0 8 4-7,9-13
CW 599 - 7,8
BQ 599 - 7
TL 670 - 7,8
NF 672 - 6
BN 673 - 7
NR 674 - 7
PG 675 - 7,8
TO 676 - 5,7
SB 677 - 5,7
VU 678 - 5,7
FJ 679 - 7 11
PW 680 - 7
WF 681 - 6 9
CK 682 - 5
NU 683 - 4,7
WS 685 - 5-7,10
KI 686 0 5,8
NC 687 - 6
TV 688 - 5-7
PF 689 - 8 6,9
TK 690 - 4-7
FM 691 - 7
MH 692 1 7 - 011
KP 850 0 8,10
HK 852 - 8 5-7,9,11
MO 853 - 8 7
KH 855 0 8,9 10
LA 856 0 8-10
BD 880 0 6-10
TW 886 0 8,9 7,10,11
MV 960 - 7 10
LB 961 0 7,8
JO 962 0 8,9
SY 963 0 8,9
IQ 964 0 8-10
KW 965 - 8 7
SA 966 0 9 10
YE 967 0 7-9
OM 968 - 8 7,9
PS 970 0 8,9 10
AE 971 0 8,9 5-7,10-12
IL 972 0 8,9,11,12 7,10
BH 973 - 8
QA 974 - 8 7,9,11
BT 975 - 7,8
MN 976 0 8-10
NP 977 0 8,10 11
TJ 992 - 9 - 810
TM 993 8 8 - 810
AZ 994 0 9
GE 995 0 9
KG 996 0 9 10
UZ 998 - 9
"""


def national_number(key: str) -> str:
    """
    Return the key of a number as it is dialled within its country, as many leave that out.

    What is too short to be anybody's alone is nothing.

    >>> national_number("+989121234567"), national_number("09121234567"), national_number("110")
    ('9121234567', '9121234567', '')
    """
    digits = key.removeprefix("+")
    plan = plan_behind(digits) if key.startswith("+") else None
    number = digits.removeprefix(plan.calling_code if plan else "").lstrip("0")
    return number if len(digits) >= _SHORTEST_NUMBER else ""

"""Figures, durations and dates as a text states them: "1,5 million", "$100bn", "50:50", "30-day", "by the end of 2015".

Read from the folded text (see text.fold) by patterns for English; bare digits are read in any language.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from proposals.alignment.dates import CLOCK, find_dates
from proposals.alignment.lexicon import STOP_WORDS
from proposals.alignment.numbers import DIGITS, ONES, SCALE, SCALES, SPELT, any_of, plain, value_of, without_repeats
from proposals.alignment.text import fold, stem

MOST = 1e18  # beyond it there is nothing that peace texts count
HOURS = {"hour": 1.0, "day": 24.0, "week": 168.0, "month": 730.0, "year": 8760.0}
_FULL = {"yr": "year", "hr": "hour"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Figure:
    """A number in a text. `unit` is usd, eur, gbp, percent, persons, km, sq_km, miles, m or "".

    `nouns` are the stems of the words that follow it.
    `value` is None where the text refuses a limit (`comparator` unlimited) or means every one (`comparator` all).
    """

    value: float | None
    value_max: float | None = None
    unit: str = ""
    comparator: str = "exactly"
    nouns: tuple[str, ...] = ()
    text: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Span:
    """A length of time or a deadline. `hours` is None where it has no figure; `comparator` then names it."""

    hours: float | None
    comparator: str = "exactly"
    text: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Stated:
    """All figures, spans and dates of one text, in the order met. A date is (ISO as exact as stated, its words)."""

    figures: tuple[Figure, ...]
    spans: tuple[Span, ...]
    dates: tuple[tuple[str, str], ...]


_ORDINALS = {
    word: float(n)
    for n, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth"
        " fifteenth sixteenth seventeenth eighteenth nineteenth twentieth".split(),
        1,
    )
} | {"thirtieth": 30.0, "fortieth": 40.0, "fiftieth": 50.0, "sixtieth": 60.0, "hundredth": 100.0}
_SHARES = {
    "half": 50.0,
    "one half": 50.0,
    "a half": 50.0,
    "a quarter": 25.0,
    "one quarter": 25.0,
    "three quarters": 75.0,
}
_SHARES |= {"a third": 33.3333, "one third": 33.3333, "two thirds": 66.6667, "2/3": 66.6667, "1/3": 33.3333}
_SHARES |= {"fifty fifty": 50.0, "equally": 50.0, "evenly": 50.0}
_MONEY = {"$": "usd", "us$": "usd", "€": "eur", "£": "gbp", "dollar": "usd", "usd": "usd", "euro": "eur", "eur": "eur"}
_UNITS = {"km": "km", "kilometre": "km", "kilometer": "km", "mile": "miles", "metre": "m", "meter": "m"}
_UNITS |= dict.fromkeys("troop soldier personnel person people servicemen military strong combatant".split(), "persons")
_UNCOUNTED = frozenset("side party parties country countries state region point option".split())


_BEFORE = r"(?<![a-z0-9à-öø-ɏѐ-ӿа-я.,:-])"  # no letter or digit of a script that sets spaces between words
_NUMBER = re.compile(
    rf"(?:\b(?P<code>usd|eur|gbp) )?(?P<money>us\$|[$€£])? ?"
    rf"(?:(?P<digits>{_BEFORE}(?:{DIGITS}))|(?<![\w-])(?P<spelt>{SPELT})(?![a-z]))"
    rf"(?: ?(?:to|and|or|-) ?(?P<upper>{DIGITS}|{SPELT})(?={SCALE}|\W|$))?(?P<scales>{SCALE}{{0,4}})"
)
_WORDS_AFTER = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
_RATIO = re.compile(r"(?<![\w:,.])(\d{1,2}) ?[:/-] ?(\d{1,2})(?![\w:]|[.,]\d)")
_SHARE = re.compile(rf"(?<![\w-])({any_of(_SHARES).replace(' ', '[ -]')})(?![\w-])(?: of\b)?")
_DIVIDED = re.compile(r"\b(?:split|shared?|divided?|distributed|halves)\b")
_NUMBERING = re.compile(r"^\(?[0-9]{1,3}(?:\.[0-9]{1,3})*[.)](?= )|§+ ?[0-9]{1,9}")
_YEAR_OF_A_NAME = re.compile(r"(?<=\bthe )(?:19|20)\d{2}(?= [a-z])")
_LABEL = re.compile(
    r"\b(?:art|arts|paras?|articles?|points?|clauses?|sections?|chapters?|resolutions?|annex(?:es)?|paragraphs?"
    r"|options?|items?|no|number|phases?|protocols?|age|aged|past|last)\.? (?:no\. )?"
    r"(?:\d{1,9}(?:\(\d{1,9}\))?(?:, | and | or |, and )){0,4}(?:\d{1,9} ?\()?$"
)
_NO_NUMBER = re.compile(r"(?:st|nd|rd|th)\b|-points?\b|\(\d+\)|/\d")
_UNLIMITED = re.compile(
    r"\b(?:unlimited|without (?:any )?limits?|no (?:numerical )?(?:limits?|restrictions?|ceilings?|caps?)"
    r"|(?:nothing|not) (?:limits?|restricts?|limited|restricted|capped)|not be (?:limited|restricted|capped))\b"
)
_ALL_OF = re.compile(r"\ball (?:the |of the |remaining |other )*([^\W\d_]+(?: [^\W\d_]+)?)")
_TIME_UNIT = re.compile(r"[ -]?(?:(?:calendar|consecutive|working|full) )?(?P<unit>hour|day|week|month|year|yr|hr)s?\b")
_HALF_TIME = re.compile(r"\bhalf an? (?P<unit>hour|day|week|month|year)\b")
_ORDINAL = re.compile(rf"\b(?:(twenty|thirty|forty)-)?({any_of(_ORDINALS)}) (hour|day|week|month|year)\b")
_VAGUE = (
    ("immediate", re.compile(r"\b(?:immediate(?:ly)?|at once|right after|without delay|the same minute)\b")),
    ("as_soon_as_possible", re.compile(r"\bas (?:soon|early|quickly) as possible\b")),
    ("gradual", re.compile(r"\b(?:gradual(?:ly)?|step by step|stage by stage)\b")),
    ("phase", re.compile(r"\b(?:first|second|third|fourth|fifth|last|final) (?:phase|stage)\b")),
)
_COMPARATORS = tuple(
    (code, re.compile(rf"(?:{words})(?: the| a| an)? ?$"))
    for code, words in (
        (
            "at_most",
            r"at most|up to|no more than|not more than|no longer than|not exceed(?:ing)?|exceed|limited to|limit of"
            r"|capped at|cap of|maximum(?: of)?|ceiling of|no(?:t)? later than|within|by|until|under|below",
        ),
        ("at_least", r"at least|no(?:t)? (?:fewer|less) than|minimum(?: of)?"),
        ("about", r"about|around|some|roughly|approximately|nearly|almost"),
        ("more_than", r"more than|above"),
    )
)


@lru_cache(maxsize=32_768)
def stated(text: str) -> Stated:
    """The figures, spans and dates of a text."""
    folded = without_repeats(fold(plain(text)))
    dates, spans, figures = [], [], []
    for start, end, iso, words in find_dates(folded):
        dates.append((iso, words))
        folded = _blank(folded, start, end)
    for pattern in (_NUMBERING, CLOCK, _YEAR_OF_A_NAME):
        for hit in pattern.finditer(folded):
            folded = _blank(folded, *hit.span())
    for hit in _HALF_TIME.finditer(folded):
        spans.append((hit.start(), Span(hours=HOURS[hit["unit"]] / 2, text=hit.group())))
        folded = _blank(folded, *hit.span())
    for hit in _ORDINAL.finditer(folded):
        tens = ONES.get(hit[1], 0.0) if hit[1] else 0.0
        hours = (tens + _ORDINALS[hit[2]]) * HOURS[hit[3]]
        spans.append((hit.start(), Span(hours=hours, comparator=_comparator(folded, hit.start()), text=hit.group())))
        folded = _blank(folded, *hit.span())
    for code, pattern in _VAGUE:
        for hit in pattern.finditer(folded):
            spans.append((hit.start(), Span(hours=None, comparator=code, text=hit.group())))
    for hit in _RATIO.finditer(folded):
        first, second = float(hit[1]), float(hit[2])
        if first + second == 100:
            figures.append((hit.start(), Figure(value=max(first, second), unit="percent", text=hit.group())))
            folded = _blank(folded, *hit.span())
    for hit in _SHARE.finditer(folded):
        name = hit[1].replace("-", " ")
        if name in ("equally", "evenly") and not _DIVIDED.search(folded):
            continue
        if re.match(rf"(?: an?)? (?:{any_of(SCALES)})\b", folded[hit.end() : hit.end() + 20]):
            continue  # half a million
        if name == "a third" and not hit.group().endswith("of"):
            continue  # a third state
        figures.append((hit.start(), Figure(value=_SHARES[name], unit="percent", text=hit.group())))
        folded = _blank(folded, *hit.span())
    for hit in _UNLIMITED.finditer(folded):
        figures.append((hit.start(), Figure(value=None, comparator="unlimited", text=hit.group())))
    for hit in _ALL_OF.finditer(folded):
        nouns = tuple(stem(word) for word in hit[1].split() if word not in STOP_WORDS)
        if not nouns or hit[1].split()[0] in STOP_WORDS:
            continue
        figures.append((hit.start(), Figure(value=None, comparator="all", nouns=nouns, text=f"all {hit[1]}")))
    for hit in _NUMBER.finditer(folded):
        _read_number(folded, hit, figures, spans)
    return Stated(
        figures=tuple(figure for _, figure in sorted(figures, key=lambda found: found[0])),
        spans=tuple(span for _, span in sorted(spans, key=lambda found: found[0])),
        dates=tuple(dates),
    )


def _read_number(
    folded: str, hit: re.Match[str], figures: list[tuple[int, Figure]], spans: list[tuple[int, Span]]
) -> None:
    start = hit.start("digits") if hit["digits"] else hit.start("spelt")
    after = folded[hit.end() : hit.end() + 60]
    if _LABEL.search(folded[max(0, start - 30) : start]) or _NO_NUMBER.match(after):
        return
    value, upper = value_of(hit["digits"] or hit["spelt"]), value_of(hit["upper"]) if hit["upper"] else None
    money = hit["money"] or hit["code"]
    metres = not money and hit["scales"] == " m"  # 300 m are no millions
    for scale in re.findall(r"[^\W\d_]+", "" if metres else hit["scales"]):
        value *= SCALES[scale]
        upper = upper * SCALES[scale] if upper is not None else None
    if max(value, upper or 0.0) > MOST:
        return
    comparator = "between" if upper is not None else _comparator(folded, hit.start())
    time = _TIME_UNIT.match(after)
    if time:
        hours = (upper or value) * HOURS[_FULL.get(time["unit"], time["unit"])]
        text = folded[hit.start() : hit.end() + time.end()].strip()
        spans.append((hit.start(), Span(hours=hours, comparator=comparator, text=text)))
        return
    nouns: list[str] = _WORDS_AFTER.findall(re.split(r"[.,;:()]", after)[0])[:3]
    unit, counted = ("m", "") if metres else _unit(money, after, nouns)
    if hit["spelt"] and not hit["scales"] and (value < 3 or (not unit and (not nouns or nouns[0] in _UNCOUNTED))):
        return
    text = (folded[hit.start() : hit.end()] + (" " + counted if counted else "")).strip()
    stems = tuple(stem(noun) for noun in nouns if noun not in STOP_WORDS)
    figures.append(
        (hit.start(), Figure(value=value, value_max=upper, unit=unit, comparator=comparator, nouns=stems, text=text))
    )


def _unit(money: str | None, after: str, nouns: list[str]) -> tuple[str, str]:
    """The unit of a number, with the words that say so."""
    if money:
        return _MONEY[money], ""
    if re.match(r" ?(?:%|per ?cent\b)", after):
        return "percent", "per cent"
    if re.match(r" ?(?:sq(?:uare)? ?k)", after):
        return "sq_km", "square kilometres"
    for noun in nouns:
        plain = noun[:-1] if noun.endswith("s") else noun
        for word in (noun, plain):
            if word in _MONEY or word in _UNITS:
                return _MONEY.get(word) or _UNITS[word], noun
    return "", ""


def _comparator(folded: str, start: int) -> str:
    before = folded[max(0, start - 30) : start]
    return next((code for code, pattern in _COMPARATORS if pattern.search(before)), "exactly")


def _blank(folded: str, start: int, end: int) -> str:
    """The text with a stretch made invisible to later patterns, all other positions kept."""
    return folded[:start] + "\x00" * (end - start) + folded[end:]

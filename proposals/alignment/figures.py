"""Figures, durations and dates as a text states them: "1,5 million", "$100bn", "50:50", "30-day", "by the end of 2015".

Read from the folded text (see text.fold) by patterns for English; bare digits are read in any language.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from proposals.alignment.text import fold, stem

HOURS = {"hour": 1.0, "day": 24.0, "week": 168.0, "month": 730.0, "year": 8760.0}


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


_NUMBERS = {
    word: float(n)
    for n, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
        " seventeen eighteen nineteen".split()
    )
} | {word: 20.0 + 10 * n for n, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split())}
_ORDINALS = {
    word: float(n)
    for n, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth"
        " fifteenth sixteenth seventeenth eighteenth nineteenth twentieth".split(),
        1,
    )
} | {"thirtieth": 30.0, "fortieth": 40.0, "fiftieth": 50.0, "sixtieth": 60.0, "hundredth": 100.0}
_SCALES = {"hundred": 1e2, "thousand": 1e3, "k": 1e3, "million": 1e6, "m": 1e6, "mn": 1e6, "billion": 1e9, "bn": 1e9}
_SCALES |= {"trillion": 1e12, "тыс": 1e3, "тысяч": 1e3, "млн": 1e6, "млрд": 1e9}
_SHARES = {"half": 50.0, "a quarter": 25.0, "one quarter": 25.0, "three quarters": 75.0, "a third": 33.3333}
_SHARES |= {"one third": 33.3333, "two thirds": 66.6667, "equally": 50.0, "evenly": 50.0}
_MONEY = {"$": "usd", "us$": "usd", "€": "eur", "£": "gbp", "dollar": "usd", "usd": "usd", "euro": "eur", "eur": "eur"}
_UNITS = {"km": "km", "kilometre": "km", "kilometer": "km", "mile": "miles", "metre": "m", "meter": "m"}
_UNITS |= dict.fromkeys("troop soldier personnel person people servicemen military strong combatant".split(), "persons")
_MONTHS = {
    word: n
    for n, word in enumerate(
        "january february march april may june july august september october november december".split(), 1
    )
}
_UNCOUNTED = frozenset("side party parties country countries state region point option".split())


def _any(words: dict[str, float] | dict[str, int]) -> str:
    return "|".join(sorted(words, key=lambda word: (-len(word), word)))


_DIGITS = r"\d{1,3}(?:[ ,.']\d{3})+(?!\d)|\d+(?:[.,]\d+)?"
_SPELT = rf"(?:{_any(_NUMBERS)})(?:-(?:{_any(_NUMBERS)}))?"
_NUMBER = re.compile(
    rf"(?P<money>us\$|[$€£])? ?(?:(?P<digits>(?<![\w.,:-])(?:{_DIGITS}))|(?<![\w-])(?P<spelt>{_SPELT})\b)"
    rf"(?: ?(?:to|and|or|-) ?(?P<upper>{_DIGITS}|{_SPELT})(?![\w]))?"
    rf"(?P<scales>(?:[ -]?(?:{_any(_SCALES)})\b)*)"
)
_WORDS_AFTER = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
_RATIO = re.compile(r"(?<![\w:,.])(\d{1,2}) ?[:/-] ?(\d{1,2})(?![\w:]|[.,]\d)")
_SHARE = re.compile(rf"(?<![\w-])({_any(_SHARES)})(?![\w-])(?: of\b)?")
_LABEL = re.compile(
    r"\b(?:article|articles|point|points|clause|section|chapter|resolution|annex|paragraph|option|item|no|number|phase"
    r"|protocol|age|aged|past|last) $"
)
_UNLIMITED = re.compile(
    r"\b(?:unlimited|without (?:any )?limits?|no (?:numerical )?(?:limits?|restrictions?|ceilings?|caps?)"
    r"|(?:nothing|not) (?:limits?|restricts?|limited|restricted|capped)|not be (?:limited|restricted|capped))\b"
)
_ALL_OF = re.compile(r"\ball (?:the |of the |remaining |other )*([^\W\d_]+(?: [^\W\d_]+)?)")
_TIME_UNIT = re.compile(r"[ -]?(hour|day|week|month|year)s?\b")
_ORDINAL = re.compile(rf"\b(?:(twenty|thirty|forty)-)?({_any(_ORDINALS)}) (hour|day|week|month|year)\b")
_DATE = re.compile(
    rf"\b(?:(?P<iso>\d{{4}}-\d{{2}}-\d{{2}})|(?:(?P<day>\d{{1,2}}) )?(?P<month>{_any(_MONTHS)})"
    r"(?: (?P<day2>\d{1,2}),)? (?P<year>(?:19|20)\d{2})"
    r"|(?:(?<=in )|(?<=since )|(?<=by )|(?<=of )|(?<=before )|(?<=until )|(?<=after ))(?P<only>(?:19|20)\d{2}))\b"
)
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
    folded = fold(text)
    dates, spans, figures = [], [], []
    for hit in _DATE.finditer(folded):
        dates.append((_iso(hit), hit.group().strip()))
        folded = _blank(folded, hit)
    for hit in _ORDINAL.finditer(folded):
        tens = _NUMBERS.get(hit[1], 0.0) if hit[1] else 0.0
        hours = (tens + _ORDINALS[hit[2]]) * HOURS[hit[3]]
        spans.append((hit.start(), Span(hours=hours, comparator=_comparator(folded, hit.start()), text=hit.group())))
        folded = _blank(folded, hit)
    for code, pattern in _VAGUE:
        for hit in pattern.finditer(folded):
            spans.append((hit.start(), Span(hours=None, comparator=code, text=hit.group())))
    for hit in _RATIO.finditer(folded):
        first, second = float(hit[1]), float(hit[2])
        if first + second == 100:
            figures.append((hit.start(), Figure(value=max(first, second), unit="percent", text=hit.group())))
            folded = _blank(folded, hit)
    for hit in _SHARE.finditer(folded):
        figures.append((hit.start(), Figure(value=_SHARES[hit[1]], unit="percent", text=hit.group())))
        folded = _blank(folded, hit)
    for hit in _UNLIMITED.finditer(folded):
        figures.append((hit.start(), Figure(value=None, comparator="unlimited", text=hit.group())))
    for hit in _ALL_OF.finditer(folded):
        nouns = tuple(stem(word) for word in hit[1].split())
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
    if _LABEL.search(folded[max(0, start - 14) : start]):
        return
    value, upper = _value(hit["digits"] or hit["spelt"]), _value(hit["upper"]) if hit["upper"] else None
    for scale in re.findall(r"[^\W\d_]+", hit["scales"]):
        value *= _SCALES[scale]
        upper = upper * _SCALES[scale] if upper is not None else None
    comparator = "between" if upper is not None else _comparator(folded, start)
    after = folded[hit.end() : hit.end() + 60]
    time = _TIME_UNIT.match(after)
    if time:
        hours = (upper or value) * HOURS[time[1]]
        text = folded[hit.start() : hit.end() + time.end()].strip()
        spans.append((hit.start(), Span(hours=hours, comparator=comparator, text=text)))
        return
    nouns: list[str] = _WORDS_AFTER.findall(re.split(r"[.,;:()]", after)[0])[:3]
    unit, counted = _unit(hit["money"], after, nouns)
    if hit["spelt"] and not hit["scales"] and (value < 3 or (not unit and (not nouns or nouns[0] in _UNCOUNTED))):
        return
    text = (folded[hit.start() : hit.end()] + (" " + counted if counted else "")).strip()
    stems = tuple(stem(noun) for noun in nouns)
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


def _value(written: str) -> float:
    if written[0].isdigit():
        if re.fullmatch(r"\d{1,3}(?:[ ,.']\d{3})+", written):
            return float(re.sub(r"[ ,.']", "", written))
        return float(written.replace(",", "."))
    return sum(_NUMBERS[word] for word in written.split("-"))


def _comparator(folded: str, start: int) -> str:
    before = folded[max(0, start - 30) : start]
    return next((code for code, pattern in _COMPARATORS if pattern.search(before)), "exactly")


def _iso(hit: re.Match[str]) -> str:
    if hit["iso"]:
        return hit["iso"]
    if hit["only"]:
        return hit["only"]
    day = hit["day"] or hit["day2"]
    return f"{hit['year']}-{_MONTHS[hit['month']]:02d}" + (f"-{int(day):02d}" if day else "")


def _blank(folded: str, hit: re.Match[str]) -> str:
    """The text with a match made invisible to later patterns, all other positions kept."""
    return folded[: hit.start()] + "\x00" * (hit.end() - hit.start()) + folded[hit.end() :]

"""Dates as a text states them: "1 March 2031", "March 1st, 2031", "01.03.2031", "by the end of 2015", "by 1 March"."""

import re
from datetime import date

_MONTHS = {
    word: n
    for n, word in enumerate(
        "january february march april may june july august september october november december".split(), 1
    )
}
_MONTH = rf"(?P<month>{'|'.join(sorted(_MONTHS, key=len, reverse=True))})"
_DAY = r"(?P<{0}>[0-3]?\d)(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)\d{2})"
_WHEN = "(?:" + "|".join(rf"(?<=\b{word} )" for word in "by on to from till until before after since".split()) + ")"
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        r"\b(?P<year>\d{4})-(?P<number>\d{2})-(?P<day>\d{2})\b",
        rf"\b(?P<day>[0-3]?\d)[./](?P<number>[0-3]?\d)[./]{_YEAR}\b",
        rf"(?:\b[0-3]?\d (?:to|and|-) )?\b{_DAY.format('day')} (?:of )?{_MONTH},? {_YEAR}\b",
        rf"\b{_MONTH} {_DAY.format('day')},? {_YEAR}\b",
        rf"\b{_MONTH} {_YEAR}\b",
        # Without a year only after a word that says when: "the 15 may leave" is none.
        rf"{_WHEN}(?:the )?{_DAY.format('day')} (?:of )?{_MONTH}\b",
        rf"{_WHEN}{_MONTH} {_DAY.format('day')}\b",
        r"(?:(?<=\bbetween )|(?<=\bfrom ))(?P<year>(?:19|20)\d{2}) (?:and|to) (?P<until>(?:19|20)\d{2})\b",
        rf"(?:(?<=\bin )|(?<=\bsince )|(?<=\bby )|(?<=\bof )|(?<=\bbefore )|(?<=\buntil )|(?<=\bafter )){_YEAR}\b",
    )
)
CLOCK = re.compile(r"\b[0-2]?\d:[0-5]\d\b|\b24/7\b")


def find_dates(folded: str) -> list[tuple[int, int, str, str]]:
    """The dates of a folded text: where each begins and ends, as exact as stated, and its words.

    As ISO 8601 writes it: 2031-03-01, 2031-03, 2031, and --03-01 for a day of any year.
    """
    found: list[tuple[int, int, str, str]] = []
    for pattern in _PATTERNS:
        met = [
            (*hit.span(), iso, hit.group().strip())
            for hit in pattern.finditer(folded)
            for iso in _isos(hit.groupdict())
        ]
        for start, end, _, _ in met:
            folded = folded[:start] + "\x00" * (end - start) + folded[end:]
        found += met
    return sorted(found)


def same_date(one: str, two: str) -> bool:
    """Whether two dates can be one: a day of any year is that day of a named one."""
    short, long = sorted((one, two), key=len)
    return one == two or (short.startswith("--") and len(long) == len("2031-03-01") and long.endswith(short[1:]))


def _exists(year: int, month: int, day: int) -> bool:
    try:
        return bool(date(year, month, day))
    except ValueError:
        return False


def _isos(parts: dict[str, str | None]) -> list[str]:
    month = int(parts.get("number") or 0) or _MONTHS.get(parts.get("month") or "", 0)
    day = int(parts.get("day") or 0)
    if month > 12:
        day, month = month, day  # 12/31/2031
    year = parts.get("year") or "-"
    if day and not _exists(int(year) if year != "-" else 2000, month, day):
        return []
    dates = [year + (f"-{month:02d}" if month else "") + (f"-{day:02d}" if day else "")]
    return [*dates, *([until] if (until := parts.get("until")) else [])]

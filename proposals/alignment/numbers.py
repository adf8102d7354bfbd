"""Numbers in English words and in digits of any habit: "1,5 million", "1 500 000", "one and a half million", "600k"."""

import re

ONES = {
    word: float(n)
    for n, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
        " seventeen eighteen nineteen".split()
    )
} | {word: 20.0 + 10 * n for n, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split())}
SCALES = {"hundred": 1e2, "thousand": 1e3, "k": 1e3, "million": 1e6, "m": 1e6, "mn": 1e6, "mln": 1e6}
SCALES |= {"billion": 1e9, "bn": 1e9, "bln": 1e9, "b": 1e9, "trillion": 1e12}
SCALES |= {"тыс": 1e3, "тысяч": 1e3, "млн": 1e6, "млрд": 1e9}
_FRACTIONS = {"½": 0.5, "¼": 0.25, "¾": 0.75, "⅓": 0.3333, "⅔": 0.6667}


def any_of(words: dict[str, float] | dict[str, int]) -> str:
    """A pattern for any of these words, the longest first."""
    return "|".join(sorted(words, key=lambda word: (-len(word), word)))


# Repeats are bounded everywhere, so that no text takes longer than its length deserves.
_GROUPED = r"\d{1,3}(?:(?:,\d{3}){1,8}\.\d{1,2}|(?:\.\d{3}){1,8},\d{1,2}|(?: \d{3}){1,8}[.,]\d{1,2})(?!\d)"
DIGITS = rf"{_GROUPED}|\d{{1,3}}(?:[ ,.']\d{{3}}){{1,8}}(?!\d)|\d{{1,24}}(?:[.,]\d{{1,24}})?(?!\d)"
_ONE = rf"(?:{any_of(ONES)})"
_BIG = r"(?:dozen|hundred|thousand|million|billion|trillion)"
_MORE = rf"(?:(?: and |[ -])(?:{_ONE}|{_BIG})\b){{0,8}}"
SPELT = rf"(?:(?:half an?|an?|{_ONE}(?: and a half)?) {_BIG}|{_ONE}(?: and a half)?){_MORE}"
SCALE = rf"(?:[ -]?(?:{any_of(SCALES)})\b)"
_WRITTEN_TWICE = re.compile(rf"\b(?P<first>{DIGITS}|{SPELT}) ?\((?P<second>{DIGITS}|{SPELT})\)")
_VULGAR = re.compile(rf"(?:(?<!\d)(\d{{1,9}}) ?)?([{''.join(_FRACTIONS)}])")


def plain(text: str) -> str:
    """A text with its ready-made fractions written as decimals: "1½" as "1.5"."""
    return _VULGAR.sub(lambda hit: f"{float(hit[1] or 0) + _FRACTIONS[hit[2]]:g}", text)


def without_repeats(folded: str) -> str:
    """A folded text in which "100 (one hundred)" says it once."""

    def once(hit: re.Match[str]) -> str:
        return hit["first"] if value_of(hit["first"]) == value_of(hit["second"]) else hit[0]

    return _WRITTEN_TWICE.sub(once, folded)


def value_of(written: str) -> float:
    """The value of what DIGITS or SPELT match, without scales after digits; infinite where it is beyond all measure."""
    if re.fullmatch(_GROUPED, written):
        whole, decimals = re.sub(r"[ ,.]", "", written), len(re.split(r"[.,]", written)[-1])
        return float(f"{whole[:-decimals]}.{whole[-decimals:]}")
    if written[0].isdigit():
        if re.fullmatch(r"\d{1,3}(?:[ ,.']\d{3})+", written):
            return float(re.sub(r"[ ,.']", "", written))
        return float(written.replace(",", "."))
    total = current = 0.0
    words = written.replace("-", " ").replace("and a half", "half").split()
    for word in words:
        if word == "half":
            current += 0.5
        elif word in ONES:
            current += ONES[word]
        elif word in ("dozen", "hundred"):
            current = (current or 1.0) * (12 if word == "dozen" else 100)
        elif word in SCALES:
            total += (current or 1.0) * SCALES[word]
            current = 0.0
    return total + current

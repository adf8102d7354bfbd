"""What a number of a list counts: digits of any script, letters, Roman and Chinese numerals."""

import re
from functools import lru_cache

_LATIN = "abcdefghijklmnopqrstuvwxyz"
_CYRILLIC = "абвгґдеєёжзиіїйклмнопрстуфхцчшщъыьэюя"
# Cyrillic letters stand for Roman numerals where a keyboard has no Latin ones.
_LOOKALIKES = str.maketrans("ІХМСіхмс", "IXMCixmc")
_ROMAN = re.compile(r"(?=[ivxlc])(c{0,3})(xc|xl|l?x{0,3})(ix|iv|v?i{0,3})")
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_CHINESE = {sign: value for value, sign in enumerate("〇一二三四五六七八九")} | {"零": 0}
_WORDS = {
    word: value
    for value, words in enumerate(
        (
            "one first premier première erster",
            "two second deuxième zweiter",
            "three third troisième",
            "four fourth",
            "five fifth",
            "six sixth",
            "seven seventh",
            "eight eighth",
            "nine ninth",
            "ten tenth",
        ),
        1,
    )
    for word in words.split()
}
SPELT = "|".join(sorted(_WORDS, key=len, reverse=True))


@lru_cache(maxsize=4096)
def readings(number: str) -> tuple[tuple[str, int], ...]:
    """The ways to read one number of a list: what kind of number it is and what it counts; none for what is no number.

    "i" is the first Roman numeral and the ninth letter. A letter after digits counts in hundredths: 10a is 1001.
    """
    if digits := re.fullmatch(r"(\d{1,4})(?:er|º|°)?(?:[-–]\d{1,4})?([a-zа-я]?)(?: \(.{1,20}\))?", number):
        return (("digit", int(digits[1]) * 100 + _letter(digits[2])),)
    folded = number.lower()
    if folded in _WORDS:
        return (("digit", _WORDS[folded] * 100),)
    if number[0] in _CHINESE or number[0] in "十百":
        return (("chinese", _chinese(number) * 100),)
    case = "upper" if number.isupper() else "lower"
    found = []
    if (roman := _roman(folded.translate(_LOOKALIKES))) is not None:
        found.append((f"{case}-roman", roman * 100))
    if len(number) == 1 and (place := _letter(folded)):
        found.append((f"{case}-{'latin' if folded in _LATIN else 'cyrillic'}", place * 100))
    return tuple(found)


def _letter(letter: str) -> int:
    if not letter:
        return 0
    return _LATIN.find(letter) + 1 or _CYRILLIC.find(letter) + 1


def _roman(number: str) -> int | None:
    if not _ROMAN.fullmatch(number):
        return None
    values = [_ROMAN_VALUES[sign] for sign in number]
    return sum(-one if one < after else one for one, after in zip(values, [*values[1:], 0], strict=True))


def _chinese(number: str) -> int:
    if all(sign in _CHINESE for sign in number):
        return int("".join(str(_CHINESE[sign]) for sign in number))
    total, one = 0, None
    for sign in number:
        if sign in "十百":
            total += (1 if one is None else one) * (10 if sign == "十" else 100)
            one = None
        else:
            one = _CHINESE.get(sign, 0)
    return total + (one or 0)

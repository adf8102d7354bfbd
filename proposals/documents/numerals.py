"""The numbers of lists, which documents count by themselves, as they are printed."""

from collections.abc import Callable

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_LATIN = "abcdefghijklmnopqrstuvwxyz"
# Without the letters that Word leaves out when it counts.
_RUSSIAN = "абвгдежзиклмнопрстуфхцчшщэюя"


def roman(number: int) -> str:
    """Small Roman numerals; beyond 3999, and for none, plain digits."""
    if not 0 < number < 4000:
        return str(number)
    found = ""
    for value, sign in _ROMAN:
        found += sign * (number // value)
        number %= value
    return found


def lettered(number: int, alphabet: str = _LATIN) -> str:
    """a to z, then aa, bb … as word processors count; digits for what has no letter."""
    if not 0 < number <= 20 * len(alphabet):
        return str(number)
    times, place = divmod(number - 1, len(alphabet))
    return alphabet[place] * (times + 1)


def spreadsheet_lettered(number: int) -> str:
    """a to z, then aa, ab … as browsers count."""
    found = ""
    while number > 0:
        number, place = divmod(number - 1, 26)
        found = _LATIN[place] + found
    return found or str(number)


def ordinal(number: int) -> str:
    ending = "th" if 10 < number % 100 < 14 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


# By the names of WordprocessingML; what is not here is counted in digits.
WORD_FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda number: f"{number:02}",
    "lowerLetter": lettered,
    "upperLetter": lambda number: lettered(number).upper(),
    "lowerRoman": roman,
    "upperRoman": lambda number: roman(number).upper(),
    "russianLower": lambda number: lettered(number, _RUSSIAN),
    "russianUpper": lambda number: lettered(number, _RUSSIAN).upper(),
    "ordinal": ordinal,
    "none": lambda _number: "",
}
# By the `type` of an ordered list in HTML.
HTML_FORMATS: dict[str, Callable[[int], str]] = {
    "1": lambda number: f"{number}.",
    "a": lambda number: f"{spreadsheet_lettered(number)})",
    "A": lambda number: f"{spreadsheet_lettered(number).upper()})",
    "i": lambda number: f"({roman(number)})",
    "I": lambda number: f"{roman(number).upper()}.",
}

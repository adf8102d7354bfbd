"""Numbers that run on inside a line: "1. The war ends. 2. The harbour opens. 3. …", as texts are pasted."""

import re

_FEWEST = 3
_NUMBER = re.compile(
    r"(?:(?<=[.;:!?…»”\"）。；：][ \t\n\xa0])|\A)(?:(\d{1,3})([.)])|\((\d{1,3})(\)))[ \t\xa0](?=([^\s\d]))"
)


def inline_numbers(text: str) -> list[int]:
    """Where the numbers of one list stand, three at least, from 1 on, each before a capital. Empty: there is none."""
    lists: dict[str, list[int]] = {}
    for hit in _NUMBER.finditer(text):
        if hit[5].islower():
            continue
        style = hit[2] or "()"
        found = lists.setdefault(style, [])
        if int(hit[1] or hit[3]) == len(found) + 1:
            found.append(hit.start())
    return max((found for found in lists.values() if len(found) >= _FEWEST), key=len, default=[])

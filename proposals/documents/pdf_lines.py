"""The lines of a PDF's pages, which know nothing of words and paragraphs, as running text."""

import re
from collections.abc import Sequence

_PAGE_NUMBER = re.compile(r"\W{0,3}(?:page\s+|p\.\s*)?(\d{1,4})(?:\s*(?:/|of)\s*\d{1,4})?\W{0,3}", re.IGNORECASE)
_BROKEN = re.compile(r"([^\W\d_]+)[-\u2010]\n[ \t]*([^\W\d_]+)")
_BROKEN_ELSEWHERE = re.compile(r"(?<=\w)([-\u2010\u2011])\n[ \t]*(?=\w)")
_SOFT = re.compile("\u00ad\n[ \t]*")
# Before these a hyphen belongs to the word.
_PREFIXES = set("all anti cross ex half high long low multi non post pro quasi self semi short well".split())
_TENS = set("twenty thirty forty fifty sixty seventy eighty ninety".split())
_SENTENCE_ENDS = (".", ":", ";", "!", "?", ".”", '."', ".)")
_SHORT = 0.85


def running_text(pages: Sequence[str]) -> str:
    """Pages in order, without the numbers that they bear; words broken at the end of a line are whole again.

    A line that ends a sentence and stops well before the margin ends a paragraph.
    """
    lines = [[line.strip() for line in page.split("\n")] for page in pages]
    text = "\n".join("\n".join(_with_paragraphs(page)) for page in _without_numbers(lines))
    return _whole_words(text)


def _without_numbers(pages: list[list[str]]) -> list[list[str]]:
    pages = [_stripped(page) for page in pages]
    for end in (0, -1):
        found = [(place, _PAGE_NUMBER.fullmatch(page[end])) for place, page in enumerate(pages) if page]
        counted = {int(number[1]) - place for place, number in found if number}
        # Only where all pages but a first one bear a number, and it goes up by one.
        if len(counted) == 1 and sum(number is not None for _, number in found) >= max(2, len(found) - 1):
            for place, number in found:
                if number:
                    del pages[place][end]
    return pages


def _stripped(page: list[str]) -> list[str]:
    first = next((place for place, line in enumerate(page) if line), len(page))
    last = next((place for place in range(len(page), first, -1) if page[place - 1]), first)
    return page[first:last]


def _with_paragraphs(lines: list[str]) -> list[str]:
    lengths = sorted(len(line) for line in lines if line)
    if not lengths:
        return lines
    margin = lengths[int(len(lengths) * 0.9)] if len(lengths) > 1 else lengths[0]
    found: list[str] = []
    for line in lines:
        found.append(line)
        if line.endswith(_SENTENCE_ENDS) and len(line) < _SHORT * margin:
            found.append("")
    return found


def _whole_words(text: str) -> str:
    text = _SOFT.sub("", text).replace("\u00ad", "")
    hyphened = {word.lower().replace("\u2010", "-") for word in re.findall(r"[^\W\d_]+[-\u2010][^\W\d_]+", text)}

    def joined(broken: re.Match[str]) -> str:
        head, tail = broken[1], broken[2]
        keeps = (
            f"{head}-{tail}".lower() in hyphened
            or head.lower() in _PREFIXES | _TENS
            or not tail[0].islower()
            or (head.isupper() and not tail.isupper())
        )
        return f"{head}-{tail}" if keeps else head + tail

    return _BROKEN_ELSEWHERE.sub(r"\1", _BROKEN.sub(joined, text))

"""Words of a PDF that the end of a line broke, whole again. Pages and paragraphs are the splitter's to tell."""

import re
from collections.abc import Sequence

_BROKEN = re.compile(r"([^\W\d_]+)[-\u2010]\n[ \t]*([^\W\d_]+)")
_BROKEN_ELSEWHERE = re.compile(r"(?<=\w)([-\u2010\u2011])\n[ \t]*(?=\w)")
_HYPHENED = re.compile(r"[^\W\d_]+[-\u2010][^\W\d_]+")
_SOFT = re.compile("\u00ad\n[ \t]*")
# After these a hyphen belongs to the word.
_PREFIXES = set("all anti cross ex half high long low multi non post pro quasi self semi short well".split())
_TENS = set("twenty thirty forty fifty sixty seventy eighty ninety".split())


def running_text(pages: Sequence[str]) -> str:
    """Pages in order, a form feed between them."""
    return "\n\f".join(_whole_words(page).strip("\n") for page in pages)


def _whole_words(text: str) -> str:
    text = _SOFT.sub("", text).replace("\u00ad", "")
    hyphened = {word.lower().replace("\u2010", "-") for word in _HYPHENED.findall(text)}

    def joined(broken: re.Match[str]) -> str:
        head, tail = broken[1], broken[2]
        keeps = (
            f"{head}-{tail}".lower() in hyphened
            or head.lower() in _PREFIXES | _TENS
            or not tail[0].islower()
            or head.isupper()
        )
        return f"{head}-{tail}" if keeps else head + tail

    return _BROKEN_ELSEWHERE.sub(r"\1", _BROKEN.sub(joined, text))

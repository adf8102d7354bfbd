"""What reads like a heading: short, begins large, says nothing in a sentence."""

import re

_MOST_WORDS, _MOST_CHARACTERS = 9, 80
_RUN_IN_WORDS = 5
_VERBS = frozenset(
    "shall must will would may can is are was were be been has have had do does did agree agrees agreed undertake"
    " undertakes confirm confirms propose proposes proposed say says said ask asks want wants receive receives should"
    " обязуется обязуются должен должны будет имеет sont est ont doit doivent wird werden hat haben ist sind soll"
    " sollen muss müssen".split()
)
_SAYS_WHO = re.compile(r"(?i:the|a|an|it|they|we|he|she|der|die|das|le|la|les)\b")
_UNFIT_END = re.compile(r"[.;,!?…。；，]\W{0,3}$")
_SENTENCE = re.compile(r"[a-zа-яà-ÿ\d)][.!?;] ")
_RUN_IN = re.compile(r"([^.:–—!?;,]{2,70}?)(?:(:)|(\.)|( [–—])) (?=(\S{0,20}))")
_DECORATION = "*_# \t\xa0"
_MARKS = re.compile(r"^[#*_\s]+|[*_\s:：]+$")


def plain(words: str) -> str:
    """A heading without what Markdown sets around it and without its colon."""
    return _MARKS.sub("", words)


def is_title(line: str) -> bool:
    """Whether a line reads like a heading. One of Markdown always does."""
    if len(line) > _MOST_CHARACTERS + 20:
        return False
    words = plain(line)
    if not words:
        return False
    if line.startswith("#"):
        return True
    counted = [word.strip("«»\"'“”(),").lower() for word in words.split()]
    return (
        len(words) <= _MOST_CHARACTERS
        and len(counted) <= _MOST_WORDS
        and (words[0].isalpha() and not words[0].islower())
        and not _UNFIT_END.search(words[-4:])
        and not _SENTENCE.search(words)
        and not (line.rstrip(_DECORATION).endswith(":") and _SAYS_WHO.match(words))
        and not line.endswith("：")
        and _VERBS.isdisjoint(counted)
    )


def run_in(words: str) -> str:
    """The heading at the beginning of a paragraph, as in "Security guarantees: The Council …", with its colon or stop.

    Empty where there is none. Before a full stop it may as well be a sentence; who asks has to compare neighbours.
    """
    hit = _RUN_IN.match(words[:120])
    if not hit or not hit[5] or hit[5][:1].islower() or len(hit[1].split()) > _RUN_IN_WORDS or not is_title(hit[1]):
        return ""
    if not hit[3] and _SAYS_WHO.match(hit[1]):
        return ""
    return hit[0].rstrip()

"""What may stand before a clause: a number in one of many styles, a bullet, the mark of a heading.

Only the form is judged here; sequence.py judges whether it is one in its place. Every repetition is bounded, so that a
line costs the same whatever stands in it.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from proposals.splitting.numerals import SPELT, readings

NOTES, ANNEXES, GROUPS, ARTICLES, PARTS, NONE = range(6)
"""How far out a marker stands: one of a lower rank is never inside one of a higher rank."""

_NOUNS: Mapping[int, tuple[str, ...]] = {
    # Words of one meaning stand together: "Article 2" follows "Article premier", "Artikel 3" follows both.
    ANNEXES: ("annex annexe anlage anhang приложение додаток", "appendix", "schedule", "protocol"),
    GROUPS: (
        "part teil часть частина parte partie",
        "title titre titel título",
        "chapter chapitre kapitel глава розділ capítulo",
        "section abschnitt раздел sección",
        "book",
        "phase",
        "stage",
    ),
    ARTICLES: (
        "article art art. artikel artículo articolo artigo статья ст. стаття madde المادة مادة",
        "clause",
        "point punkt punto пункт",
        "rule",
        "principle",
        "item",
        "step",
        "option variant вариант варіант variante opción",
    ),
    PARTS: ("paragraph para para. par. abs. absatz alinéa абзац", "ziffer ziff."),
}
_WORDS = {
    noun: (nouns.split()[0], rank) for rank, meanings in _NOUNS.items() for nouns in meanings for noun in nouns.split()
}
_RANK_OF_CHINESE = (
    dict.fromkeys("部编編章", GROUPS) | dict.fromkeys("条條节節", ARTICLES) | dict.fromkeys("款项項", PARTS)
)
BULLETS = "-–—*•·◦▪▫●○■□►▸➢✓‣⁃"
_CHINESE = "〇零一二三四五六七八九十百"
_LETTER = r"[A-Za-zА-ЯЁІЇЄа-яёіїє]"
_ROMAN = r"(?:[IVXLCІХ]{1,7}|[ivxlc]{1,7})"
_WORD = "|".join(re.escape(word) for word in sorted(_WORDS, key=len, reverse=True))
_CORE = re.compile(
    rf"""
      (?P<word>(?:(?P<outer>[IVX]{{1,5}})\.?[ \t]{{1,3}})?(?P<noun>(?i:{_WORD}))[ \t\xa0]{{1,3}}
        (?P<counted>\d{{1,4}}(?:\.\d{{1,3}}){{0,3}}(?:er)?(?:[-–]\d{{1,3}})?[a-zа-я]?|[IVXLCІХ]{{1,7}}|[A-Z]|(?i:{SPELT})))
        (?:[.:)](?=\s|$)|(?=[ \t\xa0]?[–—|-]|\s|$))
    | (?P<section>§{{1,2}}[ \t\xa0]{{0,3}}(?P<paragraph>\d{{1,4}}[a-z]?))(?:[.:)](?=\s|$)|(?=\s|$))
    | (?P<ordinal>第(?P<chinese_place>[{_CHINESE}\d]{{1,6}})(?P<chinese_noun>[条條章节節款项項部编編]))[:：]?
    | (?P<listed>[{_CHINESE}]{{1,4}})[、．]
    | [（(][ \xa0]?(?P<enclosed_path>(?:\d{{1,3}}|[IVX]{{1,5}})(?:\.\d{{1,3}}){{1,5}}[a-z]?)[ \xa0]?[）)]
    | [（(][ \xa0]?(?P<enclosed>\d{{1,3}}(?:[-–]\d{{1,3}})?[a-z]?|{_LETTER}|{_ROMAN}|[{_CHINESE}]{{1,4}})[ \xa0]?[）)]
    | (?P<path>(?:\d{{1,3}}|[IVX]{{1,5}})(?:\.\d{{1,3}}){{1,5}}(?:[-–]\d{{1,3}})?[a-z]?)(?:[.):](?=\s|$)|(?=\s|$))
    | (?P<note>\[\d{{1,3}}\]|[¹²³⁰⁴-⁹]{{1,2}})(?=\s)
    | (?P<plain>\d{{1,3}}(?:[-–]\d{{1,3}})?[a-zа-я]?(?:[ ]\([a-z]{{1,12}}\))?|{_ROMAN}|{_LETTER})
        (?P<closing>\\?[.):．、]|/(?=[ \t\xa0])|(?=[ \t\xa0]{{1,3}}[–—|])|(?=[ \t\xa0]|$))
    | (?P<bullet>[{BULLETS}])(?=\s)
    """,
    re.VERBOSE,
)
_BEFORE = re.compile(r"(?P<hashes>#{1,6}[ \t]{1,4})?(?:\|[ \t]{0,4})?(?P<bold>\*\*|__)?")
_AFTER = re.compile(r"(?:\*\*|__)?[ \t\xa0\u3000]{0,8}(?:[–—|:-](?=\s)[ \t\xa0]{0,8})?")
_OPENING = "\"'«“„‘(["


@dataclass(frozen=True, slots=True, kw_only=True)
class Marker:
    """A possible marker. `end` is where the words after it begin; `ways` are the styles it may be of, with its place.

    Two markers of one style with places that follow each other are in one list. A bullet has the place 0. `path` are
    the parts of a decimal number. `joined` says that words follow as in a sentence: "Article 5 of the treaty".
    """

    number: str
    end: int
    ways: tuple[tuple[str, int], ...]
    rank: int = NONE
    path: tuple[str, ...] = ()
    joined: bool = False
    bare: bool = False


def marker_at(line: str, start: int = 0) -> Marker | None:
    """The marker that a line has at `start`, its first character that is no space."""
    before = _BEFORE.match(line, start)
    hit = _CORE.match(line, before.end() if before else start)
    if not hit or not before:
        return None
    if hit["bullet"] and before.end() > start:
        return None
    found = _read(hit, line)
    if not found:
        return None
    number, ways, rank, path, bare = found
    heading = f"{len(before['hashes'].strip())}" if before["hashes"] else ""
    after = _AFTER.match(line, hit.end())
    end = after.end() if after else hit.end()
    following = line[end : end + 1]
    if not following.isspace() and end == hit.end() and following and not _may_touch(hit, following):
        return None
    goes_on = following.islower() and not line[hit.end() : end].strip()
    if bare and goes_on:
        return None
    return Marker(
        number=number,
        end=end,
        ways=tuple((heading + style, place) for style, place in ways),
        rank=rank,
        path=path,
        joined=goes_on or (bool(following) and following in ",;)]"),
        bare=bare,
    )


_Found = tuple[str, tuple[tuple[str, int], ...], int, tuple[str, ...], bool]


def _read(hit: re.Match[str], line: str) -> _Found | None:
    if hit["bullet"]:
        return "", ((hit["bullet"], 0),), NONE, (), False
    if hit["note"]:
        place = int(hit["note"].strip("[]").translate(str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")))
        return hit["note"], (("note" + hit["note"][0].strip("¹²³⁰⁴⁵⁶⁷⁸⁹"), place * 100),), NOTES, (), False
    if hit["word"]:
        noun = hit["noun"].lower()
        number = " ".join(hit["word"].split())
        counted = hit["counted"]
        outer = [hit["outer"]] if hit["outer"] else []
        path = (*outer, *counted.split(".")) if outer or "." in counted else ()
        last = readings(path[-1] if path else counted)
        meaning, rank = _WORDS[noun]
        style = f"{meaning} {len(path) or ''}"
        return number, tuple((f"{style} {kind}", place) for kind, place in last), rank, path, False
    if hit["section"]:
        number = "§ " + hit["paragraph"]
        return number, tuple((f"§ {kind}", place) for kind, place in readings(hit["paragraph"])), ARTICLES, (), False
    if hit["ordinal"]:
        noun = hit["chinese_noun"]
        ways = tuple((f"第{noun} {kind}", place) for kind, place in readings(hit["chinese_place"]))
        return hit["ordinal"], ways, _RANK_OF_CHINESE[noun], (), False
    if number := hit["path"] or hit["enclosed_path"]:
        path = tuple(number.split("."))
        last = readings(path[-1])
        return number, tuple((f"path {len(path)} {kind}", place) for kind, place in last), NONE, path, False
    number = hit["enclosed"] or hit["listed"] or hit["plain"]
    shape = "()" if hit["enclosed"] else "、" if hit["listed"] else hit["closing"].strip("\\")
    shape = {"．": ".", "、": "."}.get(shape, shape)
    ways = tuple((f"{kind} {shape}", place) for kind, place in readings(number))
    bare = not shape or shape == ":"
    if not ways or (bare and not number[0].isdigit() and not _followed_by_dash(hit, line, number)):
        return None
    return number, ways, NONE, (number,), bare


def _followed_by_dash(hit: re.Match[str], line: str, number: str) -> bool:
    """Whether a Roman numeral stands before a dash or colon, as in "II – Title"."""
    following = line[hit.end() : hit.end() + 3].strip()[:1]
    roman = number.isupper() and any("roman" in kind for kind, _ in readings(number))
    return roman and (following in ("–", "—") or hit["closing"] == ":")


def _may_touch(hit: re.Match[str], following: str) -> bool:
    """Whether words may follow a marker without a space: "1.Fire stops", "（一）撤出"; never "1.5" or "(s)elect"."""
    if hit["ordinal"] or hit["listed"]:
        return True
    if hit["bullet"] or hit["path"] or hit["note"] or hit["word"] or hit["section"]:
        return False
    unspaced = following.isalpha() and not following.islower()
    letter = hit["plain"] and hit["plain"].isalpha()
    return bool(hit["closing"] or hit["enclosed"]) and not letter and (unspaced or following in _OPENING)

"""Parties and places that a clause names, and what part the wording gives to a party."""

import re
from collections.abc import Iterator

from proposals.suggesting.knowledge import Knowledge
from proposals.suggesting.names import Mention
from proposals.suggesting.suggestion import Suggestion
from proposals.suggesting.words import READ, sentences

OBLIGATED, BENEFICIARY, GUARANTOR, MONITOR = "obligated", "beneficiary", "guarantor", "monitor"
_AROUND = 60  # characters before or after a name that may say what part it has
_SURE, _LIKELY, _GUESSED = 1.0, 0.8, 0.5
_AFTER = (
    # The name is what somebody does something with: who guards, who watches, who gets.
    (GUARANTOR, re.compile(r"\W{0,3}(?:\w+ ){0,2}(?:guarantees?\b(?! to\b)|guaranteed by\b|acts? as guarantor)", re.I)),
    (MONITOR, re.compile(r"\W{0,3}(?:\w+ ){0,2}(?:monitors?|verif(?:y|ies)|supervises?|oversees?|observes?)\b", re.I)),
    (
        BENEFICIARY,
        re.compile(
            r"\W{0,3}(?:\w+ ){0,2}(?:receives?|gets?|regains?|obtains?|is (?:given|granted|paid|rebuilt))\b", re.I
        ),
    ),
)
_BEFORE = (
    (GUARANTOR, re.compile(r"\b(?:guaranteed by|guarantors?(?: are)?|guarantees? (?:of|by|from))(?: the)? $", re.I)),
    (
        MONITOR,
        re.compile(
            r"\b(?:(?:monitored|supervised|verified|overseen|observed|watched)(?: \w+)? by"
            r"|(?:supervision|monitoring|control|oversight|eyes) (?:of|by)|under)(?: the)? $",
            re.I,
        ),
    ),
    (OBLIGATED, re.compile(r"\bby(?: the)? $", re.I)),
    (BENEFICIARY, re.compile(r"\b(?:to|for|with|from|against|towards?|on)(?: the)? $", re.I)),
)
_OPENING = re.compile(r"\W*(?:(?:the|both|all|and|or|as well as|if|once|after|when)\b\W*)*", re.I)
_JOINED = re.compile(r"(?:\s*,\s*(?:and )?|\s+(?:and|or)\s+)(?:the )?", re.I)


def parties(text: str, knowledge: Knowledge) -> Iterator[Suggestion]:
    """One suggestion for each party, in its likeliest role."""
    mentions = knowledge.party_names.find(text)
    found: dict[str, tuple[float, str, Mention, str]] = {}
    for mention, role, sure, reason in _roles(text[:READ], mentions):
        score = round(mention.score * sure, 4)
        if mention.slug not in found or score > found[mention.slug][0]:
            found[mention.slug] = (score, role, mention, reason)
    for slug, (score, role, mention, reason) in found.items():
        yield Suggestion(
            kind="party",
            fields={"party": slug, "role": role},
            words=text[mention.start : mention.end],
            start=mention.start,
            end=mention.end,
            places=tuple((one.start, one.end) for one in mentions if one.slug == slug),
            score=score,
            reason=reason,
        )


def territories(text: str, knowledge: Knowledge) -> Iterator[Suggestion]:
    mentions = knowledge.territory_names.find(text)
    best: dict[str, Mention] = {}
    for mention in mentions:
        if mention.slug not in best or mention.score > best[mention.slug].score:
            best[mention.slug] = mention
    for slug, mention in best.items():
        yield Suggestion(
            kind="territory",
            fields={"territory": slug},
            words=text[mention.start : mention.end],
            start=mention.start,
            end=mention.end,
            places=tuple((one.start, one.end) for one in mentions if one.slug == slug),
            score=mention.score,
            reason="name of the place" if mention.score == 1 else "much like the name of the place",
        )


def _roles(text: str, mentions: list[Mention]) -> Iterator[tuple[Mention, str, float, str]]:
    """Each mention with its role, how sure that is, and why."""
    opening = {start: end for start, end in sentences(text)}
    subject_until = -1
    for mention in mentions:
        before, after = text[max(0, mention.start - _AROUND) : mention.start], text[mention.end : mention.end + _AROUND]
        sentence = max(start for start in opening if start <= mention.start)
        opens = _OPENING.fullmatch(text[sentence : mention.start]) is not None
        joined = subject_until >= sentence and _JOINED.fullmatch(text[subject_until : mention.start]) is not None
        told = next((role for role, sign in _BEFORE if sign.search(before)), "")
        does = next((role for role, sign in _AFTER if sign.match(after)), "")
        if opens or joined:
            subject_until = mention.end
            yield mention, does or OBLIGATED, _SURE if does else _LIKELY, "what the sentence is about"
        elif told or does:
            yield mention, told or does, _SURE, "the words beside the name"
        else:
            yield mention, BENEFICIARY, _GUESSED, "named, but not as the one who acts"

"""Parties and places that a clause names, and what part the wording gives to a party."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from proposals.suggesting.knowledge import Knowledge
from proposals.suggesting.names import Mention
from proposals.suggesting.suggestion import Suggestion
from proposals.suggesting.words import READ, Word, sentences, telling_places

OBLIGATED, BENEFICIARY, GUARANTOR, MONITOR = "obligated", "beneficiary", "guarantor", "monitor"
_AROUND = 60  # characters before or after a name that may say what part it has
_SURE, _LIKELY, _GUESSED = 1.0, 0.8, 0.5
_LEAST_NAMED, _LEAST_UNNAMED, _LEAST_PLACE = 0.5, 0.7, 0.9  # scores learnt from other clauses
_UNNAMED = 0.7
_DOUBTFUL = 0.3
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
_THERE = re.compile(r"\b(?:in|into|inside|within|across|throughout|out of|on|over|leaves?|enters?)(?: the)? $", re.I)
_OPENING = re.compile(r"\W*(?:(?:the|both|all|and|or|as well as|if|once|after|when)\b\W*)*", re.I)
_JOINED = re.compile(r"(?:\s*,\s*(?:and )?|\s+(?:and|or)\s+)(?:the )?", re.I)


def parties(text: str, words: Sequence[Word], meanings: Sequence[str], knowledge: Knowledge) -> Iterator[Suggestion]:
    """Parties with their roles: those that are named, and those that clauses with such words were coded with."""
    mentions = knowledge.party_names.find(text)
    worded: dict[str, tuple[float, Mention, str]] = {}
    for mention, role, sure, reason in _roles(text[:READ], mentions):
        code, score = f"{role}:{mention.slug}", mention.score * sure
        if code not in worded or score > worded[code][0]:
            worded[code] = (score, mention, reason)
    named = {mention.slug: mention for mention in reversed(mentions)}
    learnt = {guess.code: guess for guess in knowledge.about_parties.guesses(meanings)}
    for code in sorted(worded.keys() | learnt.keys()):
        role, _, slug = code.partition(":")
        shown: Mention | None
        others = learnt[code].score if code in learnt else 0.0
        told = f"as in {learnt[code].nearest}" if code in learnt else ""
        if code in worded:
            by_words, shown, reason = worded[code]
            score = (by_words + others) / 2
        elif slug in named and others >= _LEAST_NAMED:
            shown, reason, score = named[slug], f"named; {told}", others
        elif slug in knowledge.parties and others >= _LEAST_UNNAMED and slug not in named:
            shown, reason, score = None, f"not named; {told}", others * _UNNAMED
        else:
            continue
        yield _suggestion(
            "party",
            {"party": slug, "role": role},
            text,
            score=score,
            reason=reason,
            places=_places(shown, mentions) if shown else telling_places(words, learnt[code].telling),
        )


def territories(
    text: str, words: Sequence[Word], meanings: Sequence[str], knowledge: Knowledge
) -> Iterator[Suggestion]:
    """Places that are named, and those that clauses with such words were coded with.

    The name of a state stands for its government as a rule; without "in" before it, it is a doubtful place.
    """
    mentions = knowledge.territory_names.find(text)
    learnt = {guess.code: guess for guess in knowledge.about_territories.guesses(meanings)}
    named: dict[str, tuple[float, Mention]] = {}
    for mention in mentions:
        score = mention.score
        before = text[max(0, mention.start - _AROUND) : mention.start]
        if mention.slug in knowledge.states and not _THERE.search(before):
            by_others = learnt[mention.slug].score if mention.slug in learnt else 0.0
            score *= _DOUBTFUL * (1 + by_others)
        if mention.slug not in named or score > named[mention.slug][0]:
            named[mention.slug] = (score, mention)
    for slug in sorted(named.keys() | learnt.keys()):
        if slug in named:
            score, mention = named[slug]
            places, reason = _places(mention, mentions), "named"
        elif slug in knowledge.territories and learnt[slug].score >= _LEAST_PLACE:
            places = telling_places(words, learnt[slug].telling)
            score, reason = learnt[slug].score * _UNNAMED, f"not named; as in {learnt[slug].nearest}"
        else:
            continue
        yield _suggestion("territory", {"territory": slug}, text, score=score, reason=reason, places=places)


def _places(mention: Mention, mentions: Sequence[Mention]) -> list[tuple[int, int]]:
    """Where a record is named, the mention that counts first."""
    others = [one for one in mentions if one.slug == mention.slug and one != mention]
    return [(one.start, one.end) for one in (mention, *others)]


def _suggestion(
    kind: str, fields: dict[str, Any], text: str, *, score: float, reason: str, places: Sequence[tuple[int, int]]
) -> Suggestion:
    start, end = places[0] if places else (0, 0)
    return Suggestion(
        kind=kind,
        fields=fields,
        words=text[start:end],
        start=start,
        end=end,
        places=tuple(sorted(places)),
        score=round(score, 4),
        reason=reason,
    )


def _roles(text: str, mentions: list[Mention]) -> Iterator[tuple[Mention, str, float, str]]:
    """Each mention with its role, how sure that is, and why."""
    opening = dict(sentences(text))
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

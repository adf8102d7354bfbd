"""What the wording alone suggests about a clause: its force, its reach, its legal effect, its conditions.

Guesses from English words: good enough for hints, never asserted (see divergence.py).
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from proposals.alignment.text import fold


@dataclass(frozen=True, kw_only=True, slots=True)
class Cues:
    """Codes as in clause.py, "" where the wording gives no sign. `refuses`: negated, refused or prohibited."""

    modality: str
    refuses: bool
    extent: str
    permanence: str
    legal_effect: str
    conditional: bool
    stages: bool


_REFUSES = re.compile(
    r"\b(?:not|no|never|neither|nor|none|without|ban|bans|banned|prohibit\w*|forbid\w*|forbidden|outlaw\w*|renounce\w*"
    r"|refus\w+|reject\w*|gives? up|drops?|cease\w*|stops?|end|ends|ended)\b"
)
_MUST_NOT = re.compile(
    r"\b(?:(?:shall|will|must|may|does|do|can|is|are|to|agrees?|commits?|undertakes?) not|neither|never|(?:no|not) \w+"
    r"|prohibit\w*|forbid\w*|banned|outlawed|renounce\w*)\b"
)
_MAY = re.compile(r"\b(?:may|can|could|might|possible|possibly|allowed|eligible|free to|option|optional|potential)\b")
_AIMS = re.compile(r"\b(?:aims?|seeks?|try|tries|intends?|strives?|means? to|works? (?:on|towards?)|promot\w+)\b")
_EXPECTS = re.compile(r"\b(?:expect\w*|anticipat\w*)\b")
_ALL = re.compile(r"\b(?:all|every|full|fully|complete|completely|total|entire|whole|comprehensive|no)\b")
_PART = re.compile(r"\b(?:part|parts|partly|partial|some|except|certain|particular|remaining|rest)\b")
_PERMANENT = re.compile(r"\b(?:permanent|permanently|for good|forever|lasting|indefinite\w*)\b")
_TEMPORARY = re.compile(r"\b(?:temporar\w+|provisional\w*|interim|transitional|for a (?:short )?time|\d+-(?:day|hour|week))\b")
_IN_LAW = re.compile(r"\b(?:in law|de jure|legally recogni\w+|recogni\w+ internationally|internationally recogni\w+)\b")
_IN_FACT = re.compile(r"\b(?:in fact|de facto|factual\w*|as a fact)\b")
_CONDITION = re.compile(
    r"\b(?:if|unless|provided|once|until|when|after|subject to|on condition|in return for|depends? on|as soon as|before)\b"
)
_STAGES = re.compile(r"\b(?:in (?:stages|phases)|step by step|gradual\w*|staged|phased|case by case)\b")


@lru_cache(maxsize=32_768)
def cues(text: str) -> Cues:
    """The signs in a text."""
    folded = fold(text)
    return Cues(
        modality=_modality(folded),
        refuses=bool(_REFUSES.search(folded)),
        extent="part" if _PART.search(folded) else "all" if _ALL.search(folded) else "",
        permanence="permanent" if _PERMANENT.search(folded) else "temporary" if _TEMPORARY.search(folded) else "",
        legal_effect="in_fact" if _IN_FACT.search(folded) else "in_law" if _IN_LAW.search(folded) else "",
        conditional=bool(_CONDITION.search(folded)),
        stages=bool(_STAGES.search(folded)),
    )


def _modality(folded: str) -> str:
    if _EXPECTS.search(folded):
        return "expects"
    if _MUST_NOT.search(folded):
        return "must_not"
    if _MAY.search(folded):
        return "may"
    if _AIMS.search(folded):
        return "aims"
    return "must"

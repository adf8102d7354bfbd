"""What the wording alone suggests about a clause: its force, whether it is for good, and its effect in law.

Guesses from English words, used where nothing is curated.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from proposals.alignment.text import fold


@dataclass(frozen=True, kw_only=True, slots=True)
class Cues:
    """Codes as in clause.py; "" where the wording gives no sign. `modality` is `must` unless the wording says else.

    `softened` tells whether an option or an aim is worded anywhere, also beside a duty; `condition` is "refused" where
    the text says that there is none, "set" where something has to come first.
    """

    modality: str
    softened: bool
    condition: str
    permanence: str
    legal_effect: str


_EXPECTS = re.compile(r"\b(?:expect\w*|anticipat\w*)\b")
_MUST_NOT = re.compile(
    r"\b(?:(?:shall|will|must|may|does|do|can|is|are|to|agrees?|commits?|undertakes?) not|neither|never|(?:no|not) \w+"
    r"|prohibit\w*|forbid\w*|banned|outlawed|renounce\w*)\b"
)
_MAY = re.compile(
    r"\b(?:may|can|could|might|(?<!as )possible|possibly|allowed|eligible|free to|option|optional|potential)\b"
)
_AIMS = re.compile(r"\b(?:aims?|seeks?|try|tries|intends?|strives?|means? to|works? (?:on|towards?)|promot\w+)\b")
_UNCONDITIONAL = re.compile(r"\b(?:unconditional\w*|without (?:any )?(?:pre)?conditions?|no (?:pre)?conditions?)\b")
_AGREED = r"(?! possible)(?! (?:all|both|the) (?:sides|parties) agree)"  # to agree is no condition of an agreement
_CONDITIONAL = re.compile(
    rf"\b(?:(?:once|as soon as){_AGREED}|provided that|on condition|(?:only|right|immediately) (?:if|when|after|once)"
    r"|not before|in return for)\b"
)
_PERMANENT = re.compile(r"\b(?:permanent|permanently|for good|forever|lasting|indefinite\w*)\b")
_TEMPORARY = re.compile(
    r"\b(?:temporar\w+|provisional\w*|interim|transitional|for a (?:short )?time|\d+-(?:day|hour|week))\b"
)
_IN_LAW = re.compile(r"\b(?:in law|de jure|legally recogni\w+|recogni\w+ internationally|internationally recogni\w+)\b")
_IN_FACT = re.compile(r"\b(?:in fact|de facto|factual\w*|as a fact)\b")


@lru_cache(maxsize=32_768)
def cues(text: str) -> Cues:
    """The signs in a text."""
    folded = fold(text)
    return Cues(
        modality=sign_of_modality(folded)[0],
        softened=bool(_MAY.search(folded) or _AIMS.search(folded)),
        condition="refused" if _UNCONDITIONAL.search(folded) else "set" if _CONDITIONAL.search(folded) else "",
        permanence="permanent" if _PERMANENT.search(folded) else "temporary" if _TEMPORARY.search(folded) else "",
        legal_effect="in_fact" if _IN_FACT.search(folded) else "in_law" if _IN_LAW.search(folded) else "",
    )


def sign_of_modality(folded: str) -> tuple[str, re.Match[str] | None]:
    """The force of a folded text and the words that show it; `must` without any where the wording says nothing else."""
    for code, signs in (("expects", _EXPECTS), ("must_not", _MUST_NOT), ("may", _MAY), ("aims", _AIMS)):
        if sign := signs.search(folded):
            return code, sign
    return "must", None

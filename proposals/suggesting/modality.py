"""The force of a clause's wording."""

import re
from collections.abc import Iterator

from proposals.alignment.cues import sign_of_modality
from proposals.alignment.dates import find_dates
from proposals.suggesting.suggestion import Suggestion
from proposals.suggesting.words import Folded

_DUTY = re.compile(r"\b(?:shall|must|will|undertakes?|agrees?|commits?|pledges?|obliged?|required?)\b")
_NO_BAN = re.compile(
    r"\bno (?:later|more|fewer|less|longer|(?:pre)?conditions?|limits?|restrictions?|figures?|numbers?)\b"
    r"|\bwithout (?:any )?(?:pre)?conditions?\b|\b(?:is|are) not (?:said|named|described|published|given|specified)\b"
)
_BAN = re.compile(r"\b(?:refrains?|stops? (?:all )?(?:attacks?|strikes?)|gives? up|rejects?|ceilings?|capped)\b")
_WORDED, _SILENT = 0.9, 0.5


def modality(text: str) -> Iterator[Suggestion]:
    """One suggestion; `must` where the wording says nothing else."""
    read = Folded(text)
    if not read.folded.strip():
        return
    looked_at = read.folded
    for start, end, *_ in find_dates(looked_at):
        looked_at = _blank(looked_at, start, end)  # 9 May
    for hit in _NO_BAN.finditer(looked_at):
        looked_at = _blank(looked_at, *hit.span())
    code, sign = sign_of_modality(looked_at)
    if code == "must" and (ban := _BAN.search(looked_at)):
        code, sign = "must_not", ban
    sign = sign or _DUTY.search(looked_at)
    start, end = read.place(*sign.span()) if sign else (0, 0)
    yield Suggestion(
        kind="modality",
        fields={"modality": code},
        words=text[start:end],
        start=start,
        end=end,
        places=((start, end),) if sign else (),
        score=_WORDED if sign else _SILENT,
        reason="the wording" if sign else "nothing in the wording says otherwise",
    )


def _blank(text: str, start: int, end: int) -> str:
    return text[:start] + "\x00" * (end - start) + text[end:]

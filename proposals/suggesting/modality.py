"""The force of a clause's wording."""

import re
from collections.abc import Iterator

from proposals.alignment.cues import sign_of_modality
from proposals.suggesting.suggestion import Suggestion
from proposals.suggesting.words import Folded

_DUTY = re.compile(r"\b(?:shall|must|will|undertakes?|agrees?|commits?|pledges?|obliged?|required?)\b")
_WORDED, _SILENT = 0.9, 0.5


def modality(text: str) -> Iterator[Suggestion]:
    read = Folded(text)
    if not read.folded.strip():
        return
    code, sign = sign_of_modality(read.folded)
    sign = sign or _DUTY.search(read.folded)
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

"""What the body of a comparison names: stored proposals by slug, drafts by their words."""

import re
from typing import Any

from parties.slugs import PATTERN
from proposals.comparison import MAX_CLAUSES, MAX_PROPOSALS, MIN_PROPOSALS, Draft, unknown_slugs
from proposals.exchange.drafts import DraftFault, UnreadableDraft, read_draft

MOST_FAULTS = 200
_LIST = "#/proposals"


class UnreadableTexts(Exception):
    """The body cannot be read; `faults` holds every reason, up to 200 of them."""

    def __init__(self, faults: list[DraftFault]) -> None:
        super().__init__(f"{len(faults)} faults")
        self.faults = faults[:MOST_FAULTS]


def read_texts(body: Any) -> list[str | Draft]:
    """The slugs and drafts of a decoded body, in its order. Raises UnreadableTexts."""
    faults = _shape(body)
    if faults:
        raise UnreadableTexts(faults)
    read: list[str | Draft] = []
    for index, entry in enumerate(body["proposals"]):
        pointer = f"{_LIST}/{index}"
        if "clauses" not in entry and "text" not in entry:
            faults += _faults_of_name(entry, pointer)
            read.append(str(entry.get("slug")))
            continue
        try:
            read.append(read_draft(entry, place=index + 1, pointer=pointer))
        except UnreadableDraft as unreadable:
            faults += unreadable.faults
    if faults:
        # A slug that names nothing would else be told only once everything else is mended.
        faults += _unknown(body["proposals"])
        raise UnreadableTexts(faults)
    return read


def _unknown(entries: list[dict[str, Any]]) -> list[DraftFault]:
    named = [(index, entry["slug"]) for index, entry in enumerate(entries) if entry.keys() == {"slug"}]
    slugs = [(index, slug) for index, slug in named if isinstance(slug, str) and re.fullmatch(PATTERN, slug)]
    return [
        DraftFault(f"{_LIST}/{fault.index}/slug", fault.code, fault.detail)
        for fault in (unknown_slugs(slugs, user=None) if slugs else ())
    ]


def _shape(body: Any) -> list[DraftFault]:
    """What is wrong before any of the texts is looked into; sizes first, so that nothing large is read in vain."""
    if not isinstance(body, dict):
        return [DraftFault("#", "wrong_type", "must be a record with the list proposals")]
    faults = [DraftFault(f"#/{name}", "unknown_field", "no field of this name") for name in body if name != "proposals"]
    entries = body.get("proposals")
    if not isinstance(entries, list):
        return [*faults, DraftFault(_LIST, "wrong_type", "must be a list of proposals")]
    if not MIN_PROPOSALS <= len(entries) <= MAX_PROPOSALS:
        detail = f"A comparison is of {MIN_PROPOSALS} to {MAX_PROPOSALS} proposals; {len(entries)} were given."
        return [*faults, DraftFault(_LIST, "number_of_proposals", detail)]
    faults += [
        DraftFault(f"{_LIST}/{index}", "wrong_type", "must be a record with slug, text or clauses")
        for index, entry in enumerate(entries)
        if not isinstance(entry, dict)
    ]
    clauses = [entry.get("clauses") for entry in entries if isinstance(entry, dict)]
    number = sum(len(some) for some in clauses if isinstance(some, list))
    if number > MAX_CLAUSES:
        detail = f"A comparison is of at most {MAX_CLAUSES} clauses; these are {number}."
        faults.append(DraftFault(_LIST, "number_of_clauses", detail))
    return faults


def _faults_of_name(entry: dict[str, Any], pointer: str) -> list[DraftFault]:
    faults = [
        DraftFault(f"{pointer}/{name}", "unknown_field", "no field of this name") for name in entry if name != "slug"
    ]
    if "slug" not in entry:
        faults.append(DraftFault(pointer, "empty", "give the slug of a stored proposal, a text or clauses"))
    elif not isinstance(entry["slug"], str) or not re.fullmatch(PATTERN, entry["slug"]):
        faults.append(DraftFault(f"{pointer}/slug", "not_an_id", "is not an id: lower-case words and digits, joined"))
    return faults

"""What is sent to write records, in the exchange format."""

from typing import Any

from tests.api.conftest import Answer, Api
from tests.factories import (
    COASTAL_FRONT,
    NORTHERN_COUNCIL,
    make_party,
    make_process,
    make_source,
    make_territory,
    make_topic,
)

CLAUSE: dict[str, Any] = {
    "id": "c01",
    "number": "1",
    "label": "Opening of the harbour",
    "text": "The Coastal Front opens the old harbour within 30 days.",
    "modality": "must",
    "parties": {"obligated": [COASTAL_FRONT]},
    "topics": ["ceasefire"],
    "territories": ["old-harbour"],
    "terms": [
        {"kind": "quantity", "measure": "garrison_strength", "comparator": "at_most", "value": 500, "unit": "persons"}
    ],
    "sources": ["harbour-gazette"],
    "evidence": "full_text",
    "confidence": "high",
}
PROPOSAL: dict[str, Any] = {
    "id": "front-answer",
    "process": "northern-coast",
    "title": "Answer of the Coastal Front",
    "short_title": "Front answer",
    "kind": "points_plan",
    "date": "2031-06-01",
    "text_status": "published",
    "clauses_complete": "yes",
    "summary": "An invented answer.",
    "parties": {"proposer": [COASTAL_FRONT], "addressee": [NORTHERN_COUNCIL]},
    "sources": ["harbour-gazette"],
}
POSITION: dict[str, Any] = {
    "id": "p001",
    "party": COASTAL_FRONT,
    "topic": "ceasefire",
    "date": "2031-06-02",
    "stance": "rejects",
    "statement": "It keeps the harbour closed.",
    "source": "harbour-gazette",
    "evidence": "full_text",
    "confidence": "high",
}


def make_vocabulary() -> None:
    """All that the records above name."""
    from proposals.models import Measure

    make_process()
    make_party(NORTHERN_COUNCIL)
    make_party(COASTAL_FRONT)
    make_topic()
    make_territory()
    make_source()
    Measure.objects.create(code="garrison_strength", kind="quantity", name="garrison strength")


def tag(api: Api, path: str) -> str:
    """The ETag of a record as it stands."""
    return api.get(path).headers["ETag"]


def change(api: Api, path: str, body: Any) -> Answer:
    """Changes a record as whoever has just read it."""
    return api.patch(path, body, **{"If-Match": tag(api, path)})


def remove(api: Api, path: str) -> Answer:
    return api.delete(path, **{"If-Match": tag(api, path)})

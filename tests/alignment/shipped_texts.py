"""The proposals of fixtures/ as the engine's values, read without a database; tests/comparison shows them the same."""

from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from proposals.alignment import Proposal, Silence, TopicEntry, Vocabulary, build_vocabulary
from proposals.comparison.engine_input import engine_clause
from proposals.exchange.draft_payloads import draft_payload
from proposals.exchange.entries import normalised
from proposals.exchange.format import KINDS

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
SLUGS = sorted(path.stem for path in (FIXTURES / "proposals").glob("*.yaml"))

ISTANBUL = "istanbul-communique-2022"
US_28 = "us-28-point-2025-11"
E3 = "e3-counter-2025-11"
FRAMEWORK = "framework-20-point-2025-12"
EUROPE_24 = "europe-24-point-2025-11"
RUSSIA = "russia-memorandum-2025-06"
UKRAINE = "ukraine-memorandum-2025-06"
FORMULA = "peace-formula-2022"
EIGHT = (ISTANBUL, US_28, E3, FRAMEWORK, EUROPE_24, RUSSIA, UKRAINE, FORMULA)


@lru_cache
def shipped_texts() -> dict[str, Proposal]:
    """All proposals by slug, with their silences."""
    files = (_file(f"proposals/{slug}.yaml")["proposals"] for slug in SLUGS)
    return {told["id"]: _proposal(told) for proposals in files for told in proposals}


@lru_cache
def shipped_vocabulary() -> Vocabulary:
    """The vocabulary that is frozen from them."""
    texts = shipped_texts()
    return build_vocabulary(
        [clause for slug in sorted(texts) for clause in texts[slug].clauses],
        [
            TopicEntry(slug=t["id"], group=t["group"], name=t["name"], definition=t["definition"])
            for t in _file("topics.yaml")["topics"]
        ],
        _names("territories"),
        _names("parties"),
    )


def _file(name: str) -> Any:
    return yaml.load((FIXTURES / name).read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)


def _proposal(told: dict[str, Any]) -> Proposal:
    slug = told["id"]
    clauses = (
        draft_payload(slug, order, clause["id"], normalised(KINDS["clause"], clause, slug))
        for order, clause in enumerate(told["clauses"], 1)
    )
    return Proposal(
        slug=slug,
        date=told["date"],
        complete=told["clauses_complete"],
        clauses=tuple(engine_clause(clause) for clause in clauses),
        silences=tuple(
            Silence(
                topic=silence["topic"],
                reason=silence["reason"],
                source=silence.get("source") or "",
                checked_by=silence["checked_by"],
                checked_on=silence["checked_on"],
            )
            for silence in told.get("silences", ())
        ),
    )


def _names(kind: str) -> dict[str, tuple[str, ...]]:
    found = {}
    for told in _file(f"{kind}.yaml")[kind]:
        aliases = (alias if isinstance(alias, str) else alias["name"] for alias in told.get("aliases", ()))
        found[told["id"]] = (told["name"], *aliases)
    return found

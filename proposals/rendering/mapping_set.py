"""The links of a comparison as an SSSOM mapping set (https://mapping-commons.github.io/sssom/), as TSV.

docs/decisions/exports.md says why the predicates are these.
"""

import csv
import io
from collections.abc import Iterable, Mapping
from typing import Any

import yaml

from parties.spreadsheet_text import guarded
from proposals.licence import LICENCE_ADDRESS
from proposals.models import Decision
from proposals.rendering.characters import printable_values
from proposals.rendering.citation import Frozen, citation
from proposals.rendering.headings import heading_of

Document = Mapping[str, Any]

_COLUMNS = (
    "subject_id",
    "subject_label",
    "predicate_id",
    "object_id",
    "object_label",
    "mapping_justification",
    "author_label",
    "subject_source",
    "object_source",
    "mapping_tool",
    "mapping_tool_version",
    "confidence",
    "comment",
    "other",
)
_VOCABULARIES = {
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "semapv": "https://w3id.org/semapv/vocab/",
}
# Read from the left clause: the broader, or narrower, one is the right clause.
_WIDER = {"left": "skos:narrowMatch", "right": "skos:broadMatch"}
_NO_ADDRESS = "urn:x-concordance:"


def mapping_set(document: Document, *, address: str = "", root: str = "", frozen: Frozen | None = None) -> str:
    """Each link once. `address` is where the comparison is found, `root` where the API begins; both may be empty."""
    document = printable_values(document)
    text = io.StringIO()
    for line in yaml.safe_dump(
        _metadata(document, address=address, root=root, frozen=frozen),
        sort_keys=False,
        allow_unicode=True,
        width=10_000,
    ).splitlines():
        text.write(f"#{line}\n")
    writer = csv.writer(text, delimiter="\t", lineterminator="\n")
    writer.writerow(_COLUMNS)
    for mapping in _mappings(document):
        writer.writerow([_cell(mapping[name]) for name in _COLUMNS])
    return text.getvalue()


def _metadata(document: Document, *, address: str, root: str, frozen: Frozen | None) -> dict[str, Any]:
    method, heads = document["method"], document["proposals"]
    headings = [heading_of(head, parties={}) for head in heads]
    set_id = address or f"{_NO_ADDRESS}comparison:{method['inputs_digest']}"
    prefixes = {"clause": f"{root or _NO_ADDRESS}proposals/", "proposal": f"{root or _NO_ADDRESS}proposals/"}
    if any(_is_draft(head) for head in heads):
        prefixes["draft"] = f"{set_id}#"
    return {
        "sssom_version": "1.1",
        "curie_map": {**prefixes, **_VOCABULARIES},
        "mapping_set_id": set_id,
        "mapping_set_version": method["inputs_digest"],
        "mapping_set_title": " / ".join(one.short_title for one in headings),
        "mapping_set_description": "Pairs of clauses of different proposals that regulate the same matter. "
        "Labels and comments are in the words of those who recorded them, not quotations.",
        "license": LICENCE_ADDRESS,
        "mapping_tool": method["name"],
        "mapping_tool_version": f"{method['version']} ({method['vocabulary']})",
        **({"comment": " ".join(f"{label}: {text}" for label, text in frozen.remarks)} if frozen else {}),
        "other": frozen.citation if frozen else citation(headings, method=method, address=address),
    }


def _mappings(document: Document) -> Iterable[dict[str, Any]]:
    drafts = {head["slug"] for head in document["proposals"] if _is_draft(head)}
    method, clauses = document["method"], document["included"]["clauses"]
    seen = set()
    for row in document["rows"]:
        for link in row["links"]:
            pair = link["left"], link["right"]
            if pair in seen:
                continue
            seen.add(pair)
            left, right = clauses[link["left"]], clauses[link["right"]]
            by_editor = link["decided_by"] == "editor"
            yield {
                "subject_id": _curie(left, drafts),
                "subject_label": left["label"],
                "predicate_id": _predicate(link),
                "object_id": _curie(right, drafts),
                "object_label": right["label"],
                "mapping_justification": "semapv:ManualMappingCuration" if by_editor else "semapv:CompositeMatching",
                "author_label": "editor of the data set" if by_editor else "",
                "subject_source": _source(left, drafts),
                "object_source": _source(right, drafts),
                "mapping_tool": "" if by_editor else method["name"],
                "mapping_tool_version": "" if by_editor else method["version"],
                # A score of the engine says nothing of how sure an editor was.
                "confidence": None if by_editor else link["score"],
                "comment": _comment(link, row),
                "other": f"relation={link['relation']}",
            }


def _predicate(link: Document) -> str:
    if link["relation"] == Decision.Relation.EQUIVALENT:
        return "skos:exactMatch"
    if link["relation"] == Decision.Relation.OVERLAP and link["wider"]:
        return _WIDER[link["wider"]]
    return "skos:relatedMatch"


def _comment(link: Document, row: Document) -> str:
    """The relation in words, with the asserted differences between the two clauses."""
    said = [f"{Decision.Relation(link['relation']).label}"]
    for divergence in row["divergences"]:
        values = [side["text"] for side in divergence["sides"] if side["clause"] in (link["left"], link["right"])]
        if divergence["asserted"] and len(values) > 1:
            said.append(f"{divergence['kind'].replace('_', ' ')}: {' / '.join(values)}")
    if link["stale"]:
        said.append("a clause changed since the editor decided")
    return "; ".join(said)


def _curie(clause: Document, drafts: set[str]) -> str:
    if clause["proposal"] in drafts:
        return f"draft:{clause['id']}"
    # With the prefix it is the address that the API gives the clause.
    return f"clause:{clause['proposal']}/clauses/{clause['key']}/"


def _source(clause: Document, drafts: set[str]) -> str:
    return f"{'draft' if clause['proposal'] in drafts else 'proposal'}:{clause['proposal']}" + (
        "" if clause["proposal"] in drafts else "/"
    )


def _is_draft(head: Document) -> bool:
    """Nothing but its words is known of a text that was sent in."""
    return head["kind"] is None


def _cell(value: str | float | None) -> str | float:
    if value is None:
        return ""
    return guarded(" ".join(value.split())) if isinstance(value, str) else value

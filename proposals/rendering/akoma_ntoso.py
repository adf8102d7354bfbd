"""A proposal as Akoma Ntoso 3.0 (OASIS LegalDocML), a `doc`: no legislature made it, and it claims no force of law.

docs/decisions/exports.md says why the elements are these.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from lxml import etree

from proposals.licence import LICENCE, LICENCE_ADDRESS
from proposals.models import Clause, Lineage, Proposal, ProposalParty
from proposals.payloads import ClausePayload, ProposalPayload
from proposals.rendering import words
from proposals.rendering.characters import printable_values
from proposals.rendering.clauses import ShownClause, name_in, shown_clause, shown_source
from proposals.rendering.dates import in_words
from proposals.rendering.listings import source_in_words

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_EDITORS = "#editors"
# ISO 3166 keeps zz for users; texts between states and armed groups have no country of their own.
_NO_COUNTRY = "zz"
_STATUS = {
    Clause.Wording.VERBATIM: "verbatim",
    Clause.Wording.TRANSLATION: "translated",
    Clause.Wording.PARAPHRASE: "editorial",
}


class _Maker:
    """Makes elements of the namespace: `_E.p("Words", status="editorial")`. Attributes that are None are left out."""

    def __getattr__(self, tag: str) -> Callable[..., Any]:
        def made(*content: Any, **attributes: str | None) -> Any:
            given = {name: value for name, value in attributes.items() if value is not None}
            element = etree.Element(f"{{{NAMESPACE}}}{tag}", given, nsmap={None: NAMESPACE})  # type: ignore[dict-item]
            for one in content:
                if not isinstance(one, str):
                    element.append(one)
                elif len(element):
                    element[-1].tail = (element[-1].tail or "") + one
                else:
                    element.text = (element.text or "") + one
            return element

        return made


_E = _Maker()


def akoma_ntoso(
    proposal: ProposalPayload, clauses: Sequence[ClausePayload], *, included: Mapping[str, Mapping[str, Any]]
) -> bytes:
    """The document. `clauses` stand in reading order; `included` has the records that both name, by kind and id."""
    proposal, clauses, included = printable_values([proposal, list(clauses), dict(included)])
    sources = list(dict.fromkeys([*proposal["sources"], *(slug for one in clauses for slug in one["sources"])]))
    document = _E.doc(
        _meta(proposal, sources=sources, included=included),
        _preface(proposal, clauses),
        _E.mainBody(*(_body(clauses, included=included) or [_E.p("No clause of it is recorded.")])),
        name=proposal["kind"],
        contains="singleVersion",
    )
    root = _E.akomaNtoso(document)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _uri(proposal: ProposalPayload) -> str:
    return f"/akn/{_NO_COUNTRY}/doc/{str(proposal['kind']).replace('_', '-')}/{proposal['date']}/{proposal['slug']}"


def _meta(proposal: ProposalPayload, *, sources: Sequence[str], included: Mapping[str, Mapping[str, Any]]) -> Any:
    work, recorded = _uri(proposal), proposal["changed_at"][:10]
    expression = f"{work}/eng@{recorded}"
    authors = [_E.FRBRauthor(href=f"#party-{slug}", **{"as": "#proposer"}) for slug in proposal["proposers"]]
    return _E.meta(
        _E.identification(
            _E.FRBRWork(
                _E.FRBRthis(value=f"{work}/!main"),
                _E.FRBRuri(value=work),
                _E.FRBRalias(value=proposal["title"], name="title"),
                _E.FRBRdate(date=proposal["date"], name="generation"),
                *(authors or [_E.FRBRauthor(href="#unknown")]),
                _E.FRBRcountry(value=_NO_COUNTRY),
                _E.FRBRsubtype(value=proposal["kind"]),
                _E.FRBRname(value=proposal["short_title"]),
                _E.FRBRprescriptive(value="false"),
                _E.FRBRauthoritative(value="false"),
            ),
            # The expression is our record of the text, not the text: its authors are those who recorded it.
            _E.FRBRExpression(
                _E.FRBRthis(value=f"{expression}/!main"),
                _E.FRBRuri(value=expression),
                _E.FRBRdate(date=recorded, name="recording"),
                _E.FRBRauthor(href=_EDITORS),
                _E.FRBRauthoritative(value="false"),
                _E.FRBRlanguage(language="eng"),
            ),
            _E.FRBRManifestation(
                _E.FRBRthis(value=f"{expression}/!main.akn"),
                _E.FRBRuri(value=f"{expression}.akn"),
                _E.FRBRdate(date=recorded, name="export"),
                _E.FRBRauthor(href=_EDITORS),
                _E.FRBRformat(value="application/akn+xml"),
            ),
            source=_EDITORS,
        ),
        _E.lifecycle(
            _E.eventRef(eId="event-generation", date=proposal["date"], source="#text", type="generation"),
            source=_EDITORS,
        ),
        _references(proposal, sources=sources, included=included),
    )


def _references(proposal: ProposalPayload, *, sources: Sequence[str], included: Mapping[str, Mapping[str, Any]]) -> Any:
    """The text, what it is tied to, where all is known from, and who is named."""
    found = [_E.original(eId="text", href=_uri(proposal), showAs=proposal["title"])]
    found += [
        _E.TLCReference(
            eId=f"{tie['relation'].replace('_', '-')}-{tie['proposal']}",
            href=f"/proposals/{tie['proposal']}",
            name=tie["relation"],
            showAs=f"{Lineage.Relation(tie['relation']).label} {tie['proposal']}",
        )
        for tie in proposal["lineage"]
    ]
    for slug in sources:
        source = included["sources"][slug]
        shown = source_in_words(shown_source(source))
        found.append(
            _E.TLCReference(eId=f"source-{slug}", href=source["url"] or f"/sources/{slug}", name="source", showAs=shown)
        )
    found.append(_E.TLCOrganization(eId="editors", href="/ontology/editors", showAs="those who recorded this text"))
    found.append(_E.TLCOrganization(eId="unknown", href="/ontology/unknown", showAs="not known"))
    found += [
        _E.TLCOrganization(eId=f"party-{slug}", href=f"/parties/{slug}", showAs=name_in(included["parties"], slug))
        for slug in dict.fromkeys(one["party"] for one in proposal["parties"])
    ]
    found += [
        _E.TLCRole(eId=role, href=f"/ontology/roles/{role}", showAs=str(ProposalParty.Role(role).label))
        for role in dict.fromkeys(["proposer", *(one["role"] for one in proposal["parties"])])
    ]
    found += [
        _E.TLCConcept(eId=str(wording), href=f"/ontology/wording/{wording}", showAs=str(wording.label))
        for wording in Clause.Wording
    ]
    return _E.references(*found, source=_EDITORS)


def _preface(proposal: ProposalPayload, clauses: Sequence[ClausePayload]) -> Any:
    known = Proposal.TextStatus(str(proposal["text_status"])).label
    complete = words.name_of(proposal["clauses_complete"], words.COMPLETENESS)
    date = in_words(proposal["date"], proposal["date_precision"], last=proposal["date_end"], text=proposal["date_text"])
    said = [
        _E.p(_E.docTitle(proposal["title"])),
        _E.p(_E.docDate(date, date=proposal["date"])),
        _E.p(f"The text is {known}; {complete}. This is a record of it, not an official text."),
    ]
    if any(clause["wording"] == Clause.Wording.PARAPHRASE for clause in clauses):
        said.append(
            _E.p(
                _E.remark(
                    "What refers to the concept paraphrase is told in the words of those who recorded it. "
                    "It is no quotation.",
                    status="editorial",
                )
            )
        )
    said.append(_E.p(f"Licence of the record: {LICENCE}, {LICENCE_ADDRESS}"))
    return _E.preface(*said)


def _body(clauses: Sequence[ClausePayload], *, included: Mapping[str, Mapping[str, Any]]) -> list[Any]:
    """The provisions, each within its parent; what names no parent of this text stands on its own."""
    by_id = {clause["id"]: clause for clause in clauses}
    parts: dict[str | None, list[ClausePayload]] = {}
    for clause in clauses:
        parts.setdefault(clause["parent"] if clause["parent"] in by_id else None, []).append(clause)

    def provision(clause: ClausePayload) -> Any:
        own = [provision(part) for part in parts.get(clause["id"], ())]
        shown = shown_clause(clause, included=included)
        text = _text(clause, shown)
        element = _E.clause(eId=f"clause-{clause['key']}", **{"class": clause["kind"]})
        if shown.number:
            element.append(_E.num(shown.number))
        element.append(_E.heading(clause["label"]))
        element.extend([_E.intro(text), *own] if own else [_E.content(text)])
        return element

    return [provision(clause) for clause in parts.get(None, ())]


def _text(clause: ClausePayload, shown: ShownClause) -> Any:
    is_unknown = clause["kind"] == Clause.Kind.PLACEHOLDER
    element = _E.p(
        clause["text"],
        status="unknown" if is_unknown else _STATUS[Clause.Wording(clause["wording"])],
        refersTo=f"#{clause['wording']}",
    )
    element.set(_XML_LANG, clause["language"])
    if clause["strikes"]:
        element.append(_E.remark(f" Strikes out {clause['strikes']}.", status="editorial"))
    if note := "; ".join(_known_from(shown)):
        cited = [_E.ref("[source]", href=f"#source-{slug}") for slug in clause["sources"]]
        element.append(
            _E.authorialNote(
                _E.p(f"{note} ", *cited), eId=f"clause-{clause['key']}__note", placement="bottom", marker="*"
            )
        )
    return element


def _known_from(clause: ShownClause) -> Iterable[str]:
    known = (clause.locator, *map(source_in_words, clause.sources), clause.evidence, clause.confidence)
    return filter(None, known)

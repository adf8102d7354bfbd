"""Bracketed text as a DOCX document, A4 portrait, with its clauses and sources; the same text gives the same bytes."""

import io

from django.utils.translation import gettext
from docx import Document
from docx.document import Document as DocxDocument
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from parties.busy import a_few_at_once
from proposals.rendering.bracketed_text import BracketedMatter, BracketedText, Holder
from proposals.rendering.characters import printable_values
from proposals.rendering.clauses import ShownClause
from proposals.rendering.comparison_docx import set_properties, undated

_WIDTH, _HEIGHT, _MARGIN = Mm(210), Mm(297), Mm(22)


@a_few_at_once
def bracketed_docx(text: BracketedText) -> bytes:
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = _WIDTH, _HEIGHT
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = _MARGIN
    document.styles["Normal"].font.size = Pt(11)
    language = set_properties(document, title=text.title)
    document.add_heading(text.title, level=0)
    for one in text.texts:
        document.add_paragraph(_printable(one), style="List Bullet")
    for remark in text.remarks:
        document.add_paragraph(remark)
    for name, matters in text.groups:
        document.add_heading(_printable(name), level=1)
        for matter in matters:
            _add_matter(document, matter, language=language)
    document.add_paragraph(_printable(text.citation))
    stream = io.BytesIO()
    document.save(stream)
    return undated(stream.getvalue())


def _add_matter(document: DocxDocument, matter: BracketedMatter, *, language: str) -> None:
    document.add_heading(_printable(f"{matter.line.number} {matter.line.topic}"), level=2)
    if matter.is_reconstruction:
        document.add_paragraph().add_run(gettext("a reconstruction, not a quotation")).italic = True
    paragraph = document.add_paragraph()
    for piece in matter.pieces:
        if piece.holders:
            paragraph.add_run(_printable(f"[{piece.holders}: ")).bold = True
        wording = paragraph.add_run(_printable(piece.text))
        # Every English is English: the document's own says which.
        if piece.language and piece.language.partition("-")[0] != language.partition("-")[0]:
            _set_language(wording, piece.language)
        closing = paragraph.add_run("] " if piece.holders else " ")
        closing.bold = bool(piece.holders) or None
    for holder in matter.texts:
        _add_sources(document.add_paragraph(), holder)


def _add_sources(paragraph: Paragraph, holder: Holder) -> None:
    paragraph.paragraph_format.space_after = Pt(2)
    said = "; ".join(_with_sources(clause) for clause in holder.clauses)
    paragraph.add_run(_printable(f"{holder.short_title}: {said}")).font.size = Pt(8.5)


def _with_sources(clause: ShownClause) -> str:
    sources = ", ".join(f"{one.title} ({one.publisher}, {one.grade})" for one in clause.sources)
    named = f"{clause.number} {clause.label}".strip()
    return f"{named} [{clause.id}, {clause.wording}] {sources}".strip()


def _set_language(run: Run, language: str) -> None:
    """So that no spelling checker takes a text in another language for one full of mistakes."""
    declared = OxmlElement("w:lang")
    declared.set(qn("w:val"), language)
    run._r.get_or_add_rPr().append(declared)


def _printable(text: str) -> str:
    return str(printable_values(text))

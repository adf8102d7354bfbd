"""Bracketed text as a DOCX document, A4 portrait; the same text gives the same bytes."""

import io

from django.utils.translation import gettext
from docx import Document
from docx.shared import Mm, Pt

from proposals.rendering.bracketed_text import BracketedText
from proposals.rendering.characters import printable_values
from proposals.rendering.comparison_docx import MADE, undated

_WIDTH, _HEIGHT, _MARGIN = Mm(210), Mm(297), Mm(22)


def bracketed_docx(text: BracketedText) -> bytes:
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = _WIDTH, _HEIGHT
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = _MARGIN
    document.styles["Normal"].font.size = Pt(11)
    known = document.core_properties
    known.title, known.author, known.comments = text.title, "", ""
    known.created = known.modified = MADE
    document.add_heading(text.title, level=0)
    for one in text.texts:
        document.add_paragraph(_printable(one), style="List Bullet")
    for remark in text.remarks:
        document.add_paragraph(remark)
    for name, matters in text.groups:
        document.add_heading(_printable(name), level=1)
        for matter in matters:
            document.add_heading(_printable(f"{matter.line.number} {matter.line.topic}"), level=2)
            if matter.is_reconstruction:
                document.add_paragraph().add_run(gettext("a reconstruction, not a quotation")).italic = True
            paragraph = document.add_paragraph()
            for piece in matter.pieces:
                if piece.holders:
                    paragraph.add_run(_printable(f"[{piece.holders}: ")).bold = True
                    paragraph.add_run(_printable(piece.text))
                    paragraph.add_run("] ").bold = True
                else:
                    paragraph.add_run(_printable(f"{piece.text} "))
    document.add_paragraph(_printable(text.citation))
    stream = io.BytesIO()
    document.save(stream)
    return undated(stream.getvalue())


def _printable(text: str) -> str:
    return str(printable_values(text))

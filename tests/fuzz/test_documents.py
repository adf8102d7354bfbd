"""Documents that an editor uploads as the text of a new proposal, after accidents; each is read in a process apart."""

import json
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from proposals.documents import SUFFIXES
from tests.documents.pdf_files import pdf
from tests.documents.word_files import numbered, outline, paragraph, word
from tests.fuzz.documents import spoilt
from tests.fuzz.profile import cases
from tests.fuzz.service import Service
from tests.fuzz.words import HARD, hard_texts

_LINES = ["1. The Council opens the harbour.", "2. The Front keeps at most 500 men.", "(a) in the old town;"]
_PAGE = f"<html><head><title>Plan</title></head><body><h1>Plan</h1><ol>{''.join(f'<li>{one}' for one in _LINES)}</ol>"
_NUMBERING = outline(0, ("decimal", "%1."), ("lowerLetter", "(%2)")) + numbered(1, 0)
_WORD = word("".join(paragraph(line, number=(1, place % 2)) for place, line in enumerate(_LINES)), numbering=_NUMBERING)
_FILES = {
    "plan.txt": "\n".join(_LINES).encode(),
    "plan.md": ("# Plan\n\n" + "\n".join(_LINES)).encode(),
    "plan.html": _PAGE.encode(),
    "plan.docx": _WORD,
    "plan.pdf": pdf(_LINES, _LINES),
}
_PATH = "/admin/proposals/proposal/from-text/"


@pytest.fixture
def editor(db: None, request: pytest.FixtureRequest) -> Service:
    client = Client()
    client.force_login(User.objects.create_superuser("otto"))
    return Service(request.node.originalname, client)


@pytest.mark.parametrize("name", ["plan.txt", "plan.md"])
@given(data=st.data())
@cases(share=0.3, few=6)
def test_a_plain_file(editor: Service, name: str, data: Any) -> None:
    _upload(editor, name, data.draw(spoilt(_FILES[name])))


# A process for each: there is no time for many.
@pytest.mark.parametrize("name", ["plan.html", "plan.docx", "plan.pdf"])
@given(data=st.data())
@cases(share=0.1, few=2)
def test_a_file_that_is_read_apart(editor: Service, name: str, data: Any) -> None:
    _upload(editor, name, data.draw(spoilt(_FILES[name])))


@given(
    name=hard_texts, content=st.sampled_from(sorted(_FILES.values())), suffix=st.sampled_from([*SUFFIXES, "", ".exe"])
)
@cases(share=0.05, few=2)
def test_the_name_of_a_file(editor: Service, name: str, content: bytes, suffix: str) -> None:
    _upload(editor, f"{name}{suffix}".encode(errors="replace").decode() or "x", content)


def _upload(editor: Service, name: str, content: bytes) -> None:
    answer = editor.upload(_PATH, {"do": "cut", "text": "", "file": SimpleUploadedFile(name, content)})

    assert answer.status_code in (200, 413)


_ROW = {"id": "r1", "text": "The Council opens the harbour.", "label": "Opening", "number": "1", "depth": "0"}


@given(data=st.data())
@cases(share=0.5, few=12)
def test_clauses_on_the_page_of_a_text(editor: Service, data: Any) -> None:
    opened = editor.submit(_PATH, {"do": "cut", "text": "\n".join(_LINES)})
    fields = filled(opened)
    commands = ["save", "undo", "tick terms", "tick topics", "split r1", "merge r1", "up r1", "down r1", "out r1", "x"]
    fields["do"] = data.draw(st.one_of(st.sampled_from(commands), hard_texts))
    names = [*fields, "cut", "past", "row"]
    fields |= data.draw(st.dictionaries(st.sampled_from(names), _field_values, max_size=3))

    assert editor.submit(_PATH, fields).status_code in (200, 302, 400, 413)


_field_values = st.one_of(
    st.sampled_from([json.dumps([_ROW] * 3), "[]", "{}", "[[", "0", "1", "-1", *HARD]), hard_texts
)


def filled(answer: Any) -> dict[str, Any]:
    from tests.admin.filled_form import FilledForm

    return dict(FilledForm.on(answer))

"""What is imported: documents with wrong values at every path of the published schema, and files after accidents."""

import json
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from proposals.exchange.tables import columns_of
from proposals.exchange.workbook import workbook
from proposals.exchange.yaml_text import yaml_text
from tests.documents.word_files import archive
from tests.exchange.harbour import harbour
from tests.fuzz.documents import spoilt, wrong_documents
from tests.fuzz.profile import cases
from tests.fuzz.service import Service
from tests.fuzz.words import hard_texts

FILES = harbour()
_AS_JSON = {name: json.dumps(document).encode() for name, document in FILES.items()}
_AS_YAML = {name: yaml_text(document).encode() for name, document in FILES.items()}
_YES_OR_NO = st.sampled_from(["", "true", "false"])


@pytest.fixture
def administrator(harbour_is_imported: None, request: pytest.FixtureRequest) -> Service:
    client = Client()
    client.force_login(User.objects.get(username="administrator"))
    return Service(request.node.originalname, client)


@pytest.mark.parametrize("name", FILES)
@given(data=st.data())
@cases(share=0.7, few=12)
def test_a_document_with_a_wrong_value(administrator: Service, name: str, data: Any) -> None:
    document = data.draw(wrong_documents(FILES[name]))
    options = data.draw(st.fixed_dictionaries({"overwrite": _YES_OR_NO, "prune": _YES_OR_NO, "dry_run": _YES_OR_NO}))
    asked = [(option, value) for option, value in options.items() if value]

    answer = administrator.send("/api/v1/imports/", json.dumps(document).encode(), query=asked)

    assert answer.status_code in (200, 400)
    assert answer.status_code == 200 or answer.json()["errors"]


@given(data=st.data())
@cases(few=12)
def test_a_body_after_accidents(administrator: Service, data: Any) -> None:
    body = data.draw(st.sampled_from(sorted(_AS_JSON)).flatmap(lambda name: spoilt(_AS_JSON[name])))

    answer = administrator.send("/api/v1/imports/", body)

    assert answer.status_code in (200, 400)


@given(data=st.data())
@cases(few=12)
def test_a_yaml_file_after_accidents(administrator: Service, data: Any) -> None:
    content = data.draw(st.sampled_from(sorted(_AS_YAML)).flatmap(lambda name: spoilt(_AS_YAML[name])))

    _upload(administrator, "proposal", "plan.yaml", content)


def _table() -> dict[str, list[list[str]]]:
    return {
        "measure": [["width", "quantity", "Width"], ["time", "duration", "=1+1"]],
        "clause": [["council-plan", "c01", "1", "Garrison", "At most 400 men."]],
    }


def _rows(kind: str) -> list[list[str]]:
    width = len(columns_of(kind))
    return [[*row, *[""] * (width - len(row))] for row in _table()[kind]]


def _csv(kind: str) -> bytes:
    head = [*columns_of(kind)]
    return "\r\n".join(",".join(row) for row in [head, *_rows(kind)]).encode()


@pytest.mark.parametrize("kind", ["measure", "clause"])
@given(data=st.data())
@cases(share=0.4, few=8)
def test_a_table_after_accidents(administrator: Service, kind: str, data: Any) -> None:
    _upload(administrator, kind, "rows.csv", data.draw(spoilt(_csv(kind))))


@given(data=st.data())
@cases(share=0.4, few=8)
def test_a_table_with_hard_cells(administrator: Service, data: Any) -> None:
    head = list(columns_of("clause"))
    cells = data.draw(st.dictionaries(st.sampled_from(head), hard_texts, min_size=1, max_size=4))
    row = {
        "proposal": "council-plan",
        "id": "c01",
        "number": "1",
        "label": "Garrison",
        "text": "At most 400 men.",
    } | cells
    line = ",".join('"' + row.get(name, "").replace('"', '""') + '"' for name in head)

    _upload(administrator, "clause", "rows.csv", f"{','.join(head)}\n{line}\n".encode(errors="surrogatepass"))


@given(data=st.data())
@cases(share=0.4, few=8)
def test_a_workbook_with_hard_cells_or_after_accidents(administrator: Service, data: Any) -> None:
    rows = _rows("measure")
    rows[0][data.draw(st.integers(0, len(rows[0]) - 1))] = data.draw(hard_texts.filter(lambda text: text.isprintable()))
    content = workbook({"measure": rows})

    _upload(administrator, "measure", "rows.xlsx", data.draw(st.one_of(st.just(content), spoilt(content))))


@given(data=st.data())
@cases(share=0.3, few=6)
def test_an_archive_after_accidents(administrator: Service, data: Any) -> None:
    names = st.one_of(st.sampled_from(["a.yaml", "../../a.yaml", "/etc/a.yaml", "a/b.json", "a.yaml\\..", "CON.yaml"]))
    content = archive({data.draw(names): _AS_YAML["plan.yaml"], "b.json": _AS_JSON["answer.yaml"]})

    _upload(administrator, "proposal", "files.zip", data.draw(st.one_of(st.just(content), spoilt(content))))


@given(data=st.data())
@cases(share=0.4, few=8)
def test_a_preview_that_was_tampered_with(administrator: Service, data: Any) -> None:
    """The second step of an import, whose form holds the file."""
    path = "/admin/proposals/proposal/import/"
    preview = administrator.upload(path, {"file": SimpleUploadedFile("plan.yaml", _AS_YAML["answer.yaml"]), "text": ""})
    fields = {name: str(value) for name, value in preview.context["carried"].items()}
    fields |= data.draw(
        st.dictionaries(st.sampled_from([*fields, "prune", "overwrite", "publish"]), hard_texts, max_size=3)
    )

    administrator.submit(path, fields)


def _upload(service: Service, kind: str, name: str, content: bytes) -> None:
    path = f"/admin/proposals/{kind}/import/"
    preview = service.upload(path, {"file": SimpleUploadedFile(name, content), "text": "", "overwrite": "on"})
    assert preview.status_code == 200
    if carried := (preview.context or {}).get("carried"):
        # What can be previewed can be imported, or is refused in words.
        assert service.submit(path, carried).status_code in (200, 302)

"""Files made to do harm: each is refused in a sentence, and nothing of it is run, fetched, or swallowed whole."""

import io
import socket
import struct
import subprocess
import sys
import threading
import time
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter

from proposals.documents import UnreadableDocument, apart, read_document
from proposals.documents.apart import read_apart
from tests.documents.pdf_files import pdf, stream, written
from tests.documents.word_files import OFFICE, W, archive, word

LINES = ["1. The parties cease fire.", "2. Both sign."]
_RELATION = '<Relationship Id="r9" Type="{}" Target="{}" TargetMode="External"/>'


@pytest.fixture
def listener() -> Iterator[tuple[str, list[bytes]]]:
    """An address on this machine, and what was sent to it."""
    heard: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.05)
        stop = threading.Event()

        def listen() -> None:
            while not stop.is_set():
                try:
                    connection, _ = server.accept()
                except TimeoutError:
                    continue
                heard.append(b"somebody came")
                connection.close()

        thread = threading.Thread(target=listen)
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}", heard
        stop.set()
        thread.join()


def _refusal(name: str, content: bytes) -> UnreadableDocument:
    with pytest.raises(UnreadableDocument) as refused:
        read_document(name, content)
    assert str(refused.value).endswith((".", "instead."))
    return refused.value


def _document(entities: str, *, told: str = "&x;", before: str = "") -> str:
    return (
        f"{before}<!DOCTYPE x [{entities}]><w:document xmlns:w='{W}'><w:body><w:p><w:r><w:t>{told}</w:t></w:r></w:p>"
        "</w:body></w:document>"
    )


LAUGHS = '<!ENTITY a0 "ha">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))  # 10^11 times ha


def test_entities_are_neither_expanded_nor_followed(tmp_path: Path, listener: tuple[str, list[bytes]]) -> None:
    address, heard = listener
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret of this machine")
    documents = [
        _document(f'<!ENTITY x SYSTEM "{secret.as_uri()}">'),
        _document(f'<!ENTITY x SYSTEM "{address}/x">'),
        _document(f'<!ENTITY % x SYSTEM "{address}/x.dtd">%x;', told="words"),
        f"<!DOCTYPE x SYSTEM '{address}/x.dtd'><w:document xmlns:w='{W}'/>",
        _document(LAUGHS, told="&a11;"),
        # The same, where a search for plain letters finds nothing.
        _document(f'<!ENTITY x SYSTEM "{secret.as_uri()}">').encode("utf-16"),
        _document(LAUGHS, told="&a11;", before='<?xml version="1.0" encoding="utf-16be"?>').encode("utf-16-be"),
        _document(LAUGHS, told="&a11;", before='<?xml version="1.0" encoding="utf-7"?>'),
        _document(LAUGHS, told="&a11;", before='<?xml version="1.0" encoding="cp037"?>').encode("cp037"),
    ]

    told = [_refusal("leak.docx", word(parts={"word/document.xml": document})) for document in documents]
    told.append(_refusal("leak.docx", word(parts={"word/_rels/document.xml.rels": documents[0]})))
    told.append(_refusal("leak.docx", word(parts={"[Content_Types].xml": documents[4]})))

    assert {refusal.code for refusal in told} == {"entities", "damaged"}
    assert not any("secret of" in str(refusal) for refusal in told)
    assert heard == []


@pytest.mark.parametrize(
    "kind", ["attachedTemplate", "image", "oleObject", "frame", "subDocument", "header", "settings", "aFChunk", "video"]
)
def test_references_to_the_outside_are_refused(kind: str, listener: tuple[str, list[bytes]]) -> None:
    address, heard = listener

    refusal = _refusal("leak.docx", word(relations=_RELATION.format(f"{OFFICE}/{kind}", f"{address}/t.dotm")))

    assert refusal.code in ("external", "embedded")
    assert heard == []


def test_a_plain_link_is_words() -> None:
    link = _RELATION.format(f"{OFFICE}/hyperlink", "https://example.org/")

    assert read_document("plan.docx", word(relations=link)) == "The Coastal Front opens the old harbour."


@pytest.mark.parametrize(
    "field",
    [
        'DDEAUTO cmd "/k calc"',
        "DDE excel x",
        "INCLUDETEXT https://example.org/x",
        " includepicture x",
        "LINK Excel.Sheet x",
    ],
)
@pytest.mark.parametrize(
    "body",
    [
        '<w:p><w:fldSimple w:instr="{}"><w:r><w:t>x</w:t></w:r></w:fldSimple></w:p>',
        "<w:p><w:r><w:instrText>{}</w:instrText></w:r></w:p>",
    ],
)
def test_fields_that_reach_out_are_refused(field: str, body: str) -> None:
    assert _refusal("leak.docx", word(body.format(field.replace('"', "&quot;")))).code == "external"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (word(parts={"word/vbaProject.bin": b"x"}), "macros"),
        (word(parts={"word/VBAPROJECT.BIN": b"x"}), "macros"),
        (word(main_type="application/vnd.ms-word.document.macroEnabled.main+xml"), "macros"),
        (word(more_types='<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/>'), "macros"),
        (word(parts={"word/embeddings/oleObject1.bin": b"x"}), "embedded"),
        (word(parts={"word/embeddings/table.xlsx": archive({"x": "x"})}), "embedded"),
        (word(parts={"word/activeX/activeX1.xml": "<x/>"}), "embedded"),
        (word(parts={"word/media/image1.bin": b"x"}), "embedded"),
        (word("<w:p><w:r><w:object/></w:r></w:p>"), "embedded"),
        (word("<w:altChunk/>"), "embedded"),
        (word(more_types='<Override PartName="/x" ContentType="application/vnd.ms-office.activeX+xml"/>'), "embedded"),
        (archive({"mimetype": "application/vnd.oasis.opendocument.text"}), "not_what_it_says"),
        (
            word(main_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"),
            "not_what_it_says",
        ),
        (word(parts={"word/document.xml": "<w:document"}), "damaged"),
        (b"PK\x03\x04 and nothing more", "damaged"),
        (word("<w:sdt>" * 400 + "</w:sdt>" * 400), "too_deep"),
        (word(""), "no_text"),
    ],
)
def test_documents_that_are_refused(content: bytes, code: str) -> None:
    assert _refusal("leak.docx", content).code == code


def _with_size(content: bytes, size: int) -> bytes:
    """The archive, whose last entry says of itself that it is this large."""
    at = content.rindex(b"PK\x01\x02") + 24
    name = zipfile.ZipFile(io.BytesIO(content)).infolist()[-1]
    local = name.header_offset + 22
    told = struct.pack("<I", size)
    return content[:local] + told + content[local + 4 : at] + told + content[at + 4 :]


ZEROS = bytes(30 * 1024**2)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        # It says what it is.
        (word(parts={"word/media/a.png": ZEROS}), "too_large_inside"),
        # Many that are each allowed.
        (word(parts={f"word/media/{n}.png": bytes(900_000) for n in range(80)}), "too_large_inside"),
        (word(parts={f"word/media/{n}.png": b"" for n in range(2_100)}), "too_large_inside"),
        # It lies about its size, so that what it says is allowed.
        (_with_size(word(parts={"word/media/a.png": ZEROS}), 1_000), "damaged"),
        (_with_size(word(parts={"word/media/a.png": b"small"}), 900_000), "damaged"),
        (word(compressed=zipfile.ZIP_BZIP2), "damaged"),
        (word(compressed=zipfile.ZIP_LZMA), "damaged"),
    ],
)
def test_archives_that_blow_up_are_refused(content: bytes, code: str) -> None:
    started = time.monotonic()

    assert _refusal("leak.docx", content).code == code
    assert time.monotonic() - started < 5


def test_an_encrypted_entry_is_refused() -> None:
    content = bytearray(word())
    at = content.index(b"PK\x01\x02")
    content[at + 8] |= 1

    assert _refusal("leak.docx", bytes(content)).code == "encrypted"


def test_entries_that_share_their_bytes_are_refused() -> None:
    content = word(parts={"word/media/a.png": bytes(1000), "word/media/b.png": bytes(1000)})
    first, second = [place for place in range(len(content)) if content.startswith(b"PK\x01\x02", place)][-2:]
    # The directory names the bytes of the first twice.
    offset = content[first + 42 : first + 46]
    twice = content[: second + 42] + offset + content[second + 46 :]

    assert _refusal("leak.docx", twice).code == "damaged"


JAVASCRIPT = b"<< /S /JavaScript /JS (app.alert\\(1\\)) >>"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (pdf(LINES, catalog="/OpenAction << /S /JavaScript /JS (app.alert) >>"), "active"),
        (pdf(LINES, catalog="/OpenAction 1000 0 R", more={1000: JAVASCRIPT}), "active"),
        # Nothing leads to it, but it is there.
        (pdf(LINES, more={1000: JAVASCRIPT}), "active"),
        (pdf(LINES, more={1000: b"<< /S /#4aavaScript >>"}), "active"),
        (pdf(LINES, more={1000: b"<< /S 1001 0 R >>", 1001: b"/Launch"}), "active"),
        (pdf(LINES, more={1000: b"[ [ << /A << /S /Launch /F (calc.exe) >> >> ] ]"}), "active"),
        (pdf(LINES, catalog="/OpenAction << /S /URI /URI (https://example.org) >>"), "active"),
        (pdf(LINES, catalog="/Names << /JavaScript << /Names [] >> >>"), "active"),
        (pdf(LINES, catalog="/AcroForm << /XFA [] >>"), "active"),
        (pdf(LINES, more={1000: b"<< /S /SubmitForm /F (https://example.org) >>"}), "active"),
        (pdf(LINES, more={1000: b"<< /S /GoToR /F (other.pdf) >>"}), "external"),
        (pdf(LINES, more={1000: stream(b"", "/F (/etc/passwd)")}), "external"),
        (pdf(LINES, catalog="/Names << /EmbeddedFiles << /Names [] >> >>"), "embedded"),
        (pdf(LINES, more={1000: stream(b"x", "/Type /EmbeddedFile")}), "embedded"),
        (pdf(LINES, more={1000: b"<< /Type /Filespec /EF << /F 1001 0 R >> >>"}), "embedded"),
        (pdf(*[["A page."]] * 301), "too_many_pages"),
        (b"%PDF-1.7\nand nothing more", "damaged"),
        (pdf(LINES)[:200], "damaged"),
        (pdf(LINES, more={1000: b"[" * 20_000 + b"]" * 20_000}), "too_deep"),
    ],
)
def test_pdf_files_that_are_refused(content: bytes, code: str) -> None:
    assert _refusal("leak.pdf", content).code == code


def test_an_encrypted_pdf_is_refused() -> None:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf(LINES))))
    writer.encrypt(user_password="", owner_password="owner", algorithm="RC4-128")
    target = io.BytesIO()
    writer.write(target)

    assert _refusal("leak.pdf", target.getvalue()).code == "encrypted"


def test_to_open_at_a_page_and_to_link_to_one_is_allowed() -> None:
    link = b"<< /Type /Annot /Subtype /Link /A << /S /URI /URI (https://example.org) >> /F 4 >>"
    content = pdf(LINES, catalog="/OpenAction [10 0 R /Fit]", more={1000: link})

    assert read_document("plan.pdf", content) == "1. The parties cease fire.\n2. Both sign."
    content = pdf(LINES, catalog="/OpenAction << /S /GoTo /D [10 0 R /Fit] >>")
    assert read_document("plan.pdf", content) == "1. The parties cease fire.\n2. Both sign."


def _object_stream_bomb() -> bytes:
    inside = b"5 0 " + b"0" * (60 * 1024**2)
    return written(
        {
            1: b"<< /Type /Catalog /Pages 2 0 R >>",
            2: b"<< /Type /Pages /Kids [] /Count 0 >>",
            4: stream(inside, "/Type /ObjStm /N 1 /First 4"),
        }
    )


def _packed_many_times() -> bytes:
    content = bytes(40 * 1024**2)
    for _ in range(3):
        content = zlib.compress(content, 9)
    return stream(content, "", packed=False).replace(b"<<", b"<< /Filter [/FlateDecode /FlateDecode /FlateDecode]", 1)


def test_streams_that_blow_up_are_refused() -> None:
    started = time.monotonic()
    page = pdf(LINES, more={11: _packed_many_times()})
    one = pdf(LINES, more={11: stream(b"BT /F1 12 Tf (x) Tj ET " + b" " * 30 * 1024**2)})

    told = {_refusal("leak.pdf", content).code for content in (page, one, _object_stream_bomb())}

    assert told <= {"too_large_inside", "damaged", "no_text"}
    assert "too_large_inside" in told
    assert time.monotonic() - started < 10


def test_pages_that_lead_round_in_a_circle_are_refused() -> None:
    circle = written(
        {
            1: b"<< /Type /Catalog /Pages 2 0 R >>",
            2: b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>",
        }
    )

    assert _refusal("leak.pdf", circle).code in ("damaged", "no_text", "too_large_inside", "too_deep")


def test_what_takes_too_long_is_ended() -> None:
    # No page is large, but there is no end to them.
    busy = stream(b"BT /F1 12 Tf " + b"(x) Tj " * 60_000 + b"ET")
    pages = pdf(*[LINES] * 200, more={11 + 2 * place: busy for place in range(200)})
    started = time.monotonic()

    with pytest.raises(UnreadableDocument, match="more time or memory than is allowed"):
        read_apart("pdf", pages, seconds=1)

    assert time.monotonic() - started < 10


def test_what_takes_too_much_memory_is_ended() -> None:
    # A tree of twenty megabytes of the smallest elements is many times as large in memory.
    greedy = word("<w:p/>" * 3_300_000, compressed=zipfile.ZIP_STORED)

    with pytest.raises(UnreadableDocument, match="more time or memory than is allowed"):
        read_apart("word", greedy, memory=200 * 1024**2)
    with pytest.raises(UnreadableDocument, match="more than 100,000 paragraphs"):
        read_apart("word", greedy)


def test_the_reading_process_knows_no_secrets_and_may_not_run_or_ask() -> None:
    probe = (
        "import sys, os, socket, subprocess\n"
        "from proposals.documents.__main__ import _refuse\n"
        "sys.addaudithook(_refuse)\n"
        "for act in (lambda: socket.create_connection(('127.0.0.1', 9)), lambda: subprocess.run(['true']),\n"
        "            lambda: os.system('true'), lambda: os.fork()):\n"
        "    try: act(); print('done')\n"
        "    except Exception as error: print(type(error).__name__)\n"
        "print(sorted(name for name in sys.modules if name.split('.')[0] in ('django', 'psycopg', 'parties')))\n"
    )

    said = subprocess.run(
        [sys.executable, "-c", probe], capture_output=True, text=True, check=True, cwd=apart._ROOT, env={}
    ).stdout

    assert said.split("\n")[:-1] == ["UnreadableDocument"] * 4 + ["[]"]

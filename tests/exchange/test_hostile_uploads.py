"""Files that would run, reach out, blow up or fall apart are refused in plain words, and never stop the service."""

import io
import random
import zipfile
from collections.abc import Callable

import pytest

from proposals.exchange.reading import LARGEST
from proposals.exchange.tables import MOST_ROWS, columns_of
from proposals.exchange.uploads import Upload, read_upload
from proposals.exchange.workbook import workbook

_SHEET = "xl/worksheets/sheet1.xml"
_RELATION = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{type}" Target="{target}" '
    'TargetMode="External"/></Relationships>'
)
Parts = dict[str, bytes]


def measures(*rows: list[str]) -> bytes:
    width = len(columns_of("measure"))
    return workbook({"measure": [[*row, *[""] * (width - len(row))] for row in rows]})


def rebuilt(content: bytes, change: Callable[[Parts], None]) -> bytes:
    """A workbook with other parts."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    return zipped(parts)


def zipped(parts: Parts) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def replace(name: str, old: str, new: str) -> Callable[[Parts], None]:
    def change(parts: Parts) -> None:
        assert old.encode() in parts[name]
        parts[name] = parts[name].replace(old.encode(), new.encode())

    return change


def add(name: str, content: str = "<a/>") -> Callable[[Parts], None]:
    return lambda parts: parts.update({name: content.encode()})


def told(upload: Upload) -> str:
    assert (upload.entries, upload.complete) == ([], False)
    (fault,) = upload.faults
    return fault.reason


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (add("xl/vbaProject.bin"), "holds macros or programs"),
        (add("xl/macrosheets/sheet1.xml"), "holds macros or programs"),
        (add("xl/activeX/activeX1.xml"), "holds macros or programs"),
        (replace("[Content_Types].xml", "sheet.main+xml", "sheet.macroEnabled.main+xml"), "is a workbook with macros"),
        (add("xl/externalLinks/externalLink1.xml"), "holds links to data elsewhere"),
        (add("xl/connections.xml"), "holds links to data elsewhere"),
        (add("xl/embeddings/oleObject1.docx"), "holds other files inside"),
        (
            add("xl/_rels/other.xml.rels", _RELATION.format(type="image", target="http://example.org/a.png")),
            "refers to http://example.org/a.png outside",
        ),
        (replace(_SHEET, "<worksheet", '<!DOCTYPE a [<!ENTITY b "c">]><worksheet'), "with a document type or entities"),
        (add("docProps/other.xml", "<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>"), "with a document type"),
        (add("docProps/other.xml", "<a>"), "which is no XML"),
        (lambda parts: parts.pop("[Content_Types].xml"), "is no XLSX workbook"),
        (lambda parts: parts.pop("xl/workbook.xml"), "is no workbook that can be read"),
        (lambda parts: parts.pop(_SHEET), "holds no table"),
        (replace(_SHEET, 't="s"', 't="s" r="A9999999999"'), "is no XML"),
        (replace(_SHEET, "<v>0</v>", "<v>999</v>"), "is no workbook that can be read"),
        (lambda parts: parts.update({f"xl/part{n}.txt": b"" for n in range(2_100)}), "grows far beyond its size"),
        (lambda parts: parts.update({"xl/media/a.txt": b"\0" * 70_000_000}), "grows far beyond its size"),
    ],
)
def test_a_workbook_that_could_do_harm_is_refused(change: Callable[[Parts], None], reason: str) -> None:
    content = rebuilt(measures(["width", "quantity", "Width"]), change)

    assert reason in told(read_upload("measures.xlsx", content, kind="measure"))


@pytest.mark.django_db
def test_links_in_cells_are_only_text() -> None:
    link = _RELATION.format(type="hyperlink", target="http://example.org/")
    content = rebuilt(measures(["width", "quantity", "W"]), add("xl/worksheets/_rels/sheet1.xml.rels", link))

    upload = read_upload("measures.xlsx", content, kind="measure")

    assert ([entry.address for entry in upload.entries], upload.faults) == (["width"], [])


def test_an_archive_that_lies_about_its_size_is_refused() -> None:
    content = zipped({"a.yaml": b"format: concordance/1\n" + b" " * 30_000_000})
    real, said = (30_000_022).to_bytes(4, "little"), (22).to_bytes(4, "little")
    assert content.count(real) == 2

    upload = read_upload("a.zip", content.replace(real, said), kind="party")

    assert "is damaged: it cannot be unpacked" in upload.faults[0].reason
    assert "grows far beyond its size" in read_upload("a.zip", content, kind="party").faults[0].reason


def test_two_files_of_one_name_are_refused() -> None:
    content = zipped({"a.yaml": b"format: concordance/1", "b.yaml": b"format: concordance/1"})

    assert told(read_upload("a.zip", content.replace(b"b.yaml", b"a.yaml"), kind="party")) == (
        "holds two parts of one name"
    )


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.xlsm", b"PK", "without macros"),
        ("a.xls", b"", "save it as .xlsx"),
        ("a.exe", b"", "is none of .yaml"),
        ("", b"", "is none of .yaml"),
        ("a.xlsx", b"", "is damaged: it cannot be unpacked"),
        ("a.xlsx", b"PK\x03\x04", "is damaged: it cannot be unpacked"),
        ("a.zip", zipped({"README.txt": b""}), "holds no .yaml, .yml or .json file"),
        ("a.csv", b"", "has no head"),
        ("a.csv", b'id,name\n"a', "is not CSV"),
        ("a.csv", b"\xff", "is not UTF-8"),
        ("a.csv", b"x" * (LARGEST + 1), "has 5,000,001 bytes; files of more than 5,000,000 are not read"),
        ("a.csv", b"id,kind,name\n" + b"a,b,c\n" * (MOST_ROWS + 1), "has more than 20,000 rows"),
    ],
)
def test_what_is_no_file_of_records_is_refused(name: str, content: bytes, reason: str) -> None:
    assert reason in told(read_upload(name, content, kind="measure"))


def test_a_workbook_of_too_many_rows_is_refused() -> None:
    content = measures(*[["a", "quantity", "A"]] * (MOST_ROWS + 1))

    assert "has more than 20,000 rows" in told(read_upload("measures.xlsx", content, kind="measure"))


@pytest.mark.django_db
def test_rows_that_are_far_apart_or_wide_fill_no_memory() -> None:
    def spread(parts: Parts) -> None:
        sheet = parts[_SHEET].decode()
        parts[_SHEET] = sheet.replace('<row r="2"', '<row r="1048576"').replace('r="A2"', 'r="XFD1048576"').encode()

    content = rebuilt(measures(["width", "quantity", "Width"]), spread)

    assert "reaches down to row 100,000" in told(read_upload("measures.xlsx", content, kind="measure"))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ('<c r="C2"><f>1+1</f><v>2</v></c>', "holds a formula: put what it gives in its place"),
        ('<c r="C2" t="str"><f>HYPERLINK("http://example.org")</f></c>', "holds a formula"),
        ('<c r="C2" t="e"><v>#REF!</v></c>', "holds an error (#REF!)"),
        ('<c r="C2"><v>1.5</v></c>', "must be a text, not a number (1.5)"),
        ('<c r="C2" t="b"><v>1</v></c>', "must be a text, not true"),
    ],
)
def test_a_cell_that_holds_no_text_is_a_fault_at_its_place(cell: str, reason: str) -> None:
    def change(parts: Parts) -> None:
        before, _, after = parts[_SHEET].decode().partition('<c r="C2"')
        parts[_SHEET] = (before + cell + after.partition("</c>")[2]).encode()

    content = rebuilt(measures(["width", "quantity", "Width"]), change)

    faults = read_upload("measures.xlsx", content, kind="measure").faults
    assert any(fault.place.startswith("C2") and reason in fault.reason for fault in faults), faults
    assert faults[0].file == "measures.xlsx, sheet measures"


@pytest.mark.django_db
def test_a_sheet_that_is_named_for_nothing_is_a_fault() -> None:
    content = rebuilt(
        workbook({"measure": [], "party": []}), replace("xl/workbook.xml", 'name="measures"', 'name="mesures"')
    )

    (fault,) = read_upload("a.xlsx", content, kind="measure").faults

    assert fault.file == "a.xlsx, sheet mesures"
    assert "did you mean measures" in fault.reason


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(60))
def test_no_damaged_workbook_or_archive_is_more_than_a_fault(seed: int) -> None:
    chance = random.Random(seed)
    content = bytearray(measures(["width", "quantity", "Width"], ["time", "duration", "Time"]))
    if seed % 2:
        # Below the ZIP, in the XML that the parsers meet.
        def change(parts: Parts) -> None:
            name = chance.choice(sorted(parts))
            part = bytearray(parts[name])
            for _ in range(3):
                part[chance.randrange(len(part))] = chance.randrange(256)
            parts[name] = bytes(part)

        content = bytearray(rebuilt(bytes(content), change))
    else:
        for _ in range(4):
            content[chance.randrange(len(content))] = chance.randrange(256)
        del content[chance.randrange(len(content)) :]

    for name in ("a.xlsx", "a.zip"):
        upload = read_upload(name, bytes(content), kind="measure")
        assert upload.faults or upload.entries


@pytest.mark.django_db
def test_true_and_false_are_read_as_libreoffice_saves_them() -> None:
    def change(parts: Parts) -> None:
        before, _, after = parts[_SHEET].decode().partition('<c r="F2"')
        cell = '<c r="F2" t="b"><f>FALSE()</f><v>0</v></c>'
        parts[_SHEET] = (before + cell + after.partition("</c>")[2]).encode()

    row = ["garrison", "1", "security", "Garrison", "Its strength.", "true"]
    content = workbook({"topic": [[*row, *[""] * (len(columns_of("topic")) - len(row))]]})

    (entry,) = read_upload("topics.xlsx", rebuilt(content, change), kind="topic").entries

    assert entry.raw["core"] is False

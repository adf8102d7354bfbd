"""Files that cannot be read, and what a file says once it can."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proposals.exchange.faults import UnableToImport
from proposals.exchange.reading import LARGEST, read_files, read_text
from proposals.exchange.yaml_text import yaml_text

DEEP = 100_000


def values(text, name="case.yaml"):
    document, faults = read_text(name, text)
    assert not faults
    return document.data


@pytest.mark.parametrize(
    ("name", "content", "line", "reason"),
    [
        # not text
        ("case.yaml", b"format: concordance/1\nparties: \xff\n", 2, "is not UTF-8: byte 0xff at offset 31"),
        ("case.yaml", b"title: \x07\n", 1, "the character U+0007 must be escaped"),
        ("case.yaml", b'title: "a\\0b"\n', 1, "holds a character that no text may have"),
        ("case.json", b'{\n"title": "\\ud83d"}', 2, "holds a character that no text may have"),
        ("case.json", b'{\n"tit\\ud83dle": {"a": "b"}}', 2, "has a key that holds a character that no text may have"),
        # not YAML, not JSON
        ("case.yaml", b"a: 1\nb: [1, 2\n", 3, "is not YAML: did not find expected ',' or ']'"),
        ("case.yaml", b"", 0, "is empty"),
        ("case.yaml", b"# nothing but a remark\n", 0, "is empty"),
        ("case.json", b"", 1, "is not JSON: a value expected, found the end"),
        ("case.json", b'{"a": 1,\n "b" 2}', 2, "is not JSON: ':' expected, found '2}'"),
        ("case.json", b'{"a": 1,}', 1, "is not JSON: a key in double quotes expected"),
        ("case.json", b'{"a": [1 2]}', 1, "is not JSON: ',' expected"),
        ("case.json", b'{"a": NaN}', 1, "is not JSON: a value expected, found 'NaN}'"),
        ("case.json", b'{"a": "b\nc"}', 1, "is not JSON: Invalid control character"),
        ("case.json", b'{"a": 1} {"b": 2}', 1, "holds something after its end"),
        ("case.json", b'{"a": 1e999}', 1, "is a number too large to hold"),
        # YAML that surprises
        ("case.yaml", b"a: &x 1\nb: 2\n", 1, "has an anchor (&x)"),
        ("case.yaml", b"a: &x [1]\nb: *x\n", 2, "is an alias (*)"),
        ("case.yaml", b"a: !!python/object:os.system x\n", 1, "has a tag (tag:yaml.org,2002:python/object:os.system)"),
        ("case.yaml", b"a: ! x\n", 1, "has a tag (!)"),
        ("case.yaml", b"a: 1\n---\nb: 2\n", 2, "holds more than one document"),
        ("case.yaml", b"a: 1\nb: 2\na: 3\n", 3, "the key stands twice; first in line 1"),
        ("case.json", b'{"a": 1,\n\n"a": 2}', 3, "the key stands twice; first in line 1"),
        ("case.yaml", b"? [a, b]\n: c\n", 1, "a key must be a word"),
        # nested without end
        ("case.yaml", b"[" * DEEP, 1, "is nested deeper than 20 levels"),
        ("case.yaml", b"- " * DEEP, 1, "is nested deeper than 20 levels"),
        ("case.yaml", b"{a: " * DEEP, 1, "is nested deeper than 20 levels"),
        ("case.json", b"[" * DEEP, 1, "is nested deeper than 20 levels"),
        ("case.json", b'{"a":' * DEEP, 1, "is nested deeper than 20 levels"),
    ],
)
def test_a_bad_file_is_told_with_its_line(tmp_path, name, content, line, reason):
    (tmp_path / name).write_bytes(content)

    faults = read_files([tmp_path]).faults

    assert [(fault.file, fault.line) for fault in faults][-1] == (str(tmp_path / name), line)
    assert reason in faults[-1].reason


def test_a_file_that_is_too_large_is_not_read(tmp_path):
    with (tmp_path / "case.yaml").open("wb") as file:
        file.truncate(LARGEST + 1)

    reading = read_files([tmp_path])

    assert "has 5,000,001 bytes; files of more than 5,000,000 are not read" in reading.faults[0].reason


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("nowhere.yaml", "does not exist"),
        ("nowhere", "does not exist"),
        ("notes.txt", "is not a .yaml, .yml or .json file"),
        ("empty", "there is no .yaml, .yml or .json file in this folder"),
    ],
)
def test_a_path_without_files_is_told(tmp_path, path, reason):
    (tmp_path / "notes.txt").write_text("x")
    (tmp_path / "empty").mkdir()

    (fault,) = read_files([tmp_path / path]).faults

    assert reason in fault.reason


def test_folders_are_read_recursively_in_order_and_each_file_once(tmp_path):
    for name in ("b.yaml", "a/z.json", "a/notes.txt", "c.yml"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("{}")

    reading = read_files([tmp_path, tmp_path / "b.yaml"])

    assert [document.name.removeprefix(f"{tmp_path}/") for document in reading.documents] == [
        "a/z.json",
        "b.yaml",
        "c.yml",
    ]
    assert reading.folders


@pytest.mark.parametrize(
    ("text", "value"),
    [
        # what YAML 1.1 would take for something else
        ("a: no", "no"),
        ("a: 2031-05-01", "2031-05-01"),
        ("a: 12:30", "12:30"),
        ("a: 010", "010"),
        ("a: 1_000", "1_000"),
        ("a: 1e3", "1e3"),
        ("a: .inf", ".inf"),
        # what it is
        ("a: true", True),
        ("a: -7", -7),
        ("a: 2.50", 2.5),
        ("a:", None),
        ("a: ~", None),
        ("a: '10'", "10"),
        ("a: |\n  two\n  lines\n", "two\nlines\n"),
        ("\ufeffa: marked", "marked"),
    ],
)
def test_scalars_are_read_as_yaml_1_2_reads_them(tmp_path, text, value):
    (tmp_path / "case.yaml").write_text(text, encoding="utf-8")

    (document,) = read_files([tmp_path]).documents

    assert document.data == {"a": value}


def test_lines_are_kept_for_every_value_in_both_notations():
    document = {"parties": [{"id": "mediator", "name": "Mediator"}, {"id": "league"}]}

    in_yaml, _ = read_text("case.yaml", "# remark\nparties:\n- id: mediator\n  name: Mediator\n\n- id: league\n")
    in_json, _ = read_text("case.json", json.dumps(document, indent=1))

    assert in_yaml.data == in_json.data == document
    assert in_yaml.marks["parties", 0, "name"] == 4
    assert in_yaml.marks["parties", 1] == 6
    assert in_json.marks["parties", 0, "name"] == 5
    assert in_json.marks["parties", 1] == 7


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\x00")))
def test_every_text_that_is_written_is_read_back(text):
    assert values(yaml_text({"a": text, "b": [text]})) == {"a": text, "b": [text]}
    assert values(json.dumps({"a": text}), "case.json") == {"a": text}


@given(st.recursive(st.integers(-(10**9), 10**9) | st.booleans() | st.text("abcyno10.-:", max_size=8), st.lists))
def test_every_value_that_is_written_is_read_back(value):
    assert values(yaml_text({"a": value})) == {"a": value}


def test_a_refusal_holds_its_faults_in_the_order_of_files_and_lines():
    document, faults = read_text("b.yaml", "x: &a 1\ny: &b 2\n")

    refusal = UnableToImport([document.fault(("y",), "late"), *faults, *faults])

    assert [str(fault) for fault in refusal.faults] == [
        "b.yaml:1: x: has an anchor (&a); write the value out where it is needed",
        "b.yaml:2: y: has an anchor (&b); write the value out where it is needed",
        "b.yaml:2: y: late",
    ]

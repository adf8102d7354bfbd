"""CSV that no spreadsheet calculates, and that nothing is lost in."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parties.delimited import csv_bytes
from parties.spreadsheet_text import guarded, looks_like_formula, unguarded
from tests.hostile import FORMULAS, MARKUP, TEXTS


def read(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("text", FORMULAS)
def test_what_looks_like_a_formula_stands_behind_an_apostrophe(text: str) -> None:
    ((_,), (cell,)) = read(csv_bytes(["text"], [[text]]))

    assert cell == f"'{text}"


@pytest.mark.parametrize("text", ["", "Article 5", "5 - 3", "a=b", "’tis", "–5", *MARKUP])
def test_other_texts_stand_as_they_are(text: str) -> None:
    assert guarded(text) == text


@pytest.mark.parametrize("text", TEXTS)
def test_a_hostile_text_can_be_had_back(text: str) -> None:
    ((_,), (cell,)) = read(csv_bytes(["text"], [[text]]))

    assert unguarded(cell) == text


@given(st.text())
def test_any_text_can_be_had_back_and_none_is_calculated(text: str) -> None:
    assert unguarded(guarded(text)) == text
    assert not looks_like_formula(guarded(text))


def test_numbers_stand_bare_and_nothing_is_empty() -> None:
    content = csv_bytes(["text", "number", "none"], [["a", -5, None]])

    assert content.decode("utf-8-sig") == '"text","number","none"\r\n"a",-5,""\r\n'


def test_no_text_is_cut_where_another_language_separates_fields() -> None:
    content = csv_bytes(["text"], [["a;=1+1"], ['b";=1+1']]).decode("utf-8-sig")

    fields = [field for row in csv.reader(io.StringIO(content), delimiter=";") for field in row]

    assert not [field for field in fields if looks_like_formula(field)]

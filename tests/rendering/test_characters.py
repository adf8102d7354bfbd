"""Characters that no format can hold are shown as pictures."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from proposals.rendering.characters import printable, printable_values


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x00\x07\x1b\x7f", "␀␇␛␡"),
        ("a\r\nb\rc\u2028d\x85e", "a\nb\nc\nd\ne"),  # line ends of any kind
        ("\ufffe\ud800\x80", "\ufffd\ufffd\ufffd"),
        ("\tKept é 😀\n", "\tKept é 😀\n"),
    ],
)
def test_control_characters_become_visible_and_all_else_stays(text: str, shown: str) -> None:
    assert printable(text) == shown


def test_values_are_made_printable_however_deep() -> None:
    assert printable_values({"a": ["\x07", {"b": ("\x1b", 5, None, True)}]}) == {
        "a": ["␇", {"b": ["␛", 5, None, True]}]
    }


@given(st.text(st.characters(codec=None)))
def test_xml_holds_whatever_is_printable(text: str) -> None:
    element = etree.Element("p")

    element.text = printable(text)

    assert etree.fromstring(etree.tostring(element)).text == (printable(text) or None)

"""Texts of any origin as characters that every format can hold."""

import re
from typing import Any

_LINE_ENDS = re.compile("\r\n|[\r\x85\u2028\u2029]")
# What XML 1.0 cannot hold, and with it no DOCX and no XLSX.
_UNHOLDABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_PICTURES = 0x2400


def printable(text: str) -> str:
    """The text with line feeds for line ends of any kind, and control characters as the pictures of them (␛)."""
    return _UNHOLDABLE.sub(_picture, _LINE_ENDS.sub("\n", text))


def one_line(text: str) -> str:
    """The same on one line: what somebody wrote makes no second line of a list, and moves no terminal's cursor."""
    return printable(text).replace("\n", "␊").replace("\t", " ")


def printable_values(value: Any) -> Any:
    """The same value with every text in it printable, however deep; keys are ours and stay."""
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, dict):
        return {key: printable_values(one) for key, one in value.items()}
    return [printable_values(one) for one in value] if isinstance(value, list | tuple) else value


def _picture(found: re.Match[str]) -> str:
    code = ord(found.group())
    if code < 0x20:
        return chr(_PICTURES + code)
    return "␡" if code == 0x7F else "\ufffd"

"""Markdown as the text that it is read as: without its marks for headings, stress, quotations and links."""

import re

_FENCE = re.compile(r"^\s{0,3}(```|~~~)")
_HEADING = re.compile(r"^\s{0,3}#{1,6}[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*$")
_RULE = re.compile(r"^\s{0,3}(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,}|={2,}[ \t]*)$")
_QUOTATION = re.compile(r"^\s{0,3}(?:>[ \t]?)+")
_LINK = re.compile(r"!?\[([^\[\]\n]{0,500})\]\([^()\s]{0,2000}(?: \"[^\"\n]{0,500}\")?\)")
_STRESS = re.compile(r"(\*\*\*|\*\*|__)(?=\S)([^*_\n]{1,2000}?)(?<=\S)\1")
_LEAN = re.compile(r"(?<![\w*])([*_])(?=[^\s*_])([^*_\n]{1,2000}?)(?<=\S)\1(?![\w*])")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")


def without_marks(text: str) -> str:
    """The text line by line; a heading stands alone. Marks within words, and code, stay as they are."""
    lines: list[str] = []
    in_code = False
    for line in text.splitlines():
        if _FENCE.match(line):
            in_code = not in_code
        elif in_code:
            lines.append(line)
        elif _RULE.match(line):
            lines.append("")
        elif heading := _HEADING.match(line):
            lines += ["", _inline(heading[1]), ""]
        else:
            lines.append(_inline(_QUOTATION.sub("", line)))
    return "\n".join(lines)


def _inline(line: str) -> str:
    for mark, kept in ((_LINK, r"\1"), (_STRESS, r"\2"), (_LEAN, r"\2"), (_ESCAPE, r"\1")):
        line = mark.sub(kept, line)
    return line

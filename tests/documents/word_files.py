"""Word documents, put together part by part: what a test says of the parts is all that there is in them."""

import io
import zipfile

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def word(
    body: str = "<w:p><w:r><w:t>The Coastal Front opens the old harbour.</w:t></w:r></w:p>",
    *,
    parts: dict[str, str | bytes] | None = None,
    relations: str = "",
    main_type: str = f"{_TYPES}.document.main+xml",
    more_types: str = "",
    compressed: int = zipfile.ZIP_DEFLATED,
    **related: str,
) -> bytes:
    """A document of this body; `related` parts (numbering, styles, footnotes) are named by their relation."""
    ties = "".join(f'<Relationship Id="r{name}" Type="{OFFICE}/{name}" Target="{name}.xml"/>' for name in related)
    files: dict[str, str | bytes] = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
        f'<Override PartName="/word/document.xml" ContentType="{main_type}"/>{more_types}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="r1" Type="{OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{ties}{relations}'
        "</Relationships>",
        **{f"word/{name}.xml": f'<w:{name} xmlns:w="{W}">{content}</w:{name}>' for name, content in related.items()},
        **(parts or {}),
    }
    return archive(files, compressed=compressed)


def archive(files: dict[str, str | bytes], *, compressed: int = zipfile.ZIP_DEFLATED) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", compressed) as packed:
        for name, content in files.items():
            packed.writestr(name, content)
    return target.getvalue()


def paragraph(text: str, *, number: tuple[int, int] | None = None, style: str = "") -> str:
    """A paragraph; `number` is its list and level."""
    properties = f'<w:pStyle w:val="{style}"/>' if style else ""
    if number:
        own, level = number
        properties += f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{own}"/></w:numPr>'
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def outline(key: int, *levels: tuple[str, str], start: int = 1) -> str:
    """An abstract list; each level is its format and its text."""
    told = "".join(
        f'<w:lvl w:ilvl="{place}"><w:start w:val="{start}"/><w:numFmt w:val="{kind}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for place, (kind, text) in enumerate(levels)
    )
    return f'<w:abstractNum w:abstractNumId="{key}">{told}</w:abstractNum>'


def numbered(own: int, key: int, overrides: str = "") -> str:
    """A list that paragraphs name, counted in an outline."""
    return f'<w:num w:numId="{own}"><w:abstractNumId w:val="{key}"/>{overrides}</w:num>'

"""PDF files, written by hand: pages of lines, and whatever a test puts beside them."""

import zlib


def pdf(*pages: list[str], more: dict[int, bytes] | None = None, catalog: str = "", trailer: str = "") -> bytes:
    """Pages of lines in Helvetica. `more` are objects by their number, from 1000; `catalog` joins the root."""
    objects: dict[int, bytes] = {3: b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"}
    kids = []
    for place, lines in enumerate(pages):
        page, content = 10 + 2 * place, 11 + 2 * place
        kids.append(f"{page} 0 R")
        objects[page] = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {content} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>"
        ).encode()
        shown = "".join(f"({_escaped(line)}) Tj T*\n" for line in lines)
        objects[content] = stream(f"BT /F1 12 Tf 50 790 Td 14 TL\n{shown}ET".encode() if lines else b"0 0 m")
    objects[2] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>".encode()
    objects[1] = f"<< /Type /Catalog /Pages 2 0 R {catalog} >>".encode()
    return written(objects | (more or {}), trailer=trailer)


def stream(content: bytes, entries: str = "", *, packed: bool = True) -> bytes:
    if packed:
        content, entries = zlib.compress(content, 9), f"/Filter /FlateDecode {entries}"
    return f"<< /Length {len(content)} {entries} >>\nstream\n".encode() + content + b"\nendstream"


def written(objects: dict[int, bytes], *, trailer: str = "") -> bytes:
    found = bytearray(b"%PDF-1.7\n")
    table = b""
    for number in sorted(objects):
        table += b"%d 1\n%010d 00000 n \n" % (number, len(found))
        found += b"%d 0 obj\n" % number + objects[number] + b"\nendobj\n"
    start = len(found)
    size = max(objects) + 1
    found += b"xref\n0 1\n0000000000 65535 f \n" + table
    found += f"trailer\n<< /Size {size} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(found)


def _escaped(line: str) -> str:
    return line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")

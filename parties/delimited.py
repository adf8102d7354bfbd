"""Tables as CSV that programs and spreadsheets read alike (RFC 4180, UTF-8)."""

import csv
import io
from collections.abc import Iterable, Sequence

from parties.spreadsheet_text import guarded

# Without it, spreadsheets take UTF-8 for the code page of the machine.
_BYTE_ORDER_MARK = "\ufeff"

Value = str | int | float | None


def csv_bytes(head: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    """Texts stand in quotation marks and are guarded against being calculated; numbers stand bare, None is empty."""
    text = io.StringIO(_BYTE_ORDER_MARK)
    text.seek(0, io.SEEK_END)
    # With every text in quotation marks, no separator of another language cuts one in two.
    writer = csv.writer(text, quoting=csv.QUOTE_NONNUMERIC)
    for row in (head, *rows):
        writer.writerow([guarded(value) if isinstance(value, str) else "" if value is None else value for value in row])
    return text.getvalue().encode()

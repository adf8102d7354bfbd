"""A comparison as a file, by the name of its format."""

from collections.abc import Callable, Mapping
from typing import Any

from parties.busy import a_few_at_once
from proposals.rendering.citation import Frozen
from proposals.rendering.comparison_csv import comparison_csv
from proposals.rendering.comparison_docx import comparison_docx
from proposals.rendering.comparison_html import comparison_html
from proposals.rendering.comparison_markdown import comparison_markdown
from proposals.rendering.concordance_table import ConcordanceTable, table_of
from proposals.rendering.mapping_set import mapping_set
from proposals.rendering.workbook import comparison_xlsx

TABLES: Mapping[str, Callable[[ConcordanceTable], bytes | str]] = {
    "csv": comparison_csv,
    "xlsx": comparison_xlsx,
    "markdown": comparison_markdown,
    "html": comparison_html,
    "docx": comparison_docx,
}
FILES = (*TABLES, "sssom")


@a_few_at_once
def comparison_file(
    document: Mapping[str, Any], *, name: str, address: str = "", root: str = "", frozen: Frozen | None = None
) -> bytes:
    """The document in the format of that name, one of FILES. `address` is its own on the web, `root` the API's.

    `frozen` says of a snapshot what it is. A document takes longer than the comparison: raises TooBusy as that does.
    """
    if name == "sssom":
        return mapping_set(document, address=address, root=root, frozen=frozen).encode()
    content = TABLES[name](table_of(document, address=address, frozen=frozen))
    return content.encode() if isinstance(content, str) else content

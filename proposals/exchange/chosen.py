"""Records that somebody chose, as one file to download: exchange files, or tables."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from parties.readers import Reader
from proposals.exchange.cells import Cell
from proposals.exchange.csv_table import csv_table
from proposals.exchange.exporting import SEE_DECISIONS, chosen_documents
from proposals.exchange.format import KINDS
from proposals.exchange.stored import queryset
from proposals.exchange.tables import row_of
from proposals.exchange.workbook import workbook
from proposals.exchange.yaml_text import yaml_text
from proposals.models import Clause, Decision

_YAML, _CSV, _ZIP = "application/yaml", "text/csv; charset=utf-8", "application/zip"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Download:
    """A file for somebody: equal records give equal bytes."""

    name: str
    content: bytes
    media_type: str


def chosen_yaml(kind: str, pks: Iterable[int], *, reader: Reader) -> Download:
    """One YAML file, or a ZIP of them where the records stand in several."""
    files = [(name, yaml_text(document).encode()) for name, document in chosen_documents(kind, pks, reader=reader)]
    if len(files) == 1:
        ((name, content),) = files
        return Download(name.rsplit("/", 1)[-1], content, _YAML)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            file = zipfile.ZipInfo(name, _ZIP_DATE)
            file.external_attr = 0o644 << 16
            archive.writestr(file, content, zipfile.ZIP_DEFLATED)
    return Download(f"{KINDS[kind].plural}.zip", stream.getvalue(), _ZIP)


def chosen_csv(kind: str, pks: Iterable[int], *, reader: Reader) -> Download:
    """One table of the records."""
    content = csv_table(kind, _rows(kind, _chosen(kind, pks, reader)))
    return Download(f"{KINDS[kind].plural}.csv", content, _CSV)


def chosen_xlsx(kind: str, pks: Iterable[int], *, reader: Reader) -> Download:
    """A workbook of the records; one of proposals has sheets of their clauses and the decisions on these as well.

    Raises UnableToExport where a text is too long for a cell.
    """
    rows = _chosen(kind, pks, reader)
    tables = {kind: _rows(kind, rows)}
    if kind == "proposal":
        tables["clause"] = _rows("clause", queryset("clause", reader).filter(proposal__in=rows.values("pk")))
    if kind == "proposal" and reader.has_perm(SEE_DECISIONS):
        named = Clause.objects.filter(proposal__in=rows.values("pk")).values("pk")
        decisions = queryset("decision", reader)
        tables["decision"] = _rows("decision", decisions.filter(left__in=named) | decisions.filter(right__in=named))
    return Download(f"{KINDS[kind].plural}.xlsx", workbook(tables), _XLSX)


FORMATS = {"yaml": chosen_yaml, "csv": chosen_csv, "xlsx": chosen_xlsx}


def _chosen(kind: str, pks: Iterable[int], reader: Reader) -> Any:
    return queryset(kind, reader).filter(pk__in=list(pks))


def _rows(kind: str, rows: Any) -> Iterator[list[Cell]]:
    """The rows of records in the order of the exchange format, whatever the order in which they were chosen."""
    if kind == "clause":
        rows = rows.in_reading_order()
    elif kind == "topic":
        rows = rows.in_taxonomy_order()
    elif KINDS[kind].model is Decision:
        rows = rows.in_order()
    elif KINDS[kind].ordered:
        rows = rows.order_by("order", KINDS[kind].id_attr)
    else:
        rows = rows.order_by(KINDS[kind].id_attr)
    for row in rows:
        yield row_of(kind, row)

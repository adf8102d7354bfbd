"""A comparison as one HTML file that needs nothing else: no script, no request, its style within itself."""

import base64
import hashlib
from itertools import groupby

from django.template.loader import get_template
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

from proposals.rendering.concordance_table import ConcordanceTable

_STYLE = """
:root { color-scheme: light; }
body { font: 14px/1.45 Georgia, "Times New Roman", serif; color: #1a1a1a; background: #fff; margin: 2rem; }
h1 { font-size: 1.6rem; } h2 { font-size: 1.25rem; margin-top: 2.5rem; }
table { border-collapse: collapse; width: 100%; }
th, td { border: 1px solid #767676; padding: .4em .6em; text-align: left; vertical-align: top; }
th, td { overflow-wrap: anywhere; }
.concordance { table-layout: fixed; } .concordance .matter { width: 11em; }
thead th, tbody .group { background: #eee; }
caption { text-align: left; font-style: italic; padding-bottom: .4em; }
p { margin: 0 0 .5em; } .text { white-space: pre-line; } .struck { text-decoration: line-through; }
.state { font-style: italic; } .mark, .remark { font-size: .9em; color: #444; }
dl { margin-top: 1.5em; } dt { font-weight: bold; } dd { margin: 0 0 .4em 1.5em; }
.wide { overflow-x: auto; }
@page { size: A4 landscape; margin: 12mm; }
@media print {
  body { margin: 0; font-size: 9pt; } .wide { overflow: visible; } thead { display: table-header-group; }
  tr { break-inside: avoid; } h2, h3, .group { break-after: avoid; }
}
"""
# Names exactly this style to a browser, which then applies no other.
STYLE_HASH = f"sha256-{base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()}"
POLICY = f"default-src 'none'; style-src '{STYLE_HASH}'; base-uri 'none'; form-action 'none'"


def comparison_html(table: ConcordanceTable) -> str:
    groups = [(name, list(rows)) for name, rows in groupby(table.rows, key=lambda row: row.group)]
    return get_template("rendering/comparison.html").render(
        {
            "table": table,
            "groups": groups,
            "listings": [listing.folded() for listing in table.listings],
            "width": len(table.head),
            "language": get_language() or "en",
            "policy": POLICY,
            "style": mark_safe(_STYLE),  # noqa: S308  (ours, and escaping it would change its digest)
        }
    )

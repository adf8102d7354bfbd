"""Draws docs/images/scale.svg of the figures in docs/scale.csv, and prints the slopes: python -m scripts.plot_scale

The slope of a line is fitted to the logarithms: 1 grows with the collection, 0 not at all.
"""

import csv
from pathlib import Path
from typing import Any

import numpy as np
import vl_convert

_DOCS = Path(__file__).resolve().parent.parent / "docs"


def main() -> None:
    with (_DOCS / "scale.csv").open() as file:
        rows = [
            {"what": row["what"], "clauses": int(row["clauses"]), "value": float(row["value"])}
            for row in csv.DictReader(file)
        ]
    for what in dict.fromkeys(row["what"] for row in rows):
        mine = [row for row in rows if row["what"] == what]
        if len(mine) < 2:
            continue
        clauses, values = ([row[name] for row in mine] for name in ("clauses", "value"))
        slope = np.polyfit(np.log(np.array(clauses, dtype=float)), np.log(np.array(values, dtype=float)), 1)[0]
        print(f"{what:<55} slope {slope:.2f}")
    panels = [("seconds", "seconds"), (" in ms", "milliseconds"), ("MiB", "MiB")]
    found = [([row for row in rows if unit in str(row["what"])], title) for unit, title in panels]
    specification = {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "vconcat": [_panel(some, title=title) for some, title in found if some],
        "resolve": {"scale": {"color": "independent"}},
    }
    (_DOCS / "images" / "scale.svg").write_text(vl_convert.vegalite_to_svg(specification))


def _panel(rows: list[dict[str, Any]], *, title: str) -> dict[str, Any]:
    """The lines of one unit."""
    return {
        "data": {"values": rows},
        "width": 560,
        "height": 260,
        "mark": {"type": "line", "point": True},
        "encoding": {
            "x": {"field": "clauses", "type": "quantitative", "scale": {"type": "log"}, "title": "clauses"},
            "y": {"field": "value", "type": "quantitative", "scale": {"type": "log"}, "title": title},
            "color": {"field": "what", "type": "nominal", "title": None, "legend": {"labelLimit": 340}},
        },
    }


if __name__ == "__main__":
    main()

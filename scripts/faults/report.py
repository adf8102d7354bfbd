"""The figures of faults as a table in Markdown."""

from scripts.faults.laboratory import Figures

HEAD = (
    "| fault | lasted | requests | failed | 503 | slowest answer | slowest 503 | recovered after | wrong or half |\n"
    "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | --- |"
)


def row(figures: Figures, what: str) -> str:
    cells = (
        what + (f" ({figures.notes})" if figures.notes else ""),
        f"{figures.lasted:.1f} s",
        str(figures.requests),
        str(figures.failed),
        str(figures.refused),
        f"{figures.slowest:.1f} s",
        f"{figures.slowest_refusal:.1f} s",
        f"{max(0.0, figures.recovered):.1f} s",
        "; ".join(figures.faults) or "none",
    )
    return f"| {' | '.join(cells)} |"

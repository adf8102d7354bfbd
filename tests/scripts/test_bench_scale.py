"""The table of figures that the picture of docs/scale.md is drawn from."""

import csv
from pathlib import Path

import pytest

from scripts import bench_scale


def test_figures_of_a_size_replace_those_of_the_same_name_and_leave_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = tmp_path / "scale.csv"
    table.write_text('what,clauses,value\n"import, seconds",100,15.5\n"import, seconds",60000,729\n')
    monkeypatch.setattr(bench_scale, "FIGURES", table)

    bench_scale.keep(100, {"import, seconds": 5.25, "home page, p50 in ms": 12.0})
    bench_scale.keep(1_000, {"import, seconds": 9.0})

    assert table.read_text() == (
        'what,clauses,value\n"import, seconds",100,5.25\n"import, seconds",1000,9\n"import, seconds",60000,729\n'
        '"home page, p50 in ms",100,12\n'
    )


def test_each_figure_of_the_documentation_has_a_unit_that_is_drawn() -> None:
    with bench_scale.FIGURES.open() as file:
        names = {row["what"] for row in csv.DictReader(file)}

    assert names
    assert all(any(unit in name for unit in ("seconds", " in ms", "MiB")) for name in names)

"""Topics through time on the data set that ships with the project."""

import pytest
from django.test import Client

from proposals.models import Topic
from tests.pages.conftest import Read
from tests.pages.reading import Page


@pytest.fixture
def army(read: Read, shipped: None) -> Page:
    return read("/topics/army-size/")


def test_the_size_of_the_army_runs_from_85000_to_no_limit(army: Page) -> None:
    table = army.one("table", css_class="figure-table")

    told = {row.one("th").text.split(":")[0]: row.all("td")[2].one("span", css_class="value").text
            for row in table.all("tr") if row.all("td")}  # fmt: skip
    assert told["US 28 points"] == "at most 600,000 persons"
    assert told["E3 counter-text"] == "at most 800,000 persons, in peacetime"
    assert told["European 24 points"] == "no limit (the text refuses one)"
    assert told["Russian memorandum"] == "a limit without a figure"
    assert "at most 85,000 persons, in peacetime" in table.text
    assert "from 85,000 to 900,000 persons" in army.one("figcaption").text


def test_sources_that_read_the_annex_otherwise_stand_beside_each_other(army: Page) -> None:
    rivals = next(one for one in army.all("section", css_class="dispute") if "April 2022 annex" in one.text)

    values = [one.text for one in rivals.all("p", css_class="value")]
    assert values[:2] == ["250,000", "245,000"]
    assert "245,000, by Kresy.pl" in army.one("table", css_class="figure-table").text
    # Of the strength of the forces, not of a limit on them.
    assert "900,000 active, by" not in army.one("table", css_class="figure-table").text


def test_the_counter_text_changed_the_cap_of_the_plan(army: Page) -> None:
    told = army.one("li", id="e3-counter-2025-11-c06").one("div", css_class="change").text

    assert told.startswith("Changed from US 28 points: 6 Army limit of 600,000 (20 November 2025)")
    assert "before at most 600,000 persons here at most 800,000 persons, peacetime" in told


def test_every_topic_has_a_page(client: Client, shipped: None) -> None:
    for slug in Topic.objects.values_list("slug", flat=True):
        assert client.get(f"/topics/{slug}/").status_code == 200, slug

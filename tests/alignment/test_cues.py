"""What the wording alone suggests."""

import pytest

from proposals.alignment.cues import cues


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("The Front opens the ports.", "must"),
        ("The Front shall not open the ports.", "must_not"),
        ("No boats leave the ports.", "must_not"),
        ("The Front may open the ports.", "may"),
        ("The Front seeks to open the ports.", "aims"),
        ("It is expected that the ports open.", "expects"),
        ("The ports open as soon as possible.", "must"),
    ],
)
def test_the_force_of_the_wording_is_guessed(text: str, modality: str) -> None:
    assert cues(text).modality == modality


@pytest.mark.parametrize(
    ("text", "permanence", "legal_effect"),
    [
        ("a permanent pause", "permanent", ""),
        ("a 30-day pause", "temporary", ""),
        ("recognised in law", "", "in_law"),
        ("de facto recognition", "", "in_fact"),
        ("the pause holds", "", ""),
    ],
)
def test_permanence_and_effect_need_plain_words(text: str, permanence: str, legal_effect: str) -> None:
    assert (cues(text).permanence, cues(text).legal_effect) == (permanence, legal_effect)

"""Every code that the engine can answer has words of its own."""

import pytest

from proposals.alignment import concordance, divergence, elements
from proposals.models import Confidence, Evidence, Proposal
from proposals.rendering import words


@pytest.mark.parametrize(
    ("codes", "names"),
    [
        (divergence.KINDS, words.DIVERGENCES),
        (elements.ELEMENTS, words.ELEMENTS),
        (concordance.RELATIONS, words.RELATIONS),
        (Proposal.Completeness.values, words.COMPLETENESS),
        (Evidence.values, words.EVIDENCE),
        (Confidence.values, words.CONFIDENCE),
    ],
)
def test_no_code_is_left_without_words(codes: list[str], names: words.Words) -> None:
    assert set(codes) <= set(names)


def test_an_unlisted_code_is_shown_with_spaces() -> None:
    assert words.name_of("same_chapter", words.REASONS) == "same chapter"

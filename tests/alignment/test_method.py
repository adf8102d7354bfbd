"""The method names itself by its content."""

from dataclasses import replace

from proposals.alignment import DEFAULT


def test_a_digest_changes_with_its_numbers_and_only_with_them() -> None:
    other = replace(DEFAULT, thresholds={**DEFAULT.thresholds, "link": 0.6})

    assert other.thresholds_digest != DEFAULT.thresholds_digest
    assert other.weights_digest == DEFAULT.weights_digest
    assert len(DEFAULT.weights_digest) == 12
    assert replace(DEFAULT, version="2").weights_digest == DEFAULT.weights_digest


def test_all_evidence_speaks_for_a_link() -> None:
    for profile in ("topics+text", "text", "wording"):
        assert all(weight > 0 for part, weight in DEFAULT.weights[profile].items() if part != "bias")

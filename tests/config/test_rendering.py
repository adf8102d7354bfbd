import json
from decimal import Decimal

import pytest

from config.rendering import FastJSONRenderer


def test_an_answer_is_json_in_utf_8_in_the_order_of_its_members() -> None:
    answer = {"text": "Порт «Старый» – 500 m²", "figures": [500, 0.25, None, True], "id": "council-plan/c01"}

    content = FastJSONRenderer().render(answer)

    assert json.loads(content) == answer
    assert list(json.loads(content)) == list(answer)
    assert "Порт" in content.decode()


def test_no_answer_has_no_content() -> None:
    assert FastJSONRenderer().render(None) == b""


def test_a_value_that_json_does_not_know_is_a_defect_and_no_guess() -> None:
    with pytest.raises(TypeError, match="Decimal"):
        FastJSONRenderer().render({"value": Decimal("0.25")})

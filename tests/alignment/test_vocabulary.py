"""The frozen vocabulary: same content, same id; names found in texts; topics suggested from tagged clauses."""

import json

from proposals.alignment import EMPTY, Vocabulary, build_vocabulary
from tests.alignment.cast import ACTORS, PLACES, TAXONOMY, VOCABULARY, a_clause

STORE = (
    a_clause("old/1", "The army of the Front has at most 500 soldiers.", topics=("army-size",)),
    a_clause("old/2", "Boats fish with nets off the coast.", topics=("fishing",)),
    a_clause("old/3", "Nets and boats are returned to the fishermen.", topics=("fishing",)),
)


def test_the_id_names_the_content_whatever_the_order_of_clauses() -> None:
    one = build_vocabulary(STORE, TAXONOMY, PLACES, ACTORS)
    two = build_vocabulary(STORE[::-1], TAXONOMY, dict(reversed(PLACES.items())), ACTORS)
    three = build_vocabulary(STORE[:2], TAXONOMY, PLACES, ACTORS)

    assert one.id == two.id
    assert one.to_json() == two.to_json()
    assert one.id != three.id
    assert one.id.startswith("v2-")
    assert len(one.id) == 15


def test_a_snapshot_survives_json() -> None:
    vocabulary = build_vocabulary(STORE, TAXONOMY, PLACES, ACTORS)

    assert Vocabulary.from_json(vocabulary.to_json()).to_json() == vocabulary.to_json()


def test_placeholders_are_not_counted() -> None:
    with_placeholder = build_vocabulary((*STORE, a_clause("old/4", "Content unknown.", kind="placeholder")), TAXONOMY)

    assert with_placeholder.id == build_vocabulary(STORE, TAXONOMY).id


def test_the_longest_name_hides_the_names_inside_it() -> None:
    places = {"salt": ("Salt",), "salt-island": ("Salt Island", "the Isle")}
    names = build_vocabulary((), (), places).place_names

    assert names.find("Boats reach Salt Island; no one saltless.") == ("salt-island",)
    assert names.named("From salt to THE ISLE") == {"salt": "salt", "salt-island": "the isle"}


def test_a_place_that_shares_its_name_with_a_party_is_no_plain_place() -> None:
    vocabulary = build_vocabulary((), (), {"northland": ("Northland",), **PLACES}, {"northern-council": ("Northland",)})

    assert vocabulary.place_names.find("Northland keeps Salt Island") == ("northland", "salt-island")
    assert vocabulary.plain_place_names.find("Northland keeps Salt Island") == ("salt-island",)


def test_topics_sort_by_group_and_taxonomy_and_unknown_ones_last() -> None:
    topics = ["", "zebra", "fishing", "unheard-of", "army-size"]

    assert sorted(topics, key=VOCABULARY.topic_key) == ["army-size", "fishing", "unheard-of", "zebra", ""]


def test_the_empty_vocabulary_knows_nothing() -> None:
    assert EMPTY.documents == 0
    assert EMPTY.place_names.find("Salt Island") == ()


def test_a_snapshot_of_the_first_form_is_still_read() -> None:
    content = json.loads(build_vocabulary(STORE, TAXONOMY).to_json())
    first = Vocabulary.from_json(json.dumps({k: v for k, v in content.items() if k not in ("carriers", "together")}))

    assert first.topics == build_vocabulary(STORE, TAXONOMY).topics
    assert first.togetherness("army-size", "fishing") == 0

"""Answers compressed for those who take that, under a tag of their own."""

import gzip

import pytest

from config.compression import takes_gzip
from tests.api.population import populate


def test_a_compressed_answer_is_the_same_under_a_tag_of_its_own(client, db):
    populate(4)

    plain = client.get("/api/v1/clauses/")
    zipped = client.get("/api/v1/clauses/", headers={"Accept-Encoding": "br, gzip"})

    assert gzip.decompress(zipped.content) == plain.content
    assert zipped.headers["ETag"] == f'{plain.headers["ETag"][:-1]}-gzip"'
    assert zipped.headers["Content-Length"] == str(len(zipped.content))
    assert "Accept-Encoding" in plain.headers["Vary"]
    assert "Content-Encoding" not in plain.headers


def test_a_small_answer_and_the_admin_are_not_compressed(client, admin_client, db):
    small = client.get("/api/v1/parties/", headers={"Accept-Encoding": "gzip"})
    admin = admin_client.get("/admin/", headers={"Accept-Encoding": "gzip"})

    assert "Content-Encoding" not in small.headers
    assert "Content-Encoding" not in admin.headers


@pytest.mark.parametrize(
    ("header", "taken"),
    [
        ("gzip", True),
        ("deflate, gzip;q=0.5, br", True),
        ("*", True),
        ("GZIP", True),
        ("", False),
        ("br", False),
        ("gzip;q=0", False),
        ("gzip; q=0.0", False),
        ("xgzip", False),
        ("gzip;q=9999", False),
    ],
)
def test_encodings_are_taken_as_the_reader_says(header, taken):
    assert takes_gzip(header) is taken


def test_an_answer_without_a_body_varies_like_the_one_with_it(client, db):
    populate(4)

    whole = client.get("/api/v1/clauses/", headers={"Accept-Encoding": "gzip"})

    nothing = client.get("/api/v1/clauses/", headers={"If-None-Match": whole.headers["ETag"]})

    assert nothing.status_code == 304
    assert {*nothing.headers["Vary"].split(", ")} == {*whole.headers["Vary"].split(", ")}

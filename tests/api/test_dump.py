"""Everything public in one file."""

import base64
import gzip
import hashlib
import io
import json
import zipfile

import orjson
import pytest
import yaml
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from proposals.exchange.dump import dump_json
from proposals.models import Clause, Proposal, Stage
from tests.api.population import populate
from tests.api.test_lists import LISTS
from tests.factories import make_clause, make_decision, make_proposal, make_topic


def digest_of(content):
    return f"sha-256=:{base64.b64encode(hashlib.sha256(content).digest()).decode()}:"


@pytest.fixture
def plans(db):
    left = make_clause(make_proposal("council-plan"))
    right = make_clause(make_proposal("front-answer"))
    make_decision(left, right)
    make_clause(make_proposal("secret-plan", stage=Stage.DRAFT), text="A secret.")


def test_a_dump_has_every_list_as_its_endpoint_answers_it(api, shipped):
    records = api.get("dump/").body["records"]

    assert len(records) == len(LISTS)
    for path in LISTS:
        listed = api.get(path, limit=500).body["results"]
        for record in listed:
            record.pop("match", None)  # of a search, not of the clause
        assert records[path.rstrip("/").replace("-", "_")] == listed, path


def test_a_dump_can_be_checked_by_its_header_and_from_within(client, shipped):
    answer = client.get("/api/v1/dump/")

    assert answer.headers["Repr-Digest"] == digest_of(answer.content)
    told = orjson.loads(answer.content)
    within = answer.content[answer.content.index(b'"records":') + len(b'"records":') : -2]
    assert orjson.loads(within) == told["records"]
    assert told["digest"] == f"sha-256:{hashlib.sha256(within).hexdigest()}"
    # A reader in another language writes the same bytes again.
    again = json.dumps(told["records"], separators=(",", ":"), ensure_ascii=False).encode()
    assert again == within


def test_the_digest_of_a_compressed_dump_is_of_what_is_sent(client, shipped):
    plain = client.get("/api/v1/dump/")

    packed = client.get("/api/v1/dump/", headers={"Accept-Encoding": "gzip"})

    assert packed.headers["Content-Encoding"] == "gzip"
    assert packed.headers["Repr-Digest"] == digest_of(packed.content)
    assert gzip.decompress(packed.content) == plain.content


def test_equal_records_give_equal_bytes_and_an_edit_other_ones(plans):
    before = dump_json()
    assert dump_json() == before

    Clause.objects.filter(key="c01").update(note="Looked at again.")

    assert dump_json() != before


@pytest.mark.parametrize("wanted", ["json", "zip"])
def test_no_dump_tells_what_is_hidden_or_who_decided_not_even_to_staff(staff_api, plans, wanted):
    body = staff_api.get("dump/", format=wanted).body

    if wanted == "json":
        told = json.dumps(body)
    else:
        archive = zipfile.ZipFile(io.BytesIO(body))
        told = "".join(archive.read(name).decode() for name in archive.namelist())
    assert "council-plan" in told
    assert "secret" not in told.lower()
    assert "two readers" not in told


def test_an_archive_has_the_digests_of_its_files_and_can_be_imported(api, shipped, tmp_path):
    first, second = (api.get("dump/", format="zip").body for _ in range(2))
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        archive.extractall(tmp_path)

    sums = [line.split("  ") for line in (tmp_path / "SHA256SUMS").read_text().splitlines()]
    said = io.StringIO()
    call_command("import_proposals", tmp_path, dry_run=True, stdout=said)

    assert first == second
    assert "CC BY 4.0" in (tmp_path / "README.txt").read_text()
    assert all(hashlib.sha256((tmp_path / name).read_bytes()).hexdigest() == digest for digest, name in sums)
    assert len([name for _, name in sums if name.startswith("proposals/")]) == Proposal.objects.count()
    assert "Nothing to change." in said.getvalue()
    assert yaml.safe_load((tmp_path / "parties.yaml").read_text())


@pytest.mark.django_db(transaction=True)
def test_a_dump_is_read_in_one_state_of_the_database(client):
    make_clause(make_proposal("council-plan"))

    assert client.get("/api/v1/dump/").json()["counts"]["clauses"] == 1


def test_an_edit_changes_the_tag_of_a_dump_and_one_that_is_hidden_does_not(api, plans):
    tag = api.get("dump/").headers["ETag"]

    Clause.objects.filter(proposal__slug="secret-plan").update(note="Still secret.")
    same = api.get("dump/").headers["ETag"]
    Clause.objects.filter(proposal__slug="council-plan").update(note="Looked at again.")

    assert same == tag
    assert api.get("dump/").headers["ETag"] != tag


def test_a_dump_takes_as_many_queries_however_many_records_there_are(db):
    def queries():
        with CaptureQueriesContext(connection) as asked:
            dump_json()
        return len(asked)

    populate(3)
    dump_json()
    few = queries()
    for slug in ("harbour", "lighthouse", "pier"):
        make_clause(make_proposal(f"{slug}-plan"), topics=[make_topic(slug).slug])

    assert queries() == few <= 2 * len(LISTS)


def test_a_dump_that_is_read_in_pages_is_the_same_dump(shipped, monkeypatch):
    whole = dump_json()

    monkeypatch.setattr("parties.as_json.PAGE", 7)

    assert dump_json() == whole

"""An import in batches ends where an import of everything at once ends, however often it is broken off on the way."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from proposals.exchange import batches
from proposals.exchange.batches import import_in_batches
from proposals.exchange.exporting import export_documents
from proposals.exchange.faults import UnableToImport
from proposals.exchange.importing import import_proposals
from proposals.exchange.plan import Action
from proposals.management.progress import Progress
from proposals.models import Clause, Proposal
from scripts.corpus import write as write_corpus
from tests.exchange.harbour import harbour, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def corpus(tmp_path):
    write_corpus(tmp_path / "corpus", agreements=9, clauses=90, seed=5)
    return tmp_path / "corpus"


class Killed(BaseException):
    """What ends a process, and is caught by nobody."""


def test_it_ends_as_an_import_at_once_does(corpus):
    with transaction.atomic():
        import_proposals([corpus])
        wanted = list(export_documents())
        transaction.set_rollback(True)

    batched = import_in_batches([corpus], records=40)

    assert list(export_documents()) == wanted
    assert batched.done == batched.records


def test_it_goes_on_where_it_was_killed_and_passes_over_what_is_there(corpus, monkeypatch):
    calls = []

    def killed_at_the_third(*args, **kwargs):
        calls.append(args)
        if len(calls) == 3:
            raise Killed
        return import_proposals(*args, **kwargs)

    monkeypatch.setattr(batches, "import_proposals", killed_at_the_third)
    with pytest.raises(Killed):
        import_in_batches([corpus], records=40)
    monkeypatch.undo()
    before = Clause.objects.count()
    again = import_in_batches([corpus], records=40)

    assert 0 < before < Clause.objects.count() == 90
    assert again.passed > 0
    assert not again.of(Action.UNCHANGED)
    assert import_proposals([corpus]).writes == 0


def test_what_is_imported_already_is_passed_over_in_a_few_queries(corpus):
    import_in_batches([corpus])

    with CaptureQueriesContext(connection) as asked:
        total = import_in_batches([corpus])

    assert (total.passed, total.changes.total()) == (total.records, 0)
    assert len(asked) == 1


def test_a_changed_file_is_read_again_and_no_other(corpus):
    import_in_batches([corpus])
    file = sorted(corpus.rglob("*-002.json"))[0]
    file.write_text(file.read_text().replace('"label": "', '"label": "Again: ', 1))

    total = import_in_batches([corpus])

    assert total.of(Action.CHANGED) == {"clause": 1}
    assert Clause.objects.filter(label__startswith="Again: ").count() == 1


def test_files_come_after_those_that_they_name_whatever_they_are_called(tmp_path):
    files = harbour()
    # The shipped order of files: positions stand before the proposals that they are about.
    renamed = {f"{'zyx'[n % 3]}{n}.yaml": document for n, document in enumerate(reversed(files.values()))}
    write(tmp_path / "case", renamed)

    total = import_in_batches([tmp_path / "case"], records=1)

    assert total.done == total.records > 0
    assert Proposal.objects.count() > 0
    assert import_proposals([tmp_path / "case"]).writes == 0


def test_a_batch_with_a_fault_writes_nothing_and_what_came_before_stays(corpus):
    file = sorted(corpus.rglob("*-003.json"))[0]
    file.write_text(file.read_text().replace('"modality": "', '"modality": "un', 1))

    with pytest.raises(UnableToImport) as refused:
        import_in_batches([corpus], records=1)

    assert {fault.file for fault in refused.value.faults} == {str(file)}
    slugs = set(Proposal.objects.values_list("slug", flat=True))
    assert file.stem.replace("003", "001") in slugs
    assert file.stem not in slugs


def test_a_record_that_stands_in_two_files_is_refused_although_they_are_apart(tmp_path, corpus):
    first = sorted(corpus.rglob("*-001.json"))[0]
    (corpus / "zzz.json").write_text(first.read_text())

    with pytest.raises(UnableToImport) as refused:
        import_in_batches([corpus], records=1)

    assert any("twice" in fault.reason for fault in refused.value.faults)


def test_a_file_that_cannot_be_read_is_told_of(corpus):
    (corpus / "0.json").write_text("[1, 2")

    with pytest.raises(UnableToImport) as refused:
        import_in_batches([corpus], records=1)

    assert [fault.file for fault in refused.value.faults] == [str(corpus / "0.json")]
    assert Proposal.objects.count() == 0


def test_work_of_editors_is_left_alone_and_told(corpus):
    import_in_batches([corpus])
    Clause.objects.filter(key="c01").update(label="Edited here")
    for file in corpus.rglob("*-002.json"):
        file.write_text(file.read_text().replace('"label": "', '"label": "Again: ', 1))

    total = import_in_batches([corpus])

    assert {change.kind for change in total.conflicts} == {"clause"}
    assert not Clause.objects.filter(label__startswith="Again: ").exists()


def test_the_command_tells_what_it_did_and_what_it_passed_over(corpus):
    out, err = io.StringIO(), io.StringIO()
    call_command("import_proposals", corpus, batch_size=50, stdout=out, stderr=err)
    again = io.StringIO()
    call_command("import_proposals", corpus, batch_size=50, stdout=again, stderr=io.StringIO())

    assert "90 clause" in out.getvalue()
    assert err.getvalue().splitlines()[-1].endswith("records")
    assert "passed over, as imported before" in again.getvalue()


@pytest.mark.parametrize("option", ["dry_run", "prune"])
def test_what_needs_all_files_at_once_does_not_go_with_batches(corpus, option):
    with pytest.raises(CommandError, match="do not go with"):
        call_command("import_proposals", corpus, batch_size=50, **{option: True})

    assert Proposal.objects.count() == 0


class _Screen(io.StringIO):
    def isatty(self):
        return True


def test_progress_is_a_bar_on_a_screen_and_a_line_now_and_then_elsewhere():
    ticks = iter([0, 1, 2, 20, 21, 0, 1, 2])
    log, screen = io.StringIO(), _Screen()
    logged = Progress(log, what="records", clock=lambda: next(ticks))
    for done in (0, 10, 50, 100):
        logged.tell(done, 100)
    shown = Progress(screen, what="records", clock=lambda: next(ticks))
    shown.tell(0, 100)
    shown.tell(50, 100)

    assert log.getvalue().splitlines() == ["50 of 100 records, about 20 s left", "100 of 100 records"]
    assert screen.getvalue().endswith("\r[###############...............] 50 of 100 records, about 2 s left\x1b[K")


def test_an_import_leaves_no_list_of_words_behind_that_searches_would_read(corpus):
    import_in_batches([corpus], records=40)

    with connection.cursor() as cursor:
        cursor.execute("SELECT gin_clean_pending_list('proposals_clause_search')")
        assert cursor.fetchone() == (0,)

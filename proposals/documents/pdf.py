"""The text of a PDF that has one, after a look at every object in it for what would run, reach out or hide."""

import io
from typing import Any

from pypdf import PdfReader, overwrite_configuration
from pypdf.errors import LimitReachedError, PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, StreamObject

from proposals.documents.faults import UnreadableDocument
from proposals.documents.pdf_lines import running_text

MOST_PAGES = 300
MOST_OBJECTS = 100_000
_LARGEST_STREAM = 20 * 1024**2
_RUNS = {"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/Rendition", "/Movie", "/Sound", "/RichMediaExecute"}
_REACHES_OUT = {"/GoToR", "/GoToE", "/Thread"}
_ACTIVE = UnreadableDocument(
    "active", "The PDF holds scripts or actions that run when it is opened. Print it anew to a PDF, or paste its text."
)
_OUTSIDE = UnreadableDocument("external", "The PDF refers to other files. Print it anew to a PDF, or paste its text.")
_FILES = UnreadableDocument("embedded", "The PDF holds other files. Print it anew to a PDF, or paste its text.")
_TOO_LARGE = UnreadableDocument("too_large_inside", "The PDF grows far beyond its size when it is unpacked.")
_DAMAGED = UnreadableDocument("damaged", "The PDF is damaged and cannot be read.")


def read_pdf(content: bytes) -> str:
    """Raises UnreadableDocument."""
    overwrite_configuration(
        array_based_stream_maximum_output_length=_LARGEST_STREAM,
        maximum_declared_stream_length=_LARGEST_STREAM,
        lzw_maximum_output_length=_LARGEST_STREAM,
        run_length_maximum_output_length=_LARGEST_STREAM,
        zlib_maximum_output_length=_LARGEST_STREAM,
        # Pictures are not looked at, and no program is asked to.
        jbig2dec_binary=None,
    )
    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted:
            raise UnreadableDocument(
                "encrypted", "The PDF is encrypted. Save it without a password, or paste its text."
            )
        _check_objects(reader)
        if len(reader.pages) > MOST_PAGES:
            raise UnreadableDocument("too_many_pages", f"The PDF has more than {MOST_PAGES} pages.")
        text = running_text([page.extract_text() for page in reader.pages])
    except LimitReachedError as error:
        raise _TOO_LARGE from error
    except PyPdfError as error:
        raise _DAMAGED from error
    if not any(character.isalnum() for character in text):
        raise UnreadableDocument("no_text", "The PDF holds no text: scanned pages need OCR first.")
    return text


def _check_objects(reader: PdfReader) -> None:
    """Looks at every object, whether anything leads to it or not."""
    named = [(number, generation) for generation, numbers in reader.xref.items() for number in numbers]
    named += [(number, 0) for number in reader.xref_objStm]
    if len(named) > MOST_OBJECTS:
        raise _TOO_LARGE
    _check(reader.trailer)
    for number, generation in named:
        # What is broken and not needed does no harm; what is needed fails where it is read.
        try:
            found = reader.get_object(IndirectObject(number, generation, reader))
        except LimitReachedError:
            raise
        except (PyPdfError, ValueError, KeyError, TypeError, IndexError, AttributeError):
            continue
        _check(found)


def _check(found: Any) -> None:
    waiting = [found]
    seen = 0
    while waiting:
        node = waiting.pop()
        seen += 1
        if seen > 10 * MOST_OBJECTS:
            raise _TOO_LARGE
        # Indirect objects have their own turn.
        if isinstance(node, DictionaryObject):
            _check_dictionary(node)
            waiting += [value for key in node if not isinstance(value := node.raw_get(key), IndirectObject)]
        elif isinstance(node, ArrayObject):
            waiting += [value for value in list.__iter__(node) if not isinstance(value, IndirectObject)]


def _check_dictionary(node: DictionaryObject) -> None:
    kind, action, opened = (_value(node, name) for name in ("/Type", "/S", "/OpenAction"))
    if "/JS" in node or "/JavaScript" in node or "/XFA" in node or action in _RUNS:
        raise _ACTIVE
    if action in _REACHES_OUT or (isinstance(node, StreamObject) and "/F" in node):
        raise _OUTSIDE
    if kind == "/EmbeddedFile" or "/EF" in node or "/EmbeddedFiles" in node:
        raise _FILES
    # To open at a certain page is a place, or an action that goes to one.
    if isinstance(opened, DictionaryObject) and _value(opened, "/S") != "/GoTo":
        raise _ACTIVE


def _value(node: DictionaryObject, name: str) -> Any:
    # Square brackets follow a reference, `get` does not.
    return node[name] if name in node else None  # noqa: SIM401

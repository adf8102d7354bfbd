"""Bytes into characters. A guess is made only where the text shows that it is right."""

import codecs
import re

from proposals.documents.faults import UnreadableDocument

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WORD = re.compile(r"[^\W\d_]+")
_HIGH = re.compile(r"[^\x00-\x7f]")
_BINARY = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_PUNCTUATION = set("“”„‘’‚–—…•€£§©®°«»№´\xa0\xad")
_CYRILLIC = re.compile(r"[А-яЁёІіЇїЄєҐґЎў]+")
_FREQUENT = set("оеаинтіу")
_WESTERN = re.compile(r"[A-Za-zÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØŒÙÚÛÜßàáâãäåæçèéêëìíîïñòóôõöøœùúûü]+")
_HIGH_RUN = re.compile(r"[^\x00-\x7f]{3}")


def decoded(content: bytes) -> str:
    """The text of a file: UTF-8, or what its byte order mark says, or windows-1251 or -1252 where it can be no other.

    Raises UnreadableDocument, naming the line where UTF-8 breaks off.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            try:
                return content[len(mark) :].decode(encoding)
            except UnicodeDecodeError as error:
                raise _broken(content[len(mark) :], error) from error
    if _BINARY.search(content):
        raise UnreadableDocument("not_text", "The file holds bytes that no text has. Save it as text in UTF-8.")
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        guessed = _cyrillic(content) or _western(content)
        if guessed is None:
            raise _broken(content, error) from error
        return guessed


def _cyrillic(content: bytes) -> str | None:
    """The text as windows-1251, if its words are Cyrillic through and through with letters as frequent as in them."""
    text = _decoded_or_none(content, "windows-1251")
    if text is None:
        return None
    words = [word for word in _WORD.findall(text) if _HIGH.search(word)]
    letters = "".join(words)
    if len(letters) < 20 or not _only_known(text, letters) or not all(_CYRILLIC.fullmatch(word) for word in words):
        return None
    # KOI8-R read as windows-1251 has its capitals and small letters the wrong way round.
    small = sum(letter.islower() for letter in letters)
    frequent = sum(letter in _FREQUENT for letter in letters.lower())
    return text if small > 0.6 * len(letters) and frequent > 0.3 * len(letters) else None


def _western(content: bytes) -> str | None:
    """The text as windows-1252, if it is a western European one: few letters with accents, all within plain words."""
    text = _decoded_or_none(content, "windows-1252")
    if text is None:
        return None
    words = [word for word in _WORD.findall(text) if _HIGH.search(word)]
    letters = "".join(_WORD.findall(text))
    accented = len(_HIGH.findall("".join(words)))
    if not _only_known(text, letters) or not all(_WESTERN.fullmatch(word) for word in words):
        return None
    return text if accented <= 0.12 * len(letters) and not any(_HIGH_RUN.search(word) for word in words) else None


def _only_known(text: str, letters: str) -> bool:
    return set(_HIGH.findall(text)) <= _PUNCTUATION | set(letters)


def _decoded_or_none(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None


def _broken(content: bytes, error: UnicodeDecodeError) -> UnreadableDocument:
    line = content.count(b"\n", 0, error.start) + 1
    return UnreadableDocument(
        "unknown_encoding",
        f"The characters of the file cannot be told: line {line} is not UTF-8, and no other encoding is sure. "
        "Save it as UTF-8.",
    )

"""Text and Markdown: what is in the bytes, or a refusal that says where it cannot be told."""

import codecs

import pytest

from proposals.documents import MAX_BYTES, UnreadableDocument, read_document

ENGLISH = "1. The Northern Council withdraws.\n2. The Coastal Front opens the old harbour.\n"
RUSSIAN = "1. Стороны прекращают огонь.\n2. Совет открывает старую гавань для всех судов.\n"
UKRAINIAN = "1. Сторони припиняють вогонь.\n2. Рада відкриває стару гавань для всіх суден.\n"
FRENCH = "1. Les parties cessent le feu dès la signature – « sans délai ».\n2. Le Conseil rouvre l’ancien port.\n"


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (ENGLISH.encode(), ENGLISH),
        (codecs.BOM_UTF8 + RUSSIAN.encode(), RUSSIAN),
        (codecs.BOM_UTF16_LE + RUSSIAN.encode("utf-16-le"), RUSSIAN),
        (codecs.BOM_UTF16_BE + ENGLISH.encode("utf-16-be"), ENGLISH),
        (codecs.BOM_UTF32_LE + UKRAINIAN.encode("utf-32-le"), UKRAINIAN),
        (RUSSIAN.encode("windows-1251"), RUSSIAN),
        (UKRAINIAN.encode("windows-1251"), UKRAINIAN),
        (FRENCH.encode("windows-1252"), FRENCH),
        # Old line ends, and a page break.
        (b"one\r\ntwo\rthree\x0cfour", "one\ntwo\nthree\x0cfour"),
        ("a\u2028b\u0085c\u200b".encode(), "a\nb\nc\u200b"),
    ],
)
def test_text_is_read_in_every_encoding_that_is_sure(content: bytes, text: str) -> None:
    assert read_document("leak.txt", content) == text.rstrip("\n")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (RUSSIAN.encode("koi8-r"), "unknown_encoding"),
        (RUSSIAN.encode("iso-8859-5"), "unknown_encoding"),
        ("Strony zaprzestają walk i otwierają stary port dla żeglugi.".encode("windows-1250"), "unknown_encoding"),
        ("Οι πλευρές παύουν το πυρ.".encode("windows-1253"), "unknown_encoding"),
        # Cut off in the middle of a sign.
        (RUSSIAN.encode()[:-30] + b"\xd0", "unknown_encoding"),
        (codecs.BOM_UTF16_LE + b"\x00\xd8a\x00", "unknown_encoding"),
        (b"plain\x00text", "not_text"),
        (RUSSIAN.encode("utf-16-le"), "not_text"),
        (b"", "empty"),
        (b"  \n ", "empty"),
        (codecs.BOM_UTF8, "no_text"),
        (b"{\\rtf1 \\b bold}", "not_what_it_says"),
        (b"%PDF-1.7 and so on", "not_what_it_says"),
        (b"\x89PNG\r\n", "not_what_it_says"),
        (b"x" * (MAX_BYTES + 1), "too_large"),
        (b"word " * 200_001, "too_much_text"),
    ],
)
def test_what_cannot_be_told_is_refused(content: bytes, code: str) -> None:
    with pytest.raises(UnreadableDocument) as refused:
        read_document("leak.txt", content)

    assert refused.value.code == code


def test_a_refusal_names_the_line_that_breaks_off() -> None:
    with pytest.raises(UnreadableDocument, match="line 3 is not UTF-8"):
        read_document("leak.txt", b"one\ntwo\nthr\x98\xff\xe9e")


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("leak", "unknown_kind"),
        ("leak.odt", "unknown_kind"),
        ("leak.doc", "unknown_kind"),
        (".txt", "unknown_kind"),
        ("leak.txt.exe", "unknown_kind"),
        ("leak.docm", "macros"),
        ("leak.DOCM", "macros"),
        ("leak.pdf", "not_what_it_says"),
        ("leak.docx", "not_what_it_says"),
        ("leak.html", "not_what_it_says"),
    ],
)
def test_the_name_says_the_kind_and_the_content_must_agree(name: str, code: str) -> None:
    with pytest.raises(UnreadableDocument) as refused:
        read_document(name, ENGLISH.encode())

    assert refused.value.code == code


def test_markdown_is_read_without_its_marks() -> None:
    content = (
        "# Plan of the Council #\n\n**1. Ceasefire.** The parties *cease* fire.\n> 2\\. Both sign [the map](https://example.org/m).\n"
        "***\n- snake_case_stays and 2 * 3 * 4 too\n```\n# code stays\n```\n"
    )

    assert read_document("plan.md", content.encode()) == (
        "\nPlan of the Council\n\n1. Ceasefire. The parties cease fire.\n2. Both sign the map.\n\n"
        "- snake_case_stays and 2 * 3 * 4 too\n# code stays"
    ).strip("\n")

"""HTML: what a reader sees of a page, with the numbers that a browser counts."""

import pytest

from proposals.documents import UnreadableDocument, read_document
from tests.hostile import MARKUP


def _read(body: str) -> str:
    return read_document("page.html", f"<!DOCTYPE html><html><head><title>t</title></head><body>{body}".encode())


def test_lists_have_their_numbers_in_the_text() -> None:
    body = (
        "<h1>Plan</h1><p>The parties</p><ol><li>cease fire<ol type=a><li>on land<li>at sea</ol></li>"
        "<li><p>withdraw</p><p>in ten days</p></li></ol><ul><li>both</li></ul>"
        '<ol start="7" type="I"><li>seven</li><li value="10">ten</li></ol><ol reversed><li>two</li><li>one</li></ol>'
    )

    assert _read(body) == (
        "Plan\n\nThe parties\n\n1. cease fire\n  a) on land\n  b) at sea\n2. withdraw\n\nin ten days\n\n• both\n\n"
        "VII. seven\nX. ten\n\n2. two\n1. one"
    )


def test_only_what_is_seen_is_read() -> None:
    body = (
        "<p>One &amp; two&nbsp;&lt;three&gt;<script>alert(1)</script><style>p{}</style><!-- not this --></p>"
        "<p hidden>no</p><div style='display: none'>no</div><noscript>no</noscript><template>no</template>"
        "<p>a<br>b</p><table><tr><td>Council</td><td>600</td></tr><tr><td>Front<td>800</table>"
        "<pre>  kept\n  as is</pre><img src=x onerror=alert(1) alt='no'><iframe src='//example.org'></iframe>"
    )

    assert _read(body) == "One & two\xa0<three>\n\na\nb\n\nCouncil\t600\nFront\t800\n\nkept\n  as is"


@pytest.mark.parametrize("markup", MARKUP)
def test_what_is_escaped_in_the_page_is_text(markup: str) -> None:
    escaped = markup.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")

    assert _read(f"<p>{escaped}</p>") == " ".join(markup.split())


def test_the_page_says_its_encoding() -> None:
    page = '<meta charset="windows-1251"><p>Совет открывает гавань.</p>'

    assert read_document("page.htm", page.encode("windows-1251")) == "Совет открывает гавань."
    with pytest.raises(UnreadableDocument, match="it is in utf-8, but it is not"):
        read_document("page.htm", page.replace("windows-1251", "utf-8").encode("windows-1251"))
    assert read_document("page.htm", b'<?xml version="1.0" encoding="utf-8"?><p>\xc3\xa9</p>') == "é"


@pytest.mark.parametrize(
    ("page", "code"),
    [
        (b"<html><body><div></div></body>", "no_text"),
        (b"<div>" * 100_000 + b"deep", "too_deep"),
        (b'<!DOCTYPE html [<!ENTITY a "aaaa">]><p>&a;</p>', "entities"),
    ],
)
def test_pages_that_are_refused(page: bytes, code: str) -> None:
    with pytest.raises(UnreadableDocument) as refused:
        read_document("page.html", page)

    assert refused.value.code == code

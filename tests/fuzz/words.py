"""Values that nobody should send: texts that are hard to read, store or show, and numbers and shapes out of place."""

from typing import Any

from hypothesis import strategies as st

from tests.hostile import TEXTS

HARD = [
    *TEXTS,
    *(
        "",
        " ",
        "\t",
        "\n",
        "\r\n",
        "\0",
        "a\0b",
        "\x1b[2J",
        "\x7f",
        "\ufeff",
        "\ufffe",
        "\u2028",
        "\u202e\u2066",
        "\u200d",
    ),
    *("\ud800", "a\udfffb", "\U0010ffff", "e\u0301" * 50, "a" + "\u0300" * 300, "İıſß", "𝟙𝟚", "٣", "²", "½", "Ⅷ", "ﬁ"),
    *(
        "0",
        "-0",
        "-1",
        "1e5",
        "1" * 25,
        "9" * 400,
        "0x10",
        "1_000",
        "NaN",
        "Infinity",
        "-inf",
        "١٢",
        "1.5",
        "true",
        "null",
    ),
    *(
        "2031-05-01",
        "2031-02-30",
        "0000-00-00",
        "9999-12-31",
        "10000-01-01",
        "2031-05-01T00:00:00Z",
        "2031-05",
        "٢٠٣١-٠٥-٠١",
    ),
    *(
        "../../etc/passwd",
        "..\\..\\x",
        "/",
        "//",
        ".",
        "a/b",
        "a/b/c",
        "council-plan/c01",
        "council-plan/",
        "%00",
        "%2e%2e",
    ),
    *(
        "' OR 1=1 --",
        "'; DROP TABLE x; --",
        '"',
        "\\",
        "%",
        "_",
        "%%s%(x)s",
        "{0.__class__}",
        "${x}",
        "$(id)",
        "a\r\nX-Y: z",
    ),
    *(
        "x" * 300,
        "wörter " * 900,
        "(" * 500,
        "(a" * 200,
        "!" * 400,
        "a & b | !",
        "<->",
        ":*",
        "a:*b",
        "''''",
        "and or not",
    ),
    *(
        ",",
        ",,,",
        "a,b",
        "council-plan,council-plan",
        ";",
        "a=b&c=d",
        "#",
        "?",
        "*",
        "**",
        "[]",
        "{}",
        "council-plan,front-answer",
    ),
]
BYTES = [
    b"\xff\xfe",
    b"\xed\xa0\x80",
    b"\xc0\xaf",
    b"\xf4\x90\x80\x80",
    b"\x80",
    b"\xef\xbb\xbf",
    b"\xe2\x80",
    b"\x00\x00",
]

hard_texts = st.one_of(
    st.sampled_from(HARD),
    st.text(max_size=20),
    st.tuples(st.sampled_from(HARD), st.sampled_from(HARD)).map(" ".join),
)
# What a database or an encoder can be given by way of JSON, which may escape lone surrogates.
numbers = st.sampled_from(
    [0, -1, 1, 2**31, 2**63, -(2**63) - 1, 10**30, 10**400, 0.5, -0.0, 1e-300, 1e308, 1e17, 99999999999999.999]
)


def _nested(depth: int) -> Any:
    value: Any = "x"
    for place in range(depth):
        value = [value] if place % 2 else {"a": value}
    return value


shapes = st.sampled_from(
    [None, True, False, [], {}, [[]], [None], [{}], [""], {"": None}, {"id": "x"}, {"\0": "\0"}, [["a", "b"]] * 3]
    + [_nested(depth) for depth in (5, 40, 300)]
    + [["ceasefire"] * 300, {str(place): place for place in range(300)}]
)
values = st.one_of(hard_texts, numbers, shapes)


def as_sent(text: str) -> bytes:
    """The bytes of a text in a query or a form, where a lone surrogate comes as the bytes that nobody should send."""
    return text.encode(errors="surrogatepass")

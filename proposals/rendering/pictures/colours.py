"""The colours of the pages for pictures: by name, so that a picture in a page follows its light or dark scheme.

Alone, in a file or in a page of somebody else, the value after the name holds.
"""

PAPER = "var(--paper, #fcfbf8)"
RAISED = "var(--raised, #f4f1ea)"
INK = "var(--ink, #1c1b19)"
SOFT = "var(--soft, #5c5850)"
RULE = "var(--rule, #d8d3c7)"
STRONG_RULE = "var(--strong-rule, #8d877a)"
ACCENT = "var(--accent, #1f4e79)"
TINT = "var(--tint, #f6eedb)"

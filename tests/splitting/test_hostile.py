"""Texts made to take long: the work grows with their length and no faster."""

import gc
import sys
import time

import pytest

from proposals.splitting import divide, split

MEGABYTE = 1_000_000
UNITS = [
    *(
        "1.\n",
        "1. a\n",
        "- a\n",
        "a) b\n",
        "(1) ",
        "((((",
        "1.1.",
        " ",
        "\t",
        "\n",
        "\r",
        "\f",
        "9",
        "i",
        "*",
        "#",
        "**",
        "|",
        "_",
    ),
    *(
        "# a\n",
        "I.\nA\n",
        "3\n\f",
        "Page 1 of 2\n",
        "Title\n\n1. a\n\n",
        "1. a\n\nSigned x\n",
        "\n\nSigned at x\n1. a",
        "Title: ",
    ),
    *(
        "a b c\n\n",
        ". 1. A",
        "Ab. Cd. ",
        "Article 1\n",
        "Article ",
        "§",
        "第一条",
        "a:",
        "1 | a\n",
        "\u00a0",
        "[1] a\n",
        "\U00010400",
    ),
]
SLOWEST = ["1.\n", "a) b\n", "Title\n\n1. a\n\n", "Article 1\n", "((((", " ", "9", "\n", ". 1. A"]


@pytest.mark.parametrize("unit", SLOWEST)
def test_a_megabyte_is_split_in_no_time(unit):
    text = unit * (MEGABYTE // len(unit))

    # A busy machine slows one try or another; what takes long takes long in all of them.
    assert any(_seconds_of_work(text) < 2 for _ in range(3))


@pytest.mark.parametrize("unit", UNITS)
def test_twice_the_text_is_twice_the_work(unit):
    once, twice = (_calls(unit * times) for times in (1000, 2000))

    assert twice <= 2.1 * once + 100


def test_lists_inside_lists_stop_somewhere():
    text = "\n".join(" " * deep + "- The mediator goes on" for deep in range(0, 600, 3))

    assert max(piece.depth for piece in split(text)) < 20


def test_what_no_proposal_has_so_many_lines_for_is_one_piece_with_the_last_line():
    text = "- The harbour opens.\n" * 30_000

    pieces = divide(text).pieces

    assert len(pieces) == 20_000
    assert pieces[-1].text.count("harbour") == 10_001


def _seconds_of_work(text: str) -> float:
    """What splitting a text takes of this thread's time, without clearing away what earlier tests left behind."""
    gc.collect()
    gc.disable()
    try:
        started = time.thread_time()
        split(text)
        return time.thread_time() - started
    finally:
        gc.enable()


def _calls(text: str) -> int:
    """How many functions are called to split a text, those of the interpreter too."""
    count = 0

    def counted(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(counted)
    try:
        split(text)
    finally:
        sys.setprofile(None)
    return count

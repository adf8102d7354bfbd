"""The heading of a clause: on the line of its number, on the next one, or before a colon."""

from collections import Counter
from collections.abc import Set

from proposals.splitting.headings import is_title, plain, run_in
from proposals.splitting.lines import Page
from proposals.splitting.parts import Part


def with_titles(parts: list[Part], page: Page) -> list[Part]:
    """The same parts; those that have a heading have it as their title, and no longer among their words."""
    usual = _usual_stops(parts)
    for place, part in enumerate(parts):
        if part.title:
            part.title = plain(part.title)
            continue
        deeper = place + 1 < len(parts) and parts[place + 1].depth > part.depth
        if part.is_group or (deeper and not part.marker and len(part.lines) == 1 and is_title(part.words[0])):
            part.title, part.words = plain(part.words[0]), part.words[1:]
        elif not part.is_end:
            _find(part, page, deeper=deeper, usual=usual)
    return parts


def _find(part: Part, page: Page, *, deeper: bool, usual: Set[tuple[int, str]]) -> None:
    first = 0 if part.words[0].strip() else 1
    if first >= len(part.words):
        return
    words, following = part.words[first], part.words[first + 1 :]
    if is_title(words) and not part.lines[first].breaks_off:
        after = part.lines[first + 1] if following else None
        goes_on = (
            after is not None
            and not after.after_blank
            and (after.text[0].islower() or page.wraps(part.lines[first], after))
        )
        if (after and not goes_on) or (not after and deeper and part.marker):
            part.title, part.words = plain(words), following
        return
    if part.marker is None or not (title := run_in(words)):
        return
    if not title.endswith(".") or (part.depth, part.marker.ways[0][0]) in usual:
        part.title, part.words = plain(title.rstrip(".–— ")), [words[len(title) :], *following]


def _usual_stops(parts: list[Part]) -> Set[tuple[int, str]]:
    """The lists, by depth and style, most of whose clauses begin with a short sentence: then it is a heading."""
    entries: Counter[tuple[int, str]] = Counter()
    stopped: Counter[tuple[int, str]] = Counter()
    for part in parts:
        if part.marker and part.marker.number:
            entries[part.depth, part.marker.ways[0][0]] += 1
            stopped[part.depth, part.marker.ways[0][0]] += run_in(part.words[0]).endswith(".")
    return {one for one, times in entries.items() if times > 1 and 2 * stopped[one] > times}

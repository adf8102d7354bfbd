"""Coverage laid out for a reader: one line a topic, one column a text, in date order; and as a picture."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext, ngettext

from proposals.comparison import Coverage, CoverageCell
from proposals.models import Proposal
from proposals.pages.addresses import record_address
from proposals.rendering import words
from proposals.rendering.dates import for_machines, in_words

# How each state is told where there is no room for a word; not found is left empty.
SIGNS = {"struck_out": "×", "silent": "–", "unknown": "··", "not_found": ""}


@dataclass(frozen=True, kw_only=True, slots=True)
class ShownCell:
    """`address` is where the clauses stand, or why there are none; blank where there is nothing to lead to."""

    state: str
    sign: str
    word: str
    count: int
    address: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ShownLine:
    slug: str
    name: str
    definition: str
    cells: tuple[ShownCell, ...]
    # How many of the texts regulate the topic.
    regulated: int


@dataclass(frozen=True, kw_only=True, slots=True)
class ShownGroup:
    slug: str
    name: str
    lines: tuple[ShownLine, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class ShownText:
    slug: str
    short_title: str
    year: str
    date: str
    machine_date: str
    completeness: str
    clauses_complete: str
    # How many of the topics shown it regulates.
    regulated: int


@dataclass(frozen=True, kw_only=True, slots=True)
class CoveragePage:
    """`part` says which texts these are where there are more, else it is blank."""

    texts: tuple[ShownText, ...]
    groups: tuple[ShownGroup, ...]
    width: int
    topic_count: int
    totals: tuple[tuple[str, str, int], ...]
    part: str


def lay_out(found: Coverage) -> CoveragePage:
    groups = tuple(
        ShownGroup(
            slug=group.slug,
            name=group.name,
            lines=tuple(
                ShownLine(
                    slug=line.topic.slug,
                    name=line.topic.name,
                    definition=line.topic.definition,
                    cells=tuple(_cell(cell) for cell in line.cells),
                    regulated=sum(cell.state == "regulated" for cell in line.cells),
                )
                for line in lines
            ),
        )
        for group, lines in found.lines
    )
    lines = [line for group in groups for line in group.lines]
    return CoveragePage(
        texts=tuple(_texts(found.proposals, lines)),
        groups=groups,
        width=len(found.proposals) + 1,
        topic_count=len(lines),
        totals=tuple(
            (state, str(words.STATES[state]), sum(cell.state == state for line in lines for cell in line.cells))
            for state in words.STATES
        ),
        part=_part(found),
    )


def _part(found: Coverage) -> str:
    if found.page_count == 1:
        return ""
    return gettext("Texts %(first)d to %(last)d of %(all)d in the order of their dates.") % {
        "first": found.first,
        "last": found.first + len(found.proposals) - 1,
        "all": found.text_count,
    }


def _cell(cell: CoverageCell) -> ShownCell:
    page = record_address("proposal", cell.proposal)
    count = len(cell.keys)
    if cell.state == "regulated":
        word = ngettext("%(count)d clause", "%(count)d clauses", count) % {"count": count}
        return ShownCell(state=cell.state, sign=str(count), word=word, count=count, address=f"{page}#{cell.keys[0]}")
    anchor = {"struck_out": cell.keys[0] if cell.keys else "", "silent": "silences"}.get(cell.state)
    return ShownCell(
        state=cell.state,
        sign=SIGNS[cell.state],
        word=str(words.STATES[cell.state]).lower(),
        count=0,
        address=f"{page}#{anchor}" if anchor else "",
    )


def _texts(proposals: Iterable[Proposal], lines: list[ShownLine]) -> Iterable[ShownText]:
    for place, one in enumerate(proposals):
        first, last = one.date.isoformat(), one.date_end.isoformat() if one.date_end else None
        yield ShownText(
            slug=one.slug,
            short_title=one.short_title,
            year=first[:4],
            date=in_words(first, one.date_precision, last=last, text=one.date_text),
            machine_date=for_machines(first, one.date_precision),
            completeness=words.name_of(one.clauses_complete, words.COMPLETENESS),
            clauses_complete=one.clauses_complete,
            regulated=sum(line.cells[place].state == "regulated" for line in lines),
        )


def spoken(page: CoveragePage) -> str:
    """The picture in one sentence, for its caption."""
    counted = ", ".join(f"{name.lower()} {number}" for _, name, number in page.totals)
    told = gettext("%(topics)d topics by %(texts)d texts: %(counted)s.") % {
        "topics": page.topic_count,
        "texts": len(page.texts),
        "counted": counted,
    }
    return f"{told} {page.part}".strip()

"""Which markers are the numbers of clauses, and how deep each stands: those that go on with a list or begin one.

A year at the start of a broken line ("2014. It does so") goes on with nothing and begins nothing.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from proposals.splitting.markers import ANNEXES, NONE, Marker
from proposals.splitting.numerals import readings

NEVER, WEAK, NEUTRAL, STRONG = range(4)
"""How surely a line begins something new: its sentence is cut off, goes on perhaps, has no full stop, has ended."""

_DEEPEST = 12
_WHOLE = 100  # one whole number in the places of markers
_SKIP, _FAR, _LAST_ALIEN = 5, 20, 60  # whole numbers
_APART = 2  # columns by which indentations differ for sure
_HEADING = "heading"


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """An open list: its style, where it has come to, how its markers are indented. A heading's list has no places."""

    style: str
    place: int = 0
    indent: int = 0
    rank: int = NONE
    path: tuple[str, ...] = ()

    @property
    def is_bullet(self) -> bool:
        return not self.place and self.style != _HEADING


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A marker where it stands. `at` is its place among all lines."""

    marker: Marker
    at: int
    indent: int
    surety: int

    @property
    def is_bullet(self) -> bool:
        return not self.marker.number

    @property
    def is_initial(self) -> bool:
        """Whether it looks like the initial of a name: "A." """
        return any(style == "upper-latin ." for style, _ in self.marker.ways)

    @property
    def is_bracketed(self) -> bool:
        return self.marker.ways[0][0].endswith(")")


class Outline:
    """The lists that are open while a text is read from its beginning to its end."""

    def __init__(self, candidates: Sequence[Candidate]) -> None:
        self._levels: list[Level] = []
        self._closed: dict[str, int] = {}
        self._ranks: dict[str, int] = {}
        self._last = {way: candidate.at for candidate in candidates for way in candidate.marker.ways}

    def enter(self, candidate: Candidate) -> int | None:
        """The depth of the clause that the marker begins; None where it is no marker but words, and nothing changes."""
        if candidate.is_bullet:
            return self._bullet(candidate)
        if candidate.marker.path[1:]:
            return self._decimal(candidate)
        return self._number(candidate)

    def head(self) -> int:
        """The depth of a heading over a group: it closes what is open."""
        self.close()
        self._levels.append(Level(style=_HEADING))
        return 0

    def close(self) -> None:
        self._cut(0)

    def goes_on(self, candidate: Candidate) -> bool:
        """Whether the marker is the next of an open list."""
        return any(
            level.style == style and follows(style, level.place, place)
            for style, place in candidate.marker.ways
            for level in self._levels
        )

    @property
    def numbered(self) -> bool:
        """Whether a list with numbers, not only bullets, is open."""
        return any(level.place for level in self._levels)

    def _cut(self, depth: int) -> None:
        for level in self._levels[depth:]:
            self._closed[level.style] = level.place
        del self._levels[depth:]

    def _push(self, candidate: Candidate, style: str, place: int, *, depth: int | None = None) -> int:
        rank = self._ranks.get(style, candidate.marker.rank)
        if depth is None:
            depth, rank = self._place_of_a_new_list(candidate, style, rank)
        depth = min(depth, _DEEPEST - 1)
        self._cut(depth)
        self._levels.append(
            Level(style=style, place=place, indent=candidate.indent, rank=rank, path=candidate.marker.path)
        )
        return depth

    def _place_of_a_new_list(self, candidate: Candidate, style: str, rank: int) -> tuple[int, int]:
        """The depth at which a list begins, and its rank."""
        depth = len(self._levels)
        if rank <= ANNEXES:
            return 0, rank
        if rank < NONE:
            inner = next((index for index, level in enumerate(self._levels) if rank < level.rank < NONE), depth)
            if inner < depth and style not in self._closed:
                # A section that comes first inside an article is a part of it; else articles are parts of sections.
                rank = self._ranks[style] = max(level.rank for level in self._levels if level.rank < NONE)
                return depth, rank
            return inner, rank
        if not candidate.is_bullet:
            # A bullet holds only numbers that stand further in.
            while depth and self._levels[depth - 1].is_bullet and self._levels[depth - 1].indent >= candidate.indent:
                depth -= 1
        return depth, rank

    def _open(self, style: str) -> Iterator[int]:
        """The depths at which a style is open, the innermost first."""
        return (index for index in reversed(range(len(self._levels))) if self._levels[index].style == style)

    def _bullet(self, candidate: Candidate) -> int | None:
        ((style, place),) = candidate.marker.ways
        open_at = list(self._open(style))
        if candidate.surety <= WEAK and not open_at and not self._comes_after(candidate, [(style, place)]):
            return None
        for index in open_at:
            if candidate.indent >= self._levels[index].indent - _APART + 1:
                nested = candidate.indent >= self._levels[index].indent + _APART
                return self._push(candidate, style, place, depth=index + 1 if nested else index)
        if open_at:
            return self._push(candidate, style, place, depth=open_at[-1])
        # Bullets that stand further in than this one are closed by it.
        further_in = (
            index
            for index, level in enumerate(self._levels)
            if level.is_bullet and level.indent >= candidate.indent + _APART
        )
        return self._push(candidate, style, place, depth=next(further_in, None))

    def _decimal(self, candidate: Candidate) -> int | None:
        """1.2 stands inside 1, where there is a 1."""
        marker, surety = candidate.marker, candidate.surety
        if surety == NEVER or (surety == WEAK and marker.joined):
            return None
        style, place = marker.ways[0]
        parents = [
            index
            for index, level in enumerate(self._levels)
            if level.path and level.path == marker.path[: len(level.path)]
        ]
        parent = next((index for index in reversed(parents) if self._levels[index].path != marker.path), None)
        same = next(self._open(style), None)
        if parent is not None:
            before = self._levels[same].place if same is not None and same == parent + 1 else 0
            fits = before < place <= before + _SKIP * _WHOLE or (surety == STRONG and not marker.joined)
            return self._push(candidate, style, place, depth=parent + 1) if fits else None
        if same is not None:
            forward = _values(marker.path) > _values(self._levels[same].path) and not marker.joined
            return self._push(candidate, style, place, depth=same) if forward or surety == STRONG else None
        begins = place <= _WHOLE + 1 and surety > WEAK
        if not begins and (surety < STRONG or marker.joined):
            return None
        return self._push(candidate, style, place, depth=self._beside(marker))

    def _beside(self, marker: Marker) -> int | None:
        """The depth of an open list of decimals that begin like this marker, digits or Roman: V stands beside III.2."""
        kind = _kind(marker.path[0]) if marker.path else None
        open_at = (index for index, level in enumerate(self._levels) if level.path[1:] and _kind(level.path[0]) == kind)
        return next(open_at, None) if kind else None

    def _number(self, candidate: Candidate) -> int | None:
        marker, surety = candidate.marker, candidate.surety
        in_a_sentence = marker.joined and (surety <= WEAK or marker.rank < NONE)
        if in_a_sentence and not (candidate.is_bracketed and marker.rank == NONE):
            return None
        ways = marker.ways
        if len(ways) > 1:
            ways = tuple(sorted(ways, key=lambda way: not self._goes_on_after(candidate, way)))
        if surety > NEVER or candidate.is_bracketed:
            for index in reversed(range(len(self._levels))):
                level = self._levels[index]
                for style, place in ways:
                    if style == level.style and follows(style, level.place, place):
                        return self._push(candidate, style, place, depth=index)
        return next((depth for way in ways if (depth := self._unexpected(candidate, *way)) is not None), None)

    def _unexpected(self, candidate: Candidate, style: str, place: int) -> int | None:
        """The depth of a marker that is not the next of an open list."""
        marker, surety = candidate.marker, candidate.surety
        goes_on = self._goes_on_after(candidate, (style, place))
        whole = place // _WHOLE
        open_at = next(self._open(style), None)
        if whole <= 1:
            if open_at is not None and candidate.indent >= self._levels[open_at].indent + _APART:
                return self._push(candidate, style, place) if goes_on or surety == STRONG else None
            if open_at is not None:
                again = surety == STRONG or (surety == NEUTRAL and not (marker.joined or marker.bare))
                return self._push(candidate, style, place, depth=open_at) if again else None
            # Where such a list has been before, it begins anew.
            enough = NEUTRAL if style in self._closed and not marker.joined else STRONG
            sure = (surety >= enough and not (candidate.is_initial or marker.bare)) or (
                surety >= NEUTRAL and marker.rank < NONE
            )
            begins = goes_on and (surety > NEVER or candidate.is_bracketed)
            if marker.bare:
                begins = surety >= NEUTRAL and self._is_counted_on(candidate, style, sure=surety == STRONG)
            return self._push(candidate, style, place) if begins or sure else None
        if surety <= WEAK:
            return None
        beside = self._beside(marker) if open_at is None and surety == STRONG and not marker.bare else None
        if beside is not None:
            return self._push(candidate, style, place, depth=beside)
        if open_at is None:
            if style in self._closed and follows(style, self._closed[style], place):
                return self._push(candidate, style, place)
            known = marker.rank < NONE or goes_on
            alien = surety == STRONG and known and not marker.bare and whole <= _LAST_ALIEN
            return self._push(candidate, style, place) if alien else None
        step = whole - self._levels[open_at].place // _WHOLE
        forward = 0 <= step <= _SKIP and not marker.joined and (surety == STRONG or marker.rank < NONE)
        astray = surety == STRONG and abs(step) <= _FAR and not marker.bare
        return self._push(candidate, style, place, depth=open_at) if forward or astray else None

    def _goes_on_after(self, candidate: Candidate, way: tuple[str, int]) -> bool:
        style, place = way
        return any(self._last.get((style, following), -1) > candidate.at for following in _next_places(style, place))

    def _is_counted_on(self, candidate: Candidate, style: str, *, sure: bool) -> bool:
        """Whether 2, or 1.1, comes after a 1 without stop or bracket; where its line may be words, 2 and 3."""
        two, three = ([(style, whole * _WHOLE)] for whole in (2, 3))
        if sure:
            return self._comes_after(candidate, [*two, ("path 2 digit", _WHOLE)])
        return self._comes_after(candidate, two) and self._comes_after(candidate, three)

    def _comes_after(self, candidate: Candidate, ways: Sequence[tuple[str, int]]) -> bool:
        # Where the last of a kind stands says whether any comes after.
        return any(self._last.get(way, -1) > candidate.at for way in ways)


def follows(style: str, before: int, after: int) -> bool:
    return after in _next_places(style, before)


def _next_places(style: str, place: int) -> tuple[int, ...]:
    """The places that may be next: 11 and 11a after 10 or 10a, 10b after 10a; alphabets leave out a letter or two."""
    whole = place // _WHOLE * _WHOLE
    if "cyrillic" in style:
        return tuple(whole + step * _WHOLE for step in (1, 2, 3))
    return (whole + _WHOLE, whole + _WHOLE + 1, place + 1)


def _kind(number: str) -> str | None:
    return next((kind for kind, _ in readings(number) if "latin" not in kind), None)


def _values(path: tuple[str, ...]) -> tuple[tuple[int, str], ...]:
    return tuple((int(part), "") if part.isdigit() else (0, part) for part in path)

"""What changed against what came before, in words that claim no more than is known."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext

from proposals.comparison import ClauseChange, PositionChange
from proposals.models import Position
from proposals.pages.addresses import comparison_address
from proposals.pages.records.facts import Named, label_of
from proposals.pages.topics.earlier import Earlier
from proposals.rendering import words


@dataclass(frozen=True, kw_only=True, slots=True)
class Point:
    """One point of difference with what each side says; `is_mild` means that both can hold together."""

    name: str
    before: str
    after: str
    is_hint: bool
    is_mild: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class ShownChange:
    """`words` say how it stands to `other`; `kind` is changed, same, apart, unordered or first.

    `side_by_side` is where both texts are compared, else blank.
    """

    kind: str
    words: str
    other: Named | None = None
    notes: tuple[str, ...] = ()
    points: tuple[Point, ...] = ()
    side_by_side: str = ""


def clause_change(
    change: ClauseChange | None, *, of: str, earlier: Earlier, says_something: bool
) -> ShownChange | None:
    """Of a clause by its id; of a placeholder, whose content is not known, nothing is said."""
    if change is None:
        return (
            ShownChange(kind="first", words=gettext("Nothing earlier on it is recorded in its process."))
            if says_something
            else None
        )
    against = change["against"]
    other = earlier.clause(against)
    texts = [against.partition("/")[0], of.partition("/")[0]]
    side_by_side = f"{comparison_address(texts, topic=earlier.topic.slug)}#concordance"
    if not change["linked"]:
        return ShownChange(
            kind="apart",
            words=gettext("Not lined up with an earlier clause; directly before it stands"),
            other=other,
            notes=_order(change["order_certain"]),
            side_by_side=side_by_side,
        )
    kind, said = _told(change)
    return ShownChange(
        kind=kind,
        words=said,
        other=other,
        notes=(*_notes(change), *_order(change["order_certain"])),
        points=tuple(
            Point(
                name=words.name_of(one["kind"], words.DIVERGENCES),
                before=_side(one["sides"], against),
                after=_side(one["sides"], of),
                is_hint=not one["asserted"],
                is_mild=one["asserted"] and (one["compatible"] or change["relation"] != "conflict"),
            )
            for one in change["divergences"]
        ),
        side_by_side=side_by_side,
    )


def _told(change: ClauseChange) -> tuple[str, str]:
    if change["differs"]:
        return (
            ("changed", gettext("Changed from")) if change["order_certain"] else ("unordered", gettext("Differs from"))
        )
    if change["relation"] == "equivalent":
        return "same", gettext("Says the same as")
    return "same", gettext("Overlaps with")


def _notes(change: ClauseChange) -> tuple[str, ...]:
    relation = {
        "conflict": gettext("the two conflict"),
        "overlap": gettext("the two overlap"),
        "equivalent": gettext("the two say the same otherwise"),
    }
    wider = {"left": gettext("the earlier one includes the other"), "right": gettext("this one includes the other")}
    if not change["order_certain"]:
        wider["left"] = gettext("that one includes this")
    return tuple(
        note
        for note in (
            relation.get(change["relation"] or "", "") if change["differs"] else "",
            "" if change["differs"] else gettext("no figure, date, place, party, force or condition is told to differ"),
            wider.get(change["wider"] or "", "") if change["relation"] != "conflict" else "",
            gettext("lined up by an editor") if change["decided_by"] == "editor" else "",
            gettext("a clause changed since the editor decided") if change["stale"] else "",
        )
        if note
    )


def _order(is_certain: bool) -> tuple[str, ...]:
    return () if is_certain else (gettext("which of the two came first is not certain"),)


def _side(sides: Sequence[dict[str, str]], clause: str) -> str:
    return "; ".join(dict.fromkeys(one["text"] for one in sides if one["clause"] == clause))


def position_change(change: PositionChange | None, *, earlier: Earlier, names_person: bool) -> ShownChange:
    """Of a position; where it names a person, the one before may be of somebody else."""
    if change is None:
        return ShownChange(kind="first", words=gettext("Nothing earlier that it said on the topic is recorded."))
    before = label_of(Position.Stance, change["stance_before"])
    kind, said = _stance(change, before=before)
    return ShownChange(
        kind=kind,
        words=said,
        other=earlier.position(change["against"]),
        notes=(*_speaker(change, names_person=names_person), *_red_line(change), *_order(change["order_certain"])),
    )


def _stance(change: PositionChange, *, before: str) -> tuple[str, str]:
    if change["supersedes"]:
        return "changed", gettext("Replaces what was said on")
    if not change["order_certain"]:
        return "unordered", gettext("About the same time (“%(stance)s”):") % {"stance": before}
    if not change["same_subject"]:
        return "apart", gettext("Before, on something else (“%(stance)s”):") % {"stance": before}
    if change["same_stance"]:
        return "same", gettext("The same stance as on")
    return "changed", gettext("Another stance than before (“%(stance)s”):") % {"stance": before}


def _speaker(change: PositionChange, *, names_person: bool) -> tuple[str, ...]:
    if change["same_person"] or not names_person:
        return ()
    return (gettext("said then by somebody else, or by nobody named"),)


def _red_line(change: PositionChange) -> tuple[str, ...]:
    if change["red_line_before"] and not change["red_line_after"]:
        return (gettext("called a red line then, and not here"),)
    if change["red_line_after"] and not change["red_line_before"]:
        return (gettext("not called a red line then"),)
    return ()

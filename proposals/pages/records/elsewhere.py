"""Where else a clause stands: what each other proposal holds against it, laid out for readers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from proposals.comparison.counterparts import CounterpartPayload, CounterpartsPayload
from proposals.models import Clause
from proposals.pages.addresses import comparison_address
from proposals.rendering import words
from proposals.rendering.dates import for_machines, in_words
from proposals.rendering.lines import reason_in_words


@dataclass(frozen=True, kw_only=True, slots=True)
class Difference:
    """`sides` are what this clause says and what the other one does; `standing` is "diverge", "mild" or "hint"."""

    standing: str
    name: str
    summary: str
    here: tuple[str, ...]
    there: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Counterpart:
    """A clause elsewhere; of a candidate that is not linked `relation` is blank."""

    proposal: str
    key: str
    number: str
    label: str
    text: str
    language: str
    wording: str
    relation: str
    wider: str
    score: str
    is_editors: bool
    is_stale: bool
    differences: tuple[Difference, ...]
    reasons: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Elsewhere:
    """One other proposal: its linked clauses, its nearest candidates, or how it leaves the matter out."""

    slug: str
    short_title: str
    date: str
    machine_date: str
    address: str
    linked: tuple[Counterpart, ...]
    near: tuple[Counterpart, ...]
    state: str
    state_name: str
    topic_regulated: bool
    reason: str


def elsewhere(found: Sequence[CounterpartsPayload], *, own: str) -> tuple[Elsewhere, ...]:
    """In the order given; `own` is the slug of the clause's proposal."""
    return tuple(_of(one, own=own) for one in found)


def _of(one: CounterpartsPayload, *, own: str) -> Elsewhere:
    head = one["proposal"]
    counterparts = [_counterpart(other, own=own) for other in one["counterparts"]]
    return Elsewhere(
        slug=head["slug"],
        short_title=head["short_title"],
        date=in_words(head["date"], head["date_precision"], last=head["date_end"], text=head["date_text"]),
        machine_date=for_machines(head["date"], head["date_precision"]),
        address=comparison_address([own, head["slug"]]),
        linked=tuple(other for other in counterparts if other.relation),
        near=tuple(other for other in counterparts if not other.relation),
        state=one["state"],
        state_name=words.name_of(one["state"], words.STATES),
        topic_regulated=one["topic_regulated"],
        reason=one["silence"]["reason"] if one["silence"] else "",
    )


def _counterpart(one: CounterpartPayload, *, own: str) -> Counterpart:
    clause = one["clause"]
    return Counterpart(
        proposal=clause["proposal"],
        key=clause["key"],
        number="" if clause["number"] in (None, "unknown") else str(clause["number"]),
        label=clause["label"],
        text=clause["text"],
        language=clause["language"],
        wording=str(Clause.Wording(clause["wording"]).label),
        relation=words.name_of(one["relation"], words.RELATIONS) if one["relation"] else "",
        wider={"left": "here", "right": "there"}.get(one["wider"] or "", ""),
        score=f"{one['score']:.2f}",
        is_editors=one["decided_by"] == "editor",
        is_stale=one["stale"],
        differences=tuple(_differences(one, own=own)),
        reasons=tuple(reason_in_words(reason) for reason in one["reasons"]),
    )


def _differences(one: CounterpartPayload, *, own: str) -> Iterable[Difference]:
    for divergence in one["divergences"]:
        said = [(side["proposal"] == own, side["text"]) for side in divergence["sides"]]
        mild = divergence["compatible"] or one["relation"] != "conflict"
        yield Difference(
            standing="hint" if not divergence["asserted"] else "mild" if mild else "diverge",
            name=words.name_of(divergence["kind"], words.DIVERGENCES),
            summary=divergence["summary"],
            here=tuple(dict.fromkeys(text for is_own, text in said if is_own)),
            there=tuple(dict.fromkeys(text for is_own, text in said if not is_own)),
        )

"""How well suggestions meet what editors coded, one proposal left out at a time: nothing is learnt from it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from proposals.suggesting import Knowledge, suggest

TOPICS = 3
SURE = 0.5  # scores below it are doubtful


@dataclass
class Tally:
    right: int = 0
    extra: int = 0
    missed: int = 0

    def add(self, got: Iterable[object], wanted: Iterable[object]) -> None:
        found, coded = Counter(got), Counter(wanted)
        both = (found & coded).total()
        self.right += both
        self.extra += found.total() - both
        self.missed += coded.total() - both

    @property
    def precision(self) -> float:
        return self.right / max(1, self.right + self.extra)

    @property
    def recall(self) -> float:
        return self.right / max(1, self.right + self.missed)


def measured(known: Knowledge) -> dict[str, Tally]:
    """Suggestions for each clause against its codes, by what is suggested."""
    tallies: dict[str, Tally] = {}

    def add(what: str, got: Iterable[object], wanted: Iterable[object]) -> None:
        tallies.setdefault(what, Tally()).add(got, wanted)

    proposals = sorted({clause.id.partition("/")[0] for clause in known.clauses})
    for proposal in proposals:
        own = [clause for clause in known.clauses if clause.id.partition("/")[0] == proposal]
        others = [clause for clause in known.clauses if clause.id.partition("/")[0] != proposal]
        given = suggest(
            [clause.text for clause in own],
            knowledge=replace(known, clauses=others),
            labels=[clause.label for clause in own],
        )
        for clause, suggestions in zip(own, given, strict=True):
            fields = {kind: [one.fields for one in suggestions if one.kind == kind] for kind in {"", *_KINDS}}
            topics = [one["topic"] for one in fields["topic"]][:TOPICS]
            add("topics, the first three", topics, clause.topics)
            foremost = clause.topics[:1]
            add("foremost topic, among the first three", set(topics) & set(foremost), foremost)
            roles = [(one["role"], one["party"]) for one in fields["party"]]
            add("parties with role", roles, clause.roles)
            add("parties", {party for _, party in roles}, {party for _, party in clause.roles})
            places = [one for one in suggestions if one.kind == "territory"]
            add("territories", [one.fields["territory"] for one in places], clause.territories)
            sure = [one.fields["territory"] for one in places if one.score >= SURE]
            add("territories, score .5 or more", sure, clause.territories)
            if clause.modality:
                add("modality", [one["modality"] for one in fields["modality"]], [clause.modality])
            for kind in ("quantity", "duration"):
                terms = [term for term in clause.terms if term.kind == kind]
                got = [(_number(one.get("value")), one.get("unit", "")) for one in fields[kind]]
                wanted = [(_number(term.value), term.unit) for term in terms]
                add(f"{kind}: value and unit", got, wanted)
                measures = [(value, one.get("measure")) for value, one in zip(got, fields[kind], strict=True)]
                coded = [(value, term.measure) for value, term in zip(wanted, terms, strict=True)]
                add(f"{kind}: and measure", measures, coded)
            dates = [term for term in clause.terms if term.kind == "date"]
            add("date", [one["date"] for one in fields["date"]], [term.date for term in dates])
            told = [(one["date"], one.get("measure")) for one in fields["date"]]
            add("date: and measure", told, [(term.date, term.measure) for term in dates])
    return tallies


_KINDS = ("topic", "party", "territory", "modality", "quantity", "duration", "date")


def _number(value: object) -> float | None:
    return None if value is None else float(str(value))

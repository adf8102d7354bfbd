"""docs/accuracy.md: how far the engine can be relied on, told for those who must decide whether to.

Only words and tables are made here; what they say comes measured.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence

from proposals.alignment.evaluation import DRAWS, Counts, Measured, figures, measured
from proposals.alignment.mistakes import CLASSES, Mistake, surest_first
from proposals.rendering.markdown import paragraphs, table
from proposals.rendering.measurement import Accuracy, Pair, Run

SHOWN = 3  # mistakes of each class

_MEASURES = {
    "link_precision": "link precision",
    "link_recall": "link recall",
    "link_f1": "link F1",
    "gap_f1": "gap F1",
    "relation_accuracy": "relation accuracy",
    "conflict_f1": "conflict F1",
    "kinds_f1": "kinds F1",
    "mrr": "MRR",
    "hit_at_3": "hit@3",
}
_GROUPS: dict[str, Callable[[Pair], bool]] = {
    "all": lambda pair: True,
    "gold": lambda pair: pair.gold,
    "own data": lambda pair: pair.own,
    "paraphrased": lambda pair: not pair.own,
    "near-verbatim": lambda pair: pair.near_verbatim,
    "independent": lambda pair: not pair.near_verbatim,
}
_CLASSES = {
    "missed_link": "Links it misses",
    "false_link": "Links the readers did not draw",
    "missed_conflict": "Conflicts it takes for something else",
    "false_conflict": "Conflicts the readers did not see",
    "wrong_kinds": "Conflicts whose kinds it tells differently",
}


def accuracy_page(found: Accuracy) -> str:
    """The page as Markdown. Equal input gives equal text."""
    sections = [_head(found), _measures(), _pairs(found), _protocol(found), _tables(found), _apart(found)]
    sections += [_delivered(found), _pair_by_pair(found), _peers(found), _mistakes(found), _again()]
    return paragraphs("# How far to rely on the engine", *sections) + "\n"


def _head(found: Accuracy) -> str:
    coded, bare = (figures(_sum(run)) for run in (found.without_document.coded, found.without_document.bare))
    method = found.method

    def of_100(told: Mapping[str, float | None]) -> str:
        return f"of 100 that it tells {_percent(told['p'])} are right, and it finds {_percent(told['r'])} of 100"

    entries = [
        f"**Links**: {of_100(coded['links'])} that the readers drew (F1 {_f1_of(found.without_document.coded)}). This "
        "is with topics, figures, places and parties coded on the clauses, as in the shipped data.",
        f"**Texts alone**, as when a new leak is pasted in: {of_100(bare['links'])} (F1 "
        f"{_f1_of(found.without_document.bare)}).",
        f"**Where to look**: the right counterpart is among the three best candidates of {_percent(coded['hit_at_3'])} "
        f"in 100 clauses that have one; with texts alone, of {_percent(bare['hit_at_3'])}.",
        f"**Gaps**, clauses without a counterpart: {of_100(coded['gaps'])}. With texts alone: {of_100(bare['gaps'])}.",
        f"**Conflicts**: {of_100(coded['conflicts'])}. With texts alone: {of_100(bare['conflicts'])}.",
    ]
    if found.apart_without_documents.coded:
        entries.append(
            f"**On {len(found.apart_without_documents.coded)} pairs kept apart** (see below): "
            f"{_line(_sum(found.apart_without_documents.coded))}."
        )
    return paragraphs(
        f"*Written by `make accuracy`, not by hand. Method {method.name} {method.version}, weights "
        f"{method.weights_digest}, thresholds {method.thresholds_digest}, vocabulary {found.vocabulary}.*",
        "In short, for two texts that neither the weights nor the vocabulary had seen:",
        _listed(entries),
        "So take a link as a good reason to read two clauses side by side. Take a gap as *nothing was found*, and read "
        "the nearest candidate told with it before you write that a text is silent. Take conflict or agreement as a "
        "first sorting, and read both clauses before you cite it: where no conflict is told, there may still be one.",
    )


def _measures() -> str:
    entries = [
        "**link precision, recall, F1**: how many of the links told the readers drew, how many of theirs are told, and "
        "both in one figure.",
        "**gap F1**: the same for clauses without any counterpart.",
        "**relation accuracy**: on links found, how often *equivalent*, *overlap* or *conflict* is what readers say.",
        "**conflict F1**: precision and recall of conflicts in one figure; on a missed link a conflict is missed too.",
        "**kinds F1**: the same, on links found, for what conflicts are about: quantity, deadline, territory, modality "
        "or actor. Conditions, which the engine tells as well, have no kind there.",
        "**MRR**: one over the rank of the right counterpart among all clauses of the other text, on average; 1 is "
        "always first.",
        "**hit@3**: how often the right counterpart is among the first three.",
    ]
    return paragraphs(
        "## What was measured",
        _listed(entries),
        "Links that the readers doubt are neither rewarded nor punished. Figures are over all clauses of a group, so "
        f"long texts weigh more. In brackets stands where 95 % of {DRAWS:,} bootstrap draws lie; in each, pairs "
        "are drawn anew, with a fixed seed. Few pairs stand behind most columns and several share a text, so take the "
        "true uncertainty for wider.",
    )


def _pairs(found: Accuracy) -> str:
    def told(pairs: Sequence[Pair], what: str, folder: str, about: str) -> str:
        links, doubtful = sum(pair.links for pair in pairs), sum(pair.doubtful for pair in pairs)
        return f"**{what}** (`{folder}`): {len(pairs)} pairs, {links} sure links, {doubtful} doubtful ones. {about}"

    gold, readings = ([pair for pair in found.pairs if pair.gold is wanted] for wanted in (True, False))
    return paragraphs(
        "## On what",
        told(gold, "Gold pairs", found.folders[0], found.about.gold),
        told(readings, "Our own readings", found.folders[1], found.about.readings),
        "Below, *own data* are pairs of stored proposals, with all that is coded on them; *paraphrased* are the "
        "others, known by texts and topics only. *Near-verbatim* are a text and a counter-draft of it, *independent* "
        "all others.",
    )


def _protocol(found: Accuracy) -> str:
    shipped = (
        f"The weights that ship are those that `manage.py fit_alignment` finds on {found.weights_from}."
        if found.weights_from
        else "The weights that ship are not those that `manage.py fit_alignment` finds on these pairs."
    )
    return paragraphs(
        "## How",
        "Each pair is compared by an engine whose weights were fitted anew on other pairs: on all the others (*one "
        "pair left out*), where its texts may stand beside others or in other words, and only on those that share "
        "neither text under whatever name (*one document left out*, the stricter). The vocabulary, which knows how "
        "common words and topics are and what topics sound like, is made each time without the clauses of both texts. "
        f"Editors' decisions are not used. {shipped}",
        "**What is not held out.** The taxonomy, the lexicon, the thresholds and the names of places and parties are "
        "as delivered, and further versions of a text may be in the vocabulary as proposals of their own. "
        f"{found.about.chosen}",
    )


def _tables(found: Accuracy) -> str:
    groups = {name: [pair.name for pair in found.pairs if test(pair)] for name, test in _GROUPS.items()}
    told = {name: names for name, names in groups.items() if names and (name == "all" or names != groups["all"])}

    def figures_of(run: Run) -> str:
        return _by_measure(
            {f"{name} ({len(names)})": {pair: run[pair] for pair in names} for name, names in told.items()}
        )

    return paragraphs(
        "## Figures",
        "The number of pairs stands behind the name of each column.",
        "### With what is coded, one pair left out",
        figures_of(found.without_pair.coded),
        "### With what is coded, one document left out",
        figures_of(found.without_document.coded),
        "### Texts alone, one pair left out",
        "Texts and nothing else: topics are suggested from the vocabulary, figures and dates read from the words.",
        figures_of(found.without_pair.bare),
        "### Texts alone, one document left out",
        figures_of(found.without_document.bare),
    )


def _apart(found: Accuracy) -> str:
    names = [pair.name for pair in found.pairs if pair.kept_apart]
    if not names:
        return ""
    columns = {
        "coded, other pairs": found.apart_without_pairs.coded,
        "coded, other documents": found.apart_without_documents.coded,
        "texts, other pairs": found.apart_without_pairs.bare,
        "texts, other documents": found.apart_without_documents.bare,
    }
    others = {pair.name: found.without_pair.coded[pair.name] for pair in found.pairs if not pair.kept_apart}
    return paragraphs(
        "### The pairs kept apart",
        f"{', '.join(f'`{name}`' for name in names)}. Weights are fitted without all of these: on the {len(others)} "
        f"other pairs, or on those of them that share no document with the pair at hand. {found.about.apart}",
        _by_measure(columns),
        f"The other pairs, one pair left out, have {_line(_sum(others))}. Where the pairs kept apart do worse, these "
        "flatter.",
    )


def _delivered(found: Accuracy) -> str:
    return paragraphs(
        "### As delivered",
        "Only to compare: the gold pairs with the weights and the vocabulary that ship, which have seen them, have "
        f"{_line(_sum(found.delivered))}. `manage.py evaluate_alignment` prints the same.",
    )


def _pair_by_pair(found: Accuracy) -> str:
    rows = []
    for pair in found.pairs:
        told = measured([found.without_pair.coded[pair.name]], draws=1)
        name = f"`{pair.name}`" + (" *" if pair.kept_apart else "")
        size = f"{pair.clauses[0]} x {pair.clauses[1]}"
        rows.append([name, size, str(pair.links), *(_value(told[measure].value) for measure in _MEASURES)])
    head = ["pair", "clauses", "links", "P", "R", "F1", "gap", "relation", "conflict", "kinds", "MRR", "hit@3"]
    return paragraphs(
        "## Pair by pair",
        "With what is coded, one pair left out. A dash stands where nothing could be measured"
        + (", a star at pairs kept apart." if found.about.kept_apart else "."),
        table(head, rows),
    )


def _peers(found: Accuracy) -> str:
    near = {pair.name for pair in found.pairs if pair.near_verbatim}

    def row(name: str, run: Run, either: Run | None = None) -> list[str]:
        told = _measured(run)
        groups = [
            _measured({pair: counts for pair, counts in run.items() if (pair in near) is wanted})["link_f1"]
            for wanted in (True, False)
        ]
        values = [*groups, told["gap_f1"], told["mrr"], told["hit_at_3"]]
        last = _value(_measured(either)["link_f1"].value) if either else ""
        return [name, _shown(told["link_f1"]), *(_value(figure.value) for figure in values), last]

    rows = [row(peer.name, peer.mutual, peer.either) for peer in found.peers]
    rows.append(row("the engine, texts alone", found.without_pair.bare))
    rows.append(row("the engine, with what is coded", found.without_pair.coded))
    return paragraphs(
        "## Simpler methods on the same pairs",
        "Each scores every two clauses by one formula and links those that are each other's best, above a threshold "
        "chosen on the other pairs (one pair left out). In the last column it links each clause with its best "
        "counterpart, even one that has a better match itself. The ratio is that of Python's difflib, on words; "
        "trigrams are those of PostgreSQL's pg_trgm, written anew; TF-IDF weighs words by how few clauses of the two "
        "texts have them; the curated topics are compared as sets (Jaccard) and added.",
        table(["", "link F1", "near-verbatim", "independent", "gap F1", "MRR", "hit@3", "best of either"], rows),
    )


def _mistakes(found: Accuracy) -> str:
    parts = [
        "## What it gets wrong",
        "With what is coded, one pair left out; of each class those where the engine was surest of being right, no two "
        "of one pair of texts"
        + (" and none of the pairs kept apart" if found.about.kept_apart else "")
        + ". The score is its chance for a link. All texts are paraphrases, none is a quotation.",
    ]
    for name in CLASSES:
        errors = surest_first(name, found.mistakes.get(name, ()))
        parts.append(f"### {_CLASSES[name]} ({len(errors)} in all)")
        parts.append("\n".join(line for n, error in enumerate(_spread(errors), 1) for line in _example(n, error)))
    return paragraphs(*parts)


def _spread(errors: Sequence[Mistake]) -> list[Mistake]:
    """The first errors, one of each pair of texts."""
    first = {error.pair: error for error in reversed(errors)}
    return [error for error in errors if first[error.pair] is error][:SHOWN]


def _example(number: int, mistake: Mistake) -> Iterator[str]:
    yield f"{number}. The engine: {mistake.said}, score {_value(mistake.score)}. The readers: {mistake.drawn}."
    yield f"   - `{mistake.left}`: {mistake.left_text}"
    yield f"   - `{mistake.right}`: {mistake.right_text}"


def _again() -> str:
    return paragraphs(
        "## To measure again",
        "`make accuracy` writes this page anew from the stored proposals and the files of the pairs. What was tried "
        "and left out stands in [decisions/links.md](decisions/links.md).",
    )


def _by_measure(columns: Mapping[str, Run]) -> str:
    """A table with a line for each measure and a column for each run."""
    found = [_measured(run) for run in columns.values()]
    rows = [[label, *(_shown(told[name]) for told in found)] for name, label in _MEASURES.items()]
    return table(["", *columns], rows)


def _line(counts: Counts) -> str:
    """The figures of some counts in one line, without intervals."""
    told = measured([counts], draws=1)
    names = [name for name in _MEASURES if name not in ("link_precision", "link_recall")]
    return ", ".join(f"{_MEASURES[name]} {_value(told[name].value)}" for name in names)


def _listed(entries: Sequence[str]) -> str:
    return "\n".join(f"- {entry}" for entry in entries)


def _measured(run: Run) -> dict[str, Measured]:
    return measured([run[name] for name in sorted(run)])


def _sum(run: Run) -> Counts:
    return sum((run[name] for name in sorted(run)), Counts())


def _f1_of(run: Run) -> str:
    return _shown(_measured(run)["link_f1"])


def _shown(figure: Measured) -> str:
    if figure.value is None:
        return "-"
    return f"{_value(figure.value)} ({_value(figure.low)}-{_value(figure.high)})"


def _value(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f}".removeprefix("0")


def _percent(share: float | None) -> str:
    return "-" if share is None else f"{100 * share:.0f}"

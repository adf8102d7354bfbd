"""The names that lead to clauses: of parties, territories, topics and proposals, with aliases and slugs."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q, QuerySet, TextField, Value

from parties.models import Party, PartyAlias
from parties.readers import Reader
from proposals.models import Proposal, Territory, TerritoryAlias, Topic
from proposals.search.terms import Term, words_of

Record = tuple[str, int]
_SELECTIVE = 3


@dataclass(frozen=True, kw_only=True, slots=True)
class Name:
    """One name of a record. A slug finds the record, but nobody writes it in a text."""

    kind: str
    pk: int
    slug: str
    words: tuple[str, ...]
    is_slug: bool

    @property
    def record(self) -> Record:
        return self.kind, self.pk

    def holds(self, term: Term) -> bool:
        """Whether the term's words stand in it one after the other; a single one perhaps as a beginning."""
        here = f" {' '.join(self.words)} "
        return term.text in here and (
            term.unspaced or f" {term.text} " in here or (f" {term.text}" in here and term.begins_words)
        )


def names(user: Reader | None, *, beginnings: Iterable[str]) -> list[Name]:
    """The names of what the reader may see that have a word beginning with one of these: one query."""
    wanted = sorted(set(beginnings))
    rows: list[QuerySet[Any, Any]] = []
    for kind, records, field, owner, slug in _sources(user):
        kept = records.filter(_has_word_like(field, wanted)).order_by()
        rows.append(
            kept.values_list(Value(kind, output_field=TextField()), F(owner), F(slug), F(field), Value(field == slug))
        )
    return [
        Name(kind=kind, pk=pk, slug=slug, words=words_of(text), is_slug=is_slug)
        for kind, pk, slug, text, is_slug in rows[0].union(*rows[1:], all=True)
    ]


def words_of_names(user: Reader | None) -> set[str]:
    """Every word of a name of what the reader may see: one query."""
    rows: list[QuerySet[Any, Any]] = [
        records.order_by().values_list(F(field)) for _, records, field, _, slug in _sources(user) if field != slug
    ]
    return set(words_of(" ".join(text for (text,) in rows[0].union(*rows[1:]))))


def other_names(records: Collection[Record]) -> dict[Record, list[tuple[str, ...]]]:
    """All names, but no slugs, of parties and territories: one query, none without records."""
    wanted = [record for record in records if record[0] in ("party", "territory")]
    if not wanted:
        return {}
    rows: list[QuerySet[Any, Any]] = [
        source.filter(**{f"{owner}__in": [pk for one, pk in wanted if one == kind]})
        .order_by()
        .values_list(Value(kind, output_field=TextField()), F(owner), F(field))
        for kind, source, field, owner, slug in _sources(None)
        if kind in ("party", "territory") and field != slug
    ]
    found: dict[Record, list[tuple[str, ...]]] = {}
    for kind, pk, text in rows[0].union(*rows[1:], all=True):
        found.setdefault((kind, pk), []).append(words_of(text))
    return found


def _has_word_like(field: str, beginnings: list[str]) -> Q:
    """Keeps too many rather than too few. A pattern is quicker than a regular expression, but a short one keeps all."""
    short = [one for one in beginnings if len(one) < _SELECTIVE and one.isascii()]
    kept = Q(**{f"{field}__holds_one_of": [f"%{one}%" for one in beginnings if one not in short]})
    if short:
        kept |= Q(**{f"{field}__iregex": f"(^|[^[:alnum:]])({'|'.join(short)})([^[:alnum:]]|$)"})
    return kept


def _sources(user: Reader | None) -> list[tuple[str, QuerySet[Any], str, str, str]]:
    """Kind and records, then the columns of the name, of the owner and of the owner's slug."""
    proposals = Proposal.objects.visible_to(user)
    return [
        *(("party", Party.objects.all(), field, "pk", "slug") for field in ("name", "slug")),
        ("party", PartyAlias.objects.all(), "name", "party_id", "party__slug"),
        *(("territory", Territory.objects.all(), field, "pk", "slug") for field in ("name", "slug")),
        ("territory", TerritoryAlias.objects.all(), "name", "territory_id", "territory__slug"),
        *(("topic", Topic.objects.all(), field, "pk", "slug") for field in ("name", "slug")),
        *(("proposal", proposals, field, "pk", "slug") for field in ("title", "short_title", "slug")),
    ]

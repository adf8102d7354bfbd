"""The engine's answers to pairs that its weights have not seen."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.management.base import CommandError

from proposals.alignment.evaluation import Counts, count, predict
from proposals.alignment.fitting import Example, fitted, held_out
from proposals.alignment.method import Method
from proposals.rendering.measurement import Measurement

Answers = Mapping[str, Mapping[str, Any]]  # by the name of the pair


@dataclass(frozen=True, kw_only=True, slots=True)
class HeldOut:
    """The answers to some pairs: with what is coded, and by texts alone."""

    golds: Sequence[Mapping[str, Any]]
    coded: Answers
    bare: Answers

    @classmethod
    def of(cls, folds: Iterable[tuple[Example, Method]]) -> "HeldOut":
        """The answers to examples, each by its method."""
        golds, coded, bare = [], {}, {}
        for example, method in folds:
            golds.append(example.gold)
            coded[example.gold["pair"]] = _answer(example, method)
            bare[example.gold["pair"]] = _answer(example.bare(), method)
        return cls(golds=golds, coded=coded, bare=bare)

    @property
    def measurement(self) -> Measurement:
        """The answers counted."""
        return Measurement(coded=self._counts(self.coded), bare=self._counts(self.bare))

    def _counts(self, answers: Answers) -> dict[str, Counts]:
        return {gold["pair"]: count(answers[gold["pair"]], gold) for gold in self.golds}


def one_left_out(examples: Sequence[Example], *, by_document: bool) -> HeldOut:
    """Each example by weights of the others, with `by_document` of those that share no text with it."""
    for example in examples:
        _others(example, examples, by_document=by_document)
    return HeldOut.of(held_out(examples, by_document=by_document))


def kept_apart(examples: Sequence[Example], names: Collection[str], *, by_document: bool) -> HeldOut:
    """The named examples, each by weights of those that are not named, all or those that share no text with it."""
    return HeldOut.of(_folds_apart(examples, names, by_document=by_document))


def _folds_apart(
    examples: Sequence[Example], names: Collection[str], *, by_document: bool
) -> Iterator[tuple[Example, Method]]:
    known = [example for example in examples if example.gold["pair"] not in names]
    for example in examples:
        if example.gold["pair"] in names:
            yield example, fitted(_others(example, known, by_document=by_document))


def _others(example: Example, known: Sequence[Example], *, by_document: bool) -> list[Example]:
    """Those to fit on for an example. CommandError where they do not replace all weights that it is answered by."""
    others = [e for e in known if e is not example and not (by_document and e.documents & example.documents)]
    if not others or (example.coded and not any(other.coded for other in others)):
        left = "sharing no text with it" if by_document else "but itself"
        raise CommandError(f"{example.gold['pair']}: no pair {left} is coded alike, so nothing can be fitted for it")
    return others


def _answer(example: Example, method: Method) -> dict[str, Any]:
    return predict(example.gold, example.left, example.right, vocabulary=example.vocabulary, method=method)

"""Topics of a clause, by the words that clauses on them have."""

from collections.abc import Iterator, Sequence

from proposals.suggesting.knowledge import Knowledge
from proposals.suggesting.suggestion import Suggestion
from proposals.suggesting.words import Word, meanings_of

MOST = 5
_LEAST = 0.25  # of the best score
_SHOWN = 4  # words that a topic is shown to rest on
_TELLING = 0.3  # of the weight of the weightiest word


def topics(text: str, words: Sequence[Word], label: str, knowledge: Knowledge) -> Iterator[Suggestion]:
    names = {topic.slug: topic.name for topic in knowledge.topics}
    meanings = dict.fromkeys((*meanings_of(label), *(meaning for word in words for meaning in word.meanings)))
    guesses = knowledge.about_topics.guesses(list(meanings))[:MOST]
    for guess in guesses:
        if guess.score < _LEAST * guesses[0].score:
            continue
        weights = [max((guess.telling.get(meaning, 0.0) for meaning in word.meanings), default=0.0) for word in words]
        least = max(_TELLING * max(weights, default=0.0), 1e-9)
        telling = sorted((n for n, weight in enumerate(weights) if weight >= least), key=lambda n: (-weights[n], n))
        best = words[telling[0]] if telling else None
        start, end = (best.start, best.end) if best else (0, 0)
        yield Suggestion(
            kind="topic",
            fields={"topic": guess.code},
            words=text[start:end],
            start=start,
            end=end,
            places=tuple(sorted((words[n].start, words[n].end) for n in telling[:_SHOWN])),
            score=guess.score,
            reason=f"as in {guess.nearest}" if guess.nearest else f"words of {names[guess.code]}",
        )

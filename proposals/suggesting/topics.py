"""Topics of a clause, by the words that clauses on them have."""

from collections.abc import Iterator, Sequence

from proposals.suggesting.knowledge import Knowledge
from proposals.suggesting.suggestion import Suggestion
from proposals.suggesting.words import Word, telling_places

MOST = 5
_LEAST = 0.25  # of the best score


def topics(text: str, words: Sequence[Word], meanings: Sequence[str], knowledge: Knowledge) -> Iterator[Suggestion]:
    names = {topic.slug: topic.name for topic in knowledge.topics}
    guesses = knowledge.about_topics.guesses(meanings)[:MOST]
    for guess in guesses:
        if guess.score < _LEAST * guesses[0].score:
            continue
        places = telling_places(words, guess.telling)
        start, end = places[0] if places else (0, 0)
        yield Suggestion(
            kind="topic",
            fields={"topic": guess.code},
            words=text[start:end],
            start=start,
            end=end,
            places=tuple(sorted(places)),
            score=guess.score,
            reason=f"as in {guess.nearest}" if guess.nearest else f"words of {names[guess.code]}",
        )

"""The sentence embedder of this installation: none, unless the settings name one and it can be loaded."""

from functools import cache

from django.conf import settings

from proposals.alignment.embedding import Embedder, Remembering, universal_sentence_encoder

KINDS = {"universal-sentence-encoder": universal_sentence_encoder}


@cache
def current_embedder() -> Embedder | None:
    """The embedder that settings.EMBEDDING names, with its vectors remembered; None by default.

    None as well where it cannot be loaded; a warning in the log says why.
    """
    embedder = KINDS[settings.EMBEDDING]() if settings.EMBEDDING else None
    return Remembering(embedder) if embedder else None

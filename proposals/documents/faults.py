"""Why a file is not read."""


class UnreadableDocument(Exception):
    """A file is not read; the message is a sentence for who sent it, `code` a stable word for programs."""

    def __init__(self, code: str, sentence: str) -> None:
        self.code = code
        super().__init__(sentence)

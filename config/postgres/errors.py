"""What can go wrong with the embedded server, in words for whoever started it."""


class UnableToStartPostgres(Exception):
    """The embedded server cannot be started; the message says why and what to do."""

"""A fault laboratory: the service as in production under a bounded load, one fault after the other, with figures.

Everything is its own: a PostgreSQL, a network between it and the service, gunicorn, clients. All of it talks to
127.0.0.0/8 alone, and is gone when the program ends. docs/reliability.md has what it found.
"""

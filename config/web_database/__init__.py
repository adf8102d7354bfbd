"""Django's PostgreSQL backend as web processes use it: no request waits for a database that does not answer.

docs/decisions/database-faults.md says why. `config/wsgi.py` chooses it; commands and jobs, which may take their time,
have Django's own.
"""

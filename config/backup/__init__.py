"""The whole database in one file, and back: `write_backup`, `read_backup`, `restore`.

docs/decisions/backup.md says what is in it and why. Needs no program of PostgreSQL, only a connection.
"""

from config.backup.archive import Backup, read_backup
from config.backup.faults import Damaged, UnableToBackUp, UnableToRestore
from config.backup.restoring import restore
from config.backup.writing import write_backup

__all__ = ["Backup", "Damaged", "UnableToBackUp", "UnableToRestore", "read_backup", "restore", "write_backup"]

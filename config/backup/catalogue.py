"""What PostgreSQL knows of the schema that the service works in; what belongs to extensions is left out."""

from typing import NamedTuple

from django.db.backends.utils import CursorWrapper

# Extensions bring tables and functions of their own, and take them along.
_OURS = "NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = {0} AND d.objid = {1} AND d.deptype = 'e')"
_SCHEMA = "(SELECT oid FROM pg_namespace WHERE nspname = current_schema())"

_TABLES = f"""
    SELECT c.relname, array_agg(a.attname::text ORDER BY a.attnum) FILTER (WHERE a.attname IS NOT NULL)
    FROM pg_class c
    LEFT JOIN pg_attribute a
        ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
    WHERE c.relnamespace = {_SCHEMA} AND c.relkind = 'r' AND {_OURS.format("'pg_class'::regclass", "c.oid")}
    GROUP BY c.relname ORDER BY c.relname
"""
_SEQUENCES = f"""
    SELECT c.relname FROM pg_class c
    WHERE c.relnamespace = {_SCHEMA} AND c.relkind = 'S' AND {_OURS.format("'pg_class'::regclass", "c.oid")}
    ORDER BY c.relname
"""
# A part that is checked at once must come after what it names; those that Django makes are checked at the end.
_NAMES_AT_ONCE = """
    SELECT k.conrelid::regclass::text, k.confrelid::regclass::text FROM pg_constraint k
    WHERE k.contype = 'f' AND NOT k.condeferrable AND k.conrelid <> k.confrelid
"""
_OBJECTS = f"""
    SELECT i.type, i.identity
    FROM (
        SELECT 1 AS place, 'pg_class'::regclass AS kind, oid FROM pg_class
        WHERE relnamespace = {_SCHEMA} AND relkind IN ('v', 'm')
        UNION ALL SELECT 2, 'pg_class'::regclass, oid FROM pg_class
        WHERE relnamespace = {_SCHEMA} AND relkind IN ('r', 'p', 'f')
        UNION ALL SELECT 3, 'pg_class'::regclass, oid FROM pg_class WHERE relnamespace = {_SCHEMA} AND relkind = 'S'
        UNION ALL SELECT 4, 'pg_proc'::regclass, oid FROM pg_proc WHERE pronamespace = {_SCHEMA}
        UNION ALL SELECT 5, 'pg_type'::regclass, oid FROM pg_type
        WHERE typnamespace = {_SCHEMA} AND typtype IN ('e', 'd')
        UNION ALL SELECT 6, 'pg_ts_config'::regclass, oid FROM pg_ts_config WHERE cfgnamespace = {_SCHEMA}
        UNION ALL SELECT 7, 'pg_ts_dict'::regclass, oid FROM pg_ts_dict WHERE dictnamespace = {_SCHEMA}
    ) o, LATERAL pg_identify_object(o.kind, o.oid, 0) i
    WHERE {_OURS.format("o.kind", "o.oid")}
    ORDER BY o.place, i.identity
"""


class Table(NamedTuple):
    name: str
    # Without those that the database computes.
    columns: list[str]


def tables(cursor: CursorWrapper) -> list[Table]:
    cursor.execute(_TABLES)
    return [Table(name, columns or []) for name, columns in cursor.fetchall()]


def sequences(cursor: CursorWrapper) -> list[str]:
    cursor.execute(_SEQUENCES)
    return [name for (name,) in cursor.fetchall()]


def references_checked_at_once(cursor: CursorWrapper) -> list[tuple[str, str]]:
    """(table, what it names) of the references that do not wait for the end of a transaction."""
    cursor.execute(_NAMES_AT_ONCE)
    return list(cursor.fetchall())


def drop_everything(cursor: CursorWrapper) -> None:
    """Empties the schema, extensions apart; comes back with the transaction if that fails."""
    cursor.execute(_OBJECTS)
    # Some go with others, such as a sequence with its table.
    for kind, identity in cursor.fetchall():
        cursor.execute(f"DROP {kind} IF EXISTS {identity} CASCADE", None)

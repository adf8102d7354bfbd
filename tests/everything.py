"""All that is stored, to see whether anything changed."""

from django.apps import apps
from django.db import connection


def everything() -> dict[str, str | None]:
    """A digest of each of our tables."""
    digests = {}
    with connection.cursor() as cursor:
        for app in ("parties", "proposals"):
            for model in apps.get_app_config(app).get_models(include_auto_created=True):
                table = connection.ops.quote_name(model._meta.db_table)
                cursor.execute(f"SELECT md5(string_agg(t::text, ' ' ORDER BY t::text)) FROM {table} t")  # noqa: S608
                digests[table] = cursor.fetchone()[0]
    return digests

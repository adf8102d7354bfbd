from django.db import migrations

from access.roles import write_roles


def write(apps, schema_editor):
    write_roles(apps)


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0001_roles"),
        ("proposals", "0006_corpus_alignment"),
    ]

    operations = [migrations.RunPython(write, migrations.RunPython.noop)]

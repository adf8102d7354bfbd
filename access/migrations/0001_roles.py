from django.db import migrations

from access.roles import write_roles


def write(apps, schema_editor):
    write_roles(apps)


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("axes", "0010_accessattemptexpiration"),
        ("knox", "0009_extend_authtoken_field"),
        ("parties", "0002_api_as_a_product"),
        ("proposals", "0004_stage_moves"),
    ]

    operations = [migrations.RunPython(write, migrations.RunPython.noop)]

import django.db.models.deletion
from django.db import migrations, models

from govmedia.accounts import search_index


class Migration(migrations.Migration):
    """The index is filled at the next start of the program, see `rebuild_index`."""

    dependencies = [
        ("accounts", "0004_traits"),
    ]

    operations = [
        migrations.DeleteModel(name="SearchText"),
        migrations.CreateModel(
            name="SearchEntry",
            fields=[
                ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("name", models.TextField()),
                ("initials", models.TextField()),
                ("sounds", models.TextField()),
                ("band", models.CharField(default="0", max_length=4)),
                ("tokens", models.TextField()),
                (
                    "account",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="search_entry",
                        to="accounts.account",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["name"], name="accounts_search_name"),
                    models.Index(fields=["initials"], name="accounts_search_initials"),
                ],
            },
        ),
        migrations.RunPython(
            lambda apps, schema_editor: search_index.make(schema_editor),
            lambda apps, schema_editor: search_index.drop(schema_editor),
        ),
    ]

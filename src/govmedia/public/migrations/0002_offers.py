from django.db import migrations, models


def forget(apps, schema_editor):
    """What is kept was counted without them; the worker counts anew."""
    apps.get_model("public", "PlaceCounts").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("public", "0001_place_counts")]

    operations = [
        migrations.AddField(model_name="placecounts", name="offers", field=models.JSONField(default=dict)),
        migrations.RunPython(forget, migrations.RunPython.noop),
    ]

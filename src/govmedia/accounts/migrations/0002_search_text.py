from collections import defaultdict
from itertools import islice

from django.db import migrations, models

from govmedia.accounts.search_text import compose

BATCH = 1000


def compose_anew(apps, schema_editor):
    Account, FormerName, SearchText = (apps.get_model("accounts", name) for name in ("Account", "FormerName", "SearchText"))
    former = defaultdict(list)
    for key, name in FormerName.objects.order_by("pk").values_list("account_id", "name"):
        former[key].append(name)
    SearchText.objects.all().delete()
    columns = ("pk", "division_id", "code", "name", "organisation__name", "organisation__short_name")
    accounts = iter(Account.objects.order_by("pk").values_list(*columns).iterator())
    while batch := list(islice(accounts, BATCH)):
        SearchText.objects.bulk_create(
            SearchText(
                account_id=key,
                division=division,
                **compose(
                    code=code, name=name, organisation=whole, short_name=short, former_names=former[key]
                )._asdict(),
            )
            for key, division, code, name, whole, short in batch
        )


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0001_initial'),
    ]

    operations = [
        migrations.RenameField(model_name='searchtext', old_name='text', new_name='typed'),
        migrations.AddField(
            model_name='searchtext',
            name='names',
            field=models.TextField(default=''),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='searchtext',
            name='division',
            field=models.CharField(default='', max_length=9),
            preserve_default=False,
        ),
        migrations.RunPython(compose_anew, migrations.RunPython.noop),
    ]

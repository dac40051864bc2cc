from itertools import islice

import django.db.models.deletion
from django.db import migrations, models

from govmedia.accounts.traits import traits_of

BATCH = 1000


def index_traits(apps, schema_editor):
    Account, Trait = (apps.get_model("accounts", name) for name in ("Account", "Trait"))
    accounts = iter(Account.objects.order_by("pk").values_list("pk", "name", "platform_id", "url", "qr_url").iterator())
    while batch := list(islice(accounts, BATCH)):
        Trait.objects.bulk_create(
            Trait(account_id=pk, key=key) for pk, *given in batch for key in traits_of(*given)
        )


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0003_facets_active'),
    ]

    operations = [
        migrations.CreateModel(
            name='Trait',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.BigIntegerField()),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='traits', to='accounts.account')),
            ],
            options={
                'indexes': [models.Index(fields=['key', 'account'], name='accounts_trait_key')],
            },
        ),
        migrations.AddIndex(
            model_name='formername',
            index=models.Index(fields=['name'], name='accounts_former_name'),
        ),
        migrations.RunPython(index_traits, migrations.RunPython.noop),
    ]

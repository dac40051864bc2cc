from django.db import migrations, models


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
    ]

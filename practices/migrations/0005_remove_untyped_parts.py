from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('practices', '0004_move_untyped_parts'),
    ]

    operations = [
        migrations.RemoveField(
            model_name='practicepage',
            name='printed_facts',
        ),
        migrations.RemoveField(
            model_name='practicepage',
            name='measures',
        ),
        migrations.RemoveField(
            model_name='practicepage',
            name='source_date',
        ),
        migrations.RemoveField(
            model_name='practicepage',
            name='source_section',
        ),
        migrations.RemoveField(
            model_name='practicepage',
            name='source_title',
        ),
    ]

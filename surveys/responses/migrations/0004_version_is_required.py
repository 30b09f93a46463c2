import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("responses", "0003_pin_versions")]

    operations = [
        migrations.AlterField(
            model_name="response",
            name="version",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="responses",
                to="questionnaire.questionnaireversion",
            ),
        ),
    ]

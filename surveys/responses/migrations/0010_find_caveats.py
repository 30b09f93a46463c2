from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("responses", "0009_leaner_indexes")]

    operations = [
        migrations.AddIndex(
            model_name="answer",
            index=models.Index(fields=["question"], name="with_caveat", condition=~Q(caveat="")),
        ),
    ]

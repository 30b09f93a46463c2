from django.db import migrations
from django.db.models import OuterRef, Subquery


def pin_versions(apps, schema_editor):
    """Every response answered the version that its wave asks."""
    Wave = apps.get_model("questionnaire", "Wave")
    Response = apps.get_model("responses", "Response")
    version = Wave.objects.filter(pk=OuterRef("wave")).values("version")[:1]
    Response.objects.filter(version=None).update(version=Subquery(version))


class Migration(migrations.Migration):
    dependencies = [
        ("questionnaire", "0002_waves_and_question_kinds"),
        ("responses", "0002_filling_in_together"),
    ]

    operations = [
        migrations.RunPython(pin_versions, migrations.RunPython.noop),
    ]

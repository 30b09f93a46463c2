from django.db import migrations


def close_waves(apps, schema_editor):
    """What is public is a release. A wave that was made public before there were any, waits for its first."""
    apps.get_model("questionnaire", "Wave").objects.filter(releases__isnull=True).update(results_published_at=None)


class Migration(migrations.Migration):
    dependencies = [("results", "0002_comparison_groups")]
    operations = [migrations.RunPython(close_waves, migrations.RunPython.noop)]

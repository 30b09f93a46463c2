from django.db import models


class DemoWorld(models.Model):
    """Its one row says that this database holds invented answers; every page then shows the banner."""

    seed = models.IntegerField()
    seeded_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"demowereld {self.seed}"

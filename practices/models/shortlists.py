from django.conf import settings
from django.db import models

from practices.models.cases import PracticePage

NOTE_LENGTH = 2000


class SavedCase(models.Model):
    """A case on somebody's own list, with what they wrote beside it; `practices.shortlist` has the verbs.

    Nobody but the owner sees it. `title` is what the case was called when it was saved: that stays when the page leaves
    the site, and with it the note. A row with `removed_at` can be put back until the owner changes the list again.
    """

    wagtail_reference_index_ignore = True  # no page, image or document can be found through it

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_cases", verbose_name="eigenaar"
    )
    page = models.ForeignKey(
        PracticePage, models.SET_NULL, null=True, related_name="+", verbose_name="praktijkvoorbeeld"
    )
    title = models.CharField("titel", max_length=255)
    note = models.TextField("notitie", blank=True, max_length=NOTE_LENGTH)
    position = models.PositiveIntegerField("volgorde")
    saved_at = models.DateTimeField("bewaard op")
    removed_at = models.DateTimeField("weggehaald op", null=True, blank=True)

    class Meta:
        ordering = ("position", "pk")
        verbose_name, verbose_name_plural = "bewaard voorbeeld", "bewaarde voorbeelden"
        constraints = [
            models.UniqueConstraint(fields=["owner", "page"], name="practices_case_once_per_list"),
        ]

    def __str__(self) -> str:
        return f"Bewaard voorbeeld {self.pk}"

    @property
    def public_page(self) -> PracticePage | None:
        """None once the case is no longer on the site."""
        return self.page if self.page is not None and self.page.live else None

    @property
    def shown_title(self) -> str:
        return str(self.public_page.title) if self.public_page else self.title

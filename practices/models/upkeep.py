"""What is kept to look after the library: links that were checked, and what editors were told."""

from typing import ClassVar

from django.db import models
from wagtail.models import Page


class CheckedLink(models.Model):
    """Something that live pages lead to, and how it was when we last looked.

    An address outside the site, or a page or file of the site itself that is not there (`host` is empty).
    """

    wagtail_reference_index_ignore = True

    class Status(models.IntegerChoices):
        """In the order in which an editor wants to see them."""

        GONE = 1, "stuk: bestaat niet meer"
        UNREACHABLE = 2, "stuk: niet bereikbaar"
        MOVED = 3, "verhuisd"
        UNCHECKABLE = 4, "kon niet controleren"
        NOT_CHECKED = 5, "nog niet gecontroleerd"
        FINE = 6, "werkt"

    FAILING: ClassVar = (Status.GONE, Status.UNREACHABLE)

    # A long address does not fit in an index; its SHA-256 does.
    digest = models.CharField(max_length=64, unique=True)
    url = models.TextField("adres")
    host = models.CharField(max_length=255, db_index=True)
    status = models.PositiveSmallIntegerField(choices=Status.choices, default=Status.NOT_CHECKED)
    since = models.DateTimeField("sinds", null=True, help_text="When it began to fail, or moved.")
    moved_to = models.TextField(blank=True)
    problem = models.TextField(blank=True)
    failures = models.PositiveSmallIntegerField(default=0, help_text="At how many checks in a row it failed.")
    checked_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(
        null=True, help_text="Since when it waits to be looked at; empty when it does not."
    )
    claimed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("status", "since", "pk")
        default_permissions = ()
        permissions: ClassVar = [("maintain_library", "Can look after links and ageing cases of the library")]

    def __str__(self) -> str:
        return self.url


class LinkPlace(models.Model):
    """Where a link stands: a page and, as editors know it, a part of that page."""

    wagtail_reference_index_ignore = True

    link = models.ForeignKey(CheckedLink, models.CASCADE, related_name="places")
    page = models.ForeignKey(Page, models.CASCADE, related_name="+")
    part = models.CharField(max_length=160)

    class Meta:
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["link", "page", "part"], name="practices_link_once_per_part")
        ]

    def __str__(self) -> str:
        return f"{self.page_id}, {self.part}"


class AgeingNotice(models.Model):
    """That the editors were told of a case that ages; as long as it does, they are not told again."""

    wagtail_reference_index_ignore = True

    page = models.OneToOneField("practices.PracticePage", models.CASCADE, related_name="+")
    told_at = models.DateTimeField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.page_id)

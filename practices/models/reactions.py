from django.conf import settings
from django.db import models
from django.db.models import Q

from surveys.accounts.models import Organisation


class Reaction(models.Model):
    """What an organisation lets know about a case: that it does this too, or a comment; public once published.

    `organisation_name` is what the organisation was called when it wrote, and stays. `revision` rises with every
    change, so that an editor decides on what they read. The row outlives the account of its author, without them.
    """

    class Kind(models.TextChoices):
        DOES = "does", "wij doen dit ook"
        STARTS = "starts", "wij beginnen ermee"
        STOPPED = "stopped", "wij zijn ermee gestopt"
        COMMENT = "comment", "reactie"

    class Status(models.TextChoices):
        WAITING = "waiting", "wacht op de redactie"
        PUBLISHED = "published", "staat op de site"
        REFUSED = "refused", "niet geplaatst"
        HIDDEN = "hidden", "van de site gehaald"

    wagtail_reference_index_ignore = True  # no part of the page, so it does not count as a use of it

    page = models.ForeignKey(
        "practices.PracticePage", models.CASCADE, related_name="reactions", verbose_name="praktijkvoorbeeld"
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name="organisatie"
    )
    organisation_name = models.CharField("naam van de organisatie", max_length=120)
    kind = models.CharField("soort", max_length=7, choices=Kind)
    since = models.PositiveSmallIntegerField("sinds", null=True, blank=True)
    text = models.TextField("tekst", blank=True)
    function = models.CharField("functie", max_length=80, blank=True)
    shows_name = models.BooleanField("met de naam van de schrijver", default=False)
    status = models.CharField("stand", max_length=9, choices=Status, default=Status.WAITING)
    reason = models.CharField("waarom niet", max_length=300, blank=True)
    revision = models.PositiveIntegerField("revisie", default=1)
    written_at = models.DateTimeField("geschreven op")
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField("besloten op", null=True, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name, verbose_name_plural = "reactie op een voorbeeld", "reacties op voorbeelden"
        default_permissions = ()
        permissions = (("moderate_reaction", "Kan besluiten over reacties op voorbeelden"),)
        indexes = [models.Index(fields=["page", "status"]), models.Index(fields=["status", "written_at"])]
        constraints = [
            models.UniqueConstraint(
                name="one_adoption_per_organisation",
                fields=["page", "organisation"],
                condition=~Q(kind="comment"),
            ),
            models.CheckConstraint(
                name="comment_has_a_text", condition=~Q(kind="comment") | (~Q(text="") & Q(since=None))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_name} bij voorbeeld {self.page_id}"

    @property
    def is_comment(self) -> bool:
        return self.kind == self.Kind.COMMENT

    @property
    def signature(self) -> str:
        """Who says it, as the public may know: the person only as far as they want, and not after they are gone."""
        person = self.written_by
        name = person.get_full_name() if person and self.shows_name else ""
        return ", ".join(filter(None, [name, self.function if person else "", self.organisation_name]))


class WaitingMail(models.Model):
    """A day on which the editors were mailed what waits; its row is what keeps it to one mail."""

    day = models.DateField("dag", unique=True)

    class Meta:
        verbose_name, verbose_name_plural = "mail over reacties", "mails over reacties"
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d}"

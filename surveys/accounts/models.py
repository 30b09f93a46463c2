from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models
from django.db.models import Q

from surveys.territory.models import Municipality, YouthRegion


class LowerCaseEmailField(models.EmailField):  # type: ignore[type-arg]
    """An address in lower case, both stored and looked up: who it is for does not depend on capitals."""

    def get_prep_value(self, value: Any) -> Any:
        prepared = super().get_prep_value(value)
        return prepared.strip().lower() if prepared else prepared


class PersonManager(BaseUserManager["Person"]):
    def create_user(self, email: str, password: str | None = None, **extra: Any) -> "Person":
        if not email:
            raise ValueError("A person needs an e-mail address.")
        person = self.model(email=email, **extra)
        person.set_password(password)
        person.save()
        return person

    def create_superuser(self, email: str, password: str | None = None, **extra: Any) -> "Person":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **extra)


class Person(AbstractUser):
    """Someone who signs in; the e-mail address is the name they sign in with."""

    username = None  # type: ignore[assignment]
    email = LowerCaseEmailField("e-mailadres", unique=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects: ClassVar[PersonManager] = PersonManager()  # type: ignore[assignment]

    class Meta:
        verbose_name, verbose_name_plural = "persoon", "personen"

    def __str__(self) -> str:
        return self.get_full_name() or self.email


class Organisation(models.Model):
    """A municipality or a youth region that answers surveys; `code` is its CBS code."""

    class Kind(models.TextChoices):
        MUNICIPALITY = "municipality", "gemeente"
        YOUTH_REGION = "youth_region", "jeugdregio"

    code = models.CharField("code", max_length=6, primary_key=True)
    name = models.CharField("naam", max_length=100)
    kind = models.CharField("soort", max_length=12, choices=Kind)
    municipality = models.OneToOneField(
        Municipality, models.PROTECT, null=True, blank=True, verbose_name="gemeente"
    )
    youth_region = models.OneToOneField(
        YouthRegion, models.PROTECT, null=True, blank=True, verbose_name="jeugdregio"
    )

    class Meta:
        ordering = ["name"]
        verbose_name, verbose_name_plural = "organisatie", "organisaties"
        constraints = [
            models.CheckConstraint(
                name="organisation_is_one_territory",
                condition=Q(kind="municipality", municipality__isnull=False, youth_region__isnull=True)
                | Q(kind="youth_region", municipality__isnull=True, youth_region__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"Jeugdregio {self.name}" if self.kind == self.Kind.YOUTH_REGION else f"Gemeente {self.name}"


class Membership(models.Model):
    """A person's place in an organisation; the role decides what they may do with its survey."""

    class Role(models.TextChoices):
        COORDINATOR = "coordinator", "coördinator"
        CONTRIBUTOR = "contributor", "invuller"
        READER = "reader", "lezer"

    person = models.ForeignKey(Person, models.CASCADE, related_name="memberships", verbose_name="persoon")
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="memberships", verbose_name="organisatie"
    )
    role = models.CharField("rol", max_length=12, choices=Role)
    is_limited = models.BooleanField(
        "ziet alleen toegewezen onderdelen",
        default=False,
        help_text="Zonder toegewezen onderdelen ziet deze persoon geen vragen.",
    )
    may_submit = models.BooleanField(
        "mag ook indienen", default=False, help_text="Een coördinator mag dat altijd."
    )

    class Meta:
        ordering = ["organisation", "person"]
        verbose_name, verbose_name_plural = "lidmaatschap", "lidmaatschappen"
        constraints = [
            models.UniqueConstraint(fields=["person", "organisation"], name="one_membership_per_organisation")
        ]

    def __str__(self) -> str:
        return f"{self.person} – {self.organisation} ({self.get_role_display()})"

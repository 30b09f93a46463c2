"""Municipalities, provinces, youth regions and size classes, per date, as Statistics Netherlands (CBS) lists them.

The CBS code is the key everywhere: it is what files, links and other registers use.
"""

from django.db import models


class Province(models.Model):
    code = models.CharField(max_length=4, primary_key=True)
    name = models.CharField("naam", max_length=60)

    class Meta:
        ordering = ["name"]
        verbose_name, verbose_name_plural = "provincie", "provincies"

    def __str__(self) -> str:
        return self.name


class YouthRegion(models.Model):
    code = models.CharField(max_length=4, primary_key=True)
    name = models.CharField("naam", max_length=80)

    class Meta:
        ordering = ["name"]
        verbose_name, verbose_name_plural = "jeugdregio", "jeugdregio's"

    def __str__(self) -> str:
        return self.name


class SizeClass(models.Model):
    """A band of inhabitants; `upper_bound` is exclusive and empty for the top class."""

    code = models.CharField(max_length=20, primary_key=True)
    name = models.CharField("naam", max_length=60)
    lower_bound = models.PositiveIntegerField("vanaf")
    upper_bound = models.PositiveIntegerField("tot", null=True, blank=True)

    class Meta:
        ordering = ["lower_bound"]
        verbose_name, verbose_name_plural = "grootteklasse", "grootteklassen"

    def __str__(self) -> str:
        return self.name


class Municipality(models.Model):
    """A code that exists or existed; `name` is the last name it had."""

    code = models.CharField(max_length=6, primary_key=True)
    name = models.CharField("naam", max_length=80)

    class Meta:
        ordering = ["name"]
        verbose_name, verbose_name_plural = "gemeente", "gemeenten"

    def __str__(self) -> str:
        return self.name


class MunicipalityYear(models.Model):
    """A municipality as it was on 1 January of a year."""

    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="years")
    year = models.PositiveSmallIntegerField("jaar")
    name = models.CharField("naam", max_length=80)
    population = models.PositiveIntegerField("inwoners")
    province = models.ForeignKey(Province, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["year", "name"]
        constraints = [
            models.UniqueConstraint(fields=["year", "municipality"], name="one_row_per_municipality_year")
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.year})"


class YouthRegionMembership(models.Model):
    """From `starts_on` up to but not including `ends_on` the municipality belongs to the region.

    `basis` says how the dates are known: observed in a CBS map, or carried through a merger.
    """

    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="region_memberships")
    youth_region = models.ForeignKey(YouthRegion, models.PROTECT, related_name="memberships")
    starts_on = models.DateField("vanaf")
    ends_on = models.DateField("tot", null=True, blank=True)
    basis = models.CharField("grondslag", max_length=200)

    class Meta:
        ordering = ["municipality", "starts_on"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "starts_on"], name="one_membership_per_start")
        ]

    def __str__(self) -> str:
        return f"{self.municipality_id} in {self.youth_region_id} vanaf {self.starts_on}"


class BoundaryChange(models.Model):
    """One row per pair of old and new municipality: a split has several rows with the same old one."""

    class Kind(models.TextChoices):
        MERGER = "merger", "samenvoeging"
        ABSORPTION = "absorption", "toevoeging aan bestaande gemeente"
        SPLIT = "split", "splitsing"
        RENAME = "rename", "naamswijziging met nieuwe code"

    changed_on = models.DateField("datum")
    old = models.ForeignKey(Municipality, models.PROTECT, related_name="changes_out")
    new = models.ForeignKey(Municipality, models.PROTECT, related_name="changes_in")
    kind = models.CharField("soort", max_length=12, choices=Kind)
    note = models.CharField("toelichting", max_length=120, blank=True)

    class Meta:
        ordering = ["changed_on", "old", "new"]
        constraints = [
            models.UniqueConstraint(fields=["changed_on", "old", "new"], name="one_row_per_boundary_change")
        ]

    def __str__(self) -> str:
        return f"{self.old_id} → {self.new_id} ({self.changed_on})"

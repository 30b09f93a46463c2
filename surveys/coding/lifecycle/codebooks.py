"""Making a codebook: its themes, and its versions."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone

from surveys.accounts.models import Person
from surveys.coding.lifecycle.refusals import CodingRefused
from surveys.coding.models import Codebook, CodebookVersion, Theme
from surveys.questionnaire.models import Question, Survey
from surveys.trail.recording import record


@dataclass(frozen=True, slots=True)
class ThemeText:
    """What a theme says; `code` is a slug that stays the same over versions."""

    code: str
    name: str
    definition: str
    example: str = ""


@transaction.atomic
def start_codebook(
    *, survey: Survey, question: str, by: Person | None, at: datetime | None = None
) -> CodebookVersion:
    """A first version, still without themes. Raises CodingRefused when the question has a codebook or is not open."""
    at = at or timezone.now()
    asked = Question.objects.filter(version__survey=survey, code=question, kind=Question.Kind.TEXT)
    if not asked.exists():
        raise CodingRefused("Alleen een open vraag kan een codeboek krijgen.")
    codebook, is_new = Codebook.objects.get_or_create(survey=survey, question=question)
    if not is_new:
        raise CodingRefused("Deze vraag heeft al een codeboek.")
    version = CodebookVersion.objects.create(codebook=codebook, number=1, started_at=at, started_by=by)
    record(codebook, "codebook.start", by=by, at=at, question=question)
    return version


@transaction.atomic
def start_new_version(
    codebook: Codebook, *, by: Person | None, at: datetime | None = None
) -> CodebookVersion:
    """A draft with the themes of the last version, each in the place of its former self.

    Raises CodingRefused while there is a draft already.
    """
    at = at or timezone.now()
    codebook = Codebook.objects.select_for_update().get(pk=codebook.pk)
    last = codebook.versions.latest("number")
    if last.published_at is None:
        raise CodingRefused("Er is al een nieuwe versie in de maak. Stel die eerst vast, of gooi haar weg.")
    version = CodebookVersion.objects.create(
        codebook=codebook, number=last.number + 1, started_at=at, started_by=by
    )
    for former in last.themes.all():
        theme = Theme.objects.create(
            version=version,
            code=former.code,
            name=former.name,
            definition=former.definition,
            example=former.example,
            position=former.position,
        )
        theme.formers.add(former)
    record(codebook, "codebook.start_version", by=by, at=at, version=version.number)
    return version


@transaction.atomic
def add_theme(
    version: CodebookVersion, text: ThemeText, *, by: Person | None, at: datetime | None = None
) -> Theme:
    """At the end. Raises CodingRefused for a code that is there already, and for a published version."""
    version = _lock_draft(version)
    theme = _create_theme(version, text, position=_find_end(version))
    _record(version, "codebook.add_theme", by=by, at=at, theme=text.code)
    return theme


@transaction.atomic
def change_theme(
    theme: Theme,
    *,
    name: str,
    definition: str,
    example: str = "",
    by: Person | None,
    at: datetime | None = None,
) -> Theme:
    """The code stays. Raises CodingRefused for a published version."""
    version = _lock_draft(theme.version)
    theme = _reload(version, theme)
    theme.name, theme.definition, theme.example = name, definition, example
    theme.save(update_fields=["name", "definition", "example"])
    _record(version, "codebook.change_theme", by=by, at=at, theme=theme.code)
    return theme


@transaction.atomic
def move_theme(theme: Theme, *, steps: int, by: Person | None, at: datetime | None = None) -> None:
    """So many places down, or up when negative; not beyond either end. Raises CodingRefused when published."""
    version = _lock_draft(theme.version)
    theme = _reload(version, theme)
    others = list(version.themes.exclude(pk=theme.pk))
    place = sum(other.position < theme.position for other in others)
    others.insert(min(max(place + steps, 0), len(others)), theme)
    _renumber(others)
    _record(version, "codebook.move_theme", by=by, at=at, theme=theme.code)


@transaction.atomic
def remove_theme(theme: Theme, *, by: Person | None, at: datetime | None = None) -> None:
    """Texts that had it have to be coded again. Raises CodingRefused for a published version."""
    version = _lock_draft(theme.version)
    code = _reload(version, theme).code
    theme.delete()
    _renumber(version.themes.all())
    _record(version, "codebook.remove_theme", by=by, at=at, theme=code)


@transaction.atomic
def merge_themes(
    version: CodebookVersion,
    *,
    themes: Collection[Theme],
    into: ThemeText,
    by: Person | None,
    at: datetime | None = None,
) -> Theme:
    """One theme in the place of several, which may keep the code of one of them; their texts get the new one.

    Raises CodingRefused for fewer than two themes, a code that another theme has, and a published version.
    """
    version = _lock_draft(version)
    merged = [_reload(version, theme) for theme in themes]
    if len(merged) < 2:
        raise CodingRefused("Kies ten minste twee thema's om samen te voegen.")
    formers = {former.pk for theme in merged for former in theme.formers.all()}
    position, codes = min(theme.position for theme in merged), sorted(theme.code for theme in merged)
    version.themes.filter(pk__in=[theme.pk for theme in merged]).delete()
    theme = _create_theme(version, into, position=position)
    theme.formers.set(formers)
    _renumber(version.themes.all())
    _record(version, "codebook.merge_themes", by=by, at=at, themes=codes, into=into.code)
    return theme


@transaction.atomic
def split_theme(
    theme: Theme, *, into: Sequence[ThemeText], by: Person | None, at: datetime | None = None
) -> list[Theme]:
    """Several themes in the place of one, which may keep its code; its texts have to be coded again.

    Raises CodingRefused for fewer than two, a code that another theme has, and a published version.
    """
    version = _lock_draft(theme.version)
    theme = _reload(version, theme)
    if len(into) < 2:
        raise CodingRefused("Splits een thema in ten minste twee thema's.")
    formers = [former.pk for former in theme.formers.all()]
    theme.delete()
    version.themes.filter(position__gt=theme.position).update(position=F("position") + len(into) - 1)
    parts = []
    for place, text in enumerate(into):
        part = _create_theme(version, text, position=theme.position + place)
        part.formers.set(formers)
        parts.append(part)
    _record(
        version, "codebook.split_theme", by=by, at=at, theme=theme.code, into=[text.code for text in into]
    )
    return parts


@transaction.atomic
def publish_codebook(
    version: CodebookVersion, *, by: Person | None, at: datetime | None = None
) -> CodebookVersion:
    """From now on it never changes and texts can be coded with it. Raises CodingRefused without themes."""
    at = at or timezone.now()
    version = _lock_draft(version)
    if not version.themes.exists():
        raise CodingRefused("Een codeboek zonder thema's kunt u niet vaststellen.")
    version.published_at, version.published_by = at, by
    version.save(update_fields=["published_at", "published_by"])
    _record(version, "codebook.publish", by=by, at=at)
    return version


@transaction.atomic
def discard_draft(version: CodebookVersion, *, by: Person | None, at: datetime | None = None) -> None:
    """The version before stays as it is; a first version takes its codebook along. Raises CodingRefused."""
    version = _lock_draft(version)
    _record(version, "codebook.discard_draft", by=by, at=at)
    version.delete()
    if version.number == 1:
        version.codebook.delete()


def _lock_draft(version: CodebookVersion) -> CodebookVersion:
    """The version as it is now; other writers wait until this transaction ends."""
    drafts = CodebookVersion.objects.select_for_update(of=("self",)).select_related("codebook")
    locked = drafts.filter(pk=version.pk).first()
    if locked is None:
        raise CodingRefused("Deze versie van het codeboek is weggegooid.")
    if locked.published_at is not None:
        raise CodingRefused("Deze versie van het codeboek ligt vast. Maak een nieuwe versie.")
    return locked


def _reload(version: CodebookVersion, theme: Theme) -> Theme:
    found = version.themes.prefetch_related("formers").filter(pk=theme.pk).first()
    if found is None:
        raise CodingRefused("Dit thema staat niet meer in het codeboek.")
    return found


def _create_theme(version: CodebookVersion, text: ThemeText, *, position: int) -> Theme:
    if version.themes.filter(code=text.code).exists():
        raise CodingRefused(f"Er is al een thema met de sleutel {text.code}.")
    return Theme.objects.create(
        version=version,
        code=text.code,
        name=text.name,
        definition=text.definition,
        example=text.example,
        position=position,
    )


def _find_end(version: CodebookVersion) -> int:
    last = version.themes.aggregate(last=Max("position"))["last"]
    return 1 if last is None else last + 1


def _renumber(themes: Collection[Theme]) -> None:
    for place, theme in enumerate(themes, start=1):
        theme.position = place
    Theme.objects.bulk_update(themes, ["position"])


def _record(
    version: CodebookVersion, action: str, *, by: Person | None, at: datetime | None, **data: Any
) -> None:
    record(version.codebook, action, by=by, at=at, version=version.number, **data)

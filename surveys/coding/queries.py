"""Reading codebooks, rounds and codes."""

from collections.abc import Iterable

from django.db.models import F, Q, QuerySet

from surveys.accounts.models import Person
from surveys.coding.models import Assignment, CodebookVersion, CodingRound, Theme
from surveys.coding.theme_mapping import chain_mappings
from surveys.questionnaire.models import Wave


def load_themes(version: CodebookVersion) -> dict[str, Theme]:
    """By code, in the order of the codebook."""
    return {theme.code: theme for theme in version.themes.all()}


def list_active_assignments(coding_round: CodingRound) -> list[Assignment]:
    return list(coding_round.assignments.filter(ended_at=None).select_related("coder", "round"))


def list_visible_assignments(rounds: Iterable[CodingRound], *, viewer: Person) -> list[Assignment]:
    """Who codes in these rounds, as far as the viewer may know: who codes blind in a round knows of nobody else."""
    blind = Assignment.objects.filter(round__settling_since=None, coder=viewer)
    assignments = Assignment.objects.filter(
        ~Q(round__in=blind.values("round")) | Q(coder=viewer), round__in=list(rounds), ended_at=None
    )
    return list(assignments.select_related("coder", "round"))


def find_former_round(coding_round: CodingRound) -> CodingRound | None:
    """The round of the same wave with the latest older version of the codebook."""
    rounds = CodingRound.objects.select_related("version__codebook", "wave__version").filter(
        wave=coding_round.wave_id,
        version__codebook=coding_round.version.codebook_id,
        version__number__lt=coding_round.version.number,
    )
    return rounds.order_by("-version__number").first()


def find_current_round(wave: Wave, *, question: str) -> CodingRound | None:
    """The round in which this wave's texts are coded now: that with the latest version."""
    return _select_rounds(wave, question=question).order_by("-version__number").first()


def trace_themes(former: CodebookVersion, *, to: CodebookVersion) -> dict[int, frozenset[int]]:
    """What takes the place of each theme of an older version in a later one of the same codebook, in one query."""
    steps: dict[int, dict[int, frozenset[int]]] = {
        number: {} for number in range(former.number + 1, to.number + 1)
    }
    rows = Theme.objects.filter(
        version__codebook=to.codebook_id, version__number__in=steps, formers__isnull=False
    )
    for number, successor, theme in rows.values_list("version__number", "pk", "formers"):
        step = steps[number]
        step[theme] = step.get(theme, frozenset()) | {successor}
    return chain_mappings(steps[number] for number in sorted(steps))


def list_gone_themes(version: CodebookVersion) -> list[Theme]:
    """The themes of the version before that nothing took the place of."""
    former = Theme.objects.filter(version__codebook=version.codebook_id, version__number=version.number - 1)
    return list(former.exclude(successors__version=version))


def _select_rounds(wave: Wave, *, question: str) -> QuerySet[CodingRound]:
    return CodingRound.objects.select_related("version__codebook", "wave__version").filter(
        wave=wave, version__codebook__survey=F("wave__version__survey"), version__codebook__question=question
    )

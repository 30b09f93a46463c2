"""Where the coding of each open question stands, in a fixed number of queries."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db.models import Count, F

from surveys.accounts.models import Person
from surveys.coding.models import Assignment, CodebookVersion, Coding, CodingRound, Settlement
from surveys.coding.queries import list_visible_assignments
from surveys.coding.texts import name_section, select_texts
from surveys.questionnaire.definition import QuestionDefinition
from surveys.questionnaire.models import Wave
from surveys.responses.models import Response


@dataclass(frozen=True, slots=True)
class CoderStanding:
    """How many texts somebody coded, and put aside."""

    name: str
    done: int
    skipped: int


@dataclass(frozen=True, slots=True)
class QuestionStanding:
    """`round` is the one with the latest version. `agreed` are the settled texts on which all coders agreed."""

    question: QuestionDefinition
    section: str
    texts: int
    draft: CodebookVersion | None
    published: CodebookVersion | None
    round: CodingRound | None
    coders: tuple[CoderStanding, ...]
    settled: int
    agreed: int
    is_own: bool

    @property
    def to_settle(self) -> int:
        return self.texts - self.settled


def list_question_standings(
    wave: Wave, *, questions: Sequence[QuestionDefinition], viewer: Person
) -> list[QuestionStanding]:
    """One per question. Who codes blind in a round sees of its coders only themselves."""
    codes = [question.code for question in questions]
    texts = select_texts(wave, questions=codes).order_by().values_list("question__code")
    text_counts = dict(texts.annotate(texts=Count("pk")))
    drafts, published = _load_versions(wave, codes=codes)
    rounds = _load_rounds(wave, codes=codes)
    assignments = list_visible_assignments(rounds.values(), viewer=viewer)
    done = _count_codings(assignments)
    settled = _count_settlements(rounds.values())
    standings = []
    for question in questions:
        current = rounds.get(question.code)
        own = [each for each in assignments if current is not None and each.round_id == current.pk]
        kinds = settled.get(current.pk, Counter()) if current else Counter[str]()
        standings.append(
            QuestionStanding(
                question=question,
                section=name_section(wave, question=question.code),
                texts=text_counts.get(question.code, 0),
                draft=drafts.get(question.code),
                published=published.get(question.code),
                round=current,
                coders=tuple(
                    CoderStanding(each.coder_name, done[each.pk, False], done[each.pk, True]) for each in own
                ),
                settled=kinds.total(),
                agreed=kinds[Settlement.Kind.AGREED],
                is_own=any(each.coder_id == viewer.pk for each in own),
            )
        )
    return standings


def _load_versions(
    wave: Wave, *, codes: Collection[str]
) -> tuple[dict[str, CodebookVersion], dict[str, CodebookVersion]]:
    """The draft and the latest published version of each question's codebook."""
    versions = CodebookVersion.objects.select_related("codebook").filter(
        codebook__survey=wave.version.survey_id, codebook__question__in=codes
    )
    drafts: dict[str, CodebookVersion] = {}
    published: dict[str, CodebookVersion] = {}
    for version in versions.order_by("number"):
        kept = drafts if version.published_at is None else published
        kept[version.codebook.question] = version
    return drafts, published


def _load_rounds(wave: Wave, *, codes: Collection[str]) -> dict[str, CodingRound]:
    rounds = CodingRound.objects.select_related("version__codebook").filter(
        wave=wave, version__codebook__survey=wave.version.survey_id, version__codebook__question__in=codes
    )
    return {each.version.codebook.question: each for each in rounds.order_by("version__number")}


def _count_codings(assignments: Collection[Assignment]) -> Counter[tuple[int, bool]]:
    """By assignment and whether it was skipped, of the texts as they are now."""
    codings = Coding.objects.filter(
        assignment__in=assignments,
        revision=F("answer__revision"),
        answer__response__status=Response.Status.SUBMITTED,
    )
    rows = codings.order_by().values_list("assignment", "is_skipped").annotate(texts=Count("pk"))
    return Counter({(assignment, is_skipped): texts for assignment, is_skipped, texts in rows})


def _count_settlements(rounds: Collection[CodingRound]) -> dict[int, Counter[str]]:
    """Per round by kind, of the texts as they are now."""
    settlements = Settlement.objects.filter(
        round__in=rounds,
        revision=F("answer__revision"),
        answer__response__status=Response.Status.SUBMITTED,
    )
    found: dict[int, Counter[str]] = {}
    for round_id, kind, texts in (
        settlements.order_by().values_list("round", "kind").annotate(texts=Count("pk"))
    ):
        found.setdefault(round_id, Counter())[kind] = texts
    return found

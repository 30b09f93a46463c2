"""An open question of a wave, coded: answers, a codebook, a round and its coders."""

from collections.abc import Iterable

from django.contrib.auth.models import Permission

from surveys.accounts.models import Person
from surveys.coding.lifecycle.codebooks import ThemeText, add_theme, publish_codebook, start_codebook
from surveys.coding.lifecycle.coding import code_text
from surveys.coding.lifecycle.rounds import assign_coder, begin_settling, start_round
from surveys.coding.models import Assignment, CodebookVersion, Coding, CodingRound
from surveys.coding.texts import select_own_texts
from surveys.questionnaire.models import Survey, Wave
from surveys.responses.lifecycle.submission import submit_response
from surveys.responses.models import Answer
from tests.responses.factories import COMPLETE, NOW, make_person, make_response, write

QUESTION = "knelpunten"
THEMES = ("geld", "wachten", "personeel")

# Municipalities of other regions than that of `tests.responses.factories`, so that each answers for itself.
MUNICIPALITIES = ("GM0479", "GM0363", "GM0599", "GM0518", "GM0344", "GM0855")


def make_codebook(themes: Iterable[str] = THEMES, *, question: str = QUESTION) -> CodebookVersion:
    """Published; needs the wave's survey."""
    version = start_codebook(survey=Survey.objects.get(pk="proef"), question=question, by=None)
    for code in themes:
        add_theme(version, describe(code), by=None)
    return publish_codebook(version, by=None)


def describe(code: str, **changes: str) -> ThemeText:
    texts = {"name": code.capitalize(), "definition": f"Gaat over {code}.", "example": f"Iets met {code}."}
    return ThemeText(code, **texts | changes)


def write_texts(wave: Wave, *texts: str, question: str = QUESTION) -> list[Answer]:
    """One submitted response per text; the answers in the order in which they are coded."""
    for organisation, text in zip(MUNICIPALITIES, texts, strict=False):
        response = make_response(wave, organisation, answers=COMPLETE | {question: write(text)})
        submit_response(response, by=None)
    return list(Answer.objects.filter(response__wave=wave, question__code=question).order_by("pk"))


def make_round(wave: Wave, themes: Iterable[str] = THEMES) -> CodingRound:
    return start_round(wave, version=make_codebook(themes), by=None)


def make_coder(name: str, *permissions: str) -> Person:
    """Somebody in the administration who may code, and what else is named."""
    person = make_person(name)
    allowed = ["access_admin", "code_answers", *permissions]
    person.user_permissions.set(Permission.objects.filter(codename__in=allowed))
    return person


def assign(coding_round: CodingRound, name: str, **part: int) -> Assignment:
    return assign_coder(coding_round, coder=make_coder(name), **part, by=None)


def code(assignment: Assignment, answer: Answer, *themes: str, seen: int = 0, memo: str = "") -> Coding:
    return code_text(
        assignment,
        answer_id=answer.pk,
        revision=answer.revision,
        seen=seen,
        themes=themes,
        memo=memo,
        by=assignment.coder,
    )


def code_everything(wave: Wave, *, question: str, coder: Person) -> Assignment:
    """A settled round in which this person coded every text; the question has no codebook yet."""
    version = start_codebook(survey=wave.version.survey, question=question, by=None)
    theme = add_theme(version, describe("geld"), by=None)
    version = publish_codebook(version, by=None)
    assignment = assign_coder(start_round(wave, version=version, by=None), coder=coder, by=None)
    codings = Coding.objects.bulk_create(
        Coding(assignment=assignment, answer=text, revision=text.revision, saved_at=NOW)
        for text in select_own_texts(assignment)
    )
    for coding in codings:
        coding.themes.add(theme)
    begin_settling(assignment.round, by=None)
    return assignment

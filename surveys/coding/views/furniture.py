"""What the screens share: where they stand and what they are about."""

from typing import Any

from django.urls import reverse
from django.utils.functional import cached_property

from surveys.administration.pages import AdministrationView, StepView, Trail
from surveys.coding.access import access_codebook_version, access_open_question, access_round
from surveys.coding.lifecycle.refusals import CodingRefused
from surveys.coding.models import CodebookVersion, CodingRound
from surveys.coding.texts import name_section
from surveys.fieldwork.access import access_watched_wave
from surveys.questionnaire.definition import QuestionDefinition
from surveys.questionnaire.models import Wave

TITLE = "Coderen"
ICON = "tag"
MANAGE = "coding.manage_codebooks"
CODE = "coding.code_answers"
SETTLE = "coding.settle_codes"


class CodingView(AdministrationView):
    header_icon = ICON
    permissions: tuple[str, ...] = (MANAGE,)
    rows_per_page = 25

    def list_trail(self) -> Trail:
        return [{"url": reverse("coding:start"), "label": TITLE}, *super().list_trail()]


class QuestionView(CodingView):
    """A screen about one open question of one wave."""

    @cached_property
    def wave(self) -> Wave:
        return access_watched_wave(self.kwargs["wave"])

    @cached_property
    def question(self) -> QuestionDefinition:
        return access_open_question(self.wave, code=self.kwargs["question"])

    @property
    def question_url(self) -> str:
        return reverse("coding:question", args=[self.wave.code, self.question.code])

    def list_trail(self) -> Trail:
        overview, here = super().list_trail()
        return [overview, *list_question_trail(self.wave, self.question), here]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        question = self.question  # before anything is shown: it may not exist
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {
            "wave": self.wave,
            "question": question,
            "section": name_section(self.wave, question=question.code),
            "question_url": self.question_url,
        }


class RoundView(QuestionView):
    """A screen about one round: of its question, in its wave."""

    @cached_property
    def round(self) -> CodingRound:
        return access_round(self.kwargs["round"])

    @cached_property
    def wave(self) -> Wave:
        return self.round.wave

    @cached_property
    def question(self) -> QuestionDefinition:
        return access_open_question(self.wave, code=self.round.version.codebook.question)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"round": self.round}


class CodebookView(CodingView):
    """A screen about one version of a codebook."""

    @cached_property
    def version(self) -> CodebookVersion:
        return access_codebook_version(
            survey=self.kwargs["survey"], question=self.kwargs["question"], number=self.kwargs["number"]
        )

    @property
    def version_url(self) -> str:
        return reverse_version(self.version)

    def list_trail(self) -> Trail:
        overview, here = super().list_trail()
        label = f"Codeboek {self.version.codebook.question}"
        return [overview, {"url": self.version_url, "label": label}, here]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        version = self.version
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"version": version, "version_url": self.version_url}


class QuestionStepView(QuestionView, StepView):
    refusals = (CodingRefused,)

    @property
    def cancel_url(self) -> str:
        return self.question_url


class RoundStepView(RoundView, QuestionStepView):
    """A step with one round, and back to its question."""


class CodebookStepView(CodebookView, StepView):
    refusals = (CodingRefused,)

    @property
    def cancel_url(self) -> str:
        return self.version_url


def reverse_version(version: CodebookVersion) -> str:
    codebook = version.codebook
    return reverse("coding:codebook", args=[codebook.survey_id, codebook.question, version.number])


def list_question_trail(wave: Wave, question: QuestionDefinition) -> Trail:
    return [
        {"url": reverse("coding:overview", args=[wave.code]), "label": wave.title},
        {"url": reverse("coding:question", args=[wave.code, question.code]), "label": question.code},
    ]

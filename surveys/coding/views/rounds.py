"""A round: begin it, divide the texts and go on to settling."""

from typing import Any

from django.http import Http404
from django.utils.functional import cached_property

from surveys.coding.access import access_assignment
from surveys.coding.forms import AssignForm
from surveys.coding.lifecycle.rounds import assign_coder, begin_settling, end_assignment, start_round
from surveys.coding.models import Assignment, CodebookVersion
from surveys.coding.views.furniture import MANAGE, SETTLE, QuestionStepView, RoundStepView


class StartRoundView(QuestionStepView):
    """With the latest published version of the codebook."""

    page_title = "Ronde beginnen"
    consequence = (
        "De teksten van deze meting worden gecodeerd met de nieuwste vastgestelde versie van het codeboek. "
        "Is er al een ronde? Dan gaan codes mee waar dat zeker kan. De rest wordt opnieuw gecodeerd."
    )
    done_message = "De ronde is begonnen. Wijs nu toe wie codeert."

    def take_step(self, form: Any) -> str:
        versions = CodebookVersion.objects.filter(
            codebook__survey=self.wave.version.survey_id, codebook__question=self.question.code
        )
        version = versions.exclude(published_at=None).order_by("number").last()
        if version is None:
            raise Http404("There is no published version.")
        start_round(self.wave, version=version, by=self.person)
        return self.question_url


class AssignCoderView(RoundStepView):
    form_class = AssignForm
    page_title = "Codeur toewijzen"
    consequence = "Laat twee mensen dezelfde teksten coderen. Zij zien elkaars codes niet."
    done_message = "De codeur is toegewezen."

    def take_step(self, form: Any) -> str:
        assign_coder(self.round, **form.cleaned_data, by=self.person)
        return self.question_url


class EndAssignmentView(RoundStepView):
    page_title = "Codeur laten stoppen"
    consequence = "De codes van deze persoon blijven bewaard, maar tellen niet meer mee."
    done_message = "Deze persoon codeert niet meer mee."

    @cached_property
    def assignment(self) -> Assignment:
        return access_assignment(self.round, assignment_id=self.kwargs["assignment"])

    def get_page_subtitle(self) -> str:
        return self.assignment.coder_name

    def take_step(self, form: Any) -> str:
        end_assignment(self.assignment, by=self.person)
        return self.question_url


class BeginSettlingView(RoundStepView):
    page_title = "Vergelijken"
    permissions = (MANAGE, SETTLE)
    consequence = (
        "Het blind coderen stopt. Niemand kan daarna nog eigen codes wijzigen, en u kunt dit niet terugdraaien. "
        "Waar codeurs hetzelfde kozen, staan de codes meteen vast. De verschillen kunt u daarna beslechten."
    )
    done_message = "Het vergelijken is begonnen."

    def take_step(self, form: Any) -> str:
        begin_settling(self.round, by=self.person)
        return self.question_url

"""The shorter forms: a draft, a section, the bank and core questions."""

from collections.abc import Iterable
from typing import Any

from django import forms

from surveys.drafts.fields import CodeField, LineField, TextField
from surveys.measures.models import Measure
from surveys.questionnaire.definition import Definition, SectionDefinition
from surveys.questionnaire.definition_checks import SECTION_CODE_LENGTH, SOURCE_LENGTH, TITLE_LENGTH
from surveys.questionnaire.models import Question, QuestionnaireVersion

NOTE_LENGTH = 300


class MeasureField(forms.ModelChoiceField):  # type: ignore[type-arg]
    def __init__(self) -> None:
        super().__init__(
            queryset=Measure.objects.all(), label="Maatregel", required=False, empty_label="Geen maatregel"
        )


class StartDraftForm(forms.Form):
    title = LineField(label="Titel", max_length=TITLE_LENGTH)
    survey = CodeField(
        label="Sleutel van de vragenlijst",
        length=SECTION_CODE_LENGTH,
        help_text="Gebruik de sleutel van een bestaande vragenlijst om daar een nieuwe versie van te maken.",
    )
    based_on = forms.ModelChoiceField(
        label="Begin met",
        queryset=QuestionnaireVersion.objects.order_by("survey", "-number"),
        required=False,
        empty_label="Een lege vragenlijst",
    )


class DescribeForm(forms.Form):
    title = LineField(label="Titel", max_length=TITLE_LENGTH)
    source = LineField(
        label="Bron",
        max_length=SOURCE_LENGTH,
        required=False,
        help_text="Waar de vragenlijst vandaan komt. Mag leeg.",
    )


class SectionForm(forms.Form):
    title = LineField(label="Titel", max_length=TITLE_LENGTH)
    code = CodeField(
        length=SECTION_CODE_LENGTH, help_text="Een korte naam die in het adres van de pagina staat."
    )
    measure = MeasureField()
    intro = TextField(label="Inleiding", max_length=5000, required=False)
    more = TextField(label="Meer uitleg", max_length=20_000, required=False, rows=6)

    @property
    def section(self) -> SectionDefinition:
        """Without its questions; ask after `is_valid`."""
        measure = self.cleaned_data["measure"]
        return SectionDefinition(
            **self.cleaned_data | {"measure": measure.pk if measure else "", "questions": ()}
        )


class ChooseKindForm(forms.Form):
    kind = forms.ChoiceField(label="Soort vraag", choices=Question.Kind.choices)


class MoveQuestionForm(forms.Form):
    section = forms.ChoiceField(label="Naar onderdeel")

    def __init__(self, *args: Any, definition: Definition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sections = [(section.code, section.title) for section in definition.sections]
        self.fields["section"].choices = sections  # type: ignore[attr-defined]


class PutInBankForm(forms.Form):
    code = CodeField(help_text="De sleutel in de bank. In een vragenlijst kan de vraag een andere krijgen.")
    measure = MeasureField()
    note = LineField(
        label="Toelichting",
        max_length=NOTE_LENGTH,
        required=False,
        help_text="Wanneer is dit een goede vraag?",
    )


class LockCoreForm(forms.Form):
    question = forms.ChoiceField(label="Vraag")
    reason = LineField(
        label="Reden", max_length=NOTE_LENGTH, help_text="Waarom deze vraag niet mag veranderen."
    )

    def __init__(self, *args: Any, definitions: Iterable[Definition], **kwargs: Any) -> None:
        """`definitions` are the latest versions; a question is chosen as "survey.code"."""
        super().__init__(*args, **kwargs)
        groups = [
            (
                str(each.title),
                [(f"{each.survey}.{code}", asked.text) for code, asked in each.questions.items()],
            )
            for each in definitions
        ]
        self.fields["question"].choices = [("", "Kies een vraag"), *groups]  # type: ignore[attr-defined]

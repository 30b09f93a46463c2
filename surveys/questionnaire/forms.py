from django import forms
from wagtail.admin.widgets import AdminDateInput

from surveys.questionnaire.models import QuestionnaireVersion, Wave


class DutchDateField(forms.DateField):
    def __init__(self, *, label: str, help_text: str = "", required: bool = True) -> None:
        super().__init__(
            label=label,
            required=required,
            help_text=help_text,
            widget=AdminDateInput(format="%d-%m-%Y"),
            error_messages={"invalid": "Vul een datum in als 31-12-2026."},
        )


class PreferablyBeforeField(DutchDateField):
    def __init__(self) -> None:
        super().__init__(
            label="Graag voor",
            help_text="Na deze dag herinnert de vragenlijst aan de laatste dag. Invullen kan dan nog. Mag leeg.",
            required=False,
        )


class PlanWaveForm(forms.Form):
    """What a wave needs; whether it can be planned like this is for `lifecycle.plan_wave` to say."""

    title = forms.CharField(
        label="Titel",
        help_text="Zo heet de meting voor iedereen, bijvoorbeeld Meting 2026.",
        max_length=Wave._meta.get_field("title").max_length,
    )
    code = forms.SlugField(
        label="Sleutel",
        help_text="Deze korte naam staat in links en bestanden en verandert niet meer, bijvoorbeeld 2026.",
        max_length=Wave._meta.get_field("code").max_length,
        error_messages={"invalid": "Gebruik alleen letters, cijfers, - en _, zonder spaties."},
    )
    version = forms.ModelChoiceField(
        label="Vragenlijst",
        queryset=QuestionnaireVersion.objects.order_by("survey", "-number"),
        empty_label="Kies een vragenlijst",
    )
    reference_date = DutchDateField(
        label="Peildatum",
        help_text="De gemeenten en jeugdregio's van deze dag doen mee. Daarna ligt vast wie meedoet.",
    )
    opens_on = DutchDateField(label="Eerste dag", help_text="Vanaf deze dag kan er worden ingevuld.")
    closes_on = DutchDateField(label="Laatste dag", help_text="Op deze dag kan het nog.")
    preferably_before = PreferablyBeforeField()
    previous = forms.ModelChoiceField(
        label="Vorige meting",
        help_text="Wie toen antwoordde, ziet die antwoorden terug en kan ze bevestigen. Mag leeg.",
        queryset=Wave.objects.all(),
        empty_label="Geen",
        required=False,
    )


class MoveDeadlineForm(forms.Form):
    closes_on = DutchDateField(label="Laatste dag", help_text="Op deze dag kan het nog.")
    preferably_before = PreferablyBeforeField()

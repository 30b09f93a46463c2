from django import forms

from surveys.outreach.models import REMINDERS, ReminderStep

CHOOSE = dict.fromkeys(("required", "invalid_choice"), "Kies één van deze mogelijkheden.")
DAYS = f"Vul een aantal dagen in van 0 tot en met {ReminderStep.MAXIMUM_DAYS}."


class StepForm(forms.Form):
    """One row of the plan; its fields are those of `PlannedStep`."""

    days_before = forms.IntegerField(
        label="Hoeveel dagen ervoor?",
        min_value=0,
        max_value=ReminderStep.MAXIMUM_DAYS,
        help_text="0 is op de dag zelf.",
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), DAYS),
    )
    deadline = forms.ChoiceField(
        label="Voor welke dag?",
        choices=ReminderStep.Deadline.choices,
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
    )
    audience = forms.ChoiceField(
        label="Voor wie?",
        choices=ReminderStep.Audience.choices,
        widget=forms.RadioSelect,
        help_text="Bijna klaar is wie ten minste 80 % van de verplichte vragen op de eigen route heeft beantwoord.",
        error_messages=CHOOSE,
    )
    purpose = forms.ChoiceField(
        label="Welke tekst?",
        choices=[(each, each.label) for each in REMINDERS],
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
    )
    is_active = forms.BooleanField(label="Deze herinnering staat aan", required=False, initial=True)


class SkipForm(forms.Form):
    """`steps` are the reminders to choose from; without one it is about all of the wave's."""

    step = forms.ChoiceField(
        label="Wat slaat u over?", widget=forms.RadioSelect, required=False, initial="", choices=()
    )
    reason = forms.CharField(
        label="Reden",
        max_length=200,
        required=False,
        help_text="Mag leeg blijven. Deze staat in het logboek.",
    )

    def __init__(self, *args: object, steps: dict[str, str], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["step"].choices = [  # type: ignore[attr-defined]
            ("", "Alle herinneringen van deze meting"),
            *steps.items(),
        ]

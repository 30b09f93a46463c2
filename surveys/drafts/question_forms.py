"""The form of one question: its own fields, and the lists of rows that belong to its kind."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms

from surveys.drafts.condition_forms import (
    ConditionForm,
    check_conditions,
    list_earlier_sources,
    list_sources,
    read_condition,
    write_conditions,
)
from surveys.drafts.fields import (
    CodeField,
    DutchDayField,
    DutchNumberField,
    LineField,
    TextField,
    write_day,
    write_number,
)
from surveys.drafts.option_forms import (
    ColumnForm,
    DimensionForm,
    LineForm,
    OptionForm,
    RankedOptionForm,
    read_column,
    read_dimension,
    read_line,
    read_option,
    write_parts,
)
from surveys.drafts.row_formsets import Row, RowFormSet, make_formset, press_row_button, read_button
from surveys.drafts.rule_forms import (
    RULE_KIND_NAMES,
    RULE_KINDS_OF_QUESTION,
    RuleForm,
    list_other_numbers,
    read_rule,
    write_rules,
)
from surveys.questionnaire.answer_values import STATE_LABELS, AnswerState
from surveys.questionnaire.definition import (
    FILE_EXTENSIONS,
    KINDS,
    MISSING_STATES,
    Definition,
    QuestionDefinition,
)
from surveys.questionnaire.layout_checks import LARGEST_FILE_MEGABYTES, MAXIMUM_DECIMALS, UNIT_LENGTH
from surveys.questionnaire.models import Question

# Which fields and lists a kind has besides those that every question has.
FIELDS_OF_KIND = {
    "number": ("unit", "minimum", "maximum", "decimals"),
    "euro": ("minimum", "maximum", "decimals"),
    "percentage": ("minimum", "maximum", "decimals"),
    "year": ("minimum", "maximum"),
    "ranking": ("maximum_ranked",),
    "date": ("earliest", "latest"),
    "file": ("accepts", "maximum_megabytes"),
}
KIND_FIELDS = {name for names in FIELDS_OF_KIND.values() for name in names}
PARTS_OF_KIND: dict[str, tuple[tuple[str, type[forms.Form]], ...]] = {
    "single": (("options", OptionForm),),
    "multiple": (("options", OptionForm),),
    "ranking": (("options", RankedOptionForm),),
    "matrix": (("rows", LineForm), ("columns", ColumnForm)),
    "typology": (("dimensions", DimensionForm),),
}
READERS = {
    "options": read_option,
    "rows": read_line,
    "columns": read_column,
    "dimensions": read_dimension,
    "conditions": read_condition,
    "rules": read_rule,
}
LIST_TITLES = {
    "options": ("Antwoorden", "Antwoord"),
    "rows": ("Rijen", "Rij"),
    "columns": ("Kolommen", "Kolom"),
    "dimensions": ("Dimensies", "Dimensie"),
    "conditions": ("Wanneer wordt deze vraag gesteld?", "Voorwaarde"),
    "rules": ("Controles op het antwoord", "Controle"),
}


class QuestionForm(forms.Form):
    text = TextField(label="Vraag", max_length=2000)
    code = CodeField(help_text="Een korte naam die in bestanden staat. Houd die gelijk van versie op versie.")
    help = TextField(label="Hulptekst", max_length=2000, required=False)
    definition = TextField(label="Definitie", max_length=5000, required=False)
    requirement = forms.ChoiceField(label="Verplicht of gewenst", choices=Question.Requirement.choices)
    unit = LineField(
        label="Eenheid", max_length=UNIT_LENGTH, required=False, help_text="Bijvoorbeeld fte. Mag leeg."
    )
    minimum = DutchNumberField(label="Laagste getal", help_text="Leeg betekent 0, of 1000 bij een jaar.")
    maximum = DutchNumberField(label="Hoogste getal", help_text="Leeg betekent zo hoog als het kan.")
    decimals = forms.IntegerField(
        label="Cijfers achter de komma", min_value=0, max_value=MAXIMUM_DECIMALS, required=False
    )
    maximum_ranked = forms.IntegerField(
        label="Aantal plaatsen",
        min_value=0,
        max_value=100,
        required=False,
        help_text="Leeg of 0: alle antwoorden krijgen een plaats.",
    )
    earliest = DutchDayField(label="Eerste dag", help_text="Bijvoorbeeld 1 januari 2026. Mag leeg.")
    latest = DutchDayField(label="Laatste dag", help_text="Bijvoorbeeld 31-12-2026. Mag leeg.")
    accepts = forms.MultipleChoiceField(
        label="Soorten bestanden",
        choices=[(each, each) for each in FILE_EXTENSIONS],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    maximum_megabytes = forms.IntegerField(
        label="Hoogstens zo veel MB", min_value=1, max_value=LARGEST_FILE_MEGABYTES
    )
    missing = forms.MultipleChoiceField(
        label="Mag ook zonder antwoord",
        choices=[(state, STATE_LABELS[AnswerState(state)].capitalize()) for state in MISSING_STATES],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    change = forms.ChoiceField(
        label="Verschil met de vorige versie",
        choices=[("", "Niet gezegd"), *Question.Change.choices],
        required=False,
        help_text="Nodig als de tekst anders is: alleen u weet of de vraag nog hetzelfde betekent.",
    )

    def __init__(self, *args: Any, kind: str, has_former: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in KIND_FIELDS.difference(FIELDS_OF_KIND.get(kind, ())):
            del self.fields[name]
        if not has_former:
            del self.fields["change"]


@dataclass(frozen=True)
class PartList:
    """One list of rows, for drafts/question_rows.html. `focus` is the number of the row to go on with."""

    name: str
    formset: RowFormSet
    focus: int | None = None

    @property
    def title(self) -> str:
        return LIST_TITLES[self.name][0]

    @property
    def row_title(self) -> str:
        return LIST_TITLES[self.name][1]

    @property
    def rows(self) -> Iterator[tuple[forms.Form, bool]]:
        """Each row, and whether the keyboard should stand there."""
        return ((form, number == self.focus) for number, form in enumerate(self.formset.forms))


class QuestionEditor:
    """A question as it stands on the screen. `open_question` makes one of what is there.

    `code` is the one under which it stands in `definition`, "" for a new question in `section`.
    """

    def __init__(
        self,
        definition: Definition,
        *,
        kind: str,
        code: str = "",
        section: str = "",
        has_former: bool = False,
        data: Mapping[str, Any] | None = None,
        initial: Row | None = None,
        rows: Mapping[str, Sequence[Row]] | None = None,
        focus: tuple[str, int | None] = ("", None),
    ) -> None:
        self.definition, self.kind, self.code, self.section = definition, kind, code, section
        self.has_former = has_former
        self.problems: list[str] = []
        rows = rows or {}
        self.form = QuestionForm(data, initial=initial, kind=kind, has_former=has_former)
        self.sources = list_earlier_sources(definition, code=code, section=section)
        self.lists: dict[str, PartList] = {}

        def add(name: str, form: type[forms.Form], **form_kwargs: Any) -> None:
            formset = make_formset(form, name, data=data, rows=rows.get(name, ()), form_kwargs=form_kwargs)
            self.lists[name] = PartList(name, formset, focus[1] if focus[0] == name else None)

        for name, form in PARTS_OF_KIND.get(kind, ()):
            add(name, form)
        add("conditions", ConditionForm, sources=list_sources(definition, code=code))
        if kind in RULE_KINDS_OF_QUESTION:
            choices = {name: self._list_parts(name) for name in ("rows", "columns")}
            choices["other"] = list(list_other_numbers(definition, code=code))
            add("rules", RuleForm, question_kind=kind, choices=choices)

    def _list_parts(self, name: str) -> list[tuple[str, str]]:
        """The rows or columns as they stand on the screen, to choose from in a rule."""
        if name not in self.lists:
            return []
        forms_ = self.lists[name].formset.forms
        rows = [(str(form["code"].value() or "").strip(), str(form["text"].value() or "")) for form in forms_]
        return [(code, text or code) for code, text in rows if code]

    @property
    def parts(self) -> list[PartList]:
        """The lists that make up the answer."""
        return [self.lists[name] for name, _ in PARTS_OF_KIND.get(self.kind, ())]

    @property
    def kind_label(self) -> str:
        return Question.Kind(self.kind).label

    @property
    def rule_kinds(self) -> list[tuple[str, str]]:
        return [(kind, RULE_KIND_NAMES[kind]) for kind in RULE_KINDS_OF_QUESTION.get(self.kind, ())]

    @property
    def other_kinds(self) -> list[tuple[str, str]]:
        return [(value, label) for value, label in Question.Kind.choices if value != self.kind]

    def is_valid(self) -> bool:
        """Judges everything, so that everything that is wrong is shown at once."""
        results = [self.form.is_valid(), *(each.formset.is_valid() for each in self.lists.values())]
        if all(results):
            self.problems = check_conditions(self.lists["conditions"].formset)
        return all(results) and not self.problems

    @property
    def question(self) -> QuestionDefinition:
        """What stands on the screen; ask after `is_valid`."""
        own = {name: self.form.cleaned_data[name] for name in self.form.fields}
        for name in ("decimals", "maximum_ranked"):
            if name in own:
                own[name] = own[name] or 0
        for name in ("missing", "accepts"):
            if name in own:
                own[name] = tuple(own[name])
        lists: dict[str, Any] = {
            name: tuple(READERS[name](row) for row in part.formset.filled)
            for name, part in self.lists.items()
        }
        return QuestionDefinition(kind=self.kind, **own, **lists)

    def press(self, button: str, data: Mapping[str, Any]) -> "QuestionEditor":
        """The same words after a button at a list or "kind.change"; nothing is judged. Unknown buttons do nothing."""
        rows: dict[str, Sequence[Row]] = {name: part.formset.typed for name, part in self.lists.items()}
        kind = self.kind
        focus: tuple[str, int | None] = ("", None)
        pressed = read_button(button)
        if button == "kind.change" and data.get("new_kind") in KINDS:
            kind = str(data["new_kind"])
        elif pressed and pressed.list_name in self.lists:
            new = self._make_row(pressed.list_name, argument=pressed.argument, data=data)
            if pressed.action != "add" or new is not None:
                changed, place = press_row_button(rows[pressed.list_name], pressed, new=new or {})
                rows[pressed.list_name] = changed
                focus = (pressed.list_name, place)
        return QuestionEditor(
            self.definition,
            kind=kind,
            code=self.code,
            section=self.section,
            has_former=self.has_former,
            initial={name: self.form[name].data for name in self.form.fields},
            rows=rows,
            focus=focus,
        )

    def _make_row(self, list_name: str, *, argument: str, data: Mapping[str, Any]) -> Row | None:
        """An empty row; None when it is not known of what."""
        match list_name:
            case "conditions":
                source = str(data.get("condition_source", ""))
                known = {question.code for question in self.sources}
                return {"question": source} if source in known else None
            case "rules":
                return {"kind": argument} if argument in dict(self.rule_kinds) else None
            case _:
                return {}


def open_question(
    definition: Definition, question: QuestionDefinition, *, has_former: bool
) -> QuestionEditor:
    """The question as it stands in the definition, ready to be changed."""
    return QuestionEditor(
        definition,
        kind=question.kind,
        code=question.code,
        has_former=has_former or bool(question.change),
        initial=write_question(question),
        rows=write_parts(question)
        | {"conditions": write_conditions(question), "rules": write_rules(question)},
    )


def write_question(question: QuestionDefinition) -> Row:
    """What stands in its own fields."""
    same = ("text", "code", "help", "definition", "requirement", "unit", "decimals", "change")
    return {name: getattr(question, name) for name in same} | {
        "minimum": write_number(question.minimum),
        "maximum": write_number(question.maximum),
        "maximum_ranked": question.maximum_ranked or None,
        "earliest": write_day(question.earliest),
        "latest": write_day(question.latest),
        "accepts": list(question.accepts),
        "maximum_megabytes": question.maximum_megabytes or None,
        "missing": list(question.missing),
    }

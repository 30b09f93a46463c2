"""Lists of rows in a form: buttons add, remove and reorder them; nothing typed is lost or judged by that."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.forms.formsets import BaseFormSet, formset_factory

MOST_ROWS = 100
# The values of a row as they stand in its fields.
Row = dict[str, Any]


class RowFormSet(BaseFormSet):  # type: ignore[type-arg]
    """Every row that is sent may be left empty; it then does not count."""

    default_error_messages = {
        "missing_management_form": "Een deel van dit formulier is niet aangekomen. Laad de pagina opnieuw."
    }

    def initial_form_count(self) -> int:
        return 0 if self.is_bound else super().initial_form_count()

    @property
    def filled(self) -> list[Row]:
        """The cleaned rows that are not empty; ask after `is_valid`."""
        return [form.cleaned_data for form in self.forms if form.cleaned_data]

    @property
    def typed(self) -> list[Row]:
        """What stands in the fields, valid or not."""
        return [{name: form[name].data for name in form.fields} for form in self.forms]


def make_formset(
    form: type[forms.Form],
    prefix: str,
    *,
    data: Mapping[str, Any] | None = None,
    rows: Sequence[Row] = (),
    form_kwargs: dict[str, Any] | None = None,
) -> RowFormSet:
    """Bound to `data`, or showing `rows` without judging them."""
    rows_of = formset_factory(
        form,
        formset=RowFormSet,
        extra=0,
        max_num=MOST_ROWS,
        absolute_max=MOST_ROWS,
        validate_max=True,
        can_delete_extra=False,
    )
    formset = rows_of(
        data, prefix=prefix, initial=None if data is not None else list(rows), form_kwargs=form_kwargs
    )
    return cast("RowFormSet", formset)


@dataclass(frozen=True)
class RowButton:
    """What a button at a list asks for: "options.add", "options.2.up". `argument` is what follows, or ""."""

    list_name: str
    action: str
    row: int | None = None
    argument: str = ""


def read_button(value: str) -> RowButton | None:
    """None for what is no such button."""
    match value.split("."):
        case [list_name, "add"]:
            return RowButton(list_name, "add")
        case [list_name, "add", argument]:
            return RowButton(list_name, "add", argument=argument)
        case [list_name, row, ("up" | "down" | "remove") as action] if row.isascii() and row.isdigit():
            return RowButton(list_name, action, int(row[:4]))
        case _:
            return None


def press_row_button(rows: Sequence[Row], button: RowButton, *, new: Row) -> tuple[list[Row], int | None]:
    """The rows as they are then, and the number of the row to go on with; None when it is gone."""
    changed = list(rows)
    if button.action == "add":
        return ([*changed, new], len(changed)) if len(changed) < MOST_ROWS else (changed, None)
    if button.row is None or button.row >= len(changed):
        return changed, None
    row = changed.pop(button.row)
    if button.action == "remove":
        return changed, None
    place = max(0, button.row + (-1 if button.action == "up" else 1))
    changed.insert(place, row)
    return changed, min(place, len(changed) - 1)

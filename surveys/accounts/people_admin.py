"""People in the administration: Wagtail's own screens, without passwords and without a way to gain power.

A person signs in with a code by mail. Only a superuser can make, change or deactivate a superuser.
"""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from wagtail.users.forms import UserCreationForm, UserEditForm
from wagtail.users.views.users import CreateView, EditView, IndexView, UserViewSet

from surveys.accounts.models import Person


def is_out_of_reach(person: Person, *, by: Person) -> bool:
    return person.is_superuser and not by.is_superuser


class PersonCreationForm(UserCreationForm):
    def save(self, commit: bool = True) -> Person:
        self.instance.set_unusable_password()
        person: Person = super().save(commit)
        return person


class PersonEditForm(UserEditForm):
    is_active = forms.BooleanField(
        label="Actief",
        required=False,
        help_text="Wie niet actief is, kan niet inloggen. Antwoorden blijven bewaard.",
    )


class KeepSuperuserMixin:
    """Lets only a superuser decide who is one; a disabled field ignores what is posted."""

    def get_form(self, *args: Any, **kwargs: Any) -> forms.BaseModelForm[Person]:
        form: forms.BaseModelForm[Person] = super().get_form(*args, **kwargs)  # type: ignore[misc]
        if "is_superuser" in form.fields:
            form.fields["is_superuser"].disabled = not self.request.user.is_superuser  # type: ignore[attr-defined]
        return form


class PersonIndexView(IndexView):
    page_title = "Personen"
    add_item_label = "Persoon toevoegen"


class PersonCreateView(KeepSuperuserMixin, CreateView):
    page_title = "Persoon toevoegen"
    success_message = (
        "%(object)s is toegevoegd. Deze persoon logt in met een code per e-mail, "
        "en kan daarna zelf een wachtwoord kiezen."
    )


class PersonEditView(KeepSuperuserMixin, EditView):
    success_message = "%(object)s is gewijzigd."

    def get_object(self, queryset: Any = None) -> Person:
        person: Person = super().get_object(queryset)
        if is_out_of_reach(person, by=self.request.user):
            raise PermissionDenied
        return person


class PersonViewSet(UserViewSet):
    menu_label = "Personen"
    index_view_class = PersonIndexView
    add_view_class = PersonCreateView
    edit_view_class = PersonEditView
    copy_view_enabled = False

    def get_form_class(self, for_update: bool = False) -> type[forms.BaseModelForm[Person]]:
        return PersonEditForm if for_update else PersonCreationForm

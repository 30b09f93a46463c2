from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import HttpRequest
from wagtail import hooks
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.menu import MenuItem, admin_menu
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import IndexView
from wagtail.admin.views.reports.audit_logging import LogEntriesView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy

from surveys.accounts.access import SignedInRequest
from surveys.accounts.models import Membership, Organisation, Person
from surveys.accounts.people_admin import is_out_of_reach
from surveys.trail.history import HistoryFilter

# Wagtail has no setting for it.
LogEntriesView.filterset_class = HistoryFilter


class ReadOnlyPermissionPolicy(ModelPermissionPolicy):
    """Looking only, for superusers too: organisations follow from the territory."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action == "view" and super().user_has_permission(user, action)

    def user_has_any_permission(self, user: Any, actions: Iterable[str]) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)


class OrganisationIndexView(IndexView):
    def get_base_queryset(self) -> Any:
        return super().get_base_queryset().annotate(member_count=Count("memberships"))


class OrganisationViewSet(ModelViewSet):
    model = Organisation
    icon = "home"
    menu_order = 610
    add_to_settings_menu = True
    copy_view_enabled = False
    inspect_view_enabled = True
    inspect_view_fields = ["code", "name", "kind"]
    form_fields = ["name"]
    index_view_class = OrganisationIndexView
    list_display = [
        "name",
        "code",
        Column("kind", label="Soort", accessor="get_kind_display"),
        Column("member_count", label="Mensen", sort_key="member_count"),
    ]
    list_filter = ["kind"]
    search_fields = ["name", "code"]
    search_backend_name = None
    list_per_page = 50
    ordering = ["name"]

    @property
    def permission_policy(self) -> ReadOnlyPermissionPolicy:
        return ReadOnlyPermissionPolicy(self.model)


class PersonField(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Person) -> str:
        """With the address: two people may share a name."""
        return f"{obj.get_full_name()} ({obj.email})" if obj.get_full_name() else obj.email


class MembershipForm(WagtailAdminModelForm):
    person = PersonField(Person.objects.order_by("first_name", "last_name", "email"), label="Persoon")

    class Meta:
        model = Membership
        fields = ["person", "organisation", "role", "is_limited", "may_submit"]
        help_texts = {
            "role": "Een coördinator vult in en dient in. Een invuller vult in. Een lezer kijkt alleen mee.",
            "is_limited": (
                "De coördinator wijst onderdelen toe bij “Samenwerken”. Zonder toegewezen onderdelen ziet deze "
                "persoon geen vragen."
            ),
            "may_submit": "Een coördinator mag dat altijd. Geef dit aan een invuller die ook mag indienen.",
        }


class MembershipIndexView(IndexView):
    def get_base_queryset(self) -> Any:
        return super().get_base_queryset().select_related("person", "organisation")


class MembershipViewSet(ModelViewSet):
    model = Membership
    index_view_class = MembershipIndexView
    icon = "group"
    menu_order = 620
    add_to_settings_menu = True
    copy_view_enabled = False
    list_display = [
        "person",
        Column("organisation", label="Organisatie", sort_key="organisation__name"),
        Column("role", label="Rol", accessor="get_role_display", sort_key="role"),
    ]
    list_filter = ["role"]
    search_fields = ["person__first_name", "person__last_name", "person__email", "organisation__name"]
    search_backend_name = None
    list_per_page = 50
    ordering = ["organisation__name", "person__email"]

    def get_form_class(self, for_update: bool = False) -> type[forms.BaseModelForm[Membership]]:
        return MembershipForm


@hooks.register("register_admin_viewset")
def register_viewsets() -> list[ModelViewSet]:
    return [OrganisationViewSet("organisations"), MembershipViewSet("memberships")]


@hooks.register("before_bulk_action")
def keep_superusers_out_of_reach(
    request: SignedInRequest, action_type: str, objects: list[Any], action: Any
) -> None:
    """Bulk actions ask for the permission on people in general; this adds the rule about superusers."""
    people = [item for item in objects if isinstance(item, Person)]
    if any(is_out_of_reach(person, by=request.user) for person in people):
        raise PermissionDenied


@hooks.register("construct_help_menu")
def leave_out_foreign_manuals(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    """Wagtail's news and manual are English and on another site."""
    menu_items[:] = [item for item in menu_items if not item.url.startswith("https://")]


class StartPanel(Component):
    """The way to everything the person may do here, which is what the menu holds."""

    name = "start"
    order = 10
    template_name = "accounts/start_panel.html"

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        items = admin_menu.menu_items_for_request(parent_context["request"])
        return {"items": sorted((item for item in items if item.url != "#"), key=lambda item: item.order)}


@hooks.register("construct_homepage_panels")
def add_start_panel(request: HttpRequest, panels: list[Component]) -> None:
    panels.append(StartPanel())

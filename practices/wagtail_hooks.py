from wagtail import hooks
from wagtail.admin.viewsets.model import ModelViewSet

from practices.models import GlossaryTerm, SynonymGroup
from surveys.trail.actions import register_actions

register_actions({"report.make": ("Rapport maken", "Rapport gemaakt")})


class SynonymViewSet(ModelViewSet):
    model = SynonymGroup
    icon = "search"
    menu_order = 630
    add_to_settings_menu = True
    copy_view_enabled = False
    form_fields = ["words"]
    list_display = ["__str__"]
    search_fields = ["words"]
    search_backend_name = None


class GlossaryViewSet(ModelViewSet):
    model = GlossaryTerm
    icon = "openquote"
    menu_order = 640
    add_to_settings_menu = True
    copy_view_enabled = False
    form_fields = ["name", "other_forms", "explanation"]
    list_display = ["name", "explanation"]
    search_fields = ["name", "other_forms", "explanation"]
    search_backend_name = None


@hooks.register("register_admin_viewset")
def register_viewsets() -> list[ModelViewSet]:
    return [SynonymViewSet("zoekwoorden"), GlossaryViewSet("begrippen")]

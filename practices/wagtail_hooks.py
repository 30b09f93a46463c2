from wagtail import hooks
from wagtail.admin.viewsets.model import ModelViewSet

from practices.models import GlossaryTerm, SynonymGroup
from surveys.trail.actions import register_actions

register_actions(
    {
        "report.make": ("Rapport maken", "Rapport gemaakt"),
        "contribution.start": ("Voorbeeld beginnen", "Voorbeeld begonnen"),
        "contribution.submit": ("Voorbeeld inzenden", "Voorbeeld ingezonden"),
        "contribution.take": ("Voorbeeld in behandeling nemen", "Voorbeeld in behandeling genomen"),
        "contribution.send_back": ("Voorbeeld terugsturen", "Voorbeeld teruggestuurd met vragen"),
        "contribution.approve": ("Voorbeeld goedkeuren", "Voorbeeld goedgekeurd door de redactie"),
        "contribution.consent": ("Toestemming geven", "Toestemming van een plaats"),
        "contribution.publish": ("Voorbeeld openbaar maken", "Voorbeeld openbaar gemaakt"),
        "contribution.begin_change": ("Voorbeeld wijzigen", "Begonnen met een wijziging van een voorbeeld"),
        "contribution.ask_review": ("Vragen om na te kijken", "Gevraagd om een voorbeeld na te kijken"),
        "contribution.confirm_review": ("Voorbeeld nakijken", "Voorbeeld nagekeken: het klopt nog"),
    }
)


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

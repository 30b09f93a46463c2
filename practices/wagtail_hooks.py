from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from wagtail import hooks
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.models import Page

from practices.models import GlossaryTerm, SynonymGroup
from practices.page_deletion import refuse_what_is_referred_to
from practices.reactions import screens
from practices.reactions.queries import MODERATE
from practices.term_admin import AudienceViewSet, ThemeViewSet
from practices.upkeep_views import MAINTAIN, AgeingView, ConfirmView, LinksView
from surveys.administration.menu import add_to_menu
from surveys.trail.actions import register_actions

register_actions(
    {
        "report.make": ("Rapport maken", "Rapport gemaakt"),
        "practice.confirm_review": ("Voorbeeld nakijken", "Voorbeeld nagekeken: het klopt nog"),
        "contribution.start": ("Voorbeeld beginnen", "Voorbeeld begonnen"),
        "contribution.discard": ("Voorbeeld weggooien", "Voorbeeld weggegooid door wie het schreef"),
        "contribution.submit": ("Voorbeeld inzenden", "Voorbeeld ingezonden"),
        "contribution.take": ("Voorbeeld in behandeling nemen", "Voorbeeld in behandeling genomen"),
        "contribution.send_back": ("Voorbeeld terugsturen", "Voorbeeld teruggestuurd met vragen"),
        "contribution.end": (
            "Behandeling van een voorbeeld stoppen",
            "Behandeling van een voorbeeld gestopt",
        ),
        "contribution.approve": ("Voorbeeld goedkeuren", "Voorbeeld goedgekeurd door de redactie"),
        "contribution.consent": ("Toestemming geven", "Toestemming van een plaats"),
        "contribution.publish": ("Voorbeeld openbaar maken", "Voorbeeld openbaar gemaakt"),
        "contribution.begin_change": ("Voorbeeld wijzigen", "Begonnen met een wijziging van een voorbeeld"),
        "contribution.ask_review": ("Vragen om na te kijken", "Gevraagd om een voorbeeld na te kijken"),
        "contribution.confirm_review": ("Voorbeeld nakijken", "Voorbeeld nagekeken: het klopt nog"),
    }
)
register_actions(
    {
        "reaction.adopt": ("Laten weten dat men dit ook doet", "Laten weten dat men dit ook doet"),
        "reaction.comment": ("Reactie schrijven", "Reactie geschreven"),
        "reaction.withdraw": ("Reactie intrekken", "Reactie ingetrokken"),
        "reaction.publish": ("Reactie plaatsen", "Reactie geplaatst"),
        "reaction.refuse": ("Reactie niet plaatsen", "Reactie niet geplaatst"),
        "reaction.hide": ("Reactie van de site halen", "Reactie van de site gehaald"),
    }
)

add_to_menu(
    screens.TITLE,
    "reactions:list",
    name="reactions",
    icon_name=screens.ICON,
    order=300,
    permissions=(MODERATE,),
)
hooks.register("construct_homepage_panels", screens.add_waiting_panel)


@hooks.register("register_admin_urls")
def register_reaction_urls() -> list[object]:
    urls = [
        path("", screens.ReactionListView.as_view(), name="list"),
        path("<int:reaction>/", screens.DecideView.as_view(), name="decide"),
    ]
    return [path("reacties/", include((urls, "reactions")))]


for name, view, order in (("links", LinksView, 130), ("ageing", AgeingView, 131)):
    add_to_menu(
        view.page_title,
        f"upkeep:{name}",
        name=f"upkeep-{name}",
        icon_name=view.header_icon,
        order=order,
        permissions=(MAINTAIN,),
    )


@hooks.register("register_admin_urls")
def register_upkeep_urls() -> list[object]:
    urls = [
        path("links/", LinksView.as_view(), name="links"),
        path("verouderd/", AgeingView.as_view(), name="ageing"),
        path("verouderd/<int:case>/nagekeken/", ConfirmView.as_view(), name="confirm"),
    ]
    return [path("bijhouden/", include((urls, "upkeep")))]


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
    return [
        SynonymViewSet("zoekwoorden"),
        ThemeViewSet("themas"),
        AudienceViewSet("doelgroepen"),
        GlossaryViewSet("begrippen"),
    ]


@hooks.register("before_delete_page")
def keep_page_that_is_referred_to(request: HttpRequest, page: Page) -> HttpResponse | None:
    return refuse_what_is_referred_to(request, [page])


@hooks.register("before_bulk_action")
def keep_pages_that_are_referred_to(
    request: HttpRequest, action_type: str, objects: list[Any], action: Any
) -> HttpResponse | None:
    pages = [each for each in objects if isinstance(each, Page)]
    return refuse_what_is_referred_to(request, pages) if action_type == "delete" and pages else None

from django.urls import include, path
from wagtail import hooks

from surveys.administration.menu import add_to_menu
from surveys.drafts import (
    bank_views,
    core_views,
    draft_views,
    exchange_views,
    preview_views,
    publish_views,
    question_views,
    section_views,
)
from surveys.drafts.pages import ICON, TITLE
from surveys.questionnaire.views import RUN_WAVES
from surveys.trail.actions import register_actions

register_actions(
    {
        "drafts.start": ("Concept beginnen", "Concept begonnen"),
        "drafts.import": ("Concept inlezen", "Concept ingelezen uit een bestand"),
        "drafts.describe": ("Titel en bron wijzigen", "Titel of bron gewijzigd"),
        "drafts.add_section": ("Onderdeel toevoegen", "Onderdeel toegevoegd"),
        "drafts.change_section": ("Onderdeel wijzigen", "Onderdeel gewijzigd"),
        "drafts.remove_section": ("Onderdeel weghalen", "Onderdeel weggehaald"),
        "drafts.add_question": ("Vraag toevoegen", "Vraag toegevoegd"),
        "drafts.change_question": ("Vraag wijzigen", "Vraag gewijzigd"),
        "drafts.remove_question": ("Vraag weghalen", "Vraag weggehaald"),
        "drafts.move": ("Volgorde wijzigen", "Volgorde gewijzigd"),
        "drafts.take_from_bank": ("Vraag uit de bank overnemen", "Vraag uit de bank overgenomen"),
        "drafts.publish": ("Concept publiceren", "Concept gepubliceerd"),
        "drafts.discard": ("Concept weggooien", "Concept weggegooid"),
        "drafts.bank": ("Vraag in de bank zetten", "Vraag in de bank gezet"),
        "drafts.unbank": ("Vraag uit de bank halen", "Vraag uit de bank gehaald"),
        "drafts.lock_core": ("Kernvraag vastzetten", "Kernvraag vastgezet"),
        "drafts.unlock_core": ("Kernvraag losmaken", "Kernvraag losgemaakt"),
    }
)

add_to_menu(TITLE, "drafts:list", name="drafts", icon_name=ICON, order=105, permissions=(RUN_WAVES,))


@hooks.register("register_admin_urls")
def register_urls() -> list[object]:
    draft = "<int:draft>/"
    section, question = f"{draft}onderdeel/<slug:section>/", f"{draft}vraag/<slug:question>/"
    urls = [
        path("", draft_views.DraftListView.as_view(), name="list"),
        path("nieuw/", draft_views.StartDraftView.as_view(), name="start"),
        path("vragenbank/", bank_views.BankView.as_view(), name="bank"),
        path("vragenbank/<int:banked>/weghalen/", bank_views.RemoveFromBankView.as_view(), name="unbank"),
        path("kernvragen/", core_views.CoreListView.as_view(), name="core"),
        path("kernvragen/vastzetten/", core_views.LockCoreView.as_view(), name="lock_core"),
        path("kernvragen/<int:core>/losmaken/", core_views.UnlockCoreView.as_view(), name="unlock_core"),
        path("inlezen/", exchange_views.ImportView.as_view(), name="import"),
        path("inlezen/bevestigen/", exchange_views.ConfirmImportView.as_view(), name="confirm_import"),
        path(
            "versie/<slug:survey>/<int:number>/bestand/<slug:file_format>/",
            exchange_views.ExportVersionView.as_view(),
            name="export_version",
        ),
        path(draft, draft_views.DraftDetailView.as_view(), name="draft"),
        path(f"{draft}titel/", draft_views.DescribeView.as_view(), name="describe"),
        path(f"{draft}volgorde/", draft_views.MoveView.as_view(), name="move"),
        path(
            f"{draft}bestand/<slug:file_format>/",
            exchange_views.ExportDraftView.as_view(),
            name="export_draft",
        ),
        path(f"{draft}weggooien/", draft_views.DiscardView.as_view(), name="discard"),
        path(f"{draft}publiceren/", publish_views.PublishView.as_view(), name="publish"),
        path(
            f"{draft}voorbeeld/<slug:section>/", preview_views.PreviewView.as_view(), name="preview_section"
        ),
        path(f"{draft}onderdeel-toevoegen/", section_views.AddSectionView.as_view(), name="add_section"),
        path(section, section_views.ChangeSectionView.as_view(), name="section"),
        path(f"{section}weghalen/", section_views.RemoveSectionView.as_view(), name="remove_section"),
        path(f"{section}soort-vraag/", question_views.ChooseKindView.as_view(), name="choose_kind"),
        path(f"{section}vraag-toevoegen/", question_views.AddQuestionView.as_view(), name="add_question"),
        path(f"{section}uit-bank/", bank_views.TakeFromBankView.as_view(), name="take_from_bank"),
        path(question, question_views.ChangeQuestionView.as_view(), name="question"),
        path(f"{question}weghalen/", question_views.RemoveQuestionView.as_view(), name="remove_question"),
        path(f"{question}naar-bank/", bank_views.PutInBankView.as_view(), name="put_in_bank"),
    ]
    return [path("vragenlijsten/", include((urls, "drafts")))]

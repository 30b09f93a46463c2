from django.urls import include, path
from wagtail import hooks

from surveys.administration.menu import add_to_menu
from surveys.coding.views import codebooks, coding, overview, quotes, releasing, rounds, settling
from surveys.coding.views.furniture import CODE, ICON, MANAGE, SETTLE, TITLE
from surveys.trail.actions import register_actions

register_actions(
    {
        "codebook.start": ("Codeboek beginnen", "Codeboek begonnen"),
        "codebook.start_version": (
            "Nieuwe versie van een codeboek",
            "Nieuwe versie van het codeboek begonnen",
        ),
        "codebook.add_theme": ("Thema toevoegen", "Thema toegevoegd"),
        "codebook.change_theme": ("Thema wijzigen", "Thema gewijzigd"),
        "codebook.move_theme": ("Thema verplaatsen", "Thema verplaatst"),
        "codebook.remove_theme": ("Thema verwijderen", "Thema verwijderd"),
        "codebook.merge_themes": ("Thema's samenvoegen", "Thema's samengevoegd"),
        "codebook.split_theme": ("Thema splitsen", "Thema gesplitst"),
        "codebook.publish": ("Codeboek vaststellen", "Codeboek vastgesteld"),
        "codebook.discard_draft": ("Codeboek weggooien", "Nieuwe versie van het codeboek weggegooid"),
        "coding.start_round": ("Codeerronde beginnen", "Codeerronde begonnen"),
        "coding.assign": ("Codeur toewijzen", "Codeur toegewezen"),
        "coding.end_assignment": ("Codeur laten stoppen", "Codeur codeert niet meer mee"),
        "coding.begin_settling": ("Codes vergelijken", "Begonnen met vergelijken"),
        "coding.read": ("Open antwoorden lezen", "Open antwoorden gelezen"),
        "coding.code": ("Tekst coderen", "Tekst gecodeerd"),
        "coding.skip": ("Tekst overslaan", "Tekst overgeslagen"),
        "coding.settle": ("Codes beslechten", "Codes beslecht"),
        "coding.release_counts": ("Thema's openbaar maken", "Thema's meegeteld in de resultaten"),
        "coding.withdraw_counts": ("Thema's terugtrekken", "Thema's uit de resultaten gehaald"),
        "coding.decide_quote": ("Beslissen over citeren", "Beslist of een tekst geciteerd mag worden"),
    }
)

add_to_menu(
    TITLE, "coding:start", name="coding", icon_name=ICON, order=115, permissions=(MANAGE, CODE, SETTLE)
)


@hooks.register("register_admin_urls")
def register_urls() -> list[object]:
    question = "meting/<slug:wave>/<slug:question>/"
    codebook = "codeboek/<slug:survey>/<slug:question>/<int:number>/"
    theme = f"{codebook}thema/<slug:theme>/"
    coding_round = "ronde/<int:round>/"
    urls = [
        path("", overview.OverviewView.as_view(), name="start"),
        path("meting/<slug:wave>/", overview.OverviewView.as_view(), name="overview"),
        path(question, overview.QuestionDetailView.as_view(), name="question"),
        path(f"{question}codeboek/", codebooks.StartCodebookView.as_view(), name="start_codebook"),
        path(f"{question}ronde/", rounds.StartRoundView.as_view(), name="start_round"),
        path(f"{question}citaten/", quotes.QuoteListView.as_view(), name="quotes"),
        path(f"{question}citaten/<int:text>/", quotes.QuoteView.as_view(), name="quote"),
        path(codebook, codebooks.CodebookDetailView.as_view(), name="codebook"),
        path(f"{codebook}nieuwe-versie/", codebooks.NewVersionView.as_view(), name="new_version"),
        path(f"{codebook}vaststellen/", codebooks.PublishCodebookView.as_view(), name="publish_codebook"),
        path(f"{codebook}weggooien/", codebooks.DiscardDraftView.as_view(), name="discard_draft"),
        path(f"{codebook}toevoegen/", codebooks.AddThemeView.as_view(), name="add_theme"),
        path(f"{codebook}samenvoegen/", codebooks.MergeThemesView.as_view(), name="merge_themes"),
        path(theme, codebooks.ChangeThemeView.as_view(), name="change_theme"),
        path(f"{theme}splitsen/", codebooks.SplitThemeView.as_view(), name="split_theme"),
        path(f"{theme}verwijderen/", codebooks.RemoveThemeView.as_view(), name="remove_theme"),
        path(f"{theme}verplaatsen/", codebooks.MoveThemeView.as_view(), name="move_theme"),
        path(f"{coding_round}codeurs/", rounds.AssignCoderView.as_view(), name="assign"),
        path(
            f"{coding_round}codeurs/<int:assignment>/stoppen/",
            rounds.EndAssignmentView.as_view(),
            name="end_assignment",
        ),
        path(f"{coding_round}vergelijken/", rounds.BeginSettlingView.as_view(), name="begin_settling"),
        path(f"{coding_round}overeenstemming/", overview.AgreementView.as_view(), name="agreement"),
        path(f"{coding_round}tellingen/", overview.CountsView.as_view(), name="counts"),
        path(f"{coding_round}meetellen/", releasing.ReleaseCountsView.as_view(), name="release"),
        path(f"{coding_round}niet-meetellen/", releasing.WithdrawCountsView.as_view(), name="withdraw"),
        path(f"{coding_round}coderen/", coding.StartCodingView.as_view(), name="start_coding"),
        path(f"{coding_round}coderen/<int:text>/", coding.CodeTextView.as_view(), name="code"),
        path(f"{coding_round}beslechten/", settling.SettleListView.as_view(), name="settle_list"),
        path(f"{coding_round}beslechten/<int:text>/", settling.SettleTextView.as_view(), name="settle"),
    ]
    return [path("coderen/", include((urls, "coding")))]

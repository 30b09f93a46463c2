from wagtail import hooks
from wagtail.log_actions import LogActionRegistry

ACTIONS = {
    "codebook.start": ("Codeboek beginnen", "Codeboek begonnen"),
    "codebook.start_version": ("Nieuwe versie van een codeboek", "Nieuwe versie van het codeboek begonnen"),
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
    "coding.settle": ("Codes vaststellen", "Codes vastgesteld"),
    "coding.decide_quote": ("Beslissen over citeren", "Beslist of een tekst geciteerd mag worden"),
}


@hooks.register("register_log_actions")
def register_log_actions(actions: LogActionRegistry) -> None:
    for action, (label, message) in ACTIONS.items():
        actions.register_action(action, label, message)

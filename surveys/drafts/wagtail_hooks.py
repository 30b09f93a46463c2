from wagtail import hooks
from wagtail.log_actions import LogActionRegistry

LOG_ACTIONS = {
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


@hooks.register("register_log_actions")
def register_log_actions(actions: LogActionRegistry) -> None:
    for action, (label, message) in LOG_ACTIONS.items():
        actions.register_action(action, label, message)

from wagtail import hooks
from wagtail.log_actions import LogActionRegistry

ACTIONS = {
    "outreach.set_contact": ("Contactpersoon vastleggen", "Contactpersoon vastgelegd"),
    "outreach.import_contacts": ("Uitnodigingslijst inlezen", "Uitnodigingslijst ingelezen"),
    "outreach.edit_text": ("Mailtekst wijzigen", "Mailtekst gewijzigd"),
    "outreach.draw_up": ("Verzending klaarzetten", "Verzending klaargezet"),
    "outreach.discard": ("Verzending weggooien", "Verzending weggegooid"),
    "outreach.start": ("Verzending starten", "Verzending gestart"),
    "outreach.stop": ("Verzending stoppen", "Verzending gestopt"),
    "outreach.resume": ("Verzending hervatten", "Verzending hervat"),
    "outreach.finish": ("Verzending afronden", "Verzending afgerond"),
    "outreach.note_bounce": ("Teruggekomen mail noteren", "Teruggekomen mail genoteerd"),
    "outreach.note_reply": ("Reactie op mail noteren", "Reactie op mail genoteerd"),
    "outreach.settle": ("Onzekere mail afhandelen", "Onzekere mail afgehandeld"),
    "outreach.send_again": ("Mail opnieuw versturen", "Mail opnieuw verstuurd"),
    "outreach.hand_on": ("Uitnodiging doorgeven", "Uitnodiging doorgegeven met de link in de mail"),
}


@hooks.register("register_log_actions")
def register_log_actions(actions: LogActionRegistry) -> None:
    for action, (label, message) in ACTIONS.items():
        actions.register_action(action, label, message)

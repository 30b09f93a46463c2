from typing import Any

from wagtail import hooks

ACTIONS = {
    "response.start": ("Reactie beginnen", "Begonnen met invullen"),
    "response.save": ("Antwoorden opslaan", "Antwoorden opgeslagen"),
    "response.cover": ("Gemeenten kiezen", "Gekozen voor welke gemeenten de regio antwoordt"),
    "response.submit": ("Reactie indienen", "Ingediend"),
    "response.reopen": ("Reactie heropenen", "Heropend"),
    "response.exclude": ("Reactie buiten beschouwing laten", "Buiten beschouwing gelaten"),
}


@hooks.register("register_log_actions")
def register_response_actions(actions: Any) -> None:
    for action, (label, message) in ACTIONS.items():
        actions.register_action(action, label, message)

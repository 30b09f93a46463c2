from wagtail import hooks
from wagtail.log_actions import LogActionRegistry


@hooks.register("register_log_actions")
def register_log_actions(actions: LogActionRegistry) -> None:
    actions.register_action("questionnaire.publish", "Vragenlijst publiceren", "Vragenlijst gepubliceerd")
    actions.register_action("wave.plan", "Meting plannen", "Meting gepland")
    actions.register_action("wave.open", "Meting openen", "Meting geopend")
    actions.register_action("wave.close", "Meting sluiten", "Meting gesloten")
    actions.register_action(
        "wave.publish_results", "Resultaten openbaar maken", "Resultaten openbaar gemaakt"
    )

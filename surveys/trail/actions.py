from collections.abc import Mapping

from wagtail import hooks
from wagtail.log_actions import LogActionRegistry


def register_actions(actions: Mapping[str, tuple[str, str]]) -> None:
    """Give actions their words in Wagtail's history: what somebody can do, and what was done.

    For an app's `wagtail_hooks.py`: `record` refuses an action that nobody registered.
    """

    def register(registry: LogActionRegistry) -> None:
        for action, (label, message) in actions.items():
            registry.register_action(action, label, message)

    hooks.register("register_log_actions", register)

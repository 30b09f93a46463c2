"""The reminder plan that a researcher can take over for a wave: nothing goes before somebody did. Pure."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PlannedStep:
    """The words of `ReminderStep`: so many days before which deadline, for whom, with which text."""

    deadline: str
    days_before: int
    audience: str
    purpose: str
    is_active: bool = True


DEFAULT_PLAN = (
    PlannedStep("soft", 14, "not_started", "reminder_start"),
    PlannedStep("soft", 4, "not_started", "reminder_start"),
    PlannedStep("soft", 4, "started", "reminder_finish"),
    PlannedStep("soft", 4, "almost", "reminder_finish"),
    PlannedStep("hard", 7, "not_started", "reminder_last"),
    PlannedStep("hard", 7, "started", "reminder_last"),
    PlannedStep("hard", 7, "almost", "reminder_last"),
)

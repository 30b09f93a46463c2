from django.urls import reverse

from practices.contributing.access import find_told, list_practice_questions
from surveys.responses.access import SurveyAccess
from surveys.responses.next_steps import NextStep


def offer_sharing(access: SurveyAccess) -> list[NextStep]:
    """Each practice that was told in the survey can become a case; for who may see that answer and write."""
    if not access.has_writing_role:
        return []
    asked = list_practice_questions(access)
    told = find_told(access, codes=[question.code for _, question in asked])
    return [
        NextStep(
            f"Deel uw voorbeeld bij “{section.title}”",
            reverse(
                "contributing:from_answer", args=[access.wave.code, access.organisation.code, question.code]
            ),
        )
        for section, question in asked
        if question.code in told
    ]

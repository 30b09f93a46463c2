"""Counting a round's themes in the results, and no longer; what is released is public once the results are."""

from typing import Any

from surveys.coding.lifecycle.releasing import release_counts, withdraw_counts
from surveys.coding.views.furniture import SETTLE, RoundStepView


class ReleaseCountsView(RoundStepView):
    page_title = "Meetellen in de resultaten"
    permissions = (SETTLE,)
    consequence = (
        "De thema's komen bij de resultaten van deze meting te staan, zoals de antwoorden op een gesloten vraag. Zijn "
        "de resultaten openbaar? Dan ziet iedereen de thema's, met de citaten die vrij zijn. Teksten waarvan de "
        "thema's nog niet vaststaan, tellen niet mee. Hoeveel dat er zijn, staat erbij."
    )
    done_message = "De thema's tellen mee in de resultaten."

    def take_step(self, form: Any) -> str:
        release_counts(self.round, by=self.person)
        return self.question_url


class WithdrawCountsView(RoundStepView):
    page_title = "Niet meer meetellen"
    permissions = (SETTLE,)
    consequence = (
        "De thema's en de citaten van deze vraag gaan weg bij de resultaten en bij de maatregel. "
        "De codes blijven bewaard."
    )
    done_message = "De thema's tellen niet meer mee in de resultaten."

    def take_step(self, form: Any) -> str:
        withdraw_counts(self.round, by=self.person)
        return self.question_url

from surveys.trail.actions import register_actions

register_actions(
    {
        "response.start": ("Reactie beginnen", "Begonnen met invullen"),
        "response.cover": ("Gemeenten kiezen", "Gekozen voor welke gemeenten de regio antwoordt"),
        "response.submit": ("Reactie indienen", "Ingediend"),
        "response.reopen": ("Reactie heropenen", "Heropend"),
        "response.exclude": ("Reactie buiten beschouwing laten", "Buiten beschouwing gelaten"),
        "response.move": ("Naar de nieuwere vragenlijst gaan", "Naar de nieuwere vragenlijst gegaan"),
        "response.agree": ("Akkoord met de regio", "Akkoord met antwoorden van de regio"),
        "response.dispute": ("Antwoord van de regio betwisten", "Antwoord van de regio betwist"),
        "response.end_dispute": ("Toch akkoord met de regio", "Toch akkoord met een betwist antwoord"),
        "response.take_over": ("Onderdeel zelf invullen", "De gemeente vult dit onderdeel zelf in"),
        "response.give_back": ("Onderdeel teruggeven", "De regio antwoordt weer voor dit onderdeel"),
        "response.settle_conflict": ("Uit twee antwoorden kiezen", "Gekozen uit twee antwoorden"),
        "response.confirm_answer": ("Antwoord bevestigen", "Antwoord bevestigd na een waarschuwing"),
        "response.withdraw": ("Inzending intrekken", "Ingetrokken door de organisatie"),
        "response.request_reopening": ("Vragen om te heropenen", "Gevraagd om te heropenen"),
        "response.refuse_reopening": (
            "Verzoek om te heropenen afwijzen",
            "Verzoek om te heropenen afgewezen",
        ),
        "response.decide_naming": ("Kiezen of de naam openbaar mag", "Gekozen of de naam openbaar mag"),
        "response.ask_clarification": ("Vraag terug stellen", "Vraag terug gesteld"),
        "response.reply_to_clarification": ("Vraag terug beantwoorden", "Vraag terug beantwoord"),
        "response.correct": ("Antwoord corrigeren", "Antwoord gecorrigeerd door de onderzoekers"),
        "response.close_clarification": ("Vraag terug afsluiten", "Vraag terug afgesloten"),
    }
)

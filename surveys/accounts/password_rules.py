"""Django's rules for a password, in the words of this site: its own Dutch translation lags behind."""

from django.contrib.auth import password_validation as rules


class MinimumLength(rules.MinimumLengthValidator):
    def get_error_message(self) -> str:
        return f"Dit wachtwoord is te kort. Gebruik minstens {self.min_length} tekens."


class NotCommon(rules.CommonPasswordValidator):
    def get_error_message(self) -> str:
        return "Dit wachtwoord is te bekend en daardoor makkelijk te raden. Kies een ander wachtwoord."


class NotLikeThePerson(rules.UserAttributeSimilarityValidator):
    def get_error_message(self) -> str:
        return "Dit wachtwoord lijkt te veel op uw naam of e-mailadres. Kies een ander wachtwoord."

from django.http import Http404

from surveys.drafts.models import BankQuestion, CoreQuestion, Draft


class NoLongerThere(Http404):
    """What a form is about may have been thrown away since it was opened; the message is Dutch and says so."""


def access_draft(pk: int) -> Draft:
    """Any draft, for whoever may run waves. Raises NoLongerThere for an unknown number."""
    draft = Draft.objects.select_related("based_on", "published_as", "changed_by").filter(pk=pk).first()
    if draft is None:
        raise NoLongerThere("Dit concept bestaat niet meer. Iemand heeft het weggegooid.")
    return draft


def access_bank_question(pk: int) -> BankQuestion:
    """Any question in the bank, for whoever may run waves. Raises Http404 for an unknown number."""
    banked = BankQuestion.objects.select_related("measure").filter(pk=pk).first()
    if banked is None:
        raise Http404("There is no such question in the bank.")
    return banked


def access_core_question(pk: int) -> CoreQuestion:
    """Any locked question, for whoever may unlock one. Raises Http404 for an unknown number."""
    core = CoreQuestion.objects.select_related("survey").filter(pk=pk).first()
    if core is None:
        raise Http404("There is no such core question.")
    return core

"""How often the library asks the database: at most fifteen times, with every cache empty and whatever is asked."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from modelsearch.backends import get_search_backend

from practices.models import PracticePage
from surveys.accounts.models import Membership, Organisation, Person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo_database")]

MOST = 15
ADDRESS = "/praktijkvoorbeelden/"
# With nothing remembered: the site, its home page and the kinds of pages are asked for too.
QUERIES = {
    "": 10,
    "maatregel=reikwijdte&provincie=PV27&jaar=2022": 10,
    "q=weegtafel": 13,
    "sorteer=nabij&gemeente=GM0479": 10,
    "weergave=kaart": 10,
    "q=weegtafl&sorteer=nabij&gemeente=GM0479&maatregel=reikwijdte": 13,
}


@pytest.fixture(autouse=True)
def _cold() -> None:
    get_search_backend()  # looks once per process whether it can search at all
    cache.clear()
    ContentType.objects.clear_cache()


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("others", [0, None])
def test_the_library_asks_as_often_for_one_case_as_for_many(query, others, client, django_assert_num_queries):
    """With one case, and with all."""
    if others is not None:
        PracticePage.objects.exclude(slug="weegtafel-zaanstad").update(live=False)
    assert QUERIES[query] <= MOST
    with django_assert_num_queries(QUERIES[query]):
        assert client.get(f"{ADDRESS}?{query}").status_code == 200


@pytest.mark.parametrize(
    "query",
    [
        "q=weegtafel+paardrijden&sorteer=nieuw",
        "q=xyzzyplugh",
        "q=normalizeren+kosten+jeugd&weergave=kaart",
        "q=wijkteam+huisarts+2016+kosten&thema=toegang&sorteer=nabij&gemeente=GM0344",
        "q=de",
        "page=3",
        "provincie=PV31&maatregel=gecontracteerd-aanbod",
    ],
)
def test_nothing_that_can_be_asked_costs_more(query, client, django_assert_max_num_queries):
    with django_assert_max_num_queries(MOST):
        assert client.get(f"{ADDRESS}?{query}").status_code == 200


def test_who_signed_in_costs_no_more_than_that(client, django_assert_max_num_queries):
    person = Person.objects.create_user(email="iemand@zaanstad.example", password="")
    Membership.objects.create(
        person=person, organisation=Organisation.objects.get(pk="GM0479"), role=Membership.Role.READER
    )
    client.force_login(person)
    cache.clear()
    ContentType.objects.clear_cache()
    with django_assert_max_num_queries(MOST):
        assert client.get(f"{ADDRESS}?maatregel=reikwijdte&sorteer=nabij").status_code == 200

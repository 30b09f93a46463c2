"""The whole report of 2022, rebuilt from the demo world."""

import pytest

from practices.report.contents import gather_report
from practices.report.figures import MAXIMUM_COLUMNS
from practices.report.lifecycle import make_report
from surveys.demo.caveats import INVENTED
from surveys.questionnaire.models import Wave
from tests.practices.report.test_contents import list_figures
from tests.responses.factories import NOW
from tests.typesetting.documents import assert_accessible, list_tags, open_pdf, read_text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo_database")]


def test_it_passes_the_checkers_is_complete_and_says_on_every_page_that_answers_are_invented():
    wave = Wave.objects.select_related("version").get(code="2022")
    contents = gather_report(wave)
    pdf = bytes(make_report(wave, at=NOW).pdf)

    assert_accessible(pdf, title="Rapport meting 2022")
    assert all(INVENTED in " ".join(page.extract_text().split()) for page in open_pdf(pdf).pages)
    assert (len(contents["measures"]), len(contents["cases"])) == (7, 15)
    assert list_tags(pdf).count("Figure") == len(list_figures(contents)) > len(contents["measures"])
    columns = [figure["columns"] for figure in list_figures(contents)]
    # Size classes are compared where paper has room for them.
    assert {each[0] for each in columns} == {"Antwoord", "Grootteklasse"}
    assert max(map(len, columns)) == MAXIMUM_COLUMNS
    quotes = [
        quote
        for measure in contents["measures"]
        for counted in measure["counted_bottlenecks"]
        for item in counted["items"]
        for quote in item["quotes"]
    ]
    text = read_text(pdf)
    assert quotes
    assert all(quote in text for quote in quotes)

"""What the report says: figures of the release, texts of the library, and when it says something else."""

import pytest

from practices.models import MeasurePage, PracticePage
from practices.report.contents import compute_sha256, gather_report
from surveys.questionnaire.lifecycle import close_wave
from surveys.responses.models import Answer
from surveys.results.publication import ResultsNotPublished
from tests.practices.report.worlds import publish_reported_wave, write_report
from tests.responses.factories import make_wave
from tests.results.release.factories import publish_wave

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def contents(django_db_setup, django_db_blocker):
    return write_report(django_db_blocker)[0]


@pytest.fixture
def wave():
    return publish_reported_wave()


def list_figures(contents):
    chapters = [*contents["measures"], *contents["others"]]
    return [figure for chapter in chapters for figure in chapter["figures"]]


def test_figures_stand_under_their_measure_and_what_is_of_no_measure_stands_apart(contents):
    (measure,) = contents["measures"]
    (other,) = contents["others"]
    texts = ["Vraag poh?", "Vraag sinds?", "Vraag fte?", "Vraag kosten?"]
    assert [figure["title"] for figure in measure["figures"]] == texts
    assert other["title"] == "Onderdeel toegang"
    assert [figure["title"] for figure in other["figures"]] == ["Vraag beperkt?"]


def test_every_figure_says_its_base_its_wave_and_its_release_and_has_words_and_a_table(contents):
    for figure in list_figures(contents):
        assert figure["caption"].startswith("n = ")
        assert "Bron: Proefmeting, peildatum 1 januari 2026. Uitgave 2026-1 van " in figure["caption"]
        assert figure["description"] in figure["alt"]
        assert figure["drawing"].startswith("<svg")
        assert all(len(row) == len(figure["columns"]) for row in figure["rows"])


def test_groups_that_may_not_be_shown_leave_the_total(contents):
    (figure,) = contents["others"][0]["figures"]

    assert figure["columns"] == ("Antwoord", "Aantal reacties", "Aandeel")
    assert any(caveat.startswith("Afgeschermd.") for caveat in figure["caveats"])


def test_a_measure_has_its_explanation_bottlenecks_and_cases(contents):
    (measure,) = contents["measures"]

    assert measure["title"] == "Ondersteuner bij de huisarts"
    assert measure["explanation"] == [
        "Een huisarts ziet veel gezinnen.",
        "Daarom helpt een ondersteuner mee.",
    ]
    assert measure["effect"].startswith(
        "Vooraf is geschat wat deze maatregel in 2022 doet: 38 miljoen euro besparing."
    )
    assert measure["findings"] == ["Veel gemeenten hebben een ondersteuner."]
    assert measure["bottlenecks"] == [{"name": "Geen ruimte", "definition": "Er is geen kamer vrij."}]
    assert [case["title"] for case in measure["cases"]] == ["Samen in Utrecht", "Samen in Zaanstad"]


def test_a_case_is_told_whole_with_its_source(contents):
    _, case = contents["cases"]

    assert case["where"] == "Zaanstad · 2026"
    assert case["intro"] == ["De eerste alinea.", "De tweede."]
    assert case["facts"] == [("7 keer", "is het gelukt", "verwacht, niet gemeten")]
    assert case["parts"] == [{"title": "Hoofdlijnen", "items": ["Het eerste punt."]}]
    assert case["source"] == "Rapportage, 2022, onderdeel ‘Zo kan het’"


def test_sources_are_those_of_the_figures_and_of_the_texts_each_once(contents):
    assert contents["sources"] == [
        "Proefmeting, peildatum 1 januari 2026, uitgave 2026-1: antwoorden van gemeenten en jeugdregio’s.",
        "Centraal Bureau voor de Statistiek: gemeenten, regio’s en inwoners op 1 januari 2026.",
        "Commissie, tabel 1",
        "Rapport, hoofdstuk 3",
        "Rapportage, 2022",
    ]


def test_the_method_says_how_it_was_counted_how_sure_it_is_and_what_is_withheld(contents):
    method = {section["title"]: " ".join(section["paragraphs"]) for section in contents["method"]}

    assert method["Wat is geteld"].startswith("De basis is het aantal ingediende reacties")
    assert "er is niet geloot" in method["Hoe zeker de cijfers zijn"]
    assert "niet gewogen" in method["Hoe zeker de cijfers zijn"]
    assert "Telt een groep minder dan 3 gemeenten?" in method["Wat is afgeschermd"]
    assert "1 januari 2026" in method["Gemeenten, regio’s en inwoners"]


def test_a_release_without_responses_is_reported_in_its_own_unit_with_its_margins():
    contents = gather_report(publish_reported_wave(units=("municipality",)))

    assert "gemeenten" in list_figures(contents)[-1]["caption"]
    assert contents["measures"][0]["counted_bottlenecks"] == []
    (method,) = [each for each in contents["method"] if each["title"] == "Hoe zeker de cijfers zijn"]
    assert method["paragraphs"][0].startswith("Bij een percentage staat tussen welke grenzen")


def test_a_correction_says_what_changed_and_why(wave):
    assert gather_report(wave)["note"] == []

    publish_wave(wave, units=("response",), breakdowns=())

    contents = gather_report(wave)
    assert contents["note"] == ["Een gemeente gaf een ander antwoord."]
    # It is on the cover; the top of every page has room for a line or two.
    assert contents["warnings"] == []


def test_answers_that_change_later_change_nothing(wave):
    before = compute_sha256(gather_report(wave))

    Answer.objects.filter(response__wave=wave).update(text="Iets anders", is_routed=False)

    assert compute_sha256(gather_report(wave)) == before


@pytest.mark.parametrize("change", ["a measure", "a case", "a case that is gone", "a release"])
def test_a_text_or_a_release_that_changes_makes_it_another_report(wave, change):
    before = compute_sha256(gather_report(wave))
    if change == "a measure":
        MeasurePage.objects.update(note="Een andere kanttekening.")
    elif change == "a case":
        PracticePage.objects.filter(slug="utrecht").update(summary="Het werkt nu anders.")
    elif change == "a case that is gone":
        PracticePage.objects.get(slug="utrecht").unpublish()
    else:
        publish_wave(wave, units=("response",), breakdowns=())

    assert compute_sha256(gather_report(wave)) != before


def test_it_asks_the_database_a_fixed_number_of_times(wave, django_assert_num_queries):
    with django_assert_num_queries(9):
        gather_report(wave)


def test_a_wave_without_release_has_no_report():
    wave = make_wave()
    close_wave(wave)

    with pytest.raises(ResultsNotPublished):
        gather_report(wave)

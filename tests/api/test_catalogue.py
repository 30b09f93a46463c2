"""The description of the data sets, read back as a harvester does, against what DCAT-AP-NL 3.0 requires."""

from hashlib import sha256

import pytest
from rdflib import DCTERMS, FOAF, RDF, XSD, Graph, Literal, Namespace, URIRef

from tests.api.worlds import publish_little

pytestmark = [
    pytest.mark.django_db,
    # The parser of rdflib makes one by itself.
    pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning"),
]

DCAT = Namespace("http://www.w3.org/ns/dcat#")
SPDX = Namespace("http://spdx.org/rdf/terms#")
VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
API = "http://localhost:8000/api/v1"
WAVE = URIRef(f"{API}/waves/2026")

# Per class: what has to be there at least once (DCAT-AP 3.0 and the shapes of DCAT-AP-NL 3.0).
REQUIRED = {
    DCAT.Catalog: {
        DCTERMS.title,
        DCTERMS.description,
        DCTERMS.publisher,
        DCAT.contactPoint,
        DCAT.dataset,
    },
    DCAT.Dataset: {
        DCTERMS.title,
        DCTERMS.description,
        DCTERMS.identifier,
        DCTERMS.accessRights,
        DCTERMS.creator,
        DCTERMS.publisher,
        DCAT.contactPoint,
        DCAT.theme,
    },
    DCAT.Distribution: {DCAT.accessURL, DCTERMS.license},
    DCAT.DataService: {
        DCTERMS.title,
        DCTERMS.description,
        DCTERMS.identifier,
        DCTERMS.accessRights,
        DCTERMS.license,
        DCTERMS.publisher,
        DCAT.contactPoint,
        DCAT.theme,
        DCAT.endpointURL,
        DCAT.endpointDescription,
    },
    FOAF.Agent: {FOAF.name},
    SPDX.Checksum: {SPDX.algorithm, SPDX.checksumValue},
}
AT_MOST_ONCE = {
    DCAT.Catalog: {DCAT.contactPoint, DCTERMS.publisher},
    DCAT.Dataset: {DCTERMS.identifier, DCTERMS.publisher, DCTERMS.accessRights, DCAT.version},
    DCAT.Distribution: {DCAT.accessURL, DCAT.downloadURL, DCTERMS.license, SPDX.checksum},
    DCAT.DataService: {DCTERMS.identifier, DCTERMS.publisher, DCTERMS.license, DCAT.endpointURL},
}


@pytest.fixture
def graph(client):
    publish_little()
    response = client.get("/api/v1/catalog.jsonld")
    assert response.status_code == 200
    assert response["Content-Type"] == "application/ld+json"
    return Graph().parse(data=response.content, format="json-ld")


def test_everything_has_what_the_profile_requires(graph):
    for kind, required in REQUIRED.items():
        nodes = set(graph.subjects(RDF.type, kind))
        assert nodes, kind
        for node in nodes:
            assert required - set(graph.predicates(node)) == set(), node
            for predicate in AT_MOST_ONCE.get(kind, ()):
                assert len(set(graph.objects(node, predicate))) <= 1, (node, predicate)


def test_a_contact_is_of_the_kind_that_the_profile_names(graph):
    contacts = set(graph.objects(None, DCAT.contactPoint))
    assert contacts
    assert contacts <= set(graph.subjects(RDF.type, VCARD.Kind))


def test_a_dataset_says_what_it_is_about(graph):
    authority = "http://publications.europa.eu/resource/authority"
    assert graph.value(WAVE, DCTERMS.title) == Literal("Proefmeting", lang="nl")
    assert set(graph.objects(WAVE, DCAT.theme)) == {
        URIRef(f"{authority}/data-theme/SOCI"),
        URIRef(f"{authority}/data-theme/HEAL"),
    }
    assert graph.value(WAVE, DCTERMS.accessRights) == URIRef(f"{authority}/access-right/PUBLIC")
    assert graph.value(WAVE, DCTERMS.language) == URIRef(f"{authority}/language/NLD")
    assert graph.value(WAVE, DCTERMS.spatial) == URIRef(f"{authority}/country/NLD")
    assert graph.value(WAVE, DCTERMS.accrualPeriodicity) == URIRef(f"{authority}/frequency/IRREG")
    period = graph.value(WAVE, DCTERMS.temporal)
    assert graph.value(period, DCAT.startDate) == Literal("2026-01-01", datatype=XSD.date)
    assert graph.value(graph.value(WAVE, DCAT.contactPoint), VCARD.hasEmail) == URIRef(
        "mailto:maatregelenmonitor@localhost"
    )


def test_every_file_can_be_had_and_is_the_one_that_is_described(client, graph):
    distributions = set(graph.objects(WAVE, DCAT.distribution))
    assert len(distributions) == 2
    checked = 0
    for distribution in distributions:
        response = client.get(str(graph.value(distribution, DCAT.downloadURL)))
        assert response.status_code == 200
        media_type = str(graph.value(distribution, DCAT.mediaType)).removeprefix(
            "https://www.iana.org/assignments/media-types/"
        )
        assert response["Content-Type"].startswith(media_type)
        checksum = graph.value(distribution, SPDX.checksum)
        if checksum:
            checked += 1
            assert str(graph.value(checksum, SPDX.checksumValue)) == sha256(response.content).hexdigest()
            assert int(graph.value(distribution, DCAT.byteSize)) == len(response.content)
    assert checked == 1


def test_the_service_leads_to_its_description_and_serves_every_dataset(client, graph):
    service = URIRef(API)
    assert (service, RDF.type, DCAT.DataService) in graph
    assert client.get(str(graph.value(service, DCAT.endpointDescription))).status_code == 200
    assert (
        set(graph.objects(service, DCAT.servesDataset))
        == set(graph.subjects(RDF.type, DCAT.Dataset))
        == {WAVE}
    )


def test_a_wave_that_is_not_public_is_not_described(client):
    response = client.get("/api/v1/catalog.jsonld")

    assert response.json()["dcat:dataset"] == []

"""What there is, for catalogues of data such as data.overheid.nl: DCAT-AP-NL 3.0 as JSON-LD. Pure.

A dataset per public wave with its files, and the API as the service that hands them out. What the profile requires
of each class is in `tests/api/test_catalogue.py`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

AUTHORITY = "http://publications.europa.eu/resource/authority"
MEDIA_TYPES = "https://www.iana.org/assignments/media-types"
# As it stands in the profile's own list of licences.
LICENCE = "http://creativecommons.org/licenses/by/4.0/deed.nl"
CONTEXT = {
    "adms": "http://www.w3.org/ns/adms#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
TITLE = "Open data van de Maatregelenmonitor jeugdhulp"
KEYWORDS = ("jeugdhulp", "gemeenten", "jeugdregio's", "maatregelen", "enquête")

Node = dict[str, Any]


@dataclass(frozen=True, slots=True)
class PublishedFile:
    """The main file of a wave: its SHA-256 in hexadecimal and its length in bytes."""

    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class PublishedWave:
    """A dataset of the catalogue. `release` is the code of the publication and `unit` what its main file counts."""

    code: str
    title: str
    description: str
    first_day: date
    last_day: date
    issued: date
    release: str
    unit: str
    file: PublishedFile


@dataclass(frozen=True, slots=True)
class Publisher:
    """Who answers for the data, and where to ask about it."""

    name: str
    site: str
    email: str


def build_catalogue(waves: Iterable[PublishedWave], *, publisher: Publisher) -> Node:
    datasets = [_describe_wave(wave, publisher=publisher) for wave in waves]
    return {
        "@context": CONTEXT,
        "@id": f"{_api(publisher)}/catalog.jsonld",
        "@type": "dcat:Catalog",
        "dct:title": _dutch(TITLE),
        "dct:description": _dutch(
            "De openbare cijfers van de Maatregelenmonitor jeugdhulp: per meting één dataset, met een API."
        ),
        "dct:publisher": _describe_agent(publisher),
        "dcat:contactPoint": _describe_contact(publisher),
        "dct:language": _name_language(),
        "dct:license": _name_licence(),
        "dct:spatial": _name_country(),
        "foaf:homepage": {"@id": f"{publisher.site}/open-data/"},
        "dcat:dataset": datasets,
        "dcat:service": _describe_service(datasets, publisher=publisher),
    }


def _describe_wave(wave: PublishedWave, *, publisher: Publisher) -> Node:
    address = f"{_api(publisher)}/waves/{wave.code}"
    return {
        "@id": address,
        "@type": "dcat:Dataset",
        "dct:identifier": address,
        "dct:title": _dutch(wave.title),
        "dct:description": _dutch(wave.description),
        "dct:creator": _describe_agent(publisher),
        "dct:publisher": _describe_agent(publisher),
        "dcat:contactPoint": _describe_contact(publisher),
        "dcat:theme": [{"@id": f"{AUTHORITY}/data-theme/{theme}"} for theme in ("SOCI", "HEAL")],
        "dcat:keyword": [_dutch(keyword) for keyword in KEYWORDS],
        "dct:accessRights": {"@id": f"{AUTHORITY}/access-right/PUBLIC", "@type": "dct:RightsStatement"},
        "dct:language": _name_language(),
        "dct:spatial": _name_country(),
        "dct:temporal": {
            "@type": "dct:PeriodOfTime",
            "dcat:startDate": _day(wave.first_day),
            "dcat:endDate": _day(wave.last_day),
        },
        "dct:accrualPeriodicity": {"@id": f"{AUTHORITY}/frequency/IRREG", "@type": "dct:Frequency"},
        "dct:issued": _day(wave.issued),
        "dcat:landingPage": {"@id": f"{publisher.site}/resultaten/{wave.code}/", "@type": "foaf:Document"},
        "dcat:version": wave.release,
        "dcat:distribution": [
            _describe_distribution(
                f"{address}/results.csv?unit={wave.unit}",
                title="Resultaten als CSV",
                file_type="CSV",
                media_type="text/csv",
                more={
                    "dct:conformsTo": {
                        "@id": "https://www.w3.org/TR/tabular-metadata/",
                        "@type": "dct:Standard",
                    },
                    "foaf:page": {
                        "@id": f"{address}/results.csv-metadata.json?unit={wave.unit}",
                        "@type": "foaf:Document",
                    },
                    "dcat:byteSize": {"@value": str(wave.file.size), "@type": "xsd:nonNegativeInteger"},
                    "spdx:checksum": {
                        "@type": "spdx:Checksum",
                        "spdx:algorithm": {"@id": "spdx:checksumAlgorithm_sha256"},
                        "spdx:checksumValue": {"@value": wave.file.sha256, "@type": "xsd:hexBinary"},
                    },
                },
            ),
            _describe_distribution(
                f"{address}/results?unit={wave.unit}",
                title="Resultaten als JSON",
                file_type="JSON",
                media_type="application/json",
                more={"dcat:accessService": {"@id": _api(publisher)}},
            ),
        ],
    }


def _describe_distribution(address: str, *, title: str, file_type: str, media_type: str, more: Node) -> Node:
    return {
        "@id": f"{address}#distributie",
        "@type": "dcat:Distribution",
        "dct:title": _dutch(title),
        "dcat:accessURL": {"@id": address},
        "dcat:downloadURL": {"@id": address},
        "dct:license": _name_licence(),
        "dct:language": _name_language(),
        "dct:format": {"@id": f"{AUTHORITY}/file-type/{file_type}", "@type": "dct:MediaTypeOrExtent"},
        "dcat:mediaType": {"@id": f"{MEDIA_TYPES}/{media_type}", "@type": "dct:MediaType"},
        **more,
    }


def _describe_service(datasets: Iterable[Node], *, publisher: Publisher) -> Node:
    return {
        "@id": _api(publisher),
        "@type": "dcat:DataService",
        "dct:identifier": _api(publisher),
        "dct:title": _dutch("API van de Maatregelenmonitor jeugdhulp"),
        "dct:description": _dutch(
            "De openbare cijfers, vragen, maatregelen en praktijkvoorbeelden, om te lezen."
        ),
        "dct:publisher": _describe_agent(publisher),
        "dcat:contactPoint": _describe_contact(publisher),
        "dcat:theme": {"@id": f"{AUTHORITY}/data-theme/SOCI"},
        "dct:accessRights": {"@id": f"{AUTHORITY}/access-right/PUBLIC", "@type": "dct:RightsStatement"},
        "dct:license": _name_licence(),
        "dcat:endpointURL": {"@id": _api(publisher)},
        "dcat:endpointDescription": {"@id": f"{_api(publisher)}/openapi.json"},
        "dcat:servesDataset": [{"@id": dataset["@id"]} for dataset in datasets],
    }


def _api(publisher: Publisher) -> str:
    return f"{publisher.site}/api/v1"


def _describe_agent(publisher: Publisher) -> Node:
    return {"@id": f"{publisher.site}/", "@type": "foaf:Agent", "foaf:name": _dutch(publisher.name)}


def _describe_contact(publisher: Publisher) -> Node:
    return {
        "@id": f"{publisher.site}/contact/",
        # The profile asks for the general kind by name.
        "@type": ["vcard:Organization", "vcard:Kind"],
        "vcard:fn": _dutch(publisher.name),
        "vcard:hasEmail": {"@id": f"mailto:{publisher.email}"},
        "vcard:hasURL": {"@id": f"{publisher.site}/contact/"},
    }


def _name_language() -> Node:
    return {"@id": f"{AUTHORITY}/language/NLD", "@type": "dct:LinguisticSystem"}


def _name_licence() -> Node:
    return {"@id": LICENCE, "@type": "dct:LicenseDocument"}


def _name_country() -> Node:
    return {"@id": f"{AUTHORITY}/country/NLD", "@type": "dct:Location"}


def _day(day: date) -> Node:
    return {"@value": day.isoformat(), "@type": "xsd:date"}


def _dutch(text: str) -> Node:
    return {"@value": text, "@language": "nl"}

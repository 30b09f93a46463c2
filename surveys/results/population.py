"""The municipalities that the figures of a wave stand for, and the responses that speak for them."""

from dataclasses import dataclass

from surveys.questionnaire.models import FrameMunicipality, Wave
from surveys.responses.models import Response, ResponseMunicipality
from surveys.results.dimensions import Dimension
from surveys.results.grouping import UNGROUPED
from surveys.results.precision.frame import FrameMember


@dataclass(frozen=True, slots=True)
class Population:
    """`size_classes` has the Dutch names of the classes in the frame by their code, smallest first."""

    members: tuple[FrameMember, ...]
    size_classes: dict[str, str]


def load_population(wave: Wave) -> Population:
    """The frame of a wave, in two queries."""
    clusters: dict[str, str] = {}
    coverage = ResponseMunicipality.objects.filter(
        response__wave=wave, response__status=Response.Status.SUBMITTED
    ).values_list("municipality", "response", "response__organisation")
    for municipality, response, organisation in coverage:
        if organisation == municipality or municipality not in clusters:
            clusters[municipality] = str(response)
    members, size_classes = [], {}
    frame = FrameMunicipality.objects.filter(wave=wave).order_by("size_class__lower_bound", "municipality")
    for code, size_class, name, province, region, inhabitants in frame.values_list(
        "municipality", "size_class", "size_class__name", "province", "youth_region", "population"
    ):
        size_classes[size_class] = name
        groups = {
            Dimension.SIZE_CLASS.value: size_class,
            Dimension.PROVINCE.value: province,
            Dimension.YOUTH_REGION.value: region or UNGROUPED,
        }
        members.append(FrameMember(code, groups, inhabitants, clusters.get(code, "")))
    return Population(tuple(members), size_classes)

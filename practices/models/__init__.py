"""The public knowledge library: pages that editors write, beside figures that the survey counted."""

from practices.models.case_parts import PracticeFact, PracticeMeasure, PracticeSource, PracticeStatus
from practices.models.cases import PracticeIndexPage, PracticePage
from practices.models.contribution_workflow import (
    EditorsReview,
    EditorsReviewState,
    PlaceApproval,
    PlaceConsent,
)
from practices.models.contributions import Contribution
from practices.models.reactions import Reaction, WaitingMail
from practices.models.reports import WaveReport
from practices.models.shortlists import SavedCase
from practices.models.site_pages import (
    AccountabilityPage,
    GlossaryPage,
    HomePage,
    MeasureIndexPage,
    MeasurePage,
    TextPage,
)
from practices.models.sources import SourceIndexPage, SourcePage
from practices.models.upkeep import AgeingNotice, CheckedLink, LinkPlace
from practices.models.vocabularies import Audience, GlossaryTerm, SynonymGroup, Theme

__all__ = [
    "AccountabilityPage",
    "AgeingNotice",
    "Audience",
    "CheckedLink",
    "Contribution",
    "EditorsReview",
    "EditorsReviewState",
    "GlossaryPage",
    "GlossaryTerm",
    "HomePage",
    "LinkPlace",
    "MeasureIndexPage",
    "MeasurePage",
    "PlaceApproval",
    "PlaceConsent",
    "PracticeFact",
    "PracticeIndexPage",
    "PracticeMeasure",
    "PracticePage",
    "PracticeSource",
    "PracticeStatus",
    "Reaction",
    "SavedCase",
    "SourceIndexPage",
    "SourcePage",
    "SynonymGroup",
    "TextPage",
    "Theme",
    "WaitingMail",
    "WaveReport",
]

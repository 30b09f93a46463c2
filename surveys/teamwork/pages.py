"""What the pages of a team show: who does what, who is looking now, who was invited."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from surveys.accounts.access import SignedInRequest
from surveys.accounts.models import Membership
from surveys.questionnaire.definition import SectionDefinition
from surveys.teamwork.access import TeamAccess, access_team
from surveys.teamwork.models import Invitation
from surveys.teamwork.presence import list_present
from surveys.teamwork.queries import (
    is_limited_member,
    list_colleagues,
    list_pending_invitations,
    load_asked_definition,
    load_assigned_sections,
    name_holders,
)


@dataclass(frozen=True)
class Colleague:
    """One row of the team page; `titles` are the sections they do, as far as the reader may see these.

    `looking` says in words where somebody looked within the last minute, empty for who did not.
    """

    membership: Membership
    titles: list[str]
    looking: str
    url: str

    @property
    def name(self) -> str:
        return str(self.membership.person)

    @property
    def description(self) -> str:
        """Everything about them, a line each, for components/summary_list.html."""
        role = self.membership.get_role_display().capitalize()
        lines = [f"{role}, mag indienen" if self.membership.may_submit else role]
        if self.titles:
            lines.append(f"Doet: {', '.join(self.titles)}")
        if is_limited_member(self.membership):
            lines.append("Ziet alleen eigen onderdelen")
        return "\n".join([*lines, self.looking] if self.looking else lines)


@dataclass(frozen=True)
class Invited:
    invitation: Invitation
    titles: list[str]
    has_expired: bool
    revoke_url: str


@dataclass(frozen=True)
class TeamPage:
    """One page of the team, for one of its members."""

    team: TeamAccess

    @cached_property
    def sections(self) -> list[SectionDefinition]:
        """Those that the reader may see, in the version their organisation answers."""
        definition = load_asked_definition(self.team.wave, organisation=self.team.organisation)
        return [section for section in definition.sections if self.team.may_see(section.code)]

    @cached_property
    def colleagues(self) -> list[Membership]:
        return list_colleagues(self.team.organisation)

    @cached_property
    def assigned(self) -> dict[int, set[str]]:
        """Section codes by membership id."""
        return load_assigned_sections(self.team.wave, organisation=self.team.organisation)

    @property
    def own_sections(self) -> list[SectionDefinition]:
        mine = self.assigned.get(self.team.membership.pk, ())
        return [section for section in self.sections if section.code in mine]

    @property
    def team_url(self) -> str:
        return self.link("teamwork:team")

    @property
    def start_url(self) -> str:
        return self.link("responses:start")

    def link(self, name: str, **parts: object) -> str:
        return reverse(
            name, kwargs={"wave": self.team.wave.code, "organisation": self.team.organisation.pk, **parts}
        )

    def list_titles(self, codes: Any) -> list[str]:
        return [section.title for section in self.sections if section.code in codes]

    def list_team(self) -> list[Colleague]:
        titles = {section.code: section.title for section in self.sections}
        looking = {each.membership.pk: each for each in list_present(self.colleagues, wave=self.team.wave)}
        rows = []
        for each in self.colleagues:
            is_self = each.pk == self.team.membership.pk
            present = None if is_self else looking.get(each.pk)
            place = f" bij “{titles[present.section]}”" if present and present.section in titles else ""
            rows.append(
                Colleague(
                    each,
                    self.list_titles(self.assigned.get(each.pk, ())),
                    "Dat bent u" if is_self else f"Kijkt nu mee{place}" if present else "",
                    self.link("teamwork:member", membership=each.pk) if self.team.may_manage else "",
                )
            )
        return rows

    def list_work(self) -> list[dict[str, str]]:
        """Per section who does it, for components/summary_list.html."""
        names = name_holders(self.colleagues, assigned=self.assigned)
        return [
            {
                "term": section.title,
                "description": ", ".join(names.get(section.code, ())) or "Aan niemand gegeven",
            }
            for section in self.sections
        ]

    def list_invited(self, *, at: datetime) -> list[Invited]:
        pending = list_pending_invitations(self.team.wave, organisation=self.team.organisation)
        return [
            Invited(
                each,
                self.list_titles(each.sections),
                not each.is_open(at=at),
                self.link("teamwork:revoke", invitation=each.pk),
            )
            for each in pending
        ]

    def render(
        self, request: SignedInRequest, template: str, *, title: str, status: int = 200, **context: Any
    ) -> HttpResponse:
        """`title` is the page's own name, at the end of the breadcrumbs."""
        breadcrumbs = [
            {"title": "Home", "url": "/"},
            {"title": "Vragenlijst invullen", "url": reverse("responses:overview")},
            {"title": f"{self.team.wave.title} – {self.team.organisation}", "url": self.start_url},
        ]
        if request.path != self.team_url:
            breadcrumbs.append({"title": "Samenwerken", "url": self.team_url})
        return render(
            request,
            f"teamwork/{template}.html",
            {
                "page": self,
                "team": self.team,
                "title": title,
                "breadcrumbs": [*breadcrumbs, {"title": title}],
                **context,
            },
            status=status,
        )


def open_team(request: SignedInRequest, *, wave: str, organisation: str) -> TeamPage:
    """Raises Http404, see `access_team`."""
    return TeamPage(access_team(request.user, wave_code=wave, organisation_code=organisation))

from django.urls import path

from surveys.teamwork import invitation_views, note_views, team_views

app_name = "teamwork"

TEAM = "<slug:wave>/<slug:organisation>/samenwerken/"
MEMBER = f"{TEAM}collega/<int:membership>/"
NOTES = "<slug:wave>/<slug:organisation>/notities/<slug:question>/"

urlpatterns = [
    path("uitnodiging/<slug:token>/", invitation_views.open_invitation, name="invitation"),
    path(TEAM, team_views.show_team, name="team"),
    path(f"{TEAM}uitnodigen/", team_views.invite, name="invite"),
    path(f"{TEAM}uitnodiging/<int:invitation>/intrekken/", team_views.revoke, name="revoke"),
    path(f"{TEAM}overdragen/", team_views.pass_on, name="hand_over"),
    path(f"{TEAM}teruggeven/", team_views.give_back, name="give_back"),
    path(MEMBER, team_views.show_member, name="member"),
    path(f"{MEMBER}onderdelen/", team_views.change_sections, name="sections"),
    path(f"{MEMBER}rol/", team_views.choose_role, name="role"),
    path(f"{MEMBER}verwijderen/", team_views.remove, name="remove"),
    path(NOTES, note_views.show_notes, name="notes"),
    path(f"{NOTES}<int:note>/weghalen/", note_views.remove_note, name="delete_note"),
]

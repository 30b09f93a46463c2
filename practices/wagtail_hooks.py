from surveys.trail.actions import register_actions

register_actions({"report.make": ("Rapport maken", "Rapport gemaakt")})

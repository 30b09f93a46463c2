from surveys.trail.actions import register_actions

register_actions(
    {
        "team.invite_coordinator": ("Coördinator uitnodigen", "Coördinator uitgenodigd door de onderzoekers"),
        "team.withdraw_invitations": (
            "Uitnodigingen intrekken",
            "Uitnodigingen van een vorig adres ingetrokken",
        ),
        "team.invite": ("Collega uitnodigen", "Collega uitgenodigd"),
        "team.revoke_invitation": ("Uitnodiging intrekken", "Uitnodiging ingetrokken"),
        "team.accept": ("Uitnodiging aannemen", "Uitnodiging aangenomen"),
        "team.assign": ("Onderdelen verdelen", "Onderdelen van een collega gewijzigd"),
        "team.change_role": ("Rol wijzigen", "Rol van een collega gewijzigd"),
        "team.remove": ("Collega verwijderen", "Collega uit het team gehaald"),
        "team.hand_over": ("Vragenlijst overdragen", "Vragenlijst overgedragen"),
        "team.give_back": ("Onderdeel teruggeven", "Onderdeel teruggegeven"),
        "team.write_note": ("Notitie schrijven", "Notitie geschreven"),
        "team.delete_note": ("Notitie weghalen", "Notitie weggehaald"),
    }
)

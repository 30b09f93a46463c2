from surveys.trail.actions import register_actions

register_actions(
    {
        "release.prepare": ("Publicatie klaarzetten", "Publicatie klaargezet"),
        "release.change": ("Publicatie wijzigen", "Publicatie gewijzigd"),
        "release.schedule": ("Publicatie inplannen", "Publicatie ingepland"),
        "release.publish": ("Publicatie openbaar maken", "Publicatie openbaar gemaakt"),
        "comparison.make_group": ("Vergelijkingsgroep maken", "Vergelijkingsgroep gemaakt"),
        "comparison.change_group": ("Vergelijkingsgroep wijzigen", "Vergelijkingsgroep gewijzigd"),
        "comparison.delete_group": ("Vergelijkingsgroep verwijderen", "Vergelijkingsgroep verwijderd"),
    }
)

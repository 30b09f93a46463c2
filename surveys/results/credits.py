"""Where the figures come from and who may use them: what stands in every file. Pure."""

SOURCE = "Maatregelenmonitor jeugdhulp. Gebiedsindeling en inwoners: CBS."
LICENCE = "Creative Commons Naamsvermelding 4.0 (CC BY 4.0): u mag dit vrij gebruiken met bronvermelding."
NO_LICENCE = "Geen: dit bestand is niet openbaar."

"""From a Typst template and data to an accessible PDF."""

"""The screens under /beheer/coderen/."""

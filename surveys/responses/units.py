"""What is counted: the organisations that answer, or those they answer for. Pure."""

from enum import StrEnum


class Unit(StrEnum):
    """The unit of analysis. It has no default: ten municipalities with one shared answer are ten, or one."""

    RESPONSE = "response"
    MUNICIPALITY = "municipality"
    INHABITANTS = "inhabitants"

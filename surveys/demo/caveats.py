from surveys.demo.models import DemoWorld
from surveys.questionnaire.models import Wave

INVENTED = "Demonstratie: de gemeenten zijn echt, wie wat heeft geantwoord is verzonnen."


def warn_of_invented_answers(wave: Wave) -> list[str]:
    """Every table and file says so while the demo world is there, whatever the wave."""
    return [INVENTED] if DemoWorld.objects.exists() else []

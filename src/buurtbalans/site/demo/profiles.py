"""What the invented organisations of Waterdam can do: a profile for each, one of them not looked at for long."""

from collections.abc import Mapping
from typing import Final, NamedTuple

from buurtbalans.method.people.actions import write_profile
from buurtbalans.method.people.models import Person, Profile
from buurtbalans.site.demo.table import moment


class InventedProfile(NamedTuple):
    """A profile, and who wrote it."""

    by: str
    can: str
    for_whom: str
    mandate: str
    hours: str
    reach: str
    ago: int


PROFILES: Final = (
    InventedProfile(
        "samira",
        "Wij leiden rondes, vragen vergunningen aan en regelen licht, groen en schoonmaak op straat.",
        "alle bewoners van Waterdam",
        "Tot 5.000 euro per buurt besluit de gebiedsmakelaar zelf.",
        "maandag tot en met vrijdag, 9 tot 17 uur",
        "via het loket op de begane grond van het stadhuis",
        20,
    ),
    InventedProfile(
        "fatima",
        "Wij verhuren en onderhouden huizen. Onze huismeesters kennen hun straten en praten met huurders.",
        "huurders van Wonen Waterdam",
        "Een ruimte lenen wij zelf uit, tot een jaar. Verbouwen beslist ons bestuur.",
        "huismeester elke werkdag van 8 tot 12 uur",
        "via de balie aan de Singel",
        34,
    ),
    InventedProfile(
        "lotte",
        "Wij verhuren huizen rond de haven. Wij gaan langs bij huurders die alleen wonen.",
        "huurders van Haven Wonen",
        "De gebiedsbeheerder kiest zelf bij wie wij langsgaan.",
        "maandag, dinsdag en donderdag",
        "via het kantoor aan de Noordkade",
        230,
    ),
    InventedProfile(
        "joris",
        "Wij helpen met geld, regelingen en opvoeden. Wij komen ook thuis. Wij geven geen rechtsbijstand.",
        "alle mensen in Molenveld vanaf 18 jaar",
        "Wij starten hulp zonder verwijzing.",
        "elke werkdag, en dinsdagavond tot 20 uur",
        "zonder afspraak in De Spoel",
        12,
    ),
    InventedProfile(
        "amina",
        "Wij begeleiden mensen die net zelf wonen of weer gaan wonen. Wij runnen een open huiskamer.",
        "mensen met een indicatie, en buurtgenoten in de huiskamer",
        "Wie in de huiskamer komt, beslissen wij zelf.",
        "elke dag, ook in het weekend",
        "via de huiskamer in de Oude Werf",
        41,
    ),
    InventedProfile(
        "ruben",
        "Wij helpen mensen aan werk en aan een uitkering. Wij schuiven aan waar mensen al komen.",
        "mensen zonder werk of met weinig geld",
        "Een proefplaats van drie maanden regelt de klantmanager zelf.",
        "maandag tot en met donderdag",
        "via het werkplein bij het station",
        15,
    ),
    InventedProfile(
        "ria",
        "Wij weten wat er speelt en vragen het na bij buren. Wij beslissen niet voor anderen.",
        "iedereen in het Weverskwartier",
        "",
        "op woensdagavond",
        "in het buurthuis, bij de koffie",
        8,
    ),
)


def make_profiles(people: Mapping[str, Person]) -> None:
    """Make the profiles that are not there yet."""
    for told in PROFILES:
        by = people[told.by]
        if by.organisation is None or Profile.objects.filter(organisation=by.organisation).exists():
            continue
        texts = {name: getattr(told, name) for name in ("can", "for_whom", "mandate", "hours", "reach")}
        profile = write_profile(by=by, organisation=by.organisation, **texts)
        Profile.objects.filter(pk=profile.pk).update(edited_at=moment(-told.ago, 11))

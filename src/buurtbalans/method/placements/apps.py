"""Registers the app `placements` with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlacementsConfig(AppConfig):
    name = "buurtbalans.method.placements"
    label = "placements"
    default_auto_field = "django.db.models.BigAutoField"
    audit_words = {
        "switch": _("zette het plaatsen aan of uit"),
        "import_batch": _("las een lijst in om te plaatsen"),
        "advise": _("vroeg advies over een lijst"),
        "begin_work": _("liet iets uitrekenen voor een lijst"),
        "finish_work": _("kreeg uitgerekend wat voor een lijst gevraagd was"),
        "fail_work": _("kreeg iets voor een lijst niet uitgerekend"),
        "choose_plan": _("koos een plan voor een lijst"),
        "decide": _("besliste over een huishouden"),
        "review": _("keek een besluit na"),
        "reconsider": _("nam een besluit over een huishouden terug"),
        "follow_week": _("nam het advies van een week over"),
        "reconsider_week": _("nam dat advies van een week terug"),
        "close": _("rondde een lijst af"),
        "reopen": _("opende een lijst weer"),
        "remove_batch": _("haalde een lijst weg"),
        "renew_room": _("liet een lijst rekenen met een nieuwe afspraak over ruimte"),
        "restore_room": _("liet een lijst weer rekenen met de ruimte van eerst"),
        "erase_batches": _("wiste lijsten waarvan de termijn voorbij is"),
    }
    audit_things = {
        "placingswitch": _("schakelaar van het plaatsen"),
        "placingbatch": _("lijst om te plaatsen"),
        "placingwork": _("rekenwerk voor een lijst"),
        "placingdecision": _("besluit over een huishouden"),
    }
    audit_facts = {
        "on": _("aan"),
        "organisation": _("organisatie"),
        "households": _("huishoudens"),
        "homes": _("woningen"),
        "rooms": _("afspraken over ruimte"),
        "number": _("nummer"),
        "placed": _("geplaatst"),
        "plan": _("plan"),
        "kind": _("soort"),
        "choice": _("besluit"),
        "agreed": _("akkoord"),
        "locked": _("vastgelegd"),
        "held": _("aangehouden"),
        "batches": _("gewiste lijsten"),
    }

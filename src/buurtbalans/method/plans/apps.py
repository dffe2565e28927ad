"""Registers the app `plans` with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlansConfig(AppConfig):
    name = "buurtbalans.method.plans"
    label = "plans"
    default_auto_field = "django.db.models.BigAutoField"
    audit_words = {
        "accept_effort": _("zei ja op een inzet"),
        "agree_effort": _("sprak een inzet af"),
        "agree_plan": _("stelde het plan vast"),
        "agree_result": _("sprak een resultaat af"),
        "confirm_effort": _("bevestigde dat een inzet nog klopt"),
        "decline_effort": _("zei nee op een inzet, met reden"),
        "edit_condition": _("paste een voorwaarde aan"),
        "edit_effort": _("paste een inzet aan"),
        "edit_progress": _("paste aan hoe een inzet ging"),
        "edit_result": _("paste een resultaat aan"),
        "propose_effort": _("stelde een inzet voor aan een organisatie"),
        "renew_effort": _("besloot opnieuw over een inzet"),
        "report_effort": _("meldde hoe een inzet loopt"),
        "report_progress": _("schreef op hoe een inzet ging"),
        "restore_condition": _("zette een voorwaarde terug"),
        "restore_effort": _("zette een inzet terug"),
        "restore_progress": _("zette terug hoe een inzet ging"),
        "restore_result": _("zette een resultaat terug"),
        "set_condition": _("sprak een voorwaarde af"),
        "withdraw_condition": _("haalde een voorwaarde weg"),
        "withdraw_effort": _("haalde een inzet weg"),
        "withdraw_progress": _("haalde weg hoe een inzet ging"),
        "withdraw_result": _("haalde een resultaat weg"),
    }
    audit_things = {
        "result": _("resultaat"),
        "effort": _("inzet"),
        "progress": _("verloop van een inzet"),
        "condition": _("voorwaarde"),
        "planversion": _("vastgesteld plan"),
    }
    audit_facts = {
        "claims": _("uitspraken"),
        "state": _("stand"),
        "effort": _("inzet"),
        "number": _("versie"),
        "fields": _("velden"),
        "owner": _("wie dit trekt"),
        "area": _("in welke buurt"),
        "version": _("versie van de tekst"),
    }

"""Registers the app `rounds` with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RoundsConfig(AppConfig):
    name = "buurtbalans.method.rounds"
    label = "rounds"
    default_auto_field = "django.db.models.BigAutoField"
    audit_words = {
        "start_round": _("begon een ronde"),
        "edit_round": _("paste een ronde aan"),
        "add_to_team": _("nam iemand op in een ronde"),
        "set_step": _("werkte een stap bij"),
        "bring_in": _("bracht een uitspraak in"),
        "edit_claim": _("paste een uitspraak aan"),
        "add_figure": _("legde een cijfer bij een uitspraak"),
        "add_story": _("legde een verhaal bij een uitspraak"),
        "remove_evidence": _("haalde bewijs weg"),
        "judge": _("legde het oordeel van de groep vast"),
        "give_opinion": _("gaf de mening van een organisatie"),
        "note_gap": _("schreef op wat nog niet bekend is"),
        "answer_gap": _("beantwoordde een open vraag"),
        "draw_line": _("zette een regel in het gedeelde beeld"),
        "edit_line": _("paste een regel van het beeld aan"),
        "share_picture": _("deelde het beeld"),
        "note_export": _("bewaarde een hele ronde"),
        "write_agreement": _("begon een afspraak over delen"),
        "edit_agreement": _("paste de afspraak over delen aan"),
        "propose_agreement": _("legde de afspraak over delen voor"),
        "sign_agreement": _("tekende de afspraak over delen"),
        "take_back_signature": _("nam een handtekening terug"),
        "end_agreement": _("stopte de afspraak over delen"),
        "pledge": _("zegde toe wat de organisatie deelt"),
        "edit_pledge": _("paste een toezegging aan"),
        "withdraw_pledge": _("nam een toezegging terug"),
        "restore_pledge": _("zette een toezegging terug"),
    }
    audit_things = {
        "round": _("ronde"),
        "roundstep": _("stap"),
        "claim": _("uitspraak"),
        "evidence": _("bewijs"),
        "opinion": _("mening"),
        "gap": _("open vraag"),
        "pictureline": _("regel van het beeld"),
        "agreement": _("afspraak over delen"),
        "pledge": _("toezegging"),
        "signature": _("handtekening"),
    }
    audit_facts = {
        "release": _("uitgave"),
        "fields": _("velden"),
        "state": _("stand"),
        "round": _("ronde"),
        "claim": _("uitspraak"),
        "claims": _("uitspraken"),
        "indicator": _("cijfer"),
        "shipment": _("levering"),
        "story": _("verhaal"),
        "verdict": _("oordeel"),
        "stance": _("mening"),
        "lines": _("regels"),
        "files": _("bestanden"),
        "agreement": _("afspraak over delen"),
        "number": _("nummer"),
    }

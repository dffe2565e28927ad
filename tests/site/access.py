"""The access matrix as data: one line per address and method says who gets what; the suite walks all of it.

Adding an address? Add a `row(...)` below. `of` names the object in the address (see content_fixtures.py); a foreign
object is always asked for too, and does not exist for anybody here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

VIEWERS: Final = (
    "anonymous", "administrator", "auditor", "data_steward", "member", "process_guide", "core_member", "ring_member",
    "guest", "reader", "ambassador", "privacy_officer", "placing_officer",
)  # fmt: skip
LOGIN: Final = 1  # sent to the page where one signs in
GUIDE: Final = ("process_guide",)
CORE: Final = (*GUIDE, "core_member")
RING: Final = (*CORE, "ring_member", "guest")
COUNTING: Final = ("core_member", "ring_member", "guest")  # to all others an exact count of people does not exist
AUTHOR: Final = ("core_member",)  # who wrote what stands in the own round
STARTERS: Final = ("member", *CORE)
STEWARDS: Final = ("data_steward",)
SUPPLIER: Final = ("data_steward", "member", "core_member")  # who deliver for the organisation of the own shipments
COLLEAGUES: Final = ("data_steward", "member")  # of who wrote the own texts
SUPPLIERS: Final = (*SUPPLIER, "process_guide")

PLACERS: Final = ("placing_officer",)
OFFICERS: Final = ("privacy_officer",)
WORKING: Final = (*SUPPLIERS, "ring_member", "guest", "ambassador", *OFFICERS, *PLACERS)  # who work at an organisation

Answers = Mapping[str, int]


@dataclass(frozen=True)
class Row:
    """What every viewer gets from one address with one method, about an own and about a foreign object."""

    name: str
    method: str
    own: Answers
    foreign: Answers
    of: str


def only(who: tuple[str, ...], status: int = 200, others: int = 403) -> Answers:
    """Return: these people get the status, others are refused, and who is not signed in is asked to do so."""
    return {viewer: status if viewer in who else LOGIN if viewer == "anonymous" else others for viewer in VIEWERS}


def within(seeing: tuple[str, ...], who: tuple[str, ...] | None = None, status: int = 200) -> Answers:
    """Return: these people get the status, others who see the object are refused, for the rest it does not exist."""
    doing = seeing if who is None else who
    return {
        viewer: 403 if viewer in seeing and viewer not in doing else answer
        for viewer, answer in only(doing, status, 404).items()
    }


def everybody(status: int = 200, **others: int) -> Answers:
    """Return: everybody gets the status, except those who are named."""
    return {viewer: others.get(viewer, status) for viewer in VIEWERS}


def sender(status: int) -> Answers:
    """Return: who sent the draft gets the status; it does not exist for others who deliver, and the rest may not."""
    return {
        who: 404 if who in SUPPLIERS and who not in AUTHOR else found for who, found in only(AUTHOR, status).items()
    }


SIGNED_IN: Final = only(VIEWERS[1:])
NOT_THERE: Final = only((), others=404)
ROWS: list[Row] = []


def row(name: str, method: str, own: Answers, *, of: str = "", foreign: Answers = NOT_THERE) -> None:
    """Add a line to the matrix."""
    ROWS.append(Row(name, method, own, foreign, of))


def form(name: str, seeing: tuple[str, ...], who: tuple[str, ...], *, of: str) -> None:
    """Add the two lines of a page with a form: it is shown, and without an answer it is shown again."""
    row(name, "GET", within(seeing, who), of=of)
    row(name, "POST", within(seeing, who, 422), of=of)


def there_and_back(app: str, seeing: tuple[str, ...], who: tuple[str, ...], *kinds: str) -> None:
    """Add the lines of two buttons per kind: one takes it away, the other puts it back."""
    for kind in kinds:
        for end in ("withdraw", "restore"):
            row(f"{app}:{end}_{kind}", "POST", within(seeing, who, 302), of=kind)


row("start", "GET", everybody(302, anonymous=200))
row("blocks", "GET", everybody())
row("healthz", "GET", everybody())
row("look_as", "POST", everybody(404), of="who")
row("language", "POST", everybody(302))
for sign_in in ("login", "account_login"):
    row(sign_in, "GET", everybody(302, anonymous=200))
    row(sign_in, "POST", everybody(302, anonymous=200))
for sign_out in ("logout", "account_logout"):
    row(sign_out, "GET", everybody(200, anonymous=302))
    row(sign_out, "POST", everybody(302))
row("account_inactive", "GET", everybody())
row("mfa_authenticate", "GET", everybody(302, anonymous=LOGIN))
row("mfa_authenticate", "POST", everybody(302, anonymous=LOGIN))
row("account", "GET", SIGNED_IN)
row("typing_key", "GET", SIGNED_IN)
row("reminders", "POST", only(VIEWERS[1:], 302))
row("account_change_password", "POST", SIGNED_IN)
for confirm in ("account_reauthenticate", "account_change_password", "mfa_index"):
    row(confirm, "GET", SIGNED_IN)
row("account_reauthenticate", "POST", SIGNED_IN)
for second_step in ("mfa_reauthenticate", "mfa_activate_totp", "mfa_generate_recovery_codes"):
    row(second_step, "GET", only(VIEWERS[1:], 302))
    row(second_step, "POST", only(VIEWERS[1:], 302))
for not_on in ("mfa_deactivate_totp", "mfa_view_recovery_codes"):
    row(not_on, "GET", NOT_THERE)
row("mfa_deactivate_totp", "POST", NOT_THERE)
ADMINISTRATOR: Final = ("administrator",)
row("accounts", "GET", only(ADMINISTRATOR))
row("new_account", "GET", only(ADMINISTRATOR))
row("new_account", "POST", only(ADMINISTRATOR, 422))
row("close_account", "GET", only(ADMINISTRATOR), of="account")
row("close_account", "POST", only(ADMINISTRATOR, 302), of="account")
row("open_account", "POST", only(ADMINISTRATOR, 302), of="closed_account", foreign=only(ADMINISTRATOR, 404))
row("audit", "GET", only(("auditor",)))

row("home", "GET", SIGNED_IN)
row("tour", "GET", everybody())
row("map", "GET", everybody())
row("map_file", "GET", everybody(), of="saved")
row("city_file", "GET", everybody(), of="saved")
row("area_file", "GET", everybody(), of="area_saved")
row("area_beside_file", "GET", everybody(), of="area_saved")
row("neighbourhood_file", "GET", everybody(), of="neighbourhood_saved", foreign=everybody())
row("neighbourhood_beside_file", "GET", everybody(), of="neighbourhood_saved", foreign=everybody())
row("area", "GET", everybody(), of="area")
row("neighbourhood", "GET", everybody(), of="neighbourhood", foreign=everybody())
row("balance", "GET", everybody())
row("city_balance_file", "GET", everybody(), of="saved")
row("area_balance_file", "GET", everybody(), of="area_saved")
row("neighbourhood_balance_file", "GET", everybody(), of="neighbourhood_saved", foreign=everybody())
for of_balance in ("why", "weigh"):
    row(f"area_{of_balance}", "GET", everybody(), of="area")
    row(f"neighbourhood_{of_balance}", "GET", everybody(), of="neighbourhood", foreign=everybody())
row("draw_area", "GET", only(STARTERS))
row("draw_area", "POST", only(STARTERS, 422))
for listed in ("docs", "openapi", "catalog", "releases", "areas", "indicators", "balance"):
    row(f"api:{listed}", "GET", everybody())
row("api:figures", "GET", everybody(400))
row("api:unknown", "GET", everybody(404), of="nothing")
row("api:slash", "GET", everybody(404))
row("area_overview", "GET", everybody(), of="area")
row("neighbourhood_overview", "GET", everybody(), of="neighbourhood", foreign=everybody())
row("catalogue", "GET", everybody())
row("source", "GET", everybody(), of="indicator")
row("search", "GET", everybody())
row("learn", "GET", everybody())

row("datasets:releases", "GET", only(STEWARDS))
row("datasets:quality", "GET", only(STEWARDS), of="release")
row("datasets:publish", "GET", only(STEWARDS), of="release")
row("datasets:publish", "POST", only(STEWARDS, 422), of="release")
row("datasets:undo", "GET", only(STEWARDS))
row("datasets:undo", "POST", only(STEWARDS, 302))

row("datasets:ask_reply", "GET", only(STEWARDS), of="release")
row("datasets:ask_reply", "POST", only(STEWARDS, 422), of="release")
row("datasets:take_out", "POST", only(STEWARDS, 302), of="reply", foreign=only(STEWARDS, 404))
form("datasets:reply", SUPPLIERS, SUPPLIER, of="reply")
row("datasets:shipments", "GET", only(SUPPLIERS))
row("datasets:upload", "GET", only(SUPPLIERS))
row("datasets:upload", "POST", only(SUPPLIERS, 422))
row("datasets:receive_counts", "POST", only(SUPPLIERS, 422))
row("datasets:template", "GET", only(SUPPLIERS), of="template")
row("datasets:count", "GET", only(SUPPLIERS))
row("datasets:count_borders", "GET", everybody(), of="borders")
row("datasets:check", "GET", sender(200), of="draft", foreign=sender(404))
row("datasets:check", "POST", sender(422), of="draft", foreign=sender(404))
row("datasets:discard", "POST", sender(302), of="draft", foreign=sender(404))
row("datasets:shipment", "GET", within(SUPPLIERS), of="shared_shipment")
row("datasets:share", "GET", within(SUPPLIER), of="home_shipment")
row("datasets:share", "POST", within(SUPPLIER, status=422), of="home_shipment")
row("datasets:withdraw", "POST", within(SUPPLIERS, SUPPLIER, 302), of="shared_shipment")
row("datasets:restore", "POST", within(SUPPLIER, status=302), of="home_shipment")

row("rounds:list", "GET", SIGNED_IN)
row("rounds:new", "GET", only(STARTERS))
row("rounds:new", "POST", only(STARTERS, 422))
row("rounds:round", "GET", within(RING), of="round")
form("rounds:edit", RING, GUIDE, of="round")
row("rounds:welcome", "GET", within(RING), of="round")
row("rounds:team", "GET", within(RING), of="round")
row("rounds:meetings", "GET", within(RING), of="round")
row("rounds:points", "GET", within(RING), of="points")
row("rounds:parking", "GET", within(RING, CORE), of="round")
form("rounds:park", RING, CORE, of="round")
for led in ("invite", "hand_over", "new_subteam", "new_meeting", "close", "follow_up"):
    row(f"rounds:{led}", "GET", within(RING, GUIDE), of="round")
    row(f"rounds:{led}", "POST", within(RING, GUIDE, 422), of="round")
form("rounds:point", RING, GUIDE, of="point")
row("rounds:reopen", "POST", within(RING, GUIDE, 302), of="round")
row("rounds:take_out", "POST", within(RING, (*GUIDE, "ring_member"), 302), of="mate")
row("rounds:let_back", "POST", within(RING, GUIDE, 302), of="mate")
form("rounds:edit_subteam", CORE, GUIDE, of="subteam")
row("rounds:tell_found", "GET", within(CORE), of="subteam")
row("rounds:tell_found", "POST", within(CORE, status=422), of="subteam")
row("rounds:meeting", "GET", within(CORE), of="meeting")
form("rounds:edit_meeting", CORE, GUIDE, of="meeting")
row("rounds:note_meeting", "GET", within(CORE), of="meeting")
row("rounds:note_meeting", "POST", within(CORE, status=422), of="meeting")
for thing in ("subteam", "meeting"):
    row(f"rounds:{thing}_away", "POST", within(CORE, GUIDE, 302), of=thing)
    row(f"rounds:{thing}_back", "POST", within(CORE, GUIDE, 302), of=thing)
row("rounds:parked_away", "POST", within(CORE, status=302), of="parked")
row("rounds:parked_back", "POST", within(CORE, status=302), of="parked")
row("rounds:step", "GET", within(RING), of="step")
row("rounds:step", "POST", within(RING, GUIDE, 422), of="step")
form("rounds:new_claim", RING, CORE, of="round")
row("rounds:claim", "GET", within(CORE), of="claim")
row("rounds:edit_claim", "GET", within(CORE), of="claim")
row("rounds:edit_claim", "POST", within(CORE, status=422), of="claim")
row("rounds:add_figure", "GET", within(CORE), of="claim")
row("rounds:add_figure", "POST", within(CORE, status=422), of="claim")
row("rounds:add_story", "GET", within(CORE), of="claim")
row("rounds:add_story", "POST", within(CORE, status=422), of="claim")
row("rounds:remove_evidence", "POST", within(CORE, status=302), of="evidence")
row("rounds:restore_evidence", "POST", within(CORE, status=302), of="evidence")
row("rounds:put_on_agenda", "POST", within(CORE, status=302), of="claim")
row("rounds:park_claim", "POST", within(CORE, status=302), of="claim")
form("rounds:judge", CORE, GUIDE, of="claim")
row("rounds:opinion", "GET", within(CORE), of="judged")
row("rounds:opinion", "POST", within(CORE, status=422), of="judged")
form("rounds:new_gap", RING, CORE, of="round")
row("rounds:answer_gap", "GET", within(CORE), of="gap")
row("rounds:answer_gap", "POST", within(CORE, status=422), of="gap")
row("rounds:edit_gap", "GET", within(CORE), of="gap")
row("rounds:edit_gap", "POST", within(CORE, status=422), of="gap")
row("rounds:ask_missing", "POST", within(RING, CORE, 404), of="round")
row("rounds:picture", "GET", within(RING), of="round")
row("large_map:page", "GET", within(RING), of="round")
row("large_map:data", "GET", within(RING), of="round")
row("large_map:paper", "GET", within(RING), of="round")
row("large_map:mark", "GET", within(RING), of="mark")
for new_landmark in ("new_landmark", "import_landmarks"):
    row(f"large_map:{new_landmark}", "GET", within(RING, CORE), of="round")
    row(f"large_map:{new_landmark}", "POST", within(RING, CORE, 422), of="round")
row("large_map:landmarks", "GET", within(RING), of="round")
form("large_map:edit_landmark", RING, CORE, of="landmark")
there_and_back("large_map", RING, CORE, "landmark")
row("large_map:withdraw_landmarks", "POST", within(RING, CORE, 302), of="landmarks")
form("large_map:claim", RING, CORE, of="mark")
form("rounds:edit_picture", RING, GUIDE, of="round")
form("rounds:new_line", RING, GUIDE, of="round")
form("rounds:edit_line", CORE, GUIDE, of="line")
for change in ("move", "withdraw", "restore"):
    row(f"rounds:{change}_line", "POST", within(CORE, GUIDE, 302), of="line")
row("rounds:share_picture", "POST", within(RING, GUIDE, 302), of="round")
row("rounds:lay_picture", "POST", within(RING, GUIDE, 302), of="round")
row("rounds:public_picture", "GET", everybody(404), of="round", foreign=everybody(404))
row("rounds:version", "GET", within(RING), of="version")
row("rounds:voice", "GET", within(CORE), of="core_version")
row("rounds:voice", "POST", within(CORE, status=422), of="core_version")
for decision in ("agree", "publish", "narrow"):
    row(f"rounds:{decision}_picture", "POST", within(CORE, GUIDE, 302), of="core_version")
row("rounds:comment", "GET", within(RING, (*CORE, "ring_member")), of="version")
row("rounds:comment", "POST", within(RING, (*CORE, "ring_member"), 422), of="version")
form("rounds:answer_comment", RING, GUIDE, of="comment")
there_and_back("rounds", RING, CORE, "comment")
row("rounds:priorities", "GET", within(RING, CORE), of="round")
form("rounds:weigh", RING, CORE, of="round")
form("rounds:new_criterion", RING, GUIDE, of="round")
row("rounds:propose_criteria", "POST", within(RING, GUIDE, 302), of="round")
form("rounds:edit_criterion", CORE, GUIDE, of="criterion")
there_and_back("rounds", CORE, GUIDE, "criterion")
form("rounds:choose", RING, GUIDE, of="line")

row("rounds:agreement", "GET", within(RING, CORE), of="round")
row("rounds:agreement_version", "GET", within(RING, CORE), of="agreement_version")
form("rounds:write_agreement", RING, GUIDE, of="round")
row("rounds:propose_agreement", "POST", within(RING, GUIDE, 302), of="round")
form("rounds:end_agreement", RING, GUIDE, of="round")
for own_word in ("sign_agreement", "take_back_signature", "pledge"):
    form(f"rounds:{own_word}", RING, CORE, of="round")
form("rounds:edit_pledge", CORE, AUTHOR, of="pledge")
there_and_back("rounds", CORE, AUTHOR, "pledge")
row("partners:list", "GET", only(WORKING))
row("partners:partner", "GET", only(WORKING), of="partner", foreign=only(WORKING))
row("partners:edit", "GET", only(SUPPLIER), of="partner", foreign=only(()))
row("partners:edit", "POST", only(SUPPLIER, 422), of="partner", foreign=only(()))
row("partners:confirm", "POST", only(SUPPLIER, 302), of="partner", foreign=only(()))

row("stories:list", "GET", within(RING), of="round")
row("stories:new", "GET", within(RING), of="round")
row("stories:new", "POST", within(RING, status=422), of="round")
form("stories:edit", RING, AUTHOR, of="ring_story")
form("stories:share", CORE, AUTHOR, of="core_story")
row("stories:withdraw", "POST", within(AUTHOR, status=302), of="home_story")
row("stories:restore", "POST", within(CORE, status=302), of="core_story")
row("stories:interview", "GET", within(RING), of="round")
row("stories:interview", "POST", within(RING, status=422), of="round")
row("stories:withdraw_interview", "POST", within(CORE, status=302), of="interview")
row("stories:restore_interview", "POST", within(CORE, status=302), of="interview")
row("stories:codes", "GET", within(RING, CORE), of="round")
form("stories:new_code", RING, CORE, of="round")
form("stories:edit_code", RING, CORE, of="code")
there_and_back("stories", RING, CORE, "code")
row("stories:tags", "GET", within(RING, CORE), of="core_story")
row("stories:hang", "POST", within(RING, CORE, 302), of="tag")
row("stories:take_off", "POST", within(RING, CORE, 302), of="tag")
TELLING = tuple(viewer for viewer in RING if viewer != "guest")
row("notes:page", "GET", within(RING, TELLING), of="round")
row("notes:send", "POST", within(RING, TELLING, 422), of="round")
row("phone:shell", "GET", everybody())  # the same for all: it holds nothing of anybody
row("phone:worker", "GET", everybody())
row("phone:token", "GET", SIGNED_IN)
row("feelings:list", "GET", within(RING), of="round")
row("feelings:new", "GET", within(RING), of="round")
row("feelings:new", "POST", within(RING, status=422), of="round")
row("feelings:put", "GET", within(CORE, AUTHOR), of="core_feeling")
form("feelings:edit", CORE, AUTHOR, of="core_feeling")
form("feelings:share", CORE, AUTHOR, of="core_feeling")
row("feelings:withdraw", "POST", within(CORE, status=302), of="core_feeling")
row("feelings:restore", "POST", within(CORE, status=302), of="core_feeling")
form("feelings:show", RING, GUIDE, of="round")
row("feelings:withdraw_shown", "POST", within(RING, GUIDE, 302), of="shown_feelings")
row("feelings:restore_shown", "POST", within(RING, GUIDE, 302), of="shown_feelings")
row("ratings:list", "GET", within(RING, CORE), of="round")
form("ratings:new", RING, CORE, of="round")
form("ratings:edit", RING, AUTHOR, of="sheet")
row("ratings:withdraw", "POST", within(RING, CORE, 302), of="sheet")
row("ratings:restore", "POST", within(RING, CORE, 302), of="sheet")
row("reviews:list", "GET", SIGNED_IN)
for method, status in (("GET", 200), ("POST", 422)):  # its author may not, others of the organisation may
    row("reviews:review", method, within(SUPPLIER, COLLEAGUES, status), of="waiting_story")
    row("reviews:feeling", method, within(SUPPLIER, COLLEAGUES, status), of="waiting_feeling")

row("plans:plan", "GET", within(RING), of="round")
row("papers:picture", "GET", within(RING), of="paper")
row("papers:plan", "GET", within(RING, CORE), of="paper")
row("papers:agreement", "GET", within(RING, CORE), of="paper")
form("plans:new_result", RING, CORE, of="round")
form("plans:edit_result", RING, CORE, of="result")
form("plans:new_effort", RING, CORE, of="result")
form("plans:report", RING, CORE, of="effort")
form("plans:agree", RING, GUIDE, of="round")
row("plans:version", "GET", within(RING, CORE), of="plan_version")
form("plans:edit_effort", RING, CORE, of="effort")
row("plans:accept_effort", "POST", within(RING, AUTHOR, 302), of="proposal")
form("plans:decline_effort", RING, AUTHOR, of="proposal")
row("plans:confirm_effort", "POST", within(RING, CORE, 302), of="effort")
form("plans:renew_effort", RING, CORE, of="effort")
form("plans:new_progress", RING, CORE, of="effort")
form("plans:edit_progress", COUNTING, AUTHOR, of="progress")
there_and_back("plans", COUNTING, AUTHOR, "progress")
form("plans:new_condition", RING, CORE, of="round")
form("plans:edit_condition", RING, CORE, of="condition")
row("capacities:capacity", "GET", within(RING, CORE), of="round")
form("capacities:new_capacity", RING, CORE, of="round")
form("capacities:edit_capacity", RING, CORE, of="proposed_capacity")
form("capacities:answer_capacity", RING, GUIDE, of="proposed_capacity")  # another organisation than proposed it
form("capacities:review_capacity", RING, CORE, of="capacity")
form("capacities:new_support", RING, CORE, of="round")
form("capacities:edit_support", RING, CORE, of="support")
there_and_back("plans", RING, CORE, "result", "effort", "condition")
there_and_back("capacities", RING, CORE, "capacity", "support")
ORGANISED: Final = (*SUPPLIER, *PLACERS)  # who see the own batch: all of it, or the room in bands
row("placements:list", "GET", only((*ORGANISED, *OFFICERS)))
row("placements:switch", "GET", only(OFFICERS))
row("placements:switch", "POST", only(OFFICERS, 422))
row("placements:new", "GET", only(PLACERS))
row("placements:new", "POST", only(PLACERS, 422))
row("placements:template", "GET", only(PLACERS))
row("placements:batch", "GET", within(ORGANISED), of="batch")
for name in ("room", "replay", "log", "plans"):
    row(f"placements:{name}", "GET", within(ORGANISED, PLACERS), of="batch")
for name in ("close", "reopen"):
    row(f"placements:{name}", "POST", within(ORGANISED, PLACERS, 302), of="batch")
form("placements:choose_plan", ORGANISED, PLACERS, of="batch_plan")
row("placements:reconsider", "POST", within(ORGANISED, PLACERS, 302), of="batch_decision")
form("placements:decide", ORGANISED, PLACERS, of="batch_household")
form("placements:review", ORGANISED, PLACERS, of="batch_decision")
row("presence", "GET", everybody(anonymous=LOGIN))
row("still_true", "POST", within(CORE, status=302), of="still_true")
row("works", "GET", everybody())
row("work", "GET", everybody(), of="work")
row("evaluation:lines", "GET", within(RING), of="round")
row("evaluation:new", "GET", within(CORE), of="waiting")
row("evaluation:new", "POST", within(CORE, status=422), of="waiting")
row("evaluation:edit", "GET", within(CORE), of="evaluated")
row("evaluation:edit", "POST", within(CORE, status=422), of="evaluated")
row("history", "GET", within(CORE), of="claim_text")
row("go_back", "POST", within(CORE, status=302), of="claim_text")
row("erase_past", "POST", within(CORE, status=302), of="claim_past")
row("withdraw_text", "POST", within(CORE, status=302), of="claim_text")
row("restore_text", "POST", within(CORE, status=302), of="claim_text")
row("trash", "GET", SIGNED_IN)
row("round_trash", "GET", within(CORE), of="round")

"""Addresses of rounds; what higher apps show on these pages is given by the front door."""

from collections.abc import Mapping, Sequence

from django.urls import URLPattern, path

from buurtbalans.method.base.panels import PanelMaker
from buurtbalans.method.rounds.queries.meetings import AgendaMaker
from buurtbalans.method.rounds.queries.onward import MoreNumbers
from buurtbalans.method.rounds.views import (
    agenda,
    agreement,
    claims,
    gaps,
    meetings,
    onward,
    partner,
    picture,
    priorities,
    publication,
    round,
    team,
    versions,
    welcome,
)

Makers = Sequence[PanelMaker]


def addresses(
    *,
    on_round: Makers = (),
    above_round: Makers = (),
    on_step: Mapping[int, Makers] | None = None,
    on_claim: Makers = (),
    on_picture: Makers = (),
    above_picture: Makers = (),
    on_version: Makers = (),
    on_agreement: Makers = (),
    on_welcome: Makers = (),
    numbers: Sequence[MoreNumbers] = (),
    agenda: Sequence[AgendaMaker] = (),
    tasks: Sequence[welcome.TaskMaker] = (),
) -> list[URLPattern]:
    """Return the addresses, with the panels that belong on the round, its steps, claims, picture and agreement."""
    shown = {"panels": on_round, "ways": above_round, "numbers": numbers}
    return [
        path("", round.rounds, name="list"),
        path("nieuw/", round.new, name="new"),
        path("<slug:slug>/", round.round_page, shown, name="round"),
        path("<slug:slug>/aanpassen/", round.edit, name="edit"),
        path("<slug:slug>/in-het-kort/", welcome.welcome, {"tasks": tasks, "panels": on_welcome}, name="welcome"),
        *_team(),
        *_meetings(agenda),
        *_onward(),
        path("<slug:slug>/stap/<int:number>/", round.step_page, {"panels": on_step or {}}, name="step"),
        *_claims(on_claim),
        *_agreement(on_agreement),
        *_gaps(),
        path("<slug:slug>/beeld/", picture.picture, {"panels": on_picture, "above": above_picture}, name="picture"),
        *_lines(),
        *_versions(on_version),
        *_priorities(),
    ]


def _claims(on_claim: Makers) -> list[URLPattern]:
    one = "<slug:slug>/uitspraken/<int:pk>/"
    return [
        path("<slug:slug>/uitspraken/nieuw/", claims.new_claim, name="new_claim"),
        path(one, claims.claim_page, {"panels": on_claim}, name="claim"),
        path(f"{one}aanpassen/", claims.edit_claim, name="edit_claim"),
        path(f"{one}cijfer/", claims.add_figure, name="add_figure"),
        path(f"{one}verhaal/", claims.add_story, name="add_story"),
        path(f"{one}bewijs/<int:evidence>/weg/", claims.withdraw_evidence, name="withdraw_evidence"),
        path(f"{one}bewijs/<int:evidence>/terug/", claims.restore_evidence, name="restore_evidence"),
        path(f"{one}oordeel/", claims.judge, name="judge"),
        path(f"{one}meningen/openen/", claims.open_opinions, name="open_opinions"),
        path(f"{one}mening/", claims.opinion, name="opinion"),
        path(f"{one}agenda/", agenda.put_on_agenda, name="put_on_agenda"),
        path(f"{one}later/", agenda.park_claim, name="park_claim"),
    ]


def _gaps() -> list[URLPattern]:
    return [
        path("<slug:slug>/vragen/nieuw/", gaps.new_gap, name="new_gap"),
        path("<slug:slug>/vragen/stem/", gaps.ask_missing, name="ask_missing"),
        path("<slug:slug>/vragen/<int:pk>/", gaps.answer_gap, name="answer_gap"),
        path("<slug:slug>/vragen/<int:pk>/aanpassen/", gaps.edit_gap, name="edit_gap"),
    ]


def _lines() -> list[URLPattern]:
    return [
        path("<slug:slug>/beeld/aanpassen/", picture.edit_picture, name="edit_picture"),
        path("<slug:slug>/beeld/nieuw/", picture.new_line, name="new_line"),
        path("<slug:slug>/beeld/<int:pk>/", picture.edit_line, name="edit_line"),
        path("<slug:slug>/beeld/<int:pk>/verplaatsen/", picture.move_line, name="move_line"),
        path("<slug:slug>/beeld/<int:pk>/weg/", picture.withdraw_line, name="withdraw_line"),
        path("<slug:slug>/beeld/<int:pk>/terug/", picture.restore_line, name="restore_line"),
    ]


def _versions(on_version: Makers) -> list[URLPattern]:
    one = "<slug:slug>/beeld/versies/<int:number>/"
    return [
        path("<slug:slug>/beeld/openbaar/", publication.public_picture, {"panels": on_version}, name="public_picture"),
        path("<slug:slug>/beeld/voorleggen/", versions.submit_version, name="submit_version"),
        path("<slug:slug>/beeld/delen/", versions.share_picture, name="share_picture"),
        path(one, versions.version, {"panels": on_version}, name="version"),
        path(f"{one}mening/", versions.voice, name="voice"),
        path(f"{one}vaststellen/", versions.agree_version, name="agree_version"),
        path(f"{one}openbaar/", publication.publication, {"panels": on_version}, name="publication"),
        path(f"{one}openbaar/vragen/", publication.ask_consent, name="ask_consent"),
        path(f"{one}openbaar/maken/", publication.publish_version, name="publish_version"),
        path(f"{one}terug/", publication.unpublish_version, name="unpublish_version"),
        path(f"{one}reactie/", versions.comment, name="comment"),
        path("<slug:slug>/beeld/reacties/<int:pk>/", versions.answer_comment, name="answer_comment"),
        path("<slug:slug>/beeld/reacties/<int:pk>/weg/", versions.withdraw_comment, name="withdraw_comment"),
        path("<slug:slug>/beeld/reacties/<int:pk>/terug/", versions.restore_comment, name="restore_comment"),
    ]


def _priorities() -> list[URLPattern]:
    one = "<slug:slug>/beeld/keuze/vragen/<int:pk>/"
    return [
        path("<slug:slug>/beeld/keuze/", priorities.priorities, name="priorities"),
        path("<slug:slug>/beeld/keuze/punten/", priorities.weigh, name="weigh"),
        path("<slug:slug>/beeld/keuze/vragen/nieuw/", priorities.new_criterion, name="new_criterion"),
        path("<slug:slug>/beeld/keuze/vragen/voorstel/", priorities.propose_criteria, name="propose_criteria"),
        path(one, priorities.edit_criterion, name="edit_criterion"),
        path(f"{one}weg/", priorities.withdraw_criterion, name="withdraw_criterion"),
        path(f"{one}terug/", priorities.restore_criterion, name="restore_criterion"),
        path("<slug:slug>/beeld/<int:pk>/keuze/", priorities.choose, name="choose"),
    ]


def _team() -> list[URLPattern]:
    return [
        path("<slug:slug>/team/", team.team, name="team"),
        path("<slug:slug>/team/nieuw/", team.invite, name="invite"),
        path("<slug:slug>/team/overdragen/", team.assign_guide, name="assign_guide"),
        path("<slug:slug>/team/<int:pk>/weg/", team.remove_from_team, name="remove_from_team"),
        path("<slug:slug>/team/<int:pk>/terug/", team.restore_to_team, name="restore_to_team"),
        path("<slug:slug>/groepjes/nieuw/", team.new_subteam, name="new_subteam"),
        path("<slug:slug>/groepjes/<int:pk>/", team.edit_subteam, name="edit_subteam"),
        path("<slug:slug>/groepjes/<int:pk>/gevonden/", team.record_subteam_findings, name="record_subteam_findings"),
        path("<slug:slug>/groepjes/<int:pk>/weg/", team.withdraw_subteam, name="withdraw_subteam"),
        path("<slug:slug>/groepjes/<int:pk>/terug/", team.restore_subteam, name="restore_subteam"),
    ]


def _meetings(makers: Sequence[AgendaMaker]) -> list[URLPattern]:
    return [
        path("<slug:slug>/bijeenkomsten/", meetings.meetings, name="meetings"),
        path("<slug:slug>/bijeenkomsten/nieuw/", meetings.new_meeting, name="new_meeting"),
        path("<slug:slug>/bijeenkomsten/<int:pk>/", meetings.meeting_page, {"agenda": makers}, name="meeting"),
        path("<slug:slug>/bijeenkomsten/<int:pk>/aanpassen/", meetings.edit_meeting, name="edit_meeting"),
        path(
            "<slug:slug>/bijeenkomsten/<int:pk>/notities/", meetings.record_meeting_notes, name="record_meeting_notes"
        ),
        path("<slug:slug>/bijeenkomsten/<int:pk>/weg/", meetings.withdraw_meeting, name="withdraw_meeting"),
        path("<slug:slug>/bijeenkomsten/<int:pk>/terug/", meetings.restore_meeting, name="restore_meeting"),
    ]


def _onward() -> list[URLPattern]:
    return [
        path("<slug:slug>/punten/<int:number>/", onward.points, name="points"),
        path("<slug:slug>/punten/<int:number>/<slug:key>/", onward.point, name="point"),
        path("<slug:slug>/voor-later/", onward.parking, name="parking"),
        path("<slug:slug>/voor-later/nieuw/", onward.park, name="park"),
        path("<slug:slug>/voor-later/<int:pk>/weg/", onward.withdraw_parked, name="withdraw_parked"),
        path("<slug:slug>/voor-later/<int:pk>/terug/", onward.restore_parked, name="restore_parked"),
        path("<slug:slug>/afronden/", onward.close, name="close"),
        path("<slug:slug>/heropenen/", onward.reopen, name="reopen"),
        path("<slug:slug>/vervolg/", onward.start_follow_up, name="start_follow_up"),
    ]


def _agreement(panels: Makers) -> list[URLPattern]:
    return [
        path("<slug:slug>/afspraak/", agreement.agreement, {"panels": panels}, name="agreement"),
        path("<slug:slug>/afspraak/versie/<int:number>/", agreement.agreement_version, name="agreement_version"),
        path("<slug:slug>/afspraak/schrijven/", agreement.create_agreement, name="create_agreement"),
        path("<slug:slug>/afspraak/voorleggen/", agreement.propose_agreement, name="propose_agreement"),
        path("<slug:slug>/afspraak/tekenen/", agreement.sign_agreement, name="sign_agreement"),
        path("<slug:slug>/afspraak/terugnemen/", agreement.withdraw_signature, name="withdraw_signature"),
        path("<slug:slug>/afspraak/stoppen/", agreement.end_agreement, name="end_agreement"),
        path("<slug:slug>/afspraak/toezeggen/", agreement.new_pledge, name="pledge"),
        path("<slug:slug>/afspraak/regels/<int:pk>/", agreement.edit_pledge, name="edit_pledge"),
        path("<slug:slug>/afspraak/regels/<int:pk>/weg/", agreement.withdraw_pledge, name="withdraw_pledge"),
        path("<slug:slug>/afspraak/regels/<int:pk>/terug/", agreement.restore_pledge, name="restore_pledge"),
    ]


def partners() -> list[URLPattern]:
    """Return the addresses of what each organisation can do; they stand apart from any round."""
    return [
        path("", partner.partners, name="list"),
        path("<slug:slug>/", partner.partner, name="partner"),
        path("<slug:slug>/aanpassen/", partner.edit_profile, name="edit"),
        path("<slug:slug>/klopt/", partner.confirm_profile, name="confirm"),
    ]

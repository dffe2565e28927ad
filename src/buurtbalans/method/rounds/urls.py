"""Addresses of rounds; what higher apps show on these pages is given by the front door."""

from collections.abc import Mapping, Sequence

from django.urls import URLPattern, path

from buurtbalans.method.places.panels import PanelMaker

from .views import claims, picture, round

Makers = Sequence[PanelMaker]


def addresses(
    *,
    on_round: Makers = (),
    on_step: Mapping[int, Makers] | None = None,
    on_claim: Makers = (),
    on_picture: Makers = (),
) -> list[URLPattern]:
    """Return the addresses, with the panels that belong on the round, its steps by number, a claim and the picture."""
    return [
        path("", round.rounds, name="list"),
        path("nieuw/", round.new, name="new"),
        path("<slug:slug>/", round.round_page, {"panels": on_round}, name="round"),
        path("<slug:slug>/aanpassen/", round.edit, name="edit"),
        path("<slug:slug>/team/", round.team, name="team"),
        path("<slug:slug>/stap/<int:number>/", round.step_page, {"panels": on_step or {}}, name="step"),
        path("<slug:slug>/uitspraken/nieuw/", claims.new_claim, name="new_claim"),
        path("<slug:slug>/uitspraken/<int:pk>/", claims.claim_page, {"panels": on_claim}, name="claim"),
        path("<slug:slug>/uitspraken/<int:pk>/aanpassen/", claims.edit_claim, name="edit_claim"),
        path("<slug:slug>/uitspraken/<int:pk>/cijfer/", claims.add_figure, name="add_figure"),
        path("<slug:slug>/uitspraken/<int:pk>/verhaal/", claims.add_story, name="add_story"),
        path(
            "<slug:slug>/uitspraken/<int:pk>/bewijs/<int:evidence>/weg/", claims.remove_evidence, name="remove_evidence"
        ),
        path("<slug:slug>/uitspraken/<int:pk>/oordeel/", claims.judge, name="judge"),
        path("<slug:slug>/uitspraken/<int:pk>/mening/", claims.opinion, name="opinion"),
        path("<slug:slug>/vragen/nieuw/", claims.new_gap, name="new_gap"),
        path("<slug:slug>/vragen/<int:pk>/", claims.answer_gap, name="answer_gap"),
        path("<slug:slug>/beeld/", picture.picture, {"panels": on_picture}, name="picture"),
        path("<slug:slug>/beeld/aanpassen/", picture.edit_picture, name="edit_picture"),
        path("<slug:slug>/beeld/nieuw/", picture.new_line, name="new_line"),
        path("<slug:slug>/beeld/<int:pk>/", picture.edit_line, name="edit_line"),
        path("<slug:slug>/beeld/delen/", picture.share_picture, name="share_picture"),
    ]

"""Addresses of rounds; what higher apps show on these pages is given by the front door."""

from collections.abc import Mapping, Sequence

from django.urls import URLPattern, path

from buurtbalans.method.places.panels import PanelMaker

from . import views

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
        path("", views.rounds, name="list"),
        path("nieuw/", views.new, name="new"),
        path("<slug:slug>/", views.round_page, {"panels": on_round}, name="round"),
        path("<slug:slug>/aanpassen/", views.edit, name="edit"),
        path("<slug:slug>/team/", views.team, name="team"),
        path("<slug:slug>/stap/<int:number>/", views.step_page, {"panels": on_step or {}}, name="step"),
        path("<slug:slug>/uitspraken/nieuw/", views.new_claim, name="new_claim"),
        path("<slug:slug>/uitspraken/<int:pk>/", views.claim_page, {"panels": on_claim}, name="claim"),
        path("<slug:slug>/uitspraken/<int:pk>/aanpassen/", views.edit_claim, name="edit_claim"),
        path("<slug:slug>/uitspraken/<int:pk>/cijfer/", views.add_figure, name="add_figure"),
        path("<slug:slug>/uitspraken/<int:pk>/verhaal/", views.add_story, name="add_story"),
        path(
            "<slug:slug>/uitspraken/<int:pk>/bewijs/<int:evidence>/weg/", views.remove_evidence, name="remove_evidence"
        ),
        path("<slug:slug>/uitspraken/<int:pk>/oordeel/", views.judge, name="judge"),
        path("<slug:slug>/uitspraken/<int:pk>/mening/", views.opinion, name="opinion"),
        path("<slug:slug>/vragen/nieuw/", views.new_gap, name="new_gap"),
        path("<slug:slug>/vragen/<int:pk>/", views.answer_gap, name="answer_gap"),
        path("<slug:slug>/beeld/", views.picture, {"panels": on_picture}, name="picture"),
        path("<slug:slug>/beeld/aanpassen/", views.edit_picture, name="edit_picture"),
        path("<slug:slug>/beeld/nieuw/", views.new_line, name="new_line"),
        path("<slug:slug>/beeld/<int:pk>/", views.edit_line, name="edit_line"),
        path("<slug:slug>/beeld/delen/", views.share_picture, name="share_picture"),
    ]

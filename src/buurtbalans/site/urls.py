"""All addresses of the site, in Dutch, in the order in which a person meets them."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path
from django.utils.translation import gettext_lazy as _

from buurtbalans.method.base.urls import texts
from buurtbalans.method.capacities.panels import carrying
from buurtbalans.method.capacities.panels import tasks as capacity_tasks
from buurtbalans.method.datasets.urls import addresses as figures
from buurtbalans.method.evaluation.panels import evaluation_step_panel, evaluation_summary_panel, outcome_panel
from buurtbalans.method.evaluation.panels import tasks as evaluation_tasks
from buurtbalans.method.fairness.panels import ways_to_audit
from buurtbalans.method.people import views as people
from buurtbalans.method.placements.urls import addresses as placings
from buurtbalans.method.plans.panels import (
    claim_results_panel,
    delivery_results_panel,
    plan_step_panel,
    plan_summary_panel,
    results_based_on_delivery,
)
from buurtbalans.method.plans.panels import tasks as plan_tasks
from buurtbalans.method.plans.urls import addresses as plans
from buurtbalans.method.plans.views.interventions import list_interventions, show_intervention
from buurtbalans.method.plans.views.presence import confirm_from_list, presence
from buurtbalans.method.rounds.panels import (
    SharingAgreements,
    agreement_panel,
    claims_holding,
    delivery_claims_panel,
    to_talk,
    trash_place,
)
from buurtbalans.method.rounds.panels import tasks as round_tasks
from buurtbalans.method.rounds.urls import addresses, partners
from buurtbalans.method.stories.urls import feelings, notes, phone, ratings, reviews
from buurtbalans.site.api.urls import addresses as api
from buurtbalans.site.health import healthz
from buurtbalans.site.largemap.panels import large_map_here, ways_here
from buurtbalans.site.pages import download, progress
from buurtbalans.site.pages.area import show_area, show_neighbourhood
from buurtbalans.site.pages.balance_explanation import why_area, why_neighbourhood
from buurtbalans.site.pages.balance_method import show_balance
from buurtbalans.site.pages.blocks import blocks
from buurtbalans.site.pages.catalogue import show_catalogue
from buurtbalans.site.pages.contribution_map import (
    contribution_context,
    draw_contribution,
    feelings_ground,
    feelings_panel,
)
from buurtbalans.site.pages.desks import desks
from buurtbalans.site.pages.draw_area import draw_area
from buurtbalans.site.pages.home import home
from buurtbalans.site.pages.learn import learn
from buurtbalans.site.pages.locator import figures_here, locator, place_on_sheet
from buurtbalans.site.pages.map import show_map
from buurtbalans.site.pages.overview import area_overview, neighbourhood_overview, start_overview
from buurtbalans.site.pages.placing_map import draw_room
from buurtbalans.site.pages.plan_maps import draw_choice, draw_presence
from buurtbalans.site.pages.round_balance import balance_of_version, balance_on_sheet
from buurtbalans.site.pages.search import search
from buurtbalans.site.pages.source import show_source
from buurtbalans.site.pages.start import start
from buurtbalans.site.pages.tour import tour
from buurtbalans.site.pages.weight_adjustment import weigh_area, weigh_neighbourhood
from buurtbalans.site.papers.panels import agreement_paper, papers_here, picture_paper, plan_paper
from buurtbalans.site.texts import KINDS
from buurtbalans.site.unsaved_input import typing_key

ROUNDS = addresses(
    above_round=[ways_here],
    on_round=[agreement_panel, figures_here, plan_summary_panel, evaluation_summary_panel, papers_here],
    on_step={
        1: [agreement_panel, start_overview, figures_here],
        2: [large_map_here, feelings_panel, figures_here],
        3: [to_talk, large_map_here, feelings_panel],
        5: [plan_step_panel, carrying],
        6: [evaluation_step_panel, feelings_panel, plan_summary_panel],
    },
    on_claim=[locator, claim_results_panel],
    on_picture=[place_on_sheet, balance_on_sheet],
    on_version=[balance_of_version],
    above_picture=[picture_paper],
    on_agreement=[agreement_paper],
    on_welcome=[figures_here],
    numbers=[progress.numbers],
    agenda=[progress.agenda],
    tasks=[round_tasks, plan_tasks, capacity_tasks, evaluation_tasks],
)

FIGURES = figures(
    agreements=SharingAgreements(),
    on_delivery=[delivery_claims_panel, delivery_results_panel],
    held=[claims_holding, results_based_on_delivery],
)

PLANS = plans(draw_choice, on_result=[outcome_panel], on_plan=[carrying, plan_paper])

urlpatterns: list[URLPattern | URLResolver] = [
    path("", start, name="start"),
    *(path("", include(urls)) for urls in settings.EXTRA_URLS),
    path("account/", people.account, {"desks": desks}, name="account"),
    path("account/sleutel/", typing_key, name="typing_key"),
    path("", include("buurtbalans.method.people.urls")),
    path("", include(texts(KINDS, trash_place, home=("account", _("Uw account"))))),
    path("mijn-buurten/", home, name="home"),
    path("rondes/", include((ROUNDS, "rounds"))),
    path("rondes/<slug:slug>/verhalen/", include("buurtbalans.method.stories.urls"), {"setting": contribution_context}),
    path("rondes/<slug:slug>/veldnotities/", include((notes, "notes")), {"setting": contribution_context}),
    path("veldnotities/", include((phone, "phone"))),
    path(
        "rondes/<slug:slug>/gevoelens/",
        include((feelings(feelings_ground), "feelings")),
        {"setting": contribution_context},
    ),
    path("rondes/<slug:slug>/waardering/", include((ratings, "ratings")), {"setting": contribution_context}),
    path("te-bekijken/", include((reviews(draw_contribution), "reviews"))),
    path("rondes/<slug:slug>/kaart/", include("buurtbalans.site.largemap.urls")),
    path("rondes/<slug:slug>/plan/", include((PLANS, "plans"))),
    path("rondes/<slug:slug>/draagkracht/", include("buurtbalans.method.capacities.urls")),
    path("rondes/<slug:slug>/papier/", include("buurtbalans.site.papers.urls")),
    path("rondes/<slug:slug>/evaluatie/", include("buurtbalans.method.evaluation.urls")),
    path("plaatsen/eerlijkheid/", include("buurtbalans.method.fairness.urls")),
    path("plaatsen/", include((placings(draw_room, on_list=[ways_to_audit]), "placements"))),
    path("wie-doet-wat/", presence, {"draw": draw_presence}, name="presence"),
    path("wie-doet-wat/<int:pk>/klopt/", confirm_from_list, name="confirm_from_list"),
    path("wat-werkt/", list_interventions, name="interventions"),
    path("wat-werkt/<slug:code>/", show_intervention, name="intervention"),
    path("organisaties/", include((partners(), "partners"))),
    path("rondleiding/", tour, name="tour"),
    path("kaart/", show_map, name="map"),
    path("kaart/tabel.<slug:kind>", download.map_file, name="map_file"),
    path("kaart/alle-cijfers.<slug:kind>", download.city_file, name="city_file"),
    path("buurt/<int:division>/<slug:code>/", show_area, name="area"),
    path("buurt/<int:division>/<slug:code>/cijfers.<slug:kind>", download.area_file, name="area_file"),
    path(
        "buurt/<int:division>/<slug:code>/vergelijking.<slug:kind>", download.area_beside_file, name="area_beside_file"
    ),
    path("buurt/<int:division>/<slug:code>/overzicht/", area_overview, name="area_overview"),
    path("buurt/<int:division>/<slug:code>/waarom/", why_area, name="area_why"),
    path("buurt/<int:division>/<slug:code>/gewichten/", weigh_area, name="area_weigh"),
    path("buurt/<int:division>/<slug:code>/balans.<slug:kind>", download.area_balance_file, name="area_balance_file"),
    path("gebied/nieuw/", draw_area, name="draw_area"),
    path("gebied/<slug:slug>/", show_neighbourhood, name="neighbourhood"),
    path("gebied/<slug:slug>/cijfers.<slug:kind>", download.neighbourhood_file, name="neighbourhood_file"),
    path(
        "gebied/<slug:slug>/vergelijking.<slug:kind>",
        download.neighbourhood_beside_file,
        name="neighbourhood_beside_file",
    ),
    path("gebied/<slug:slug>/overzicht/", neighbourhood_overview, name="neighbourhood_overview"),
    path("gebied/<slug:slug>/waarom/", why_neighbourhood, name="neighbourhood_why"),
    path("gebied/<slug:slug>/gewichten/", weigh_neighbourhood, name="neighbourhood_weigh"),
    path(
        "gebied/<slug:slug>/balans.<slug:kind>",
        download.neighbourhood_balance_file,
        name="neighbourhood_balance_file",
    ),
    path("balans/", show_balance, name="balance"),
    path("kaart/balans.<slug:kind>", download.city_balance_file, name="city_balance_file"),
    path("cijfers/catalogus/", show_catalogue, name="catalogue"),
    path("cijfers/catalogus/<slug:indicator>/", show_source, name="source"),
    path("zoek/", search, name="search"),
    path("leren/", learn, name="learn"),
    path("cijfers/", include((FIGURES, "datasets"))),
    path("bouwstenen/", blocks, name="blocks"),
    path("api/", include((api, "api"))),
    path("healthz", healthz, name="healthz"),
]
handler403 = "buurtbalans.method.people.views.denied"
handler500 = "buurtbalans.site.error_report.server_error"

"""What rounds show elsewhere: the rounds of an area, what waits for a person, and where a round's stories are told."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404, HttpRequest
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from buurtbalans.method.base.panels import Panel, Task
from buurtbalans.method.base.versions import Edit, TextKind
from buurtbalans.method.base.views import TrashPlace
from buurtbalans.method.datasets.models import Delivery
from buurtbalans.method.people.models import Circle, Person
from buurtbalans.method.people.permissions import Permission
from buurtbalans.method.people.rules import works_at
from buurtbalans.method.places.queries import with_area
from buurtbalans.method.rounds.actions import agreement as agreement_actions
from buurtbalans.method.rounds.actions import claims as claims_actions
from buurtbalans.method.rounds.actions import gaps as gaps_actions
from buurtbalans.method.rounds.actions import meetings, onward, priorities, team, versions
from buurtbalans.method.rounds.actions import picture as picture_actions
from buurtbalans.method.rounds.actions import round as round_actions
from buurtbalans.method.rounds.agreement_parts import NAMES as AGREEMENT_TEXTS
from buurtbalans.method.rounds.models import (
    Agreement,
    Claim,
    Comment,
    Criterion,
    Evidence,
    Gap,
    Meeting,
    Opinion,
    Parked,
    PictureLine,
    PictureVersion,
    PictureVoice,
    Pledge,
    Priority,
    Round,
    RoundStep,
    Score,
    SubTeam,
)
from buurtbalans.method.rounds.queries import agreement as agreement_queries
from buurtbalans.method.rounds.queries import claims as claims_queries
from buurtbalans.method.rounds.queries import contrast, heard, missing, partner
from buurtbalans.method.rounds.queries import picture as picture_queries
from buurtbalans.method.rounds.queries import publication as publication_queries
from buurtbalans.method.rounds.queries import round as round_queries
from buurtbalans.method.rounds.queries import versions as versions_queries
from buurtbalans.method.rounds.rules import allowed, core_reads, may_in, may_withdraw, speaks_for
from buurtbalans.method.stories.panels import mend_page, review_page
from buurtbalans.method.stories.queries.stories import contributions_to_review, returned_to


def area_rounds_panel(request: HttpRequest, area: Any) -> Panel | None:
    """Return the rounds about an area (anything with `code` and `division`) that the visitor is part of."""
    rounds = round_queries.rounds_of(request.user).filter(neighbourhood__in=with_area(area.code, area.division))
    rows = [(round, round_queries.current_step(round_queries.steps_of(round, request.user))) for round in rounds]
    return Panel("rounds/area_rounds_panel.html", {"rows": rows}) if rows else None


def delivery_claims_panel(request: HttpRequest, delivery: Delivery) -> Panel | None:
    """Return the claims of the viewer's rounds that lean on a delivery's figures."""
    claims = list(claims_using(delivery, request.user).select_related("round__neighbourhood"))
    return Panel("rounds/delivery_claims_panel.html", {"claims": claims}) if claims else None


def claims_using(delivery: Delivery, viewer: round_queries.Viewer) -> "QuerySet[Claim]":
    """Return the claims that the viewer may see, with a figure of a delivery laid beside them."""
    evidence = Evidence.objects.visible_to(viewer).active().filter(delivery__source=delivery.source)
    evidence = evidence.filter(delivery__organisation=delivery.organisation_id)
    claims: QuerySet[Claim] = Claim.objects.visible_to(viewer).filter(pk__in=evidence.values("claim"))
    return claims


def claims_holding(viewer: Person, delivery: Delivery) -> tuple[str, bool]:
    """Return the claims of the viewer that hold a figure of a delivery, in words, and whether any claim holds one."""
    held = Evidence.objects.filter(delivery=delivery)
    n = Claim.objects.visible_to(viewer).filter(pk__in=held.active().values("claim")).count()
    words = ngettext("%(n)s stelling", "%(n)s stellingen", n) % {"n": n} if n else ""
    return words, held.exists()


class SharingAgreements:
    """What rounds tell the pages of figures: whether a circle may see a delivery, and how to promise it."""

    about = staticmethod(agreement_queries.sharing_permissions)

    def promise(self, *, by: Person, delivery: Delivery, circle: Circle, until: date) -> object:
        """Promise a delivery to a circle, as a line of the own organisation."""
        round = Round.objects.get(Q(core=circle) | Q(ring=circle))
        return agreement_actions.pledge(
            by=by, round=round, what=delivery.title, audience=circle.kind, until=until, delivery=delivery
        )


def tasks(viewer: Person) -> list[Task]:
    """Return what the rounds ask of a person: opinions that are missing, and questions to fetch an answer to."""
    asked = [*_missing_opinions(viewer), *_open_gaps(viewer), *_open_voices(viewer), *_open_comments(viewer)]
    return [
        *asked,
        *_open_consents(viewer),
        *_to_publish(viewer),
        *_of_partners(viewer),
        *_sent_back(viewer),
        *_to_review(viewer),
    ]


def _to_review(viewer: Person) -> list[Task]:
    """Return what colleagues told and one looks at before others read it: one task, that says how many wait."""
    waiting = contributions_to_review(viewer)
    if not waiting:
        return []
    number = ngettext(
        "Er is %(n)s bijdrage die op uw controle wacht.",
        "Er zijn %(n)s bijdragen die op uw controle wachten.",
        len(waiting),
    ) % {"n": len(waiting)}
    why = _("Controleer of iemand te herkennen is, voordat mensen buiten uw organisatie dit lezen.")
    return [
        Task(
            icon="vraag",
            title=_("Bijdrage van een collega controleren"),
            button=_("Bijdrage bekijken"),
            text=f"{number} {why}",
            where=", ".join(dict.fromkeys(told.neighbourhood.name for told in waiting)),
            url=review_page(waiting[0]) if len(waiting) == 1 else reverse("reviews:list"),
        )
    ]


def _sent_back(viewer: Person) -> list[Task]:
    """Return what a colleague looked at and sent back to its writer, with what has to go."""
    return [
        Task(
            icon="potlood",
            title=_("Teruggestuurd door een collega"),
            button=_("Tekst aanpassen"),
            text=told.returned,
            where=told.neighbourhood.name,
            url=mend_page(told),
        )
        for told in returned_to(viewer)
    ]


def _missing_opinions(viewer: Person) -> list[Task]:
    """Return the claims that the organisation of a person gives its opinion on: before the opening, or on a verdict."""
    own = Opinion.objects.filter(claim=OuterRef("pk"), organisation=viewer.organisation_id)
    laid = Evidence.objects.active().filter(claim=OuterRef("pk"))
    to_answer = Q(opened_at=None) & Q(Exists(laid)) & ~Q(Exists(own))
    agreed = own.filter(~Q(stance="") | Q(answer=OuterRef("verdict")))
    claims = Claim.objects.visible_to(viewer).filter(to_answer | (~Q(verdict="") & ~Q(Exists(agreed))))
    return [
        Task(
            icon="genuanceerd",
            title=_("Mening over een conclusie geven") if claim.verdict else _("Mening over een stelling geven"),
            button=_("Mening geven"),
            text=_("‘%(claim)s.’ Van de %(all)s organisaties is van %(given)s de mening al bekend.")
            % {
                "claim": claim.text,
                "given": len(claims_queries.answered(claim, viewer))
                if claim.opened_at is None
                else Opinion.objects.visible_to(viewer).filter(claim=claim).count(),
                "all": len(round_queries.organisations_of(claim.round)),
            },
            where=claim.round.neighbourhood.name,
            url=f"{claims_queries.claim_url(claim)}#mening",
            before=claim.opinions_before,
        )
        for claim in claims.select_related("round__neighbourhood", "round__core")
        if may_in(viewer, Permission.GIVE_OPINION, claim.round)
    ]


def _open_gaps(viewer: Person) -> list[Task]:
    """Return the questions that a person asks, and those of the organisation that nobody took up yet."""
    gaps = Gap.objects.visible_to(viewer).filter(answer="", organisation=viewer.organisation_id, withdrawn_at=None)
    mine = gaps.filter(Q(owner=viewer) | Q(owner=None))
    return [
        Task(
            icon="vraag",
            title=_("Te laat: antwoord ophalen") if gap.late else _("Antwoord ophalen"),
            text=_("%(what)s Vraag het aan %(whom)s.") % {"what": gap.what, "whom": gap.whom},
            where=gap.round.neighbourhood.name,
            url=reverse("rounds:answer_gap", args=[gap.round.slug, gap.pk]),
            button=_("Antwoord invullen"),
            before=gap.before,
        )
        for gap in mine.select_related("round__neighbourhood")
    ]


def _open_voices(viewer: Person) -> list[Task]:
    """Return the pictures that lie before the organisation of a person and that it said nothing of yet."""
    seen = PictureVersion.objects.visible_to(viewer).filter(agreed_at=None).select_related("round__neighbourhood")
    newest = [
        one for one in seen if one == versions_queries.newest(one.round) and may_in(viewer, Permission.CLAIM, one.round)
    ]
    return [
        Task(
            icon="bestand",
            title=_("Mening geven over het gedeelde beeld"),
            button=_("Mening geven"),
            text=_("Versie %(number)s van het gedeelde beeld is aan uw organisatie voorgelegd.")
            % {"number": picture.number},
            where=picture.round.neighbourhood.name,
            url=reverse("rounds:voice", args=[picture.round.slug, picture.number]),
        )
        for picture in newest
        if any(pk == viewer.organisation_id for pk, _name in versions_queries.silent(picture))
    ]


def _open_comments(viewer: Person) -> list[Task]:
    """Return what residents said of a picture and nobody answered, for who guides the round."""
    waiting = Comment.objects.within_agreement(viewer).filter(
        picture__in=PictureVersion.objects.visible_to(viewer), answer=""
    )
    return [
        Task(
            icon="citaat",
            title=_("Reactie van een bewoner beantwoorden"),
            button=_("Antwoord geven"),
            text=_("‘%(text)s’") % {"text": comment.text},
            where=comment.picture.round.neighbourhood.name,
            url=reverse("rounds:answer_comment", args=[comment.picture.round.slug, comment.pk]),
        )
        for comment in waiting.select_related("picture__round__neighbourhood", "picture__round__core")
        if may_in(viewer, Permission.EDIT_ROUND, comment.picture.round)
    ]


def _open_consents(viewer: Person) -> list[Task]:
    """Return the opinions of a person's organisation of which it did not say yet whether everybody may read them."""
    return [
        Task(
            icon="vraag",
            title=_("Mening openbaar maken?"),
            button=_("Antwoord geven"),
            text=_(
                "Versie %(number)s van het gedeelde beeld wordt misschien openbaar. Bepaal of iedereen de mening van uw organisatie mag lezen."
            )
            % {"number": picture.number},
            where=picture.round.neighbourhood.name,
            url=f"{publication_queries.publication_url(picture)}#antwoord",
        )
        for picture in publication_queries.versions_asked_about(viewer)
        if (row := publication_queries.own_row(picture, viewer)) and row.is_waiting
    ]


def _to_publish(viewer: Person) -> list[Task]:
    """Return the versions about which all organisations answered and that are not public, for who guides the round."""
    return [
        Task(
            icon="bestand",
            title=_("Beeld openbaar maken"),
            button=_("Voorbeeld bekijken"),
            text=_("Alle organisaties hebben geantwoord over versie %(number)s van het gedeelde beeld.")
            % {"number": picture.number},
            where=picture.round.neighbourhood.name,
            url=publication_queries.publication_url(picture),
        )
        for picture in publication_queries.versions_asked_about(viewer)
        if not picture.is_public
        and may_in(viewer, Permission.EDIT_ROUND, picture.round)
        and all(row.is_answered for row in publication_queries.consent_rows(picture))
    ]


def to_talk(request: HttpRequest, round: Round) -> Panel | None:
    """Return what asks for a talk in a round and whose voice is missing, for who reads in the core group."""
    viewer = request.user
    if not may_in(viewer, Permission.READ, round):
        return None
    about = {
        "round": round,
        "talks": contrast.discussions_of(round, viewer),
        "missing": missing.missing_voices(round, viewer),
        "ages": heard.age_representation(round, viewer),
        "sectors": heard.sectors(round, viewer),
        "may": may_in(viewer, Permission.CLAIM, round),
        "token": get_token(request),
    }
    return Panel("rounds/step_talk.html", about)


def agreement_panel(request: HttpRequest, round: Round) -> Panel | None:
    """Return where the sharing agreement of a round stands, for who reads in the core group."""
    if not may_in(request.user, Permission.READ, round):
        return None
    about = {
        "round": round,
        "state": agreement_queries.agreed(round, request.user),
        "may": allowed(request.user, round),
    }
    return Panel("rounds/step_agreement.html", about)


def _of_partners(viewer: Person) -> list[Task]:
    """Return what the agreements on sharing and the own profile ask of a person."""
    return [*_words_asked(viewer), *_running_out(viewer), *_still_true(viewer)]


def _words_asked(viewer: Person) -> list[Task]:
    """Return the agreements on sharing that the organisation of a person did not sign."""
    asked = [
        (round, newest)
        for round in round_queries.rounds_of(viewer)
        if (newest := agreement_queries.own_agreement_to_sign(round, viewer))
    ]
    return [
        Task(
            icon="potlood",
            title=_("Afspraak over delen ondertekenen"),
            button=_("Lezen en ondertekenen"),
            text=_(
                "Uw organisatie deelt niets met deze ronde zolang de afspraak niet is ondertekend. De afspraak loopt tot en met %(day)s."
            )
            % {"day": date_format(newest.until, "j F Y")},
            where=round.neighbourhood.name,
            url=agreement_queries.agreement_url(round),
        )
        for round, newest in asked
    ]


def _running_out(viewer: Person) -> list[Task]:
    """Return the agreements on sharing that end within a month or are over, for who guides the round."""
    ending = [
        (round, newest)
        for round in round_queries.rounds_of(viewer)
        if (newest := agreement_queries.expiring_agreement(round)) and may_in(viewer, Permission.EDIT_ROUND, round)
    ]
    return [
        Task(
            icon="klok",
            title=_("Afspraak over delen loopt af"),
            button=_("Afspraak bekijken"),
            text=_(
                "Na %(day)s ziet niemand meer wat anderen hebben gedeeld. Maak een nieuwe versie als u wilt doorgaan."
            )
            % {"day": date_format(newest.until, "j F Y")},
            where=round.neighbourhood.name,
            url=agreement_queries.agreement_url(round),
            before=newest.until,
        )
        for round, newest in ending
    ]


def _still_true(viewer: Person) -> list[Task]:
    """Return that the profile of a person's own organisation was not looked at for half a year."""
    own = viewer.organisation
    if own is None or not works_at(viewer, own) or not partner.partner_row(own, viewer).due:
        return []
    return [
        Task(
            icon="mensen",
            title=_("Klopt dit nog?"),
            button=_("Nakijken"),
            where=own.name,
            text=_("De informatie over uw organisatie is een half jaar niet nagekeken."),
            url=reverse("partners:partner", args=[own.slug]),
        )
    ]


def trash_place(request: HttpRequest, slug: str) -> TrashPlace:
    """Return the round whose trash is asked for: for its core group, which knew what was withdrawn."""
    round = get_object_or_404(round_queries.rounds_of(request.user), slug=slug)
    if not may_in(request.user, Permission.READ, round):
        raise Http404
    return TrashPlace(round.pk, round.neighbourhood.name, [(round.neighbourhood.name, round_queries.round_url(round))])


def guided(person: Any, text: Any) -> bool:
    """Return whether a person is the guide of the round that a text belongs to."""
    return may_in(person, Permission.EDIT_ROUND, text if isinstance(text, Round) else text.round)


def spoken(person: Any, text: Any) -> bool:
    """Return whether a person works in the round and speaks for the organisation of a text."""
    return may_in(person, Permission.CLAIM, text.round) and speaks_for(person, text.organisation, text.round)


def given(person: Any, text: Any) -> bool:
    """Return whether an opinion is of one's own organisation: nobody changes that of another."""
    round = text.claim.round if isinstance(text, Opinion) else text.picture.round
    return person.organisation_id == text.organisation_id and may_in(person, Permission.GIVE_OPINION, round)


def _may_remove(person: Any, evidence: Evidence) -> bool:
    mine = evidence.added_by_id == person.pk or may_in(person, Permission.EDIT_ROUND, evidence.claim.round)
    return mine and may_in(person, Permission.CLAIM, evidence.claim.round)


def at_step(number: int) -> Any:
    """Return what gives the page of a step for a text of a round."""
    return lambda text: reverse("rounds:step", args=[text.round.slug, number])


def at(page: str) -> Any:
    """Return what gives a page of the round of a text."""
    return lambda text: reverse(f"rounds:{page}", args=[text.round.slug])


def of_pictures(model: Any, mine: Callable[[Any], Q]) -> Any:
    """Return what finds what was said about the versions that a viewer may read: by others for the core group alone."""

    def texts_for(viewer: Any) -> Any:
        core = Q(picture__round__core__in=Circle.objects.ids_visible_to(viewer))
        texts = (
            model.objects.with_withdrawn()
            .within_agreement(viewer)
            .filter(picture__in=PictureVersion.objects.visible_to(viewer))
        )
        return texts.filter(core | mine(viewer))

    return texts_for


def by_action(write: Any, name: str) -> Any:
    """Return an action of rounds that calls its text by its own name, as one that calls every text the same."""
    return lambda *, by, of, **was: write(by=by, **{name: of}, **was)


CHANGED = gettext_lazy("Deze tekst blijft bewaard. U kunt de tekst wijzigen, en de vorige versie blijft dan leesbaar.")
ROUND_FIELDS = ("question", "occasion", "scope", "finding", "need")
TEXTS = (
    TextKind(
        Round,
        round_queries.round_url,
        guided,
        (Edit(ROUND_FIELDS, by_action(round_actions.edit_round, "round")),),
        ("closed_on", "reached", "onward"),
        parts=None,
        list_url=lambda round: reverse("rounds:list"),
        names=core_reads(""),
    ),
    TextKind(
        RoundStep,
        lambda step: reverse("rounds:step", args=[step.round.slug, step.number]),
        guided,
        (
            Edit(
                ("state", "note"),
                lambda *, by, of, **was: round_actions.update_step(by=by, round=of.round, number=of.number, **was),
            ),
        ),
        stays=CHANGED,
        texts_for=lambda viewer: RoundStep.objects.filter(round__core__in=Circle.objects.ids_visible_to(viewer)),
        names=core_reads(),
    ),
    TextKind(
        Claim,
        claims_queries.claim_url,
        spoken,
        (
            Edit(("text", "quote"), by_action(claims_actions.edit_claim, "claim")),
            Edit(("verdict", "reason", "opinions_before"), by_action(claims_actions.judge, "claim")),
        ),
        round_path="round",
        parts=("rounds.evidence", "rounds.opinion", "rounds.gap"),
        list_url=at_step(3),
        names=core_reads(),
    ),
    TextKind(
        Opinion,
        lambda opinion: claims_queries.claim_url(opinion.claim),
        given,
        (
            Edit(
                ("answer", "answer_reason"),
                lambda *, by, of, **was: claims_actions.answer_claim(by=by, claim=of.claim, **was),
            ),
            Edit(
                ("stance", "words"), lambda *, by, of, **was: claims_actions.give_opinion(by=by, claim=of.claim, **was)
            ),
        ),
        stays=CHANGED,
    ),
    TextKind(
        Gap,
        at_step(3),
        spoken,
        (
            Edit(("what", "organisation", "whom", "owner", "before", "claim"), by_action(gaps_actions.edit_gap, "gap")),
            Edit(("answer",), by_action(gaps_actions.answer_gap, "gap")),
        ),
        round_path="round",
        parts=("rounds.parked",),
        names=core_reads(),
    ),
    TextKind(
        PictureLine,
        at("picture"),
        guided,
        (Edit(("text", "kind"), by_action(picture_actions.edit_line, "line")),),
        ("circle",),
        round_path="round",
        parts=("rounds.weighing", "rounds.priority"),
        names=core_reads(),
    ),
    TextKind(
        Criterion,
        at("priorities"),
        guided,
        (Edit(("text", "weight"), by_action(priorities.edit_criterion, "criterion")),),
        round_path="round",
        parts=("rounds.weighing",),
        names=core_reads(),
    ),
    TextKind(
        Priority,
        lambda choice: reverse("rounds:priorities", args=[choice.line.round.slug]),
        lambda person, choice: may_in(person, Permission.EDIT_ROUND, choice.line.round),
        (Edit(("first", "reason"), lambda *, by, of, **was: priorities.choose(by=by, line=of.line, **was)),),
        stays=CHANGED,
        texts_for=lambda viewer: Priority.objects.with_withdrawn().filter(
            line__round__core__in=Circle.objects.ids_visible_to(viewer)
        ),
        names=core_reads("line.round"),
    ),
    TextKind(
        PictureVoice,
        lambda voice: picture_queries.picture_url(voice.picture.round),
        given,
        (
            Edit(
                ("stance", "words"),
                lambda *, by, of, **was: versions.give_version_opinion(by=by, picture=of.picture, **was),
            ),
        ),
        stays=CHANGED,
        texts_for=of_pictures(PictureVoice, lambda viewer: Q(organisation=viewer.organisation_id)),
    ),
    TextKind(
        Comment,
        lambda comment: picture_queries.picture_url(comment.picture.round),
        lambda person, comment: may_in(person, Permission.EDIT_ROUND, comment.picture.round),
        (Edit(("answer",), by_action(versions.answer_comment, "comment")),),
        ("who", "text"),
        round_path="picture__round",
        may_withdraw=lambda person, comment: (
            comment.author_id == person.pk or may_in(person, Permission.EDIT_ROUND, comment.picture.round)
        ),
        texts_for=of_pictures(Comment, lambda viewer: Q(author=viewer.pk)),
    ),
    TextKind(
        SubTeam,
        at("team"),
        guided,
        (
            Edit(
                ("name", "problem"),
                lambda *, by, of, **was: team.edit_subteam(by=by, subteam=of, people=list(of.people.all()), **was),
            ),
            Edit(("found",), by_action(team.record_subteam_findings, "subteam")),
        ),
        round_path="round",
        names=core_reads(),
    ),
    TextKind(
        Meeting,
        at("meetings"),
        guided,
        (
            Edit(("what", "at", "minutes", "where", "steps"), by_action(meetings.edit_meeting, "meeting")),
            Edit(("notes",), by_action(meetings.record_meeting_notes, "meeting")),
        ),
        round_path="round",
        parts=("rounds.claim",),
        names=core_reads(),
    ),
    TextKind(
        Parked,
        at("parking"),
        may_withdraw,
        extra_fields=("text", "why"),
        round_path="round",
        names=core_reads(),
    ),
    TextKind(
        Score,
        at_step(1),
        guided,
        (Edit(("level", "note"), lambda *, by, of, **was: onward.score(by=by, round=of.round, point=of.point, **was)),),
        stays=CHANGED,
        names=core_reads(),
    ),
    TextKind(
        Agreement,
        lambda agreement: agreement_queries.agreement_url(agreement.round),
        lambda person, text: guided(person, text) and not text.proposed_at,
        (
            Edit(
                (*AGREEMENT_TEXTS, "until"),
                by_action(agreement_actions.edit_agreement, "agreement"),
            ),
        ),
        ("proposed_at", "ended_at", "end_reason"),
        stays=gettext_lazy("Een afspraak over delen kunt u niet verwijderen, maar wel beëindigen."),
        names=core_reads(),
    ),
    TextKind(
        Pledge,
        lambda pledge: agreement_queries.agreement_url(pledge.agreement.round),
        lambda person, pledge: (
            person.organisation_id == pledge.organisation_id
            and may_in(person, Permission.GIVE_OPINION, pledge.agreement.round)
        ),
        (Edit(("what", "audience", "until", "delivery"), by_action(agreement_actions.edit_pledge, "pledge")),),
        round_path="agreement__round",
        withdraw=by_action(agreement_actions.withdraw_pledge, "pledge"),
        restore=by_action(agreement_actions.restore_pledge, "pledge"),
        names=core_reads("agreement.round"),
    ),
    TextKind(
        Evidence,
        lambda evidence: claims_queries.claim_url(evidence.claim),
        lambda person, evidence: False,
        round_path="claim__round",
        may_withdraw=_may_remove,
        withdraw=by_action(claims_actions.withdraw_evidence, "evidence"),
        restore=by_action(claims_actions.restore_evidence, "evidence"),
        names=core_reads("claim.round"),
    ),
)

"""The form of an interview: who it is, three questions that always come, and those of the round."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from buurtbalans.method.people.models import Circle
from buurtbalans.method.stories.forms.stories import AudienceForm
from buurtbalans.method.stories.models import AgeBand, TellerKind, Tone


@dataclass(frozen=True)
class Question:
    """A question of an interview: how the form calls it, its words, whom it is for, and the tone of an answer."""

    key: str
    words: Any
    whom: str = ""
    tone: Tone = Tone.UNKNOWN

    @property
    def of_round(self) -> bool:
        """Whether the round asks it, so that an answer says what it answers."""
        return self.key not in STANDING_KEYS


STANDING: Final = (
    Question("goed", _("Wat gaat er volgens u goed in deze buurt?"), tone=Tone.STRENGTH),
    Question("niet", _("Wat gaat er volgens u niet goed in deze buurt?"), tone=Tone.CONCERN),
    Question("doen", _("Wat moet er volgens u in deze buurt gebeuren?"), tone=Tone.CHANCE),
)
STANDING_KEYS: Final = frozenset(each.key for each in STANDING)
LONGEST: Final = 600  # of a story; the question of the round stands before its answer


class InterviewForm(AudienceForm):
    """Who was asked, and what this person answered; a question without an answer is left out."""

    who = forms.ChoiceField(label=_("Verteller"), choices=TellerKind, initial=TellerKind.RESIDENT)
    age = forms.ChoiceField(label=_("Leeftijd"), choices=[("", _("weet ik niet")), *AgeBand.choices], required=False)
    author_hidden = forms.BooleanField(label=_("Mijn naam niet tonen bij deze verhalen"), required=False)

    def __init__(self, *args: Any, circles: list[Circle], questions: Sequence[Question], **kwargs: Any) -> None:
        super().__init__(*args, circles=circles, **kwargs)
        self.fields["circle"].initial = circles[0].pk if circles else None
        self.questions = [*STANDING, *questions]
        for question in self.questions:
            self.fields[_name(question)] = forms.CharField(
                label=question.words,
                required=False,
                max_length=LONGEST - len(_before(question)),
                help_text=_("Deze vraag is bedoeld voor: %(whom)s.") % {"whom": question.whom} if question.whom else "",
                widget=forms.Textarea(attrs={"rows": 3, "class": "verhaal-veld"}),
            )

    @property
    def asked(self) -> list[Any]:
        """The fields of the three questions that always come."""
        return [self[_name(question)] for question in self.questions if not question.of_round]

    @property
    def asked_by_round(self) -> list[Any]:
        """The fields of the questions of the round, each with whom it is for."""
        return [self[_name(question)] for question in self.questions if question.of_round]

    def clean(self) -> dict[str, Any]:
        """Ask for one answer at least."""
        given = super().clean()
        if not self.errors and not any(given.get(_name(question)) for question in self.questions):
            self.add_error(None, _("Vul bij minstens één vraag een antwoord in."))
        return given

    def answered(self) -> list[Question]:
        """Return the questions with an answer, in order."""
        return [question for question in self.questions if self.cleaned_data.get(_name(question))]

    def told(self) -> dict[str, Any]:
        """Return what the action gets: who it was, for whom, and every answer."""
        asked = {_name(question) for question in self.questions}
        about = {name: value for name, value in self.cleaned_data.items() if name not in asked}
        answers = [
            {"text": f"{_before(each)}{self.cleaned_data[_name(each)]}", "tone": each.tone} for each in self.answered()
        ]
        return about | {"answers": answers}


def _name(question: Question) -> str:
    return f"antwoord-{question.key}"


def _before(question: Question) -> str:
    """Return what stands before an answer: the question, when only that says what the answer is about."""
    return f"{question.words} – " if question.of_round else ""

"""Forms of a plan: results, efforts, how they go, conditions for placing, and what one looks for."""

from .efforts import DeclineForm, EditEffortForm, EffortForm, ProgressForm, RenewForm, ReportForm, WorksForm
from .results import ChangeResultForm, ConditionForm, EditConditionForm, ResultForm

__all__ = [
    "ChangeResultForm",
    "ConditionForm",
    "DeclineForm",
    "EditConditionForm",
    "EditEffortForm",
    "EffortForm",
    "ProgressForm",
    "RenewForm",
    "ReportForm",
    "ResultForm",
    "WorksForm",
]

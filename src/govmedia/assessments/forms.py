"""Shape of what is typed about an assessment; the rules are the services'."""

from datetime import date, timedelta
from typing import Any

from django import forms

from govmedia.assessments import queries
from govmedia.assessments.models import Assessment
from govmedia.common.models import free_name

_DATE = {"type": "date"}


class AssessmentForm(forms.Form):
    """The plan of an assessment."""

    name = forms.CharField(label="名称", max_length=60, help_text="如：2026年度政务新媒体监管工作考核")
    scheme = forms.ChoiceField(label="考核指标")
    start_on = forms.DateField(label="考核时段自", widget=forms.DateInput(attrs=_DATE))
    end_on = forms.DateField(label="至", widget=forms.DateInput(attrs=_DATE))
    report_until = forms.DateField(
        label="自评期限", widget=forms.DateInput(attrs=_DATE), help_text="被考核单位最晚在这一天提交自评。"
    )
    appeal_days = forms.IntegerField(
        label="申诉期（工作日）", min_value=1, max_value=60, initial=5, help_text="从反馈结果的次日起算。"
    )
    bodies = forms.MultipleChoiceField(label="被考核单位", widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, division: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["scheme"].choices = queries.scheme_choices()
        self.fields["bodies"].choices = [(row.pk, row.name) for row in queries.offices_below(division)]


def initial_for(division: str, today: date) -> dict[str, Any]:
    """What a new assessment most often is: the calendar year's, of all offices right below."""
    return {
        "name": free_name(Assessment.objects.filter(division=division), f"{today.year}年度政务新媒体监管工作考核"),
        "start_on": date(today.year, 1, 1),
        "end_on": date(today.year, 12, 31),
        "report_until": date(today.year, 12, 31) + timedelta(days=15),
        "appeal_days": 5,
        "bodies": [row.pk for row in queries.offices_below(division)],
    }


def initial_of(row: Assessment) -> dict[str, Any]:
    """An assessment's plan as the form shows it."""
    names = ("name", "scheme", "start_on", "end_on", "report_until", "appeal_days")
    bodies = list(row.bodies.order_by("division").values_list("division", flat=True))
    return {**{name: getattr(row, name) for name in names}, "bodies": bodies}

"""Shapes of what an inspector types."""

from datetime import date
from typing import Any

from django import forms

from govmedia.checks.services.inspecting import COUNT_MAX, NOTE_MAX
from govmedia.engine.calendar import quarter_before, quarter_name, quarter_of, quarter_range
from govmedia.findings.queries import choices_of_editions

WORDS = {"required": "请选一项。", "invalid_choice": "请从列表中选一项。", "invalid": "不是日期，例如 2026-11-23。"}
THIS, LAST, CUSTOM = "this", "last", "custom"


def quarter_words(day: date) -> str:
    """`2026 年第四季度`."""
    year, quarter = quarter_of(day)
    return quarter_name(year, quarter).replace("年", " 年", 1)


def last_quarter(day: date) -> tuple[date, date]:
    """First and last day of the quarter before the one a day is in."""
    return quarter_range(*quarter_before(*quarter_of(day)))


class NewCheck(forms.Form):
    """Edition, period and, if wanted, the moment to judge. Cleans to `start_on` and `end_on`."""

    edition = forms.ChoiceField(label="检查指标")
    period = forms.ChoiceField(label="检查时段", widget=forms.RadioSelect)
    start_on = forms.DateField(label="从", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    end_on = forms.DateField(label="到", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    point_at = forms.DateTimeField(
        label="监测时间点",
        required=False,
        help_text="不填就以时段结束时为准；时段还没结束的，以现在为准。",
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        for field in self.fields.values():
            field.error_messages |= WORDS
        self.fields["edition"].choices = choices_of_editions()
        before = last_quarter(today)
        self.fields["period"].choices = [
            (THIS, f"本季度（{quarter_words(today)}，到今天）"),
            (LAST, f"上季度（{quarter_words(before[0])}）"),
            (CUSTOM, "自选起止日期"),
        ]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        period = values.get("period")
        if period == CUSTOM:
            for name in ("start_on", "end_on"):
                if not values.get(name) and name not in self.errors:
                    self.add_error(name, "自选时段请填写日期。")
        elif period:
            span = last_quarter(self.today) if period == LAST else quarter_range(*quarter_of(self.today))
            values["start_on"], values["end_on"] = span
        return values


class Answer(forms.Form):
    """One answer: `look` is none (not looked at), clean or found; how many is asked only where it can be several."""

    code = forms.CharField(max_length=10)
    look = forms.ChoiceField(choices=[("none", "未检查"), ("clean", "无问题"), ("found", "有问题")])
    count = forms.IntegerField(required=False, min_value=1, max_value=COUNT_MAX)
    note = forms.CharField(required=False, max_length=NOTE_MAX)

    def found(self) -> int | None:
        """How many were found; None where it was not looked at."""
        look = self.cleaned_data["look"]
        return {"none": None, "clean": 0}.get(look, self.cleaned_data["count"] or 1)


class Ruling(forms.Form):
    """One ruling on the machine's doubtful hits of a code."""

    code = forms.CharField(max_length=10)
    counts = forms.ChoiceField(choices=[("open", "先不定"), ("yes", "认定"), ("no", "不认定")])
    note = forms.CharField(required=False, max_length=NOTE_MAX)

    def counting(self) -> bool | None:
        return {"yes": True, "no": False}.get(self.cleaned_data["counts"])

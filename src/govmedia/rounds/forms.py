"""Shape of what is typed about a round; the rules are the services'."""

from datetime import date, timedelta
from typing import Any

from django import forms

from govmedia.common.models import free_name
from govmedia.engine.calendar import quarter_name, quarter_of, quarter_range
from govmedia.findings.queries import choices_of_editions
from govmedia.orgs.models import Division
from govmedia.rounds.models import Round
from govmedia.rounds.population import STRATA
from govmedia.rounds.services.planning import codes_of

_DATE = {"type": "date"}


class RoundForm(forms.Form):
    """The plan of a round."""

    name = forms.CharField(label="名称", max_length=60, help_text="如：2026年第四季度政务新媒体抽查")
    kind = forms.ChoiceField(label="类型", choices=[one for one in Round.Kind.choices if one[0] != Round.Kind.SELF])
    edition = forms.ChoiceField(label="检查指标", help_text="只看单项否决的，选只有红线的版本。")
    start_on = forms.DateField(label="时段自", widget=forms.DateInput(attrs=_DATE))
    end_on = forms.DateField(label="至", widget=forms.DateInput(attrs=_DATE))
    due_on = forms.DateField(label="检查员完成期限", widget=forms.DateInput(attrs=_DATE))
    seats = forms.TypedChoiceField(
        label="每个账号由几人检查",
        coerce=int,
        choices=((1, "一人"), (2, "两人背靠背，不同的交第三人")),
        help_text="两人互相看不到对方的结论。",
    )
    by = forms.MultipleChoiceField(
        label="分层依据",
        choices=tuple(STRATA.items()),
        widget=forms.CheckboxSelectMultiple,
        initial=["level", "platform"],
    )
    share = forms.CharField(label="抽查比例", max_length=14, initial="0.1", help_text="0.1 即 10%，1 即全部。")
    shares = forms.CharField(
        label="单列比例",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "placeholder": "province=1\ncity,weibo=0.5"}),
        help_text="每行一层：层的值=比例；可不填。",
    )
    least = forms.IntegerField(label="每层至少", min_value=0, max_value=1000, initial=1)
    always_governments = forms.BooleanField(label="代表政府的账号每次必查", required=False, initial=True)
    always = forms.CharField(
        label="另外必查的账号",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "placeholder": "账号编号，用空格或换行隔开"}),
    )
    excluded = forms.CharField(
        label="不查的账号",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "placeholder": "每行：账号编号 理由"}),
        help_text="编号和理由会随总体公布。",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["edition"].choices = choices_of_editions()

    def clean_shares(self) -> dict[str, str]:
        found = {}
        for number, line in enumerate(self.cleaned_data["shares"].splitlines(), 1):
            if line.strip():
                key, sign, share = (
                    part.strip() for part in line.replace("，", ",").replace("＝", "=").rpartition("=")
                )
                if not sign or not key or not share:
                    raise forms.ValidationError(f"第 {number} 行应写成“层的值=比例”，如 province=1。")
                found[key] = share
        return found

    def clean_always(self) -> list[str]:
        return list(codes_of(self.cleaned_data["always"]))

    def clean_excluded(self) -> dict[str, str]:
        found = {}
        for number, line in enumerate(self.cleaned_data["excluded"].splitlines(), 1):
            if line.strip():
                code, _, reason = line.strip().partition(" ")
                if not reason.strip():
                    raise forms.ValidationError(f"第 {number} 行没有写理由。应写成“账号编号 理由”。")
                found[code.upper()] = reason.strip()[:200]
        return found


class SelfCheckForm(RoundForm):
    """The plan of a self-check, and of what is looked at again after it."""

    kind = None
    by = None
    shares = None
    always = None
    report_by = forms.DateField(
        label="单位上报期限",
        widget=forms.DateInput(attrs=_DATE),
        help_text="发起时每个单位通知一次；前一个工作日和过期后各提醒一次。",
    )
    silent_share = forms.CharField(
        label="未报单位的抽查比例",
        max_length=14,
        initial="1",
        help_text="未报的单位自成一层，默认全部检查；实在太多再调低。",
    )
    field_order = ("name", "edition", "start_on", "end_on", "report_by", "excluded", "share", "silent_share")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].help_text = "如：2026年第四季度政务新媒体自查"
        self.fields["edition"].help_text = "机器看不出的各项，由单位自己看。"
        self.fields["share"].label = "已报单位的抽查比例"
        self.fields["excluded"].help_text = "不通知、不抽查；编号和理由会随总体公布。"
        self.fields["due_on"].help_text = "整改期（上报期限后，按指标版本的工作日算）过了才开始检查。"

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        return {**values, "kind": Round.Kind.SELF, "by": ["level"], "shares": {}, "always": []}


class DrawForm(forms.Form):
    """The public value that makes the seed."""

    public_value = forms.CharField(label="公开随机数", max_length=200, help_text="如开奖号码：03 08 15 21 26 30 11")
    public_source = forms.CharField(
        label="出处", max_length=300, help_text="写明期号和时间，须晚于总体公布的时间，任何人都查得到。"
    )


def initial_for(division: Division, today: date) -> dict[str, Any]:
    """What a new round most often is: this quarter's spot check."""
    year, quarter = quarter_of(today)
    start_on, end_on = quarter_range(year, quarter)
    return {
        "name": _free(division, f"{quarter_name(year, quarter)}{division.name}政务新媒体抽查"),
        "start_on": start_on,
        "end_on": end_on,
        "due_on": end_on + timedelta(days=15),
    }


def initial_for_self_check(division: Division, today: date) -> dict[str, Any]:
    """A self-check of this quarter so far, to be reported in ten days."""
    year, quarter = quarter_of(today)
    return {
        "name": _free(division, f"{quarter_name(year, quarter)}{division.name}政务新媒体自查"),
        "start_on": quarter_range(year, quarter)[0],
        "end_on": today,
        "report_by": today + timedelta(days=10),
        "due_on": today + timedelta(days=45),
    }


def _free(division: Division, name: str) -> str:
    return free_name(Round.objects.filter(division=division), name)


def initial_of(held: Round) -> dict[str, Any]:
    """A round's plan as the form shows it."""
    names = ("name", "kind", "edition", "start_on", "end_on", "due_on", "seats", "by", "share", "least")
    return {
        **{name: getattr(held, name) for name in names},
        "always_governments": held.always_governments,
        "shares": "\n".join(f"{key}={share}" for key, share in held.shares.items()),
        "always": " ".join(held.always),
        "excluded": "\n".join(f"{code} {reason}" for code, reason in held.excluded.items()),
        "report_by": held.report_by,
        "silent_share": held.silent_share,
    }

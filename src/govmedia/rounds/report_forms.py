"""What a unit types of the problems it found: one line for each, as many as it needs."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django import forms

from govmedia.common.typed import key_of, one_line
from govmedia.rounds.problems import COUNT_MAX, NOTE_MAX, Problem, faults_of
from govmedia.rounds.reports import Asked

LINES_MOST = 100
DONE, LATER = "done", "later"
_FIELDS = ("account", "code", "count", "note", "mended", "on", "gone")
_DRAFT_KEY = re.compile(rf"lines|p[0-9]{{1,3}}-(?:{'|'.join(_FIELDS)})")
# What shows that a line is meant: the others have a value from the start.
_MEANT = ("code", "count", "note", "on")


class ProblemForm(forms.Form):
    """One problem of one account."""

    account = forms.ChoiceField(
        label="账号",
        error_messages={
            "required": "请选是哪个账号。",
            "invalid_choice": "这个账号已注销或不归本单位，请另选。",
        },
    )
    code = forms.ChoiceField(label="哪一项", error_messages={"required": "请选是哪一项。"})
    count = forms.IntegerField(
        label="几处",
        required=False,
        min_value=1,
        max_value=COUNT_MAX,
        widget=forms.NumberInput(attrs={"placeholder": "1"}),
        error_messages={
            "min_value": f"处数应在 1 到 {COUNT_MAX} 之间。",
            "max_value": f"处数应在 1 到 {COUNT_MAX} 之间。",
            "invalid": "请填数字。",
        },
    )
    note = forms.CharField(
        label="是什么问题、在哪里",
        max_length=NOTE_MAX,
        widget=forms.TextInput(attrs={"placeholder": "如：11 月 3 日推送的标题有错字"}),
        error_messages={"required": "请写明是什么问题、在哪里。"},
    )
    mended = forms.ChoiceField(
        label="改好了吗", choices=[(DONE, "已整改"), (LATER, "计划整改")], widget=forms.RadioSelect, initial=DONE
    )
    on = forms.DateField(
        label="哪天以前改好",
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"required": "请填写哪天以前整改好。", "invalid": "不是日期，例如 2026-12-04。"},
    )
    gone = forms.BooleanField(label="不报这一条", required=False)

    def __init__(self, *args: Any, asked: Sequence[Asked], today: date, mend_by: date | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._asked = {str(one.said.account_id): one for one in asked}
        self._today, self._mend_by = today, mend_by
        # None is chosen from the start, so that nothing is held against the first account by mistake.
        names = [(key, one.name) for key, one in self._asked.items()]
        self.fields["account"].choices = [("", "请选择"), *names]
        only = next(iter(self._asked)) if len(self._asked) == 1 else ""
        # One of another account, closed meanwhile, is shown, so that what is wrong with it is seen.
        if only and (not self.is_bound or self.data.get(self.add_prefix("account")) == only):
            self.fields["account"].widget = forms.HiddenInput()
            self.fields["account"].initial = only
        titles = {code: question.title for one in asked for code, question in one.questions.items()}
        self.fields["code"].choices = [("", "请选择"), *((code, f"{code} {titles[code]}") for code in sorted(titles))]
        # Asked for only of who says that it is still to be done.
        self.fields["on"].required = not self.is_bound or self.data.get(self.add_prefix("mended")) == LATER
        if mend_by is not None:
            self.fields["on"].help_text = f"最晚 {mend_by}，这天以前改好的不追究。"

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        asked = self._asked.get(values.get("account", ""))
        if asked is None or "code" not in values:
            return values
        for field, text in faults_of(self.problem(), asked.questions, self._today, self._mend_by).items():
            if field not in self.errors:
                self.add_error(field, text)
        return values

    def problem(self) -> Problem:
        """What is typed, as far as it could be read."""
        given = self.cleaned_data
        mended = given.get("mended") == DONE
        on = None if mended else given.get("on")
        note = one_line(given.get("note", ""), NOTE_MAX)
        return Problem(given.get("code", ""), given.get("count") or 1, note, mended, on)

    @property
    def account_key(self) -> int:
        return key_of(self.cleaned_data.get("account", ""))


class Lines:
    """The lines of a report: those typed, or those kept."""

    def __init__(self, asked: Sequence[Asked], today: date, mend_by: date | None) -> None:
        self._how: dict[str, Any] = {"asked": asked, "today": today, "mend_by": mend_by}
        self.forms: list[ProblemForm] = []

    def take(self, typed: Mapping[str, str]) -> "Lines":
        """The lines that were sent; empty ones are left out."""
        meant = _meant(typed)
        self.forms = [ProblemForm(typed, prefix=f"p{number}", **self._how) for number in meant]
        return self

    def show(self, kept: Iterable[Mapping[str, Any]], more: int = 0) -> "Lines":
        """The lines that were kept, and some to be filled in."""
        initial = [*kept, *({} for _ in range(more))][:LINES_MOST]
        self.forms = [
            ProblemForm(initial=values, prefix=f"p{number}", **self._how) for number, values in enumerate(initial)
        ]
        return self

    @property
    def next(self) -> int:
        """One more than the highest number of a line."""
        return max((int(form.prefix[1:]) for form in self.forms), default=-1) + 1

    def is_valid(self) -> bool:
        # Each is looked at, so that all that is wrong is shown at once.
        good = not [form for form in self.forms if not form.is_valid()]
        seen = set()
        for form in self.forms:
            pair = (form.account_key, form.cleaned_data.get("code"))
            if pair in seen and "code" not in form.errors:
                form.add_error("code", "同一账号的这一项已写过一条，请合成一条。")
                good = False
            seen.add(pair)
        return good

    @property
    def faults(self) -> list[tuple[str, str, str]]:
        """What is wrong with what was sent: where it stands on the page, what it is called, and why."""
        return [
            (field.id_for_label or field.auto_id, f"第 {number} 条，{field.label}", text)
            for number, form in enumerate(self.forms, 1)
            for field in form
            for text in field.errors
        ]

    def problems(self) -> dict[int, list[Problem]]:
        """By the account's key; only of lines that are valid."""
        found: dict[int, list[Problem]] = {}
        for form in self.forms:
            found.setdefault(form.account_key, []).append(form.problem())
        return found


def draft_of(typed: Mapping[str, str]) -> dict[str, str]:
    """The fields of the form among all that was sent."""
    return {key: value for key, value in typed.items() if _DRAFT_KEY.fullmatch(key)}


def lines_of_draft(draft: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    """Each line of a draft that is meant, as initial values."""
    for number in _meant(draft):
        yield {name: value for name in _FIELDS if (value := draft.get(f"p{number}-{name}"))}


def lines_of_problems(problems: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """What was reported (`reports.problems_of`), as initial values."""
    for one in problems:
        yield {
            "account": str(one["account"].pk),
            "code": one["code"],
            "count": one["count"],
            "note": one["note"],
            "mended": DONE if one["mended"] else LATER,
            "on": one["on"],
        }


def _meant(typed: Mapping[str, str]) -> list[int]:
    number = min(key_of(typed.get("lines", "")), LINES_MOST)
    return [
        line
        for line in range(number)
        if not typed.get(f"p{line}-gone") and any(typed.get(f"p{line}-{name}", "").strip() for name in _MEANT)
    ]

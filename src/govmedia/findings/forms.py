"""Shapes of what is typed about a finding. What is wrong with it the services say."""

from typing import Any

from django import forms

from govmedia.common.exhibits import BYTES_MOST, FILES_MOST
from govmedia.engine.edition import EditionError
from govmedia.findings.models import NOTE_MAX, OTHER, SAYING_MAX, Finding
from govmedia.findings.queries import edition_in_force

FILES_HINT = f"PNG、JPG 图片或 PDF，最多 {FILES_MOST} 个，每个不超过 {BYTES_MOST // 1024 // 1024} MB。"
ACCEPTED = ".png,.jpg,.jpeg,.pdf"


class _Files(forms.FileInput):
    """A file control that takes several at once."""

    allow_multiple_selected = True


def _files() -> forms.FileField:
    # The services read and judge the files themselves; here is only the control.
    return forms.FileField(
        label="附件",
        required=False,
        help_text=FILES_HINT,
        widget=_Files(attrs={"accept": ACCEPTED, "multiple": True}),
    )


def _text(label: str, most: int, hint: str = "", rows: int = 3, *, required: bool = True) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows, "maxlength": most})
    return forms.CharField(label=label, required=required, help_text=hint, widget=widget)


class Words(forms.Form):
    """A form that only shows: the service reads what was sent and says what is wrong."""

    def __init__(self, *args: Any, errors: dict[str, str] | None = None, **kwargs: Any) -> None:
        kwargs.setdefault("use_required_attribute", False)
        super().__init__(*args, **kwargs)
        self._found = errors or {}

    def full_clean(self) -> None:
        self._errors = forms.utils.ErrorDict()
        self.cleaned_data: dict[str, Any] = {}
        for key, text in self._found.items():
            self.add_error(key if key in self.fields else None, text)


class ClaimForm(Words):
    """A report that a finding is put right."""

    note = _text("做了什么整改", SAYING_MAX, "写明改了什么、什么时候改的，复查的人会看到。")
    files = _files()


class AppealForm(Words):
    """An appeal against a finding."""

    reason = _text("为什么认为有误", SAYING_MAX, "写明事实和依据；有截图、链接或文件的，一并附上。")
    files = _files()


class PostponeForm(Words):
    """Another last day for rectification."""

    due_on = forms.DateField(label="新的期限", widget=forms.DateInput(attrs={"type": "date"}))
    why = forms.CharField(label="理由", widget=forms.TextInput(attrs={"maxlength": NOTE_MAX}))


class NoticeForm(Words):
    """A notice of a superior, of citizens or of the media, entered by a supervisor."""

    accounts = _text("账号编号", 4000, "一行一个；同一件事涉及多个账号的，写多行，逐个登记并通知。", rows=2)
    origin = forms.ChoiceField(label="来源", choices=[("", "请选择"), *Finding.Origin.choices])
    code = forms.ChoiceField(label="指标")
    what = _text("是什么问题", NOTE_MAX, "一两句话说清事实，主办单位会看到。", rows=2)
    evidence = _text("文字证据", 1000, "例如原文摘录、来信摘要。文字、链接、附件至少有一样。", required=False)
    link = forms.CharField(
        label="链接", required=False, widget=forms.TextInput(attrs={"inputmode": "url", "spellcheck": "false"})
    )
    files = _files()
    document = forms.CharField(label="来文", required=False, help_text="文号、来信编号或报道名称，没有就不填。")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].choices = [("", "请选择"), *_codes()]


def _codes() -> list[tuple[str, str]]:
    try:
        rules = edition_in_force().rules.values()
    except EditionError:
        rules = ()
    named = [(rule.code, f"{rule.code} {rule.title}") for rule in rules if rule.colour != "bonus"]
    return [*named, (OTHER, "其他（不在指标内，不计分）")]

"""Shape of a proposed term, of an imported file and of a rescan."""

from typing import Any

from django import forms

from govmedia.engine.content.conditions import LABELS
from govmedia.engine.content.lexicon import TERM_CHECKS
from govmedia.engine.content.registry import check_table

LEVELS = (("", "按检查项"), ("veto", "红线"), ("deduct", "扣分"), ("notice", "提示"))


def _checks() -> list[tuple[str, str]]:
    table = check_table()
    return [(code, table[code].title) for code in TERM_CHECKS if code in table]


class TermForm(forms.Form):
    """One entry of the lexicon."""

    term = forms.CharField(label="词语", max_length=60, help_text="要提示的写法，原样填写。")
    kind = forms.ChoiceField(
        label="类型",
        choices=(("hit", "命中：这样写不对"), ("allow", "允许：这样写没错，不要提示")),
        initial="hit",
    )
    check = forms.ChoiceField(label="归入检查项", choices=_checks)
    level = forms.ChoiceField(label="轻重", choices=LEVELS, required=False)
    suggestion = forms.CharField(label="建议写法", max_length=60, required=False)
    note = forms.CharField(label="理由", max_length=200, help_text="运维员会看到，写清哪里不对。")
    source = forms.CharField(label="出处", max_length=200, help_text="依据的规定、文件或情况。")
    conditions = forms.CharField(
        label="条件", max_length=300, required=False, help_text=f"用“；”隔开。可用：{'、'.join(LABELS)}。"
    )
    valid_from = forms.DateField(label="起用日期", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    valid_to = forms.DateField(label="停用日期", required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def row(self) -> dict[str, str]:
        """The entry as the row of a lexicon file."""
        values: dict[str, Any] = self.cleaned_data
        return {name: "" if value is None else str(value) for name, value in values.items()}


class ImportForm(forms.Form):
    """A signed file, and the public key its sender told by another way."""

    file = forms.FileField(label="签名的词库文件", help_text="由本平台“导出”得到的 .json 文件。")
    public_key = forms.CharField(
        label="对方的公钥", max_length=64, help_text="请向对方当面或电话核对，不要只看文件里写的。"
    )
    why = forms.CharField(label="说明", max_length=200)


class RescanForm(forms.Form):
    """How far back the archive is read for a term."""

    since = forms.DateField(label="从哪天起", widget=forms.DateInput(attrs={"type": "date"}))

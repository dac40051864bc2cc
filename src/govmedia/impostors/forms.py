"""Shapes of what is typed about impostors. What is wrong with it the services say."""

from django import forms

from govmedia.common.exhibits import BYTES_MOST
from govmedia.engine.platforms import PLATFORMS
from govmedia.impostors.models import LINK_MAX, NAME_MAX, SAID_MAX, WHY_MAX

_PLATFORMS = [("", "不知道"), *((code, one.label) for code, one in PLATFORMS.items())]
# What no person fills in: hidden from eyes and ears, found by machines.
TRAP = "website"


class ReportForm(forms.Form):
    """What the public tells of a suspect."""

    name = forms.CharField(label="可疑账号的名称", max_length=NAME_MAX)
    platform = forms.ChoiceField(label="在哪个平台", choices=_PLATFORMS, required=False)
    link = forms.CharField(
        label="它的链接", max_length=LINK_MAX, required=False, help_text="在它的主页点“分享—复制链接”。"
    )
    what = forms.CharField(
        label="发生了什么",
        max_length=SAID_MAX,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="怎样冒充的、有没有要钱或要信息。请不要写自己的姓名、身份证号和电话。",
    )
    picture = forms.FileField(
        label="截图",
        required=False,
        help_text=f"PNG 或 JPG，不超过 {BYTES_MOST // 1024 // 1024} MB。",
        widget=forms.FileInput(attrs={"accept": ".png,.jpg,.jpeg"}),
    )


class SuspectForm(forms.Form):
    """A suspect that the desk found itself."""

    name = forms.CharField(label="名称", max_length=NAME_MAX)
    platform = forms.ChoiceField(label="平台", choices=_PLATFORMS, required=False)
    link = forms.CharField(label="链接", max_length=LINK_MAX, required=False)
    what = forms.CharField(label="说明", max_length=SAID_MAX, widget=forms.Textarea(attrs={"rows": 3}))


class ProposeForm(forms.Form):
    """What is proposed, and what the public will read."""

    imitates = forms.CharField(label="冒充哪个账号（备案编号）", max_length=40, required=False)
    platform_id = forms.CharField(label="它的平台账号 ID", max_length=200, required=False)
    said = forms.CharField(
        label="依据",
        max_length=WHY_MAX,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="认定后公众会看到，例如：冒用名称和头像，诱导下载应用。",
    )

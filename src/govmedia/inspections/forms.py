"""Shape of what is pasted to be inspected, and of what is proposed to be passed over."""

from django import forms

TEXT_MAX = 100_000


class PasteForm(forms.Form):
    """A text before it is published; nothing of it is kept."""

    title = forms.CharField(label="标题", required=False, max_length=500)
    text = forms.CharField(
        label="正文",
        max_length=TEXT_MAX,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 14, "placeholder": "把要发布的内容粘贴到这里"}),
        error_messages={
            "required": "请粘贴要检查的正文。",
            "max_length": f"正文最多 {TEXT_MAX:,} 个字符。请分几次检查，或用命令 govmedia inspect 检查文件。",
        },
    )
    source_name = forms.CharField(label="转载来源", required=False, max_length=100, help_text="原创内容留空。")
    repost = forms.BooleanField(label="这是转载的内容", required=False)

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"].replace("\r\n", "\n").replace("\r", "\n")
        if not text.strip():
            raise forms.ValidationError("请粘贴要检查的正文。")
        return text


class AllowanceForm(forms.Form):
    """Words a check shall pass over."""

    phrase = forms.CharField(label="放行的词语", max_length=120, strip=False)
    why = forms.CharField(label="为什么这样写是对的", max_length=300)

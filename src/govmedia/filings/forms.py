"""The filing form: controls made from the table of what is asked. What is wrong is said by content and services."""

from collections.abc import Mapping
from typing import Any

from django import forms

from govmedia.engine.platforms import PLATFORMS
from govmedia.filings import content
from govmedia.filings.content import Item
from govmedia.filings.models import Filing

_ROWS = {"text": 3, "list": 4}
# No address field of the browser's own kind: it would keep a wrong one from ever reaching the server to be saved.
_INPUTS = {
    "url": {"type": "text", "inputmode": "url", "spellcheck": "false"},
    "date": {"type": "date"},
    "phone": {"type": "tel"},
}


class FilingForm(forms.Form):
    """One form for each kind of filing. Everything typed is kept as text, right or wrong."""

    def __init__(self, filing: Filing, *, second: bool, errors: Mapping[str, str] | None = None) -> None:
        super().__init__(data={**filing.form}, use_required_attribute=False)
        self._found = errors or {}
        for item in content.items(filing.kind, second):
            self.fields[item.key] = _field(item)

    def full_clean(self) -> None:
        """Shows what the table of content found; Django's own idea of it would say everything twice."""
        self._errors = forms.utils.ErrorDict()
        self.cleaned_data: dict[str, Any] = {}
        for key, text in self._found.items():
            self.add_error(key if key in self.fields else None, text)


def _field(item: Item) -> forms.Field:
    return forms.CharField(label=item.label, required=item.needed, help_text=item.hint, widget=_widget(item))


def _widget(item: Item) -> forms.Widget:
    if item.shape == "platform":
        return forms.Select(choices=[("", "请选择"), *((one.code, one.label) for one in PLATFORMS.values())])
    if item.shape == "tick":
        return forms.CheckboxInput(check_test=lambda value: value == "on")
    if item.shape in _ROWS:
        return forms.Textarea(attrs={"rows": _ROWS[item.shape]})
    return forms.TextInput(attrs=_INPUTS.get(item.shape, {}))

"""Tags and filters of every page: icons, state pills, times, numbers, addresses and small pictures."""

import re
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import forms, template
from django.forms.boundfield import BoundField
from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from govmedia.common import clock
from govmedia.common.templatetags import drawing

register = template.Library()

NOTHING = "暂无"
_DATE = re.compile(r"((?<![\d-])\d{4}-\d\d-\d\d(?![\d-])|(?<![\d-])\d\d-\d\d(?= \d\d:\d\d))")
_ISO = {
    "date": re.compile(r"\d{4}-\d\d-\d\d", re.ASCII),
    "datetime-local": re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?", re.ASCII),
}
TONES = ("ok", "warn", "bad", "un", "info", "off")
STATE_TONES: dict[str, dict[str, str]] = {
    "": {
        "healthy": "ok", "faulty": "warn", "not_seen": "un",
        "open": "ok", "suspended": "warn", "closing": "info", "closed": "off",
        "draft": "off", "submitted": "info", "passed_on": "info", "returned": "warn", "accepted": "ok",
        "refused": "bad", "withdrawn": "off", "final": "ok",
        "passed": "ok", "failed": "bad", "veto": "bad", "deduct": "warn", "shadow": "info",
    },
    "finding": {
        "raised": "info", "confirmed": "warn", "notified": "warn", "appealed": "info", "rectifying": "warn",
        "fixed": "info", "closed": "ok", "reopened": "bad", "dismissed": "off",
    },
}  # fmt: skip
MESSAGE_TONES = {"success": "ok", "warning": "warn", "error": "bad"}
TONE_ICONS = {"ok": "circle-check", "warn": "alert-triangle", "bad": "alert-circle", "un": "eye-off"}


@register.simple_tag
def icon(name: str, size: str = "", label: str = "") -> SafeString:
    """An icon of the sprite; `size` is empty, "sm" or "lg". Hidden from screen readers unless it has a `label`."""
    css = f"icon {size}" if size else "icon"
    href = f"{static('govmedia/icons.svg')}#i-{name}"
    if label:
        return format_html('<svg class="{}" role="img" aria-label="{}"><use href="{}"></use></svg>', css, label, href)
    return format_html('<svg class="{}" aria-hidden="true"><use href="{}"></use></svg>', css, href)


@register.simple_tag
def pill(state: str, label: str = "", kind: str = "", tone: str = "") -> SafeString:
    """A state's word on its tone. `state` may itself be a tone; `kind` ("finding") where a word means two things."""
    known = STATE_TONES[""] | STATE_TONES.get(kind, {})
    css = tone or (state if state in TONES else known.get(state, "info"))
    return format_html('<span class="pill {}">{}</span>', css, label or state or NOTHING)


@register.filter
def tone(level: str) -> str:
    """The tone of a Django message's level."""
    return MESSAGE_TONES.get(level, "info")


@register.filter
def tone_icon(level: str) -> str:
    """The icon of a tone or of a Django message's level."""
    return TONE_ICONS.get(MESSAGE_TONES.get(level, level), "info-circle")


@register.filter
def note_needed(moves: Sequence[Any]) -> str:
    """Which of the moves want a note, as the end of its label; `，必填` where all do."""
    wanting = [move.label for move in moves if move.needs_note]
    if len(wanting) == len(moves):
        return "，必填"
    return "".join(f"；「{label}」必填" for label in wanting)


def _local(moment: datetime) -> datetime:
    return moment.astimezone(clock.SHANGHAI)


def _distance(seconds: float) -> str:
    minutes = int(abs(seconds) // 60)
    if minutes < 1:
        return "刚刚"
    for size, unit in ((60 * 24, "天"), (60, "小时"), (1, "分钟")):
        if minutes >= size:
            return f"{minutes // size} {unit}{'前' if seconds >= 0 else '后'}"
    return ""


@register.filter
def ago(moment: datetime | None, now: datetime | None = None) -> str:
    """`3 小时前 (11-23 14:05)` in Asia/Shanghai; the year is named where it is another than now's."""
    if moment is None:
        return NOTHING
    present = now or clock.now()
    local = _local(moment)
    form = "%m-%d %H:%M" if local.year == _local(present).year else "%Y-%m-%d %H:%M"
    return f"{_distance((present - moment).total_seconds())} ({local:{form}})"


@register.filter
def moment(value: datetime | None) -> str:
    """`2026-11-23 14:05` in Asia/Shanghai."""
    return f"{_local(value):%Y-%m-%d %H:%M}" if value else NOTHING


@register.filter(name="clock")
def clock_time(value: datetime | None) -> str:
    """`14:05` if today in Asia/Shanghai, else `11-22 14:05`."""
    if value is None:
        return NOTHING
    local = _local(value)
    return f"{local:%H:%M}" if local.date() == clock.today() else f"{local:%m-%d %H:%M}"


@register.filter
def day(value: date | datetime | None) -> str:
    """`2026-11-23`; of a moment its date in Asia/Shanghai."""
    if value is None or value == "":
        return NOTHING
    return (_local(value).date() if isinstance(value, datetime) else value).isoformat()


@register.filter
def thousands(value: float | None) -> str:
    """`110,000`."""
    return NOTHING if value is None or value == "" else f"{value:,}"


@register.filter
def capped(value: int) -> str:
    """A count for a badge: `99+` above 99."""
    return "99+" if value > 99 else str(value)


@register.filter
def percent(part: float | None, whole: float = 1) -> str:
    """`98.6%`: `part` of `whole` (1 if not given), rounded half up; `暂无` where the whole is 0 or unknown."""
    if part is None or not whole:
        return NOTHING
    return f"{drawing.rounded(drawing.share(part, whole), '0.1')}%"


@register.filter
def bar_width(part: float, whole: float = 1) -> str:
    """`93.20%` for an SVG `width` attribute, held between 0 and 100."""
    held = min(max(drawing.share(part, whole), Decimal(0)), Decimal(100))
    return f"{drawing.rounded(held, '0.01')}%"


@register.filter
def or_none(value: Any) -> Any:
    """The value, or `暂无` for None and empty text; 0 and False stay what they are."""
    return NOTHING if value is None or value == "" else value


@register.filter
def dated(text: Any) -> SafeString:
    """The text with each date in it held on one line: browsers break lines after the hyphens of a date."""
    parts = enumerate(_DATE.split(str(text)))
    return format_html_join(
        "",
        "{}",
        ((format_html('<span class="nowrap">{}</span>', part) if place % 2 else part,) for place, part in parts),
    )


@register.filter
def shown(value: Any) -> Any:
    """Any value in the house's form: moments, dates, numbers, 是 and 否, lists joined by `、`, `暂无`."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return day(value)
    if isinstance(value, int | float | Decimal):
        return thousands(value)
    if isinstance(value, list | tuple):
        return "、".join(str(part) for part in value) or NOTHING
    return dated(value) if isinstance(value, str) and value else or_none(value)


@register.simple_tag(takes_context=True)
def query_with(context: Mapping[str, Any], *pairs: Any, **changes: Any) -> str:
    """The page's query with some parameters changed: `{% query_with page=2 %}` or `{% query_with key value %}`.

    None or empty removes the parameter; all others are kept. Always begins with `?`.
    """
    params = context["request"].GET.copy()
    for key, value in {**dict(zip(pairs[::2], pairs[1::2], strict=True)), **changes}.items():
        if value is None or value == "":
            params.pop(key, None)
        else:
            params[key] = str(value)
    return f"?{params.urlencode()}"


@register.simple_tag(takes_context=True)
def query_fields(context: Mapping[str, Any], *without: str) -> SafeString:
    """Hidden inputs that carry the page's other GET parameters through a GET form."""
    request: HttpRequest = context["request"]
    rows = [(key, value) for key, values in request.GET.lists() if key not in without for value in values]
    return format_html_join("\n", '<input type="hidden" name="{}" value="{}">', rows)


def _control_class(widget: forms.Widget) -> str:
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return ""
    if isinstance(widget, forms.CheckboxInput):
        return "form-check-input"
    return "form-select" if isinstance(widget, forms.Select) else "form-control"


def _would_be_dropped(widget: forms.Widget, value: Any) -> bool:
    """Whether a browser would show nothing for a value: its pickers of dates take only what is one, in ISO form."""
    kind = getattr(widget, "input_type", "")
    shown = widget.format_value(value) if kind in _ISO else None
    if not shown:
        return False
    try:
        return not (_ISO[kind].fullmatch(shown) and datetime.fromisoformat(shown))
    except ValueError:
        return True


@register.simple_tag
def control(bound: BoundField, hint: str = "") -> SafeString:
    """A form field's control with the classes of the sheet, tied to its hint (help text or `hint`) and errors.

    A date that is none comes as plain text, so that who typed it sees what is wrong.
    """
    given = bound.field.widget.attrs.get("class", "")
    css = f"{_control_class(bound.field.widget)} {given}".strip()
    attrs = {"class": css} if css else {}
    if hint and not bound.help_text and not bound.use_fieldset:
        parts = [f"{bound.auto_id}_helptext", bound.aria_describedby or ""]
        attrs["aria-describedby"] = " ".join(filter(None, parts))
    widget = bound.field.widget
    if _would_be_dropped(widget, bound.value()):
        widget = copy(widget)
        widget.input_type = "text"
    return bound.as_widget(widget, attrs=attrs)


@register.filter
def in_group(bound: BoundField) -> bool:
    """Whether the control is a group of choices, to be named by a legend and not by a label."""
    return bool(bound.field.widget.use_fieldset)


@register.filter
def is_tick(bound: BoundField) -> bool:
    """Whether the control is a single box to tick, whose label stands behind it."""
    return isinstance(bound.field.widget, forms.CheckboxInput)


@register.inclusion_tag("components/stacked_bar.html")
def stacked_bar(parts: Iterable[tuple[str, int, str]], name: str = "") -> dict[str, Any]:
    """A bar of (tone, count, label) parts; `name` says what it is the bar of."""
    found = drawing.segments(parts)
    words = "，".join(f"{part.label} {part.count:,}" for part in found)
    return {"segments": found, "words": f"{name}：{words}" if name else words}


@register.inclusion_tag("components/heat.html")
def heat(days: Iterable[drawing.Day | Mapping[str, object]], name: str = "近一年发布情况") -> dict[str, Any]:
    """A calendar of consecutive days: each a drawing.Day or a mapping with its fields; `posts` None = not seen."""
    return {"calendar": drawing.calendar(days), "name": name}

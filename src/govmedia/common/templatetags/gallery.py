"""Samples for the component page: every component in every state, with invented names."""

import json
from datetime import date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from django import forms, template
from django.http import HttpRequest

from govmedia.common import clock
from govmedia.common.listing_page import (
    Address,
    Cell,
    Chip,
    ColumnLink,
    Control,
    Head,
    Line,
    Link,
    ListPage,
    page_links,
)
from govmedia.common.states import Move
from govmedia.common.templatetags.drawing import Day

register = template.Library()

LONG = "某某市某某区文化广电和旅游局（体育局、文物局）融媒体中心综合服务号（测试很长的名称）"
NAMES = ("健康某某", "某某发布", LONG, "某某文旅")
SAMPLES = Path(__file__).with_name("gallery.json")


class SampleForm(forms.Form):
    """One field of each kind, some filled, some wrong."""

    url = forms.URLField(
        label="账号链接或数据接口", help_text="粘贴公众号主页或 RSS 地址，其余由系统读取。", assume_scheme="https"
    )
    name = forms.CharField(label="账号名称", max_length=40)
    platform = forms.ChoiceField(label="平台", choices=[("wechat_mp", "微信公众号"), ("weibo", "微博")])
    kind = forms.ChoiceField(
        label="账号类型", widget=forms.RadioSelect, choices=[("main", "综合类"), ("field", "专业类")]
    )
    functions = forms.MultipleChoiceField(
        label="功能栏目",
        widget=forms.CheckboxSelectMultiple,
        required=False,
        choices=[("a", "预约挂号"), ("b", "疫苗接种")],
        help_text="公众在账号里能直接办的事。",
    )
    reason = forms.CharField(label="同平台第二个账号的理由", widget=forms.Textarea(attrs={"rows": 2}))
    opened_on = forms.DateField(label="开设日期", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    sure = forms.BooleanField(label="以上内容已经单位负责人审核")


def _days(present: datetime) -> list[Day]:
    """A year with a life-like rhythm, two weeks not seen and a long gap."""
    last = clock.day_of(present)
    days = []
    for back in range(364, -1, -1):
        on = last - timedelta(days=back)
        posts: int | None = (on.toordinal() * 7919 % 5) if on.weekday() < 5 else on.toordinal() % 2
        if 130 <= back < 144:
            posts = None
        gap = 52 <= back < 66
        days.append(Day(on, 0 if gap else posts, gap, outside=back > 340))
    return days


def _lines(columns: list[Head]) -> list[Line]:
    lines = []
    for number, name in enumerate(NAMES, 1):
        values = (name, "微信公众号", "某某市卫生健康委员会", 1284 * number, date(2016, 3, number))
        cells = [Cell(c.label, v, None, c.numeric, c.hide_small) for c, v in zip(columns, values, strict=True)]
        lines.append(Line(SimpleNamespace(pk=number), cells))
    return lines


def _page(request: HttpRequest) -> ListPage:
    address = Address(request.GET)
    heads = [
        Head("name", "账号", address.with_(sort="-name"), "ascending", False, False),
        Head("platform", "平台", address.with_(sort="platform"), "none", False, False),
        Head("organisation", "主办单位", "", "none", False, False),
        Head("posts", "发布数", address.with_(sort="-posts"), "none", True, False),
        Head("opened_on", "开设日期", address.with_(sort="opened_on"), "none", False, True),
    ]
    lines = _lines(heads)
    return ListPage(
        rows=[line.row for line in lines],
        lines=lines,
        total=110_000,
        number=3,
        pages=4400,
        size=25,
        heads=heads,
        filters=[
            Control("q", "名称、单位或编号", "健康", None),
            Control("platform", "平台", "wechat_mp", [("wechat_mp", "微信公众号"), ("weibo", "微博")]),
            Control("health", "健康", "", [("healthy", "健康"), ("faulty", "有问题"), ("not_seen", "未见")]),
        ],
        chips=[Chip("平台", "微信公众号", address.with_(platform=None)), Chip("名称", "健康", address.with_(q=None))],
        kept=[],
        column_links=[ColumnLink("平台", True, "?hide=platform"), ColumnLink("主办单位", False, "?")],
        sizes=[Link(25, ""), Link(50, address.with_(size=50)), Link(100, address.with_(size=100))],
        links=page_links(3, 4400, address),
        clear_url="?",
        csv_url="#",
        xlsx_url="#",
        previous_url=address.with_(page=2),
        next_url=address.with_(page=4),
    )


def _timeline(present: datetime) -> list[dict[str, Any]]:
    return [
        {"at": present - timedelta(days=3, hours=2), "who": "陈运维", "text": "提交备案", "tone": "ok"},
        {
            "at": present - timedelta(days=2),
            "who": "赵审核",
            "text": "退回补正",
            "note": "名称与「健康某某」相近，请写明理由。",
            "tone": "warn",
        },
        {"at": present - timedelta(hours=5), "who": "陈运维", "text": "补正后再次提交", "tone": "ok"},
        {"at": present - timedelta(hours=3), "who": "某某区政府办公室", "text": "正在审核", "tone": "now"},
        {"at": None, "who": "某某市政府办公厅", "text": "上级审核，约 2 个工作日", "tone": "next"},
    ]


@register.simple_tag(takes_context=True)
def gallery_samples(context: dict[str, Any]) -> dict[str, Any]:
    """Data for `components/gallery.html`: the texts of `gallery.json` and what must be computed."""
    present = clock.now()
    wrong = SampleForm({"name": LONG * 2, "platform": "weibo", "kind": "x", "url": "不是链接"})
    distances = ({"seconds": 5}, {"minutes": 7}, {"hours": 3}, {"days": 400})
    return {
        **json.loads(SAMPLES.read_text(encoding="utf-8")),
        "form": SampleForm(initial={"url": "https://feeds.example.gov.cn/health.xml", "name": "健康某某发布"}),
        "wrong": wrong,
        "wrong_fields": [wrong["url"], wrong["reason"]],
        "page": _page(context["request"]),
        "days": _days(present),
        "moments": [present - timedelta(**distance) for distance in distances],
        "timeline": _timeline(present),
        "unsaved": [("审核意见", "名称与单位职责一致。\n请补一份主管部门的批复。")],
        "moves": [
            Move("accept", frozenset({"submitted"}), "accepted", "filing.review", "通过"),
            Move("return", frozenset({"submitted"}), "returned", "filing.review", "退回补正", needs_note=True),
            Move("refuse", frozenset({"submitted"}), "refused", "filing.review", "不予备案", needs_note=True),
        ],
    }

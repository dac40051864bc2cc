"""The tags and filters of pages, and the pages they are made for."""

import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from html import unescape
from itertools import pairwise
from pathlib import Path

import pytest
from django import forms
from django.contrib.staticfiles import finders
from django.http import QueryDict
from django.template import Context, Template
from django.template.loader import get_template, render_to_string
from hypothesis import given
from hypothesis import strategies as st

from govmedia.common.templatetags import drawing, govmedia

SRC = Path(govmedia.__file__).parents[2]
NOW = datetime(2026, 11, 23, 6, 5, tzinfo=UTC)  # 14:05 in Shanghai


def rendered(source: str, **context) -> str:
    return Template("{% load govmedia %}" + source).render(Context(context))


@pytest.mark.parametrize(
    ("before", "text"),
    [
        (timedelta(seconds=20), "刚刚 (11-23 14:04)"),
        (timedelta(minutes=7), "7 分钟前 (11-23 13:58)"),
        (timedelta(hours=3), "3 小时前 (11-23 11:05)"),
        (timedelta(hours=23, minutes=59), "23 小时前 (11-22 14:06)"),
        (timedelta(days=3), "3 天前 (11-20 14:05)"),
        (timedelta(days=400), "400 天前 (2025-10-19 14:05)"),
        (timedelta(hours=-2), "2 小时后 (11-23 16:05)"),
    ],
)
def test_ago_names_distance_and_shanghai_time(before, text):
    assert govmedia.ago(NOW - before, NOW) == text


def test_ago_without_a_moment_is_said():
    assert govmedia.ago(None) == "暂无"


def test_ago_names_the_year_by_the_shanghai_calendar():
    present = datetime(2026, 12, 31, 16, 30, tzinfo=UTC)  # already 2027 in Shanghai
    assert govmedia.ago(present - timedelta(hours=1), present) == "1 小时前 (2026-12-31 23:30)"


def test_day_of_a_moment_is_the_shanghai_date():
    assert govmedia.day(datetime(2026, 11, 22, 16, 30, tzinfo=UTC)) == "2026-11-23"
    assert govmedia.day(date(2026, 3, 8)) == "2026-03-08"
    assert govmedia.day(None) == "暂无"


def test_clock_leaves_the_date_out_today(monkeypatch):
    monkeypatch.setattr(govmedia.clock, "today", lambda: date(2026, 11, 23))
    assert govmedia.clock_time(NOW) == "14:05"
    assert govmedia.clock_time(NOW - timedelta(days=1)) == "11-22 14:05"


@pytest.mark.parametrize(
    ("part", "whole", "text"),
    [(353, 389, "90.7%"), (1, 1, "100.0%"), (0, 5, "0.0%"), (0, 0, "暂无"), (None, 5, "暂无"), (1, 2000, "0.1%")],
)
def test_percent_has_one_decimal_rounded_half_up(part, whole, text):
    assert govmedia.percent(part, whole) == text


def test_numbers_have_thousands_marks_and_nothing_is_said():
    assert govmedia.thousands(110_000) == "110,000"
    assert govmedia.thousands(0) == "0"
    assert govmedia.thousands(None) == "暂无"
    assert govmedia.or_none(0) == 0
    assert govmedia.or_none("") == "暂无"
    assert govmedia.capped(99) == "99"
    assert govmedia.capped(100) == "99+"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (True, "是"),
        (1284, "1,284"),
        (Decimal("92.5"), "92.5"),
        (date(2026, 3, 8), "2026-03-08"),
        (NOW, "2026-11-23 14:05"),
        (["预约", "科普"], "预约、科普"),
        ([], "暂无"),
        ("文字", "文字"),
        ("", "暂无"),
    ],
)
def test_shown_writes_each_kind_of_value_one_way(value, text):
    assert govmedia.shown(value) == text


def test_bar_width_stays_inside_the_bar():
    assert [govmedia.bar_width(part, 8) for part in (-1, 0, 1, 8, 9)] == [
        "0.00%",
        "0.00%",
        "12.50%",
        "100.00%",
        "100.00%",
    ]


def test_pill_has_tone_and_word_and_escapes():
    assert govmedia.pill("healthy", "健康") == '<span class="pill ok">健康</span>'
    assert govmedia.pill("not_seen", "未见") == '<span class="pill un">未见</span>'
    assert govmedia.pill("warn", "扣 5 分") == '<span class="pill warn">扣 5 分</span>'
    assert govmedia.pill("healthy", "<b>") == '<span class="pill ok">&lt;b&gt;</span>'


def test_pill_of_a_word_with_two_meanings_asks_the_kind():
    assert govmedia.pill("closed", "已注销") == '<span class="pill off">已注销</span>'
    assert govmedia.pill("closed", "销号", kind="finding") == '<span class="pill ok">销号</span>'


def test_query_with_changes_one_parameter_and_keeps_the_others(rf):
    request = rf.get("/", {"q": "健康", "page": "3", "platform": "weibo"})
    text = rendered("{% query_with page=4 %}|{% query_with 'platform' None %}", request=request)
    first, second = (QueryDict(part.removeprefix("?").replace("&amp;", "&")).dict() for part in text.split("|"))
    assert first == {"q": "健康", "page": "4", "platform": "weibo"}
    assert second == {"q": "健康", "page": "3"}


def test_query_fields_carry_the_other_parameters_escaped(rf):
    request = rf.get("/", {"q": '"><script>', "page": "3"})
    assert rendered("{% query_fields 'page' %}", request=request) == (
        '<input type="hidden" name="q" value="&quot;&gt;&lt;script&gt;">'
    )


class Sample(forms.Form):
    name = forms.CharField(label="名称", help_text="公众看到的名称。")
    kind = forms.ChoiceField(label="类型", widget=forms.RadioSelect, choices=[("a", "甲"), ("b", "乙")])
    sure = forms.BooleanField(label="已核对")
    link = forms.CharField(label="链接", required=False)


def test_field_ties_hint_and_error_to_its_control():
    page = render_to_string("components/field.html", {"field": Sample({})["name"], "got": "已自动填写"})
    tied = re.search(r'<input[^>]* aria-describedby="([^"]+)"', page).group(1).split()
    assert sorted(tied) == sorted(re.findall(r'<div class="(?:hint|err)" id="([^"]+)"', page))
    assert len(tied) == 2
    assert 'aria-invalid="true"' in page
    assert '<label for="id_name">' in page
    assert "已自动填写" in page


class Dates(forms.Form):
    on = forms.DateField(widget=forms.DateInput(attrs={"type": "date", "id": "on"}))
    text = forms.CharField(widget=forms.TextInput(attrs={"type": "date"}))
    at = forms.DateTimeField(widget=forms.DateTimeInput(attrs={"type": "datetime-local"}))


@pytest.mark.parametrize("field", ["on", "text"])
@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("2026-02-28", "date"), ("", "date"), ("2026-02-30", "text"), ("2026-2-28", "text"), ("20260228", "text"),
        ("12026-01-01", "text"), ("0000-01-01", "text"), ('abc"<b>', "text"),
    ],
)  # fmt: skip
def test_date_that_a_browser_would_drop_is_shown_as_it_was_typed(field, typed, kind):
    form = Dates({field: typed})
    page = rendered("{% control field %}", field=form[field])
    assert re.findall(r' type="([a-z-]+)"', page) == [kind]
    value = re.search(r' value="([^"]*)"', page)
    assert unescape(value.group(1) if value else "") == typed
    assert form.fields[field].widget.input_type == "date"


@pytest.mark.parametrize(
    ("typed", "kind"),
    [("2026-02-28T09:30", "datetime-local"), ("2026-02-28 9:30", "text"), ("2026-02-28T25:00", "text")],
)
def test_moment_that_a_browser_would_drop_is_shown_as_it_was_typed(typed, kind):
    page = rendered("{% control field %}", field=Dates({"at": typed})["at"])
    assert (f' type="{kind}"' in page, f' value="{typed}"' in page) == (True, True)


def test_field_with_a_hint_of_the_page_ties_it():
    page = render_to_string("components/field.html", {"field": Sample()["link"], "hint": "粘贴主页地址"})
    assert 'aria-describedby="id_link_helptext"' in page
    assert '<div class="hint" id="id_link_helptext">粘贴主页地址</div>' in page
    assert "选填" in page


def test_field_of_choices_is_named_by_a_legend():
    page = render_to_string("components/field.html", {"field": Sample({})["kind"]})
    assert page.count("<legend>") == 1
    assert 'aria-describedby="id_kind_error"' in page


def test_form_errors_link_to_their_fields():
    page = render_to_string("components/form_errors.html", {"form": Sample({})})
    assert "还有 3 处要改" in page
    assert '<a href="#id_name">名称</a>' in page
    assert render_to_string("components/form_errors.html", {"form": Sample()}).strip() == ""


def days(count: int) -> list[drawing.Day]:
    return [drawing.Day(date(2026, 1, 1) + timedelta(days=n), posts=n % 5) for n in range(count)]


def test_calendar_of_a_year_has_a_cell_for_each_day_without_overlap():
    found = drawing.calendar(days(365))
    assert len({(cell.x, cell.y) for cell in found.cells}) == 365
    assert max(cell.x for cell in found.cells) + drawing.CELL <= found.width
    assert [label for _, label in found.months] == list(drawing.MONTHS)


def test_calendar_says_not_seen_and_never_zero():
    found = drawing.calendar(
        [{"on": date(2026, 1, 1), "posts": None}, {"on": date(2026, 1, 2), "posts": 0, "gap": True}]
    )
    assert [cell.title for cell in found.cells] == ["2026-01-01：未见", "2026-01-02：无发布，计入更新间隔"]
    assert [cell.not_seen for cell in found.cells] == [True, False]
    assert found.summary == "2026-01-01 至 2026-01-02：看到 1 天，共发布 0 篇，未见 1 天，计入更新间隔 1 天。"


def test_heat_without_days_says_what_will_appear():
    assert "首次查看之后" in rendered("{% heat days %}", days=[])


@given(st.lists(st.tuples(st.sampled_from(["ok", "warn", "bad", "un"]), st.integers(0, 10**6)), max_size=6))
def test_segments_fill_the_bar_exactly(parts):
    found = drawing.segments((tone, count, "词") for tone, count in parts)
    edges = [(Decimal(s.x[:-1]), Decimal(s.width[:-1])) for s in found]
    assert sum(width for _, width in edges) == (100 if found else 0)
    assert all(x + width == following for (x, width), (following, _) in pairwise(edges))


def test_stacked_bar_hatches_what_was_not_seen_and_has_words():
    page = rendered(
        "{% stacked_bar parts '微博' %}", parts=[("ok", 3, "健康"), ("un", 1, "未见"), ("bad", 0, "红线")]
    )
    assert 'aria-label="微博：健康 3，未见 1"' in page
    assert page.count('fill="url(#hatch)"') == 1
    assert page.count("<rect") == 2


def test_every_icon_that_a_page_names_is_in_the_sprite():
    known = set(re.findall(r'id="i-([a-z0-9-]+)"', Path(finders.find("govmedia/icons.svg")).read_text()))
    used = {
        name
        for page in SRC.rglob("templates/**/*.html")
        for name in re.findall(r'{% icon "([^"]+)"|empty_icon="([^"]+)"', page.read_text())
        for name in name
        if name
    }
    assert used | set(govmedia.TONE_ICONS.values()) <= known


@pytest.mark.parametrize("page", sorted(SRC.rglob("common/templates/**/*.html")), ids=lambda page: page.stem)
def test_template_loads_and_has_nothing_inline(page):
    source = page.read_text(encoding="utf-8")
    get_template(page.relative_to(SRC / "common/templates").as_posix())
    assert re.findall(r'\sstyle=|\son[a-z]+="|<style|<script(?! src=)|javascript:', source) == []
    assert source.count("\n") <= 150


@pytest.mark.parametrize("name", ["400.html", "403.html", "404.html", "500.html"])
def test_error_page_stands_without_any_context(name):
    page = get_template(name).render({})
    assert f"错误代码 {name[:3]}" in page
    assert "<h1>" in page


def test_gallery_shows_every_component(rf):
    context = {"site": {"demo": True, "name": "测试"}, "request": rf.get("/")}
    page = get_template("components/gallery.html").render(context)
    assert page.count("演示数据，非真实检查结果") == 1
    for mark in ('class="heat"', 'class="t cards"', 'class="timeline"', 'class="errors"', 'class="warnings"'):
        assert page.count(mark) == 1


def test_dates_in_a_text_are_held_on_one_line():
    said = govmedia.dated("2026-11-11 至 2026-11-21 <无> 更新，4 天前 (11-19 08:35) 看到，电话 025-00000000")
    assert said == (
        '<span class="nowrap">2026-11-11</span> 至 <span class="nowrap">2026-11-21</span> &lt;无&gt; 更新，'
        '4 天前 (<span class="nowrap">11-19</span> 08:35) 看到，电话 025-00000000'
    )

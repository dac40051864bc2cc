"""A bad bulletin file is told in Chinese: where, what, how to put it right."""

import json
from dataclasses import replace

import pytest

from engine.bulletins import real, samples
from govmedia.engine.bulletins.errors import BulletinError
from govmedia.engine.bulletins.paper import ordinal, paper_of, signature_indents
from govmedia.engine.bulletins.placeholders import fill, values_of
from govmedia.engine.bulletins.reading import read_bulletin
from govmedia.engine.bulletins.shape import Bulletin, Section
from govmedia.engine.bulletins.title import title_lines
from govmedia.engine.bulletins.widths import ems

GOOD = {"title": "通报", "issuer": "某办公室"}


def problems(given):
    data = given if isinstance(given, bytes) else json.dumps({**GOOD, **given}).encode()
    with pytest.raises(BulletinError) as caught:
        read_bulletin(data)
    return caught.value.problems


@pytest.mark.parametrize(
    ("given", "says"),
    [
        (b"\xff\xfe", "UTF-8"),
        (b"{", "第 1 行第 2 列"),
        (b"[]", "花括号"),
        (b"[" * 100_000, "嵌套"),
        ({"title": ""}, "title：必须填写"),
        ({"sampled": "三百"}, "sampled：应是不小于 0 的整数，而不是“三百”"),
        ({"sampled": True}, "sampled：应是不小于 0 的整数"),
        ({"passed": -1}, "passed：应是不小于 0 的整数"),
        ({"pass_rate": 95.2}, "pass_rate：应是带百分号的文字"),
        ({"by_level": {"市级": {"微信": "x"}}}, "by_level.市级.微信：应是"),
        ({"by_level": [1]}, "by_level：应是一个对象"),
        ({"failing": {}}, "failing：应是一个列表"),
        ({"failing": [{"platform": "微博"}]}, "failing[第 1 项].account：必须填写"),
        ({"failing": [{"account": "甲", "due": "下月"}]}, "failing[第 1 项].due：应是 2026-10-15 这样的日期"),
        ({"number": "苏政办函[2026]012号"}, "六角括号"),
        ({"number": "苏政办函〔2026〕第12号"}, "不加“第”"),
        ({"sections": [{"heading": "一", "level": 5}]}, "sections[第 1 项].level：应是 1 到 4"),
        ({"annexes": [{"title": "单", "of": "x"}]}, "annexes[第 1 项].of：应是 sampled"),
        ({"annexes": [{"title": "单", "columns": ["a", "b"], "rows": [["1"]]}]}, "有 1 格，表头有 2 列"),
        ({"annexes": [{"title": "单", "rows": [["1"]]}]}, "没有表头"),
        ({"changes": {"pass_rate": "多了"}}, "changes.pass_rate：应是带正负号"),
        ({"sealed": "是"}, "sealed：应是 true 或 false"),
        ({"estimate": {"rate": "95%"}}, "estimate.low：必须填写"),
        ({"title": "长" * 20_001}, "最多 20000 字"),
    ],
)
def test_what_is_wrong_is_named(given, says):
    assert any(says in one for one in problems(given))


def test_all_that_is_wrong_is_told_at_once_but_not_without_end():
    found = problems({"failing_counts": 1, "sampled": "x", "passed": "y"})
    assert len(found) == 3


@pytest.mark.parametrize("name", real.NAMES)
def test_real_bulletins_are_read(name):
    assert real.bulletin(name).title


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("合格率{{pas_rate}}", "{{pass_rate}}"),
        ("{{by_level.区级}}", "没有占位符 {{by_level.区级}}"),
        ("{{original_rate}}", "没有这个数字"),
        ("合格率{{pass_rate", "没有配对"),
        ("合格率{{{{pass_rate}}}}", "没有配对"),
    ],
)
def test_placeholders_that_do_not_exist_are_told(text, says):
    one = replace(samples.bulletin(), sections=(Section("总体情况", 1, (text,)),))
    with pytest.raises(BulletinError) as caught:
        paper_of(one)
    assert says in str(caught.value)
    assert "“总体情况”第 1 段" in str(caught.value)


def test_a_figure_that_looks_like_a_placeholder_is_not_filled_again():
    one = Bulletin("通报", "{{pass_rate}}", pass_rate="95%", sections=(Section("一", 1, ("{{issuer}}",)),))
    assert fill("{{issuer}}", values_of(one)) == "{{pass_rate}}"


def test_every_figure_the_usual_wording_uses_can_be_edited():
    values = values_of(samples.bulletin())
    assert values["by_level"] == "县级13个，市级13个，省级14个" or "省级14个" in values["by_level"]
    assert values["pass_rate"] == "90%"
    assert values["failing_counts.超过两周未更新"] == "4"
    assert values["rectification_due"] == "2026年10月30日"
    assert values["failing_names.超过两周未更新"].startswith("“账号3”（微博）")


def test_headings_are_numbered_anew_under_each_other():
    one = replace(
        samples.BASE,
        annexes=(),
        sections=(
            Section("甲"),
            Section("（九）乙", 2),
            Section("丙", 2),
            Section("丁"),
            Section("戊", 2),
            Section("己", 3),
        ),
    )
    headings = [block.text for block in paper_of(one).blocks if block.level]
    assert headings == ["一、甲", "（一）乙", "（二）丙", "二、丁", "（一）戊", "1.己"]


@pytest.mark.parametrize(("number", "chinese"), [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (35, "三十五")])
def test_ordinals(number, chinese):
    assert ordinal(1, number) == f"{chinese}、"


@pytest.mark.parametrize(
    ("signer", "sealed", "indents"),
    [
        ("某办公厅", True, (5.25, 4.0)),
        ("某省人民政府办公厅政务公开办公室", True, (0.0, 4.75)),
        ("某省人民政府办公厅", False, (2.0, 2.5)),
        ("某办公厅", False, (6.5, 2.0)),
    ],
)
def test_signature_stands_where_the_form_puts_it(signer, sealed, indents):
    assert signature_indents(signer, "2026年10月5日", sealed) == indents


@pytest.mark.parametrize("name", real.NAMES)
def test_titles_are_broken_between_words_and_never_too_long(name):
    title = real.bulletin(name).title
    lines = title_lines(title, 20)
    assert "".join(lines) == title
    assert all(0 < ems(line) <= 20 for line in lines)
    assert not any(line.startswith(("的", "、", "和", "）")) for line in lines)

"""The packaged tables of names: what they hold fits together."""

from datetime import date

import pytest

from govmedia.engine.content.bodies import bodies
from govmedia.engine.content.divisions import divisions
from govmedia.engine.content.law_titles import NearTitle, abolished, core_of, titles
from govmedia.engine.content.phrases import phrases
from govmedia.engine.content.series import faults


def test_no_old_body_is_a_present_name():
    table = bodies()
    assert not table.renamed.keys() & table.names.names
    assert all(entry.since <= date(2026, 11, 1) and entry.source for entry in table.renamed.values())


def test_former_divisions_are_gone_and_their_successors_are_there():
    table = divisions()
    for (within, old), former in table._former.items():
        assert former.source and former.since.year >= 2006
        for new in former.new.split("、"):
            assert any(new.endswith(name) for name in table.codes), former
        # 江北区 and 渝北区 of 重庆 are still in the collection; the change came after it.
        if within != "重庆市" and within in table.codes:
            assert not table.lies_in(within, old) or old in {"公主岭市"}, former
    assert all(old not in table.codes for old in table.alone)


def test_divisions_know_where_they_lie():
    table = divisions()
    assert table.lies_in("江苏省", "姑苏区") and table.lies_in("苏州市", "姑苏区")
    assert not table.lies_in("南京市", "姑苏区")
    assert table.homes("姑苏区") == ["江苏省苏州市"]
    assert table.near_short("安微省") == "安徽省"
    assert table.near_short("安徽省") == "" and table.near_short("的城市") == ""


def test_laws_repealed_are_not_taken_for_slips():
    for core in abolished():
        assert titles().near(core, named=True) is None


@pytest.mark.parametrize(
    ("core", "named", "meant"),
    [
        ("安全生法", True, "安全生产法"),
        ("消费者权益保户法", False, "消费者权益保护法"),
        ("道路交全安通法", True, "道路交通安全法"),
        ("农产品质量安全安全法", False, "农产品质量安全法"),
        ("物业管理法", False, "物业管理条例"),
    ],
)
def test_titles_near_a_known_one(core, named, meant):
    near = titles().near(core, named=named)
    assert near is not None and near.core == meant


@pytest.mark.parametrize(
    "core",
    [
        "安全生产法",
        "平凡的世界",
        "山西省节约能源条例",
        "上海市公园管理条例",
        "关于深化改革的意见",
        "法",
        "",
        "刑法修正案（十三）",
    ],
)
def test_titles_that_are_none_of_ours(core):
    assert titles().near(core, named=False) is None


def test_every_known_title_is_at_peace_with_itself():
    table = titles()
    assert len(table.known) > 2500
    assert [core for core in table.known if table.near(core, named=False)] == []


def test_the_core_of_a_title():
    assert core_of("中华人民共和国公司法（2023年修订）") == "公司法"
    assert core_of("上海市实施〈中华人民共和国邮政法〉办法") == "上海市实施中华人民共和国邮政法办法"
    assert core_of("最高人民法院关于适用若干问题的解释（一）") == "最高人民法院关于适用若干问题的解释"
    assert isinstance(titles().near("公司发", named=True), NearTitle)


def fault_of(text: str) -> list[tuple[str, str | None]]:
    """Faults by every item that leads to a series; the same one told by two items is one, as the inspector has it."""
    found = []
    for trigger, series in phrases().series.items():
        place = text.find(trigger)
        if place >= 0:
            found += [
                (text[one.start : one.end], one.right) for one in faults(text, place, place + len(trigger), series)
            ]
    return list(dict.fromkeys(found))


def test_every_series_is_right_in_its_own_order_and_wrong_with_two_items_changed_about():
    for series in phrases().series.values():
        right = "、".join(series.items)
        assert fault_of(f"坚持{right}。") == []
        swapped = "、".join((series.items[1], series.items[0], *series.items[2:]))
        assert (swapped, right) in fault_of(f"坚持{swapped}。"), series.name


def test_an_item_is_missing_only_beside_the_name_of_the_whole():
    assert fault_of("增强“四个意识”（政治意识、大局意识、看齐意识）。") == [("政治意识、大局意识、看齐意识", None)]
    assert fault_of("增强政治意识、大局意识、看齐意识。") == []


def test_marks_between_items_are_kept():
    assert fault_of("严以用权，严以修身、严以律己") == [
        ("严以用权，严以修身、严以律己", "严以修身，严以用权、严以律己")
    ]

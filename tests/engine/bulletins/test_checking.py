"""Exactly what does not close is told."""

from dataclasses import replace

import pytest

from engine.bulletins import real
from govmedia.engine.bulletins.checking import differences
from govmedia.engine.bulletins.shape import Bulletin, NamedAccount, Previous, Section


def found_in(bulletin):
    return [(one.kind, one.where) for one in differences(bulletin)]


def assert_exactly(bulletin, expected):
    found = differences(bulletin)
    assert [[one.kind, one.where] for one in found] == [one[:2] for one in expected]
    for one, (_, _, number) in zip(found, expected, strict=True):
        assert number in one.text


def test_all_real_bulletins_are_there():
    assert len(real.NAMES) == 35
    assert real.DIFFERENCES.keys() | real.SUPPLEMENTS.keys() <= set(real.NAMES)


@pytest.mark.parametrize("name", real.NAMES)
def test_real_bulletin_differs_just_where_its_notes_say(name):
    assert_exactly(real.bulletin(name), real.DIFFERENCES.get(name, {}).get("file", []))


@pytest.mark.parametrize("name", sorted(real.SUPPLEMENTS))
def test_figures_only_the_notes_quote_are_checked_too(name):
    assert_exactly(real.supplemented(name), real.DIFFERENCES.get(name, {}).get("supplemented", []))


def test_figures_carried_over_unchanged_are_suspected():
    now, before = real.bulletin("jiangsu_changzhou_2023Q2"), real.bulletin("jiangsu_changzhou_2023Q1")
    assert found_in(replace(now, previous=before.as_previous())) == [("unchanged", "previous")]


BASE = Bulletin(
    title="通报",
    issuer="某市人民政府办公室",
    accounts_total=100,
    by_level={"市级": 40, "县级": 60},
    by_platform={"微信": {"市级": 30, "县级": 40}, "微博": {"市级": 10, "县级": 20}},
    sampled=100,
    passed=95,
    pass_rate="95%",
    rates_by_group={"市级": "97.5%", "县级": "93.3%"},
    failing_counts={"超过两周未更新": 5},
    failing=tuple(NamedAccount(f"账号{number}", "微信") for number in range(5)),
    lists_complete=True,
    deductions=(),
    sample_rate="100%",
)


def test_a_bulletin_that_closes_has_no_difference():
    assert found_in(BASE) == []


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"by_level": {"市级": 41, "县级": 60}, "rates_by_group": {}}, [("sum", "by_level、accounts_total")]),
        ({"by_platform": {"微信": 70, "微博": 31}}, [("sum", "by_platform、accounts_total")]),
        ({"sampled_by_level": {"市级": 41, "县级": 59}, "rates_by_group": {}},
         [("sampled", "sampled_by_level.市级")]),
        ({"passed": 101, "failing": None, "failing_counts": {}}, [("passed", "passed、sampled")]),
        ({"pass_rate": "95.1%"}, [("rate", "pass_rate")]),
        ({"rates_by_group": {"市级": "97.6%"}}, [("group", "rates_by_group.市级")]),
        ({"rates_by_group": {"市级": "95%", "县级": "93.3%"}}, [("group", "rates_by_group、by_level")]),
        (
            {"stated_counts": {"微信": {"sampled": 70, "failing": 5}}, "rates_by_group": {"微信": "92.8%"}},
            [("group", "rates_by_group.微信")],
        ),
        ({"failing_counts": {"超过两周未更新": 6}}, [("classes", "failing_counts.超过两周未更新")]),
        ({"failing": BASE.failing[:4]}, [("list", "failing")]),
        ({"failing": BASE.failing[:4], "lists_complete": False}, []),
        ({"failing": (*BASE.failing, NamedAccount("多出的", "微信"))}, [("list", "failing")]),
        ({"failing": (*BASE.failing, BASE.failing[0])}, [("twice", "failing")]),
        ({"full_marks_accounts": 101}, [("list", "full_marks_accounts、sampled")]),
        ({"sampled": 60, "sample_rate": "61%", "passed": 57, "failing": None, "failing_counts": {}},
         [("rate", "sample_rate")]),
        ({"rectification_due": "2026-01-05", "published": "2026-01-06"}, [("due_before", "rectification_due")]),
        ({"posts": 10, "original": 11}, [("list", "original、posts")]),
        ({"unjudged": 101, "passed": None, "failing": None}, [("sampled", "unjudged")]),
        ({"sections": (Section("总体情况", 1, ("总体合格率为96%。",)),)}, [("claim", "sections“总体情况”")]),
        ({"lead": ("检查发现不合格账号6个。",)}, [("claim", "lead[第 1 段]")]),
        ({"lead": ("微信不合格账号4个，微博不合格账号1个。",)}, []),
        (
            {"previous": Previous(accounts_total=90, pass_rate="94.2%"), "changes": {"pass_rate": "+0.9"}},
            [("change", "changes.pass_rate")],
        ),
        (
            {"previous": Previous(accounts_total=90, pass_rate="94.2%"),
             "changes": {"pass_rate": "+0.8", "accounts_total": "+10"}},
            [],
        ),
    ],
)  # fmt: skip
def test_each_kind_of_difference_is_told_once(changed, expected):
    assert found_in(replace(BASE, **changed)) == expected


@pytest.mark.parametrize(
    ("rate", "passed", "closes"),
    [
        ("超74%", 741, True),
        ("超74%", 739, False),
        ("不足70%", 699, True),
        ("<70%", 700, False),
        ("约70%", 703, True),
        ("94.5%", 945, True),
        ("≥90%", 900, True),
        ("高于90%", 899, False),
    ],
)
def test_bounds_are_read_as_bounds(rate, passed, closes):
    one = Bulletin("通报", "办公室", sampled=1000, passed=passed, pass_rate=rate)
    assert (found_in(one) == []) is closes

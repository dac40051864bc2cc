"""Accounts that have a real bulletin's basic counts give its other figures; figures close whatever the accounts."""

import json
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.bulletins import real, rebuilt
from govmedia.engine.bulletins.checking import differences
from govmedia.engine.bulletins.errors import BulletinError
from govmedia.engine.bulletins.figures import AccountRow, Deduction, with_figures
from govmedia.engine.bulletins.percents import parse, printed
from govmedia.engine.bulletins.placeholders import fill, values_of
from govmedia.engine.bulletins.reading import bulletin_of
from govmedia.engine.bulletins.shape import Bulletin, flat
from govmedia.engine.bulletins.wording import with_wording
from govmedia.engine.bulletins.writing import bulletin_to_json

EMPTY = Bulletin("关于2026年第三季度政务新媒体检查情况的通报", "某市人民政府办公室", window="2026年第三季度")


def text_of(bulletin):
    """All sentences with their figures."""
    bulletin, values = with_wording(bulletin), values_of(bulletin)
    return "\n".join(fill(text, values) for one in bulletin.sections for text in one.text)


def same_rate(source, ours):
    """Printed alike, or within the bound the source gives."""
    said = parse(source)
    return source == ours if not said.sign else said.bounds()[0] <= parse(ours).number < said.bounds()[1]


@pytest.mark.parametrize("name", rebuilt.NAMES)
def test_basic_counts_of_a_real_bulletin_give_its_other_figures(name):
    source = real.bulletin(name)
    rows, decimals = rebuilt.made(name)
    ours = with_figures(EMPTY, rows, decimals, levels=list(flat(source.by_level)))
    assert source.accounts_total in (None, ours.accounts_total)
    assert source.sampled in (None, ours.sampled)
    if name != "fujian_fuzhou_2019Q3":  # its levels stand within the platforms
        assert not source.by_level or ours.by_level == flat(source.by_level)
    assert not source.by_platform or ours.by_platform == flat(source.by_platform)
    assert source.passed in (None, ours.passed)
    assert not source.pass_rate or ours.pass_rate == source.pass_rate
    assert not source.sample_rate or ours.sample_rate == source.sample_rate
    assert not source.sampled_by_level or [*ours.sampled_by_level.values()] == [*source.sampled_by_level.values()]
    for group, rate in source.rates_by_group.items():
        assert group == "市县" or same_rate(rate, ours.rates_by_group[group])
    for group, counts in source.stated_counts.items():
        assert counts.items() <= ours.stated_counts[group].items()
    for reason, number in source.failing_counts.items():
        assert ours.failing_counts.get(reason, ours.failing_count) == number
    assert differences(ours) == []


@pytest.mark.parametrize("name", rebuilt.NAMES)
def test_the_usual_sections_say_the_figures(name):
    source = real.bulletin(name)
    rows, decimals = rebuilt.made(name)
    text = text_of(with_figures(EMPTY, rows, decimals))
    assert f"共{len(rows)}个" in text
    assert not source.pass_rate or f"总体合格率为{source.pass_rate}" in text
    for group, rate in source.rates_by_group.items():
        assert group == "市县" or parse(rate).sign or f"{group}{rate}" in text


def test_rate_of_two_levels_together():
    """江苏 2020 Q4 prints 市县 as one."""
    ours = with_figures(EMPTY, rebuilt.made("jiangsu_province_2020Q4")[0])
    both = [ours.stated_counts[name] for name in ("市级", "县乡级")]
    passed, sampled = (sum(one[key] for one in both) for key in ("passed", "sampled"))
    assert printed(passed, sampled, 1) == real.bulletin("jiangsu_province_2020Q4").rates_by_group["市县"]


WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=8)
ROWS = st.lists(
    st.builds(
        AccountRow,
        code=st.integers(0, 10**6).map(str),
        name=WORDS,
        organisation=WORDS,
        level=st.sampled_from(["省级", "市级", "其他", "{{rate}}"]),
        platform=st.sampled_from(["微信公众号", "微博", "其他"]),
        sampled=st.booleans(),
        passed=st.sampled_from([True, False, None]),
        reasons=st.lists(st.sampled_from(["超过两周未更新", "{{x}}", "信息泄密"]), max_size=2).map(tuple),
        score=st.integers(0, 120),
        deductions=st.lists(st.builds(Deduction, indicator=WORDS, points=st.integers(1, 9)), max_size=1).map(tuple),
        due=st.dates(date(2026, 1, 1), date(2026, 12, 31)),
    ),
    max_size=25,
    unique_by=lambda row: row.code,
)


@given(ROWS, ROWS, st.integers(0, 2))
def test_figures_close_whatever_the_accounts(now, before, decimals):
    earlier = with_figures(EMPTY, before, decimals)
    made = with_figures(EMPTY, now, decimals, earlier.as_previous())
    assert [one for one in differences(with_wording(made)) if one.kind != "unchanged"] == []
    assert sum(made.by_level.values()) == sum(made.by_platform.values()) == len(now)
    assert sum(made.sampled_by_level.values()) == sum(made.sampled_by_platform.values()) == made.sampled
    for division in (made.by_level, made.by_platform):
        assert sum(made.stated_counts.get(name, made.stated_counts.get(f"{name}（层级）"))["passed"]
                   for name in made.by_level) == made.passed, division  # fmt: skip
    assert text_of(made)


@given(ROWS)
def test_a_bulletin_written_and_read_is_the_same(rows):
    made = with_wording(with_figures(EMPTY, rows))
    assert bulletin_of(json.loads(json.dumps(bulletin_to_json(made)))) == made


@given(ROWS, st.randoms(use_true_random=False))
def test_order_of_accounts_does_not_matter(rows, dice):
    shuffled = list(rows)
    dice.shuffle(shuffled)
    assert with_figures(EMPTY, rows) == with_figures(EMPTY, shuffled)


def test_changes_since_last_time_are_told():
    rows = rebuilt.made("jiangsu_changzhou_2023Q1")[0]
    before = with_figures(EMPTY, rows).as_previous()
    better = [replace(row, passed=True) if not row.passed and row.level == "市级部门" else row for row in rows][:-1]
    made = with_figures(EMPTY, better, previous=before)
    assert made.changes["accounts_total"] == "-1"
    text = text_of(made)
    assert "共83个，比上期减少1个。" in text
    assert f"比上期提高{made.changes['pass_rate'].lstrip('+')}个百分点" in text
    assert "市级部门100%（提高2.3个百分点）" in text


def test_the_same_account_twice_is_refused():
    row = AccountRow("A1", "甲", "局", "市级", "微博")
    with pytest.raises(BulletinError, match="A1"):
        with_figures(EMPTY, [row, row])


def test_unjudged_accounts_are_in_the_sample_and_not_in_the_rate():
    rows = [AccountRow(str(number), "甲", "局", "市级", "微博", passed=passed) for number, passed in
            enumerate([True, True, False, None])]  # fmt: skip
    made = with_figures(EMPTY, rows)
    assert (made.sampled, made.unjudged, made.pass_rate) == (4, 1, "66.7%")
    assert "其中1个在检查期间停用或注销" in text_of(made)

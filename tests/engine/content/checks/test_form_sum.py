from datetime import date
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from govmedia.engine.content.inspector import Inspector
from govmedia.engine.content.types import Post

INSPECTOR = Inspector(today=date(2026, 11, 1), only=["form_sum"])
COUNTS = st.integers(1, 5000)


def hits(text):
    return INSPECTOR.inspect(Post(id="1", text=text)).hits


@given(COUNTS, COUNTS, COUNTS, st.integers(-3, 3))
def test_parts_are_held_against_their_total(first, second, third, off):
    total = first + second + third + off
    # The first of the row may be no part of the total.
    assume(total > max(first, second, third) and total != second + third)
    text = f"评出一等奖{first}名、二等奖{second}名、三等奖{third}名，共计{total}名。"
    assert bool(hits(text)) is (off != 0)


@given(COUNTS, COUNTS, st.integers(-3, 3))
def test_men_and_women_are_all_there_are(men, women, off):
    assume(men + women + off > max(men, women))
    found = hits(f"全县共有村医{men + women + off}名，其中男性{men}名，女性{women}名。")
    assert bool(found) is (off != 0)
    assert all(hit.auto for hit in found)


@given(st.integers(10, 100_000), st.integers(10, 100_000))
def test_growth_that_is_worked_out_and_rounded_is_left_alone(before, after):
    assume(before != after)
    change = abs(Decimal(after) / before - 1) * 100
    verb = "增长" if after > before else "下降"
    for places in ("1", "0.1", "0.01"):
        rounded = change.quantize(Decimal(places))
        if rounded:
            assert hits(f"企业由{before}家{verb}到{after}家，{verb}{rounded}%。") == ()


@given(st.integers(100, 100_000), st.integers(100, 100_000))
def test_growth_far_from_its_values_is_found(before, after):
    assume(after > before)
    wrong = (Decimal(after) / before - 1) * 100 + 7
    (hit,) = hits(f"企业由{before}家增长到{after}家，增长{wrong.quantize(Decimal('0.1'))}%。")
    assert hit.auto


@pytest.mark.parametrize(
    "text",
    [
        "共有党员3200人，其中女党员900人，35岁以下党员620人，大专以上学历1800人。",
        "比去年增加4000万元，其中省级补助8500万元。",
        "每亩产量375.2公斤，其中小麦399.1公斤。",
        "发现5名受害者，其中4人死亡，1人重伤，死者中包括一名儿童。",
        "各类作品346件，其中特别奖5件、一等奖60件（含专栏10件）、二等奖108件、三等奖173件。",
        "设34个大项、60个分项、256个小项，共有116个国家参加。",
        "由约100家增加到150多家，增长60%。",
        "有效覆盖率分别达98%、97%、95%。",
        "工程总投资10亿元，其中一期5.5亿元、二期4.5亿元。",
    ],
)
def test_parts_that_are_not_all_and_rounded_figures_are_left_alone(text):
    assert hits(text) == ()


def test_rounding_alone_is_never_found_by_itself():
    assert not any(hit.auto for hit in hits("捐款共计10万元，其中企业捐款6万元、个人捐款5万元。"))
    assert hits("三次产业结构比为33.3:33.3:33.3") == ()

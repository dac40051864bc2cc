"""A draw is the same everywhere, takes what its shares say, and a changed one is found out."""

import hashlib
import json
import math
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govmedia.engine.draw_check import differences, draw_from_json
from govmedia.engine.drawing import DrawError, Plan, draw, joined_seed, promise_hash_of, share_of
from govmedia.engine.population import PopulationError, read_population

ROWS = [("A1", "city", "weibo"), ("A2", "city", "weibo"), ("A3", "county", "weibo"), ("A4", "city", "douyin")]


def population(rows=ROWS, header="code,level,platform"):
    return read_population("\n".join([header, *(",".join(row) for row in rows)]).encode())


def plan(**changes):
    return Plan(**({"by": ("level", "platform"), "share": Decimal("0.5"), "seed": "种子"} | changes))


CODES = st.lists(st.text("ABCDEFGH23456789", min_size=1, max_size=6), min_size=1, max_size=60, unique=True)
LEVELS = st.sampled_from(["province", "city", "county", "township"])


@settings(max_examples=60, deadline=None)
@given(CODES, st.data(), st.decimals("0.01", "1", places=2), st.integers(0, 5), st.text(min_size=1, max_size=20))
def test_strata_close_and_the_order_of_the_file_does_not_matter(codes, data, share, least, seed):
    rows = [(code, data.draw(LEVELS), "weibo") for code in codes]
    asked = plan(by=("level",), share=share, least=least, seed=seed)
    one, other = draw(population(rows), asked), draw(population(rows[::-1]), asked)
    assert one == other
    assert sum(stratum.size for stratum in one.strata) == len(codes)
    assert len(set(one.sample)) == len(one.sample) <= len(codes)
    for stratum in one.strata:
        wanted = max(least, math.ceil(Fraction(share) * stratum.size))
        assert len(stratum.drawn) == min(stratum.size, wanted)
        assert all((code, stratum.key[0], "weibo") in rows for code in stratum.drawn)


@settings(max_examples=40, deadline=None)
@given(CODES, st.text(min_size=1, max_size=8))
def test_a_larger_share_takes_the_same_ones_and_more(codes, seed):
    rows = population([(code, "city", "weibo") for code in codes])
    small = draw(rows, plan(share=Decimal("0.2"), seed=seed)).strata[0].drawn
    large = draw(rows, plan(share=Decimal("0.7"), seed=seed)).strata[0].drawn
    assert large[: len(small)] == small


def test_the_order_is_the_one_that_is_published():
    key = ("city", "weibo")
    order = sorted(
        ("A1", "A2"), key=lambda code: hashlib.sha256("\x1f".join(("种子", *key, code)).encode()).hexdigest()
    )
    assert draw(population(), plan()).strata[1].drawn == (order[0],)
    assert draw(population(), plan(share=Decimal(1))).strata[1].drawn == tuple(order)


def test_the_hash_is_of_the_header_and_the_rows_by_code():
    text = "code\x1flevel\nA1\x1fcity\nA2\x1fcounty"
    found = read_population("\ufeffcode,level\r\nA2,county\r\nA1,city\r\n".encode())
    assert found.hash == f"sha256:{hashlib.sha256(text.encode()).hexdigest()}"


def test_who_is_always_taken_or_left_out_is_in_no_stratum():
    drawn = draw(population(), plan(share=Decimal(1), always=("A1",), excluded={"A3": "正在注销"}))
    assert {one.key: one.size for one in drawn.strata} == {("city", "douyin"): 1, ("city", "weibo"): 1}
    assert set(drawn.sample) == {"A1", "A2", "A4"}
    assert drawn.to_json()["excluded"] == [{"code": "A3", "reason": "正在注销"}]


def test_the_share_that_names_more_of_a_stratum_holds():
    shares = {"city": Decimal(1), "city,douyin": Decimal("0.01")}
    sizes = {one.key: len(one.drawn) for one in draw(population(), plan(shares=shares, least=0)).strata}
    assert sizes == {("city", "douyin"): 1, ("city", "weibo"): 2, ("county", "weibo"): 1}
    with pytest.raises(DrawError, match="几个单列比例"):
        draw(population(), plan(shares={"city": Decimal(1), "weibo": Decimal(1)}))
    with pytest.raises(DrawError, match="没有账号属于"):
        draw(population(), plan(shares={"village": Decimal(1)}))


@pytest.mark.parametrize("text", ["0", "2", "1.5", "-0.1", "十分之一", "", "0.0", "1e-1", "nan"])
def test_shares_that_are_none_are_refused(text):
    with pytest.raises(DrawError, match="抽查比例"):
        share_of(text)


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"seed": ""}, "种子不能为空"),
        ({"by": ()}, "分层"),
        ({"least": -1}, "负数"),
        ({"always": ("A1", "A1")}, "重复"),
        ({"always": ("A9",)}, "不在总体里"),
        ({"always": ("A1",), "excluded": {"A1": "停更"}}, "既列为必查"),
        ({"excluded": {"A1": " "}}, "理由"),
        ({"promise_hash": "ab"}, "64 位"),
        ({"promise_hash": promise_hash_of("别的")}, "承诺"),
    ],
)
def test_plans_that_cannot_be_carried_out_say_why(changes, why):
    with pytest.raises(DrawError, match=why):
        draw(population(), plan(**changes))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("code,level\nA1,city\nA1,city", "第 3 行的账号编号 A1 与第 2 行重复"),
        ("code,level\nA1", "第 2 行有 1 格，应有 2 格"),
        ("name,level\nA1,city", "code"),
        ("code,code\nA1,A1", "重复的列名"),
        ("code,level\n ,city", "第 2 行没有账号编号"),
        ("code,level\n", "没有账号"),
        ("", "code"),
        ('code,level\n"A1,city', "CSV"),
        ('code,level\nA1,"ci\nty"', "换行"),
    ],
)
def test_populations_that_cannot_be_drawn_from_say_where(text, why):
    with pytest.raises(PopulationError, match=why):
        read_population(text.encode())
    with pytest.raises(PopulationError, match="UTF-8"):
        read_population("code,level\nA1,市".encode("gbk"))


def published(**changes):
    drawn = draw(population(), plan(**changes))
    return json.loads(json.dumps(drawn.to_json()))


def compared(given, rows=None, promise_hash=""):
    again, whole = draw_from_json(json.dumps(given).encode())
    return list(differences(whole, again, rows or population(), promise_hash))


def test_a_published_draw_is_repeated():
    promise = "2026 年第四季度"
    hashed = promise_hash_of(promise)
    given = published(
        seed=joined_seed(promise, "双色球 2026150 期"), promise_hash=hashed, shares={"city": Decimal("0.25")}
    )
    assert compared(given, promise_hash=hashed) == []
    assert compared(given, promise_hash="0" * 64) != []


def test_what_was_changed_is_named():
    given = published()
    given["strata"][1]["drawn"] = ["A1" if given["strata"][1]["drawn"] == ["A2"] else "A2"]
    said = compared(given)
    assert len(said) == 2 and "多出" in said[0] and "缺少" in said[1]
    given = published(share=Decimal(1))
    given["strata"][1]["drawn"].reverse()
    assert compared(given) == ["“city,weibo”这一层抽中的账号相同，次序不同。"]
    given = published()
    given["strata"][0]["size"] = 7
    assert compared(given) == ["“city,douyin”这一层公布有 7 个账号，重算有 1 个。"]
    given = published()
    del given["strata"][0]
    assert compared(given) == ["“city,douyin”这一层没有公布。"]
    assert any("总体不同" in line for line in compared(published(), population([*ROWS, ("A5", "city", "weibo")])))


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"algorithm":"govmedia-draw-1"}', '{"algorithm":"other"}'])
def test_what_is_no_draw_is_refused(text):
    with pytest.raises(DrawError):
        draw_from_json(text.encode())

"""A verdict and its proof, over any hits."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as some

from govmedia.checks.verdicts import (
    beside_veto,
    days_in,
    differences,
    final_hits,
    is_doubtful,
    lines_of,
    unseen_days,
    verdict_of,
)
from govmedia.engine.calendar import Calendar
from govmedia.engine.edition import load_edition
from govmedia.engine.judging import Judge, indicator_versions
from govmedia.engine.types import AccountFacts, Evidence, Hit

EDITION = load_edition("jiangsu-2019")
JUDGE = Judge(EDITION, Calendar.load())
POINT = datetime(2026, 9, 30, 12, tzinfo=ZoneInfo("Asia/Shanghai"))
FACTS = AccountFacts(
    account="KM7Q2HX4RT",
    platform="wechat_mp",
    point=POINT,
    start=date(2026, 7, 1),
    end=date(2026, 9, 30),
    judged_from=date(2026, 7, 11),
    covered=((date(2026, 7, 1), date(2026, 7, 20)), (date(2026, 8, 1), date(2026, 9, 20))),
)
CODES = (*EDITION.rules, "Z99")
HITS = some.lists(
    some.builds(
        Hit,
        code=some.sampled_from(CODES),
        reason=some.just("x"),
        count=some.integers(1, 5),
        certain=some.booleans(),
        standing=some.booleans(),
        evidence=some.sampled_from([(), (Evidence("answer", "x"),)]),
    ),
    max_size=12,
).map(tuple)
RULINGS = some.dictionaries(
    some.sampled_from(CODES), some.fixed_dictionaries({"counts": some.booleans(), "note": some.just("x")}), max_size=5
)


@given(HITS, RULINGS)
def test_lines_add_up_to_the_score(hits, rulings):
    verdict = verdict_of(FACTS, hits, rulings, EDITION)
    lines = lines_of(verdict, hits, rulings, EDITION)
    if verdict.vetoes:
        assert verdict.score is None
        assert [line.rule.code for line in lines] == list(verdict.vetoes)
    else:
        assert verdict.score == max(0, 100 - sum(line.points for line in lines))
    assert all(line.hits for line in lines)


@given(HITS, RULINGS)
def test_what_a_veto_makes_free_is_still_listed(hits, rulings):
    verdict = verdict_of(FACTS, hits, rulings, EDITION)
    beside = beside_veto(verdict, hits, rulings, EDITION)
    listed = {line.rule.code for line in (*lines_of(verdict, hits, rulings, EDITION), *beside)}
    found = {hit.code for hit in final_hits(hits, rulings, EDITION)}
    assert listed == {code for code in found if code in EDITION.rules}
    assert bool(verdict.vetoes) or not beside


@given(HITS, RULINGS)
def test_nothing_counts_that_does_not_stand_or_nobody_vouches_for(hits, rulings):
    for hit in final_hits(hits, rulings, EDITION):
        assert hit.standing
        if is_doubtful(hit, EDITION):
            assert rulings[hit.code]["counts"]


@given(HITS, RULINGS)
def test_verdict_scored_again_from_its_hits_is_equal(hits, rulings):
    verdict = verdict_of(FACTS, hits, rulings, EDITION).to_json()
    versions = indicator_versions()
    found = differences(
        facts=FACTS, hits=hits, rulings=rulings, verdict=verdict, versions=(versions, versions), judge=JUDGE
    )
    assert not any("重新计分" in one for one in found)


def test_unseen_days_begin_where_judging_begins_and_end_at_the_point():
    unseen = unseen_days(FACTS)
    assert unseen == [(date(2026, 7, 21), date(2026, 7, 31)), (date(2026, 9, 21), date(2026, 9, 30))]
    assert days_in(unseen) == 21


def test_changed_indicator_and_calendar_are_named():
    versions = {**indicator_versions(), "holidays": "sm3:a"}
    later = {**versions, "Y02": 2, "holidays": "sm3:b", "Z99": 1}
    del later["R08"]
    found = differences(
        facts=FACTS,
        hits=JUDGE.hits(FACTS),
        rulings={},
        verdict=verdict_of(FACTS, JUDGE.hits(FACTS), {}, EDITION).to_json(),
        versions=(versions, later),
        judge=JUDGE,
    )
    assert found == [
        "指标 R08 弄虚作假 的判定程序已不存在，不再比较。",
        "指标 Y02 内容更新不及时 的判定程序已由第 1 版改为第 2 版，不再比较。",
        "指标 Z99 是后来增加的，当时没有判定。",
        "节假日安排已更新，涉及工作日期限的判定不再逐项比较。",
    ]

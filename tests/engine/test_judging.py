import json
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govmedia.engine.calendar import SHANGHAI, Calendar, day_of
from govmedia.engine.edition import load_edition
from govmedia.engine.examples import END, START, answered, days, healthy
from govmedia.engine.judging import Judge, judge
from govmedia.engine.types import AccountFacts, FilingFact, RenameFact, Sibling

JIANGSU = load_edition("jiangsu-2019")
NATIONAL = load_edition("national-2019")
JUDGE = Judge(JIANGSU, Calendar.load())
GOLDEN = Path(__file__).parents[1] / "data" / "verdicts"
DAY = timedelta(days=1)
FIRST = START - timedelta(days=40)
ALL_DAYS = [FIRST + timedelta(days=number) for number in range((END - FIRST).days + 1)]


def spans(seen: list[bool]) -> tuple[tuple[date, date], ...]:
    """The days that were seen as ranges."""
    covered: list[tuple[date, date]] = []
    for day, was_seen in zip(ALL_DAYS, seen, strict=True):
        if was_seen and covered and covered[-1][1] == day - DAY:
            covered[-1] = (covered[-1][0], day)
        elif was_seen:
            covered.append((day, day))
    return tuple(covered)


def _runs(draw: st.DrawFn, longest: int) -> list[bool]:
    """Long runs of true and false days, so that silences and unseen stretches really occur."""
    flags: list[bool] = []
    while len(flags) < len(ALL_DAYS):
        flags += [draw(st.booleans())] * draw(st.integers(1, longest))
    return flags[: len(ALL_DAYS)]


@st.composite
def facts_of_anything(draw: st.DrawFn) -> AccountFacts:
    """Facts with any pattern of posts and of seen days, at a point near the end of the period."""
    posted = draw(st.sets(st.sampled_from(ALL_DAYS), max_size=12))
    point_day = END - timedelta(days=draw(st.integers(0, 20)))
    point = datetime(point_day.year, point_day.month, point_day.day, draw(st.integers(0, 23)), tzinfo=SHANGHAI)
    before = max((day for day in posted if day < START), default=None)
    return AccountFacts(
        account="2A3B4C5D6E",
        platform="weibo",
        point=point,
        start=START,
        end=END,
        judged_from=draw(st.sampled_from(ALL_DAYS)),
        covered=spans(_runs(draw, 40)),
        post_days=tuple((day, 1) for day in sorted(posted) if START <= day <= point_day),
        looks=tuple(point - timedelta(hours=6 * number) for number in range(draw(st.integers(0, 9)), -1, -1)),
        shows=frozenset({"posts"}),
        last_post_before=before,
    )


def gap_of(hit):
    """First and last day of the gap a hit speaks of."""
    first, last = hit.evidence[0].ref.split("..")
    return date.fromisoformat(first), date.fromisoformat(last)


@given(facts_of_anything())
def test_silence_is_never_judged_on_unseen_or_too_early_days(facts):
    posted = {day for day, _ in facts.post_days} | {facts.last_post_before}
    for hit in JUDGE.hits(facts):
        first, last = gap_of(hit)
        assert first >= facts.judged_from
        silent = [first + timedelta(days=number) for number in range(1, (last - first).days)]
        assert not posted & set(silent)
        for day in [*silent, *({last} - posted)]:
            assert any(low <= day <= high for low, high in facts.covered)
        assert last <= day_of(facts.point)


@given(facts_of_anything())
def test_r05_and_the_last_gap_of_y02_never_stand_together(facts):
    hits = JUDGE.hits(facts)
    vetoed = [gap_of(hit) for hit in hits if hit.code == "R05"]
    assert not set(vetoed) & {gap_of(hit) for hit in hits if hit.code == "Y02"}
    assert len(vetoed) <= 1


@given(facts_of_anything())
def test_gaps_of_y02_are_longer_than_allowed_and_apart(facts):
    gaps = [gap_of(hit) for hit in JUDGE.hits(facts) if hit.code == "Y02"]
    assert all((last - first).days > 7 for first, last in gaps)
    assert all(before[1] <= after[0] for before, after in pairwise(gaps))
    assert all(last >= START for _, last in gaps)


@given(facts_of_anything(), st.sampled_from(ALL_DAYS))
def test_seeing_less_never_adds_a_fault(facts, hidden):
    less = []
    for low, high in facts.covered:
        if low <= hidden <= high:
            less += [(a, b) for a, b in ((low, hidden - DAY), (hidden + DAY, high)) if a <= b]
        else:
            less.append((low, high))
    blinded = replace(facts, covered=tuple(less), looks=())
    codes = [hit.code for hit in JUDGE.hits(facts)]
    now = [hit.code for hit in JUDGE.hits(blinded)]
    assert now.count("R05") <= codes.count("R05")
    # A gap that became too long before the period is no matter of this one. Where a day before the period is not seen
    # the same gap becomes so later, perhaps within it: another period's fault then, not one more.
    if hidden >= START and codes.count("R05") == now.count("R05"):
        assert now.count("Y02") <= codes.count("Y02")


@given(facts_of_anything())
def test_facts_survive_storing_and_judge_the_same(facts):
    again = AccountFacts.from_json(facts.to_json())
    assert again == facts
    assert JUDGE.hits(again) == JUDGE.hits(facts)


def test_a_post_after_a_long_silence_cures_the_veto():
    silent = healthy(post_days=days(START, date(2026, 9, 10)))
    assert [hit.code for hit in JUDGE.hits(silent)] == ["R05"]
    cured = healthy(post_days=(*days(START, date(2026, 9, 10)), (END, 1)))
    assert [hit.code for hit in JUDGE.hits(cured)] == ["Y02"]


def test_running_silence_needs_looks_that_lie_apart():
    silent = healthy(post_days=days(START, date(2026, 9, 10)))
    point = silent.point
    near = tuple(point - timedelta(minutes=minutes) for minutes in (30, 20, 10))
    hit = JUDGE.hits(replace(silent, looks=near))[0]
    assert (hit.standing, hit.looks_seen, hit.looks_needed) == (False, 1, 3)
    apart = tuple(point - timedelta(hours=hours) for hours in (12, 6, 0))
    hit = JUDGE.hits(replace(silent, looks=apart))[0]
    assert (hit.standing, hit.looks_seen, hit.looks_needed) == (True, 3, 3)


def test_looks_before_the_silence_grew_too_long_do_not_count():
    silent = healthy(post_days=days(START, date(2026, 9, 15)))
    early = tuple(silent.point - timedelta(hours=hours) for hours in (72, 60, 48, 36, 1))
    assert JUDGE.hits(replace(silent, looks=early))[0].looks_seen == 1


@pytest.mark.parametrize(
    ("last_before", "first_post", "counted"),
    [
        (date(2026, 6, 23), date(2026, 7, 1), 1),
        (date(2026, 6, 22), date(2026, 7, 1), 0),
        (date(2026, 6, 22), date(2026, 7, 8), 0),
        (date(2026, 6, 22), date(2026, 7, 9), 1),
        (date(2026, 6, 24), date(2026, 7, 1), 0),
    ],
)
def test_a_gap_over_the_turn_of_the_quarter_is_counted_where_it_grew_too_long(last_before, first_post, counted):
    facts = healthy(post_days=days(first_post, END), last_post_before=last_before)
    assert [hit.code for hit in JUDGE.hits(facts)] == ["Y02"] * counted


def test_the_days_of_the_posts_themselves_need_not_have_been_seen():
    posts = (*days(START, date(2026, 8, 1)), *days(date(2026, 8, 9), END))
    seen = ((date(2026, 5, 1), date(2026, 7, 31)), (date(2026, 8, 2), date(2026, 8, 8)), (date(2026, 8, 10), END))
    assert [gap_of(hit) for hit in JUDGE.hits(healthy(post_days=posts, covered=seen))] == [
        (date(2026, 8, 1), date(2026, 8, 9))
    ]


def test_a_late_filing_counts_on_the_very_day_it_was_handed_in():
    late = FilingFact("change", date(2026, 6, 1), START)
    assert [hit.code for hit in JUDGE.hits(healthy(filings=(late,)))] == ["Y07"]


def test_a_filing_is_late_only_in_periods_in_which_it_was_late():
    late = FilingFact("change", date(2026, 6, 1), date(2026, 6, 20))
    assert JUDGE.hits(healthy(filings=(late,))) == ()
    spring = healthy(
        filings=(late,),
        start=date(2026, 4, 1),
        end=date(2026, 6, 30),
        point=datetime(2026, 6, 30, 20, tzinfo=SHANGHAI),
        shows=frozenset(),
    )
    assert [(hit.code, hit.on) for hit in JUDGE.hits(spring)] == [("Y07", date(2026, 6, 9))]


def test_a_rename_filed_in_time_is_no_fault_and_one_not_due_yet_neither():
    in_time = RenameFact("新名", "旧名", date(2026, 8, 3), date(2026, 8, 10))
    too_new = RenameFact("新名", "旧名", date(2026, 9, 24))
    assert JUDGE.hits(healthy(renames=(in_time, too_new))) == ()


def test_names_unlike_are_only_proposed_and_doubles_are_certain():
    other = Sibling("7K8M9N2P3Q", "完全两样", "weibo")
    double = Sibling("8M9N2P3Q4R", "南京发布厅", "wechat_mp")
    hits = JUDGE.hits(healthy(siblings=(other, double)))
    assert [(hit.code, hit.certain, hit.evidence[0].ref) for hit in hits] == [
        ("Y01", True, double.code),
        ("Y01", False, other.code),
    ]


def test_indicators_outside_the_edition_run_in_shadow():
    slow = healthy(post_days=days(START, END, 10))
    verdict = Judge(NATIONAL, Calendar.load()).verdict(slow)
    assert (verdict.score, verdict.shadow) == (100, ("Y02",))
    assert judge(slow, NATIONAL) == JUDGE.hits(slow)


def test_an_answer_counts_though_the_machine_may_not_decide():
    verdict = JUDGE.verdict(answered("Y06", 3))
    assert (verdict.score, [one.code for one in verdict.deductions]) == (94, ["Y06"])


def test_an_edition_s_own_indicator_needs_no_plug_in(tmp_path):
    (tmp_path / "own-1.toml").write_text(
        'name="own-1"\ntitle="t"\nsource="s"\nrule="r"\nvalid_from=2026-01-01\nextends="jiangsu-2019"\n'
        '[[deduction]]\ncode="Y88"\ntitle="标题党"\nclause="标题与内容不符的有几篇？"\npoints=4\njudged_by="human"\n'
        'not_for_platforms=["app"]\n',
        encoding="utf-8",
    )
    own = Judge(load_edition("own-1", [tmp_path]), Calendar.load())
    assert own.verdict(answered("Y88", 2)).score == 92
    assert [one.text for one in own.questions("weibo") if one.code == "Y88"] == ["标题与内容不符的有几篇？"]
    assert [one for one in own.questions("app") if one.code == "Y88"] == []


@pytest.mark.parametrize(("platform", "asked"), [("weibo", False), ("app", True)])
def test_questions_fit_the_platform(platform, asked):
    codes = [question.code for question in JUDGE.questions(platform)]
    assert codes == sorted(codes)
    assert ("R06" in codes) == asked
    assert "R05" not in codes
    assert {question.code for question in JUDGE.questions(platform) if question.counted} == {
        "Y01",
        *(f"Y{number:02}" for number in range(3, 11)),
    }


def test_answers_of_nought_are_no_hits():
    assert JUDGE.hits(answered("R01", 0)) == ()


@pytest.mark.parametrize("path", sorted(GOLDEN.glob("*.json")), ids=lambda path: path.stem)
def test_old_facts_give_the_old_hits_while_versions_are_the_same(path):
    kept = json.loads(path.read_text(encoding="utf-8"))
    ready = Judge(load_edition(kept["verdict"]["edition"]), Calendar.load())
    assert [hit.to_json() for hit in ready.hits(AccountFacts.from_json(kept["facts"]))] == kept["hits"]

import io
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govmedia.engine.edition import Edition, Rule, load_edition
from govmedia.engine.scoring import (
    LINE_MAX,
    Points,
    TallyError,
    TallyHit,
    Verdict,
    bounded_lines,
    counting_hits,
    score,
    score_lines,
    tally_from_json,
)
from govmedia.engine.types import Evidence, Hit

JIANGSU = load_edition("jiangsu-2019")
NATIONAL = load_edition("national-2019")
GOLDEN = Path(__file__).parents[1] / "data" / "verdicts"

tally_hits = st.lists(
    st.builds(TallyHit, st.sampled_from([*JIANGSU.rules, "X99", "Y11"]), st.integers(1, 40)), max_size=12
)
without_veto = tally_hits.map(lambda hits: [hit for hit in hits if not hit.code.startswith("R")])


def rule(code: str, colour: str, points: int, cap: int | None, only_above: int = 0) -> Rule:
    return Rule(code, colour, code, code, points, cap, "machine", "", "", "", {}, "issued", "", only_above)


def with_bonus(shown: int | None = None) -> Edition:
    rules = {
        "R01": rule("R01", "veto", 0, None),
        "Y01": rule("Y01", "deduction", 5, 30),
        "B01": rule("B01", "bonus", 10, 20, only_above=80),
    }
    own = {name: getattr(NATIONAL, name) for name in NATIONAL.__slots__}
    return Edition(**own | {"rules": rules, "score_shown_when_vetoed": shown})


def test_score_without_hits_is_full_marks():
    assert score("A", [], JIANGSU).to_json() == {
        "account": "A",
        "edition": "jiangsu-2019",
        "edition_hash": JIANGSU.hash,
        "passed": True,
        "score": 100,
        "vetoes": [],
        "deductions": [],
        "shadow": [],
    }


def test_score_sums_the_same_code_and_caps_it():
    verdict = score("A", [TallyHit("Y02", 2), TallyHit("Y03"), TallyHit("Y02", 2)], JIANGSU)
    assert verdict.deductions == (Points("Y02", 15, True), Points("Y03", 5, False))
    assert (verdict.score, verdict.passed) == (80, True)


def test_score_at_the_cap_is_not_capped():
    assert score("A", [TallyHit("Y02", 3)], JIANGSU).deductions == (Points("Y02", 15, False),)


def test_score_with_a_veto_looks_at_nothing_else():
    verdict = score("A", [TallyHit("Y02"), TallyHit("R08"), TallyHit("R05"), TallyHit("X1")], JIANGSU)
    assert verdict.to_json() == {
        "account": "A",
        "edition": "jiangsu-2019",
        "edition_hash": JIANGSU.hash,
        "passed": False,
        "score": None,
        "vetoes": ["R05", "R08"],
        "deductions": [],
        "shadow": ["X1"],
    }


def test_score_of_codes_outside_the_edition_costs_nothing():
    verdict = score("A", [TallyHit("Y10", 9), TallyHit("Y02")], NATIONAL)
    assert (verdict.score, verdict.passed, verdict.shadow) == (100, True, ("Y02", "Y10"))


def test_score_below_the_pass_mark_fails():
    every = [TallyHit(rule.code, 99) for rule in JIANGSU.deductions]
    verdict = score("A", every, JIANGSU)
    assert (verdict.score, verdict.passed, verdict.vetoes) == (0, False, ())
    at_the_mark = [TallyHit("Y02", 3), TallyHit("Y03", 3), TallyHit("Y01", 2)]
    assert (score("A", at_the_mark, JIANGSU).score, score("A", at_the_mark, JIANGSU).passed) == (60, True)
    assert not score("A", [*at_the_mark, TallyHit("Y08")], JIANGSU).passed


def test_score_shown_only_where_vetoed():
    assert score("A", [TallyHit("R01")], with_bonus(59)).to_json()["score_shown"] == 59
    assert "score_shown" not in score("A", [], with_bonus(59)).to_json()
    assert "score_shown" not in score("A", [TallyHit("R01")], with_bonus()).to_json()


@pytest.mark.parametrize(
    ("faults", "bonus", "total"),
    [(0, ((Points("B01", 20, True)),), 120), (3, ((Points("B01", 20, True)),), 105), (4, (), 80)],
)
def test_bonus_counts_only_above_its_score(faults, bonus, total):
    hits = [TallyHit("B01", 3)] + [TallyHit("Y01", faults)] * bool(faults)
    verdict = score("A", hits, with_bonus())
    assert (verdict.bonus, verdict.score) == (bonus, total)
    assert ("bonus" in verdict.to_json()) == bool(bonus)


@given(tally_hits, st.randoms(use_true_random=False))
def test_score_does_not_mind_the_order(hits, random):
    mixed = list(hits)
    random.shuffle(mixed)
    assert score("A", mixed, JIANGSU) == score("A", hits, JIANGSU)


@given(without_veto, st.builds(TallyHit, st.sampled_from([*JIANGSU.rules, "X99"]), st.integers(1, 9)))
def test_another_hit_never_raises_the_score(hits, more):
    before, after = score("A", hits, JIANGSU), score("A", [*hits, more], JIANGSU)
    assert before.score is not None
    assert (-1 if after.score is None else after.score) <= before.score
    assert before.passed or not after.passed


@given(tally_hits)
def test_points_stay_within_cap_and_marks(hits):
    verdict = score("A", hits, JIANGSU)
    for one in verdict.deductions:
        assert 0 < one.points <= (JIANGSU.rules[one.code].cap or 100)
    assert verdict.score is None or 0 <= verdict.score <= 100
    assert verdict.passed == (not verdict.vetoes and verdict.score is not None and verdict.score >= 60)
    assert Verdict.from_json(json.loads(json.dumps(verdict.to_json()))).to_json() == verdict.to_json()


def test_counting_hits_leaves_proposals_and_unripe_ones_out():
    answer = (Evidence("answer", "检查员认定 1 处"),)
    counted = (Hit("R05", "a"), Hit("Y03", "b", evidence=answer), Hit("Y99", "shadow"))
    proposed = (
        Hit("R05", "c", standing=False),
        Hit("Y01", "d", certain=False),
        Hit("Y03", "the machine only proposes"),
        Hit("Y99", "e", certain=False),
    )
    assert counting_hits((*counted, *proposed), JIANGSU) == counted


@pytest.mark.parametrize(
    "bad",
    [
        None,
        [],
        "A",
        {},
        {"account": "A"},
        {"account": "", "hits": []},
        {"account": 7, "hits": []},
        {"account": "A\n", "hits": []},
        {"account": "\ud800", "hits": []},
        {"account": "A" * 201, "hits": []},
        {"account": "A", "hits": {}},
        {"account": "A", "hits": ["R05"]},
        {"account": "A", "hits": [{"count": 1}]},
        {"account": "A", "hits": [{"code": ""}]},
        {"account": "A", "hits": [{"code": "R05", "count": 0}]},
        {"account": "A", "hits": [{"code": "R05", "count": -1}]},
        {"account": "A", "hits": [{"code": "R05", "count": True}]},
        {"account": "A", "hits": [{"code": "R05", "count": 1.0}]},
        {"account": "A", "hits": [{"code": "R05", "count": "1"}]},
        {"account": "A", "hits": [{"code": "R05", "count": 10**30}]},
        {"account": "A", "hits": [{"code": "R05"}] * 100_001},
    ],
)
def test_tally_of_another_shape_is_refused_in_chinese(bad):
    with pytest.raises(TallyError) as refused:
        tally_from_json(bad)
    assert "请" in refused.value.text or "没有" in refused.value.text


def test_tally_count_is_one_if_absent_or_null():
    tally = tally_from_json({"account": "A", "hits": [{"code": "R05"}, {"code": "Y02", "count": None}], "more": 1})
    assert tally.hits == (TallyHit("R05"), TallyHit("Y02"))


def test_score_lines_keeps_order_and_names_bad_lines():
    lines = [
        b'\xef\xbb\xbf{"account":"A","hits":[]}\n',
        b"\n",
        b"{",
        b"\xff\xfe\n",
        b"[" * 100_000,
        b'{"account":"B","hits":[{"code":"R05"}]}',
    ]
    answers = list(score_lines(lines, JIANGSU))
    assert [number for number, _ in answers] == [1, 3, 4, 5, 6]
    assert [isinstance(answer, Verdict) for _, answer in answers] == [True, False, False, False, True]


def test_a_huge_line_is_refused_without_being_held():
    stream = io.BytesIO(b'{"account":"A","hits":[]}\n' + b"x" * (3 * LINE_MAX) + b"\n" + b'{"account":"B","hits":[]}')
    lines = list(bounded_lines(stream))
    assert [len(line) for line in lines] == [26, LINE_MAX + 1, 25]
    answers = [answer for _, answer in score_lines(lines, JIANGSU)]
    assert isinstance(answers[0], Verdict)
    assert isinstance(answers[1], TallyError) and "8 MiB" in answers[1].text
    assert isinstance(answers[2], Verdict)


@pytest.mark.parametrize("path", sorted(GOLDEN.glob("*.json")), ids=lambda path: path.stem)
def test_old_hits_give_the_old_verdict_for_ever(path):
    kept = json.loads(path.read_text(encoding="utf-8"))
    hits = [Hit.from_json(hit) for hit in kept["hits"]]
    edition = load_edition(kept["verdict"]["edition"])
    assert score(kept["verdict"]["account"], counting_hits(hits, edition), edition).to_json() == kept["verdict"]

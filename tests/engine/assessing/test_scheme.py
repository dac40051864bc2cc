"""A scheme's file: what is wrong with one is said in Chinese, with where and what to do."""

import pytest

from govmedia.engine.assessing.scheme import SchemeError, load_scheme, problems, scheme_table

TABLE = scheme_table("jiangsu-yearly-proposed")


def test_the_packaged_scheme_says_that_it_is_a_proposal():
    scheme = load_scheme("jiangsu-yearly-proposed")
    assert scheme.proposed
    assert "建议稿" in scheme.title
    assert sum(item.points for item in scheme.of("item")) == scheme.full_marks == 100


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"name": "考核"}, "name"),
        ({"valid_from": "2026"}, "valid_from"),
        ({"full_marks": 90}, "各项分值合计 100 分，与满分 90 不符"),
        ({"decimals": 3}, "decimals"),
        ({"bonus_cap": -1}, "bonus_cap"),
        ({"grade": []}, "[[grade]]"),
        ({"grade": [{"title": "甲", "from": 60}]}, "from 应为 0"),
        ({"grade": [{"title": "甲", "from": 0}, {"title": "乙", "from": 60}]}, "从高到低"),
        ({"veto": [{"code": "V01", "title": "一", "clause": "一", "measure": "pass_rate"}]}, "V01 的 below"),
        ({"bonus": [{"code": "B01", "title": "一", "clause": "一", "points": 1, "measure": "pass_rate"}]}, "加分项"),
        ({"item": [{"code": "A1", "title": "一", "clause": "一", "points": 100}]}, "A1"),
        ({"item": [{"code": "A01", "title": "一", "clause": "一", "points": 100, "measure": "luck"}]}, "luck"),
        ({"item": [{"code": "A01", "title": "一", "clause": "一", "points": 0}]}, "A01 的 points"),
        ({"item": [{"code": "A01", "title": "", "clause": "一", "points": 100}]}, "A01 缺少 title"),
        (
            {"item": [{"code": "A01", "title": "一", "clause": "一", "points": 100, "none_at": 90, "full_at": 80}]},
            "none_at",
        ),
    ],
)
def test_what_is_wrong_is_named(changes, says):
    found = list(problems({**TABLE, **changes}))
    assert any(says in line for line in found), found


def test_a_scheme_that_is_not_there_is_refused_with_those_there_are():
    with pytest.raises(SchemeError, match="jiangsu-yearly-proposed"):
        load_scheme("beijing")


def test_a_province_adds_its_own_file(tmp_path):
    (tmp_path / "own-yearly.toml").write_text("name = 1", encoding="utf-8")
    with pytest.raises(SchemeError, match=r"own-yearly\.toml：name"):
        load_scheme("own-yearly", [tmp_path])

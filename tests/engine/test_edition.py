import pickle
from datetime import date
from pathlib import Path

import pytest

from govmedia.engine.edition import PACKAGED, EditionError, check_edition, edition_names, load_edition
from govmedia.engine.scoring import TallyHit, score

GOOD = """
name = "nanjing-2026"
title = "南京市检查指标"
source = "宁政办发〔2026〕1号"
valid_from = 2026-01-01
extends = "jiangsu-2019"
rule = "同省"
[[deduction]]
code = "Y02"
points = 10
points_basis = "issued"
max_gap_days = 5
[[bonus]]
code = "B01"
title = "创新"
clause = "创新做法获省级以上推广。"
points = 10
cap = 20
only_above = 80
judged_by = "human"
"""


def put(folder: Path, text: str, name: str = "nanjing-2026") -> Path:
    path = folder / f"{name}.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_packaged_editions_are_sound():
    assert edition_names() == ["jiangsu-2019", "national-2019"]
    assert [check_edition(path) for path in sorted(PACKAGED.glob("*.toml"))] == [[], []]


def test_jiangsu_holds_the_national_vetoes_and_its_own_deductions():
    edition = load_edition("jiangsu-2019")
    assert [rule.code for rule in edition.vetoes] == [f"R{number:02}" for number in range(1, 9)]
    assert [rule.code for rule in edition.deductions] == [f"Y{number:02}" for number in range(1, 11)]
    assert edition.proposed
    assert all(rule.proposed for rule in edition.deductions)
    assert not any(rule.proposed for rule in edition.vetoes)
    assert [rule.code for rule in edition.rules.values() if rule.by_machine] == ["R05", "Y01", "Y02", "Y07"]
    assert [rule.code for rule in edition.rules.values() if not rule.asks_human] == ["R05", "Y01", "Y02", "Y07"]
    assert edition.valid_from == date(2019, 6, 7)


def test_hashes_of_issued_editions_never_change():
    assert {name: load_edition(name).hash for name in edition_names()} == {
        "jiangsu-2019": "sm3:a4cf9e98bc5134e5e7e47d4c4e8bc067288dfee475ea17e51222beaac4706e0c",
        "national-2019": "sm3:57c0aa5ea85ed625fe27c42c9844ca18296369a2ff3c6de85ca52599612c3f15",
    }


def test_own_edition_extends_and_overrides_key_by_key(tmp_path):
    assert check_edition(put(tmp_path, GOOD), [tmp_path]) == []
    edition = load_edition("nanjing-2026", [tmp_path])
    assert edition.rules["Y02"].terms["max_gap_days"] == 5
    assert edition.rules["Y02"].terms["final_gap_days"] == 14
    assert (edition.rules["Y02"].points, edition.rules["Y02"].cap, edition.rules["Y02"].proposed) == (10, 15, False)
    assert edition.rules["R05"] == load_edition("national-2019").rules["R05"]
    assert score("A", [TallyHit("B01", 9)], edition).score == 120
    assert edition.hash != load_edition("jiangsu-2019").hash
    assert pickle.loads(pickle.dumps(edition)) == edition


def test_a_folder_cannot_hide_a_packaged_edition(tmp_path):
    text = GOOD.replace("jiangsu-2019", "national-2019").replace("nanjing-2026", "jiangsu-2019")
    path = put(tmp_path, text, "jiangsu-2019")
    assert load_edition("jiangsu-2019", [tmp_path]) == load_edition("jiangsu-2019")
    assert check_edition(path, [tmp_path])[:1] == [
        "已有名为“jiangsu-2019”的版本，用过的版本不能改。请换一个 name，例如加上年份。"
    ]


def test_a_change_of_the_parent_changes_the_hash_of_the_child(tmp_path):
    put(tmp_path, GOOD)
    child = 'name="c-1"\ntitle="t"\nsource="s"\nrule="r"\nvalid_from=2026-01-01\nextends="nanjing-2026"\n'
    put(tmp_path, child, "c-1")
    before = load_edition("c-1", [tmp_path]).hash
    put(tmp_path, GOOD.replace("points = 10\npoints_basis", "points = 9\npoints_basis"))
    assert load_edition("c-1", [tmp_path]).hash != before


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('name = "nanjing-2026"', 'name = "suzhou-2026"', "文件名却是"),
        ('name = "nanjing-2026"', 'name = "南京"', "name 缺少或不合要求"),
        ('title = "南京市检查指标"', "", "缺少 title"),
        ("valid_from = 2026-01-01", 'valid_from = "2026-01-01"', "缺少 valid_from"),
        ('extends = "jiangsu-2019"', 'extends = "nowhere"', "找不到"),
        ('extends = "jiangsu-2019"', 'extends = "nanjing-2026"', "成了环"),
        ('rule = "同省"', 'rule = "同省"\npass_mark = 101', "高于满分"),
        ('rule = "同省"', 'rule = "同省"\nfull_marks = true', "应是整数"),
        ('rule = "同省"', 'rule = "同省"\nscore_shown_when_vetoed = "59"', "应是整数"),
        ('code = "Y02"', 'code = "慢"', "的 code 缺少或不合要求"),
        ('code = "Y02"', 'code = "Y99"', "Y99 缺少 title"),
        ('code = "Y02"', 'code = "R05"', "含继承来的"),
        ('code = "B01"', 'code = "Y02"', "写了不止一次"),
        ("points = 10\npoints_basis", "points = 0\npoints_basis", "Y02 的 points"),
        ("cap = 20", "cap = -1", "B01 的 cap"),
        ("only_above = 80", 'only_above = "80"', "only_above 应是整数"),
        ("max_gap_days = 5", 'max_gap_days = "五"', "Y02 的 max_gap_days"),
        ("max_gap_days = 5", "max_gap_days = 99999", "Y02 的 max_gap_days"),
        ("max_gap_days = 5", 'needs = "posts"', "Y02 的 needs"),
        ('rule = "同省"', 'rule = "同省"\nfull_marks = 1001', "最多 1000"),
        ("points = 10\npoints_basis", "points = 1001\npoints_basis", "Y02 的 points"),
        ("cap = 20", "cap = 20\nweight = nan", "无法计算指纹"),
        ("cap = 20", "cap = 20\nfrom = 08:30:00", "无法计算指纹"),
        ('points_basis = "issued"', 'points_basis = "official"', "points_basis 只能是"),
        ("[[bonus]]", "[bonus]", "这样的表"),
        ("[[bonus]]", "[[bonus]", "不是合法的 TOML"),
    ],
)
def test_check_edition_names_what_is_wrong(tmp_path, old, new, says):
    assert old in GOOD
    problems = check_edition(put(tmp_path, GOOD.replace(old, new, 1)), [tmp_path])
    assert any(says in problem for problem in problems), problems
    assert all("请" in problem or "删去" in problem for problem in problems)


def test_check_edition_of_an_empty_file_asks_for_indicators(tmp_path):
    problems = check_edition(put(tmp_path, ""), [tmp_path])
    assert any("没有任何指标" in problem for problem in problems)


def test_check_edition_of_bytes_that_are_no_text_says_so(tmp_path):
    path = tmp_path / "x-1.toml"
    path.write_bytes(b"\xff\xfe\x00")
    assert "不是 UTF-8" in check_edition(path)[0]
    assert "读不到" in check_edition(tmp_path / "missing.toml")[0]


@pytest.mark.parametrize("value", ["nan", "08:30:00"])
def test_load_edition_that_cannot_be_hashed_is_refused(tmp_path, value):
    put(tmp_path, GOOD.replace("cap = 20", f"cap = 20\nweight = {value}"))
    with pytest.raises(EditionError) as refused:
        load_edition("nanjing-2026", [tmp_path])
    assert "内容不完整" in refused.value.text


def test_load_edition_of_an_unknown_name_lists_what_there_is():
    with pytest.raises(EditionError) as refused:
        load_edition("nowhere")
    assert refused.value.text == "没有名为“nowhere”的检查指标版本。现有：jiangsu-2019、national-2019。"


def test_load_edition_of_an_incomplete_file_is_refused(tmp_path):
    put(tmp_path, 'name = "half-1"\n', "half-1")
    with pytest.raises(EditionError) as refused:
        load_edition("half-1", [tmp_path])
    assert "内容不完整" in refused.value.text
    put(tmp_path, "name = ", "broken-1")
    with pytest.raises(EditionError) as refused:
        load_edition("broken-1", [tmp_path])
    assert "不是合法的 TOML" in refused.value.text

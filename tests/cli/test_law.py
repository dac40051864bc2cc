"""Lists, scoring, editions: no database but for putting an edition in force."""

import json

import pytest

from govmedia.audit.models import Entry
from govmedia.findings.queries import edition_in_force

OWN = """
name = "nanjing-2026"
title = "南京市检查指标"
source = "宁政办发〔2026〕1号"
valid_from = 2026-01-01
extends = "jiangsu-2019"
rule = "同省"
score_shown_when_vetoed = 0
[[deduction]]
code = "Y02"
points = 10
cap = 20
points_basis = "issued"
[[deduction]]
code = "Y11"
title = "页面不美观"
clause = "版式杂乱。"
points = 2
cap = 4
points_basis = "issued"
judged_by = "human"
[[bonus]]
code = "B01"
title = "创新"
clause = "创新做法获省级以上推广。"
points = 5
cap = 5
judged_by = "human"
"""


@pytest.fixture
def own(tmp_path_factory):
    path = tmp_path_factory.mktemp("mine") / "nanjing-2026.toml"
    path.write_text(OWN, encoding="utf-8")
    return path


@pytest.mark.parametrize("name", ["editions", "indicators", "platforms", "divisions"])
def test_lists_are_text_or_json_lines(run, name):
    text, rows = run(name), run(name, "--json")
    assert (text.status, rows.status, text.err, rows.err) == (0, 0, "", "")
    assert len(text.out.splitlines()) == len(rows.rows) > 0


def test_moves_of_states_stand_under_a_heading_in_chinese(run):
    head, *lines = run("states").out.splitlines()
    assert head.split() == ["对象", "代码", "动作", "从", "到", "权限", "须写理由"]
    rows = run("states", "--json").rows
    assert len(lines) == len(rows) and {type(row["needs_note"]) for row in rows} == {bool}
    assert lines[3].split() == ["备案", "return", "退回补正", "待审、待上级审", "退回补正", "filing.review", "是"]
    assert "False" not in "".join(lines) and {line.split()[-1] for line in lines} == {"是", "否"}


def test_divisions_within_a_city_and_unknown_ones(run):
    assert {row["code"][:4] for row in run("divisions", "--within", "3201", "--json").rows} == {"3201"}
    assert run("divisions", "--within", "99").status == 1


@pytest.mark.parametrize("words", [[], ["nothing"], ["score", "x"], ["org"], ["fetch", "feed"], ["editions", "add"]])
def test_wrong_usage_is_2(run, words):
    assert run(*words).status == 2


def test_score_streams_good_lines_and_names_bad_ones(run):
    given = "\n".join(
        [
            '{"account":"甲","hits":[{"code":"Y02","count":2},{"code":"Y02"},{"code":"Z99"}]}',
            '{"account":"乙","hits":[{"code":"Y02","count":0}]}',
            "not json",
            '{"account":"丙","hits":[{"code":"R05"}]}',
        ]
    )
    said = run("score", "--edition", "jiangsu-2019", "-", given=given)
    assert said.status == 1
    assert [(row["account"], row["score"], row["shadow"]) for row in said.rows] == [
        ("甲", 85, ["Z99"]),
        ("丙", None, []),
    ]
    assert [line.split(" ")[0] for line in said.err.splitlines()] == ["-:2:", "-:3:"]


def test_score_of_a_missing_file_or_edition_is_wrong_usage(run):
    assert run("score", "--edition", "jiangsu-2019", "/nowhere.jsonl").status == 2
    said = run("score", "--edition", "nowhere", "-")
    assert (said.status, said.out) == (2, "")


def test_own_edition_overrides_adds_and_shows_a_score_when_vetoed(run, own, home):
    added = run("editions", "add", str(own))
    assert (added.status, added.out) == (0, run("editions", "nanjing-2026", "--json").rows[0]["hash"] + "\n")
    given = "\n".join(
        json.dumps({"account": name, "hits": [{"code": code, "count": count} for code, count in hits]})
        for name, hits in (("a", [("Y02", 3), ("Y11", 1), ("B01", 9)]), ("b", [("R05", 1), ("Y11", 1)]))
    )
    first, second = run("score", "--edition", "nanjing-2026", "-", given=given).rows
    assert (first["score"], first["bonus"]) == (83, [{"code": "B01", "points": 5}])
    assert first["deductions"] == [
        {"code": "Y02", "points": 20, "capped": True},
        {"code": "Y11", "points": 2, "capped": False},
    ]
    assert (second["passed"], second["score"], second["score_shown"], second["deductions"]) == (False, None, 0, [])


def test_edition_in_use_cannot_be_replaced_nor_a_bad_one_added(run, own, home):
    run("editions", "add", str(own))
    own.write_text(OWN.replace("points = 10", "points = 9"), encoding="utf-8")
    again = run("editions", "add", str(own))
    assert (again.status, again.out) == (1, "")
    assert "已有名为“nanjing-2026”的版本" in again.err
    own.write_text(OWN.replace("cap = 20", "cap = nan"), encoding="utf-8")
    assert run("editions", "add", str(own)).status == 1
    assert sorted(path.name for path in (home / "editions").iterdir()) == ["nanjing-2026.toml"]


def test_adding_the_file_that_is_there_already_is_harmless(run, own, home):
    run("editions", "add", str(own))
    assert run("editions", "add", str(home / "editions" / "nanjing-2026.toml")).status == 0


def test_broken_edition_in_the_folder_is_said_in_words(run, home):
    (home / "editions").mkdir()
    (home / "editions" / "broken-1.toml").write_text("name = ", encoding="utf-8")
    for name in ("editions", "indicators"):
        said = run(name)
        assert (said.status, said.out) == (1, "")
        assert "broken-1.toml" in said.err


@pytest.mark.django_db
def test_edition_is_put_in_force_and_told_in_the_log(run, own):
    run("editions", "add", str(own))
    assert run("editions", "use", "nanjing-2026").status == 0
    assert run("editions", "use", "nanjing-2026").status == 0
    assert edition_in_force().name == "nanjing-2026"
    entry = Entry.objects.get(verb="edition.use")
    assert (entry.before, entry.after["name"]) == ({"name": "jiangsu-2019"}, "nanjing-2026")
    assert (run("editions", "use", "nowhere").status, edition_in_force().name) == (1, "nanjing-2026")


@pytest.mark.django_db
def test_edition_of_the_future_is_not_put_in_force(run, own):
    own.write_text(OWN.replace("2026-01-01", "2099-01-01"), encoding="utf-8")
    run("editions", "add", str(own))
    said = run("editions", "use", "nanjing-2026")
    assert (said.status, "2099-01-01" in said.err) == (1, True)

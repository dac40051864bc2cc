"""`govmedia inspect`: what editors and other systems rely on."""

import json
import os
import subprocess
import sys

import pytest

POST = {"id": "a", "title": "国办发[2019]51号", "text": "一二三\n四国办发[2019]51号"}


def lines(*posts):
    return "".join(json.dumps(post, ensure_ascii=False) + "\n" for post in posts)


def test_hits_point_into_their_own_field(run):
    done = run("inspect", "-", given=lines(POST))
    assert done.status == 0
    hits = [hit for hit in done.rows[0]["hits"] if hit["check"] == "form_document_number"]
    assert [(hit["field"], POST[hit["field"]][hit["start"] : hit["end"]]) for hit in hits] == [
        ("title", "[2019]51号"),
        ("text", "[2019]51号"),
    ]
    assert {hit["suggestion"] for hit in hits} == {"〔2019〕51号"}


def test_bad_lines_keep_their_place_and_are_named(run):
    done = run("inspect", "-", given=lines(POST) + "nonsense\n" + lines({"id": "b", "text": "好"}))
    assert done.status == 1
    assert [row["id"] for row in done.rows] == ["a", None, "b"]
    assert done.rows[1]["line"] == 2 and done.rows[1]["error"]
    assert done.err.startswith("-:2: ")


def test_documents_have_their_path_as_id_and_missing_ones_are_named(run, tmp_path):
    good, missing = tmp_path / "a.txt", tmp_path / "b.txt"
    good.write_bytes("国办发[2019]51号".encode("gb18030"))
    done = run("inspect", str(missing), str(good))
    assert done.status == 2
    assert [row["id"] for row in done.rows] == [None, str(good)]
    assert "打不开" in done.rows[0]["error"]
    assert done.rows[1]["hits"][0]["found"] == "[2019]51号"


def test_a_format_nobody_knows_is_refused(run, tmp_path):
    file = tmp_path / "a.xyz"
    file.write_text("x")
    assert "--format" in run("inspect", str(file)).err
    assert run("inspect", str(file), "--format", "txt").status == 0


@pytest.mark.parametrize("workers", [1, 3])
def test_order_is_kept_whatever_the_number_of_processes(tmp_path, workers):
    posts = [
        {"id": str(number), "text": "好" * (number % 7) + "国办发[2019]5号" * (number % 3)} for number in range(400)
    ]
    file = tmp_path / "posts.jsonl"
    file.write_text(lines(*posts), encoding="utf-8")
    command = [sys.executable, "-m", "govmedia.cli", "inspect", str(file), "--workers", str(workers)]
    done = subprocess.run(
        command, capture_output=True, check=True, env={**os.environ, "GOVMEDIA_HOME": str(tmp_path)}
    )
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [answer["id"] for answer in answers] == [post["id"] for post in posts]
    numbers = [sum(hit["check"] == "form_document_number" for hit in answer["hits"]) for answer in answers]
    assert numbers == [number % 3 for number in range(400)]


def test_a_line_of_any_length_is_refused_by_its_number(run):
    long = '{"id":"x","text":"' + "长" * (3 * 1024 * 1024) + '"}\n'
    done = run("inspect", "-", given=long + lines({"id": "b", "text": "好"}))
    assert done.status == 1
    assert [row["id"] for row in done.rows] == [None, "b"]
    assert "MiB" in done.rows[0]["error"]


def test_checks_stand_under_a_heading_in_chinese(run):
    head, *lines = run("checks").out.splitlines()
    assert head.split() == ["代码", "名称", "类别", "轻重", "版本", "可自动提示", "准确率", "召回率"]
    (line,) = [line.split() for line in lines if line.startswith("form_document_number")]
    assert line[:4] + line[5:6] == ["form_document_number", "发文字号", "格式", "提示", "是"]
    assert line[6].endswith("%") and line[7].endswith("%")
    assert len(lines) == len(run("checks", "--json").rows)


def test_checks_are_listed(run):
    rows = run("checks", "--json").rows
    assert {"code", "category", "level", "title", "auto"} <= set(rows[0])
    assert "form_document_number" in {row["code"] for row in rows}


TERMS = "词语,类型,检查项,级别,建议,理由,出处\n蓝天街道办,命中,wording_terms,扣分,蓝天街道,应写全称,行文规范\n"
OFFICES = "职务,姓名,任职开始,任职结束\n示例省某某县县长,张某某,2024-01-01,\n"
SOURCES = "名称,类别,别名,出处\n某某县融媒体中心,地方,,县委宣传部名单\n"


@pytest.mark.parametrize(
    ("kind", "table", "where", "says"),
    [
        ("lexicon", TERMS, "lexicons/a.csv", "1 个词语"),
        ("offices", OFFICES, "offices.csv", "1 个任期"),
        ("sources", SOURCES, "sources.csv", "1 个名称"),
    ],
)
def test_a_table_is_checked_and_put_in_place(run, home, tmp_path, kind, table, where, says):
    file = tmp_path / "given" / "a.csv"
    file.parent.mkdir()
    file.write_text(table, encoding="utf-8")
    done = run("import", kind, str(file))
    assert (done.status, (home / where).read_text(encoding="utf-8")) == (0, table)
    assert says in done.err
    assert "已替换" in run("import", kind, str(file)).err
    file.write_text(table.splitlines()[0] + "\n只有一格\n", encoding="utf-8")
    refused = run("import", kind, str(file))
    assert refused.status == 1
    assert "未导入" in refused.err and "2" in refused.err
    assert (home / where).read_text(encoding="utf-8") == table
    assert run("import", kind, str(tmp_path / "none.csv")).status == 2


def test_an_imported_lexicon_is_used_and_a_broken_one_is_named(run, home, tmp_path):
    file = tmp_path / "own.csv"
    file.write_text(TERMS, encoding="utf-8")
    run("import", "lexicon", str(file))
    hits = run("inspect", "-", given=lines({"id": "1", "text": "蓝天街道办通知居民。"})).rows[0]["hits"]
    assert [(hit["found"], hit["lexicon"][:4]) for hit in hits if hit["check"] == "wording_terms"] == [
        ("蓝天街道办", "own@")
    ]
    (home / "lexicons" / "own.csv").write_text("词语\n", encoding="utf-8")
    broken = run("inspect", "-", given=lines(POST))
    assert (broken.status, broken.out) == (1, "")
    assert "own" in broken.err


def test_a_reader_that_has_seen_enough_is_no_error(tmp_path):
    command = f"{sys.executable} -m govmedia.cli checks | true"
    done = subprocess.run(
        ["bash", "-c", command], capture_output=True, text=True, env={**os.environ, "GOVMEDIA_HOME": str(tmp_path)}
    )
    assert done.stderr == ""

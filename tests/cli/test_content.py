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
    assert done.status == 1
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


def test_checks_are_listed(run):
    rows = run("checks", "--json").rows
    assert {"code", "category", "level", "title", "auto"} <= set(rows[0])
    assert "form_document_number" in {row["code"] for row in rows}

"""`govmedia verify-assessment`: a published ranking comes out again, or what differs is named."""

import json

import pytest

from assessments.conftest import *  # noqa: F403 - its fixtures
from govmedia.cli import main


@pytest.fixture
def ranking(published, tmp_path):
    path = tmp_path / "assessment-1.json"
    path.write_text(json.dumps(published.published, ensure_ascii=False), encoding="utf-8")
    return path


def test_what_was_published_is_the_same(ranking, capsys):
    assert main(["verify-assessment", str(ranking)]) == 0
    assert capsys.readouterr().out == "same\n"


def test_a_stranger_without_an_installation_recomputes_it(ranking, stranger):
    assert stranger("verify-assessment", ranking) == (0, "same\n")


def test_a_changed_score_is_named(ranking, capsys):
    whole = json.loads(ranking.read_text(encoding="utf-8"))
    whole["bodies"][0]["score"] = "99.00"
    ranking.write_text(json.dumps(whole), encoding="utf-8")
    assert main(["verify-assessment", str(ranking)]) == 1
    assert "总分重新计算为" in capsys.readouterr().out


@pytest.mark.parametrize("text", ["", "[]", '{"format": "govmedia-assessment-1"}', "{" * 9999])
def test_another_file_is_refused_in_words(tmp_path, capsys, text):
    path = tmp_path / "x.json"
    path.write_text(text, encoding="utf-8")
    assert main(["verify-assessment", str(path)]) == 1
    said = capsys.readouterr().err
    assert "原始文件" in said or "重新下载" in said

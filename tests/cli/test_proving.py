"""What others prove on their own machine: in processes of their own, where nothing was ever installed."""

import json

import pytest

from cli.test_opendata import downloads as downloads
from cli.test_trust import signer as signer

pytestmark = pytest.mark.django_db


def untouched(tmp_path):
    return list((tmp_path / "stranger").iterdir()) == []


def test_a_downloaded_file(stranger, downloads, tmp_path):
    words = ("verify-file", downloads / "directory.csv", "--key", downloads / "keys.json")
    assert stranger(*words) == (0, "same\n")
    with (downloads / "directory.csv").open("ab") as file:
        file.write(b"x")
    status, said = stranger(*words)
    assert status == 1 and "SHA-256不同" in said
    assert untouched(tmp_path)


def test_an_answer(stranger, signer, tmp_path):
    (tmp_path / "answer.json").write_text(json.dumps(signer.answer()), encoding="utf-8")
    (tmp_path / "key.txt").write_text(signer.x, encoding="utf-8")
    assert stranger("verify", tmp_path / "answer.json", "--key", tmp_path / "key.txt") == (0, "proved\n")
    assert untouched(tmp_path)


def test_a_draw(stranger, tmp_path):
    population = tmp_path / "population.csv"
    population.write_text("code,level\nA,city\nB,city\nC,county\n", encoding="utf-8")
    words = ("draw", "--population", population)
    status, drawn = stranger(*words, "--by", "level", "--share", "0.5", "--seed", "2026")
    assert status == 0
    (tmp_path / "draw.json").write_text(drawn, encoding="utf-8")
    assert stranger(*words, "--verify", tmp_path / "draw.json") == (0, "same\n")
    assert untouched(tmp_path)

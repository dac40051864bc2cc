"""`govmedia bulletin`: figures checked, documents written, bad files told."""

import json
from pathlib import Path

import pytest

from bulletins.conftest import accounts as accounts
from bulletins.conftest import closed as closed
from bulletins.conftest import judged
from govmedia.rounds.bundle import bundle_of

REAL = Path(__file__).parents[1] / "data" / "bulletins"
WUXI = str(REAL / "jiangsu_wuxi_2022Q4.json")


def test_a_bulletin_that_closes(run):
    done = run("bulletin", "--check", WUXI)
    assert (done.status, done.out, done.err) == (0, "closes\n", "")


def test_differences_are_told_in_words(run):
    done = run("bulletin", str(REAL / "fujian_minhou_2025Q2.json"), "--check")
    assert done.status == 1
    assert done.out == "sampled、accounts_total：检查 28 个，多于账号总数 21 个。\n"


def test_figures_carried_over_from_last_time(run):
    done = run(
        "bulletin", "--check", str(REAL / "jiangsu_changzhou_2023Q2.json"),
        "--previous", str(REAL / "jiangsu_changzhou_2023Q1.json"),
    )  # fmt: skip
    assert done.status == 1
    assert "与上期完全相同" in done.out


def test_documents_are_written(run, tmp_path):
    files = {kind: tmp_path / f"通报.{kind}" for kind in ("docx", "pdf", "html")}
    done = run("bulletin", WUXI, *(word for kind, file in files.items() for word in (f"--{kind}", str(file))))
    assert (done.status, done.out, done.err) == (0, "", "")
    assert files["docx"].read_bytes().startswith(b"PK")
    assert files["pdf"].read_bytes().startswith(b"%PDF")
    assert "总体合格率为99.3%" in files["html"].read_text(encoding="utf-8")


def test_a_hand_written_bulletin_whose_sums_contradict_is_written_and_told(run, tmp_path):
    given = {"title": "通报", "issuer": "某办公室", "accounts_total": 10, "by_level": {"市级": 3, "县级": 4},
             "sampled": 10, "passed": 9, "pass_rate": "99%"}  # fmt: skip
    done = run("bulletin", "-", "--html", str(tmp_path / "a.html"), given=json.dumps(given))
    assert done.status == 1
    assert "3 + 4 = 7，总数写 10" in done.err
    assert "9 ÷ 10 = 90%，写的是 99%" in done.err
    assert (tmp_path / "a.html").exists()


def test_a_bad_file_is_told_and_nothing_written(run, tmp_path):
    done = run("bulletin", "-", "--docx", str(tmp_path / "a.docx"), given='{"title": "通报", "sampled": "x"}')
    assert done.status == 1
    assert "-：issuer：必须填写。" in done.err and "-：sampled：" in done.err
    assert not (tmp_path / "a.docx").exists()


def test_something_must_be_wanted(run):
    assert run("bulletin", WUXI).status == 2


def test_a_file_that_is_not_there(run):
    assert run("bulletin", "--check", "nowhere.json").status == 2


@pytest.mark.django_db
def test_a_stranger_without_an_installation_recomputes_a_round(stranger, closed, tmp_path):
    path = tmp_path / "round.jsonl"
    path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in bundle_of(closed)), "utf-8")
    assert stranger("verify-round", path) == (0, "same\n")
    assert stranger("verify-round", path, "--workers", "2") == (0, "same\n")


@pytest.mark.django_db
def test_the_figures_of_a_round(run, closed):
    done = run("bulletin-data", str(closed.pk))
    assert done.status == 0
    whole = json.loads(done.out)
    assert (whole["sampled"], whole["passed"], whole["pass_rate"]) == (4, 3, "75%")
    assert run("bulletin", "--check", "-", given=done.out).out == "closes\n"
    assert run("bulletin-data", "999").status == 1


@pytest.mark.django_db
def test_the_figures_of_a_round_that_is_not_closed(run, accounts, li_supervisor, sun_inspector, moment):
    held = judged(li_supervisor, sun_inspector, moment)
    done = run("bulletin-data", str(held.pk))
    assert (done.status, done.out) == (1, "") and "还没有检毕" in done.err

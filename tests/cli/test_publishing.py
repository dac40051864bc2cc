"""`govmedia publish-static`: two processes over a register, and addresses that are none."""

import os
import subprocess
import sys

import pytest

from govmedia.cli.publishing import _origin


def govmedia(home, *words):
    command = [sys.executable, "-m", "govmedia.cli", *words]
    env = {**os.environ, "GOVMEDIA_HOME": str(home), "DJANGO_SETTINGS_MODULE": "govmedia.config.settings"}
    return subprocess.run(command, env=env, capture_output=True, text=True, check=False)


def test_a_demonstration_is_copied_by_two_processes_and_again_nothing_is_written(tmp_path):
    home, root = tmp_path / "home", tmp_path / "still"
    built = govmedia(home, "demo", "--accounts", "30", "--posts", "90")
    assert built.returncode == 0, built.stderr
    first = govmedia(home, "publish-static", str(root), "--address", "https://a.gov.cn", "--workers", "2")
    assert first.returncode == 0, first.stderr
    assert "页" in first.stderr and "没有生成" not in first.stderr
    assert len(list((root / "accounts").iterdir())) == 30
    again = govmedia(home, "publish-static", str(root), "--address", "https://a.gov.cn", "--workers", "2")
    assert "写入 0 个" in again.stderr and again.returncode == 0
    refused = govmedia(home, "publish-static", str(home), "--address", "https://a.gov.cn")
    assert refused.returncode == 1 and "空文件夹" in refused.stderr


@pytest.mark.django_db
@pytest.mark.parametrize("hosts", ["", "*", "127.0.0.1,localhost", ".gov.cn"])
def test_without_an_address_nothing_is_written_and_one_is_asked_for(run, home, monkeypatch, hosts):
    monkeypatch.setenv("GOVMEDIA_ALLOWED_HOSTS", hosts)
    said = run("publish-static", str(home / "still"))
    assert said.status == 2 and "--address" in said.err and not (home / "still").exists()


@pytest.mark.django_db
def test_with_a_key_that_cannot_be_read_nothing_is_written(run, home, settings):
    settings.HOME, settings.SIGNING_KEY = home, "abc"
    for words in (("open-data",), ("publish-static", str(home / "still"), "--address", "https://a.gov.cn")):
        said = run(*words)
        assert said.status == 1 and "GOVMEDIA_SIGNING_KEY 不是密钥" in said.err
    assert list(home.iterdir()) == []


@pytest.mark.parametrize(
    ("address", "origin"),
    [
        ("", ""),
        ("https://a.gov.cn", "https://a.gov.cn"),
        ("https://a.gov.cn/", "https://a.gov.cn"),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000"),
        ("a.gov.cn", None),
        ("ftp://a.gov.cn", None),
        ("https://a.gov.cn/sub/", None),
        ("https://a.gov.cn/?x", None),
        ("https://u@a.gov.cn", None),
        ("https://[", None),
        ("https://a.gov.cn:99999", None),
    ],
)
def test_an_address_is_scheme_and_host(address, origin):
    assert _origin(address) == origin

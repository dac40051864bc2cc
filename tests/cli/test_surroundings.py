"""An environment that is wrong is told of in words, by every command, with exit status 2."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from govmedia.engine import editions

NATIONAL = Path(editions.__path__[0]) / "national-2019.toml"


def govmedia(tmp_path, *words, **environment):
    given = {**os.environ, "GOVMEDIA_HOME": str(tmp_path / "home"), **environment}
    given["DJANGO_SETTINGS_MODULE"] = "govmedia.config.settings"
    command = [sys.executable, "-m", "govmedia.cli", *words]
    done = subprocess.run(command, env=given, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=60)
    assert "Traceback" not in done.stderr
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize(
    ("words", "name", "value"),
    [
        (("doctor",), "GOVMEDIA_HOME", "/proc/nope"),
        (("doctor",), "GOVMEDIA_HOME", "/proc"),
        (("export", "accounts"), "GOVMEDIA_HOME", "/dev/null"),
        (("serve",), "GOVMEDIA_HOME", "/proc/nope"),
        (("demo",), "GOVMEDIA_HOME", "/proc/nope"),
        (("doctor",), "GOVMEDIA_SITE", "both"),
        (("doctor",), "GOVMEDIA_LOG_LEVEL", "loud"),
        (("doctor",), "GOVMEDIA_DB_URL", "postgresql://host:port/base"),
        (("doctor",), "GOVMEDIA_DB_URL", "mysql://host/base"),
        (("doctor",), "GOVMEDIA_API_PER_MINUTE", "many"),
        (("doctor",), "GOVMEDIA_SIGNING_KEY_FILE", "/nowhere"),
        (("fetch", "feed", "https://example.gov.cn/feed"), "GOVMEDIA_FETCH_ALLOW", "x y"),
        (("poll", "--once"), "GOVMEDIA_FETCH_ALLOW", "x y"),
        (("worker", "--once"), "GOVMEDIA_FETCH_ALLOW", "x y"),
        (("serve",), "GOVMEDIA_FETCH_ALLOW", "x y"),
    ],
)
def test_a_wrong_setting_is_named(tmp_path, words, name, value):
    status, out, err = govmedia(tmp_path, *words, **{name: value})
    assert (status, out) == (2, "")
    assert name in err and "。" in err


@pytest.mark.parametrize("words", [("editions", "add"), ("import", "offices")])
def test_a_data_folder_that_cannot_be_written_is_named(tmp_path, words):
    own = tmp_path / "own.toml"
    own.write_text(NATIONAL.read_text(encoding="utf-8").replace('"national-2019"', '"own"'), encoding="utf-8")
    offices = tmp_path / "offices.csv"
    offices.write_text("职务,姓名,任职开始,任职结束\n某市市长,张三,2024-01-01,\n", encoding="utf-8")
    file = own if words[0] == "editions" else offices
    status, _, err = govmedia(tmp_path, *words, str(file), GOVMEDIA_HOME="/proc/nope")
    assert status == 2 and "/proc/nope" in err

"""A small register, static files, and a copy of the site made of them."""

import pytest

from conftest import NOW
from factories import make_account
from govmedia.common import signing
from govmedia.opendata.services import make_files
from govmedia.public.still.services import publish

ORIGIN, LIVE = "https://still.example.gov.cn", "https://media.example.gov.cn"


@pytest.fixture
def accounts(home, db, gulou_health, xuanwu_school):
    signing.make_key()
    signing.remember_key(now=NOW)
    rows = [
        make_account(gulou_health, name="健康鼓楼", url="https://a.example/1"),
        make_account(gulou_health, name="鼓楼卫健", platform="weibo"),
        make_account(xuanwu_school, name="玄武教育", url="https://a.example/2"),
    ]
    make_files(now=NOW)
    return rows


@pytest.fixture
def copy(accounts, tmp_path):
    """Make or renew the copy; returns its folder and the report."""
    static, root = tmp_path / "static", tmp_path / "still"
    (static / "public").mkdir(parents=True)
    (static / "public" / "a.css").write_text("a{}")

    def make(live=LIVE, root=root):
        return root, publish(root=root, origin=ORIGIN, live=live, workers=1, say=lambda line: None, static=static)

    return make

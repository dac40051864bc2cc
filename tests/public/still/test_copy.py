"""A copy of the site: every link in it leads somewhere, and again only what changed is written."""

import json
import re
from html import unescape
from urllib.parse import urljoin, urlsplit

import pytest
import zxingcpp
from PIL import Image

from factories import make_account
from govmedia.accounts.models import Account
from govmedia.common.refusals import Refused
from govmedia.public.still import folder as folders
from govmedia.public.still import making
from govmedia.public.still.services import publish
from public.still.conftest import LIVE, ORIGIN

pytestmark = pytest.mark.django_db


def dead_links(root) -> set[str]:
    """Links of pages to files that are not there; a web server of files takes no questions either."""
    dead = set()
    for file in root.rglob("index.html"):
        page = "/" + str(file.relative_to(root)).removesuffix("index.html")
        for text in re.findall(r'\s(?:href|src|action)="([^"]*)"', file.read_text()):
            url = unescape(text)
            if url.startswith(("https:", "#", "http:")):
                continue
            parts = urlsplit(urljoin(page, url))
            target = root / (parts.path.lstrip("/") + ("index.html" if parts.path.endswith("/") else ""))
            is_static = parts.path.startswith("/static/")
            if parts.query or not (is_static or target.is_file()):
                dead.add(url)
    return dead


def test_every_link_leads_to_a_file_or_to_the_live_site(copy):
    root, report = copy()
    assert report.failed == [] and report.written == report.files
    assert dead_links(root) == set()
    page = (root / "index.html").read_text()
    assert f'action="{LIVE}/directory/"' in page and "这是静态副本" in page


def test_without_a_live_site_questions_lead_to_a_note_that_offers_places(copy, accounts):
    root, _ = copy(live="")
    assert dead_links(root) == set()
    assert 'action="/still/"' in (root / "directory/index.html").read_text()
    note = (root / "still/index.html").read_text()
    assert "/directory/division/320100/" in note and "不能搜索" in note
    assert "没有找到这一页" in (root / "404.html").read_text()
    assert "只要这一天以后的" not in (root / "open-data/index.html").read_text(), "files answer no questions"


def test_accounts_are_found_by_place_and_facet_and_their_codes_open_them(copy, accounts):
    root, _ = copy()
    for path in ("division/320106", "platform/weibo", "field/education", "level/county"):
        assert (root / "directory" / path / "index.html").is_file()
    listed = (root / "directory/division/320102/index.html").read_text()
    assert "玄武教育" in listed and "健康鼓楼" not in listed
    folder = root / "accounts" / accounts[0].code
    assert "健康鼓楼" in (folder / "index.html").read_text()
    assert zxingcpp.read_barcodes(Image.open(folder / "qr.png").convert("L"))[0].text == "https://a.example/1"
    assert (folder / "qr.svg").is_file()
    assert not (root / "accounts" / accounts[1].code / "qr.png").exists(), "it has no address"


def test_files_keys_and_static_files_are_there(copy):
    root, _ = copy()
    for name in ("directory.csv", "directory.xlsx.sig.json", "SHA256SUMS", "catalogue.json"):
        assert (root / "open-data" / name).is_file()
    assert json.loads((root / ".well-known/govmedia-keys.json").read_text())["keys"]
    assert "冒用" in (root / "verify/impostors/index.html").read_text()
    assert (root / "static/public/a.css").read_text() == "a{}"
    assert ORIGIN in (root / "bulletins/feed.atom").read_text()


def test_again_only_what_changed_is_written_and_what_is_gone_is_removed(copy, accounts, gulou_health):
    root, first = copy()
    stamps = {
        path: path.stat().st_mtime_ns for path in root.rglob("*") if path.is_file() and folders.OWN not in str(path)
    }
    _, again = copy()
    assert (again.written, again.removed, again.files) == (0, 0, first.files)
    accounts[2].delete()
    Account.objects.filter(pk=accounts[1].pk).update(name="鼓楼卫生")
    _, third = copy()
    assert third.removed >= 4 and not (root / "accounts" / accounts[2].code).exists()
    assert not (root / "directory/division/320102").exists()
    assert 0 < third.written < first.files / 2
    same = [path for path, at in stamps.items() if path.exists() and path.stat().st_mtime_ns == at]
    assert root / "accounts" / accounts[0].code / "qr.png" in same
    assert "鼓楼卫生" in (root / "accounts" / accounts[1].code / "index.html").read_text()


def test_a_file_that_somebody_lost_or_cut_is_written_again(copy, accounts):
    root, _ = copy()
    (root / "index.html").unlink()
    (root / "directory/index.html").write_text("")
    _, again = copy()
    assert again.written == 2 and "健康鼓楼" in (root / "directory/index.html").read_text()


def test_foreign_files_are_neither_written_over_nor_removed(copy, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    (other / "thesis.txt").write_text("x")
    with pytest.raises(Refused, match="空文件夹"):
        copy(root=other)
    root, _ = copy()
    (root / "google-verify.html").write_text("x")
    copy()
    assert (root / "google-verify.html").exists() and (other / "thesis.txt").exists()


def test_two_runs_do_not_write_at_once(copy):
    root, _ = copy()
    with folders.held(root, "x"), pytest.raises(Refused, match="请等它结束"):
        copy()


class Broken(Exception):
    pass


def test_a_run_that_was_broken_off_is_gone_on_with(copy, accounts, monkeypatch, tmp_path):
    seen = []
    real = making.Maker.make

    def until_accounts(self, piece):
        if piece.codes:
            raise Broken
        return real(self, piece)

    monkeypatch.setattr(making.Maker, "make", until_accounts)
    with pytest.raises(Broken):
        copy()
    root = tmp_path / "still"
    assert (root / "index.html").is_file() and not (root / folders.OWN / "manifest.tsv").read_text()

    def counted(self, url, *more):
        seen.append(url)
        return answer(self, url, *more)

    monkeypatch.setattr(making.Maker, "make", real)
    answer = making.Asker.answer
    monkeypatch.setattr(making.Asker, "answer", counted)
    _, report = copy()
    assert sorted(seen) == sorted(f"/accounts/{row.code}/" for row in accounts)
    assert report.resumed > 10 and "中断" in report.text and dead_links(root) == set()
    assert copy()[1].resumed == 0


def test_what_an_old_journal_told_is_removed_when_it_is_gone(copy, accounts, monkeypatch, tmp_path):
    real = making.Maker.make
    monkeypatch.setattr(making.Maker, "make", lambda self, piece: real(self, piece) if piece.codes else 1 / 0)
    monkeypatch.setattr("govmedia.public.still.services.pieces", lambda plan: reversed_pieces(plan))
    with pytest.raises(ZeroDivisionError):
        copy()
    monkeypatch.undo()
    monkeypatch.setattr(folders, "RESUMED_S", 0)
    gone = tmp_path / "still" / "accounts" / accounts[2].code / "index.html"
    assert gone.exists()
    accounts[2].delete()
    root, _ = (
        tmp_path / "still",
        publish(
            root=tmp_path / "still",
            origin=ORIGIN,
            live=LIVE,
            workers=1,
            say=lambda line: None,
            static=tmp_path / "static",
        ),
    )
    assert not gone.exists() and root.exists()


def reversed_pieces(plan):
    from govmedia.public.still.site import pieces

    return pieces(plan)[::-1]


def test_a_page_that_fails_is_named_and_stays_as_it_was(copy, accounts, monkeypatch):
    root, _ = copy()
    before = (root / "accounts" / accounts[0].code / "index.html").read_text()
    monkeypatch.setattr("govmedia.public.views.pages._pairs", lambda row: 1 / 0)
    _, report = copy()
    assert len(report.failed) == 3 and "ZeroDivisionError" in report.failed[0][1] and "3 页没有生成" in report.text
    assert (root / "accounts" / accounts[0].code / "index.html").read_text() == before
    assert (root / "accounts" / accounts[0].code / "qr.png").exists()


def test_a_newcomer_appears(copy, gulou_health):
    root, _ = copy()
    row = make_account(gulou_health, name="新来的")
    copy()
    assert "新来的" in (root / "accounts" / row.code / "index.html").read_text()
    assert "新来的" in (root / "directory/index.html").read_text()

"""Documents of published bulletins are made once and kept; drafts' are not."""

import fcntl

import pytest

from govmedia.bulletins import kept, queries

pytestmark = pytest.mark.django_db


def test_a_document_is_made_once(published, home, monkeypatch):
    made = []
    monkeypatch.setattr(kept, "made_document", lambda whole, kind, fonts: made.append(kind) or b"%PDF-1")
    assert queries.document(published, "pdf") == queries.document(published, "pdf") == b"%PDF-1"
    assert made == ["pdf"]
    assert (home / "bulletins" / published.published_sm3.removeprefix("sm3:") / "pdf").read_bytes() == b"%PDF-1"


def test_a_drafts_document_is_not_kept(draft, home):
    assert b"\xe9\x80\x9a\xe6\x8a\xa5" in queries.document(draft, "html")
    assert not (home / "bulletins").exists()


def test_who_waits_too_long_is_told_to_come_again(published, home, monkeypatch, client):
    monkeypatch.setattr(kept, "WAIT_S", 0.05)
    folder = home / "bulletins" / published.published_sm3.removeprefix("sm3:")
    folder.mkdir(parents=True)
    with (folder / "lock").open("ab") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        with pytest.raises(queries.Busy):
            queries.document(published, "pdf")
        answer = client.get(f"/bulletins/{published.pk}/bulletin.pdf")
        assert (answer.status_code, answer["Retry-After"]) == (503, "30")


def test_long_annexes_are_cut_on_pages(published, monkeypatch):
    monkeypatch.setattr(kept, "ROWS_SHOWN", 2)
    assert "共 4 行，这里显示前 2 行" in queries.article(published)

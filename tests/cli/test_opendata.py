"""`govmedia open-data` and `govmedia verify-file`."""

import json

import pytest

from conftest import NOW
from factories import make_account
from govmedia.common import signing
from govmedia.opendata.catalogue import catalogue

pytestmark = pytest.mark.django_db


@pytest.fixture
def downloads(home, settings, run, gulou_health):
    """Two files with their signatures and the published keys, as somebody keeps them."""
    settings.HOME, settings.SIGNING_KEY, settings.SIGNING_KEY_FILE = home, "", ""
    signing.make_key()
    signing.remember_key(now=NOW)
    make_account(gulou_health, name="健康鼓楼")
    said = run("open-data")
    assert (said.status, "12 个文件" in said.err) == (0, True)
    place = home / "downloads"
    place.mkdir()
    for name in ("directory.csv", "changes.csv"):
        file = catalogue().named(name)
        (place / name).write_bytes(file.path.read_bytes())
        (place / f"{name}.sig.json").write_text(json.dumps(file.signature))
    (place / "keys.json").write_text(json.dumps({"keys": signing.public_keys()}))
    return place


def verified(run, place, name="directory.csv", **more):
    words = [word for key, value in more.items() for word in (f"--{key}", str(value))]
    return run("verify-file", str(place / name), "--key", str(place / "keys.json"), *words)


def test_again_there_is_nothing_to_do(downloads, run):
    assert "最新" in run("open-data").err


def test_a_file_as_it_was_published_is_the_same(downloads, run):
    assert verified(run, downloads)[:2] == (0, "same\n")


def test_a_changed_file_is_told(downloads, run):
    with (downloads / "directory.csv").open("ab") as file:
        file.write(b"x")
    said = verified(run, downloads)
    assert said.status == 1 and "SHA-256不同" in said.out and "大小不同" in said.out


def test_anothers_signature_is_told(downloads, run):
    said = verified(run, downloads, signature=downloads / "changes.csv.sig.json")
    assert said.status == 1 and "不同" in said.out


def test_a_key_of_somebody_else_proves_nothing(downloads, run):
    (downloads / "keys.json").write_text(json.dumps({"keys": []}))
    said = verified(run, downloads)
    assert said.status == 1 and "另行取得" in said.out


@pytest.mark.parametrize("text", ["", "[]", "{", "1", '{"keys": 1}', '{"keys": [1]}', "[" * 100_000])
def test_files_that_are_no_keys_are_refused_in_words(downloads, run, text):
    (downloads / "keys.json").write_text(text)
    said = verified(run, downloads)
    assert said.status == 1 and "keys.json" in said.err


def test_missing_files_are_named(downloads, run):
    (downloads / "directory.csv.sig.json").unlink()
    said = verified(run, downloads)
    assert said.status == 2 and "directory.csv.sig.json" in said.err

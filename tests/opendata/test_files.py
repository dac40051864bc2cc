"""The files say what the register says, stay as they are while it does, and prove where they come from."""

import csv
import gzip
import hashlib
import io
import json
from datetime import timedelta

import pytest
from openpyxl import load_workbook

from conftest import NOW
from factories import make_account
from govmedia.accounts.services import change_account, close_account
from govmedia.accounts.tables import LABELS, account_object
from govmedia.audit.services import Deed, record
from govmedia.common import installation
from govmedia.engine.hashing import sm3_hex
from govmedia.impostors.models import Impostor
from govmedia.opendata import services
from govmedia.opendata.catalogue import catalogue, folder
from govmedia.opendata.signatures import digests_of, faults
from govmedia.opendata.tables import ACCOUNT_FIELDS, CHANGED, DIRECTORY

pytestmark = pytest.mark.django_db


def made(now=NOW):
    number = services.make_files(now=now)
    return number, catalogue()


def lines(held, name) -> list[dict]:
    return [json.loads(line) for line in held.named(name).path.read_bytes().splitlines()]


def table(held, name) -> list[list[str]]:
    return list(csv.reader(io.StringIO(held.named(name).path.read_text("utf-8-sig"), newline="")))


def test_directory_is_the_whole_register_in_three_formats(accounts):
    number, held = made()
    assert number == len(held.files) == 12
    rows = lines(held, "directory.jsonl")
    assert rows == [account_object(row) for row in sorted(accounts, key=lambda row: row.code)]
    head, *cells = table(held, "directory.csv")
    assert head == list(LABELS.values()) and [row[0] for row in cells] == [row["code"] for row in rows]
    by_name = {row[1]: dict(zip(head, row, strict=True)) for row in cells}
    assert by_name["健康鼓楼"]["平台"] == "微信公众号" and by_name["健康鼓楼"]["功能栏目"] == "挂号|https://a.cn/"
    assert "'=鼓楼卫健" in by_name, "a name that a spreadsheet would run is made harmless"
    sheet = load_workbook(io.BytesIO(held.named("directory.xlsx").path.read_bytes()), read_only=True).active
    shown = [[("" if cell is None else str(cell)) for cell in row] for row in sheet.iter_rows(values_only=True)]
    assert [row + [""] * (len(head) - len(row)) for row in shown] == [head, *cells]
    packed = held.named("directory.csv").path.with_suffix(".gz").read_bytes()
    assert gzip.decompress(packed) == held.named("directory.csv").path.read_bytes()


def test_impostors_are_given_away_once_decided_and_a_withdrawn_one_says_so(accounts, gulou, li_supervisor, moment):
    told = {"source": "desk", "division": gulou, "found_at": moment, "platform": "douyin", "imitates": accounts[0]}
    told |= {"link": "https://v.example/1", "said": "冒名卖课", "approved_at": moment, "plain_name": "x"}
    made()
    known = Impostor.objects.create(name="=健康鼓楼官方", state="known", approved_by=li_supervisor, **told)
    gone = {"approved_by": li_supervisor, "ended_by": li_supervisor, "ended_at": moment, "end_reason": "是民间账号"}
    gone["approved_at"] = moment - timedelta(days=1)
    withdrawn = Impostor.objects.create(name="鼓楼健康", state="withdrawn", **{**told, **gone})
    Impostor.objects.create(name="还没认定", state="proposed", **{**told, "approved_at": None})
    number, held = made()
    assert number == 3, "nothing else changed"
    first, second = lines(held, "impostors.jsonl")
    assert first == {
        "number": known.pk, "name": "=健康鼓楼官方", "platform": "douyin", "link": "https://v.example/1",
        "imitates": accounts[0].code, "said": "冒名卖课", "on": moment.date().isoformat(),
    }  # fmt: skip
    assert (second["number"], second["withdrawn_why"]) == (withdrawn.pk, "是民间账号") and "said" not in second
    head, row, _ = table(held, "impostors.csv")
    assert row[head.index("账号名称")] == "'=健康鼓楼官方" and row[head.index("平台")] == "抖音"


def test_changes_tell_what_happened_newest_first(accounts, moment):
    change_account(account=accounts[0], values={"url": "https://b.cn/", "contact_phone": "1"}, by=None, now=moment)
    subject = f"organisation:{accounts[2].organisation.code}"
    deed = Deed("organisation.change", subject, "改名", after={"name": "新名"})
    record(deed, by=None, now=moment - timedelta(days=3))
    rows = lines(made()[1], "changes.jsonl")
    told = [(row["on"], row["change"], row["name"]) for row in rows]
    assert [on for on, *_ in told] == sorted((on for on, *_ in told), reverse=True)
    assert set(told) == {
        ("2026-11-23", "changed", "健康鼓楼"),
        ("2026-11-20", "changed", "玄武教育"),
        ("2026-11-20", "changed", "玄武教育旧号"),
        ("2026-11-18", "renamed", "=鼓楼卫健"),
        ("2026-11-16", "opened", "=鼓楼卫健"),
        ("2026-04-01", "closed", "玄武教育"),
    }
    by_change = {row["change"]: row for row in rows}
    assert by_change["renamed"]["former_name"] == "鼓楼卫健委"
    changed = next(row for row in rows if row["name"] == "健康鼓楼")
    assert changed["changed_fields"] == ["url"] and changed["url"] == "https://b.cn/"
    head, *cells = table(catalogue(), "changes.csv")
    assert dict(zip(head, cells[0], strict=True))["变化的栏目"] == "链接"


def test_a_name_alone_is_told_as_renamed_and_not_twice(accounts, moment):
    change_account(account=accounts[0], values={"name": "鼓楼健康"}, by=None, now=moment)
    rows = [row for row in lines(made()[1], "changes.jsonl") if row["code"] == accounts[0].code]
    assert [(row["change"], row["former_name"], row["name"]) for row in rows] == [("renamed", "健康鼓楼", "鼓楼健康")]


def test_nothing_is_made_while_nothing_changed_and_looks_are_no_change(accounts):
    made()
    accounts[0].health, accounts[0].updated_at = "faulty", NOW + timedelta(hours=1)
    accounts[0].save()
    assert made(NOW + timedelta(minutes=5))[0] == 0


def test_only_what_changed_is_made_anew(accounts, moment):
    _, before = made()
    close_account(account=accounts[0], closed_on=moment.date(), successor=None, by=None, now=moment)
    number, after = made(NOW + timedelta(minutes=5))
    assert number == 6
    assert after.named("dictionary.csv") == before.named("dictionary.csv")
    assert after.named("directory.csv").sha256 != before.named("directory.csv").sha256
    assert before.named("directory.csv").path.exists(), "a download that has begun can be ended"


def test_next_day_the_same_rows_stay_the_same_files(accounts):
    _, before = made()
    number, after = made(NOW + timedelta(days=1))
    assert number == 0 and after.files == before.files and after.stamp != before.stamp


def test_old_files_go_once_nobody_can_be_at_them(accounts, moment, monkeypatch):
    _, before = made()
    monkeypatch.setattr(services, "_KEPT_S", -1)
    close_account(account=accounts[0], closed_on=moment.date(), successor=None, by=None, now=moment)
    _, after = made()
    assert not before.named("directory.csv").path.exists()
    assert {path.stem for path in (folder() / "files").iterdir()} == {one.sha256 for one in after.files}


def test_a_lost_file_is_made_again(accounts):
    _, held = made()
    held.named("changes.csv").path.unlink()
    assert made(NOW + timedelta(minutes=5))[0] == 3 and catalogue().named("changes.csv").path.exists()


def test_a_register_that_takes_long_waits_a_while_unless_somebody_wants_it_now(accounts, moment, monkeypatch):
    made()
    close_account(account=accounts[0], closed_on=moment.date(), successor=None, by=None, now=moment)
    monkeypatch.setattr(services, "_SHARE", catalogue().took_s / 600)
    assert services.make_files(now=NOW + timedelta(minutes=9), at_once=False) == 0
    assert services.make_files(now=NOW + timedelta(minutes=11), at_once=False) > 0
    change_account(account=accounts[1], values={"url": "https://c.cn/"}, by=None, now=moment)
    assert services.make_files(now=NOW + timedelta(minutes=12)) > 0


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "{}", '{"made_at": "x"}', '{"stamp": "", "made_at": 1, "files": [{}]}']
)
def test_a_catalogue_of_another_version_is_made_anew(accounts, text):
    made()
    (folder() / "catalogue.json").write_text(text)
    assert catalogue() is None
    assert made()[0] == 12 and catalogue() is not None


def test_two_makers_do_not_get_in_each_others_way(accounts):
    import fcntl

    (folder() / "files").mkdir(parents=True)
    with (folder() / "lock").open("ab") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert services.make_files(now=NOW) == 0
    assert catalogue() is None


def test_digests_and_signature_prove_a_file_and_only_that(accounts, key):
    _, held = made()
    for file in held.files:
        data = file.path.read_bytes()
        assert (file.size, file.sha256, file.sm3) == (len(data), hashlib.sha256(data).hexdigest(), sm3_hex(data))
        given = digests_of(io.BytesIO(data))
        assert list(faults(given, file.signature, [key])) == []
    (said,) = faults({**given, "size": 1}, file.signature, [key])
    assert "大小不同" in said
    (said,) = faults(given, {**file.signature, "made_at": "2020-01-01T00:00:00+08:00"}, [key])
    assert "改动" in said
    (said,) = faults(given, file.signature, [{**key, "kid": "another"}])
    assert "另行取得" in said
    for broken in (None, [], {}, {**file.signature, "format": "x"}, "text"):
        assert len(list(faults(given, broken, [key]))) == 1
    for signature in ("", "é", 5, None):
        assert len(list(faults(given, {**file.signature, "signature": signature}, [key]))) == 1


def test_without_a_key_files_are_unsigned_and_signed_once_there_is_one(home, gulou_health):
    from govmedia.common import signing

    make_account(gulou_health, name="健康鼓楼")
    _, held = made()
    assert all(one.signature is None for one in held.files)
    signing.make_key()
    number, held = made()
    assert number == len(held.files) and all(one.signature for one in held.files)


def test_a_demonstration_says_so_in_every_row(accounts):
    installation.write(installation.DEMO, {"emulator_port": 1})
    _, held = made()
    head, *rows = table(held, "directory.csv")
    assert head[-1] == "演示数据" and {row[-1] for row in rows} == {"演示数据，非真实检查结果"}


def test_dictionary_names_every_field_of_every_table(accounts):
    _, held = made()
    told = {(row["table"], row["name"]) for row in lines(held, "dictionary.jsonl")}
    for one in (DIRECTORY, CHANGED):
        for row in lines(held, f"{one.name}.jsonl"):
            assert {(one.name, name) for name in row} <= told
    assert {one.name for one in ACCOUNT_FIELDS} == set(LABELS)
    assert all(one.meaning and one.kind for one in CHANGED.fields)
    platform = next(row for row in lines(held, "dictionary.jsonl") if row["name"] == "platform")
    assert "wechat_mp 微信公众号" in platform["words"]

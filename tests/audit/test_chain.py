"""The audit log proves itself: nothing can be changed, taken out or cut off unseen."""

import pytest
from django.db import transaction

from conftest import NOW
from govmedia.audit.models import Entry, Head
from govmedia.audit.queries import export, first_break
from govmedia.audit.services import Deed, record, record_many
from govmedia.engine.hashing import canonical_json, sm3_hex

pytestmark = pytest.mark.django_db


@pytest.fixture
def five_entries(zhou_supervisor):
    for number in range(5):
        deed = Deed(
            "account.change", f"account:{number}", "鼓楼健康", {"name": "旧"}, {"name": f"新{number}"}, "更名"
        )
        record(deed, by=zhou_supervisor, now=NOW)


def test_chain_of_entries_is_intact(five_entries):
    assert first_break() is None
    assert [entry["seq"] for entry in export()] == [1, 2, 3, 4, 5]


def test_entry_says_who_in_which_role_and_why(five_entries):
    entry = Entry.objects.get(seq=3)
    assert (entry.actor, entry.role, entry.why, entry.after) == ("zhou", "supervisor", "更名", {"name": "新2"})


def test_changed_entry_is_found(five_entries):
    Entry.objects.filter(seq=3).update(after={"name": "别的"})
    assert first_break() == (3, "第 3 条的内容与其哈希不符，可能被改动过")


def test_removed_entry_is_found(five_entries):
    Entry.objects.filter(seq=2).delete()
    assert first_break()[0] == 2


def test_cut_off_end_is_found(five_entries):
    Entry.objects.filter(seq__gte=4).delete()
    assert first_break() == (4, "日志应有 5 条，只找到 3 条，末尾可能被删去")


def test_lost_end_mark_is_found(five_entries):
    Entry.objects.filter(seq__gte=4).delete()
    Head.objects.all().delete()
    assert first_break()[0] == 4


def test_export_proves_itself_without_the_database(five_entries):
    previous = ""
    for entry in export():
        told = {key: value for key, value in entry.items() if key not in {"prev_hash", "hash"}}
        assert entry["hash"] == sm3_hex(canonical_json({**told, "prev": previous}))
        previous = entry["hash"]


def test_text_no_database_stores_is_kept_as_a_mark(db):
    deed = Deed("account.change", "account:1", "名\x00", {"a": "\ud800"}, {"b": ["\x00x", 1.5]}, "因\x00为")
    record(deed, by=None, now=NOW)
    entry = Entry.objects.get()
    assert (entry.label, entry.before, entry.after, entry.why) == ("名�", {"a": "�"}, {"b": ["�x", "1.5"]}, "因�为")
    assert first_break() is None


def test_rehashed_entry_breaks_the_next(five_entries):
    from govmedia.audit.services import entry_hash

    entry = Entry.objects.get(seq=3)
    entry.why = "改过"
    entry.hash = entry_hash(entry)
    entry.save()
    assert first_break()[0] == 4


def test_entry_of_a_failed_write_is_not_kept(db):
    with pytest.raises(RuntimeError), transaction.atomic():
        record(Deed("account.change", "account:1", "x"), by=None, now=NOW)
        raise RuntimeError
    assert Entry.objects.count() == 0
    assert first_break() is None


def test_many_entries_form_one_chain(db):
    record_many((Deed("post.import", f"account:{n}", "x", after={"n": n}) for n in range(2500)), by=None, now=NOW)
    assert Entry.objects.count() == 2500
    assert first_break() is None

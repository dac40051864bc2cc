"""The audit log's page."""

from govmedia.audit.models import Entry
from govmedia.audit.services import Deed, record

LIST = "/desk/audit/"


def subjects(response):
    return [row.subject for row in response.context["page"].rows]


def write(now, *deeds):
    for deed in deeds:
        record(deed, by=None, now=now)


def test_auditor_sees_his_divisions_and_what_concerns_no_place(as_, wu_auditor, now):
    write(
        now,
        Deed("account.open", "account:A", "甲", division="320106"),
        Deed("account.open", "account:B", "乙", division="110101"),
        Deed("edition.add", "edition:x", "版本"),
    )
    browser = as_(wu_auditor)
    assert subjects(browser.get(LIST)) == ["edition:x", "account:A"]
    assert subjects(browser.get(LIST, {"division": "320100"})) == ["account:A"]


def test_log_is_filtered_by_person_deed_object_and_day(as_, wu_auditor, zhao_reviewer, now):
    record(Deed("filing.accept", "filing:1", "甲", division="320106"), by=zhao_reviewer, now=now)
    write(now, Deed("account.open", "account:A", "乙", division="320106"))
    browser = as_(wu_auditor)
    for query in ({"actor": "zhao"}, {"verb": "filing.accept"}, {"subject": "filing:1"}):
        assert subjects(browser.get(LIST, query)) == ["filing:1"]
    assert subjects(browser.get(LIST, {"on": "2020-01-01"})) == []
    assert subjects(browser.get(LIST, {"on": "nonsense"})) == []


def test_whole_chain_is_said_to_be_intact_and_a_changed_entry_is_named(as_, wu_auditor, now):
    write(now, Deed("account.open", "account:A", "甲"), Deed("account.open", "account:B", "乙"))
    browser = as_(wu_auditor)
    assert "哈希链完整" in browser.get(LIST, {"verify": "1"}).content.decode()
    Entry.objects.filter(seq=1).update(label="改过")
    assert "第 1 条的内容与其哈希不符" in browser.get(LIST, {"verify": "1"}).content.decode()


def test_values_are_told_in_words(as_, wu_auditor, now):
    write(now, Deed("account.health", "account:A", "甲", before={"health": "healthy"}, after={"health": "faulty"}))
    text = as_(wu_auditor).get(LIST).content.decode()
    assert "健康状况变化" in text
    assert "健康：健康 → 有问题" in text

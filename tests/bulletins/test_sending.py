"""Letters: one for each unit with failing accounts, told once, with the bulletin's due date on open findings."""

import io
from datetime import timedelta
from zipfile import ZipFile

import pytest
from docx import Document

from factories import make_user
from govmedia.audit.models import Entry
from govmedia.bulletins import services
from govmedia.bulletins.letters import zipped
from govmedia.bulletins.models import Letter
from govmedia.bulletins.services import Sent
from govmedia.common.refusals import NoRight, Refused, WrongState
from govmedia.findings.models import Finding
from govmedia.notify.models import Notice

pytestmark = pytest.mark.django_db


@pytest.fixture
def school_operator(xuanwu_school):
    return make_user("school", "玄武运维", "operator", organisation=xuanwu_school)


def _finding(account, moment, code="R05", **values):
    return Finding.objects.create(
        account=account, code=code, colour="veto", title="两周内无更新", source="machine", state="notified",
        reason="已连续 20 天无更新", edition="jiangsu-2019", edition_hash="sm3:0", evidence_sm3="0", raised_at=moment,
        seen_at=moment, confirmed_at=moment, notified_at=moment, due_on=moment.date() + timedelta(days=3), **values,
    )  # fmt: skip


def test_each_unit_is_told_once_and_its_findings_get_the_due_date(
    published, accounts, li_supervisor, school_operator, chen_operator, moment
):
    Finding.objects.all().delete()
    finding, other = _finding(accounts[2], moment), _finding(accounts[0], moment)
    sent = services.send_letters(bulletin_id=published.pk, by=li_supervisor, now=moment)
    assert sent == Sent(letters=1, people=1, silent=0, findings=1)
    finding.refresh_from_db()
    other.refresh_from_db()
    assert finding.due_on == published.due_on != other.due_on
    (notice,) = Notice.objects.filter(recipient=school_operator, key__startswith="bulletin:")
    letter = Letter.objects.get()
    assert notice.url == f"/desk/bulletins/letters/{letter.pk}/"
    assert "「玄武教育」（微信公众号）：两周内无更新" in notice.body and published.number in notice.body
    assert not Notice.objects.filter(recipient=chen_operator).exists()
    assert services.send_letters(bulletin_id=published.pk, by=li_supervisor, now=moment) == Sent()
    assert Letter.objects.count() == 1


def test_a_unit_gets_one_notice_however_many_due_dates_are_set(
    published, accounts, li_supervisor, school_operator, moment
):
    Finding.objects.all().delete()
    rows = [_finding(accounts[2], moment, code=code) for code in ("R05", "Y02", "Y06")]
    had = _finding(accounts[2], moment, code="Y08")
    Finding.objects.filter(pk=had.pk).update(due_on=published.due_on)
    before = Notice.objects.filter(recipient=school_operator).count()
    assert services.send_letters(bulletin_id=published.pk, by=li_supervisor, now=moment).findings == 3
    fresh = Notice.objects.filter(recipient=school_operator).order_by("pk")[before:]
    assert [notice.title for notice in fresh] == ["整改通知：1 个账号被通报不合格"]
    assert "有 3 个问题的整改期限已改为这一天" in fresh[0].body
    logged = Entry.objects.filter(verb="finding.postpone").order_by("subject")
    assert [entry.subject for entry in logged] == sorted(f"finding:{row.pk}" for row in rows)
    assert {entry.after["due_on"] for entry in logged} == {f"{published.due_on}"}


def test_no_due_date_is_spoken_of_where_none_was_set(published, accounts, li_supervisor, school_operator, moment):
    Finding.objects.all().delete()
    services.send_letters(bulletin_id=published.pk, by=li_supervisor, now=moment)
    assert "整改期限已改为" not in Notice.objects.get(recipient=school_operator, key__startswith="bulletin:").body


def test_a_unit_without_operators_still_gets_its_letter(published, li_supervisor, moment):
    sent = services.send_letters(bulletin_id=published.pk, by=li_supervisor, now=moment)
    assert (sent.letters, sent.people, sent.silent) == (1, 0, 1)
    with ZipFile(io.BytesIO(zipped(Letter.objects.all()))) as file:
        (name,) = file.namelist()
        assert name.endswith("南京市玄武区教育局.docx")
        document = Document(io.BytesIO(file.read(name)))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "你单位主办的1个账号被评定为不合格" in text and "南京市玄武区教育局：" in text
    assert document.tables[0].cell(1, 1).text == "玄武教育"


def test_letters_are_for_what_is_published_and_by_who_may(draft, li_supervisor, stranger, moment):
    with pytest.raises(WrongState):
        services.send_letters(bulletin_id=draft.pk, by=li_supervisor, now=moment)
    with pytest.raises(NoRight):
        services.send_letters(bulletin_id=draft.pk, by=stranger, now=moment)


def test_where_nobody_failed_there_is_nothing_to_send(published, li_supervisor, moment):
    published.published_file = published.published_file.replace('"failing":[{', '"failed_before":[{')
    published.save()
    with pytest.raises(Refused, match="没有不合格的账号"):
        services.send_letters(bulletin_id=published.pk, by=li_supervisor, now=moment)

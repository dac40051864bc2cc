"""One of everything, for the table of who sees what."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

from django.db import transaction

from conftest import NOW
from factories import (
    make_account,
    make_coverage,
    make_division,
    make_interface,
    make_look,
    make_organisation,
    make_post,
    make_user,
)
from govmedia.common.clock import day_of, now
from rounds.conftest import PLAN, asking, opened

# What is typed into the forms, so that a POST gets as far as the question of rights.
FORMS = {
    "filings:move": {"move": "return", "note": "请补充说明"},
    "findings:move": {"move": "dismiss", "note": "误报"},
    "findings:claim": {"note": "已恢复更新"},
    "findings:appeal": {"reason": "当天已发布，见截图"},
    "findings:postpone": {"due_on": f"{day_of(NOW) + timedelta(days=9)}", "why": "汛期抢险"},
    "findings:bulk": {"deed": "claim", "note": "已整改"},
    "checks:answer": {"code": "R01", "look": "clean"},
    "checks:rule": {"code": "R05", "counts": "no", "note": "不计"},
    "desk:account-unfreeze": {"note": "已核实", "why": "已核实"},
    "inspections:paste": {"text": "国办发[2019]51号"},
    "inspections:decide": {"ruling": "right"},
    "inspections:propose": {"phrase": "现", "why": "原文如此"},
    "inspections:settle": {"deed": "approve"},
    "inspections:restore": {"why": "已修"},
    "lexicons:new": {
        "term": "青山街道办",
        "kind": "hit",
        "check": "wording_terms",
        "note": "应写全称",
        "source": "行文规范",
    },
    "impostors:sweep": {"text": "健康鼓楼官方，微博"},
    "impostors:new": {"name": "健康鼓楼官方", "what": "冒用名称"},
    "impostors:propose": {"said": "冒用名称"},
    "impostors:settle": {"deed": "approve"},
    "public:report": {"name": "健康鼓楼官方", "what": "冒用名称"},
    "public:verify": {"q": "健康鼓楼"},
    "lexicons:settle": {"deed": "approve"},
    "lexicons:rescan": {"since": "2026-06-01"},
    "demo:steer": {"what": "recover"},
    "bulletins:detail": {"title": ""},
    "bulletins:move": {"move": "submit"},
    "assessments:step": {"deed": "open"},
    "assessments:report": {"said": "已落实。"},
    "assessments:review": {"points": "4", "note": "略有不足"},
    "assessments:veto": {"found": "yes", "note": "省通报第 3 号"},
    "assessments:appeal": {"reason": "培训 3 次，见附件。"},
    "assessments:decide": {"deed": "refuse", "answer": "材料不足。"},
    "rounds:report": {"deed": "clean"},
    "rounds:report-draft": {"lines": "1", "p0-note": "标题有错字"},
    "rounds:step": {"deed": "announce"},
    "rounds:draw": {"public_value": "1234", "public_source": "第 7 期"},
    "rounds:drop": {"why": "单位已撤销"},
    "orgs:token-list": {"name": "官网", "scope": "inspect", "days": "90"},
}
# How rounds are planned here: an account of one level and platform is enough.
BY_LEVEL = {"by": ["level"], "always_governments": False}
# What is sent to the API, and for which purpose a token is made that may.
BODIES = {"api:inspect": {"id": "1", "text": "现将有关事项通知如下。"}}
SCOPE_OF = {"api:inspect": "inspect"}


def token_of(user, scope: str) -> str:
    """The secret of a token of somebody's, also where his role would be given none."""
    from govmedia.orgs.models import Token

    secret = f"gm_{user.login}_{scope}"
    Token.objects.create(
        user=user, name="接口", scope=scope, secret_hash=hashlib.sha256(secret.encode()).hexdigest(), start="gm_",
        created_at=NOW, expires_at=now() + timedelta(days=1),
    )  # fmt: skip
    return secret


def people() -> dict:
    """Persons by their place in the table; `nobody` is not logged in."""
    province = make_division("320000", "江苏省", "province")
    city = make_division("320100", "南京市", "city", parent=province)
    county = make_division("320106", "鼓楼区", "county", parent=city)
    other_county = make_division("320102", "玄武区", "county", parent=city)
    other_city = make_division("320500", "苏州市", "city", parent=province)
    own = make_organisation(name="南京市鼓楼区卫生健康委员会", division=county, field="health")
    other = make_organisation(name="南京市玄武区教育局", division=other_county, field="education")
    return {
        "nobody": None,
        "operator": make_user("a1", "甲", "operator", organisation=own),
        "editor": make_user("a2", "乙", "editor", organisation=own),
        "other_operator": make_user("a3", "丙", "operator", organisation=other),
        "county_reviewer": make_user("a4", "丁", "reviewer", division=county),
        "city_reviewer": make_user("a5", "戊", "reviewer", division=city),
        "county_supervisor": make_user("a6", "己", "supervisor", division=county),
        "city_supervisor": make_user("a7", "庚", "supervisor", division=city),
        "other_supervisor": make_user("a8", "辛", "supervisor", division=other_city),
        "inspector": make_user("a9", "壬", "inspector", division=city),
        "other_inspector": make_user("b1", "癸", "inspector", division=other_city),
        "auditor": make_user("b2", "子", "auditor", division=province),
        "admin": make_user("b3", "丑", "admin", division=province),
    }


@contextmanager
def one_of_everything(blocker: Any) -> Iterator[tuple[dict, dict[str, tuple]]]:
    """Persons and places for the tests of a file, undone at its end; `blocker` is pytest-django's."""
    with blocker.unblock(), transaction.atomic():
        persons = people()
        yield persons, places(persons)
        transaction.set_rollback(True)


def places(persons: dict) -> dict[str, tuple]:
    """Arguments of every address that needs some, over objects of the operator's organisation."""
    from govmedia.checks.services import start_check
    from govmedia.common import installation
    from govmedia.filings import services as filings
    from govmedia.jobs.models import Job
    from govmedia.notify.models import Notice
    from govmedia.orgs.services import invite, make_token

    installation.write(installation.DEMO, {"emulator_port": 1})
    own = persons["operator"].organisation
    account = make_account(
        own, name="健康鼓楼", url="https://example.gov.cn/", first_seen_at=NOW - timedelta(days=60)
    )
    make_interface(account, handle="https://feeds.example.gov.cn/a.rss")
    post = make_post(account, on=date(2026, 11, 20))
    make_coverage(account, NOW - timedelta(days=60), NOW)
    look = make_look(account, NOW)
    draft = filings.start(kind="open", organisation=own, account=None, by=persons["operator"], now=NOW)
    waiting = _waiting(account, persons["operator"])
    check = start_check(
        account=account, edition="jiangsu-2019", start_on=date(2026, 10, 1), end_on=date(2026, 11, 22), point_at=None,
        by=persons["inspector"], now=NOW,
    )  # fmt: skip
    notice = Notice.objects.create(recipient=persons["operator"], key="k", title="提醒", created_at=NOW)
    finding = _finding(account)
    newcomer = make_user("b4", "寅", "reviser", organisation=own)
    token = invite(user=newcomer, by=None, now=NOW)
    key = make_token(user=persons["operator"], name="官网", scope="inspect", by=None, now=NOW)[0]
    keys = SimpleNamespace(account=account.code, check=check.pk, finding=finding.pk)
    by_key = {
        "desk": dict.fromkeys(("account", "account-posts", "account-look", "account-unfreeze"), (keys.account,)),
        "filings": dict.fromkeys(("edit", "autosave", "fetch"), (draft.pk,))
        | dict.fromkeys(("detail", "move"), (waiting.pk,)),
        "checks": dict.fromkeys(("detail", "answer", "rule", "finish", "discard", "posts"), (keys.check,)),
        "findings": dict.fromkeys(("detail", "move", "claim", "appeal", "postpone", "press"), (keys.finding,)),
        "public": dict.fromkeys(("account", "badge", "poster", "qr-png", "qr-svg"), (keys.account,))
        | {"sitemap-part": (1,)},
        "orgs": {
            "organisation-edit": (own.pk,),
            "user-edit": (newcomer.pk,),
            "user-reset": (newcomer.pk,),
            "invitation": (token,),
            "token-revoke": (key.pk,),
        },
        "demo": {"steer": (keys.account,)},
        "api": {"account": (keys.account,)},
    }
    by_key["findings"]["exhibit"] = (finding.pk, _exhibit(finding).pk)
    by_key["desk"]["account-post"] = (keys.account, post.pk)
    by_key["desk"]["account-look-detail"] = (keys.account, look.pk)
    by_key["filings"] |= {"change": (keys.account,), "close": (keys.account,)}
    by_key["checks"] |= {"new": (keys.account,), "post": (keys.check, post.pk)}
    job = Job.objects.create(kind="posts.slice", key="slice:7", state="dead", run_at=NOW, created_at=NOW)
    by_key["desk"] |= dict.fromkeys(("job-retry", "job-discard"), (job.pk,))
    by_key["notify"] = {"read": (notice.pk,)}
    by_key["lexicons"] = _terms(account.division, persons["county_supervisor"], persons["city_supervisor"])
    by_key["impostors"] = _impostors(account, persons["county_supervisor"], persons["city_supervisor"])
    by_key["inspections"] = _inspected(post, persons["other_supervisor"])
    by_key["rounds"] = _rounds(persons)
    by_key["bulletins"], public = _bulletins(persons, account)
    by_key["public"] |= public
    by_key["assessments"], public = _assessments(persons)
    by_key["public"] |= public
    by_key["public"]["open-data-file"] = (_open_file(),)
    by_key["public"] |= dict.fromkeys(("draw", "draw-population", "draw-result"), by_key["rounds"]["drawn"])
    return {f"{room}:{name}": args for room, names in by_key.items() for name, args in names.items()}


def _open_file() -> str:
    """The name of a file that is given away, once they are made."""
    from govmedia.opendata.services import make_files

    make_files(now=now())
    return "directory.csv"


def _waiting(account, operator):
    """A change that waits for the county's office."""
    from govmedia.filings import chain
    from govmedia.filings.models import Filing, Step

    county = account.division
    stops = chain.to_form(chain.resolve(account.organisation))
    filing = Filing.objects.create(
        kind="change", state="submitted", organisation=account.organisation, account=account, name=account.name,
        platform=account.platform, form={"name": "鼓楼健康", "chain": stops}, at_division=county, step=0,
        created_by=operator, created_at=NOW, updated_at=NOW, submitted_by=operator, submitted_at=NOW,
        waiting_since=NOW,
    )  # fmt: skip
    Step.objects.create(filing=filing, number=0, division=county, arrived_at=NOW)
    return filing


def _terms(division, proposer, colleague):
    """A term of the county that waits, one that is in force, and a rescan under way for it."""
    from govmedia.lexicons.models import Rescan, Term

    common = {
        "check_code": "wording_terms", "note": "应写全称", "source": "行文规范", "division": division,
        "proposed_by": proposer, "proposed_at": NOW,
    }  # fmt: skip
    waiting = Term.objects.create(term="蓝天街道办", **common)
    held = Term.objects.create(term="碧水街道办", state="approved", approved_by=colleague, approved_at=NOW, **common)
    rescan = Rescan.objects.create(
        term=held, since=NOW, from_post=0, at_post=0, to_post=9, started_by=proposer, started_at=NOW
    )
    by_key = dict.fromkeys(("detail", "settle", "rescan"), (waiting.pk,))
    return {**by_key, "rescan-stop": (rescan.pk,)}


def _impostors(account, proposer, colleague):
    """One that was reported with a picture, one that waits for a second person, and a known one."""
    from govmedia.accounts.services import index_accounts
    from govmedia.common.exhibits import Upload
    from govmedia.impostors import services
    from govmedia.impostors.models import Asked

    index_accounts([account.pk])
    told = [services.Told(f"健康鼓楼{word}", "weibo", "", "冒用名称") for word in ("客服", "官方", "直播间")]
    picture = Upload("图.png", b"\x89PNG\r\n\x1a\n")
    rows = [services.report(told=one, picture=picture, client="c", now=NOW) for one in told]
    for row in rows[1:]:
        services.propose(impostor_id=row.pk, said="冒用名称", imitates=account.code, by=proposer, now=NOW)
    services.approve(impostor_id=rows[2].pk, by=colleague, now=NOW)
    reported, proposed, known = (row.pk for row in rows)
    asked = Asked.objects.create(
        name="健康古楼", plain_name="健康古楼", imitates=account, likeness=0.9, division=account.division, times=3,
        first_at=NOW, last_at=NOW,
    )  # fmt: skip
    return {
        "asked-settle": (asked.pk,),
        **dict.fromkeys(("detail", "propose"), (reported,)),
        "settle": (proposed,),
        "letter": (known, "docx"),
        "picture": (reported, rows[0].reports.get().pk),
    }


def _inspected(post, colleague):
    """A sure hit that nobody ruled on, one that was ruled on, an allowance that waits, a demoted check, a message."""
    from govmedia.inspections.models import Allowance, Demotion, Message, Origin, Specimen, TextHit

    common = {
        "post": post, "account": post.account, "counts_on": post.counts_on, "category": "form", "level": "notice",
        "field": "text", "start": 0, "end": 1, "message": "发文字号不规范", "confidence": 0.9, "auto": True,
        "post_sm3": post.sm3, "gain": 1.0, "seen_at": NOW, "check_code": "form_document_number",
    }  # fmt: skip
    hit = TextHit.objects.create(found="现", **common)
    ruled = TextHit.objects.create(found="[2019]5号", state="right", decided_by=colleague, decided_at=NOW, **common)
    waiting = Allowance.objects.create(
        check_code="form_document_number", division=post.account.division, phrase="[2019]5号", why="原文",
        proposed_by=colleague, proposed_at=NOW,
    )  # fmt: skip
    specimen = Specimen.objects.create(
        check_code="form_document_number", division=post.account.division, text="见苏试发[2019]5号。",
        start=4, end=12, is_error=True, why="原文", proposed_by=colleague, proposed_at=NOW,
    )  # fmt: skip
    Demotion.objects.create(check_code="form_document_number", at=NOW, reason="误报过多")
    carried = Message.objects.create(text=post, first=post, first_at=NOW, last_at=NOW)
    Origin.objects.create(
        post=post, account=post.account, counts_on=post.counts_on, said_at=NOW, kind="own", message=carried
    )
    by_key = dict.fromkeys(("detail", "decide", "propose", "specimen"), (hit.pk,)) | {"undo": (ruled.pk,)}
    by_key |= {"message": (carried.pk,), "originality": (post.account.code,)}
    by_key |= {"settle-specimen": (specimen.pk,)}
    return {**by_key, "settle": (waiting.pk,), "restore": ("form_document_number",)}


def _rounds(persons):
    """Rounds of the city: one planned, one announced, one drawn, one whose only account the inspector has, and a
    self-check that the operator's organisation has not reported on."""
    from govmedia.rounds import services

    by = persons["city_supervisor"]
    plan = {**PLAN, **BY_LEVEL}
    planned, announced, drawn, judging = (services.plan_round(values=plan, by=by, now=NOW).pk for _ in range(4))
    for pk in (announced, drawn, judging):
        services.announce(round_id=pk, by=by, now=NOW)
    for pk in (drawn, judging):
        services.draw_round(round_id=pk, public_value="1234", public_source="第 7 期", by=by, now=NOW)
    held = services.open_round(round_id=judging, inspector_ids=[persons["inspector"].pk], by=by, now=NOW)
    sample = held.samples.get()
    asked = asking(by, NOW)
    report = asked.reports.get(organisation=persons["operator"].organisation)
    return {
        **dict.fromkeys(("change", "step"), (planned,)),
        "draw": (announced,),
        **dict.fromkeys(("open", "detail", "population", "drawn"), (drawn,)),
        **dict.fromkeys(("hand-over", "work"), (judging,)),
        **dict.fromkeys(("reports", "honesty"), (asked.pk,)),
        **dict.fromkeys(("report", "report-draft"), (report.pk,)),
        "seat": (sample.seats.get().pk,),
        **dict.fromkeys(("sample", "arbiter", "drop"), (sample.pk,)),
    }


def _bulletins(persons, account):
    """A round that is closed and has no bulletin yet, one with a draft, and one whose bulletin was published."""
    from govmedia.bulletins import services
    from govmedia.bulletins.models import Letter
    from govmedia.checks.services import finish
    from govmedia.rounds import services as rounds
    from govmedia.rounds.queries import seats_of

    by, inspector = persons["city_supervisor"], persons["inspector"]
    held = []
    for number in range(3):
        pk = opened(by, [inspector], NOW, **BY_LEVEL, name=f"第{number}轮").pk
        for seat in seats_of(inspector).filter(sample__round=pk):
            finish(check_id=rounds.begin(seat_id=seat.pk, by=inspector, now=NOW).pk, by=inspector, now=NOW)
        rounds.settle_due(now=NOW, round_id=pk)
        held.append(rounds.close_round(round_id=pk, by=by, now=NOW).pk)
    drafts = [services.start(round_id=pk, by=by, now=NOW) for pk in held[1:]]
    for number, row in enumerate(drafts, 1):
        row.number = f"宁政办函〔2026〕{number}号"
        row.save(update_fields=["number"])
    published = drafts[1].pk
    colleague = make_user("b5", "卯", "supervisor", division=by.division)
    services.move(bulletin_id=published, name="submit", by=by, now=NOW)
    services.move(bulletin_id=published, name="approve", by=colleague, now=NOW)
    services.move(bulletin_id=published, name="publish", by=by, now=NOW)
    row = {"code": account.code, "account": account.name, "platform": "微信公众号", "indicator": "R05", "detail": ""}
    letter = Letter.objects.create(
        bulletin_id=published, organisation=account.organisation, accounts=[row], sent_at=NOW
    )
    desk = {
        "start": (held[0],),
        **dict.fromkeys(("detail", "refresh", "move"), (drafts[0].pk,)),
        **dict.fromkeys(("send", "letters"), (published,)),
        "document": (published, "docx"),
        "letter": (letter.pk,),
        "letter-document": (letter.pk, "docx"),
    }
    public = {
        **dict.fromkeys(("bulletin", "bulletin-bundle"), (published,)),
        "bulletin-document": (published, "html"),
    }
    return desk, public


def _assessments(persons):
    """Assessments of the county's office by the city's, one in every state that something can be done in."""
    from govmedia.assessments import services
    from govmedia.common.exhibits import Upload

    by, county = persons["city_supervisor"], persons["county_supervisor"]
    values = {
        "name": "2026年度考核", "scheme": "jiangsu-yearly-proposed", "start_on": date(2026, 1, 1),
        "end_on": date(2026, 11, 1), "report_until": date(2026, 11, 30), "appeal_days": 5, "bodies": ["320106"],
    }  # fmt: skip
    rows = [services.plan(values=values, by=by, now=NOW) for _ in range(5)]
    planned, reporting, reviewing, announced, published = rows
    for row in rows[1:]:
        services.open_reports(assessment_id=row.pk, by=by, now=NOW)
    marks = {(row.pk, mark.code): mark.pk for row in rows[1:] for mark in row.bodies.get().marks.all()}
    for row in rows[2:]:
        for code in ("A09", "A10"):
            files = [Upload("制度.png", b"\x89PNG\r\n\x1a\n")]
            services.report(mark_id=marks[row.pk, code], text="有", uploads=files, by=county, now=NOW)
        services.hand_in(body_id=row.bodies.get().pk, by=county, now=NOW)
        services.start_review(assessment_id=row.pk, by=by, now=NOW)
    for row in rows[3:]:
        for code in ("A09", "A10"):
            services.review(mark_id=marks[row.pk, code], points="3", note="材料少", by=by, now=NOW)
        services.announce(assessment_id=row.pk, by=by, now=NOW)
    made = services.appeal(mark_id=marks[announced.pk, "A04"], reason="接口已恢复", by=county, now=NOW)
    colleague = make_user("b6", "辰", "supervisor", division=by.division)
    services.publish(assessment_id=published.pk, by=colleague, now=NOW + timedelta(days=10))
    body = announced.bodies.get()
    desk = {
        **dict.fromkeys(("change", "step"), (planned.pk,)),
        "detail": (announced.pk,),
        "body": (body.pk,),
        "hand-in": (reporting.bodies.get().pk,),
        "report": (marks[reporting.pk, "A09"],),
        "review": (marks[reviewing.pk, "A09"],),
        "veto": (marks[reviewing.pk, "V02"],),
        "appeal": (marks[announced.pk, "A10"],),
        "decide": (made.pk,),
        "proof": (body.marks.get(code="A09").proofs.get().pk,),
    }
    return desk, dict.fromkeys(("assessment", "assessment-ranking"), (published.pk,))


def _finding(account):
    from govmedia.findings.models import Finding

    return Finding.objects.create(
        account=account, code="R05", colour="veto", state="notified", reason="已连续 16 天未更新",
        edition_hash="sm3:0", edition="jiangsu-2019", evidence_sm3="0", raised_at=NOW, seen_at=NOW,
        confirmed_at=NOW, notified_at=NOW,
    )  # fmt: skip


def _exhibit(finding):
    from govmedia.common.exhibits import Upload
    from govmedia.findings.exhibits import attach
    from govmedia.orgs.models import User

    uploads = [Upload("截图.png", b"\x89PNG\r\n\x1a\n")]
    return attach(finding=finding, uploads=uploads, by=User.objects.get(login="a1"), now=NOW)[0]

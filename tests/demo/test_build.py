"""The demonstration as a whole: what is in it, and that a round of looks finds it unchanged."""

from collections import Counter
from datetime import timedelta

import pytest

from demo.conftest import NOW
from govmedia.accounts.models import Account, Health, SearchEntry, Status
from govmedia.accounts.queries import search
from govmedia.audit.models import Entry
from govmedia.audit.queries import first_break
from govmedia.checks.models import Check
from govmedia.common import installation
from govmedia.common.clock import day_of
from govmedia.demo.build import EMULATOR_FILE
from govmedia.demo.logins import LOGINS, PASSWORD
from govmedia.demo.services import InUse, build, in_use
from govmedia.emulators.source import FileSource
from govmedia.engine.codes import code_problem
from govmedia.engine.uscc import uscc_problem
from govmedia.filings.models import Filing
from govmedia.filings.states import FILING
from govmedia.findings.models import Finding
from govmedia.findings.states import COUNTING
from govmedia.orgs.login import check_login
from govmedia.orgs.models import Organisation, Role, User
from govmedia.posts.models import Coverage, Interface, Look, Post
from govmedia.posts.services import poll_due


def test_build_counts_what_it_made(demo):
    assert demo.report.accounts == Account.objects.count() == 20
    assert demo.report.posts == Post.objects.count() >= 20 * 40
    assert demo.report.organisations == Organisation.objects.count() == 10
    assert demo.report.filings == Filing.objects.count()
    assert demo.report.users == User.objects.count()
    assert f"{demo.report.posts:,} 条内容" in demo.report.text
    assert demo.said[0] == "单位 10 家 …"


def test_build_gives_valid_codes_only(demo):
    assert [code for code in Organisation.objects.values_list("code", flat=True) if uscc_problem(code)] == []
    assert [code for code in Account.objects.values_list("code", flat=True) if code_problem(code)] == []


def test_build_covers_the_last_quarter_and_this_one(demo):
    days = Post.objects.order_by("counts_on").values_list("counts_on", flat=True)
    assert days[0].isoformat() <= "2026-07-05"
    assert days.last().isoformat() >= "2026-11-21"
    assert Post.objects.filter(published_at__gt=NOW).count() == 0
    assert Post.objects.filter(first_seen_at__gt=NOW).count() == 0
    assert Look.objects.filter(at__gt=NOW).count() == 0
    assert Coverage.objects.filter(end_at__gt=NOW).count() == 0


def test_build_leaves_most_accounts_healthy(demo):
    live = Account.objects.exclude(status=Status.CLOSED)
    blamed = set(Finding.objects.filter(state__in=COUNTING).values_list("account_id", flat=True))
    assert 1 - len(blamed) / live.count() >= 0.85
    assert set(live.values_list("health", flat=True)) == set(Health.values)


def test_build_has_findings_that_were_really_judged(demo):
    codes = set(Finding.objects.filter(source="machine").values_list("code", flat=True))
    assert {"R05", "Y02"} <= codes
    silent = Finding.objects.get(code="R05", account__organisation__name="南京市鼓楼区卫生健康委员会")
    assert silent.state == "notified"
    assert silent.evidence_sm3
    assert silent.account.veto_open


def test_build_has_filings_in_every_state(demo):
    states = Counter(Filing.objects.values_list("state", flat=True))
    assert set(states) == set(FILING.words)
    assert set(Filing.objects.values_list("kind", flat=True)) == {"open", "change", "close"}
    alike = Filing.objects.get(name="健康鼓楼发布")
    assert "alike" in {warning["kind"] for warning in alike.warnings}


def test_build_files_nothing_before_it_was_submitted(demo):
    filed = Filing.objects.filter(kind="open", state="accepted").select_related("account")
    opened = {entry.subject: entry.at for entry in Entry.objects.filter(verb="account.open")}
    assert filed.exists()
    for one in filed:
        assert one.account.filed_on >= day_of(one.submitted_at)
        assert day_of(opened[f"account:{one.account.code}"]) >= one.account.opened_on


def test_build_keeps_reviewers_apart_from_submitters(demo):
    for filing in Filing.objects.prefetch_related("steps"):
        assert {step.decided_by_id for step in filing.steps.all()} & {filing.submitted_by_id} <= {None} or (
            filing.state == "withdrawn"
        )


def test_build_makes_final_checks(demo):
    checks = Check.objects.order_by("pk")
    assert [check.state for check in checks] == ["final"] * len(checks)
    assert {check.passed for check in checks} == {True, False}


def test_build_is_wholly_in_the_log(demo):
    assert first_break() is None


def test_build_lets_everybody_log_in(demo):
    for one in LOGINS:
        user = check_login(login=one.login, password=PASSWORD, address="127.0.0.1", now=NOW)
        assert user.role == one.role
    offices = User.objects.filter(role=Role.REVIEWER).values_list("division_id", flat=True)
    assert len(offices) == len(set(offices)) > 100


def test_build_names_no_person(demo):
    posts = set(User.objects.values_list("name", flat=True)) | set(
        Account.objects.values_list("contact_name", flat=True)
    )
    assert [name for name in posts if not name.endswith("岗")] == []


def test_build_closed_accounts_name_a_successor(demo):
    closed = Account.objects.get(status=Status.CLOSED)
    assert closed.successor.status == Status.OPEN
    assert closed.successor.organisation_id == closed.organisation_id
    assert closed.data_interface.state == Interface.State.STOPPED


def test_build_makes_accounts_that_can_be_searched(demo):
    assert SearchEntry.objects.count() == 20
    assert {row.name for row in search("jiankanggulou")} == {"健康鼓楼"}


def test_build_marks_the_installation(demo):
    mark = installation.read(installation.DEMO)
    offered = mark.pop("unfiled")
    assert mark == {"emulator_port": demo.port, "made_at": NOW.isoformat(), "seed": 7}
    assert len(offered) == 3
    assert not Interface.objects.filter(handle__in=offered).exists()


def test_build_writes_the_newest_posts_for_the_emulator(demo):
    source = FileSource(demo.home / EMULATOR_FILE)
    for account in Account.objects.filter(last_seen_at__isnull=False):
        stored = Post.objects.filter(account=account).order_by("-published_at")[:20]
        shown = source.newest(account.code)
        assert [(item.native_id, item.title, item.text, item.published_at) for item in shown] == [
            (post.native_id, post.title, post.text, post.published_at) for post in stored
        ]
    source.close()


def test_build_refuses_a_folder_in_use(demo):
    assert in_use()
    with pytest.raises(InUse) as refusal:
        build(home=demo.home, now=NOW, progress=print, accounts=20)
    assert "空目录" in refusal.value.text
    assert Account.objects.count() == 20


def test_first_round_finds_nothing_changed(emulator, demo):
    before = Post.objects.count()
    Interface.objects.update(next_due_at=NOW)
    later = NOW + timedelta(minutes=5)
    waiting = Account.objects.get(health_cause="waiting")
    report = poll_due(now=later, limit=100)
    new_to_us = Post.objects.filter(account=waiting).count()
    assert (report.looked, report.edited, report.gone) == (19, 0, 0)
    assert report.created == new_to_us == 6
    assert Post.objects.count() == before + new_to_us
    assert Interface.objects.filter(state=Interface.State.FROZEN).count() == 1
    unseen = Interface.objects.filter(last_look_at=later).exclude(last_outcome__in=("ok", "not_modified"))
    assert unseen.count() == 1

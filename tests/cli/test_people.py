"""Organisations, users, the log, and the state of the installation by command."""

import json

import pytest

from factories import make_uscc
from govmedia.audit.models import Entry
from govmedia.audit.queries import first_break
from govmedia.orgs.models import Organisation, User

pytestmark = pytest.mark.django_db
PASSWORD = "correct horse 2026"


def test_organisation_and_user_are_made_from_stdin(run, gulou):
    code = make_uscc()
    assert run("org", "create", code, "鼓楼区民政局", "--division", "320106").out == f"{code}\n"
    said = run("user", "create", "min", "--role", "operator", "--organisation", code, given=f"{PASSWORD}\n")
    assert (said.status, said.out) == (0, "min\n")
    user = User.objects.get()
    assert (user.organisation.name, user.check_password(PASSWORD)) == ("鼓楼区民政局", True)
    assert list(Entry.objects.order_by("seq").values_list("verb", "actor")) == [
        ("organisation.create", "machine"),
        ("user.create", "machine"),
    ]
    assert PASSWORD not in json.dumps(list(Entry.objects.values("before", "after", "why")))


def test_short_division_codes_are_taken(run, nanjing):
    assert run("org", "create", make_uscc(), "南京市民政局", "--division", "3201").status == 0
    assert Organisation.objects.get().division_id == "320100"


@pytest.mark.parametrize(
    ("words", "given", "status"),
    [
        (["org", "create", "123", "鼓楼区民政局", "--division", "320106"], "", 1),
        (["org", "create", make_uscc(), "鼓楼区民政局", "--division", "999999"], "", 1),
        (["user", "create", "min", "--role", "king", "--division", "320106"], PASSWORD, 1),
        (["user", "create", "min", "--role", "reviewer", "--division", "320106"], "short", 1),
        (["user", "create", "min", "--role", "reviewer", "--division", "320106"], "", 1),
        (["user", "create", "min", "--role", "reviewer"], PASSWORD, 2),
        (["user", "create", "a b", "--role", "reviewer", "--division", "320106"], PASSWORD, 1),
    ],
)
def test_what_cannot_be_made_is_refused_in_words(run, gulou, words, given, status):
    said = run(*words, given=given)
    assert (said.status, said.out, bool(said.err)) == (status, "", True)
    assert (Organisation.objects.count(), User.objects.count(), Entry.objects.count()) == (0, 0, 0)


@pytest.mark.parametrize(("given", "word"), [("short", "太短"), ("8264017395", "全是数字"), ("qwertyuiop", "太常见")])
def test_a_weak_password_is_refused_in_chinese(run, gulou, given, word):
    said = run("user", "create", "min", "--role", "reviewer", "--division", "320106", given=given)
    assert said.status == 1 and word in said.err and "password" not in said.err


def test_audit_is_intact_until_somebody_tampers(run, gulou):
    run("org", "create", make_uscc(), "鼓楼区民政局", "--division", "320106")
    run("org", "create", make_uscc(), "鼓楼区教育局", "--division", "320106")
    assert run("audit", "verify")[:2] == (0, "intact\n")
    assert [row["seq"] for row in run("audit", "export").rows] == [1, 2]
    Entry.objects.filter(seq=1).update(label="别的")
    said = run("audit", "verify")
    assert (said.status, said.out, "第 1 条" in said.err) == (1, "broken 1\n", True)


def test_doctor_says_what_is_wrong(run, gulou, monkeypatch, home):
    run("org", "create", make_uscc(), "鼓楼区民政局", "--division", "320106")
    Entry.objects.filter(seq=1).update(label="别的")
    assert first_break() is not None
    (home / "holidays").mkdir()
    (home / "holidays" / "2027.toml").write_text("year = 2027", encoding="utf-8")
    said = run("doctor")
    assert said.status == 1
    assert [word in said.out for word in ("审计日志不完整", "没有正在运行的后台任务进程", "2027.toml")] == [True] * 3


def test_doctor_says_what_is_wrong_with_the_surroundings(run, gulou, settings):
    settings.FETCH_ALLOW, settings.QUEUE = ["x y"], "celery"
    said = run("doctor").out
    assert "GOVMEDIA_FETCH_ALLOW 里的“x y”看不懂" in said and "GOVMEDIA_QUEUE 没有“celery”" in said

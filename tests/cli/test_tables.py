"""Imports and exports by command."""

import csv
import io
import json

import pytest
from openpyxl import load_workbook

from factories import make_account
from govmedia.accounts.models import Account
from govmedia.engine.edition import edition_files
from govmedia.posts.models import Post

pytestmark = pytest.mark.django_db


@pytest.fixture
def account(gulou_health):
    return make_account(gulou_health, name="健康鼓楼", platform_id="gh_1", url="https://example.gov.cn/")


def test_template_is_a_table_with_labels_names_and_notes(run):
    said = run("import", "accounts", "--template")
    assert said.status == 0
    rows = list(csv.reader(io.StringIO(said.out.removeprefix("\ufeff"))))
    assert (rows[0][:2], rows[1][:2]) == (["编号", "账号名称"], ["#code", "name"])


def test_accounts_come_in_from_stdin_and_bad_rows_go_into_the_report(run, gulou_health, tmp_path):
    table = f"name,platform,organisation_code\n新号,微博,{gulou_health.code}\n坏号,哪里,{gulou_health.code}\n"
    said = run("import", "accounts", "-", "--report", str(tmp_path / "report.csv"), given=table)
    assert (said.status, list(Account.objects.values_list("name", flat=True))) == (1, ["新号"])
    assert said.err.startswith("-:3: 平台“哪里”：没有这个平台。")
    report = list(csv.DictReader(io.StringIO((tmp_path / "report.csv").read_text(encoding="utf-8-sig"))))
    assert [(row["line"], row["column"], row["value"]) for row in report] == [("3", "platform", "哪里")]


def test_column_that_is_not_understood_is_said_and_the_rest_imported(run, gulou_health):
    said = run(
        "import",
        "accounts",
        "-",
        given=f"name,platform,organisation_code,链接地址\n新号,微博,{gulou_health.code},x\n",
    )
    assert (said.status, said.out) == (0, "")
    assert said.err == (
        "提示：-：表头第 4 格“链接地址”不认识，这一列没有读；是不是“链接”？\n新增 1 个，变更 0 个，未变 0 个。\n"
    )


def test_import_without_a_file_is_wrong_usage_and_so_is_one_that_is_not_there(run):
    assert run("import", "accounts").status == 2
    assert run("import", "accounts", "/nowhere.csv").status == 2
    assert run("import", "posts", "/nowhere.jsonl").status == 2


def test_report_that_cannot_be_written_is_said_in_words(run):
    said = run("import", "accounts", "-", "--report", "/nowhere/report.csv", given="name\n")
    assert (said.status, "/nowhere/report.csv：打不开" in said.err) == (2, True)


@pytest.mark.parametrize("form", ["csv", "xlsx", "jsonl"])
def test_accounts_go_out_in_every_form(run, account, tmp_path, form):
    path = tmp_path / f"out.{form}"
    assert run("export", "accounts", "--format", form, "--output", str(path)).status == 0
    said = run("import", "accounts", str(path))
    if form == "jsonl":
        assert json.loads(path.read_text(encoding="utf-8"))["code"] == account.code
        assert (said.status, "这是 JSON" in said.err) == (1, True)
        return
    assert (said.status, said.err) == (0, "新增 0 个，变更 0 个，未变 1 个。\n")
    if form == "xlsx":
        assert load_workbook(path).active["B2"].value == "健康鼓楼"
    else:
        assert path.read_bytes().startswith(b"\xef\xbb\xbf")


def test_export_to_stdout_is_the_same_table(run, account):
    said = run("export", "accounts")
    assert (said.status, account.code in said.out) == (0, True)
    assert run("export", "accounts", "--output", "/nowhere/x.csv").status == 2


def test_posts_come_in_line_by_line_and_bad_lines_are_named(run, account):
    lines = [
        json.dumps({"account": account.code, "id": "1", "text": "通知", "published_at": "2026-10-01T08:00:00+08:00"}),
        "not json",
        json.dumps({"account": "AAAAAAAAAA", "id": "2", "text": "别处"}),
        json.dumps({"account": account.code, "id": "3", "text": "\ud800\x00好", "new_field": 1}),
    ]
    said = run("import", "posts", "-", given="\ufeff" + "\n".join(lines))
    assert said.status == 1
    assert [line.split(" ")[0] for line in said.err.splitlines()[:2]] == ["-:2:", "-:3:"]
    assert list(Post.objects.order_by("native_id").values_list("native_id", "text")) == [("1", "通知"), ("3", "好")]
    assert run("import", "posts", "-", given=lines[0]).status == 0


def test_line_longer_than_8_mib_is_named_and_not_held(run, account):
    long = json.dumps({"account": account.code, "id": "1", "text": "x" * (9 * 1024 * 1024)})
    short = json.dumps({"account": account.code, "id": "2", "text": "y"})
    said = run("import", "posts", "-", given=f"{long}\n{short}\n")
    assert (said.status, said.err.splitlines()[0]) == (1, "-:1: 这一行超过 8 MiB，未读取")
    assert list(Post.objects.values_list("native_id", flat=True)) == ["2"]


YEAR = """
year = 2027
title = "国务院办公厅关于2027年部分节假日安排的通知"
source = "国办发明电〔2026〕1号"
work = []
[[off]]
name = "元旦"
from = 2027-01-01
to = 2027-01-03
"""


def test_holidays_are_checked_added_and_replaced(run, home, tmp_path_factory):
    path = tmp_path_factory.mktemp("notice") / "2027.toml"
    path.write_text(YEAR, encoding="utf-8")
    assert run("import", "holidays", str(path)).err == "已导入。\n"
    assert run("import", "holidays", str(home / "holidays" / "2027.toml")).status == 0
    path.write_text(YEAR.replace("2027-01-03", "2027-02-03"), encoding="utf-8")
    said = run("import", "holidays", str(path))
    assert (said.status, said.out, "不合理" in said.err) == (1, "", True)


@pytest.mark.parametrize(
    "words",
    [
        ("import", "accounts"), ("import", "posts"), ("import", "holidays"), ("import", "lexicon"),
        ("import", "offices"), ("import", "sources"), ("editions", "add"), ("inspect",), ("rescan", "--terms"),
        ("stats",), ("bulletin", "--check"), ("verify-round",), ("verify-assessment",), ("draw", "--population"),
    ],
)  # fmt: skip
def test_a_file_that_is_not_there_is_wrong_usage_for_every_command(run, words):
    said = run(*words, "/nowhere.jsonl")
    assert said.status == 2 and "/nowhere.jsonl" in said.err and "打不开（没有这个文件" in said.err


def test_tables_come_by_stdin_too(run, home):
    assert run("import", "holidays", "-", given=YEAR).status == 0
    assert (home / "holidays" / "2027.toml").read_text(encoding="utf-8") == YEAR
    sources = "名称,类别,别名,出处\n鼓楼发布,政府网站,,本区公布\n"
    assert run("import", "sources", "-", given=sources).status == 0
    assert (home / "sources.csv").read_text(encoding="utf-8") == sources
    words = "词语,类型,检查项,理由,出处\n江北新城区,命中,wording_terms,应写规范名称,本市公告\n"
    assert run("import", "lexicon", "-", given=words).status == 0
    assert [path.read_text(encoding="utf-8") for path in (home / "lexicons").iterdir()] == [words]
    assert run("rescan", "--terms", "-", given=words).status == 0
    own = edition_files([])["national-2019"].read_text(encoding="utf-8").replace('"national-2019"', '"own-2027"')
    assert run("editions", "add", "-", given=own).status == 0
    assert run("editions", "own-2027").status == 0


@pytest.mark.parametrize("words", [("import", "holidays"), ("import", "offices"), ("editions", "add")])
def test_what_is_wrong_with_stdin_is_said_without_the_place_of_a_copy(run, words):
    said = run(*words, "-", given=b"\xff\xfe")
    assert said.status == 1 and "/tmp" not in said.err and said.err.startswith(("-: ", "stdin"))

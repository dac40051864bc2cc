"""The directory as a table: what goes out comes back the same, and a bad row stops nobody else's."""

import csv
import io
import json
from datetime import date
from zipfile import ZipFile

import pytest
from openpyxl import Workbook

from conftest import NOW
from factories import make_account
from govmedia.accounts import tables
from govmedia.accounts.models import Account
from govmedia.audit.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def two_accounts(gulou_health):
    made = [
        make_account(gulou_health, name="健康鼓楼", platform_id="gh_1", url="https://example.gov.cn/a"),
        make_account(
            gulou_health,
            name="=SUM(鼓楼)",
            platform="weibo",
            functions=[{"name": "预约挂号", "url": "https://example.gov.cn/b"}, {"name": "咨询"}],
            followers=1234,
        ),
    ]
    closed = make_account(gulou_health, name="旧号", platform="douyin", status="closed", closed_on="2025-05-05")
    Account.objects.filter(pk=closed.pk).update(successor=made[0])
    return made


def exported(fmt: str = "csv") -> bytes:
    return b"".join(tables.export_accounts(fmt))


def imported(text: str):
    return tables.import_accounts(text.encode(), by=None, now=NOW)


def state():
    return list(Account.objects.order_by("pk").values())


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_export_imported_again_changes_nothing(two_accounts, encoding):
    before, entries = state(), Entry.objects.count()
    report = tables.import_accounts(exported().decode("utf-8-sig").encode(encoding), by=None, now=NOW)
    assert (report.created, report.changed, report.same, report.problems) == (0, 0, 3, [])
    assert state() == before
    assert Entry.objects.count() == entries


@pytest.mark.parametrize(
    "values",
    [
        {"functions": [{"name": "预约；挂号;咨询"}, {"name": "甲|乙"}]},
        {"functions": [{"name": "预约,\n挂号"}], "name": "甲\n乙"},
        {"url": "ftp://example.gov.cn/", "qr_url": " weixin://x "},
        {"kind": "'=1+1", "platform_id": "''x"},
        {"kind": "订阅号；服务号", "name": '带，逗号 和“引号”"x"'},
    ],
)
def test_odd_values_survive_export_and_import(gulou_health, values):
    make_account(gulou_health, **values)
    before = state()
    report = tables.import_accounts(exported(), by=None, now=NOW)
    assert (report.same, report.problems) == (1, [])
    assert state() == before


def test_second_import_of_a_table_without_keys_doubles_nothing(gulou_health):
    table = f"name,platform,organisation_code\n健康鼓楼,微博,{gulou_health.code}\n"
    assert imported(table).created == 1
    report = imported(table)
    assert (report.created, [one.column for one in report.problems]) == (0, ["name"])
    assert Account.objects.get().code in report.problems[0].reason


@pytest.mark.parametrize("head", ["", "name,platform\n"])
def test_cell_without_end_is_named_and_what_stands_before_it_is_read(db, head):
    report = imported(head + '"' + "长" * 200_000)
    assert [one.line for one in report.problems] == [1 + bool(head)]


@pytest.mark.parametrize(("encoding", "named"), [("utf-8", "UTF-8"), ("utf-8-sig", "UTF-8"), ("gb18030", "GB18030")])
def test_broken_sign_costs_its_own_row_only_and_is_never_published_as_nonsense(gulou_health, encoding, named):
    table = f"账号名称,平台,统一社会信用代码\n健康♠鼓楼,微博,{gulou_health.code}\n鼓楼发布,抖音,{gulou_health.code}\n"
    before, _, after = table.partition("♠")
    data = before.encode(encoding)[:-1] + after.encode(encoding.removesuffix("-sig"))
    report = tables.import_accounts(data, by=None, now=NOW)
    assert list(Account.objects.values_list("name", flat=True)) == ["鼓楼发布"]
    assert [(one.line, one.column) for one in report.problems] == [(2, "name")]
    assert f"不是 {named} 的字节" in report.problems[0].reason
    assert "CSV UTF-8" in report.problems[0].reason
    tables.report_csv(report).encode()


def test_broken_sign_in_the_head_refuses_the_file(gulou_health):
    data = "账号名称,平台,统一社会信用代码\n健康鼓楼,微博,".encode().replace("平台".encode(), "平台".encode()[:-1])
    report = tables.import_accounts(data + gulou_health.code.encode(), by=None, now=NOW)
    assert (report.created, [one.line for one in report.problems]) == (0, [1])
    assert "表头" in report.problems[0].reason


def table_of(gulou_health, *names: str) -> str:
    """Rows of accounts on 微博; the names stand as they would in the file, quotation marks and all."""
    rows = [f"{name},微博,{gulou_health.code},https://example.gov.cn/{n}" for n, name in enumerate(names)]
    return "\n".join(["账号名称,平台,统一社会信用代码,链接", *rows]) + "\n"


@pytest.mark.parametrize(
    ("names", "kept", "upto"),
    [
        (["一号", '"二号', "三号", "四号"], ["一号", "三号", "四号"], "第 5 行"),
        (["一号", '"二号', "三号", '"四号"'], ["一号", "三号", "四号"], "第 5 行"),
        (["一号", '"二号', "三号", '四号"', "五号"], ["一号", "三号", '四号"', "五号"], "第 5 行"),
        (["一号", '"二号', '三号"', "四号"], ["一号", '三号"', "四号"], "第 4 行"),
        (["一号", '"二号'], ["一号"], ""),
    ],
)
def test_mark_left_open_costs_its_own_line_only(gulou_health, names, kept, upto):
    report = imported(table_of(gulou_health, *names))
    assert [(one.line, one.column) for one in report.problems] == [(3, "name")]
    assert "引号没有配对" in report.problems[0].reason
    assert upto in report.problems[0].reason
    assert list(Account.objects.order_by("pk").values_list("name", flat=True)) == kept


def test_mark_left_open_in_the_head_refuses_the_file(gulou_health):
    report = imported('"' + table_of(gulou_health, "一号", '"二"号'))
    assert (report.created, [one.line for one in report.problems]) == (0, [1])
    assert "引号没有配对" in report.problems[0].reason


def test_line_break_within_a_cell_is_read_and_lines_are_counted_as_in_the_file(gulou_health):
    report = imported(
        "账号名称,平台,统一社会信用代码,功能栏目,备注\n"
        f'一号,微博,{gulou_health.code},"办事指南|https://example.gov.cn/a\n在线咨询","问过\n两次"\n'
        f"二号,哪里,{gulou_health.code},,\n"
    )
    assert [(one.line, one.column) for one in report.problems] == [(5, "platform")]
    found = Account.objects.get().functions
    assert found == [{"name": "办事指南", "url": "https://example.gov.cn/a"}, {"name": "在线咨询"}]


def test_line_break_in_a_name_is_refused(gulou_health):
    report = imported(table_of(gulou_health, '"健康\n鼓楼"', "二号"))
    assert [(one.line, one.column) for one in report.problems] == [(2, "name")]
    assert "换行" in report.problems[0].reason
    assert report.created == 1


def test_workbook_imported_again_changes_nothing(two_accounts):
    before, entries = state(), Entry.objects.count()
    report = tables.import_accounts(exported("xlsx"), by=None, now=NOW)
    assert (report.created, report.changed, report.same, report.problems) == (0, 0, 3, [])
    assert (state(), Entry.objects.count()) == (before, entries)


def workbook(*rows, sheets=("甲",), number_format: str = "General") -> bytes:
    book = Workbook()
    book.active.title = sheets[0]
    for title in sheets[1:]:
        book.create_sheet(title).append(["别的"])
    for row in rows:
        book.active.append(row)
    for column in book.active.iter_cols(min_col=5, max_col=5, min_row=2):
        for one in column:
            one.number_format = number_format
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


HEADS = ("账号名称", "平台", "平台账号标识", "统一社会信用代码", "开设日期", "关注数")


@pytest.mark.parametrize("form", ["General", "yyyy-mm-dd", 'yyyy"年"m"月"d"日"'])
def test_workbook_as_people_fill_it_is_read(gulou_health, form):
    """Dates as Excel keeps them, ids and counts that it made numbers of, a sheet that is not meant."""
    row = ("健康鼓楼", "微博", 5_044_281_310, gulou_health.code, 42_911, 1234.0)
    report = tables.import_accounts(workbook(HEADS, (), row, number_format=form), by=None, now=NOW)
    assert (report.created, report.problems) == (1, [])
    made = Account.objects.get()
    assert (made.platform_id, made.opened_on, made.followers) == ("5044281310", date(2017, 6, 25), 1234)


def test_row_of_a_workbook_is_named_as_excel_numbers_it(gulou_health):
    row = ("健康鼓楼", "哪里", "", gulou_health.code)
    report = tables.import_accounts(workbook(HEADS, (), (), row), by=None, now=NOW)
    assert [(one.line, one.column) for one in report.problems] == [(4, "platform")]


def test_id_that_excel_has_rounded_is_refused(gulou_health):
    row = ("健康鼓楼", "抖音", 1.2345678901234568e18, gulou_health.code)
    report = tables.import_accounts(workbook(HEADS, row), by=None, now=NOW)
    assert [(one.line, one.column) for one in report.problems] == [(2, "platform_id")]
    assert "文本" in report.problems[0].reason


def zipped() -> bytes:
    file = io.BytesIO()
    with ZipFile(file, "w") as packed:
        packed.writestr("word/document.xml", "<x/>")
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ".xls"),
        ("账号名称\t平台\n".encode("utf-16"), "UTF-16"),
        ("name,platform\n".encode("utf-16-be"), "不是文本"),
        (b'{"code":"AAAAAAAAAA"}\n', "JSON"),
        ("\ufeff [\n{}]".encode(), "JSON"),
        (b"<html><table>", "网页"),
        (b"%PDF-1.7", "PDF"),
        (zipped(), "不是 Excel 工作簿"),
        (workbook(HEADS)[:-50], "不是 Excel 工作簿"),
    ],
)
def test_file_of_another_kind_is_told_what_it_is_and_what_to_do(db, data, word):
    report = tables.import_accounts(data, by=None, now=NOW)
    assert [one.line for one in report.problems] == [1]
    assert word in report.problems[0].reason


def new_row(gulou_health, **cells: str) -> str:
    """A table of one new account, with these cells beside what it needs."""
    whole = {"name": "健康鼓楼", "platform": "微博", "organisation_code": gulou_health.code, **cells}
    out = io.StringIO(newline="")
    csv.writer(out).writerows([whole.keys(), whole.values()])
    return out.getvalue()


@pytest.mark.parametrize(
    ("word", "status"), [("暂停", "suspended"), ("停更公告中", "closing"), ("正常开设", "open"), ("", "open")]
)
def test_status_of_a_new_account_is_kept(gulou_health, word, status):
    table = new_row(gulou_health, status=word, platform_id="77")
    assert imported(table).created == 1
    assert Account.objects.get().status == status
    assert Entry.objects.get(verb="account.open").after["status"] == status
    assert imported(table).same == 1


@pytest.mark.parametrize(
    "text",
    ["2017-06-25", "2017/6/25", "2017.6.25", "2017年6月25日", "2017 年 6 月 25 日", "２０１７／６／２５", "20170625",
     "2017/6/25 0:00", "2017-06-25T00:00:00", "42911"],
)  # fmt: skip
def test_days_are_read_as_spreadsheets_write_them(gulou_health, text):
    assert imported(new_row(gulou_health, opened_on=text)).problems == []
    assert Account.objects.get().opened_on == date(2017, 6, 25)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("2026/2/30", "2026 年 2 月没有 30 日"),
        ("2025-2-29", "2025 年 2 月没有 29 日"),
        ("2026.6.0", "2026 年 6 月没有 0 日"),
        ("2026年13月1日", "没有 13 月"),
        ("去年", "不是日期，请写成 2020-01-31"),
        ("0000-01-01", "不是日期，请写成 2020-01-31"),
        ("25/6/2017", "不是日期，请写成 2020-01-31"),
        ("2027-01-01", "开设日期不能晚于今天"),
    ],
)
def test_day_that_cannot_be_is_refused_with_its_reason(gulou_health, text, reason):
    report = imported(new_row(gulou_health, opened_on=text))
    assert [one.column for one in report.problems] == ["opened_on"]
    assert reason in report.problems[0].reason
    assert not Account.objects.exists()


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"field": "卫生建康"}, "field"),
        ({"qr_url": "javascript:alert(1)"}, "qr_url"),
        ({"qr_url": "weixin://x"}, "qr_url"),
        ({"url": "www.example.gov.cn"}, "url"),
        ({"url": "https://"}, "url"),
        ({"functions": "办事|https://example.gov.cn/；咨询|javascript:alert(1)"}, "functions"),
        ({"functions": "|https://example.gov.cn/"}, "functions"),
        ({"functions": "办" * 41}, "functions"),
        ({"name": "#N/A"}, "name"),
        ({"platform_id": "1.23457E+18"}, "platform_id"),
        ({"status": "已注销", "opened_on": "2020-01-31", "closed_on": "2020-01-30"}, "closed_on"),
        ({"status": "已注销", "closed_on": "2026-11-24"}, "closed_on"),
        ({"status": "已注销"}, "closed_on"),
        ({"status": "正常开设", "closed_on": "2026-01-01"}, "closed_on"),
    ],
)
def test_what_cannot_be_true_is_refused(gulou_health, cells, column):
    report = imported(new_row(gulou_health, **cells))
    assert [one.column for one in report.problems] == [column]
    assert not Account.objects.exists()


def test_closing_before_the_opening_that_the_registry_knows_is_refused(two_accounts):
    report = imported(f"code,status,closed_on\n{two_accounts[0].code},已注销,2019-12-31\n")
    assert [one.column for one in report.problems] == ["closed_on"]
    assert "2020-01-01" in report.problems[0].reason


def test_all_that_is_wrong_with_a_row_is_told_at_once(gulou_health):
    report = imported(
        "name,platform,organisation_code,opened_on,url,followers,status\n"
        ",哪里,000000000000000000,去年,javascript:x,很多,关了\n"
        f"一号,微博,{gulou_health.code},,,,\n"
    )
    told = {"name", "platform", "organisation_code", "opened_on", "url", "followers", "status"}
    assert {one.column for one in report.problems} == told
    assert {one.line for one in report.problems} == {2}
    assert report.text == "新增 1 个，变更 0 个，未变 0 个，1 行有问题未导入。"


def test_all_that_is_wrong_with_a_known_account_is_told_at_once(two_accounts):
    report = imported(
        f"code,platform,organisation_code,opened_on,url\n{two_accounts[0].code},抖音,000000000000000000,去年,x\n"
        "AAAAAAAAAA,,,去年,\n"
    )
    assert [(one.line, one.column) for one in report.problems] == [
        (2, "opened_on"),
        (2, "url"),
        (2, "organisation_code"),
        (2, "platform"),
        (3, "code"),
        (3, "opened_on"),
    ]


def test_second_row_about_one_account_is_refused(gulou_health, two_accounts):
    first = two_accounts[0].code
    report = imported(
        "code,name,platform,platform_id,organisation_code\n"
        f",甲,微博,77,{gulou_health.code}\n"
        f",乙,微博,77,{gulou_health.code}\n"
        f",丙,抖音,77,{gulou_health.code}\n"
        f"{first},,,,\n"
        f"{first},丁,,,\n"
        f",戊,微信公众号,gh_1,\n"
    )
    assert [(one.line, one.column) for one in report.problems] == [
        (3, "platform_id"),
        (6, "code"),
        (7, "platform_id"),
    ]
    assert report.problems[0].reason.startswith("与第 2 行重复")
    assert report.problems[1].reason.startswith("与第 5 行重复")
    assert set(Account.objects.values_list("name", flat=True)) >= {"甲", "丙", "健康鼓楼"}
    assert not Account.objects.filter(name__in=["乙", "丁", "戊"]).exists()


def test_second_row_is_refused_though_the_first_was_bad(gulou_health):
    report = imported(
        "name,platform,platform_id,organisation_code,opened_on\n"
        f"甲,微博,77,{gulou_health.code},去年\n乙,微博,77,{gulou_health.code},\n"
    )
    assert [(one.line, one.column) for one in report.problems] == [(2, "opened_on"), (3, "platform_id")]
    assert not Account.objects.exists()


CLOSED = "name,platform,platform_id,organisation_code,status,opened_on,closed_on\n"


@pytest.mark.parametrize("platform_id", ["", "77"])
def test_closed_accounts_imported_again_without_codes_are_not_made_anew(gulou_health, platform_id):
    row = f"旧号,微博,{platform_id},{gulou_health.code},已注销,2019-01-01,"
    table = f"{CLOSED}{row}2024/5/5\n"
    assert imported(table).created == 1
    before, entries = state(), Entry.objects.count()
    report = imported(table)
    assert (report.created, report.same, report.problems) == (0, 1, [])
    assert (state(), Entry.objects.count()) == (before, entries)


def test_closed_account_is_not_changed_by_a_row_that_differs(gulou_health):
    row = f"旧号,微博,77,{gulou_health.code},已注销,2019-01-01,"
    imported(f"{CLOSED}{row}2024-05-05\n")
    before = state()
    report = imported(f"{CLOSED}{row}2024-06-06\n")
    assert [one.column for one in report.problems] == ["closed_on"]
    assert "2024-05-05" in report.problems[0].reason
    report = imported(CLOSED.replace("name", "url,name") + f"https://example.gov.cn/,{row}2024-05-05\n")
    assert [one.column for one in report.problems] == ["url"]
    assert state() == before


def test_id_that_passed_to_another_account_is_told_apart_by_being_closed(gulou_health):
    """The closed one's row, imported again, must not close the account that has its id now."""
    old = f"旧号,微博,77,{gulou_health.code},已注销,2019-01-01,2024-05-05\n"
    new = f"新号,微博,77,{gulou_health.code},正常开设,2024-06-01,\n"
    assert imported(CLOSED + old).created == 1
    assert imported(CLOSED + new).created == 1
    before = state()
    assert (imported(CLOSED + old).same, imported(CLOSED + new).same) == (1, 1)
    assert state() == before


@pytest.mark.parametrize(
    ("head", "said"),
    [
        ("链接地址", "是不是“链接”"),
        ("followrs", "是不是“followers”"),
        ("备注", "“备注”不认识，这一列没有读。"),
        ("平台", "与前面一列重复"),
        ("", ""),
        ("演示数据", ""),
        (" 关注\u3000数 ", ""),
    ],
)
def test_columns_that_are_not_read_are_told(gulou_health, head, said):
    report = imported(f"账号名称,平台,统一社会信用代码,{head}\n健康鼓楼,微博,{gulou_health.code},5\n")
    assert (report.created, report.problems) == (1, [])
    assert [said in one for one in report.notices] == [True] * bool(said)


def test_empty_lines_before_the_head_are_passed_over(gulou_health):
    report = imported(f"\n,,\n账号名称,平台,统一社会信用代码\n\n健康鼓楼,哪里,{gulou_health.code}\n")
    assert [(one.line, one.column) for one in report.problems] == [(5, "platform")]
    assert "文件是空的" in imported("\n\n").problems[0].reason


def test_head_that_is_mistyped_throughout_is_told_what_was_meant(db):
    report = imported("帐号名称,平台\n健康鼓楼,微博\n")
    assert [one.line for one in report.problems] == [1]
    assert "是不是“账号名称”" in report.problems[0].reason


def test_sheets_that_are_not_read_are_told(gulou_health):
    row = ("健康鼓楼", "微博", "", gulou_health.code)
    report = tables.import_accounts(workbook(HEADS, row, sheets=("甲", "乙")), by=None, now=NOW)
    assert (report.created, len(report.notices)) == (1, 1)
    assert "“甲”" in report.notices[0]


def test_formula_is_made_harmless_in_the_file_and_kept_in_the_registry(two_accounts):
    names = [row["账号名称"] for row in csv.DictReader(io.StringIO(exported().decode("utf-8-sig")))]
    assert sorted(names) == sorted(["健康鼓楼", "'=SUM(鼓楼)", "旧号"])


def test_json_lines_are_account_objects(two_accounts):
    objects = {one["name"]: one for one in map(json.loads, exported("jsonl").decode().splitlines())}
    assert objects["旧号"]["successor"] == two_accounts[0].code
    assert objects["健康鼓楼"] == {
        "code": two_accounts[0].code,
        "name": "健康鼓楼",
        "platform": "wechat_mp",
        "platform_id": "gh_1",
        "organisation": "南京市鼓楼区卫生健康委员会",
        "organisation_code": two_accounts[0].organisation.code,
        "division": "320106",
        "level": "county",
        "status": "open",
        "opened_on": "2020-01-01",
        "url": "https://example.gov.cn/a",
        "field": "health",
    }


def test_new_row_opens_an_account_under_a_code_of_ours(gulou_health):
    report = imported(
        "账号名称,平台,统一社会信用代码,功能栏目\n"
        f"健康鼓楼,微信公众号,{gulou_health.code},预约挂号|https://example.gov.cn/b；咨询\n"
    )
    row = Account.objects.get()
    assert (report.created, row.name, row.platform, row.level) == (1, "健康鼓楼", "wechat_mp", "county")
    assert row.functions == [{"name": "预约挂号", "url": "https://example.gov.cn/b"}, {"name": "咨询"}]
    assert len(row.code) == 10


def test_bad_rows_are_named_and_the_others_written(gulou_health):
    report = imported(
        "name,platform,organisation_code,opened_on\n"
        f"一号,wechat_mp,{gulou_health.code},2020-01-31\n"
        f"二号,不存在的平台,{gulou_health.code},\n"
        f"三号,weibo,{gulou_health.code},去年\n"
        "四号,weibo,000000000000000000,\n"
        f"{'五' * 81},weibo,{gulou_health.code},\n"
        f"六号,weibo,{gulou_health.code},\n"
    )
    assert [(one.line, one.column) for one in report.problems] == [
        (3, "platform"),
        (4, "opened_on"),
        (5, "organisation_code"),
        (6, "name"),
    ]
    assert list(Account.objects.order_by("pk").values_list("name", flat=True)) == ["一号", "六号"]
    assert tables.report_csv(report).splitlines()[1].startswith("3,platform,不存在的平台,")


def test_platform_id_finds_the_account_when_there_is_no_code(two_accounts):
    report = imported("platform,platform_id,name\n微信公众号,gh_1,健康鼓楼发布\n")
    assert (report.changed, report.created) == (1, 0)
    assert Account.objects.get(platform_id="gh_1").name == "健康鼓楼发布"


def test_row_that_closes_names_a_successor(two_accounts):
    first, second = two_accounts
    report = imported(f"code,status,closed_on,successor\n{second.code},已注销,2026-11-01,{first.code}\n")
    assert report.problems == []
    row = Account.objects.get(pk=second.pk)
    assert (row.status, row.successor) == ("closed", first)


def test_unknown_code_is_refused(two_accounts):
    assert [one.column for one in imported("code,name\nAAAAAAAAAA,甲\n").problems] == ["code"]


@pytest.mark.parametrize("text", ["", "随便什么\n一,二\n", "\x00\x01\x02"])
def test_file_that_is_no_table_is_refused_in_words(db, text):
    report = imported(text)
    assert len(report.problems) == 1
    assert report.problems[0].line == 1


def test_template_is_not_imported_itself(db):
    report = tables.import_accounts(tables.template().encode(), by=None, now=NOW)
    assert (report.created, report.problems) == (0, [])

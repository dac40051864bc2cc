"""The columns of the table: their labels, notes and an example."""

import csv
import io

LABELS = {
    "code": "编号", "name": "账号名称", "platform": "平台", "platform_id": "平台账号标识", "organisation": "主办单位",
    "organisation_code": "统一社会信用代码", "division": "行政区划代码", "level": "层级", "kind": "类型",
    "status": "状态", "opened_on": "开设日期", "closed_on": "注销日期", "url": "链接", "qr_url": "二维码内容",
    "field": "领域", "functions": "功能栏目", "followers": "关注数", "successor": "承接账号编号",
}  # fmt: skip
NOTES = {
    "code": "已有账号填编号；新增留空", "name": "必填，不超过 80 字", "platform": "必填，如 微信公众号 或 wechat_mp",
    "platform_id": "平台给的固定标识，如原始 ID", "organisation": "单位全称（与代码二选一）",
    "organisation_code": "18 位代码", "division": "以单位所在区划为准，不必填", "level": "以单位层级为准，不必填",
    "kind": "如 订阅号、服务号", "status": "正常开设、暂停、停更公告中、已注销", "opened_on": "2020-01-31",
    "closed_on": "状态为已注销时必填", "url": "https:// 开头", "qr_url": "二维码里的网址，没有则用链接",
    "field": "如 卫生健康，须是名单里的；空则随单位", "functions": "名称|链接，多个用；隔开", "followers": "整数",
    "successor": "注销后由哪个账号承接",
}  # fmt: skip
EXAMPLE = {
    "name": "示例发布", "platform": "微信公众号", "platform_id": "gh_0123456789ab", "organisation": "示例市示例局",
    "opened_on": "2020-01-31", "url": "https://example.gov.cn/", "functions": "办事指南|https://example.gov.cn/guide；在线咨询",
}  # fmt: skip


def template() -> str:
    """An empty table with labels, field names, notes and an example; lines that begin with # are not imported."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    out.write("\ufeff")
    writer.writerow(LABELS.values())
    for row in (LABELS, NOTES, EXAMPLE):
        cells = [key if row is LABELS else row.get(key, "") for key in LABELS]
        writer.writerow(["#" + cells[0], *cells[1:]])
    return out.getvalue()

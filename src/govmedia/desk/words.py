"""Chinese words for what the audit log and the interfaces say in codes."""

from collections.abc import Iterator, Mapping
from typing import Any

NOUNS: Mapping[str, str] = {
    "account": "账号",
    "check": "检查",
    "division": "行政区划",
    "edition": "检查指标",
    "filing": "备案",
    "finding": "问题",
    "holidays": "节假日",
    "interface": "数据接口",
    "notice": "消息",
    "organisation": "单位",
    "posts": "内容",
    "post": "内容",
    "user": "用户",
    "demo": "演示",
    "setting": "设置",
    "outage": "网络中断",
    "slice": "查看",
}
DEEDS: Mapping[str, str] = {
    "account.open": "账号纳入名录",
    "account.change": "变更账号信息",
    "account.close": "注销账号",
    "account.announce_closing": "发布停更公告",
    "account.closing": "发布停更公告",
    "account.freeze": "冻结账号",
    "account.unfreeze": "解除冻结",
    "account.health": "健康状况变化",
    "account.look": "要求立即查看",
    "check.start": "开始检查",
    "check.answer": "回答检查问题",
    "check.rule": "裁定机器发现",
    "check.finish": "作出检查结论",
    "filing.start": "开始填写备案",
    "filing.save": "保存备案草稿",
    "filing.submit": "提交备案",
    "filing.pass_on": "通过并报上级审",
    "filing.accept": "准予备案",
    "filing.return": "退回补正",
    "filing.refuse": "不予备案",
    "filing.withdraw": "撤回备案",
    "finding.raise": "发现问题",
    "finding.confirm": "认定问题",
    "finding.notify": "通知单位",
    "finding.cure": "问题销号",
    "finding.drop": "自动撤回问题",
    "finding.dismiss": "撤销问题",
    "notice.send": "发送消息",
    "organisation.create": "新增单位",
    "organisation.change": "变更单位",
    "user.create": "新增用户",
    "user.change": "变更用户",
    "user.invite": "生成密码链接",
    "user.accept": "凭链接设置密码",
    "user.password": "修改密码",
    "user.login": "登录",
}
VERBS: Mapping[str, str] = {
    "add": "新增",
    "change": "变更",
    "close": "关闭",
    "create": "新增",
    "end": "结束",
    "freeze": "冻结",
    "import": "导入",
    "look": "查看",
    "open": "开始",
    "poll": "查看",
    "start": "开始",
    "stop": "停止",
    "write": "写入",
}
FIELDS: Mapping[str, str] = {
    "active": "在用",
    "code": "代码",
    "closed_on": "注销日期",
    "contact_name": "联系人",
    "contact_phone": "联系电话",
    "description": "简介",
    "division": "行政区划",
    "duties": "职责",
    "field": "领域",
    "frozen_reason": "冻结原因",
    "handle": "接口地址",
    "health": "健康",
    "is_active": "可登录",
    "level": "层级",
    "login": "登录名",
    "name": "名称",
    "organisation": "单位",
    "phone": "电话",
    "platform": "平台",
    "role": "角色",
    "short_name": "简称",
    "state": "状态",
    "status": "状态",
    "successor": "承接账号",
    "to": "收件人",
    "address": "来源地址",
    "url": "链接",
}
VALUES: Mapping[str, str] = {
    "healthy": "健康",
    "faulty": "有问题",
    "not_seen": "未见",
    "open": "正常开设",
    "suspended": "暂停",
    "closing": "停更公告中",
    "raised": "发现",
    "confirmed": "认定",
    "notified": "已通知",
    "dismissed": "撤销",
    "draft": "草稿",
    "submitted": "待审",
    "passed_on": "待上级审",
    "returned": "退回补正",
    "accepted": "已备案",
    "refused": "不予备案",
    "withdrawn": "已撤回",
    "active": "正常查看",
    "frozen": "冻结",
    "stopped": "停止查看",
    "operator": "运维员",
    "editor": "编辑",
    "reviser": "审校",
    "reviewer": "审核员",
    "supervisor": "监管员",
    "inspector": "检查员",
    "auditor": "审计员",
    "admin": "系统管理员",
    "machine": "系统",
}
MOST_CHANGES = 6
_SHOWN_CHARS = 60


def deed_words(verb: str) -> str:
    """An audit verb in Chinese; parts that have no word here stay as they are."""
    if verb in DEEDS:
        return DEEDS[verb]
    noun, _, deed = verb.partition(".")
    return "：".join(part for part in (NOUNS.get(noun, noun), VERBS.get(deed, deed)) if part)


def role_words(role: str) -> str:
    return VALUES.get(role, role)


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """What changed, a line for each value: `名称：甲 → 乙`; at most six, the rest as a number."""
    lines = list(_changed(before, after))
    if len(lines) > MOST_CHANGES:
        return [*lines[:MOST_CHANGES], f"另有 {len(lines) - MOST_CHANGES} 项"]
    return lines


def _changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[str]:
    for key in dict.fromkeys([*before, *after]):
        old, new = before.get(key), after.get(key)
        if old == new or (not old and not new):
            continue
        label = FIELDS.get(key, key)
        yield f"{label}：{_value(old)} → {_value(new)}" if key in before else f"{label}：{_value(new)}"


def _value(value: Any) -> str:
    if value is None or value == "":
        return "空"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list):
        return "、".join(_value(part) for part in value)[:_SHOWN_CHARS]
    text = VALUES.get(value, value) if isinstance(value, str) else str(value)
    return text if len(text) <= _SHOWN_CHARS else f"{text[:_SHOWN_CHARS]}…"

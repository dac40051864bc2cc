"""Chinese words for what the audit log says in codes."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from govmedia.accounts.models import Cause, Health, Status
from govmedia.common.templatetags.govmedia import moment
from govmedia.engine.platforms import FIELDS as FIELDS_OF_WORK
from govmedia.engine.platforms import PLATFORMS
from govmedia.filings.models import Filing
from govmedia.filings.states import FILING
from govmedia.findings.models import Finding
from govmedia.findings.states import FINDING
from govmedia.jobs.models import Job
from govmedia.orgs.models import Level, Role
from govmedia.orgs.rights import SCOPES
from govmedia.posts.models import Interface

NOUNS: Mapping[str, str] = {
    "account": "账号",
    "allowance": "放行的词语",
    "assessment": "年度考核",
    "body": "被考核单位",
    "bulletin": "通报",
    "check": "检查",
    "demo": "演示",
    "edition": "检查指标",
    "filing": "备案",
    "finding": "问题",
    "holidays": "节假日",
    "inspection": "内容检查",
    "interface": "数据接口",
    "job": "后台任务",
    "mark": "考核项目",
    "notice": "消息",
    "organisation": "单位",
    "outage": "网络中断",
    "posts": "内容",
    "report": "自查报告",
    "round": "检查轮次",
    "sample": "检查的账号",
    "specimen": "测试句",
    "asked": "公众在查的名称",
    "impostor": "冒用账号",
    "term": "词语",
    "texthit": "内容命中",
    "token": "接口令牌",
    "user": "用户",
}
DEEDS: Mapping[str, str] = {
    "account.announce": "发布停更公告",
    "account.change": "变更账号信息",
    "account.close": "注销账号",
    "account.follow": "随单位更新账号",
    "account.freeze": "冻结账号",
    "account.health": "健康状况变化",
    "account.open": "账号纳入名录",
    "account.unfreeze": "解除冻结",
    "allowance.approve": "同意放行词语",
    "allowance.end": "停止放行词语",
    "allowance.propose": "提议放行词语",
    "assessment.announce": "反馈考核结果",
    "assessment.appeal": "申诉考核得分",
    "assessment.back": "收回考核重审",
    "assessment.cancel": "取消考核",
    "assessment.change": "修改考核安排",
    "assessment.find_veto": "认定考核否决项",
    "assessment.hand_in": "提交考核自评",
    "assessment.measure": "考核重新取数",
    "assessment.open": "开始考核自评",
    "assessment.plan": "新建考核",
    "assessment.publish": "公布考核结果",
    "assessment.refuse": "考核申诉不成立",
    "assessment.report": "填写考核自评",
    "assessment.review": "结束自评，开始审核",
    "assessment.review_mark": "考核评分",
    "assessment.unappeal": "撤回考核申诉",
    "assessment.uphold": "考核申诉成立",
    "assessment.withdraw": "撤下考核结果",
    "bulletin.approve": "同意发布通报",
    "bulletin.publish": "发布通报",
    "bulletin.recall": "撤回通报修改",
    "bulletin.refresh": "通报重新取数",
    "bulletin.return": "退回通报",
    "bulletin.send": "发整改通知",
    "bulletin.start": "起草通报",
    "bulletin.submit": "通报送审",
    "bulletin.withdraw": "撤下通报",
    "bulletin.write": "修改通报",
    "check.answer": "回答检查问题",
    "check.demote": "检查项自动降级",
    "check.discard": "放弃检查",
    "check.finish": "作出检查结论",
    "check.redress": "重新核定检查结论",
    "check.restore": "恢复检查项",
    "check.rule": "裁定机器发现",
    "check.start": "开始检查",
    "demo.build": "建立演示数据",
    "demo.steer": "操纵演示账号",
    "edition.keep": "留存检查指标版本",
    "edition.use": "启用检查指标版本",
    "filing.accept": "准予备案",
    "filing.edit": "填写备案",
    "filing.pass_on": "通过并报上级审",
    "filing.read": "读取订阅源",
    "filing.refuse": "不予备案",
    "filing.return": "退回补正",
    "filing.start": "开始填写备案",
    "filing.submit": "提交备案",
    "filing.withdraw": "撤回备案",
    "finding.accept": "开始整改",
    "finding.appeal": "申诉",
    "finding.claim": "报告已整改",
    "finding.close": "复查通过，销号",
    "finding.confirm": "认定问题",
    "finding.cure": "问题销号",
    "finding.dismiss": "撤销问题",
    "finding.drop": "自动撤回问题",
    "finding.freeze": "留存证据",
    "finding.notify": "通知单位",
    "finding.overrule": "申诉成立，内容命中判为误报",
    "finding.postpone": "调整整改期限",
    "finding.press": "催办整改",
    "finding.raise": "发现问题",
    "finding.recur": "复查未通过",
    "finding.refuse": "申诉不成立",
    "finding.register": "登记问题",
    "finding.renew": "更新问题证据",
    "finding.reopen": "复查未通过",
    "finding.resume": "继续复查",
    "finding.unappeal": "撤回申诉",
    "finding.unclaim": "撤回整改报告",
    "finding.uphold": "申诉成立，撤销问题",
    "inspection.begin": "设定内容检查的起点",
    "inspection.decide": "判定内容命中",
    "inspection.undo": "退回内容判定",
    "round.announce": "公布检查总体",
    "round.ask": "请单位自查",
    "round.arbiter": "请第三人裁定",
    "round.cancel": "取消检查轮次",
    "round.change": "修改检查安排",
    "round.close": "检毕",
    "round.draw": "抽取样本",
    "round.drop": "不检查账号",
    "round.hand_over": "移交检查任务",
    "round.open": "分配检查任务",
    "round.plan": "新建检查轮次",
    "round.press": "催报自查",
    "round.settle": "账号得出结论",
    "selfcheck.report": "提交自查",
    "specimen.approve": "同意存为测试句",
    "specimen.end": "停用测试句",
    "specimen.propose": "提议存为测试句",
    "impostor.asked_reopen": "恢复提示公众在查的名称",
    "impostor.asked_settle": "不再提示公众在查的名称",
    "impostor.approve": "认定冒用账号",
    "impostor.dismiss": "不予认定冒用",
    "impostor.propose": "提议认定冒用",
    "impostor.register": "登记可疑账号",
    "impostor.reopen": "重新核实可疑账号",
    "impostor.report": "收到冒用举报",
    "impostor.withdraw": "撤销冒用认定",
    "term.approve": "启用词语",
    "term.end": "停用词语",
    "term.import": "导入词语",
    "term.propose": "提议词语",
    "term.reopen": "重新提议词语",
    "term.rescan": "检查以前的内容",
    "term.rescan_done": "以前的内容查完",
    "term.rescan_stop": "停止检查以前的内容",
    "interface.add": "登记数据接口",
    "interface.change": "变更数据接口",
    "interface.look": "要求立即查看",
    "interface.moved": "对方提示接口搬家",
    "interface.rename": "发现平台名称变化",
    "interface.stop": "停止查看",
    "job.discard": "放弃并删除后台任务",
    "job.retry": "后台任务重新排队",
    "notice.read": "阅读消息",
    "notice.send": "发送消息",
    "organisation.change": "变更单位",
    "organisation.create": "新增单位",
    "outage.close": "网络恢复，继续判定",
    "outage.open": "网络中断，暂停判定",
    "posts.import": "导入内容",
    "posts.look": "查看一批账号",
    "posts.prune": "清理旧的查看记录",
    "token.create": "生成接口令牌",
    "token.revoke": "作废接口令牌",
    "user.accept": "凭链接设置密码",
    "user.change": "变更用户",
    "user.create": "新增用户",
    "user.invite": "生成密码链接",
    "user.lock": "密码连错，暂停登录",
    "user.login": "登录",
    "user.password": "修改密码",
}
KEYS: Mapping[str, str] = {
    "account": "账号",
    "active": "在用",
    "address": "来源地址",
    "at": "在办机关",
    "attempts": "试了几次",
    "closed_on": "注销日期",
    "code": "代码",
    "contact_name": "联系人",
    "contact_phone": "联系电话",
    "created": "新增",
    "count": "处数",
    "decided_at": "办结时间",
    "description": "简介",
    "division": "行政区划",
    "document": "来文",
    "dropped": "因重复删去",
    "due_on": "期限",
    "duties": "职责",
    "edited": "改动",
    "edition": "指标版本",
    "emulator_port": "模拟平台端口",
    "end_on": "止于",
    "expires_at": "到期",
    "feed_url": "订阅源",
    "first_look": "首次查看编号",
    "field": "领域",
    "frozen_reason": "冻结原因",
    "functions": "功能",
    "gone": "消失",
    "handle": "接口地址",
    "happened_on": "发生日期",
    "health": "健康",
    "health_cause": "未见原因",
    "is_active": "可登录",
    "kind": "种类",
    "last_error": "失败原因",
    "last_look": "末次查看编号",
    "level": "层级",
    "login": "登录名",
    "looks": "查看",
    "made_at": "建立时间",
    "name": "名称",
    "note": "说明",
    "notice_url": "公告链接",
    "opened_on": "开设日期",
    "organisation": "单位",
    "origin": "来源",
    "passed": "合格",
    "payload": "任务内容",
    "phone": "电话",
    "platform": "平台",
    "reason": "原因",
    "refused": "搁置",
    "removed": "清理",
    "role": "角色",
    "scope": "用途",
    "score": "得分",
    "second_reason": "开设第二个账号的理由",
    "seed": "随机种子",
    "seen": "看到",
    "short_name": "简称",
    "start": "开头",
    "start_on": "起于",
    "state": "状态",
    "status": "状态",
    "step": "步骤",
    "submitted_at": "提交时间",
    "successor": "承接账号",
    "to": "收件人",
    "url": "链接",
    "veto_open": "触及红线",
}
_STATES = {**FILING.words, **FINDING.words, **dict(Interface.State.choices), **dict(Job.State.choices)}
# What a value means depends on where it stands: `open` is a status and a kind of filing.
VALUES: Mapping[str, Mapping[str, str]] = {
    "field": {code: row.label for code, row in FIELDS_OF_WORK.items()},
    "health": dict(Health.choices),
    "health_cause": dict(Cause.choices),
    "kind": {**dict(Filing.Kind.choices), "feed": "订阅源"},
    "level": dict(Level.choices),
    "origin": dict(Finding.Origin.choices),
    "platform": {code: row.label for code, row in PLATFORMS.items()},
    "role": dict(Role.choices),
    "scope": {code: scope.label for code, scope in SCOPES.items()},
    "state": _STATES,
    "status": dict(Status.choices),
}
# Hashes and whole documents prove something to a machine; people find them in the exported log.
_NOT_SHOWN = ("sm3", "hash", "verdict", "facts")
MOST_CHANGES = 6
_SHOWN_CHARS = 60


def deed_words(verb: str) -> str:
    """An audit verb in Chinese; parts that have no word here stay as they are."""
    if verb in DEEDS:
        return DEEDS[verb]
    noun, _, deed = verb.partition(".")
    return "：".join(part for part in (NOUNS.get(noun, noun), deed) if part)


def role_words(role: str) -> str:
    """A role's Chinese name; `machine` is the system."""
    return "系统" if role == "machine" else VALUES["role"].get(role, role)


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """What changed, a line for each value: `名称：甲 → 乙`; at most six, the rest as a number."""
    lines = list(_changed(before, after))
    if len(lines) > MOST_CHANGES:
        return [*lines[:MOST_CHANGES], f"另有 {len(lines) - MOST_CHANGES} 项"]
    return lines


def _changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[str]:
    for key in dict.fromkeys([*before, *after]):
        old, new = before.get(key), after.get(key)
        if old == new or (not old and not new) or key.endswith(_NOT_SHOWN) or key.isdigit():
            continue
        label = KEYS.get(key, key)
        yield f"{label}：{_value(key, old)} → {_value(key, new)}" if old else f"{label}：{_value(key, new)}"


def _value(key: str, value: Any) -> str:
    if value is None or value in ("", [], {}):
        return "（空）"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list):
        return _cut("、".join(_value(key, part) for part in value))
    if isinstance(value, dict):
        told = [f"{KEYS.get(part, part)} {_value(part, held)}" for part, held in value.items() if held]
        return _cut("，".join(told)) or "无"
    if key.endswith("_at") and isinstance(value, str):
        return _moment(value)
    return _cut(VALUES.get(key, {}).get(str(value), str(value)))


def _moment(text: str) -> str:
    try:
        return moment(datetime.fromisoformat(text))
    except ValueError:
        return _cut(text)


def _cut(text: str) -> str:
    return text if len(text) <= _SHOWN_CHARS else f"{text[:_SHOWN_CHARS]}…"

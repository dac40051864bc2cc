"""The objects of the API as JSON Schema."""

from collections.abc import Mapping
from typing import Any

from govmedia.engine import platforms
from govmedia.engine.content.reading import LINKS_MAX
from govmedia.engine.content.types import CATEGORIES, CATEGORY_WORDS, FIELDS, LEVELS

_LEVEL_WORDS = {"veto": "红线", "deduct": "扣分", "notice": "提示"}
_FIELD_WORDS = {"title": "标题", "text": "正文", "links": "链接", "images": "图片"}


def _words(codes: tuple[str, ...], words: dict[str, str]) -> str:
    return "、".join(f"{code} {words[code]}" for code in codes)


def _labelled(what: str, words: Mapping[str, str]) -> str:
    return f"{what}：" + "、".join(f"{code} {label}" for code, label in words.items())


def _text(description: str, **more: Any) -> dict[str, Any]:
    return {"type": "string", "description": description, **more}


def _whole(description: str, **more: Any) -> dict[str, Any]:
    return {"type": "integer", "description": description, **more}


def _moment(description: str) -> dict[str, Any]:
    return _text(f"{description}，RFC 3339；不写时区按北京时间", format="date-time")


def _addresses(description: str, **more: Any) -> dict[str, Any]:
    items = {"type": "string", "format": "uri", **more}
    return {"type": "array", "maxItems": LINKS_MAX, "items": items, "description": description}


def _object(text: str, needed: tuple[str, ...], properties: dict[str, Any]) -> dict[str, Any]:
    # No title: generators of clients would name their classes in Chinese after it.
    return {"type": "object", "description": text, "required": list(needed), "properties": properties}


def _part(name: str, description: str) -> dict[str, Any]:
    """A property that is an object of its own."""
    return {"$ref": f"#/components/schemas/{name}", "description": description}


SCHEMAS: dict[str, Any] = {
    "Account": _object(
        "一个账号",
        ("code", "name", "platform", "organisation", "organisation_code", "division", "level", "status"),
        {
            "code": _text("备案编号，十位，不会改变，也不会再给别的账号"),
            "name": _text("账号名称"),
            "platform": _text("平台，如 wechat_mp 微信公众号；全部平台见请求参数 platform"),
            "platform_id": _text("平台给的固定标识"),
            "organisation": _text("主办单位全称"),
            "organisation_code": _text("主办单位的统一社会信用代码"),
            "division": _text("主办单位所在的行政区划代码，六位，乡镇街道九位", pattern="^([0-9]{6}|[0-9]{9})$"),
            "level": _text(_labelled("层级", platforms.LEVELS), enum=list(platforms.LEVELS)),
            "kind": _text("类型，如 订阅号、服务号"),
            "status": _text(_labelled("状态", platforms.STATUSES), enum=list(platforms.STATUSES)),
            "opened_on": _text("开设日期", format="date"),
            "closed_on": _text("注销日期", format="date"),
            "url": _text("账号在平台上的网址"),
            "qr_url": _text("二维码里的内容；没有时用 url"),
            "field": _text("领域，如 health 卫生健康；全部领域见请求参数 field"),
            "functions": {
                "type": "array",
                "items": {"$ref": "#/components/schemas/Function"},
                "description": "功能栏目",
            },
            "followers": _whole("关注数", minimum=0),
            "successor": _text("已注销的账号由哪个账号承接（编号）"),
        },
    ),
    "Function": _object("功能栏目", ("name",), {"name": _text("名称"), "url": _text("网址")}),
    "Accounts": _object(
        "账号列表",
        ("items",),
        {
            "items": {
                "type": "array",
                "items": {"$ref": "#/components/schemas/Account"},
                "description": "账号；没有符合的是空列表",
            },
            "next": _text("还有下一页时，作为 cursor 再请求"),
        },
    ),
    "Post": _object(
        "一条内容",
        ("id", "text"),
        {
            "id": _text("由你起的编号，原样带回", minLength=1),
            "text": _text("正文，纯文本，段落用换行分开"),
            "title": _text("标题"),
            "account": _text("账号编号"),
            "platform": _text("平台，如 wechat_mp"),
            "url": _text("原文网址"),
            "published_at": _moment("发布时间；名称、机构按这一天判断，不写按今天"),
            "updated_at": _moment("最后修改时间"),
            "author": _text("作者"),
            "source_name": _text("文中标明的来源"),
            "original": {"type": "boolean", "description": "是否原创"},
            "links": _addresses("文中的链接"),
            "images": _addresses("图片网址，只收 http 和 https", pattern="^https?://[A-Za-z0-9]"),
        },
    ),
    "Hit": _object(
        "一处问题",
        ("check", "category", "level", "field", "start", "end", "found", "message", "basis", "confidence", "auto"),
        {
            "check": _text("检查项代码"),
            "category": _text(f"类别：{_words(CATEGORIES, CATEGORY_WORDS)}", enum=list(CATEGORIES)),
            "level": _text(f"轻重：{_words(LEVELS, _LEVEL_WORDS)}", enum=list(LEVELS)),
            "field": _text(f"在哪一栏：{_words(FIELDS, _FIELD_WORDS)}", enum=list(FIELDS)),
            "index": _whole("链接或图片的第几项，从 0 起", minimum=0),
            "start": _whole("起始位置", minimum=0),
            "end": _whole("结束位置（不含）", minimum=0),
            "found": _text("这一处的原文，等于该栏从 start 到 end 的文字"),
            "suggestion": _text("建议改成什么，正好替换 found"),
            "message": _text("有什么问题"),
            "basis": _text("依据"),
            "confidence": {"type": "number", "minimum": 0, "maximum": 1, "description": "把握，0 到 1"},
            "auto": {"type": "boolean", "description": "可以不经人看，直接转告运维员"},
            "lexicon": _text("所据的词库"),
            "version": _whole("检查项的版本", minimum=1),
        },
    ),
    "Inspection": _object(
        "检查结果",
        ("id", "hits"),
        {
            "id": _text("提交时的编号"),
            "hits": {
                "type": "array",
                "items": {"$ref": "#/components/schemas/Hit"},
                "description": "各处问题，按栏目和位置排列；没有问题时是空列表",
            },
        },
    ),
    "Answer": _object(
        "核验答复",
        ("format", "question", "answer", "reasons", "asked_at"),
        {
            "format": _text("固定为 govmedia-answer-1"),
            "question": _part("Question", "所查的内容，原样带回"),
            "answer": _text(
                "official 官方、closed 已注销或改名、lookalike 很像但不是、impostor 已认定冒用、"
                "no_record 没有记录（不等于安全）",
                enum=["official", "closed", "lookalike", "impostor", "no_record"],
            ),
            "reasons": {"type": "array", "items": {"type": "string"}, "description": "理由，给人看"},
            "account": _part("AnswerAccount", "真的账号"),
            "matches": {
                "type": "array",
                "items": {"$ref": "#/components/schemas/Match"},
                "description": "它像哪些账号，最像的在前；名称相同、只是不在所问平台上的，全名被它含有的，也在这里",
            },
            "asked_at": _text("查询时间", format="date-time"),
            "kid": _text("签名密钥的编号；没有密钥时没有"),
            "signature": _text("Ed25519 签名（base64），签的是去掉 kid、signature 后按键排序、无空格的 JSON"),
        },
    ),
    "Question": _object(
        "所查的内容",
        (),
        {"name": _text("名称"), "url": _text("链接"), "platform_id": _text("平台账号 ID"), "code": _text("备案编号")},
    ),
    "Match": _object(
        "相像的账号",
        ("code", "name", "likeness", "reasons"),
        {
            "code": _text("备案编号"),
            "name": _text("名称"),
            "likeness": {"type": "number", "minimum": 0, "maximum": 1, "description": "相似度，0 到 1"},
            "reasons": {"type": "array", "items": {"type": "string"}, "description": "像在哪里"},
        },
    ),
    "AnswerAccount": _object(
        "答复里的账号",
        ("code", "name", "platform", "organisation", "division", "level", "status"),
        {
            "code": _text("备案编号"),
            "name": _text("名称"),
            "platform": _text("平台，如 weibo"),
            "platform_id": _text("平台上的 ID"),
            "organisation": _text("主办单位"),
            "division": _text("行政区划代码"),
            "level": _text("层级"),
            "status": _text("状态", enum=["open", "suspended", "closing", "closed"]),
            "opened_on": _text("开设日期", format="date"),
            "closed_on": _text("注销日期", format="date"),
            "url": _text("链接"),
            "field": _text("领域"),
            "successor": _text("承接账号的备案编号"),
        },
    ),
    "Bulletin": _object(
        "通报",
        ("id", "title", "issuer", "number", "division", "period", "state", "published_at", "url"),
        {
            "id": _text("编号"),
            "title": _text("标题"),
            "issuer": _text("发文机关"),
            "number": _text("发文字号"),
            "division": _text("组织检查的行政区划代码"),
            "period": _part("Period", "检查期间"),
            "state": _text("published 已发布、withdrawn 已撤下", enum=["published", "withdrawn"]),
            "published_at": _text("发布时间", format="date-time"),
            "withdrawn_at": _text("撤下时间", format="date-time"),
            "withdrawn_reason": _text("撤下的理由；撤下的通报没有数字和文件"),
            "url": _text("公开页面", format="uri"),
            "signed_on": _text("成文日期", format="date"),
            "due_on": _text("整改期限", format="date"),
            "hash": _text("通报数据文件的指纹（SM3）"),
            "figures": _part("Figures", "主要数字，名称同通报文件；全部数字在 json 文件里"),
            "files": _part("Files", "各种文件的网址"),
        },
    ),
    "Period": _object(
        "检查期间",
        ("start_on", "end_on"),
        {"start_on": _text("第一天", format="date"), "end_on": _text("最后一天", format="date")},
    ),
    "Figures": _object(
        "通报的主要数字",
        (),
        {
            "accounts_total": _whole("账号总数"),
            "sampled": _whole("检查的个数"),
            "unjudged": _whole("其中未评定的个数，不计入合格率"),
            "passed": _whole("合格的个数"),
            "pass_rate": _text("总体合格率，如 95.3%"),
            "sample_rate": _text("检查的占全部的比例"),
            "estimate": _part("Estimate", "按各层账号数加权推算的全部账号的合格率；全部检查的没有"),
        },
    ),
    "Estimate": _object(
        "推算的合格率",
        ("rate", "low", "high"),
        {"rate": _text("推算值"), "low": _text("95% 区间的下限"), "high": _text("95% 区间的上限")},
    ),
    "Files": _object(
        "通报的文件",
        ("json", "docx", "pdf", "html", "round"),
        {
            name: _text(description, format="uri")
            for name, description in (
                ("json", "通报数据"),
                ("docx", "Word 文档"),
                ("pdf", "PDF"),
                ("html", "网页"),
                ("round", "这一轮的数据（JSON Lines），供 govmedia verify-round 重算"),
            )
        },
    ),
    "Bulletins": _object(
        "通报列表",
        ("items",),
        {
            "items": {
                "type": "array",
                "items": {"$ref": "#/components/schemas/Bulletin"},
                "description": "通报，新的在前",
            },
            "next": _text("还有下一页时，作为 cursor 再请求"),
        },
    ),
    "ItemError": _object(
        "列表中不合要求的一项",
        ("id", "line", "error"),
        {
            "id": {"type": "null", "description": "总是 null"},
            "line": _whole("列表中的第几项，从 1 起", minimum=1),
            "error": _text("有什么问题、怎么改"),
        },
    ),
    "Problem": _object(
        "出错说明（RFC 9457）",
        ("type", "title", "status", "detail"),
        {
            "type": _text("总是 about:blank"),
            "title": _text("哪一类错误"),
            "status": _whole("HTTP 状态码"),
            "detail": _text("出了什么错、怎么办"),
            "instance": _text("请求的网址"),
        },
    ),
    "Keys": _object(
        "公钥列表",
        ("keys",),
        {
            "keys": {
                "type": "array",
                "items": {"$ref": "#/components/schemas/Key"},
                "description": "全部公钥，现用的在最前",
            }
        },
    ),
    "Key": _object(
        "公钥（RFC 8037）",
        ("kid", "kty", "crv", "x", "use", "from"),
        {
            "kid": _text("密钥编号，即 RFC 7638 指纹"),
            "kty": _text("总是 OKP", const="OKP"),
            "crv": _text("总是 Ed25519", const="Ed25519"),
            "x": _text("公钥，base64url"),
            "use": _text("总是 sig", const="sig"),
            "from": _text("从何时起使用", format="date-time"),
        },
    ),
}

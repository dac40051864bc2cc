"""The API in OpenAPI 3.1, built by hand: read by machines at /api/v1/openapi.json and shown at /api/v1/."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings

from govmedia.api.entry import BODY_MOST
from govmedia.api.problems import MIME, TITLES
from govmedia.api.schemas import SCHEMAS
from govmedia.api.views import accounts as directory
from govmedia.api.views.inspecting import POSTS_MOST
from govmedia.api.views.publishing import LIMIT, LIMIT_MOST
from govmedia.common.pace import REQUESTS
from govmedia.engine.codes import ALPHABET, LENGTH
from govmedia.engine.platforms import FIELDS, LEVELS, PLATFORMS, STATUSES
from govmedia.orgs.rights import SCOPES

VERSION = "1.0.0"
_EXAMPLE_POST = {"id": "1", "title": "通知", "text": "根据国办秘函[2019]19号文件，现将检查结果通报如下。"}
_EXAMPLE_INSPECTION = {
    "id": "1",
    "hits": [
        {
            "check": "form_document_number",
            "category": "form",
            "level": "notice",
            "field": "text",
            "start": 6,
            "end": 15,
            "found": "[2019]19号",
            "message": "发文字号不规范：年份应用六角括号“〔〕”",
            "basis": "GB/T 9704-2012 第7.2.5条：年份用六角括号“〔〕”括入，顺序号不加“第”，不编虚位，后加“号”字",
            "confidence": 0.98,
            "auto": True,
            "version": 1,
            "suggestion": "〔2019〕19号",
        }
    ],
}
_EXAMPLE_BULLETIN = {
    "id": "12",
    "title": "江苏省人民政府办公厅关于2026年第三季度政务新媒体抽查情况的通报",
    "issuer": "江苏省人民政府办公厅",
    "number": "苏政办函〔2026〕12号",
    "division": "320000",
    "period": {"start_on": "2026-07-01", "end_on": "2026-09-30"},
    "state": "published",
    "published_at": "2026-10-13T11:05:00+08:00",
    "url": "https://example.gov.cn/bulletins/12/",
    "signed_on": "2026-10-13",
    "due_on": "2026-10-23",
    "figures": {"accounts_total": 3933, "sampled": 404, "passed": 402, "pass_rate": "99.5%"},
    "files": {
        **{kind: f"https://example.gov.cn/bulletins/12/bulletin.{kind}" for kind in ("json", "docx", "pdf", "html")},
        "round": "https://example.gov.cn/bulletins/12/round.jsonl",
    },
}
_EXAMPLE_ACCOUNT = {
    "code": "CZTGCJFDLV",
    "name": "健康鼓楼",
    "platform": "wechat_mp",
    "platform_id": "gh_0123456789ab",
    "organisation": "南京市鼓楼区卫生健康委员会",
    "organisation_code": "11320106MB1234567X",
    "division": "320106",
    "level": "county",
    "status": "open",
    "opened_on": "2019-06-01",
    "url": "https://mp.weixin.qq.com/s/example",
    "field": "health",
    "functions": [{"name": "预约挂号", "url": "https://example.gov.cn/guahao"}],
    "followers": 52000,
}
_RATE_HEADERS = {
    "RateLimit-Limit": {"description": "每分钟可以请求多少次", "schema": {"type": "integer"}},
    "RateLimit-Remaining": {"description": "这一分钟还能请求多少次", "schema": {"type": "integer"}},
    "RateLimit-Reset": {"description": "再过多少秒重新计数", "schema": {"type": "integer"}},
}
_FRESH_HEADERS = {
    "ETag": {"description": "下次请求放在 If-None-Match 里，没有变化时答 304", "schema": {"type": "string"}},
    "Last-Modified": {"description": "名录或通报最后变化的时间", "schema": {"type": "string"}},
    **_RATE_HEADERS,
}
_WHEN = {
    400: "不是合法的 JSON",
    401: "没有令牌，或令牌不对、已过期、已作废",
    403: "令牌不是这种用途，或用户已没有这项权限",
    404: "没有这个编号，或网址不对",
    405: "用了别的方法",
    413: f"请求超过 {BODY_MOST // 1024 // 1024} MiB",
    415: "Content-Type 不是 application/json",
    422: "参数或提交的内容不合要求：参数重复，单个对象不合要求，或列表太长",
    429: "请求太多，等 Retry-After 秒后再试",
    500: "服务出错",
}


def document(site: str) -> dict[str, Any]:
    """The OpenAPI document of what a process serves that is `all`, `public` or `desk`."""
    paths: dict[str, Any] = {} if site == "public" else {"/api/v1/inspect": {"post": _inspect()}}
    paths["/api/v1/accounts"] = {"get": _accounts()}
    paths["/api/v1/accounts/{code}"] = {"get": _account()}
    paths["/api/v1/verify"] = {"get": _verify()}
    paths["/api/v1/bulletins"] = {"get": _bulletins()}
    paths["/.well-known/govmedia-keys.json"] = {"get": _keys()}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "政务新媒体备案监管平台接口",
            "version": VERSION,
            "description": (
                "网址里的 v1 不变时，只会增加字段和接口；请忽略不认识的字段。"
                "网址里的参数每个只能写一次；不认识的参数不理会，名字写错的条件就等于没写，请核对。"
            ),
            "license": {"name": "Mulan PSL v2", "identifier": "MulanPSL-2.0"},
        },
        "servers": [{"url": "/"}],
        "paths": paths,
        "components": {
            "schemas": SCHEMAS,
            "securitySchemes": {
                "token": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "在工作台“我的菜单—接口令牌”里生成，以 gm_ 开头，权限不会超过生成它的人。",
                }
            },
        },
    }


def _ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


def _one_or_list(one: str, item: dict[str, Any], most: int | None = None) -> dict[str, Any]:
    limit = {"maxItems": most} if most else {}
    return {"oneOf": [_ref(one), {"type": "array", "items": item, **limit}]}


def _inspect() -> dict[str, Any]:
    item = {"oneOf": [_ref("Inspection"), _ref("ItemError")]}
    answer = {
        "description": "检查结果，与提交的内容一一对应、顺序相同；列表中不合要求的一项给出 ItemError，不影响其他项",
        "headers": _RATE_HEADERS,
        "content": {"application/json": {"schema": _one_or_list("Inspection", item), "example": _EXAMPLE_INSPECTION}},
    }
    return {
        "operationId": "inspect",
        "summary": SCOPES["inspect"].label,
        "description": (
            f"提交一条内容，或最多 {POSTS_MOST} 条的列表，取回每条里检查出的问题。"
            "位置按 Unicode 字符计，从 0 起，含头不含尾。"
            "auto 为 true 的可以直接转告运维员，其余先由人看。内容不保存，其中的网址不会被访问。"
            f"每个令牌每分钟最多 {REQUESTS} 次请求，每次最大 {BODY_MOST // 1024 // 1024} MiB。"
        ),
        "security": [{"token": []}],
        "x-scope": "inspect",
        "requestBody": {
            "required": True,
            "content": {
                "application/json": {
                    "schema": _one_or_list("Post", _ref("Post"), POSTS_MOST),
                    "example": _EXAMPLE_POST,
                }
            },
        },
        "responses": {"200": answer, **_problems(400, 401, 403, 405, 413, 415, 422, 429, 500)},
    }


def _query(name: str, description: str, example: Any = None, **schema: Any) -> dict[str, Any]:
    """A parameter of the query; text unless the schema says otherwise."""
    shown = {} if example is None else {"example": example}
    return {
        "name": name, "in": "query", "required": False, "description": description,
        "schema": {"type": "string", **schema}, **shown,
    }  # fmt: skip


def _word(name: str, description: str, words: Mapping[str, Any]) -> dict[str, Any]:
    """A parameter that is one of the words of a list."""
    labels = "、".join(f"{code} {getattr(word, 'label', word)}" for code, word in words.items())
    return _query(name, f"{description}：{labels}", enum=list(words))


def _limit(default: int, most: int) -> dict[str, Any]:
    text = f"一页几个，默认 {default}，最多 {most}"
    return _query("limit", text, type="integer", minimum=1, maximum=most, default=default)


_CODE = f"[{ALPHABET}]{{{LENGTH}}}"
_DIVISION = _query(
    "division",
    "行政区划代码，含以下各级：六位，省、市可以只写前两位、四位，乡镇街道九位",
    "320100",
    pattern="^([0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{9})$",
)


def _fresh(description: str, schema: str, example: Any) -> dict[str, Any]:
    """The answers of what everybody may read: the thing itself, and that it has not changed."""
    content = {"application/json": {"schema": _ref(schema), "example": example}}
    return {
        "200": {"description": description, "headers": _FRESH_HEADERS, "content": content},
        "304": {"description": "与 If-None-Match 或 If-Modified-Since 所指的相比没有变化", "headers": _RATE_HEADERS},
    }


def _accounts() -> dict[str, Any]:
    cursor = f"上一次回答里的 next；其余条件要和上一次相同。形如 {_EXAMPLE_ACCOUNT['code']}"
    return {
        "operationId": "accounts",
        "summary": "账号名录",
        "description": (
            "在册的和已注销的账号，按编号排列；带 q 时名称相近的在前。几个条件同时给出时都要满足。"
            "一页取不完时回答里有 next，作为 cursor 再请求，直到没有 next。"
            "取的过程中名录有变化也不要紧：一直在册的账号每个正好取到一次。"
            "要全部数据，下载 /open-data/ 的文件更省事。"
            f"不用令牌，每个网络地址每分钟最多 {settings.API_PER_MINUTE} 次；其他网站的网页也可以直接调用（CORS）。"
            "回答带 ETag 和 Last-Modified，没有变化时答 304。"
        ),
        "security": [],
        "parameters": [
            _query("q", "账号名、单位、曾用名、编号、拼音或首字母", "健康鼓楼", maxLength=directory.TEXT_MOST),
            _DIVISION,
            _word("platform", "平台", PLATFORMS),
            _word("level", "层级", LEVELS),
            _word("status", "状态", STATUSES),
            _word("field", "领域", FIELDS),
            _limit(directory.LIMIT, directory.LIMIT_MOST),
            _query("cursor", cursor, pattern=f"^([0-9]{{2}})?{_CODE}$"),
        ],
        "responses": {
            **_fresh("账号列表", "Accounts", {"items": [_EXAMPLE_ACCOUNT], "next": _EXAMPLE_ACCOUNT["code"]}),
            **_problems(400, 405, 422, 429, 500),
        },
    }


def _account() -> dict[str, Any]:
    code = {
        "name": "code", "in": "path", "required": True, "description": "账号编号，大小写都可以",
        "schema": {"type": "string", "pattern": f"^{_CODE}$"}, "example": _EXAMPLE_ACCOUNT["code"],
    }  # fmt: skip
    return {
        "operationId": "account",
        "summary": "一个账号",
        "description": "按编号取一个账号。注销的也取得到，successor 是承接它的账号。",
        "security": [],
        "parameters": [code],
        "responses": {**_fresh("账号", "Account", _EXAMPLE_ACCOUNT), **_problems(400, 404, 405, 429, 500)},
    }


def _bulletins() -> dict[str, Any]:
    return {
        "operationId": "bulletins",
        "summary": "检查通报",
        "description": (
            "已发布的通报，新的在前，附主要数字和各种文件的网址。撤下的仍列着，写明理由。"
            "回答带 ETag 和 Last-Modified，没有变化时答 304。"
        ),
        "security": [],
        "parameters": [
            _DIVISION,
            _limit(LIMIT, LIMIT_MOST),
            _query("cursor", "上一次回答里的 next", pattern="^[0-9]{1,15}$"),
        ],
        "responses": {
            **_fresh("通报列表", "Bulletins", {"items": [_EXAMPLE_BULLETIN]}),
            **_problems(400, 405, 422, 429, 500),
        },
    }


def _verify() -> dict[str, Any]:
    def parameter(name: str, description: str, most: int) -> dict[str, Any]:
        return {
            "name": name, "in": "query", "required": False, "description": description,
            "schema": {"type": "string", "maxLength": most},
        }  # fmt: skip

    return {
        "operationId": "verify",
        "summary": "辨真假",
        "description": (
            "账号是不是备案的政务账号。name、url、platform_id 只带一个。链接只按文字比对，不会被打开。"
            "答复有日期和签名，存下来可以用 govmedia verify 离线证明；公钥另从 /.well-known/govmedia-keys.json 取。"
        ),
        "security": [],
        "parameters": [
            parameter("name", "账号名称，须一字不差", 80),
            parameter("url", "账号主页的链接", 2000),
            parameter("platform_id", "账号在平台上的 ID", 200),
        ],
        "responses": {
            "200": {
                "description": "五种答复之一",
                "headers": _RATE_HEADERS,
                "content": {"application/json": {"schema": _ref("Answer")}},
            },
            **_problems(405, 422, 429, 500),
        },
    }


def _keys() -> dict[str, Any]:
    return {
        "operationId": "keys",
        "summary": "签名公钥",
        "description": (
            "本平台签名用的全部公钥（Ed25519），现用的在最前，换下的仍列着。"
            "导出的词库等文件附有密钥编号（kid）和签名，用对应的公钥可以离线核对。"
        ),
        "security": [],
        "responses": {
            "200": {
                "description": "公钥列表（JSON Web Key Set）",
                "content": {"application/json": {"schema": _ref("Keys")}},
            },
            **_problems(405, 500),
        },
    }


def _problems(*statuses: int) -> dict[str, Any]:
    return {
        str(status): {
            "description": f"{TITLES[status]}：{_WHEN[status]}",
            "content": {MIME: {"schema": _ref("Problem")}},
        }
        for status in statuses
    }

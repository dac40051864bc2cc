"""Readers of the environment; each secret has a `_FILE` twin that names a file holding it."""

import os
from collections.abc import Sequence
from pathlib import Path

# Every variable there is, with its default and meaning as people read them; docs/reference/settings.md is made of it.
KNOWN = {
    "GOVMEDIA_HOME": (
        "`~/.local/share/govmedia`",
        "数据目录；其中的 `editions/`、`holidays/` 补充自带的指标版本与假期",
    ),
    "GOVMEDIA_DB_URL": ("数据目录里的 SQLite", "数据库地址，`postgresql://用户:密码@主机/库` 或 `sqlite:///文件`"),
    "GOVMEDIA_SECRET_KEY": ("首次启动时生成", "会话签名密钥"),
    "GOVMEDIA_SIGNING_KEY": (
        "首次启动时生成，存为数据目录里的 `signing-key`",
        "签名密钥：Ed25519 私钥的 PEM，或 32 字节的 base64。"
        "公钥列在 `/.well-known/govmedia-keys.json`，换密钥并重新启动后，旧公钥仍列着",
    ),
    "GOVMEDIA_ALLOWED_HOSTS": ("只限本机", "网站的域名，逗号分隔"),
    "GOVMEDIA_TRUSTED_ORIGINS": ("无", "反向代理后的完整来源，如 `https://media.example.gov.cn`"),
    "GOVMEDIA_HTTPS": ("否", "在 HTTPS 之后设为 1，使会话只经加密连接发送"),
    "GOVMEDIA_SITE": ("`all`", "只提供公开站 `public` 或只提供工作台 `desk`"),
    "GOVMEDIA_FETCH_ALLOW": ("空", "允许读取的内网地址，`主机:端口` 或网段，逗号分隔；空则只读公网"),
    "GOVMEDIA_TARGETS_PER_HOUR": (
        "`60`",
        "每小时至多打开一个主机上多少个内容里的图片和链接，看有没有违规内容；`0` 则都不打开",
    ),
    "GOVMEDIA_API_PER_MINUTE": ("`300`", "不用令牌的接口，每个网络地址每分钟最多请求几次"),
    "GOVMEDIA_TRUSTED_PROXY": (
        "无",
        "反向代理的 IP 地址：只有从它来的 `X-Forwarded-For` 才当作访问者的地址；不设则所有访问者都算作代理一个地址",
    ),
    "GOVMEDIA_OPEN_DATA_LICENCE": (
        "可自由使用，注明来源和数据日期（与 CC BY 4.0 相同）",
        "开放数据按什么条件给人用，一句话，写在 `/open-data/` 和数据目录里；重新启动后生效",
    ),
    "GOVMEDIA_QUEUE": ("`embedded`", "后台任务引擎"),
    "GOVMEDIA_LOG_LEVEL": ("`INFO`", "日志级别"),
}


class SettingError(SystemExit):
    """A setting is missing or malformed; the message says in Chinese which and what to do."""


def text(name: str, default: str = "") -> str:
    """The variable, or the content of the file that NAME_FILE points to, or `default`."""
    path = os.environ.get(f"{name}_FILE")
    if path:
        try:
            return Path(path).read_text(encoding="utf-8").strip()
        except OSError as why:
            raise SettingError(
                f"{name}_FILE 指向的文件读不出来：{path}（{why.strerror}）。请核对路径和权限。"
            ) from why
        except UnicodeDecodeError as why:
            raise SettingError(f"{name}_FILE 指向的文件 {path} 不是 UTF-8 编码的文字。") from why
    return os.environ.get(name, default)


def one_of(name: str, default: str, words: Sequence[str]) -> str:
    """One of the words. Errors: SettingError."""
    value = text(name) or default
    if value not in words:
        raise SettingError(f"{name} 没有“{value[:40]}”。可填：{'、'.join(words)}。")
    return value


def yes(name: str, default: bool = False) -> bool:
    """True for 1, true, yes, on."""
    value = text(name)
    return default if not value else value.lower() in {"1", "true", "yes", "on"}


def items(name: str) -> list[str]:
    """A comma list without blanks and empty parts."""
    return [part.strip() for part in text(name).split(",") if part.strip()]


def number(name: str, default: int) -> int:
    """A whole number, not negative. Errors: SettingError."""
    value = text(name)
    if not value:
        return default
    if not (value.isascii() and value.isdigit() and len(value) < 10):
        raise SettingError(f"{name} 应是不小于 0 的整数，现在是“{value[:40]}”。")
    return int(value)

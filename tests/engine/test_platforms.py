from govmedia.engine.platforms import (
    FIELDS,
    LEVELS,
    PLATFORMS,
    STATUSES,
    field_code,
    field_label,
    platform_code,
    platform_label,
    platforms_meant,
)


def test_platforms_are_the_glossary_s():
    assert list(PLATFORMS) == [
        *("wechat_mp", "wechat_channels", "miniprogram", "weibo", "toutiao", "douyin"),
        *("kuaishou", "bilibili", "xiaohongshu", "app", "other"),
    ]
    assert [code for code, platform in PLATFORMS.items() if not platform.has_posts] == ["miniprogram"]


def test_levels_and_statuses_are_the_glossary_s():
    assert list(LEVELS) == ["province", "city", "county", "township"]
    assert STATUSES == {"open": "正常开设", "suspended": "暂停", "closing": "停更公告中", "closed": "已注销"}


def test_labels_and_codes_find_each_other():
    assert all(platform_code(platform.label) == code for code, platform in PLATFORMS.items())
    assert all(field_code(field.label) == code for code, field in FIELDS.items())
    assert (platform_code(" weibo "), field_code("health"), field_code("天文")) == ("weibo", "health", None)
    assert (platform_label("weibo"), platform_label("new")) == ("微博", "new")
    assert (field_label("health"), field_label("new")) == ("卫生健康", "new")


def test_everyday_words_mean_platforms():
    said = {"公众号": "wechat_mp", "视频号": "wechat_channels", "抖音号": "douyin", "b 站": None, "Ｂ站": "bilibili"}
    assert {word: next(iter(platforms_meant(word)), None) for word in said} == said
    assert len(platforms_meant("微信")) == 3, "what means several is not guessed at"

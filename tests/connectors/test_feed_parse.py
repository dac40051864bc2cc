import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connectors.serving import rss
from govmedia.connectors.errors import Outcome, Trouble
from govmedia.connectors.feed_fallback import parse_fallback
from govmedia.connectors.feed_parse import parse_feed
from govmedia.connectors.types import Feed, Snapshot

FEEDS = sorted((Path(__file__).parent / "feeds").iterdir())
URL = "http://news.example.cn/feeds/1"
# dc:date counts as an update in feedparser, and as nothing in the fallback.
NOT_COMPARED = {"updated_at": None}


def parse(body: bytes | str, charset: str = "") -> Feed:
    return parse_feed(body.encode() if isinstance(body, str) else body, URL, charset)


def refused(body: bytes | str) -> Trouble:
    with pytest.raises(Trouble) as caught:
        parse(body)
    return caught.value


def only(feed: Feed) -> Snapshot:
    (entry,) = feed.entries
    return entry


@pytest.mark.parametrize("path", FEEDS, ids=lambda path: path.name)
def test_fast_path_sees_what_feedparser_sees(path):
    body = path.read_bytes()
    fast, other = parse(body), parse_fallback(body, URL)
    assert other is not None
    assert fast.parsed_by != "fallback"
    assert [replace(entry, **NOT_COMPARED) for entry in fast.entries] == [
        replace(entry, **NOT_COMPARED) for entry in other.entries
    ]
    assert (fast.kind, fast.title, fast.description) == (other.kind, other.title, other.description)


def test_rss_post_is_read_whole():
    body = (Path(__file__).parent / "feeds/rss2_content_encoded.xml").read_bytes()
    entry = only(parse(body))
    assert entry.to_post() == {
        "id": "http://wjw.example.cn/2026/11/1.html",
        "title": "流感疫苗接种开始预约",
        "text": "预约方式\n登录“健康服务”页面 & 选择接种点。\n携带身份证\n提前十分钟到场\n立即预约",
        "url": "http://wjw.example.cn/2026/11/1.html",
        "published_at": "2026-11-20T09:00:00+08:00",
        "author": "宣传科",
        "links": ["http://wjw.example.cn/book", "http://wjw.example.cn/v/1.mp4"],
        "images": ["http://wjw.example.cn/i/1.png", "http://wjw.example.cn/i/2.jpg"],
    }


def test_feed_says_what_it_is_called():
    feed = parse((Path(__file__).parent / "feeds/atom_html.xml").read_bytes())
    assert (feed.kind, feed.title, feed.description) == ("atom", "交通运输局", "出行提示")
    assert (feed.link, feed.language) == ("http://jt.example.cn/", "zh-CN")
    assert feed.feed_id == "urn:uuid:60a76c80-d399-11d9-b93C-0003939e0af6"
    assert [entry.author for entry in feed.entries] == ["办公室", "值班室"]


def test_order_is_the_feeds_own():
    body = rss(*(f"<item><guid>{name}</guid></item>" for name in "cab"))
    assert [entry.native_id for entry in parse(body).entries] == ["c", "a", "b"]


def test_post_without_date_has_none():
    post = only(parse(rss("<item><title>甲</title><pubDate>昨天</pubDate></item>"))).to_post()
    assert "published_at" not in post
    assert (post["title"], post["text"]) == ("甲", "")


def test_empty_feed_is_a_feed():
    assert parse(rss()).entries == ()


def test_relative_links_are_resolved():
    entry = only(parse(rss("<item><link>/a/1.html</link><description>&lt;img src='i.png'&gt;</description></item>")))
    assert (entry.url, entry.native_id) == ("http://news.example.cn/a/1.html",) * 2
    assert entry.images == ("http://news.example.cn/feeds/i.png",)


def test_author_is_the_name_and_not_the_address():
    entry = only(
        parse(rss("<item><guid>1</guid><author>a@b.cn (宣传科)</author><source url='x'>省厅</source></item>"))
    )
    assert (entry.author, entry.source_name) == ("宣传科", "省厅")


JSON_FEED = """{"version": "https://jsonfeed.org/version/1", "title": "名", "home_page_url": "http://a.cn/",
"feed_url": "http://a.cn/f.json", "next_url": "/f2.json", "author": {"name": "发布者"}, "items": [
{"id": 7, "url": "/7", "title": "甲 <b>", "content_html": "<p>一</p><p>二<img src='p.png'></p>",
 "date_published": "2026-11-23T08:00:00+08:00", "image": "http://a.cn/t.jpg",
 "attachments": [{"url": "/v.mp4", "mime_type": "video/mp4"}]},
{"id": "x", "content_text": "纯 <文> 本", "date_modified": "2026-11-22T00:00:00Z",
 "authors": [{"name": "丙"}, {"name": "丁"}]},
{"url": "http://a.cn/9", "summary": "摘要"}, "poison", null]}"""


def test_json_feed_is_read_whole():
    feed = parse(JSON_FEED)
    assert (feed.kind, feed.parsed_by, feed.title, feed.feed_id) == ("json", "fast", "名", "http://a.cn/f.json")
    assert (feed.next_url, feed.skipped) == ("http://news.example.cn/f2.json", 2)
    first, second, third = [entry.to_post() for entry in feed.entries]
    assert first == {
        "id": "7",
        "title": "甲 <b>",
        "text": "一\n二",
        "url": "http://news.example.cn/7",
        "published_at": "2026-11-23T08:00:00+08:00",
        "author": "发布者",
        "links": ["http://news.example.cn/v.mp4"],
        "images": ["http://news.example.cn/feeds/p.png", "http://a.cn/t.jpg"],
    }
    assert (second["text"], second["published_at"], second["author"]) == (
        "纯 <文> 本",
        "2026-11-22T00:00:00+00:00",
        "丙、丁",
    )
    assert (third["id"], third["text"]) == ("http://a.cn/9", "摘要")


@pytest.mark.parametrize(
    "body", ['{"items": [', "[" * 100_000, '{"version": "https://jsonfeed.org/version/1.1", "items": 1e']
)
def test_broken_json_is_a_parse_error(body):
    assert refused(body).outcome in (Outcome.parse_error, Outcome.not_a_feed)


@pytest.mark.parametrize("body", ['{"code": 0, "items": []}', "[]", "{}"])
def test_other_json_is_not_a_feed(body):
    assert refused(body).outcome is Outcome.not_a_feed


@pytest.mark.parametrize(
    "body",
    [
        "<!DOCTYPE html><html><head><title>用户登录</title></head></html>",
        "<html><head><title>用户登录</title></head><body><p>未闭合",
        "\n\n<!-- 防护 --><HTML><TITLE>用户登录</TITLE>",
        "请稍候 <html><title>用户登录</title>",
    ],
)
def test_web_page_is_not_a_feed_and_its_title_is_told(body):
    trouble = refused(body)
    assert trouble.outcome is Outcome.not_a_feed
    assert "（标题：用户登录）" in trouble.cause


def test_page_title_in_gbk_is_readable():
    assert "用户登录" in refused("<html><title>用户登录</title>".encode("gbk")).cause


@pytest.mark.parametrize("body", ["<urlset><url/></urlset>", "hello", "%PDF-1.4", "\x89PNG", "<", "<!--"])
def test_anything_else_is_not_a_feed(body):
    assert refused(body).outcome is Outcome.not_a_feed


@pytest.mark.parametrize("body", ["", " \r\n\t ", b"\xef\xbb\xbf"])
def test_empty_body_is_named(body):
    assert (refused(body).outcome, refused(body).cause) == (Outcome.parse_error, "对方返回的内容是空的。")


CHINESE = (
    '<rss version="2.0"><channel><title>民政局公告</title>'
    "<item><guid>1</guid><title>朱镕、喆、囍</title></item></channel></rss>"
)


@pytest.mark.parametrize(
    ("body", "charset"),
    [
        (CHINESE.encode("gb18030"), ""),
        (CHINESE.encode("gb18030"), "gb2312"),
        (CHINESE.encode("gb18030"), "utf-8"),
        (CHINESE.encode("gb18030"), "iso-8859-1"),
        (CHINESE.encode("gb18030"), "no-such-charset"),
        (('<?xml version="1.0" encoding="gb2312"?>' + CHINESE).encode("gb18030"), ""),
        (('<?xml version="1.0" encoding="utf-8"?>' + CHINESE).encode("gb18030"), ""),
        (('<?xml version="1.0" encoding="gbk"?>' + CHINESE).encode(), ""),
        (('<?xml version="1.0" encoding="gb2312"?>' + CHINESE).encode(), "gb2312"),
        (CHINESE.encode(), "gbk"),
        (CHINESE.encode("big5", "xmlcharrefreplace"), "big5"),
        (b"\xef\xbb\xbf" + CHINESE.encode(), ""),
        (b"\r\n\r\n" + b'<?xml version="1.0"?>' + CHINESE.encode(), ""),
        (CHINESE.encode("utf-16"), ""),
        (CHINESE.encode("utf-16-le"), ""),
        (CHINESE.encode("utf-32"), ""),
    ],
)
def test_encoding_is_found_out(body, charset):
    feed = parse(body, charset)
    assert (feed.title, only(feed).title) == ("民政局公告", "朱镕、喆、囍")


@pytest.mark.parametrize(
    "charset", ["hex", "zlib", "quopri", "rot13", "punycode", "idna", "undefined", "a\0b", "x" * 999]
)
def test_charset_that_is_none_is_ignored(charset):
    feed = parse(CHINESE.encode("gb18030"), charset)
    assert feed.title == "民政局公告"


def test_named_entities_of_html_are_read():
    feed = parse(rss("<item><guid>1</guid><title>甲&nbsp;乙 &mdash; &copy; A & B &unknown; &lt;</title></item>"))
    assert (feed.parsed_by, only(feed).title) == ("repaired", "甲 乙 — © A & B &unknown; <")


def test_stray_ampersand_in_cdata_stays():
    feed = parse(rss("<item><link><![CDATA[http://a.cn/?a=1&b=2]]></link><title>A & B</title></item>"))
    assert only(feed).url == "http://a.cn/?a=1&b=2"


def test_control_characters_do_not_spoil_a_feed():
    feed = parse(rss("<item><guid>1</guid><title>甲\x08乙\x00</title></item>"))
    assert only(feed).title == "甲乙"


def test_words_before_the_feed_are_passed_over():
    feed = parse(b"Warning: mysql in /www/a.php on line 3\n" + rss("<item><guid>1</guid></item>"))
    assert (feed.parsed_by, len(feed.entries)) == ("repaired", 1)


def test_undeclared_prefix_is_understood():
    feed = parse(rss("<item><guid>1</guid><content:encoded>全文</content:encoded><dc:creator>甲</dc:creator></item>"))
    assert (only(feed).text, only(feed).author) == ("全文", "甲")


def test_unclosed_element_loses_no_post():
    feed = parse(rss("<item><guid>1</guid><title>甲</item>", "<item><guid>2</guid><title>乙</title></item>"))
    assert [entry.native_id for entry in feed.entries] == ["1", "2"]


def test_truncated_feed_keeps_its_complete_posts():
    whole = rss(*(f"<item><guid>{number}</guid><title>第{number}条</title></item>" for number in range(5)))
    feed = parse(whole[: whole.index("第3条".encode()) + 4])
    assert feed.truncated
    assert [entry.title for entry in feed.entries] == ["第0条", "第1条", "第2条"]
    assert not parse(whole).truncated


def test_atom_03_goes_to_the_fallback():
    feed = parse(
        '<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>老</title><entry><id>tag:1</id><title>甲</title>'
        "<issued>2026-11-23T00:00:00Z</issued><content mode='escaped' type='text/html'>&lt;p&gt;文&lt;/p&gt;"
        "</content></entry></feed>"
    )
    assert (feed.parsed_by, feed.kind) == ("fallback", "atom")
    assert only(feed).published_at == datetime(2026, 11, 23, tzinfo=UTC)
    assert only(feed).text == "文"


BOMB = (
    '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(10))
    + ']><rss version="2.0"><channel><title>&k;</title></channel></rss>'
)


@pytest.mark.parametrize(
    "body",
    [
        BOMB.encode(),
        BOMB.encode("utf-16"),
        b"\n junk \n" + BOMB.encode(),
        b'<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel><title>&x;</title></channel></rss>',
        b'<!DOCTYPE rss [<!ENTITY % p SYSTEM "http://127.0.0.1/x.dtd"> %p;]><rss><channel/></rss>',
        b"<!-- " + b"x" * 70_000 + b" -->" + BOMB.encode(),
    ],
)
def test_declared_entities_are_refused_and_never_expanded(body):
    started = time.process_time()
    assert refused(body).outcome is Outcome.parse_error
    assert time.process_time() - started < 1


def test_external_dtd_is_not_loaded():
    body = (
        b'<!DOCTYPE rss SYSTEM "http://127.0.0.1:9/x.dtd"><rss><channel><item><guid>1</guid></item></channel></rss>'
    )
    assert only(parse(body)).native_id == "1"


def test_ten_thousand_posts_are_read_and_more_are_counted():
    body = rss(*(f"<item><guid>{number}</guid></item>" for number in range(10_050)))
    feed = parse(body)
    assert (len(feed.entries), feed.skipped) == (10_000, 50)


@pytest.mark.parametrize(
    "piece", ["<item>", "<![CDATA[", "<!--", "<?xml", "&", "<item><description>", "<a:b>", "</item>"]
)
def test_hostile_repetition_ends_soon(piece):
    started = time.process_time()
    try:
        parse(rss()[:-16] + piece.encode() * (500_000 // len(piece)))
    except Trouble as why:
        assert why.outcome in (Outcome.parse_error, Outcome.not_a_feed)
    assert time.process_time() - started < 5


MARKUP = st.sampled_from(
    [
        *('<rss version="2.0">', "<channel>", "<item>", "</item>", "</channel>", "</rss>", "<title>", "</title>"),
        *("<guid>", "</guid>", "<link>", "<pubDate>", "2026-11-23", "甲", "</", "<html>", "<rdf:RDF>", "\x00"),
        *('<feed xmlns="http://www.w3.org/2005/Atom">', "<entry>", "</entry>", '<content type="xhtml">', "</feed>"),
        *("<![CDATA[", "]]>", "&nbsp;", "&#0;", "&#x10FFFF;", "<!DOCTYPE rss [", "]>", "<!--", "-->", "<?xml "),
        *("encoding='gbk'?>", "<a xml:base='http://['>", '{"version":"jsonfeed.org/version/1","items":[{}', "]}"),
    ]
)


@settings(max_examples=300, deadline=None)
@given(
    st.one_of(st.binary(), st.lists(MARKUP).map(lambda parts: "".join(parts).encode())),
    st.sampled_from(["", "gbk", "x"]),
)
def test_any_bytes_give_a_feed_with_unique_ids_or_a_cause(body, charset):
    try:
        feed = parse(body, charset)
    except Trouble as why:
        assert why.outcome in (Outcome.parse_error, Outcome.not_a_feed)
        assert why.cause
        return
    ids = [entry.native_id for entry in feed.entries]
    assert all(ids)
    assert len(set(ids)) == len(ids)
    assert parse(body, charset) == feed
    for entry in feed.entries:
        str(entry.to_post()).encode()

"""Which directory pages a copy holds, and where questions lead."""

import pytest

from govmedia.public.still.links import rewriter
from govmedia.public.still.plan import Choice, Plan

PLAN = Plan(
    {Choice(): 2, Choice("320100"): 1, Choice("", "offer", "medical"): 1, Choice("320100", "platform", "weibo"): 3}
)


def test_addresses_become_paths_and_back():
    listed = list(PLAN.listed())
    assert len(listed) == len({path for _, path in listed}) == 7
    assert ("/directory/?division=320100&platform=weibo&page=3",
            "/directory/division/320100/platform/weibo/page/3/") in listed  # fmt: skip
    assert listed[0] == ("/directory/", "/directory/")


@pytest.mark.parametrize(
    ("asked", "path"),
    [
        ({}, "/directory/"),
        ({"page": "1"}, "/directory/"),
        ({"page": "2", "q": ""}, "/directory/page/2/"),
        ({"page": "3"}, None),
        ({"page": "0"}, None),
        ({"page": "x"}, None),
        ({"division": "320500"}, None),
        ({"platform": "weibo"}, None),
        (
            {"division": "320100", "platform": "weibo", "page": "3"},
            "/directory/division/320100/platform/weibo/page/3/",
        ),
        ({"division": "320100", "platform": "weibo", "level": "city"}, None),
        ({"q": "鼓楼"}, None),
        ({"status": "open"}, None),
        ({"offer": "medical"}, "/directory/offer/medical/"),
    ],
)
def test_only_pages_that_are_there_have_a_path(asked, path):
    assert PLAN.path(asked) == path


@pytest.mark.parametrize(
    ("url", "live", "dead"),
    [
        ("?division=320100&amp;platform=weibo", "/directory/division/320100/platform/weibo/", None),
        ("?q=%E9%BC%93", "https://l/directory/?q=%E9%BC%93", "/still/"),
        ("/directory/?page=9", "https://l/directory/?page=9", "/still/"),
        ("/accounts/AB/", "/accounts/AB/", None),
        ("/accounts/AB/qr.svg", "/accounts/AB/qr.svg", None),
        ("/accounts/AB/other/", "https://l/accounts/AB/other/", "/still/"),
        ("/open-data/changes.csv", "/open-data/changes.csv", None),
        ("/open-data/changes.csv?since=1", "https://l/open-data/changes.csv?since=1", "/still/"),
        ("/desk/", "https://l/desk/", "/still/"),
        ("/api/v1/#accounts", "https://l/api/v1/#accounts", "/still/"),
        ("/verify/", "https://l/verify/", "/still/"),
        ("#main", "#main", None),
        ("https://x.cn/?a=1&amp;b=2", "https://x.cn/?a=1&amp;b=2", None),
        ("mailto:a@b.cn", "mailto:a@b.cn", None),
        ("data:image/png;base64,AA", "data:image/png;base64,AA", None),
        ("", "", None),
    ],
)
def test_links_lead_where_there_is_something(url, live, dead):
    for origin, target in (("https://l", live), ("", dead or live)):
        page = f'<a class="x" href="{url}">q</a> href="not in a tag'
        assert rewriter(PLAN, origin)("/directory/", page) == page.replace(f'"{url}"', f'"{target}"', 1)


def test_forms_ask_and_so_never_lead_to_a_file():
    page = '<form action="/directory/">'
    assert rewriter(PLAN, "")("/", page) == '<form action="/still/">'
    assert rewriter(PLAN, "https://l")("/", page) == '<form action="https://l/directory/">'

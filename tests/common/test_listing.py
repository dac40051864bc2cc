"""List pages: what an address shows, and what it costs."""

import csv
import io
from urllib.parse import quote

import pytest
from django.http import QueryDict
from django.template.loader import render_to_string

from factories import make_division, make_organisation
from govmedia.common import installation, listing
from govmedia.common.listing import Column, Filter, Listing
from govmedia.orgs.models import Organisation

FIELDS = [("health", "卫生健康"), ("education", "教育")]
LISTING = Listing(
    columns=(
        Column("name", "名称", sort=("name",)),
        Column("field", "领域", sort=("field", "name")),
        Column("division", "区划", value=lambda row: row.division.full_name, hide_small=True),
        Column("created_at", "建档时间", sort=("created_at",)),
    ),
    filters=(
        Filter("q", "名称", None, lambda rows, value: rows.filter(name__contains=value)),
        Filter("field", "领域", lambda request: FIELDS, lambda rows, value: rows.filter(field=value)),
    ),
    default_sort="name",
    page_sizes=(2, 5),
)


@pytest.fixture
def organisations(db):
    division = make_division("320100", "南京市", "city")
    for name, field in (("B局", "health"), ("D局", "education"), ("C局", "health"), ("A院", "health")):
        make_organisation(division=division, name=name, field=field)
    return Organisation.objects.select_related("division")


@pytest.fixture
def page(rf, organisations):
    def ask(query: str = "", of: Listing = LISTING):
        return of.page(rf.get(f"/list/?{query}"), organisations)

    return ask


def names(found) -> list[str]:
    return [row.name for row in found.rows]


def query(url: str) -> dict[str, str]:
    return QueryDict(url.removeprefix("?")).dict()


def test_page_costs_one_count_and_one_query(page, django_assert_num_queries):
    with django_assert_num_queries(2):
        found = page()
        assert [cell.value for line in found.lines for cell in line.cells if cell.label == "区划"] == ["南京市"] * 2


def test_page_shows_the_first_rows_and_counts_all(page):
    found = page()
    assert (names(found), found.total, found.pages, found.number) == (["A院", "B局"], 4, 2, 1)
    assert (found.first, found.last) == (1, 2)


def test_page_without_rows_is_page_one_of_one(page, django_assert_num_queries):
    with django_assert_num_queries(1):
        found = page("q=没有这个名字")
    assert (found.rows, found.total, found.pages, found.first, found.last) == ([], 0, 1, 0, 0)


@pytest.mark.parametrize("asked", ["2", "99", "999999999999999999999"])
def test_page_beyond_the_end_is_the_last(page, asked):
    found = page(f"page={asked}")
    assert (found.number, names(found), found.next_url) == (2, ["C局", "D局"], "")


@pytest.mark.parametrize(
    "nonsense",
    [
        *("page=x", "page=-1", "page=0", "page=%C2%B2", "size=3", "size=abc"),
        *("sort=secret", "sort=--name", "sort=division"),
        *("hide=nothing", "hide=name", "field=plumbing", "q=", "q=%00"),
    ],
)
def test_page_ignores_what_makes_no_sense(page, nonsense):
    found = page(nonsense)
    assert (names(found), [head.key for head in found.heads]) == (
        ["A院", "B局"],
        ["name", "field", "division", "created_at"],
    )
    assert found.chips == []


def test_sort_turns_all_fields_of_the_column_round(page):
    assert names(page("sort=field&size=5")) == ["D局", "A院", "B局", "C局"]
    assert names(page("sort=-field&size=5")) == ["C局", "B局", "A院", "D局"]


@pytest.mark.parametrize("sort", ["created_at", "-created_at"])
def test_sort_by_equal_values_loses_and_repeats_no_row(page, sort):
    seen = [row.pk for number in (1, 2) for row in page(f"sort={sort}&page={number}").rows]
    assert seen == sorted(seen, reverse=sort.startswith("-"))
    assert len(set(seen)) == 4


def test_heads_say_the_present_direction_and_link_to_the_other(page):
    heads = {head.key: head for head in page("sort=-name&page=2&q=局").heads}
    assert [heads[key].direction for key in ("name", "field", "division")] == ["descending", "none", "none"]
    assert query(heads["name"].url) == {"sort": "name", "q": "局"}
    assert heads["division"].url == ""


def test_filters_narrow_and_their_chips_take_themselves_off(page):
    found = page("q=局&field=health&sort=-name&page=2")
    assert (names(found), found.total) == (["C局", "B局"], 2)
    assert [(chip.label, chip.value) for chip in found.chips] == [("名称", "局"), ("领域", "卫生健康")]
    assert query(found.chips[1].url) == {"q": "局", "sort": "-name"}
    assert query(found.clear_url) == {"sort": "-name"}


def test_state_that_is_not_a_filter_goes_through_the_filter_form(page):
    found = page("division=320100&sort=-name&size=5&q=局&page=2")
    assert dict(found.kept) == {"division": "320100", "sort": "-name", "size": "5"}


def test_hidden_columns_go_and_can_come_back(page):
    found = page("hide=division,field")
    assert [head.key for head in found.heads] == ["name", "created_at"]
    assert [(link.label, link.shown) for link in found.column_links] == [
        ("领域", False),
        ("区划", False),
        ("建档时间", True),
    ]
    assert query(found.column_links[1].url) == {"hide": "field"}
    assert query(found.column_links[2].url) == {"hide": "field,division,created_at"}


def test_page_size_is_one_of_the_offered(page):
    found = page("size=5")
    assert (len(found.rows), [(size.number, size.url) for size in found.sizes]) == (4, [(2, "?size=2"), (5, "")])


def test_count_may_be_remembered(page):
    remembering = Listing(LISTING.columns, LISTING.filters, "name", (2,), count=lambda request, rows: 110_000)
    found = page(of=remembering)
    assert (found.total, found.pages) == (110_000, 55_000)
    assert [link.number for link in found.links] == [1, 2, 3, 0, 55_000]


def test_export_has_all_rows_under_the_filter_and_every_column(rf, organisations, django_assert_num_queries):
    request = rf.get("/list/?q=局&sort=-name&hide=division&page=2&export=csv")
    with django_assert_num_queries(1):
        answer = LISTING.export(request, organisations, "csv", "单位", demo=False)
        rows = list(csv.reader(io.StringIO(answer.getvalue().decode("utf-8-sig"))))
    assert [row[:3] for row in rows] == [
        ["名称", "领域", "区划"],
        ["D局", "education", "南京市"],
        ["C局", "health", "南京市"],
        ["B局", "health", "南京市"],
    ]


@pytest.fixture
def without_processors(settings):
    """Pages of this room, without what the rooms above add to every page."""
    options = {"context_processors": ["django.template.context_processors.request"]}
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "OPTIONS": options}]


@pytest.mark.usefixtures("without_processors")
def test_respond_sends_a_file_a_part_or_the_whole_page(rf, organisations):
    def ask(query: str, **headers: str):
        request = rf.get(f"/list/?{query}", headers=headers)
        return listing.respond(
            request,
            LISTING,
            organisations,
            "components/list_page.html",
            filename="单位",
            context={"unit": "个"},
        )

    installation.write(installation.DEMO, {"emulator_port": 1})
    assert ask("export=csv")["Content-Type"] == "text/csv; charset=utf-8"
    assert quote("（演示数据）") in ask("export=csv")["Content-Disposition"]
    assert ask("export=exe")["Content-Type"] == "text/html; charset=utf-8"
    part = ask("", **{"HX-Request": "true", "HX-Target": "list"})
    assert part.content.decode().strip().startswith('<section class="panel list" id="list"')
    assert part["Vary"] == "HX-Target"


@pytest.mark.usefixtures("without_processors")
def test_list_page_shows_sorting_to_everybody(rf, page):
    html = render_to_string("components/list_page.html", {"page": page("sort=-name")}, rf.get("/list/"))
    assert html.count('aria-sort="descending"') == 1
    assert html.count('aria-sort="none"') == 2
    assert html.count('data-label="名称"') == 2
    assert "<b>4</b> 条" in html


@pytest.mark.usefixtures("without_processors")
def test_list_page_without_rows_says_why(rf, page):
    html = render_to_string("components/list_page.html", {"page": page("q=无")}, rf.get("/list/"))
    assert "没有符合这些条件的内容" in html
    html = render_to_string(
        "components/list_page.html",
        {"page": LISTING.page(rf.get("/"), Organisation.objects.none()), "empty_title": "还没有单位"},
        rf.get("/"),
    )
    assert "还没有单位" in html


@pytest.mark.usefixtures("without_processors")
def test_search_text_is_shown_as_text(rf, page):
    html = render_to_string("components/list_page.html", {"page": page("q=<script>alert(1)</script>")}, rf.get("/"))
    assert "<script>" not in html

"""Pages of carried messages: who sees which, what they count, and how much they ask of the database."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse

from factories import make_account, make_division, make_organisation, make_post
from govmedia.inspections.message_lists import delay
from govmedia.inspections.models import Message, Origin
from govmedia.inspections.services import compare_due

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 20)
TEXTS = [
    "市{n}消防救援支队提醒：冬季用火用电增多，请勿在楼道停放电动自行车，离家前关闭电源气源，发现火情立即拨打报警电话。{n}"
    * 2,
    "第{n}届全民阅读节将在图书馆开幕，活动包括名家讲座、旧书交换、亲子共读和诗歌朗诵，欢迎广大市民报名参加，名额有限。{n}"
    * 2,
    "{n}号台风预计后天夜间登陆，各地要压实责任，转移危险区域群众，检查水库堤防，备足抢险物资，确保人民群众生命安全。{n}"
    * 2,
]


@pytest.fixture(autouse=True)
def present(monkeypatch, moment):
    for name in ("now", "today"):
        value = moment if name == "now" else moment.date()
        monkeypatch.setattr(f"govmedia.inspections.views.spread.{name}", lambda value=value: value)
    monkeypatch.setattr("govmedia.inspections.message_lists.now", lambda: moment)


@pytest.fixture
def spread(nanjing, gulou, xuanwu, suzhou, gulou_health, moment):
    """`spread(3)`: so many messages of the city, each carried in two counties."""
    city = make_account(
        make_organisation(name="南京市人民政府办公厅", division=nanjing, field="government"), name="南京发布"
    )
    here = make_account(gulou_health, name="健康鼓楼")
    there = make_account(make_organisation(name="玄武区教育局", division=xuanwu, field="education"), name="玄武教育")

    def make(number: int) -> list[Message]:
        for n in range(number):
            for hour, account in enumerate((city, here, there), 1):
                at = datetime(2026, 11, 20, hour * 3 + n, tzinfo=UTC)
                text = TEXTS[n].format(n="一二三"[n])
                make_post(account, on=ON, title=f"第{n + 1}条消息", text=text, published_at=at, first_seen_at=at)
        compare_due(now=moment)
        return list(Message.objects.order_by("pk"))

    return make


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_the_same_number_of_questions(client, li_supervisor, spread, rows, django_assert_num_queries):
    spread(rows)
    client.force_login(li_supervisor)
    client.get(reverse("inspections:spread"))
    with django_assert_num_queries(10):
        page = client.get(reverse("inspections:spread"))
    assert page.context["page"].total == rows
    body = page.content.decode()
    assert "100.0% " in body and "2 / 2" in body


@pytest.mark.parametrize("rows", [1, 3])
def test_one_message_asks_the_same_number_of_questions(
    client, li_supervisor, gulou, spread, moment, rows, django_assert_num_queries
):
    message = spread(1)[0]
    for number in range(rows - 1):
        account = make_account(make_organisation(division=gulou, field="water"), name=f"鼓楼{number}")
        at = datetime(2026, 11, 21, number, tzinfo=UTC)
        make_post(account, on=ON, text=message.first.text, published_at=at, first_seen_at=at)
    compare_due(now=moment)
    client.force_login(li_supervisor)
    url = reverse("inspections:message", args=[message.pk])
    client.get(url)
    with django_assert_num_queries(11):
        page = client.get(url)
    assert page.context["page"].total == rows + 1
    body = page.content.decode()
    assert "3 小时" in body and "6 小时" in body and "南京发布" in body


@pytest.mark.parametrize("rows", [1, 3])
def test_an_accounts_posts_ask_the_same_number_of_questions(
    client, li_supervisor, spread, rows, django_assert_num_queries
):
    spread(rows)
    client.force_login(li_supervisor)
    url = reverse("inspections:originality", args=[Origin.objects.filter(kind="carried").first().account.code])
    client.get(url)
    with django_assert_num_queries(11):
        page = client.get(url)
    assert page.context["page"].total == rows
    figures = page.context["figures"]
    assert (figures.share, figures.carried, figures.sources[0][0]) == (0.0, rows, "南京发布")
    assert f"南京发布 {rows} 篇" in page.content.decode()


def test_a_message_shows_to_whom_its_source_or_a_carrier_belongs(
    client, spread, zhou_supervisor, suzhou_supervisor, chen_operator, stranger, li_supervisor
):
    message = spread(1)[0]
    url = reverse("inspections:message", args=[message.pk])
    for person, total, parts in [
        (li_supervisor, 1, 2),
        (zhou_supervisor, 1, 1),
        (chen_operator, 1, 1),
        (suzhou_supervisor, 0, None),
        (stranger, 0, None),
    ]:
        client.force_login(person)
        assert client.get(reverse("inspections:spread")).context["page"].total == total
        page = client.get(url)
        assert page.status_code == (200 if total else 404)
        if total:
            assert page.context["page"].total == parts
    # The county does not get a link to what it may not open.
    client.force_login(zhou_supervisor)
    body = client.get(url).content.decode()
    assert reverse("desk:account", args=[message.first.account.code]) not in body
    assert "南京发布" in body and "玄武教育" not in body


def test_filters_leave_what_they_say(client, li_supervisor, spread, suzhou, moment):
    messages = spread(2)
    Message.objects.filter(pk=messages[0].pk).update(first_at=moment - timedelta(days=40), carriers=12)
    client.force_login(li_supervisor)

    def found(**query):
        return [row.pk for row in client.get(reverse("inspections:spread"), query).context["page"].rows]

    assert found() == [messages[0].pk, messages[1].pk]
    assert found(period="30") == [messages[1].pk]
    assert found(least="10") == [messages[0].pk]
    assert found(q="第2条") == [messages[1].pk]
    assert found(division="320106") == []
    Message.objects.filter(pk=messages[0].pk).update(first_at=moment - timedelta(days=91))
    assert found() == [messages[1].pk]
    body = b"".join(client.get(reverse("inspections:spread"), {"export": "csv"}).streaming_content).decode(
        "utf-8-sig"
    )
    assert "第2条消息,南京发布" in body and "100%" in body


def test_an_account_without_comparisons_says_so(client, li_supervisor, gulou_health):
    account = make_account(gulou_health, name="健康鼓楼")
    client.force_login(li_supervisor)
    page = client.get(reverse("inspections:originality", args=[account.code]))
    assert page.context["figures"].share is None
    assert "还没有可比对的内容" in page.content.decode()


def test_the_accounts_page_says_how_much_is_its_own(client, li_supervisor, spread, gulou_health, monkeypatch, moment):
    monkeypatch.setattr("govmedia.desk.views.account.now", lambda: moment)
    spread(3)
    account = gulou_health.accounts.get()
    make_post(
        account,
        on=ON,
        text="本区开展冬季流感疫苗接种，请居民携带身份证到社区卫生服务中心登记，具体时间见各点公告，老人儿童优先。",
    )
    make_post(account, on=ON, text="早安")
    make_post(
        account,
        on=ON - timedelta(days=200),
        text="去年今日，本区举办健康大讲堂，专家为居民讲解高血压与糖尿病的防治，现场发放宣传册并开展义诊活动。",
    )
    compare_due(now=moment)
    client.force_login(li_supervisor)
    body = client.get(reverse("desk:account", args=[account.code])).content.decode()
    assert "原创情况" in body and "25.0%" in body and "4 篇中 1 篇原创" in body
    assert reverse("inspections:originality", args=[account.code]) in body


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (-5, "同时"),
        (0, "同时"),
        (7, "7 分"),
        (60, "1 小时"),
        (125, "2 小时 5 分"),
        (1440, "1 天"),
        (3000, "2 天 2 小时"),
    ],
)
def test_a_delay_is_told_in_its_largest_units(moment, minutes, words):
    assert delay(moment + timedelta(minutes=minutes), moment) == words


def test_a_township_has_nobody_below(client, gulou, xuanwu, li_supervisor, moment):
    street = make_division("320106001", "宁海路街道", "township", parent=gulou)
    for hour, place in enumerate((street, xuanwu)):
        account = make_account(make_organisation(division=place, field="government"))
        at = datetime(2026, 11, 20, hour, tzinfo=UTC)
        make_post(account, on=ON, text=TEXTS[0], published_at=at, first_seen_at=at)
    compare_due(now=moment)
    client.force_login(li_supervisor)
    assert "没有下级" in client.get(reverse("inspections:spread")).content.decode()
    page = client.get(reverse("inspections:message", args=[Message.objects.get().pk]))
    assert "首发单位没有下级账号" in page.content.decode()

"""The check of wrong characters over a post's two fields, which are read as one."""

from datetime import date

from govmedia.engine.content.inspector import Inspector
from govmedia.engine.content.types import Post

INSPECTOR = Inspector(today=date(2026, 11, 1), only=["typo"])


def test_title_and_text_have_their_own_hits_at_their_own_places():
    post = Post(id="1", title="我县召开防汛领导小姐会议", text="会议强调，全县上下再接再励，奋力完成全年目标任务。")
    hits = INSPECTOR.inspect(post).hits
    assert [(hit.field, hit.found, hit.suggestion) for hit in hits] == [("title", "姐", "组"), ("text", "励", "厉")]
    assert all(getattr(post, hit.field)[hit.start : hit.end] == hit.found for hit in hits)


def test_one_field_alone_says_the_same_as_beside_a_clean_one():
    text = "会议强调，全县上下再接再励，奋力完成全年目标任务。"
    alone = INSPECTOR.inspect(Post(id="1", text=text)).hits
    beside = INSPECTOR.inspect(Post(id="1", title="全县召开工作会议", text=text)).hits
    assert [(hit.start, hit.found) for hit in alone] == [(hit.start, hit.found) for hit in beside]
    same = INSPECTOR.inspect(Post(id="1", title=text, text=text)).hits
    assert {hit.field for hit in same} == {"title", "text"}

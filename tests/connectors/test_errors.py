from govmedia.connectors.errors import OUTCOME_TEXT, Outcome, Trouble


def test_every_outcome_has_its_words():
    assert set(OUTCOME_TEXT) == set(Outcome)
    assert all(words.label and words.advice.endswith("。") for words in OUTCOME_TEXT.values())


def test_only_a_look_that_worked_saw_the_account():
    assert [outcome.value for outcome in Outcome if outcome.seen] == ["ok", "not_modified"]


def test_trouble_says_cause_and_what_to_do():
    assert Trouble(Outcome.gone, "对方说没有了。").text.startswith("对方说没有了。对方声明不再提供。")

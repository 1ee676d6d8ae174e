# SPDX-License-Identifier: Apache-2.0
"""What a bulletin proposes: every number a named fact; none, one, many and undefined read as people say them."""

import re
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as some

from jiayuan.supervision.rules import bulletins as rules
from jiayuan.supervision.rules.bulletins import (
    Band,
    Fact,
    MonthBefore,
    PeriodFacts,
    Place,
    Proposal,
    Rate,
    RoundFacts,
    bulletin_of_period,
    bulletin_of_round,
)

DAY = date(2025, 1, 3)
ROUND = RoundFacts(
    key="7K3M9P2RTXA", title="第一轮暗访", office="演清办", line="年度检查计划", is_undercover=True, starts_on=DAY,
    ends_on=date(2025, 1, 9), rectify_by=date(2025, 1, 16), listed=12, towns=3,
    places=(
        Place(name="示范镇示范村甲", points=Fraction(95)),
        Place(name="示范镇示范村乙", points=Fraction(85)),
        Place(name="示范镇示范村丙", points=Fraction(7111, 100), worst="村口有建筑垃圾"),
    ),
    red_from=90, black_below=80,
    bands=(Band(units=(("示范甲县", "95.00", 1),)), Band(units=(("示范乙县", "78.06", 2),))),
    findings=9, cases=8, classes=(("杂物堆", 6), ("污水横流", 3)), appeals=2, upheld=1,
)  # fmt: skip
PERIOD = PeriodFacts(
    key="990100000000:2024-12-01:2024-12-31", area="云溪市", office="演清办", since=date(2024, 12, 1),
    until=date(2024, 12, 31), rectify_by=date(2025, 1, 10), came=120, filed=100, closed=Rate(n=90, of=95),
    in_time=Rate(n=80, of=95), rework=Rate(n=5, of=98), overdue=3, classes=(("杂物堆", 60), ("污水横流", 40)),
    late_units=(("示范甲街道", Rate(n=2, of=40)), ("示范乙街道", Rate(n=1, of=6))), lists=12, struck=Rate(n=40, of=42),
    before=MonthBefore(since=date(2024, 11, 1), until=date(2024, 11, 30), came=100, closed=Rate(n=45, of=50)),
)  # fmt: skip


def said(proposal: Proposal) -> str:
    """The whole text as it is printed."""
    facts = {fact.name: fact for fact in proposal.facts}
    return "\n".join(rules.filled(part.text, facts) for part in proposal.parts)


def test_a_bulletin_after_a_round_says_what_an_office_would_say() -> None:
    text = said(bulletin_of_round(ROUND))

    for sentence in (
        "按照年度检查计划安排，2025年1月3日至1月9日，演清办开展了第一轮暗访。",
        "从12个村（社区）中随机抽取并完成评分3个，涉及3个乡镇（街道）",
        "发现问题9处，其中8处已立案交办。",
        "平均得83.70分，最高95.00分，最低71.11分。",
        "第一档：示范甲县95.00分（1个村）；第二档：示范乙县78.06分（2个村）。",
        "示范镇示范村甲（95.00分）1个村（社区）得分在90分以上，列入红榜。",
        "得分低于80分、列入黑榜的有1个村（社区）：示范镇示范村丙（71.11分），村口有建筑垃圾。",
        "问题较多的是：杂物堆6处、污水横流3处。",
        "收到复核申请2件，采纳1件，得分已更正。",
        "于2025年1月16日前整改到位",
    ):
        assert sentence in text


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"findings": 0, "cases": 0, "classes": ()}, "未发现需要整改的问题。"),
        ({"findings": 1, "cases": 1}, "发现问题1处，均已立案交办。"),
        ({"places": ROUND.places[:1]}, "示范镇示范村甲得95.00分。"),
        ({"places": ()}, "本轮尚无完成评分的村（社区）。"),
        ({"red_from": 70}, "抽查的3个村（社区）得分均在70分以上，列入红榜"),
        ({"red_from": 100}, "本轮没有村（社区）达到100分，不列红榜。"),
        ({"red_from": None}, "本轮不设红榜。"),
        ({"black_below": 60}, "没有村（社区）低于60分，不列黑榜。"),
        ({"appeals": 1, "upheld": 0}, "收到复核申请1件，经复核维持原得分。"),
        ({"bands": (Band(units=(("甲", "90.00", 1), ("乙", "89.00", 1))),)}, "各地得分差距在抽样误差以内，不分先后"),
        ({"classes": (("杂物堆", 9),)}, "问题集中在杂物堆9处。"),
        ({"ends_on": DAY}, "，2025年1月3日，演清办"),
    ],
)
def test_none_one_and_undefined_read_as_people_say_them(change: dict[str, object], sentence: str) -> None:
    assert sentence in said(bulletin_of_round(replace(ROUND, **change)))  # type: ignore[arg-type]


def test_a_bulletin_about_a_month_says_rates_with_both_numbers() -> None:
    text = said(bulletin_of_period(PERIOD))

    for sentence in (
        "现将2024年12月云溪市清洁家园问题办理情况通报如下。",
        "期间上报问题120件，立案100件。应办结95件，已结案90件，结案率94.7%；按期结案80件，按期结案率84.2%。",
        "核查98件，返工5件，返工率5.1%。",
        "与2024年11月相比，上报问题增加20件，结案率提高4.7个百分点。",
        "累计下发整改清单12份，到期42项，已销号40项，整改落实率95.2%。",
        "逾期未办3件，较多的是示范甲街道2件（累计到期40件）、示范乙街道1件（累计到期6件）。",
    ):
        assert sentence in text


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"came": 0, "filed": 0}, "期间没有新上报的问题。"),
        ({"filed": 0}, "期间上报问题120件，均未立案。"),
        ({"closed": Rate(n=0, of=0)}, "没有到期应办结的问题，不计算结案率。"),
        ({"closed": Rate(n=0, of=5), "in_time": Rate(n=0, of=5)}, "应办结5件，均未结案。"),
        ({"in_time": Rate(n=0, of=95)}, "结案率94.7%，均超过期限。"),
        ({"struck": Rate(n=0, of=7)}, "到期7项，均未销号。"),
        ({"overdue": 0}, "没有逾期未办的问题。"),
        ({"struck": Rate(n=0, of=0)}, "累计下发整改清单12份，尚无到期事项。"),
        ({"came": 99}, "与2024年11月相比，上报问题减少1件，"),
        ({"came": 100}, "与2024年11月相比，上报问题数量持平，"),
        ({"closed": Rate(n=9, of=10)}, "，结案率持平。"),
        ({"closed": Rate(n=4, of=5)}, "，结案率下降10.0个百分点。"),
        ({"closed": Rate(n=0, of=0)}, "相比，上报问题增加20件。"),
        ({"since": date(2025, 1, 3), "until": date(2025, 1, 3)}, "现将2025年1月3日云溪市"),
        ({"since": date(2024, 12, 2)}, "现将2024年12月2日至12月31日云溪市"),
        ({"since": date(2024, 12, 30), "until": date(2025, 1, 3)}, "2024年12月30日至2025年1月3日"),
    ],
)
def test_a_month_without_anything_reads_as_people_say_it(change: dict[str, object], sentence: str) -> None:
    assert sentence in said(bulletin_of_period(replace(PERIOD, **change)))  # type: ignore[arg-type]


def test_a_month_is_not_compared_with_one_in_which_nothing_came() -> None:
    empty = MonthBefore(since=date(2024, 11, 1), until=date(2024, 11, 30), came=0, closed=Rate(n=0, of=0))

    assert "相比" not in said(bulletin_of_period(replace(PERIOD, before=empty)))
    assert "相比" not in said(bulletin_of_period(replace(PERIOD, before=None)))


@pytest.mark.parametrize(
    ("since", "until", "before"),
    [
        (date(2025, 1, 1), date(2025, 1, 31), (date(2024, 12, 1), date(2024, 12, 31))),
        (date(2024, 3, 1), date(2024, 3, 31), (date(2024, 2, 1), date(2024, 2, 29))),
        (date(2025, 1, 1), date(2025, 1, 30), None),
        (date(2025, 1, 1), date(2025, 2, 28), None),
    ],
)
def test_only_a_whole_month_has_a_month_before_it(since: date, until: date, before: tuple[date, date] | None) -> None:
    assert rules.month_before(since, until) == before


COUNTS = some.integers(0, 30)


@some.composite
def rounds(draw: some.DrawFn) -> RoundFacts:
    """A round in which anything may be missing."""
    n = draw(some.integers(0, 4))
    places = tuple(
        Place(name=f"示范村{letter}", points=Fraction(draw(some.integers(0, 10_000)), 100)) for letter in "甲乙丙丁"[:n]
    )
    findings = draw(COUNTS)
    return replace(
        ROUND, places=places, listed=n + draw(COUNTS), towns=min(n, 3), findings=findings,
        cases=draw(some.integers(0, findings)), classes=(("杂物堆", findings),),
        red_from=draw(some.none() | some.just(90)), black_below=draw(some.none() | some.just(80)),
        bands=draw(some.sampled_from([(), ROUND.bands])), appeals=draw(COUNTS), upheld=draw(some.integers(0, 2)),
    )  # fmt: skip


@some.composite
def periods(draw: some.DrawFn) -> PeriodFacts:
    """A month in which anything may be missing."""
    of = draw(COUNTS)
    rate = some.integers(0, of).map(lambda n: Rate(n=n, of=of))
    return replace(
        PERIOD, came=draw(COUNTS), filed=draw(COUNTS), closed=draw(rate), in_time=draw(rate), rework=draw(rate),
        overdue=draw(COUNTS), classes=draw(some.sampled_from([(), PERIOD.classes])),
        late_units=draw(some.sampled_from([(), PERIOD.late_units])), lists=draw(COUNTS), struck=draw(rate),
        before=draw(some.none() | some.builds(replace, some.just(PERIOD.before), came=COUNTS, closed=rate)),
    )  # fmt: skip


@given(rounds().map(bulletin_of_round) | periods().map(bulletin_of_period))
def test_every_figure_is_a_fact_and_every_name_has_one(proposal: Proposal) -> None:
    facts = {fact.name for fact in proposal.facts}

    for part in proposal.parts:
        assert rules.figures_without_source(part.text) == ()
        assert rules.unknown_names(part.text, facts) == ()
        assert not rules.has_loose_brace(part.text)
    assert {name for part in proposal.parts for name in rules.names_in(part.text)} == facts


@given(rounds().map(bulletin_of_round) | periods().map(bulletin_of_period))
def test_nothing_reads_like_a_machine(proposal: Proposal) -> None:
    text = said(proposal)

    assert not re.search(r"None|\{|\}|[^0-9.]0[个处件项份]|0/0|nan|，，|。。|、。|：。", text)


@pytest.mark.parametrize(
    ("text", "loose"),
    [
        ("共检查{抽查村数}个村。", ()),
        ("请于2025年1月10日前、5个工作日内整改。", ()),
        ("依据演清办〔2025〕3号，见附件2。", ()),
        ("共检查12个村。", ("12",)),
        ("结案率94.7%，共1,046件。", ("94.7%", "1,046")),
        ("一要限期整改。", ()),
    ],
)
def test_a_figure_that_was_typed_has_no_source(text: str, loose: tuple[str, ...]) -> None:
    assert rules.figures_without_source(text) == loose


def test_a_text_falls_into_words_and_facts() -> None:
    fact = Fact(name="抽查村数", text="3", query="round.抽查村数")

    assert rules.pieces("共{抽查村数}个。", {"抽查村数": fact}) == ("共", fact, "个。")
    assert rules.pieces("没有。", {}) == ("没有。",)
    assert rules.filled("共{抽查村数}个{谁}。", {"抽查村数": fact}) == "共3个{谁}。"


@pytest.mark.parametrize(
    ("n", "of", "percent"),
    [(0, 0, None), (0, 7, "0.0"), (7, 7, "100.0"), (1, 3, "33.3"), (1, 8, "12.5"), (1, 16, "6.3")],
)
def test_a_rate_of_nothing_is_no_rate(n: int, of: int, percent: str | None) -> None:
    assert Rate(n=n, of=of).percent == percent

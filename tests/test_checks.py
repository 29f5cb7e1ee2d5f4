import json
import time

import pytest

from assistant.check_names import about_persons
from assistant.check_polarity import contradicts
from assistant.checks import (
    SUPPORT_THRESHOLD,
    check_figures,
    check_names,
    is_supported,
    misplaced_figures,
    support,
)
from eval.support import PAIRS, Agreement, agreement, read_pairs
from index.folding import fold

AWARD = (
    "因见义勇为致残的给予不低于五万元的奖金，因见义勇为死亡或者完全丧失劳动能力的，"
    "给予不低于十万元奖金；由市、县（市、区）平安建设领导小组办公室按程序上报。"
)
TABLE = "指标 | 2020年基数 | 基金收入(亿元) | 110.8 | 参保覆盖率(%) | 95"


@pytest.mark.parametrize(
    "sentence",
    ["奖金不低于10万元[1]。", "给予100000元奖金【2】", "1. 致残的不低于50,000元［1，2］"],
)
def test_equal_amounts_pass_however_written(sentence):
    assert check_figures(sentence, [AWARD]) == []


def test_a_figure_without_equal_is_returned_as_written():
    assert check_figures("死亡的给予二十万元，致残的5万元", [AWARD]) == ["二十万元"]
    assert check_figures("不低于10元", [AWARD]) == ["10元"]


def test_figures_may_come_from_any_text_of_the_evidence():
    assert check_figures("2022年10月31日起奖10万元", [AWARD, "自2022年10月31日起施行"]) == []
    assert check_figures("奖10万元", []) == ["10万元"]


def test_a_date_is_backed_by_a_more_exact_one_only():
    assert check_figures("2022年9月", ["2022年9月底前"]) == []
    assert check_figures("9月30日", ["2022年9月底前"]) == []
    assert check_figures("2022年9月30日", ["2022年9月"]) == ["2022年9月30日"]
    assert check_figures("2023年9月", ["2022年9月底前"]) == ["2023年9月"]


def test_measure_words_that_say_the_same():
    assert check_figures("15个企业、16名顾问、300元", ["15家企业，16人，300元/亩"]) == []
    assert check_figures("15次", ["15家企业"]) == ["15次"]


def test_a_table_cell_takes_its_unit_from_the_column():
    assert check_figures("2020年基金收入110.8亿元，覆盖率95%", [TABLE]) == []
    assert check_figures("收入110.8万元", [TABLE]) == ["110.8万元"]


def test_document_numbers_may_be_shortened_but_not_changed():
    assert check_figures("府发[2022]14号", ["赣市府发〔2022〕14号"]) == []
    assert check_figures("赣市府办发〔2022〕14号", ["赣市府发〔2022〕14号"]) != []


def test_codes_must_occur_whole():
    assert (
        check_figures("拨打12345，执行GB/T19001，用5.0版", ["12345热线；GB/T 19001、5.0版"]) == []
    )
    assert check_figures("GB/T1900", ["GB/T19001"]) == ["GB/T1900"]
    assert check_figures("电话0797-8992218", ["电话(0797)8992217"]) == ["0797-8992218"]


def test_articles_and_list_numbers_are_no_figures():
    assert check_figures("（1）成立一个专班[12]", ["组建工作专班"]) == []


def test_figures_that_belong_to_something_else_are_misplaced():
    clause = "到2025年累计建成高标准农田430万亩；到2030年累计建成450万亩。"
    assert misplaced_figures("到2025年累计建成高标准农田450万亩", [clause]) == ["450万亩"]
    assert misplaced_figures("到2025年累计建成高标准农田430万亩", [clause]) == []
    shared = "分别给予300万元、100万元一次性奖励"
    assert misplaced_figures("给予100万元奖励", [shared]) == []


@pytest.mark.parametrize(
    ("sentence", "evidence"),
    [
        ("由市卫生健康委员会负责", "同时报市卫健委"),
        ("由市卫健委负责", "分管市卫生健康委员会"),
        ("由住房和城乡建设局负责", "市住建局牵头"),
        ("由市人社局负责", "市人力资源和社会保障局"),
        ("找林业局咨询", "责任单位：市林业局"),
        ("赣州市应急管理局负责", "由市应急管理局负责"),
        ("经民政部门批准", "公安、民政、财政等部门"),
        ("由县级人民政府授予", "由县（市、区）人民政府授予"),
        ("各有关部门配合", "应当协助"),
    ],
)
def test_one_office_in_its_forms(sentence, evidence):
    assert check_names(sentence, [evidence]) == []


@pytest.mark.parametrize(
    ("sentence", "evidence", "missing"),
    [
        ("由市农业农村局负责", "由市林业局负责", "市农业农村局"),
        ("由市城市管理局负责", "由市应急管理局负责", "市城市管理局"),
        ("由省林业局负责", "由市林业局负责", "省林业局"),
        ("由公安机关批准", "由民政部门批准", "公安机关"),
        ("由省人民政府授予", "由市人民政府授予", "省人民政府"),
        ("由市级财政奖励", "由县级财政奖励", "市级财政"),
        ("唐晓强同志任副局长", "唐晓青同志任副局长", "唐晓强"),
        ("市长李克强主持", "市长李克坚主持", "李克强"),
        ("根据《失业保险条例》", "按照《工伤保险条例》", "《失业保险条例》"),
        ("在崇义县试点", "在上犹、大余试点", "崇义县"),
    ],
)
def test_a_name_that_is_not_there(sentence, evidence, missing):
    assert check_names(sentence, [evidence]) == [missing]


def test_a_title_may_be_shortened_and_written_in_other_marks():
    full = "《赣州市见义勇为人员奖励和保障实施办法》"
    assert check_names("《见义勇为人员奖励办法》", [full]) == []
    assert check_names("〈关于开展质量提升行动的通知〉", ["《关于开展质量提升行动的通知》"]) == []


def test_appointments_of_other_persons_are_left_out():
    notice = (
        "唐晓青同志任市民政局副局长；免去丁毅同志的市民政局副局长职务；"
        "免去陆经龙同志的市水利局副局长职务。"
    )
    assert about_persons("丁毅被免职", [notice]) == ["免去丁毅同志的市民政局副局长职务"]
    assert about_persons("谁被免职", [notice]) == [notice]
    assert is_supported("免去丁毅同志的市民政局副局长职务", [notice]).supported
    assert is_supported("免去丁毅同志的市水利局副局长职务", [notice]).names == ("市水利局",)
    assert not is_supported("丁毅同志任市民政局副局长", [notice]).supported


@pytest.mark.parametrize(
    ("sentence", "evidence"),
    [
        ("可以向申报组织收取费用", "不向申报组织收取任何费用"),
        ("缓缴期间收取滞纳金", "缓缴期间免收滞纳金"),
        ("车辆可以进入安全警戒区", "禁止与事件处置无关的人员和车辆进入安全警戒区"),
        ("3000万元以下的项目应当约谈", "对3000万元以上的项目进行约谈"),
        ("缴纳土地出让金前办结", "缴纳土地出让金后办结"),
        ("只有本人可以申请", "本人及其亲属可以申请"),
        ("利率下浮25%", "利率上浮不超过25%"),
    ],
)
def test_opposites_are_recognised_both_ways(sentence, evidence):
    assert contradicts(fold(sentence), fold(evidence))


@pytest.mark.parametrize(
    ("sentence", "evidence"),
    [
        ("公示时间至少七个工作日", "公示时间不得少于七个工作日"),
        ("不收滞纳金", "免收欠费滞纳金"),
        ("各部门不能再用财政资金新建平台", "禁止各部门利用财政资金新建平台"),
        ("最高200万元", "累计不超过200万元"),
    ],
)
def test_the_same_in_other_words_is_no_contradiction(sentence, evidence):
    assert not contradicts(fold(sentence), fold(evidence))


def test_support_of_quotes_inventions_and_nothing():
    assert support(AWARD, [AWARD]) == 1.0
    assert support("根据规定，[1]。", [AWARD]) == 1.0
    assert support("子女入学可以加分", [AWARD]) < 0.2
    assert support(AWARD, []) == 0.0


def test_a_short_invention_in_a_long_sentence_lowers_support():
    quote = "因见义勇为死亡或者完全丧失劳动能力的，给予奖金"
    assert support(quote, [AWARD]) == 1.0
    assert support(f"{quote}，并为子女安排公务员岗位", [AWARD]) < SUPPORT_THRESHOLD


def test_a_verdict_names_what_speaks_against_it():
    verdict = is_supported("致残的由市财政局给予六万元奖金", [AWARD])
    assert not verdict.supported
    assert verdict.figures == ("六万元",)
    assert verdict.names == ("市财政局",)


def test_kappa_is_agreement_beyond_chance():
    assert Agreement(0.5, both=20, only_check=5, only_label=10, neither=15).kappa == pytest.approx(
        0.4
    )
    assert Agreement(0.5, both=3, only_check=0, only_label=0, neither=3).kappa == 1.0


def test_labelled_pairs_are_well_formed_and_balanced():
    rows = [json.loads(row) for row in PAIRS.read_text(encoding="utf-8").splitlines()]
    assert all(set(row) == {"sentence", "clause", "supported", "note"} for row in rows)
    assert len({(row["sentence"], row["clause"]) for row in rows}) == len(rows) >= 120
    assert 0.4 <= sum(row["supported"] for row in rows) / len(rows) <= 0.6


def test_the_threshold_agrees_with_the_labels():
    pairs = read_pairs()
    verdicts = [is_supported(pair.sentence, [pair.clause]) for pair in pairs]
    assert agreement(pairs, verdicts, SUPPORT_THRESHOLD).kappa >= 0.8


def test_ten_sentences_are_checked_in_30_ms():
    pairs = read_pairs()
    evidence = [pair.clause for pair in pairs[::12]][:5]
    sentences = [pair.sentence for pair in pairs[::24]][:10]
    is_supported(sentences[0], evidence)  # loads the dictionary
    timings = []
    for round_ in range(20):
        fresh = [f"{text}（{round_}）" for text in evidence]  # nothing cached
        start = time.perf_counter()
        for sentence in sentences:
            is_supported(sentence, fresh)
        timings.append(time.perf_counter() - start)
    assert sorted(timings)[18] <= 0.030 * 4  # the slack is for a busy machine

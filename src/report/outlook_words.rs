//! The words about several rounds, each in both languages.

use super::words::words;
use crate::language::Words;

words! {
    TITLE = "Outlook over {count} {count:round/rounds} from {from} to {to}", "{from} 至 {to} 共 {count} 轮的展望";
    NO_ROUNDS = "Outlook without rounds", "没有轮次的展望";
    STANDING = "Every round was verified before its figures were read.", "每一轮的数据均在结果通过核验后读取。";
    ROUNDS = "The rounds", "所依据的轮次";
    MISSING = "Years without a round: {years}. Nothing is guessed for them.", "没有轮次的年度：{years}。不作任何推测。";
    YES = "yes", "是";
    NO = "no", "否";
    SIGNALS = "What the last {rounds} {rounds:round says/rounds say} of each programme", "最近 {rounds} 轮对各专业的建议";
    COUNTS = "Programmes: {counts}.", "专业数：{counts}。";
    COUNT = "{signal}: {count}", "{signal} {count}";
    BY_SIGNAL = "Programmes by what the rounds say of them", "各项建议涉及的专业数";
    RULES = "A word follows from the last {rounds} {rounds:round/rounds}: add where seats were free for {scarce} in 100 of the people in each; warn where {crowded} in 100 or more were left for want of seats in the last and at least half of them; stop where {vain} in 100 or more were in each, and no seat was free. Nothing is said of a programme with fewer than {least} {least:person/people} in one of them.", "建议依据最近 {rounds} 轮：每轮可供空席均达到人数的 {scarce}% 为扩大；最近一轮及至少一半轮次因席位不足未安置者达到 {crowded}% 为预警；每轮均达到 {vain}% 且无空席为停招。任一轮该专业不足 {least} 人的，不作判断。";
    EVIDENCE = "The figures of each programme, round by round", "各专业逐轮数据";
    DEMAND = "Seats by occupation in {year}", "{year} 年度各职业席位";
    REST = "… and {count} more in the files", "……其余 {count} 行见各文件";
    YEARS = "Seats by occupation and year", "各职业逐年席位";
}

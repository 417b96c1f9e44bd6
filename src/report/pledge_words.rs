//! The words of promises and of the investment incentive, each in both languages.

use super::words::words;
use crate::language::Words;

words! {
    PROMISES = "Promises to hire: {kept} kept, {broken} broken, {unknown} not yet known", "录用承诺：{kept} 项已兑现，{broken} 项未兑现，{unknown} 项尚未可知";
    PROMISED = "promised", "承诺比例";
    TRAINED = "class before", "上一班人数";
    HIRED = "hired", "录用";
    MISSING_HIRES = "missing", "尚缺";
    TO_HIRE = "to be hired of those now placed", "本轮安置中应录用";
    PERCENT = "{percent} %", "{percent} %";
    INCENTIVES = "Investment incentive: 30 % of what is invested, against the surcharges of the year (yuan)", "投资抵免：投资额的 30% 抵免当年教育费附加和地方教育附加（元）";
    YEAR = "year", "年度";
    INVESTED = "invested", "投资";
    BROUGHT = "brought forward", "上年结转";
    CREDIT = "credit", "可抵免额";
    LAPSED = "lapsed", "撤回失效";
    SURCHARGE = "surcharges", "附加";
    OFFSET = "set off", "抵免";
    REPAID = "to be repaid", "应补缴";
    CARRIED = "carried forward", "结转";
}

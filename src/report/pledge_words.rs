//! The words of promises and of the investment incentive, each in both languages.

use super::words::words;
use crate::language::Words;

words! {
    PROMISES = "Promises to hire: {kept} kept, {broken} broken, {unknown} not yet known", "录用承诺：{kept} 项已兑现，{broken} 项未兑现，{unknown} 项尚未可知";
    INCENTIVES = "Investment incentive: 30 % of what is invested, against the surcharges of the year (yuan)", "投资抵免：投资额的 30% 抵免当年教育费附加和地方教育附加（元）";
}

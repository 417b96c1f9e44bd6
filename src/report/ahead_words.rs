//! The words about a year ahead, each in both languages.

use super::words::words;
use crate::language::Words;

words! {
    PROJECTED = "Projected for {year} from {years} {years:year/years} in a row, {from} to {to}, by exponential smoothing. The interval is that of {level} in 100 years like these; it knows of no change that these years do not show.", "以 {from} 至 {to} 连续 {years} 个年度用指数平滑预测 {year} 年度。区间按与这些年度相似时 {level}% 的把握给出，不包含这些年度未曾出现的变化。";
    TOO_FEW = "Nothing is projected for {year}: {years} {years:year/years} in a row up to {to} {years:is/are} too few, {needed} {needed:is/are} needed.", "不预测 {year} 年度：截至 {to} 的连续年度仅 {years} 个，至少需要 {needed} 个。";
}

//! The words about fairness and envy, each in both languages.

use super::words::words;
use crate::language::Words;

words! {
    FAIRNESS = "Rates and points by group", "各群体安置率与得分";
    BY = "by", "分组方式";
    QUARTILES = "points: least, quartiles, most", "得分：最低、四分位、最高";
    POINTS = "{least} | {lower} | {median} | {upper} | {most}", "{least} | {lower} | {median} | {upper} | {most}";
    ENVY = "Envy: of {of} people with wishes, {people} are in a pair with a post that would both rather have each other ({free} pairs with a free seat, {occupant} with somebody there whom the post prefers less; the limits of the market would let {allowed} of them come together).", "嫉妒对：填报志愿的 {of} 人中，{people} 人与某岗位互相更愿意选择对方（{free} 对有空席，{occupant} 对现有人员排序更靠后；其中 {allowed} 对在市场限额内可以成立）。";
    NO_ENVY = "Envy: of {of} people with wishes, nobody is in a pair with a post that would both rather have each other.", "嫉妒对：填报志愿的 {of} 人中，没有人与任何岗位互相更愿意选择对方。";
}

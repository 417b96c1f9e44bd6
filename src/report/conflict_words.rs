//! The words about markets whose limits cannot all hold, each in both languages.

use super::words::words;
use crate::language::Words;

words! {
    WHY = "Why the limits cannot all hold", "各项限额为何不能同时满足";
    SUM = "The minimums below ask for {needed} {needed:person/people} in all; {most} of these can be placed at most, so {missing} {missing:is/are} missing.", "下列各项下限共需 {needed} 人，其中最多可安置 {most} 人，缺 {missing} 人。";
    SUM_UNKNOWN = "The minimums below ask for {needed} {needed:person/people} in all; how many of these can be placed was not found out.", "下列各项下限共需 {needed} 人，其中最多可安置多少人未判明。";
    SUM_IN_ALL = "With all limits of the market, its minimums miss {missing} {missing:person/people} at least.", "计入市场全部限额，各项下限合计至少缺 {missing} 人。";
    PEOPLE = "{people} {people:person/people} could be placed where one of them counts.", "可安置到其中任一项的共 {people} 人。";
    IRREDUCIBLE = "Every one of these demands is needed for the contradiction: whatever resolves it changes at least one of them.", "下列各项要求缺一不可构成矛盾：要消除矛盾，至少须改变其中一项。";
    REDUCIBLE = "Some of these demands may not be needed for the contradiction: it took too long to find out.", "其中有些要求可能与矛盾无关：未能在限度内判明。";
    MINIMUM = "minimum", "下限";
    KIND = "of", "类别";
    SOURCE = "source", "依据";
    NEEDED = "needed", "需要人数";
    PRESENT = "already there", "已在岗";
    ACCEPTABLE = "acceptable people", "合格人数";
    HOMES = "Acceptable for {name} ({id}): {homes}", "{name}（{id}）的合格人员：{homes}";
    NOBODY = "nobody", "无";
    CUT = "Not acceptable there: {cuts}", "不合格人员：{cuts}";
    HOME = "{people} of {name} ({id})", "{name}（{id}）{people} 人";
    OBSTACLE = "{people} by {code} {rule}", "{code} {rule} {people} 人";
    AND_MORE = "{people} of {count} more", "另外 {count} 处 {people} 人";
    BETWEEN = "What stands between", "其间的限额";
    NOTHING = "Nothing stands between: there are not people enough.", "其间没有其他限额：人数不足。";
    LIMIT = "limit", "限额";
    MOST = "at most", "最多";
    OPENS_WITH = "opens with", "开班人数";
    REPAIRS = "What would make it possible, the cheapest first", "可行的调整，代价小的在前";
    REPAIRS_NOTE = "Each line, or each group of lines of one number, is enough alone, and no less of it is.", "每一行（或同一序号的各行）单独即可，且不能更少。";
    NO_REPAIRS = "No repair was found.", "未找到可行的调整。";
    FURTHER = "{count} further {count:change of a single limit that costs no less was/changes of a single limit that cost no less were} not tried.", "另有 {count} 项代价不更小的单项调整未逐一求解。";
    INCOMPLETE = "Not every question was answered within the limits; there may be cheaper repairs.", "部分问题未能在限度内判明，可能有代价更小的调整。";
    NUMBER = "no.", "序号";
    CHANGE = "change", "调整";
    BY = "by people", "人数";
    THEN = "the round then reaches", "调整后本轮达成";
    WAIVER = "{rule} waived: {unit} at {post}", "豁免 {rule}：{unit} 安排在 {post}";
    NAMED = "{name} ({id})", "{name}（{id}）";
}

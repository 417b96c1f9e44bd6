//! The words about rounds with something changed, each in both languages.

use super::words::words;
use crate::language::Words;

words! {
    HEADING = "What if", "假设方案";
    GOALS = "What each change would do to the goals", "各假设对目标的影响";
    WHOM = "What becomes of people", "人员去向";
    CURVES = "People placed more than in this round, over the number that changes", "该数值变化时，较本轮多安置的人数";
    TITLE = "What if: {name}", "假设：{name}";
    NAMELESS = "What if", "假设";
    EXACT = "Both rounds are proven best, so the differences are exact.", "两轮均已证明最优，差异为精确值。";
    NOT_EXACT = "One of the rounds is not proven best, so the differences are not exact.", "其中一轮尚未证明最优，差异并非精确值。";
    OTHER_POINTS = "Points before and after are in different scales, since what they count changes: they are not compared.", "前后得分的计分口径不同，因此不作比较。";
    CAN_STAY = "Everybody whose place is still there can stay there: no placement is worth more after the change.", "原岗位仍在的人员均可留在原处：变更后没有更好的安排。";
    CAN_STAY_SO_FAR = "Everybody whose place is still there can stay there: that is worth as much as what was found.", "原岗位仍在的人员均可留在原处：与所找到的安排同样好。";
    OF_CHANGE = "{name}: {said}", "{name}：{said}";
    YES = "yes", "是";
    NO = "no", "否";
    BEFORE = "before", "之前";
    AFTER = "after", "之后";
    CHANGE = "change", "变化";
    TURN = "what becomes of them", "去向";
    BETTER = "By their own wishes, {better} {better:is/are} better off and {worse} worse off; for {same} wishes say nothing.", "按本人志愿，{better} 人更好，{worse} 人更差，{same} 人无差别。";
    NOBODY = "Nobody moves.", "无人变动。";
    OPENED = "Classes that open: {names}.", "新开班：{names}。";
    CLOSED = "Classes that no longer open: {names}.", "不再开班：{names}。";
    UNIT = "unit", "人员（班组）";
    VIEW = "by their wishes", "按志愿";
    FROM = "from", "原岗位";
    TO = "to", "新岗位";
    VALUE = "value", "取值";
    KNOWN = "known", "状态";
    MOVED = "people concerned", "涉及人数";
    FLOOR = "floor", "下限";
    COST = "costs", "代价";
    LEAST = "group placed least", "安置率最低的群体";
    FLOORS = "What it costs to place at least a share of every group", "各群体安置率下限的代价";
    LEXIMIN = "How far the group placed least can be placed, then the next one", "安置率最低的群体最多可安置多少，其次依次如此";
    AT_LEAST = "placed at least", "至少安置";
    FAIREST = "The best round with all of these costs: {cost}.", "满足以上全部时最优方案的代价：{cost}。";
    UNNAMED = "{dimension} {value}", "{dimension} {value}";
    OF = "{group}: {placed} of {people}", "{group}：{people} 人中 {placed} 人";
}

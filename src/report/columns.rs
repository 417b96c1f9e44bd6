//! The columns of all tables of a report: each code once, with its unit and its words in both languages.

use super::table::{Column, Unit};
use crate::language::Words;
use crate::market::Dimension;

macro_rules! columns {
    ($($name:ident = $code:literal, $unit:ident, $en:literal, $zh:literal;)+) => {
        $(pub(super) const $name: Column = Column { code: $code, unit: Unit::$unit, words: Words::new($en, $zh) };)+

        /// Every column a table of a report may have.
        pub const COLUMNS: &[Column] = &[$($name),+];
    };
}

columns! {
    ID = "id", Id, "id", "编号";
    DIGEST = "digest", Id, "digest", "摘要";
    // What a row is about.
    POST = "post", Text, "post", "岗位";
    OWNER = "owner", Text, "offered by", "提供方";
    KIND = "kind", Text, "track", "类型";
    SECTOR = "sector", Text, "sector", "行业";
    OCCUPATION = "occupation", Text, "occupation", "职业";
    PLACE = "place", Text, "work place", "工作地";
    DIVISION = "division", Text, "division", "行政区划";
    SCHOOL = "school", Text, "school", "学校";
    PROGRAMME = "programme", Text, "programme", "专业";
    LEVEL = "level", Text, "level", "层次";
    HOME = "home", Text, "home", "生源地";
    FLAG = "flag", Text, "circumstance", "情形";
    ENTERPRISE = "enterprise", Text, "enterprise", "企业";
    CATEGORY = "category", Text, "category of programmes", "专业大类";
    DESTINATION = "destination", Text, "placed in", "去向";
    BY = "by", Text, "by", "分组方式";
    GROUP = "group", Text, "group", "人群";
    GOAL = "goal", Text, "goal", "目标";
    CLASS = "class", Text, "class", "班";
    NOT_OPENED = "not_opened", Text, "not opened", "未开班";
    LIMIT = "limit", Text, "limit", "限额";
    RULE = "rule", Text, "rule", "规则";
    SOURCE = "source", Text, "source", "依据";
    RULE_SOURCE = "rule_source", Words, "source", "依据";
    MODE = "mode", Text, "applied", "执行";
    CONDITION = "condition", Text, "condition", "条件";
    MEANING = "meaning", Words, "meaning", "含义";
    CHECK = "check", Text, "check", "核对项";
    STATE = "state", Text, "state", "状态";
    CAUSE = "cause", Text, "cause", "原因";
    CAUSES = "causes", Text, "causes, from what is nearest", "原因（由近及远）";
    EARLIER = "earlier", Text, "people who", "情况";
    PRICE = "price", Text, "price of a seat", "席位价格";
    ONE_MORE = "one_more", Text, "one more gains", "增加一个的增益";
    ONE_FEWER = "one_fewer", Text, "one fewer loses", "减少一个的损失";
    LOWER_MINIMUM = "lower_minimum", Text, "a minimum lower by one gains", "下限降低一个的增益";
    FORCE = "force", Text, "how it binds", "约束方式";
    FIGURE = "figure", Text, "figure", "指标";
    ATTAINED = "attained", Text, "reached", "达成";
    TARGET = "target", Text, "target", "目标";
    MET = "met", Text, "target met", "达标";
    NEAREST = "nearest", Text, "nearest to it", "最接近者";
    COUNTED = "counted", Text, "counted", "计得";
    BOUND = "bound", Text, "limit", "限额";
    WHAT = "what", Text, "what", "对象";
    YEAR = "year", Text, "year", "年度";
    ROUND = "round", Text, "round", "轮次";
    DATE = "date", Text, "date", "日期";
    OF_YEAR = "of_year", Text, "stands for its year", "代表该年度";
    PROJECTION = "projection", Text, "projection", "预测";
    SIGNAL = "signal", Text, "what they say", "建议";
    CROWDED = "crowded", Text, "left for want of seats, by round", "各轮因席位不足未安置";
    SPARE = "spare", Text, "free seats for them, by round", "各轮可供空席";
    UNIT = "unit", Text, "person or cohort", "人员（班组）";
    ADDS = "adds", Text, "adds", "贡献";
    RENT = "rent", Text, "what is left", "剩余";
    CERTAIN = "certain", Text, "certainty", "确定性";
    MARGIN = "margin", Text, "lost without it", "无此安排的损失";
    LOT = "lot", Text, "lottery number", "抽签号";
    PLACED_AT = "placed_at", Text, "placed at", "安排在";
    AS_GOOD_AT = "as_good_at", Text, "as good at", "安排在此同样好";
    HERE = "here", Text, "placed there, as good elsewhere", "安排在此、另有同样好的去处";
    AS_GOOD_HERE = "as_good_here", Text, "not there, as good there", "未安排在此、安排在此同样好";
    BEHIND = "behind", Text, "behind by", "落后";
    VERDICT = "verdict", Text, "in a word", "结论";
    REASON = "reason", Words, "reason", "理由";
    REMEDY = "remedy", Words, "what would change it", "如何改变";
    LOSS = "loss", Text, "what the round would lose", "本轮损失";
    CHANGED = "changed", Text, "what if", "假设";
    CAN_STAY = "can_stay", Text, "everybody can stay", "可全部留在原处";
    TURN = "turn", Text, "what becomes of them", "去向";
    // Counts.
    VALUE = "value", Count, "value", "取值";
    CONCERNED = "concerned", People, "people concerned", "涉及人数";
    LOOKED = "looked", Count, "looked at", "核查数";
    REACHED_LIMIT = "reached_limit", Count, "at the limit", "已达限额";
    EXCUSED = "excused", People, "not bound", "不受约束人数";
    PROMISED = "promised", Count, "promised, per cent", "承诺比例（%）";
    TRAINED = "trained", People, "class before", "上一班人数";
    HIRED = "hired", People, "hired", "录用";
    TO_HIRE = "to_hire", People, "to be hired of those now placed", "本轮安置中应录用";
    NUMBER = "number", Count, "number", "数量";
    WHOLE = "whole", Count, "of", "总数";
    PAIRS_SO = "pairs_so", Count, "pairs of people or cohorts and posts", "人员（班组）与岗位对数";
    PEOPLE = "people", People, "people", "人数";
    PLACED = "placed", People, "placed", "已安置";
    UNPLACED = "unplaced", People, "not placed", "未安置";
    WITH_CHOICE = "with_choice", People, "with an acceptable post", "有合格岗位";
    APPLICANTS = "applicants", People, "acceptable people", "合格人数";
    LEAST = "least", People, "needed", "开班人数";
    MISSING = "missing", People, "missing", "尚缺";
    BEYOND = "beyond", People, "people beyond", "超出人数";
    CROWDED_OUT = "crowded_out", People, "left for want of seats", "因席位不足未安置";
    SEATS = "seats", Seats, "seats", "席位";
    FREE = "free", Seats, "free seats for them", "可供空席";
    PRICED = "priced", Seats, "seats with a price", "有价格的席位";
    FILLED = "filled", Seats, "filled", "已填";
    LEFT = "left", Seats, "left", "空余";
    EXPECTED = "expected", Seats, "expected a year ahead", "下一年度预计";
    LOW = "low", Seats, "from", "区间下限";
    HIGH = "high", Seats, "to", "区间上限";
    SHORT = "short", Seats, "stay empty", "必然空缺";
    OPEN_SEATS = "open_seats", Seats, "seats open to them", "可选席位";
    ADDS_PLACED = "adds_placed", Seats, "one more person placed", "可多安置一人";
    ADDS_INSIDE = "adds_inside", Seats, "one more placed inside the consortium", "联合体内可多安置一人";
    ADDS_POINTS = "adds_points", Seats, "points alone", "只增加得分";
    ADDS_NOTHING = "adds_nothing", Seats, "nothing", "没有增益";
    PROGRAMMES = "programmes", Count, "programmes", "专业数";
    POSTS = "posts", Count, "posts", "岗位数";
    TAKEN = "posts_taken", Count, "posts with people", "有人的岗位";
    LIMITS = "limits", Count, "groups", "组数";
    PRESSING = "pressing", Count, "could be exceeded", "可能超出";
    AT_LIMIT = "at_limit", Count, "at their limit", "达到限额";
    CLOSED = "closed", Count, "closed", "未开";
    EXCEEDED = "exceeded", Count, "exceeded", "超出";
    PAIRS = "pairs", Pairs, "pairs cut (people x posts)", "排除对数（人×岗位）";
    // Shares and amounts.
    INVESTED = "invested", Money, "invested", "投资";
    BROUGHT = "brought", Money, "brought forward", "上年结转";
    CREDIT = "credit", Money, "credit", "可抵免额";
    LAPSED = "lapsed", Money, "lapsed", "撤回失效";
    SURCHARGE = "surcharge", Money, "surcharges", "附加";
    OFFSET = "offset", Money, "set off", "抵免";
    REPAID = "repaid", Money, "to be repaid", "应补缴";
    CARRIED = "carried", Money, "carried forward", "结转";
    SHARE = "share", Share, "share", "比例";
    TURNING_POINTS = "turning_points", Amount, "turns with more points", "转变所需加分";
    TURNING_SEATS = "turning_seats", Seats, "turns with more seats", "转变所需增席";
    BEFORE = "before", Amount, "before", "之前";
    AFTER = "after", Amount, "after", "之后";
    DIFFERENCE = "difference", Amount, "change", "变化";
    MORE_PLACED = "more_placed", Amount, "more people placed", "多安置人数";
    MORE_INSIDE = "more_inside", Amount, "more inside the consortium", "联合体内多安置人数";
    MORE_POINTS = "more_points", Amount, "more points", "增加得分";
    REACHED = "reached", Amount, "reached", "达成";
    POINTS = "points", Amount, "points", "得分";
    LOWEST = "lowest", Amount, "lowest points", "最低分";
    LOWER = "lower", Amount, "lower quartile", "下四分位";
    MEDIAN = "median", Amount, "median", "中位数";
    UPPER = "upper", Amount, "upper quartile", "上四分位";
    HIGHEST = "highest", Amount, "highest points", "最高分";
    LONGITUDE = "longitude", Degrees, "longitude", "经度";
    LATITUDE = "latitude", Degrees, "latitude", "纬度";
}

/// The column for the groups of a dimension.
pub(super) const fn of(dimension: Dimension) -> Column {
    match dimension {
        Dimension::Kind => KIND,
        Dimension::Sector => SECTOR,
        Dimension::Occupation => OCCUPATION,
        Dimension::Place => PLACE,
        Dimension::School => SCHOOL,
        Dimension::Programme | Dimension::Code => PROGRAMME,
        Dimension::Level => LEVEL,
        Dimension::Home => HOME,
        Dimension::Flag => FLAG,
        Dimension::Post => POST,
        Dimension::Owner => OWNER,
        Dimension::Employer => ENTERPRISE,
        _ => GROUP,
    }
}

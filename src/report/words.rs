//! The words of the report, each in both languages.

use crate::certificate::Condition;
use crate::language::Words;

macro_rules! words {
    ($($name:ident = $en:literal, $zh:literal;)+) => {
        $(pub(super) const $name: Words = Words::new($en, $zh);)+

        #[cfg(test)]
        pub(super) const ALL: &[Words] = &[$($name),+];
    };
}
pub(super) use words;

words! {
    TITLE = "Docking round {round} of {date}", "供需对接轮次 {round}（{date}）";
    OPTIMAL = "Proven optimal: no other placement reaches more.", "已证明最优：不存在更好的安排。";
    FEASIBLE = "Stopped early. Proven: no other placement reaches more than this plus {gap}.", "提前停止。已证明：任何其他安排最多再提高 {gap}。";
    OVERVIEW = "Overview", "总览";
    GOAL = "goal", "目标";
    REACHED = "reached", "达成";
    GROUP = "group", "人群";
    PEOPLE = "people", "人数";
    PLACED = "placed", "已安置";
    SHARE = "share", "比例";
    EVERYBODY = "everybody", "全体";
    SEATS = "seats", "席位";
    FILLED = "filled", "已填";
    APPLICANTS = "acceptable people", "合格人数";
    TRACKS = "Tracks", "各类培养岗位";
    TRACK = "track", "类型";
    POSTS = "posts", "岗位数";
    TAKEN = "posts with people", "有人的岗位";
    WISHES = "Of {people} people with wishes, {first} got their first wish and {any} one of their wishes.", "填报志愿的 {people} 人中，{first} 人获得第一志愿，{any} 人获得所填志愿之一。";
    DECIDED = "After earlier rounds", "与前轮衔接";
    EARLIER = "people who", "情况";
    STANDING = "have a placement that stands", "安置保持不变";
    DEPARTED = "have left", "已离开";
    STAYED = "stay at the post of the previous round", "保持上轮岗位";
    MOVED = "are moved to another post", "调整到其他岗位";
    DISPLACED = "were placed before and are no longer", "上轮已安置、本轮未安置";
    NEW = "are newly placed", "新安置";
    UNPLACED = "Not placed: {people} people", "未安置：{people} 人";
    CAUSE = "cause", "原因";
    OUTBID = "had acceptable posts, but all their seats went to others", "有合格岗位，但席位均已安排他人";
    NO_GAIN = "had a free seat at an acceptable post, but the goals would gain nothing from it", "合格岗位尚有空席，但对目标没有增益";
    LIMITED = "had a free seat at an acceptable post, but a class did not open, or another limit was reached", "合格岗位尚有空席，但该班未开或受其他限额约束";
    STOPPED = "had a free seat at an acceptable post when the run was stopped", "提前停止时合格岗位尚有空席";
    NO_POSTS = "there are no posts", "没有任何岗位";
    NO_POST = "no acceptable post; last obstacle: {rule}", "无合格岗位，最后受限于：{rule}";
    CLASSES = "Classes that open or not: {opened} of {all} opened", "达到人数才开班：{all} 个班中 {opened} 个开班";
    CLASS = "not opened", "未开班";
    LEAST = "needed", "开班人数";
    MISSING = "missing", "尚缺";
    LIMITS = "Quotas, mentors and bonds", "名额组、导师和人员关系";
    LIMIT = "limit", "限额";
    GROUPS = "groups", "组数";
    PRESSING = "could be exceeded", "可能超出";
    AT_LIMIT = "at their limit", "达到限额";
    CLOSED = "closed", "未开";
    EXCEEDED = "exceeded", "超出";
    BEYOND = "people beyond", "超出人数";
    MENTORS = "mentors", "导师";
    REOPENING = "What it would take to open the classes that did not open", "未开班的班如要开班需要什么";
    COST = "opening it would cost", "开班的代价";
    OPENS_WITH = "opens at no cost with", "降至几人可无代价开班";
    IMPOSSIBLE = "impossible", "不可能";
    UNKNOWN = "not found out", "未判明";
    CONTESTED = "Most contested posts", "竞争最激烈的岗位";
    CONTESTED_NOTE = "The price is what one more seat there would add to the round.", "席位价格即该岗位再增加一个席位可为本轮带来的价值。";
    CONTESTED_NOTE_DECIDED = "The price is what one more seat there would add to the round, with the same classes open and everybody under limits that cross in place.", "席位价格即该岗位再增加一个席位可为本轮带来的价值（所开的班不变，交叉限额所涉人员不动）。";
    CONTESTED_NOTE_STOPPED = "The price is what one more seat there would add to what is proven to be possible at most.", "席位价格即该岗位再增加一个席位时已证明上界的增量。";
    POST = "post", "岗位";
    OWNER = "offered by", "提供方";
    PRICE = "price of a seat", "席位价格";
    VACANT = "Posts with most seats left", "空余席位最多的岗位";
    LEFT = "left", "空余";
    SCHOOLS = "Schools", "学校";
    SCHOOL = "school", "学校";
    WITH_CHOICE = "with an acceptable post", "有合格岗位";
    ENTERPRISES = "Enterprises with most seats left", "空余席位最多的企业";
    ENTERPRISE = "enterprise", "企业";
    SECTOR = "sector", "行业";
    RULES = "Screening: {pairs} pairs of people or cohorts and posts are acceptable", "资格审查：{pairs} 对人员（班组）与岗位合格";
    RULE = "rule", "规则";
    SOURCE = "source", "依据";
    MODE = "applied", "执行";
    CUT = "pairs cut (people x posts)", "排除对数（人×岗位）";
    STRICT = "strict", "严格";
    SOFT = "soft (-{points})", "柔性（扣 {points} 分）";
    OFF = "off", "停用";
    PROOF = "Proof", "证明";
    CERTIFICATE = "Certificate: with the goals added up by importance, this placement is worth {value}; no placement can be worth more than {bound}.", "证书：各目标按重要性加总，本安排的总值为 {value}；任何安排的总值都不超过 {bound}。";
    CONDITION = "condition", "条件";
    MEANING = "meaning", "含义";
    STATE = "state", "状态";
    HOLDS = "holds", "成立";
    CAPACITY = "no post has more people than seats", "各岗位人数不超过席位数";
    ACCEPTABILITY = "everybody is placed where the rules allow", "每个人都安排在规则允许的岗位";
    HEADCOUNT = "nobody is placed twice, no cohort beyond its size", "无人重复安排，班组不超过其人数";
    SIGN = "only full posts have a price", "只有满员的岗位才有席位价格";
    RENT = "at these prices nobody could be placed better", "在这些价格下，任何人都没有更好的去处";
    GAP = "worth and bound differ by no more than stated", "目标值与上界之差不超过所述";
    CASES = "the cases that were told apart leave nothing out", "所分的各种情形没有遗漏";
    OF_THIS_ROUND = "the result belongs to this market, configuration and seed", "结果属于本市场、本配置和本种子";
    AUDIT = "Audit: headcounts, seats and {count} rules recounted for every placement; nothing is broken.", "审计：对每个安排复核人数、席位和 {count} 条规则，均无违反。";
    REPEAT = "Anybody can repeat both checks on the files of the round with the program `verify`.", "任何人都可以用 verify 程序对本轮文件重复以上两项检查。";
    DIGEST = "Digest {whole} (market {market}, configuration {config}, seed {seed})", "摘要 {whole}（市场 {market}，配置 {config}，种子 {seed}）";
    PERSON_UNIT = "{amount} placed", "安置 {amount} 人";
    INSIDE_UNIT = "{amount} inside the consortium", "联合体内 {amount} 人";
    POINTS_UNIT = "{amount} points", "{amount} 分";
    NOTHING = "nothing", "无";
    MORE = "… and {count} more in result.json", "……其余 {count} 行见 result.json";
}

/// What a condition of the certificate means to people.
pub(super) const fn meaning(condition: Condition) -> Words {
    match condition {
        Condition::Capacity => CAPACITY,
        Condition::Acceptability => ACCEPTABILITY,
        Condition::Headcount => HEADCOUNT,
        Condition::Sign => SIGN,
        Condition::Rent => RENT,
        Condition::Gap => GAP,
        Condition::Cases => CASES,
        Condition::Digest => OF_THIS_ROUND,
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn both_languages_say_something_and_leave_the_same_places_open() {
        let others = [
            crate::report::answer_words::ALL,
            crate::report::compliance_words::ALL,
            crate::report::conflict_words::ALL,
            crate::report::fairness_words::ALL,
            crate::report::key_figure_words::ALL,
            crate::report::pledge_words::ALL,
            crate::report::what_if_words::ALL,
            crate::report::shortage_words::ALL,
        ]
        .concat();
        for words in super::ALL.iter().chain(&others) {
            let open = |text: &str| {
                let mut names: Vec<String> =
                    text.split('{').skip(1).filter_map(|rest| rest.split('}').next().map(str::to_owned)).collect();
                names.sort();
                names
            };
            assert!(!words.en.is_empty() && !words.zh.is_empty());
            assert_eq!(open(words.en), open(words.zh), "{}", words.en);
        }
    }
}

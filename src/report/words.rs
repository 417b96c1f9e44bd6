//! The words of the report, each in both languages.

use crate::language::Words;

macro_rules! words {
    ($($name:ident = $en:literal, $zh:literal;)+) => {
        $(pub(super) const $name: Words = Words::new($en, $zh);)+

        #[cfg(test)]
        pub(super) const ALL: &[Words] = &[$($name),+];
    };
}

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
    UNPLACED = "Not placed: {people} people", "未安置：{people} 人";
    CAUSE = "cause", "原因";
    OUTBID = "had acceptable posts, but all their seats went to better use", "有合格岗位，但席位另有更优安排";
    NO_POST = "no acceptable post; last obstacle: {rule}", "无合格岗位，最后受限于：{rule}";
    CONTESTED = "Most contested posts", "竞争最激烈的岗位";
    CONTESTED_NOTE = "The price is what one more seat there would add to the round.", "席位价格即该岗位再增加一个席位可为本轮带来的价值。";
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
    CERTIFICATE = "Certificate: value {value}, bound {bound}. Conditions that hold: {conditions}.", "证书：目标值 {value}，上界 {bound}。成立的条件：{conditions}。";
    AUDIT = "Audit: headcounts, seats and {count} rules recounted for every placement; nothing is broken.", "审计：对每个安排复核人数、席位和 {count} 条规则，均无违反。";
    DIGEST = "Digest {whole} (market {market}, configuration {config}, seed {seed})", "摘要 {whole}（市场 {market}，配置 {config}，种子 {seed}）";
    PERSON_UNIT = "{amount} placed", "安置 {amount} 人";
    INSIDE_UNIT = "{amount} inside the consortium", "联合体内 {amount} 人";
    POINTS_UNIT = "{amount} points", "{amount} 分";
    NOTHING = "nothing", "无";
    MORE = "… and {count} more in result.json", "……其余 {count} 行见 result.json";
}

#[cfg(test)]
mod tests {
    #[test]
    fn both_languages_say_something_and_leave_the_same_places_open() {
        for words in super::ALL {
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

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
    EVERYBODY = "everybody", "全体";
    TRACKS = "Tracks", "各类培养岗位";
    WISHES = "Of {people} {people:person/people} with wishes, {first} got their first wish and {any} one of their wishes.", "填报志愿的 {people} 人中，{first} 人获得第一志愿，{any} 人获得所填志愿之一。";
    DECIDED = "After earlier rounds", "与前轮衔接";
    STANDING = "have a placement that stands", "安置保持不变";
    DEPARTED = "have left", "已离开";
    STAYED = "stay at the post of the previous round", "保持上轮岗位";
    MOVED = "are moved to another post", "调整到其他岗位";
    DISPLACED = "were placed before and are no longer", "上轮已安置、本轮未安置";
    NEW = "are newly placed", "新安置";
    UNPLACED = "Not placed: {people} {people:person/people}", "未安置：{people} 人";
    OUTBID = "had acceptable posts, but all their seats went to others", "有合格岗位，但席位均已安排他人";
    NO_GAIN = "had a free seat at an acceptable post, but the goals would gain nothing from it", "合格岗位尚有空席，但对目标没有增益";
    LIMITED = "had a free seat at an acceptable post, but a class did not open, or another limit was reached", "合格岗位尚有空席，但该班未开或受其他限额约束";
    STOPPED = "had a free seat at an acceptable post when the run was stopped", "提前停止时合格岗位尚有空席";
    NO_POSTS = "there are no posts", "没有任何岗位";
    NO_POST = "no acceptable post; last obstacle: {rule}", "无合格岗位，最后受限于：{rule}";
    CLASSES = "Classes that open or not: {opened} of {all} opened", "达到人数才开班：{all} 个班中 {opened} 个开班";
    LIMITS = "Quotas, mentors and bonds", "名额组、导师和人员关系";
    MENTORS = "mentors", "导师";
    REOPENING = "What it would take to open the classes that did not open", "未开班的班如要开班需要什么";
    COST = "opening it would cost", "开班的代价";
    OPENS_WITH = "opens at no cost with", "降至几人可无代价开班";
    IMPOSSIBLE = "impossible", "不可能";
    UNKNOWN = "not found out", "未判明";
    CONTESTED = "Most contested posts", "竞争最激烈的岗位";
    CONTESTED_NOTE = "The price is what one more seat there would add to the round where limits have room for it.", "席位价格即限额尚有余量时，该岗位再增加一个席位可为本轮带来的价值。";
    CONTESTED_NOTE_DECIDED = "The price is what one more seat there would add to the round where limits have room for it, with the same classes open and everybody under limits that cross in place.", "席位价格即限额尚有余量时，该岗位再增加一个席位可为本轮带来的价值（所开的班不变，交叉限额所涉人员不动）。";
    CONTESTED_NOTE_STOPPED = "The price is what one more seat there would add to what is proven to be possible at most.", "席位价格即该岗位再增加一个席位时已证明上界的增量。";
    EQUALS = "Decided among equals", "同等方案的取舍";
    NO_EQUALS = "No other placement is as good as this one.", "没有与本方案同样好的其他安排。";
    EQUALS_STANDING = "That holds as long as classes stay open or closed and crossing limits stay filled as they are.", "前提是开班与否及交叉限额的占用保持不变。";
    CERTAINTY = "How certain placements are", "安排的确定性";
    EQUAL_PEOPLE = "People for whom another best result does something else, the lowest lottery number first", "在另一最优方案中去处不同的人员（抽签号由小到大）";
    EQUAL_POSTS = "Posts where another best result has other people, by id", "在另一最优方案中人员不同的岗位（按编号）";
    AND_OTHERS = "{list} and {count} more", "{list}等，另 {count} 项";
    SEAT_PRICES = "Seats of every post from both sides, the dearest first", "各岗位席位的两侧价格（由高到低）";
    LIMIT_PRICES = "Quotas and mentors from both sides, the dearest first", "名额组与导师的两侧价格（由高到低）";
    VACANT = "Posts with most seats left", "空余席位最多的岗位";
    SCHOOLS = "Schools", "学校";
    ENTERPRISES = "Enterprises, those with most seats left first", "企业（空余席位多者在前）";
    RULES = "Screening: {pairs} {pairs:pair/pairs} of people or cohorts and posts {pairs:is/are} acceptable", "资格审查：{pairs} 对人员（班组）与岗位合格";
    STRICT = "strict", "严格";
    SOFT = "soft (-{points})", "柔性（扣 {points} 分）";
    OFF = "off", "停用";
    PROOF = "Proof", "证明";
    CERTIFICATE = "Certificate: with the goals added up by importance, this placement is worth {value}; no placement can be worth more than {bound}.", "证书：各目标按重要性加总，本安排的总值为 {value}；任何安排的总值都不超过 {bound}。";
    HOLDS = "holds", "成立";
    CAPACITY = "no post has more people than seats", "各岗位人数不超过席位数";
    ACCEPTABILITY = "everybody is placed where the rules allow", "每个人都安排在规则允许的岗位";
    HEADCOUNT = "nobody is placed twice, no cohort beyond its size", "无人重复安排，班组不超过其人数";
    SIGN = "only full posts have a price", "只有满员的岗位才有席位价格";
    RENT = "at these prices nobody could be placed better", "在这些价格下，任何人都没有更好的去处";
    GAP = "worth and bound differ by no more than stated", "目标值与上界之差不超过所述";
    CASES = "the cases that were told apart leave nothing out", "所分的各种情形没有遗漏";
    OF_THIS_ROUND = "the result belongs to this market, configuration and seed", "结果属于本市场、本配置和本种子";
    AUDIT = "Audit: headcounts, seats and {count} {count:rule/rules} recounted for every placement; nothing is broken.", "审计：对每个安排复核人数、席位和 {count} 条规则，均无违反。";
    REPEAT = "Anybody can repeat both checks on the files of the round with the program `verify`.", "任何人都可以用 verify 程序对本轮文件重复以上两项检查。";
    DIGEST = "Digest {whole} (market {market}, configuration {config}, seed {seed})", "摘要 {whole}（市场 {market}，配置 {config}，种子 {seed}）";
    HEADLINE = "The round in figures", "本轮概览";
    PEOPLE_PLACED = "people placed", "安置人数";
    SEATS_FILLED = "seats filled", "已填席位";
    PLACED_INSIDE = "placed inside the consortium", "安置在联合体内";
    FIRST_WISHES = "got their first wish", "获第一志愿";
    ANY_WISH = "got one of their wishes", "获所填志愿之一";
    CLASSES_OPENED = "classes opened", "已开班";
    DASH = "–", "–";
    GOALS = "What was reached of each goal", "各目标的达成";
    CIRCUMSTANCES = "People placed, everybody and by circumstance", "全体及各情形人员的安置";
    TRACKS_CAPTION = "Seats by track: filled and left", "各类岗位席位：已填与空余";
    FLOWS = "From programmes to sectors", "从专业到产业";
    FLOWS_CAPTION = "People placed, from the category of their programme to the sector of the enterprise", "已安置人数：从专业大类到企业所属行业";
    NO_CATEGORY = "employees and others", "在职人员及其他";
    NO_SECTOR = "sector not stated", "未注明行业";
    AT_A_SCHOOL = "further study at a school", "升学";
    PLACES = "Where seats and people are", "席位与人员分布";
    PLACES_CAPTION = "Seats by work place: the larger the circle, the more seats; the number beside it is how many are left, the colour what share is filled", "各工作地席位：圆越大席位越多，旁边数字为空余席位，颜色表示已填比例";
    UNPLACED_CAPTION = "People not placed, by cause", "未安置人员及原因";
    NOT_OPENED = "Classes that did not open, those that came nearest first", "未开班的班（最接近开班者在前）";
    ALL_CLASSES = "Every class that opens or not", "全部达到人数才开班的班";
    WORTH_CAPTION = "Seats by what one more seat at the same post would add first", "席位按同一岗位再增加一席首先带来的增益划分";
    CURVE_CAPTION = "Points that one more seat would add, besides people, over the seats of each track from the most contested to the least", "再增加一席所增得分（人数之外），各类岗位席位按竞争由强到弱排列";
    POSTS_CAPTION = "Every post", "全部岗位";
    SCHOOLS_CAPTION = "People of each school, and those placed", "各校人数与安置人数";
    RULES_CAPTION = "What each rule cut; a pair counts for the first rule that cuts it", "各规则排除的对数（计入首先排除它的规则）";
    RULE_NAMED = "{code} {rule}", "{code} {rule}";
    CONDITIONS = "What the certificate proves", "证书证明的条件";
    CHECKS = "What the audit recounted", "审计复核的内容";
    SOFT_RULE = "soft", "柔性";
    FAIRNESS = "Rates and points by group", "各群体安置率与得分";
    ENVY = "Envy: of {of} {of:person/people} with wishes, {people} {people:is/are} in a pair with a post that would both rather have each other ({free} {free:pair/pairs} with a free seat, {occupant} with somebody there whom the post prefers less; the limits of the market would let {allowed} of them come together).", "嫉妒对：填报志愿的 {of} 人中，{people} 人与某岗位互相更愿意选择对方（{free} 对有空席，{occupant} 对现有人员排序更靠后；其中 {allowed} 对在市场限额内可以成立）。";
    NO_ENVY = "Envy: of {of} {of:person/people} with wishes, nobody is in a pair with a post that would both rather have each other.", "嫉妒对：填报志愿的 {of} 人中，没有人与任何岗位互相更愿意选择对方。";
    SHORTAGES = "Seats left by group of posts", "各类岗位空缺及原因";
    SURPLUSES = "People left by group", "各群体未安置人数及原因";
    BY_CAUSE = "{cause}: {count}", "{cause}：{count}";
    BY_RULE = "{code} {rule}: {count}", "{code} {rule}：{count}";
    CUTS = "Seats that stay empty whoever is placed where", "无论如何安排都必然空缺的席位";
    CUT = "{by} {group}: {seats} {seats:seat/seats} at {posts} {posts:post/posts} ({names}) {seats:is/are} acceptable for {people} {people:person/people} only ({homes}); {short} {short:stays/stay} empty.", "{by} {group}：{posts} 个岗位（{names}）的 {seats} 个席位仅有 {people} 人合格（{homes}），{short} 个席位必然空缺。";
    HOME = "{people} of {name} ({id})", "{name}（{id}）{people} 人";
    NOBODY = "nobody", "无人";
    RATES_SCHOOL = "Share of people placed, by school", "各校安置率";
    RATES_LEVEL = "Share of people placed, by level", "各层次安置率";
    RATES_HOME = "Share of people placed, by home", "各生源地安置率";
    RATES_FLAG = "Share of people placed, by circumstance", "各情形人员安置率";
    SHORTAGES_KIND = "Seats left by track", "各类岗位空缺";
    SHORTAGES_SECTOR = "Seats left by sector", "各行业空缺";
    SHORTAGES_OCCUPATION = "Seats left by occupation", "各职业空缺";
    SHORTAGES_PLACE = "Seats left by work place", "各工作地空缺";
    SURPLUSES_SCHOOL = "People left by school", "各校未安置人员";
    SURPLUSES_PROGRAMME = "People left by programme", "各专业未安置人员";
    PERSON_UNIT = "{amount} placed", "安置 {amount} 人";
    INSIDE_UNIT = "{amount} inside the consortium", "联合体内 {amount} 人";
    POINTS_UNIT = "{amount} {amount:point/points}", "{amount} 分";
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
            crate::report::key_figure_words::ALL,
            crate::report::outlook_words::ALL,
            crate::report::pledge_words::ALL,
            crate::report::what_if_words::ALL,
            #[cfg(feature = "forecast")]
            crate::report::ahead_words::ALL,
            #[cfg(feature = "page")]
            crate::report::page_words::ALL,
        ]
        .concat();
        for words in super::ALL.iter().chain(&others) {
            let open = |text: &str| {
                let mut names: Vec<String> = text
                    .split('{')
                    .skip(1)
                    .filter_map(|rest| rest.split(['}', ':']).next().map(str::to_owned))
                    .collect();
                names.sort();
                names.dedup();
                names
            };
            assert!(!words.en.is_empty() && !words.zh.is_empty());
            for many in [
                "people", "persons", "seats", "posts", "pairs", "points", "rounds", "years", "rules", "are", "were",
                "have",
            ] {
                let bare =
                    words.en.split("} ").skip(1).any(|rest| rest.split([' ', ',', '.', ':']).next() == Some(many));
                assert!(!bare, "of one, `{many}` is wrong: {}", words.en);
            }
            assert_eq!(open(words.en), open(words.zh), "{}", words.en);
        }
    }
}

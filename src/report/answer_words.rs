//! The words of answers about one placement, each in both languages.

use super::words::words;
use crate::language::Words;

words! {
    ANSWERS = "Why, and why not", "为何如此安排，为何不作他选";
    PLACED_THERE = "Why they are placed there: what it adds, what a seat costs, and what is left", "安排在该岗位的理由：贡献、席位价格与剩余";
    NEXT_BEST = "The next best acceptable posts", "其次的合格岗位";
    NOT_PLACED_THERE = "Why they are not placed there", "未安排在该岗位的理由";
    WHY = "Why {unit} is placed at {name} ({id}, {owner})", "为何将 {unit} 安排在{owner}的{name}（{id}）";
    WHY_NOT = "Why {unit} is not placed at {name} ({id}, {owner})", "为何未将 {unit} 安排在{owner}的{name}（{id}）";
    STANDS = "That was decided before the round, for {people} {people:person/people}: {decision}. It is so in every result.", "本轮之前已定，{people} 人：{decision}。任何方案均保持不变。";
    STATE = "In a word: {verdict}.", "结论：{verdict}。";
    CRITERION = "criterion", "评分项";
    VALUE = "value", "值";
    POINTS = "points", "得分";
    PENALTY = "soft rules broken", "违反柔性规则";
    SUM = "sum", "合计";
    ADDS = "The placement adds to the goals: {value}.", "该安排对目标的贡献：{value}。";
    COSTS = "A seat there costs: {price}.", "该岗位一个席位的价格：{price}。";
    CHARGED = "Quotas of the school's side charge: {charge}.", "生源侧限额的价格：{charge}。";
    LEFT = "What is left: {rent}. No acceptable post leaves more.", "剩余：{rent}。没有任何合格岗位剩余更多。";
    LEFT_AS_DECIDED = "What is left: {rent}.", "剩余：{rent}。";
    CERTAIN = "Certainty: {certain}.", "确定性：{certain}。";
    WITHOUT = "The best result without it loses: {margin}.", "没有该安排的最优方案的损失：{margin}。";
    ALTERNATIVES = "The next best of {count} other acceptable {count:post/posts}:", "其他 {count} 个合格岗位中最接近的：";
    POST = "post", "岗位";
    OWNER = "offered by", "提供方";
    ADDED = "adds", "贡献";
    PRICE = "price of a seat", "席位价格";
    BEHIND = "behind by", "落后";
    RULE = "{code} {rule}: {reason}.", "{code} {rule}：{reason}。";
    SOURCE = "Source: {source}", "依据：{source}";
    REMEDY = "What would change it: {remedy}", "如何改变：{remedy}";
    LOSS = "Placing one member there would lose: {loss}. That is exact.", "若安排一人至该岗位，损失为：{loss}。此为精确值。";
    REDUCED = "Of that, because the pair is worth less than rent and price: {part}.", "其中因该配对低于本人剩余与席位价格之和：{part}。";
    TURNS = "The answer turns at {points} more {points:point/points} of this pair.", "该配对再增加 {points} 分，结论即改变。";
    SEATS = "The answer turns at {seats} more {seats:seat/seats} there.", "该岗位再增加 {seats} 个席位，结论即改变。";
    NO_SEATS = "Up to {seats} more {seats:seat there does/seats there do} not turn the answer.", "该岗位增加至多 {seats} 个席位，结论不变。";
    CHAIN = "The exchange it would set off:", "由此引发的调整：";
    CHANGE = "change", "变动";
    UNIT = "unit", "人员（班组）";
    FROM = "from", "原岗位";
    TO = "to", "新岗位";
    TRACK = "track", "类型";
    PEOPLE = "people", "人数";
    OTHERS = "Other people, counted:", "其他人员（仅计数）：";
    NOWHERE = "–", "–";
    NAMED = "{name} ({id})", "{name}（{id}）";
    UNPLACED = "{unit} is not placed.", "{unit} 未获安置。";
}

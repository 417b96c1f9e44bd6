//! The words about shortages and surpluses, each in both languages.

use super::words::words;
use crate::language::Words;

words! {
    SHORTAGES = "Seats left by group of posts", "各类岗位空缺及原因";
    SURPLUSES = "People left by group", "各群体未安置人数及原因";
    SEATS = "seats", "席位";
    LEFT = "left", "剩余";
    CAUSES = "causes, from what is nearest", "原因（由近及远）";
    CAUSE = "{cause}: {count}", "{cause}：{count}";
    BY_RULE = "{code} {rule}: {count}", "{code} {rule}：{count}";
    CUTS = "Seats that stay empty whoever is placed where", "无论如何安排都必然空缺的席位";
    CUT = "{by} {group}: {seats} seats at {posts} posts ({names}) are acceptable for {people} people only ({homes}); {short} stay empty.", "{by} {group}：{posts} 个岗位（{names}）的 {seats} 个席位仅有 {people} 人合格（{homes}），{short} 个席位必然空缺。";
    HOME = "{people} of {name} ({id})", "{name}（{id}）{people} 人";
    NOBODY = "nobody", "无人";
}

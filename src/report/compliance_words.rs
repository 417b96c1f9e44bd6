//! The words of the compliance sheet, each in both languages.

use super::words::words;
use crate::language::Words;

words! {
    COMPLIANCE = "Compliance", "合规情况表";
    SUMMARY = "No strict rule is broken; certificate and audit have proven it. Of {asked} {asked:rule, check or limit that was/rules, checks and limits that were} asked, {held} {held:holds/hold} with room, {at_limit} {at_limit:is at its/are at their} limit, {exceeded} {exceeded:is/are} soft and broken, {before} {before:was/were} exceeded before the round; {broken} {broken:promise was/promises were} broken.", "严格规则无一违反，证书和审计已予证明。所核 {asked} 项规则、检查和限额中，{held} 项遵守且有余量，{at_limit} 项已达限额，{exceeded} 项为柔性且有超出，{before} 项在本轮之前已超出，{broken} 项承诺未兑现。";
    UNASKED = "Nothing to ask: {codes}. Off: {off}.", "未涉及：{codes}。停用：{off}。";
    AGREEMENTS = "Agreements: people are placed under {used} of {all}; {none} {none:person is/people are} placed under none.", "协议：{all} 项中有 {used} 项有人在其下安置；{none} 人未在协议下安置。";
    NUMBER = "{unit}: {amount}", "{unit}：{amount}";
    PART = "{unit}: {amount} of {of} ({percent} %)", "{unit}：{amount}/{of}（{percent} %）";
    PART_OF_NONE = "{unit}: {amount} of 0", "{unit}：{amount}/0";
    PERCENT = "{percent} %", "{percent} %";
    LEAST = "at least {limit}", "至少 {limit}";
    MOST = "at most {limit}", "至多 {limit}";
    PLACEMENT = "{unit} at {post}", "{unit} → {post}";
}

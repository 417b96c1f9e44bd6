//! What would change the verdict of each rule.

use crate::language::Words;
use crate::market::Rule;

/// What would have to change for `rule` to allow a pair.
pub(super) const fn remedy(rule: Rule) -> Words {
    match rule {
        Rule::RoundScope => Words::new(
            "The school and the enterprise would both have to be in the scope of the round.",
            "学校和企业都须列入本轮范围。",
        ),
        Rule::Track => Words::new(
            "The post would have to be of a track that is open to this kind of person.",
            "岗位须属于面向该类人员的类型。",
        ),
        Rule::Level => {
            Words::new("The post would have to take people of this level of education.", "岗位须面向该培养层次。")
        }
        Rule::Grade => Words::new(
            "The person would have to be in a later year of study; a later round may fit.",
            "须升入更高年级；可参加以后的轮次。",
        ),
        Rule::Programme => Words::new(
            "The post would have to name the programme, or the farthest distance between programme and work would have to be wider.",
            "岗位须列入该专业，或放宽专业与工作的最大距离。",
        ),
        Rule::Agreement => Words::new(
            "School and enterprise would have to sign an agreement that covers the programme.",
            "学校与企业须签订覆盖该专业的协议。",
        ),
        Rule::Reach => {
            Words::new("The post would have to be open to people from farther away.", "岗位须面向更大的生源范围。")
        }
        Rule::Pay => Words::new("The enterprise would have to raise the pay to the floor.", "企业须将报酬提高到下限。"),
        Rule::Hazard => Words::new(
            "Nothing: the work is not allowed for students. Only another kind of work would do.",
            "无法改变：禁止安排学生从事该工作，只能更换工作内容。",
        ),
        Rule::Age => Words::new(
            "The post would have to start after the person has reached the age.",
            "岗位须在本人达到年龄后开始。",
        ),
        Rule::ProtectedWork => Words::new(
            "The work would have to be free of what the person is protected from.",
            "工作内容须不含对本人的禁忌项目。",
        ),
        Rule::Qualification => Words::new(
            "The person would have to hold the qualification, or the post not to ask for it.",
            "本人须取得证书，或岗位不作此要求。",
        ),
        Rule::Window => Words::new(
            "The time of the post would have to lie within the time the person is available.",
            "岗位时间须在本人可用时间之内。",
        ),
        Rule::Consent => Words::new("Whoever must agree would have to agree.", "须由应当同意的人签署同意。"),
        Rule::Decided => {
            Words::new("Whoever decided against it would have to take that back.", "须由作出该决定的一方撤回。")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_says_in_both_languages_what_would_change_it() {
        for rule in Rule::ALL {
            let Words { en, zh } = remedy(*rule);
            assert!(en.ends_with('.') && zh.ends_with('。') && !en.contains('{') && !zh.contains('{'), "{rule:?}");
        }
    }
}

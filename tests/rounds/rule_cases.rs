//! For each rule: pairs that only it cuts, with the sentence it says.

use jiff::civil::date;
use talent_match::market::{
    Consent, Decision, DecisionState, Enterprise, Hazard, Level, PostKind, Qualification, Reach, Rule, School, Sex,
    Supply,
};

use crate::world::{WINDOW, World, code};

/// A pair that only `rule` cuts.
pub(crate) struct Cut {
    pub(crate) rule: Rule,
    pub(crate) name: &'static str,
    pub(crate) world: World,
    pub(crate) en: &'static str,
    pub(crate) zh: &'static str,
}

fn cut(rule: Rule, name: &'static str, change: fn(&mut World), en: &'static str, zh: &'static str) -> Cut {
    let mut world = World::of_two();
    change(&mut world);
    Cut { rule, name, world, en, zh }
}

pub(crate) fn qualification(kind: &str, grade: u8) -> Qualification {
    Qualification::new(kind, grade).expect("a valid qualification")
}

fn become_employee(world: &mut World) {
    world.supply = vec![Supply::employee("li", "plant", date(1999, 3, 1), WINDOW)];
}

pub(crate) fn become_cohort(world: &mut World) {
    world.supply = vec![Supply::cohort("li", "machining", 2, 3, date(2007, 3, 1), WINDOW)];
}

pub(crate) fn through_training(world: &mut World) {
    world.unit().grade = Some(3);
    let post = world.post();
    (post.kind, post.owner) = (PostKind::ThroughTraining, "school".to_owned());
    (post.occupation, post.target) = (None, Some(code("460103")));
    post.programmes.clear();
}

/// Someone else of the round, so that a list of members can leave out school or plant.
pub(crate) fn neighbours(world: &mut World) {
    world.schools.push(School::new("other", "Another school", Level::Secondary, code("210213")));
    world.enterprises.push(Enterprise::new("rival", "Rival", code("210213"), 10));
}

/// Every case that is cut.
pub(crate) fn cuts() -> Vec<Cut> {
    let mut cases = by_studies();
    cases.extend(by_partners());
    cases.extend(by_person());
    cases.extend(by_decision());
    cases
}

/// Who takes part and what they study.
fn by_studies() -> Vec<Cut> {
    use Rule::{Grade, Level as Levels, Programme as Fit, RoundScope, Track};
    vec![
        cut(
            RoundScope,
            "a school left out",
            |world| {
                neighbours(world);
                world.round.schools = vec!["other".to_owned()];
            },
            "Vocational centre does not take part in the round autumn",
            "Vocational centre未参加本轮（autumn）",
        ),
        cut(
            RoundScope,
            "an enterprise left out",
            |world| {
                neighbours(world);
                world.round.enterprises = vec!["rival".to_owned()];
            },
            "Machine plant does not take part in the round autumn",
            "Machine plant未参加本轮（autumn）",
        ),
        cut(
            Track,
            "a student on a craftsman plan",
            |world| world.post().kind = PostKind::Craftsman,
            "the track “craftsman training” is not open to this student",
            "“工匠培育”不面向该学生",
        ),
        cut(
            Track,
            "an employee on an internship",
            become_employee,
            "the track “internship” is not open to this employee",
            "“岗位实习”不面向该职工",
        ),
        cut(
            Track,
            "a college student on through-training",
            |world| {
                world.study("460102");
                through_training(world);
            },
            "the track “through-training” is not open to this student",
            "“中高职贯通”不面向该学生",
        ),
        cut(
            Levels,
            "another level wanted",
            |world| world.post().levels = vec![Level::College, Level::Bachelor],
            "the post is for the levels college / bachelor, the programme is secondary",
            "岗位要求层次为高职专科 / 本科，所学专业为中职",
        ),
        cut(
            Grade,
            "a first-year student",
            |world| world.unit().grade = Some(1),
            "needs year of study 2 at least, is in year 1",
            "至少须为2年级，现为1年级",
        ),
        cut(
            Grade,
            "a job before the last year",
            |world| world.post().kind = PostKind::Job,
            "needs year of study 3 at least, is in year 2",
            "至少须为3年级，现为2年级",
        ),
        cut(
            Fit,
            "another category",
            |world| world.post().programmes = vec![code("6402"), code("71")],
            "the programme must fit the work at least as “same category”, it is “across categories”",
            "专业与岗位至少应为“同专业大类”，实为“跨专业大类”",
        ),
        cut(
            Fit,
            "an occupation nothing trains for",
            |world| world.post().programmes.clear(),
            "the programme must fit the work at least as “same category”, it is “across categories”",
            "专业与岗位至少应为“同专业大类”，实为“跨专业大类”",
        ),
    ]
}

/// What school and enterprise are to each other, and what the post is.
fn by_partners() -> Vec<Cut> {
    use Rule::{Agreement, Hazard as Forbidden, Pay, Reach as Within};
    vec![
        cut(
            Agreement,
            "an apprenticeship without agreement",
            |world| world.post().kind = PostKind::Apprenticeship,
            "Vocational centre has no agreement with Machine plant that covers the programme",
            "Vocational centre与Machine plant之间没有涵盖该专业的协议",
        ),
        cut(
            Agreement,
            "an agreement about another class",
            |world| {
                world.post().kind = PostKind::FieldEngineer;
                world.agree(&["6602", "4601"]);
            },
            "Vocational centre has no agreement with Machine plant that covers the programme",
            "Vocational centre与Machine plant之间没有涵盖该专业的协议",
        ),
        cut(
            Within,
            "another city",
            |world| {
                world.schools[0].region = code("210102");
                world.post().reach = Reach::City;
            },
            "the post reaches as far as “city”, this is “province”",
            "岗位生源范围为“本市”，实为“本省”",
        ),
        cut(
            Within,
            "the same city but no members",
            |world| world.post().reach = Reach::Consortium,
            "the post reaches as far as “consortium”, this is “city”",
            "岗位生源范围为“联合体内”，实为“本市”",
        ),
        cut(
            Within,
            "the work is in another province",
            |world| world.post().region = Some(code("110105")),
            "the post reaches as far as “province”, this is “country”",
            "岗位生源范围为“本省”，实为“全国”",
        ),
        cut(
            Pay,
            "one yuan below four fifths",
            |world| (world.post().wage, world.post().pay) = (Some(4_000), Some(3_199)),
            "pay must be at least 3200 CNY a month, it is 3199",
            "报酬至少应为每月3200元，实为3199元",
        ),
        cut(
            Pay,
            "a floor between two whole numbers",
            |world| (world.post().wage, world.post().pay) = (Some(4_001), Some(3_200)),
            "pay must be at least 3201 CNY a month, it is 3200",
            "报酬至少应为每月3201元，实为3200元",
        ),
        cut(
            Pay,
            "no pay stated beside a wage",
            |world| world.post().wage = Some(1),
            "pay must be at least 1 CNY a month, it is 0",
            "报酬至少应为每月1元，实为0元",
        ),
        cut(
            Forbidden,
            "through an agency to a bar",
            |world| {
                // An adult, for whom the night shift is open.
                world.unit().birth = date(2005, 1, 1);
                world.post().hazards = vec![Hazard::Agency, Hazard::NightShift, Hazard::Entertainment];
            },
            "students must not be placed here: through an agency, entertainment venue",
            "不得安排学生从事：中介代理、娱乐场所",
        ),
    ]
}

fn by_person() -> Vec<Cut> {
    use Rule::{Age, Consent as Agreed, ProtectedWork, Qualification as Certificate, Window};
    vec![
        cut(
            Age,
            "sixteen one day after the start",
            |world| world.unit().birth = date(2010, 9, 2),
            "must be 16 years old at the start, will be 15",
            "开始时须满16周岁，届时为15周岁",
        ),
        cut(
            Age,
            "born on a leap day, the day before the first of March",
            |world| {
                world.unit().birth = date(2008, 2, 29);
                (world.post().start, world.unit().from) = (date(2024, 2, 28), date(2024, 2, 1));
            },
            "must be 16 years old at the start, will be 15",
            "开始时须满16周岁，届时为15周岁",
        ),
        cut(
            ProtectedWork,
            "a minor on night shift",
            |world| world.post().hazards = vec![Hazard::NightShift, Hazard::Toxic],
            "this work is closed to the person: night shift, toxic",
            "不得安排该学生从事：夜班、有毒",
        ),
        cut(
            ProtectedWork,
            "an adult woman underground",
            |world| {
                (world.unit().birth, world.unit().sex) = (date(2007, 3, 1), Some(Sex::Female));
                world.post().hazards = vec![Hazard::Underground, Hazard::Height];
            },
            "this work is closed to the person: underground work",
            "不得安排该学生从事：井下作业",
        ),
        cut(
            ProtectedWork,
            "a cohort underground has women",
            |world| {
                become_cohort(world);
                world.post().hazards = vec![Hazard::Underground];
            },
            "this work is closed to the person: underground work",
            "不得安排该学生从事：井下作业",
        ),
        cut(
            Certificate,
            "one grade short, and another kind missing",
            |world| {
                world.unit().qualifications = vec![qualification("焊工", 3)];
                world.post().qualifications = vec![qualification("焊工", 4), qualification("车工", 1)];
            },
            "lacks the qualification 焊工:4, 车工:1",
            "缺少证书：焊工:4、车工:1",
        ),
        cut(
            Window,
            "available a day late",
            |world| world.unit().from = date(2026, 9, 2),
            "the post runs 2026-09-01 – 2027-02-28, the person is available 2026-09-02 – 2027-02-28",
            "岗位时间为2026-09-01 – 2027-02-28，本人可用时间为2026-09-02 – 2027-02-28",
        ),
        cut(
            Window,
            "gone a day early",
            |world| world.unit().to = date(2027, 2, 27),
            "the post runs 2026-09-01 – 2027-02-28, the person is available 2026-09-01 – 2027-02-27",
            "岗位时间为2026-09-01 – 2027-02-28，本人可用时间为2026-09-01 – 2027-02-27",
        ),
        cut(
            Agreed,
            "a minor without guardian",
            |world| world.unit().consent = Consent::Student,
            "needs the consent of “student and guardian”, has “student”",
            "需要“本人与监护人”同意，现为“本人”",
        ),
        cut(
            Agreed,
            "an adult who has not agreed",
            |world| (world.unit().birth, world.unit().consent) = (date(2007, 3, 1), Consent::Nobody),
            "needs the consent of “student”, has “nobody”",
            "需要“本人”同意，现为“无”",
        ),
        cut(
            Agreed,
            "a family with a place of its own",
            |world| world.unit().consent = Consent::OptedOut,
            "needs the consent of “student and guardian”, has “opted out”",
            "需要“本人与监护人”同意，现为“自主选择”",
        ),
    ]
}

/// What was decided before the round.
fn by_decision() -> Vec<Cut> {
    use Rule::Decided;
    vec![
        cut(
            Decided,
            "a pair that is forbidden",
            |world| {
                let forbidden = Decision::at("li", "fitter", DecisionState::Forbidden);
                world.decisions = vec![forbidden.because("Family works there").of_round(2)];
            },
            "the pair is closed: forbidden (round 2): Family works there",
            "该组合已排除：禁止（第 2 轮）：Family works there",
        ),
        cut(
            Decided,
            "a post that was declined",
            |world| world.decisions = vec![Decision::at("li", "fitter", DecisionState::Declined)],
            "the pair is closed: declined",
            "该组合已排除：已拒绝",
        ),
    ]
}

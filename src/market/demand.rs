//! The demand side: posts of enterprises and schools.

use jiff::civil::Date;

use super::cell::scalar_by_word;
use super::record::record;
use super::{Level, OccupationCode, ProgrammeCode, ProgrammePattern, Qualification, RegionCode};
use crate::language::vocabulary;

vocabulary! {
    /// The tracks a person can be placed on.
    PostKind {
        /// A job after graduation.
        Job = "job", "job", "就业岗位";
        /// A post internship.
        Internship = "internship", "internship", "岗位实习";
        /// A seat in an order class.
        OrderClass = "order_class", "order class", "订单班";
        /// An apprenticeship.
        Apprenticeship = "apprenticeship", "apprenticeship", "学徒制";
        /// A seat of a field-engineer programme.
        FieldEngineer = "field_engineer", "field engineer", "现场工程师";
        /// A seat of a through-training class, secondary school to college.
        ThroughTraining = "through_training", "through-training", "中高职贯通";
        /// A seat of a craftsman plan, for employees.
        Craftsman = "craftsman", "craftsman training", "工匠培育";
    }
}

impl PostKind {
    /// Whether people on this track have mentors, in a market that has any.
    #[must_use]
    pub const fn is_mentored(self) -> bool {
        matches!(self, Self::Apprenticeship | Self::FieldEngineer | Self::Craftsman)
    }
}

vocabulary! {
    /// Whether a post may stay closed.
    Opening {
        /// It is open whatever the number of people.
        Always = "always", "always open", "始终开放";
        /// It opens with at least its minimum, or not at all.
        OrClosed = "or_closed", "opens or not", "满额开班";
    }
}

vocabulary! {
    /// Who may take part, from near to far.
    Reach {
        /// People of consortium members only.
        Consortium = "consortium", "consortium", "联合体内";
        /// People of the same city.
        City = "city", "city", "本市";
        /// People of the same province.
        Province = "province", "province", "本省";
        /// Everybody.
        Country = "country", "country", "全国";
    }
}

vocabulary! {
    /// What makes work unfit for some or for all students.
    Hazard {
        /// A bar, night club, karaoke, bath, game room or internet cafe.
        Entertainment = "entertainment", "entertainment venue", "娱乐场所";
        /// Placed through an agency.
        Agency = "agency", "through an agency", "中介代理";
        /// Physical work of grade III or more.
        HeavyLabour = "heavy_labour", "heavy labour", "重体力劳动";
        /// Work at height.
        Height = "height", "work at height", "高处作业";
        /// Work underground.
        Underground = "underground", "underground work", "井下作业";
        /// Radioactive substances.
        Radioactive = "radioactive", "radioactive", "放射性";
        /// Toxic substances.
        Toxic = "toxic", "toxic", "有毒";
        /// Explosives and inflammables.
        Explosive = "explosive", "explosive", "易燃易爆";
        /// Night shifts.
        NightShift = "night_shift", "night shift", "夜班";
    }
}

scalar_by_word!(PostKind, Opening = Opening::Always, Reach = Reach::Province, Hazard);

record! {
    /// A post: seats of one kind at one enterprise or school.
    Post in "posts" {
        /// Id, unique among posts.
        id: String,
        /// Name.
        name: String,
        /// Track.
        kind: PostKind,
        /// Id of the enterprise or school that offers it; a school for through-training.
        owner: String,
        /// Ids of further enterprises and schools that carry it together with the owner.
        sponsors: Vec<String>,
        /// Occupation; none for through-training.
        occupation: Option<OccupationCode>,
        /// Programme of the college a through-training class leads to.
        target: Option<ProgrammeCode>,
        /// Wanted programmes, classes or categories, most wanted first; any that lead to the occupation when empty.
        programmes: Vec<ProgrammePattern>,
        /// Levels that may apply; all when empty.
        levels: Vec<Level>,
        /// Seats that must be filled.
        seats_min: u32,
        /// Seats there are.
        seats_max: u32,
        /// `always`, or `or_closed` for a class that opens with its minimum or not at all.
        opening: Opening,
        /// Division of the work place; the owner's when empty.
        region: Option<RegionCode>,
        /// How far people may come from: `consortium`, `city`, `province` (when empty) or `country`.
        reach: Reach,
        /// First day.
        start: Date,
        /// Last day.
        end: Date,
        /// Pay in CNY a month.
        pay: Option<u32>,
        /// What the enterprise pays its own staff on this post, in CNY a month.
        wage: Option<u32>,
        /// Qualifications asked for, as `name:grade`.
        qualifications: Vec<Qualification>,
        /// Hazards of the work.
        hazards: Vec<Hazard>,
        /// People employed on the same kind of post.
        staff: Option<u32>,
        /// People on the post who are not of this round; every quota over posts alone counts them too.
        present: Option<u32>,
        /// Percent of the class that whoever offers it promises to hire, 1 to 100; for order classes, apprenticeships and field engineers.
        promise: Option<u8>,
        /// People of the class before this one, with `hired`; empty while it has not ended.
        trained: Option<u32>,
        /// Those of them who were hired.
        hired: Option<u32>,
    }
}

impl Post {
    /// A post with its required fields, no minimum, and the rest empty; the other fields are public.
    #[must_use]
    pub fn new(id: &str, name: &str, kind: PostKind, owner: &str, seats: u32, window: [Date; 2]) -> Self {
        Self {
            id: id.into(),
            name: name.into(),
            kind,
            owner: owner.into(),
            sponsors: Vec::new(),
            occupation: None,
            target: None,
            programmes: Vec::new(),
            levels: Vec::new(),
            seats_min: 0,
            seats_max: seats,
            opening: Opening::Always,
            region: None,
            reach: Reach::Province,
            start: window[0],
            end: window[1],
            pay: None,
            wage: None,
            qualifications: Vec::new(),
            hazards: Vec::new(),
            staff: None,
            present: None,
            promise: None,
            trained: None,
            hired: None,
        }
    }
}

vocabulary! {
    /// A side of the market.
    Side {
        /// Posts.
        Demand = "demand", "demand", "需求侧";
        /// Supply units.
        Supply = "supply", "supply", "供给侧";
    }
}

scalar_by_word!(Side);

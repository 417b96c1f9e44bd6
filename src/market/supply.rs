//! The supply side: students, cohorts and employees, and the round they take part in.

use jiff::civil::Date;

use super::cell::scalar_by_word;
use super::member::new_record;
use super::record::record;
use super::{Qualification, RegionCode};
use crate::language::vocabulary;

vocabulary! {
    /// What a supply unit is.
    SupplyKind {
        /// One student of a programme.
        Student = "student", "student", "学生";
        /// Several students of a programme who are alike.
        Cohort = "cohort", "cohort", "班组";
        /// An employee of an enterprise.
        Employee = "employee", "employee", "职工";
    }
}

vocabulary! {
    /// Sex as on the identity card; some work is closed to female students.
    Sex {
        /// Female.
        Female = "female", "female", "女";
        /// Male.
        Male = "male", "male", "男";
    }
}

vocabulary! {
    /// Who has agreed to being placed.
    Consent {
        /// Nobody yet.
        Nobody = "nobody", "nobody", "无";
        /// The student (or employee).
        Student = "student", "student", "本人";
        /// Student and guardian.
        Both = "both", "student and guardian", "本人与监护人";
        /// The family has chosen its own place.
        OptedOut = "opted_out", "opted out", "自主选择";
    }
}

vocabulary! {
    /// Circumstances that equity rules look at.
    Flag {
        /// From a poor family.
        Poor = "poor", "low income", "家庭困难";
        /// From a rural household.
        Rural = "rural", "rural", "农村";
        /// With a disability.
        Disabled = "disabled", "disability", "残疾";
    }
}

scalar_by_word!(SupplyKind, Sex, Consent = Consent::Nobody, Flag);

record! {
    /// A supply unit: one person, or a cohort of people who are alike.
    Supply in "supply" {
        /// Id, unique among supply units.
        id: String,
        /// `student`, `cohort` or `employee`.
        kind: SupplyKind,
        /// Id of the programme, for students and cohorts.
        programme: Option<String>,
        /// Id of the enterprise, for employees.
        enterprise: Option<String>,
        /// Number of people; 1 for a single person.
        headcount: u32,
        /// Year of study, 1 to 9; empty for employees.
        grade: Option<u8>,
        /// Birth date; of its youngest member for a cohort.
        birth: Date,
        /// Sex; empty for a cohort, which then counts as having members of both.
        sex: Option<Sex>,
        /// Qualifications held (by every member), as `name:grade`.
        qualifications: Vec<Qualification>,
        /// Division of the home; the school's or enterprise's when empty.
        region: Option<RegionCode>,
        /// First day available.
        from: Date,
        /// Last day available.
        to: Date,
        /// Who has agreed: `nobody` (when empty), `student`, `both` or `opted_out`.
        consent: Consent,
        /// Ids of wished posts, most wished first.
        wishes: Vec<String>,
        /// Circumstances.
        flags: Vec<Flag>,
    }
}

impl Supply {
    /// A student of `programme` in year `grade`, available through `window`, who and whose guardian have agreed.
    #[must_use]
    pub fn student(id: &str, programme: &str, grade: u8, birth: Date, window: [Date; 2]) -> Self {
        Self {
            id: id.into(),
            kind: SupplyKind::Student,
            programme: Some(programme.into()),
            enterprise: None,
            headcount: 1,
            grade: Some(grade),
            birth,
            sex: None,
            qualifications: Vec::new(),
            region: None,
            from: window[0],
            to: window[1],
            consent: Consent::Both,
            wishes: Vec::new(),
            flags: Vec::new(),
        }
    }

    /// `headcount` students of `programme` who are alike, the youngest born on `birth`.
    #[must_use]
    pub fn cohort(id: &str, programme: &str, grade: u8, headcount: u32, birth: Date, window: [Date; 2]) -> Self {
        Self { kind: SupplyKind::Cohort, headcount, ..Self::student(id, programme, grade, birth, window) }
    }

    /// Completed years of age on `day`.
    #[must_use]
    pub fn age_on(&self, day: Date) -> i16 {
        let before_birthday = (day.month(), day.day()) < (self.birth.month(), self.birth.day());
        day.year() - self.birth.year() - i16::from(before_birthday)
    }

    /// An employee of `enterprise`, available through `window`, who has agreed.
    #[must_use]
    pub fn employee(id: &str, enterprise: &str, birth: Date, window: [Date; 2]) -> Self {
        Self {
            kind: SupplyKind::Employee,
            programme: None,
            enterprise: Some(enterprise.into()),
            grade: None,
            consent: Consent::Student,
            ..Self::student(id, "", 1, birth, window)
        }
    }
}

record! {
    /// One docking round: who takes part, when, and the seed of its lottery.
    Round in "round" {
        /// Id of the round.
        id: String,
        /// Date of the round.
        date: Date,
        /// Seed of the lottery that orders equals, published before the round.
        seed: u64,
        /// Ids of the schools that take part; all when empty.
        schools: Vec<String>,
        /// Ids of the enterprises that take part; all when empty.
        enterprises: Vec<String>,
    }
}

new_record!(Round, id: &str, date: Date, seed: u64; schools: Vec::new(), enterprises: Vec::new());

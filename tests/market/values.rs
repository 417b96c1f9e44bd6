//! Single values and what must hold between the values of a row.

use talent_match::market::{Amount, Base, Bond, BondKind, Dimension, Facet, FaultCode, Mentor, Opening, Quota};

use super::sample::{Files, assert_faults, builder, document_faults};

#[test]
fn whole_numbers() {
    for number in
        ["-1", "+1", "1.0", "1e3", "4294967296", "99999999999999999999999", "0x10", "1 000", "１", "NaN", "two"]
    {
        let faults = Files::sample().with("enterprises.csv", "120", number).faults();
        assert_faults(&faults, &[(FaultCode::BadNumber, "enterprises.csv:3.staff (works)", number)]);
        assert_eq!(faults.all()[0].allowed, "0–4294967295");
    }
    for (number, told) in
        [("-1", "-1"), ("1.5", "1.5"), ("1.0", "1.0"), ("4294967296", "4294967296"), ("1e30", "1e+30")]
    {
        let faults = document_faults(|document| {
            document["posts"][1]["pay"] = serde_json::from_str(number).expect("a JSON number");
        });
        assert_faults(&faults, &[(FaultCode::BadNumber, "posts[1].pay (fitter)", told)]);
    }
    let seed = Files::sample().with("round.csv", ",7,", ",18446744073709551616,").faults();
    assert!(seed.has(FaultCode::BadNumber));
    assert!(Files::sample().with("round.csv", ",7,", ",18446744073709551615,").read().is_ok());
    for grade in ["0", "10"] {
        let faults = Files::sample().with("supply.csv", ",1,3,2008", &format!(",1,{grade},2008")).faults();
        assert_faults(&faults, &[(FaultCode::BadNumber, "supply.csv:4.grade (li)", grade)]);
        assert_eq!(faults.all()[0].allowed, "1–9");
    }
}

#[test]
fn dates() {
    for date in [
        "2026-02-30",
        "2026-9-1",
        "20260901",
        "2026/09/01",
        "01.09.2026",
        "2026-13-01",
        "2026-W36-2",
        "2026-09-01T00:00",
        "26-09-01",
        "2026-09",
        "today",
        "0000000000",
    ] {
        let faults = Files::sample().with("supply.csv", "2008-02-29", date).faults();
        assert_faults(&faults, &[(FaultCode::BadDate, "supply.csv:4.birth (li)", date)]);
    }
    let leap = Files::sample().with("supply.csv", "2008-02-29", "2009-02-29").faults();
    assert!(leap.has(FaultCode::BadDate));
}

#[test]
fn words_codes_flags_and_coordinates() {
    let faults = Files::sample()
        .with("schools.csv", "secondary", "Secondary")
        .with("schools.csv", "210200,true", "21020,yes")
        .with("posts.csv", "internship", "intern")
        .with("posts.csv", "height|night_shift", "height|fire")
        .with("posts.csv", "焊工:2|Web前端开发:1", "焊工:9")
        .with("programmes.csv", "660103", "400103")
        .with("regions.csv", "121.782655,39.050001", "181,39")
        .with("supply.csv", "poor|rural", "poor||rural")
        .with("supply.csv", "焊工:3", "焊工")
        .with("occupations.csv", "6-18-02-04", "6-18-2-4")
        .faults();
    assert_faults(
        &faults,
        &[
            (FaultCode::BadCodeForm, "occupations.csv:2.code (6-18-2-4)", "6-18-2-4"),
            (FaultCode::UnknownWord, "posts.csv:3.hazards (fitter)", "fire"),
            (FaultCode::UnknownWord, "posts.csv:3.kind (fitter)", "intern"),
            (FaultCode::BadQualification, "posts.csv:3.qualifications (fitter)", "焊工:9"),
            (FaultCode::BadCodeForm, "programmes.csv:2.code (centre-machining)", "400103"),
            (FaultCode::BadCoordinate, "regions.csv:4.longitude (210213)", "181"),
            (FaultCode::UnknownWord, "schools.csv:2.level (centre)", "Secondary"),
            (FaultCode::BadFlag, "schools.csv:3.member (college)", "yes"),
            (FaultCode::BadCodeForm, "schools.csv:3.region (college)", "21020"),
            (FaultCode::BadQualification, "supply.csv:2.qualifications (em)", "焊工"),
            (FaultCode::UnknownWord, "supply.csv:4.flags (li)", ""),
        ],
    );
    let north = Files::sample().with("regions.csv", "39.050001", "90.5").faults();
    assert_faults(&north, &[(FaultCode::BadCoordinate, "regions.csv:4.latitude (210213)", "90.5")]);
    for coordinate in ["NaN", "inf", "-inf", "1e400", "east"] {
        assert!(Files::sample().with("regions.csv", "121.782655", coordinate).faults().has(FaultCode::BadCoordinate));
    }
}

#[test]
fn windows_ranges_and_births() {
    let faults = Files::sample()
        .with("posts.csv", "2026-10-08,2027-04-07", "2027-04-07,2026-10-08")
        .with("supply.csv", "2026-09-01,2029-08-31", "2029-09-01,2029-08-31")
        .with("supply.csv", "2010-05-04", "2026-09-01")
        .with("supply.csv", "fitter|class", "fitter|class|fitter")
        .with("agreements.csv", "centre|plant", "plant|plant")
        .faults();
    assert_faults(
        &faults,
        &[
            (FaultCode::Parties, "agreements.csv:2.parties (shop)", ""),
            (FaultCode::WindowReversed, "posts.csv:3.end (fitter)", "2027-04-07 .. 2026-10-08"),
            (FaultCode::BornLate, "supply.csv:3.birth (group)", "2026-09-01"),
            (FaultCode::WindowReversed, "supply.csv:4.to (li)", "2029-09-01 .. 2029-08-31"),
            (FaultCode::DuplicateWish, "supply.csv:4.wishes (li)", "fitter"),
        ],
    );
}

#[test]
fn heads() {
    for headcount in ["0", "2"] {
        let faults = Files::sample().with("supply.csv", ",1,3,2008", &format!(",{headcount},3,2008")).faults();
        assert_faults(&faults, &[(FaultCode::PersonHeadcount, "supply.csv:4.headcount (li)", headcount)]);
    }
    let crowd = Files::sample().with("supply.csv", ",24,2,", ",4294967295,2,").faults();
    assert_faults(&crowd, &[(FaultCode::TooMany, "supply", "4294967298")]);
    let seats = Files::sample().with("posts.csv", "0,30,,", "0,4294967295,,").faults();
    assert_faults(&seats, &[(FaultCode::TooMany, "posts", "4294967337")]);
}

#[test]
fn what_a_kind_needs_and_excludes() {
    let faults = Files::sample()
        .with("posts.csv", "plant,works,6-18-02-04,,", "plant,works,,460103,")
        .with("posts.csv", "through_training,college,,,460103", "through_training,plant,,6-18-02-04,")
        .with("supply.csv", "em,employee,,works,1,,", "em,employee,centre-machining,,1,2,")
        .with("supply.csv", "li,student,centre-machining,,1,3,", "li,student,,plant,1,,")
        .faults();
    assert_faults(
        &faults,
        &[
            (FaultCode::KindNeeds, "posts.csv:2.occupation (class)", ""),
            (FaultCode::KindExcludes, "posts.csv:2.target (class)", "460103"),
            (FaultCode::KindExcludes, "posts.csv:4.occupation (through)", "6-18-02-04"),
            (FaultCode::KindExcludes, "posts.csv:4.owner (through)", "plant"),
            (FaultCode::KindNeeds, "posts.csv:4.target (through)", ""),
            (FaultCode::KindNeeds, "supply.csv:2.enterprise (em)", ""),
            (FaultCode::KindExcludes, "supply.csv:2.grade (em)", "2"),
            (FaultCode::KindExcludes, "supply.csv:2.programme (em)", "centre-machining"),
            (FaultCode::KindExcludes, "supply.csv:4.enterprise (li)", "plant"),
            (FaultCode::KindNeeds, "supply.csv:4.grade (li)", ""),
            (FaultCode::KindNeeds, "supply.csv:4.programme (li)", ""),
        ],
    );
    let both = Files::sample()
        .with("posts.csv", "through_training,college,,,460103", "through_training,college,,6-18-02-04,460103")
        .faults();
    assert_faults(&both, &[(FaultCode::KindExcludes, "posts.csv:4.occupation (through)", "6-18-02-04")]);
}

#[test]
fn seats_are_a_range() {
    let reversed = Files::sample().with("posts.csv", "0,30,,", "31,30,or_closed,").faults();
    assert_faults(&reversed, &[(FaultCode::RangeReversed, "posts.csv:2.seats_min (class)", "31 > 30")]);
    let class =
        Files::sample().with("posts.csv", "0,30,,", "20,30,or_closed,").read().expect("a class that opens or not");
    let class = class.post(class.find_post("class").expect("it is in the sample"));
    assert_eq!((class.seats_min, class.opening), (20, Opening::OrClosed));
}

fn facets(facets: &[(Dimension, &str)]) -> Vec<Facet> {
    facets.iter().map(|(dimension, value)| Facet::new(*dimension, value)).collect()
}

#[test]
fn faults_of_quotas_are_found_together() {
    let of = facets(&[
        (Dimension::Post, "gone"),
        (Dimension::Kind, "interns"),
        (Dimension::Occupation, "6-1"),
        (Dimension::Grade, "0"),
    ]);
    let mut quota = Quota::new("cap", "Cap", of).per(Dimension::Flag).per(Dimension::Owner).per(Dimension::Owner);
    (quota.penalty, quota.opening, quota.source) = (Some(0), Opening::OrClosed, Some("<a>".to_owned()));
    let faults = builder().quota(quota).build().expect_err("a quota with many faults");
    assert_faults(
        &faults,
        &[
            (FaultCode::QuotaLimits, "quotas[2].max (cap)", ""),
            (FaultCode::KindNeeds, "quotas[2].min (cap)", ""),
            (FaultCode::BadNumber, "quotas[2].of (cap)", "0"),
            (FaultCode::UnknownWord, "quotas[2].of (cap)", "interns"),
            (FaultCode::BadCodeForm, "quotas[2].of (cap)", "6-1"),
            (FaultCode::Dangling, "quotas[2].of (cap)", "gone"),
            (FaultCode::BadNumber, "quotas[2].penalty (cap)", "0"),
            (FaultCode::KindExcludes, "quotas[2].penalty (cap)", "0"),
            (FaultCode::QuotaPer, "quotas[2].per (cap)", "flag"),
            (FaultCode::QuotaPer, "quotas[2].per (cap)", "owner"),
            (FaultCode::BadName, "quotas[2].source (cap)", "<a>"),
        ],
    );
}

#[test]
fn groups_of_quotas_follow_from_the_numbers_of_the_market() {
    let quota = |of: &[(Dimension, &str)]| Quota::new("cap", "Cap", facets(of));
    let reversed = quota(&[(Dimension::Kind, "order_class")]).at_least(Amount::Percent(50, Base::Seats));
    let faults =
        builder().quota(reversed.at_most(Amount::Count(14))).build().expect_err("15 of 30 seats are more than 14");
    assert_faults(&faults, &[(FaultCode::RangeReversed, "quotas[2].min (cap)", "cap: 15 > 14")]);

    let by_staff = quota(&[]).per(Dimension::Member).at_most(Amount::Percent(10, Base::PostStaff));
    let faults = builder().quota(by_staff).build().expect_err("no post has staff");
    assert!(faults.has(FaultCode::NoStaff), "{faults}");

    let market = builder()
        .quota(quota(&[(Dimension::Code, "66")]).per(Dimension::Owner).per(Dimension::School).at_most(Amount::Count(3)))
        .build()
        .expect("a quota that crosses");
    let groups = market.quota_groups();
    let labels: Vec<String> =
        groups.iter().map(|group| group.label(&market)).filter(|label| label.starts_with("cap")).collect();
    let owners: std::collections::BTreeSet<&str> = market.posts().iter().map(|post| post.owner.as_str()).collect();
    assert_eq!(labels[0], format!("cap[owner:{};school:centre]", owners.first().expect("an owner")));
    assert_eq!(labels.len(), owners.len());
}

#[test]
fn mentors_and_bonds_name_what_there_is() {
    let mut mentor = Mentor::new("m", "centre", 5);
    mentor.programme = Some("college-machining".to_owned());
    let ids = |ids: &[&str]| ids.iter().map(|id| (*id).to_owned()).collect::<Vec<_>>();
    let market = builder()
        .mentor(mentor)
        .mentor(Mentor::new("n", "nobody", 5))
        .bond(Bond::new("alone", BondKind::Apart, ids(&["li"])))
        .bond(Bond::new("pair", BondKind::Together, ids(&["li", "li", "gone"])));
    assert_faults(
        &market.build().expect_err("faults"),
        &[
            (FaultCode::BondSize, "bonds[1].units (alone)", "apart"),
            (FaultCode::Dangling, "bonds[2].units (pair)", "gone"),
            (FaultCode::DuplicateRow, "bonds[2].units (pair)", "li"),
            (FaultCode::MentorProgramme, "mentors[2].programme (m)", "college-machining"),
            (FaultCode::Dangling, "mentors[3].party (n)", "nobody"),
        ],
    );
}

//! Where the figures of a report's page are in its JSON.

use serde_json::json;

use crate::figures::Of::{At, By, Fen, Share};
use crate::figures::{Source, at, marked, number};
use crate::follow::{
    adds, all, bound, called, causes, decided, equal_people, goals, groups, in_common, is_asked, left, measure, mode,
    more, nearest, only, price_curve, priced, rule, side, tied, turns, unplaced, within, worth,
};

/// A number that the data leaves out where it is 0.
macro_rules! or_none {
    ($pointer:literal) => {
        By(|row| number(row, $pointer).to_string())
    };
}

macro_rules! degrees {
    ($pointer:literal) => {
        By(|row| row.pointer($pointer).map_or_else(String::new, ToString::to_string))
    };
}

macro_rules! shortages {
    ($table:literal, $name:literal, $with:literal) => {
        Source {
            table: $table,
            rows: |data| groups(data, "shortages", $with, "unfilled"),
            figures: &[
                ("id", By(in_common)),
                ($name, By(called)),
                ("causes", By(causes)),
                ("seats", At("/demand")),
                ("applicants", At("/supply")),
                ("placed", At("/placed")),
                ("left", At("/unfilled")),
            ],
        }
    };
}

macro_rules! surpluses {
    ($table:literal, $name:literal, $with:literal) => {
        Source {
            table: $table,
            rows: |data| groups(data, "surpluses", $with, "unplaced"),
            figures: &[
                ("id", By(in_common)),
                ($name, By(called)),
                ("causes", By(causes)),
                ("people", At("/people")),
                ("open_seats", At("/demand")),
                ("placed", At("/placed")),
                ("unplaced", At("/unplaced")),
            ],
        }
    };
}

macro_rules! rates {
    ($table:literal, $name:literal, $with:literal) => {
        Source {
            table: $table,
            rows: |data| only(data, "fairness", |row| at(row, "/group").starts_with($with)),
            figures: &[
                ("id", By(in_common)),
                ($name, By(called)),
                ("people", At("/people")),
                ("with_choice", At("/with_choice")),
                ("placed", At("/placed")),
                ("share", Share("/placed", "/people")),
                ("lowest", At("/points/least")),
                ("lower", At("/points/lower")),
                ("median", At("/points/median")),
                ("upper", At("/points/upper")),
                ("highest", At("/points/most")),
            ],
        }
    };
}

pub(crate) const SOURCES: &[Source] = &[
    Source {
        table: "goals",
        rows: |data| all(data, "goals"),
        figures: &[("goal", At("/goal")), ("reached", At("/amount"))],
    },
    Source {
        table: "people",
        rows: |data| all(data, "people"),
        figures: &[
            (
                "group",
                By(|row| Some(at(row, "/flag")).filter(|flag| !flag.is_empty()).unwrap_or("everybody".to_owned())),
            ),
            ("people", At("/people")),
            ("placed", At("/placed")),
            ("share", Share("/placed", "/people")),
        ],
    },
    Source {
        table: "key_figures",
        rows: |data| only(data, "key_figures", |row| !row["target"].is_null() || row["reached"]["amount"] != 0),
        figures: &[
            ("figure", At("/code")),
            ("attained", By(|row| measure(&row["reached"]))),
            (
                "target",
                By(
                    |row| {
                        if row["target"].is_null() { String::new() } else { format!(">={}", measure(&row["target"])) }
                    },
                ),
            ),
            ("met", By(|row| row["met"].as_bool().map_or("", |met| if met { "yes" } else { "no" }).to_owned())),
            ("source", At("/source")),
        ],
    },
    Source {
        table: "tracks",
        rows: |data| only(data, "tracks", |row| row["posts"] != 0),
        figures: &[
            ("kind", At("/kind")),
            ("posts", At("/posts")),
            ("posts_taken", At("/posts_taken")),
            ("seats", At("/seats")),
            ("applicants", At("/applicants")),
            ("filled", At("/placed")),
            ("left", By(left)),
            ("share", Share("/placed", "/seats")),
        ],
    },
    Source { table: "decided", rows: decided, figures: &[("earlier", At("/earlier")), ("people", At("/people"))] },
    Source {
        table: "flows",
        rows: |data| all(data, "flows"),
        figures: &[
            (
                "category",
                By(|row| Some(at(row, "/category")).filter(|code| !code.is_empty()).unwrap_or("none".to_owned())),
            ),
            ("destination", By(|row| row.pointer("/to/sector").map_or_else(|| at(row, "/to"), marked))),
            ("people", At("/people")),
        ],
    },
    Source {
        table: "places",
        rows: |data| all(data, "places"),
        figures: &[
            ("id", At("/code")),
            ("division", By(|row| Some(at(row, "/name")).filter(|name| !name.is_empty()).unwrap_or(at(row, "/code")))),
            ("seats", At("/seats")),
            ("filled", At("/filled")),
            ("left", By(left)),
            ("share", Share("/filled", "/seats")),
            ("people", At("/people")),
            ("placed", At("/placed")),
            ("longitude", degrees!("/longitude")),
            ("latitude", degrees!("/latitude")),
        ],
    },
    Source { table: "unplaced", rows: unplaced, figures: &[("cause", At("/cause")), ("people", At("/people"))] },
    shortages!("shortages_kind", "kind", "kind:"),
    shortages!("shortages_sector", "sector", "sector:"),
    shortages!("shortages_occupation", "occupation", "occupation:"),
    shortages!("shortages_place", "place", "place:"),
    Source {
        table: "cuts",
        rows: |data| only(data, "shortages", |row| row["unfilled"] != 0 && !row["cut"].is_null()),
        figures: &[
            ("id", At("/group")),
            ("by", By(|row| at(row, "/group").split(':').next().unwrap_or_default().to_owned())),
            ("group", By(called)),
            ("posts", By(|row| row["cut"]["posts"].as_array().map_or(0, Vec::len).to_string())),
            ("seats", At("/cut/seats")),
            ("applicants", At("/cut/people")),
            ("short", At("/cut/short")),
        ],
    },
    surpluses!("surpluses_school", "school", "school:"),
    surpluses!("surpluses_programme", "programme", "programme:"),
    Source {
        table: "not_opened",
        rows: |data| only(data, "classes", |row| row["placed"] == 0),
        figures: &[
            ("id", At("/id")),
            ("not_opened", At("/name")),
            ("owner", At("/owner")),
            ("cause", At("/state")),
            ("least", At("/least")),
            ("applicants", At("/applicants")),
            ("missing", At("/missing")),
        ],
    },
    Source {
        table: "classes",
        rows: |data| all(data, "classes"),
        figures: &[
            ("id", At("/id")),
            ("class", At("/name")),
            ("owner", At("/owner")),
            ("kind", At("/kind")),
            ("state", At("/state")),
            ("least", At("/least")),
            ("seats", At("/seats")),
            ("applicants", At("/applicants")),
            ("placed", At("/placed")),
        ],
    },
    Source {
        table: "limits",
        rows: |data| all(data, "limits"),
        figures: &[
            ("id", At("/id")),
            ("limit", By(|row| Some(at(row, "/name")).filter(|name| !name.is_empty()).unwrap_or(at(row, "/id")))),
            ("source", At("/source")),
            ("limits", At("/limits")),
            ("pressing", At("/pressing")),
            ("at_limit", At("/at_limit")),
            ("closed", At("/closed")),
            ("exceeded", At("/exceeded")),
            ("beyond", At("/beyond")),
        ],
    },
    Source {
        table: "compliance",
        rows: |data| only(data, "compliance", is_asked),
        figures: &[
            ("id", At("/id")),
            ("rule", By(rule)),
            ("mode", By(mode)),
            ("state", At("/state")),
            ("nearest", By(nearest)),
            ("counted", By(|row| measure(&row["counted"]))),
            ("bound", By(bound)),
            ("what", At("/looked/unit")),
            ("looked", At("/looked/amount")),
            ("reached_limit", or_none!("/at_limit")),
            ("beyond", or_none!("/beyond")),
            ("excused", or_none!("/excused")),
        ],
    },
    Source {
        table: "promises",
        rows: |data| all(data, "promises"),
        figures: &[
            ("id", At("/id")),
            ("post", At("/name")),
            ("owner", At("/owner")),
            ("state", At("/state")),
            ("promised", At("/promise")),
            ("trained", At("/trained")),
            ("hired", At("/hired")),
            ("missing", At("/missing")),
            ("placed", At("/placed")),
            ("to_hire", At("/promised")),
        ],
    },
    Source {
        table: "incentives",
        rows: |data| all(data, "incentives"),
        figures: &[
            ("id", At("/enterprise")),
            ("enterprise", At("/name")),
            ("year", At("/year")),
            ("invested", Fen("/invested")),
            ("brought", Fen("/brought")),
            ("credit", Fen("/credit")),
            ("lapsed", Fen("/lapsed")),
            ("surcharge", Fen("/surcharge")),
            ("offset", Fen("/offset")),
            ("repaid", Fen("/repaid")),
            ("carried", Fen("/carried")),
        ],
    },
    Source {
        table: "contested",
        rows: |data| only(data, "posts", |row| adds(row).0.is_some()),
        figures: &[
            ("id", At("/id")),
            ("post", At("/name")),
            ("owner", At("/owner")),
            ("price", By(|row| goals(&row["price"]))),
            ("seats", At("/seats")),
            ("applicants", At("/applicants")),
        ],
    },
    Source {
        table: "seat_prices",
        rows: priced,
        figures: &[
            ("id", At("/post/id")),
            ("post", At("/post/name")),
            ("owner", At("/post/owner")),
            ("one_more", By(|row| side(&row["more"]))),
            ("one_fewer", By(|row| side(&row["fewer"]))),
            ("lower_minimum", By(|row| side(&row["lower_minimum"]))),
        ],
    },
    Source {
        table: "limit_prices",
        rows: |data| all(&data["prices"], "limits"),
        figures: &[
            ("limit", At("/limit")),
            ("force", At("/force")),
            ("one_more", By(|row| side(&row["more"]))),
            ("one_fewer", By(|row| side(&row["fewer"]))),
            ("lower_minimum", By(|row| side(&row["lower_minimum"]))),
        ],
    },
    Source {
        table: "certainty",
        rows: |data| all(data, "certainty"),
        figures: &[
            ("certain", At("/certain")),
            ("pairs_so", At("/pairs")),
            (
                "people",
                By(
                    |row| {
                        if ["every", "some"].contains(&&*at(row, "/certain")) {
                            at(row, "/people")
                        } else {
                            String::new()
                        }
                    },
                ),
            ),
        ],
    },
    Source {
        table: "equal_people",
        rows: equal_people,
        figures: &[
            ("unit", At("/unit")),
            ("lot", At("/lot")),
            ("placed_at", At("/here")),
            ("as_good_at", At("/elsewhere")),
        ],
    },
    Source {
        table: "equal_posts",
        rows: |data| all(data, "ties"),
        figures: &[
            ("id", At("/post/id")),
            ("post", At("/post/name")),
            ("owner", At("/post/owner")),
            ("here", By(|row| tied(row, true))),
            ("as_good_here", By(|row| tied(row, false))),
        ],
    },
    Source {
        table: "worth",
        rows: worth,
        figures: &[
            ("kind", At("/kind")),
            ("adds_placed", At("/placed")),
            ("adds_inside", At("/in_consortium")),
            ("adds_points", At("/score")),
            ("adds_nothing", At("/nothing")),
        ],
    },
    Source {
        table: "price_curve",
        rows: price_curve,
        figures: &[("kind", At("/kind")), ("points", At("/points")), ("seats", At("/seats"))],
    },
    Source {
        table: "vacant",
        rows: |data| only(data, "posts", |row| !row["vacancy"].is_null()),
        figures: &[
            ("id", At("/id")),
            ("post", At("/name")),
            ("owner", At("/owner")),
            ("cause", At("/vacancy")),
            ("seats", At("/seats")),
            ("left", By(left)),
            ("applicants", At("/applicants")),
        ],
    },
    Source {
        table: "why",
        rows: |data| all(data, "why"),
        figures: &[
            ("unit", At("/unit")),
            ("id", At("/post/id")),
            ("post", At("/post/name")),
            ("owner", At("/post/owner")),
            ("adds", By(|row| goals(&row["value"]["goals"]))),
            ("price", By(|row| goals(&row["price"]["goals"]))),
            ("rent", By(|row| goals(&row["rent"]["goals"]))),
            ("margin", By(|row| goals(&row["margin"]["goals"]))),
            ("certain", At("/certain")),
        ],
    },
    Source {
        table: "why_alternatives",
        rows: |data| within(data, "why", "alternatives"),
        figures: &[
            ("unit", At("/of/unit")),
            ("id", At("/one/id")),
            ("post", At("/one/name")),
            ("owner", At("/one/owner")),
            ("adds", By(|row| goals(&row["one"]["value"]["goals"]))),
            ("price", By(|row| goals(&row["one"]["price"]["goals"]))),
            ("behind", By(|row| goals(&row["one"]["behind"]["goals"]))),
        ],
    },
    Source {
        table: "why_not",
        rows: |data| all(data, "why_not"),
        figures: &[
            ("unit", At("/unit")),
            ("id", At("/post/id")),
            ("post", At("/post/name")),
            ("owner", At("/post/owner")),
            ("verdict", At("/verdict")),
            ("rule", At("/cut/code")),
            ("loss", By(|row| goals(&row["forced"]["loss"]["goals"]))),
            ("turning_points", At("/forced/points")),
            ("turning_seats", At("/seats/needed")),
        ],
    },
    Source {
        table: "what_if",
        rows: |data| within(data, "what_if", "goals"),
        figures: &[
            ("changed", At("/of/name")),
            ("goal", At("/one/goal")),
            ("can_stay", By(|row| if row["of"]["can_stay"] == true { "yes" } else { "no" }.to_owned())),
            ("before", At("/one/before")),
            ("after", At("/one/after")),
            ("difference", By(|row| more(&json!([row["one"]]), ""))),
        ],
    },
    Source {
        table: "what_if_people",
        rows: turns,
        figures: &[("changed", At("/name")), ("turn", At("/turn")), ("concerned", At("/people"))],
    },
    Source {
        table: "curves",
        rows: |data| within(data, "curves", "points"),
        figures: &[
            ("changed", At("/of/name")),
            ("value", At("/one/value")),
            ("state", At("/one/state")),
            ("more_placed", By(|row| more(&row["one"]["comparison"]["goals"], "placed"))),
            ("more_inside", By(|row| more(&row["one"]["comparison"]["goals"], "in_consortium"))),
            ("more_points", By(|row| more(&row["one"]["comparison"]["goals"], "score"))),
            (
                "concerned",
                By(|row| {
                    let people = row["one"]["comparison"]["people"].as_object();
                    people.into_iter().flatten().filter_map(|(_, people)| people.as_u64()).sum::<u64>().to_string()
                }),
            ),
        ],
    },
    Source {
        table: "schools",
        rows: |data| all(data, "schools"),
        figures: &[
            ("id", At("/id")),
            ("school", At("/name")),
            ("people", At("/people")),
            ("with_choice", At("/with_choice")),
            ("placed", At("/placed")),
            ("share", Share("/placed", "/people")),
        ],
    },
    Source {
        table: "enterprises",
        rows: |data| all(data, "enterprises"),
        figures: &[
            ("id", At("/id")),
            ("enterprise", At("/name")),
            ("sector", At("/sector")),
            ("seats", At("/seats")),
            ("filled", At("/filled")),
            ("left", By(left)),
        ],
    },
    rates!("rates_school", "school", "school:"),
    rates!("rates_level", "level", "level:"),
    rates!("rates_home", "home", "home:"),
    rates!("rates_flag", "flag", "flag:"),
    Source {
        table: "rules",
        rows: |data| all(data, "rules"),
        figures: &[("rule", At("/code")), ("mode", By(mode)), ("pairs", At("/pairs"))],
    },
    Source {
        table: "certificate",
        rows: |data| only(data, "certificate", |row| row["state"] == "holds"),
        figures: &[("condition", At("/condition")), ("state", At("/state"))],
    },
    Source {
        table: "audit",
        rows: |data| all(data, "audit"),
        figures: &[("check", At("/code")), ("state", At("/state"))],
    },
];

//! A table on the page, and its picture above it.

use maud::{Markup, PreEscaped, html};
use serde_json::{Value, json};

use super::{said, words};
use crate::language::{Language, Phrase};
use crate::report::page_words as w;
use crate::report::picture::Picture;
use crate::report::table::{Cell, Table, Unit, grouped};

/// Rows up to which the table beneath a picture is open.
const OPEN: usize = 8;

/// Rows up to which the table beneath a picture is printed; a longer one is in its file.
const PRINTED: usize = 60;

/// A number as text of the page, which does not break at its unit.
fn figure(cell: &Cell) -> String {
    cell.text(Language::English).replace(' ', "\u{a0}")
}

/// A cell as text of the page.
fn cell(cell: &Cell) -> Markup {
    match cell {
        Cell::Name(name) => html! { bdi { (name) } },
        Cell::Said { words, .. } => said(words),
        cell => html! { (figure(cell)) },
    }
}

/// The columns that the page shows: ids only where names do not tell rows apart.
fn shown(table: &Table) -> Vec<usize> {
    let all = 0..table.columns.len();
    let names: Vec<usize> = all.clone().filter(|at| matches!(table.columns[*at].unit, Unit::Text)).collect();
    let mut rows: Vec<Vec<String>> = table.rows[..table.in_page.min(table.rows.len())]
        .iter()
        .map(|row| names.iter().map(|at| row[*at].text(Language::Chinese)).collect())
        .collect();
    let all_rows = rows.len();
    rows.sort();
    rows.dedup();
    let told_apart = rows.len() == all_rows;
    all.filter(|at| !told_apart || table.columns[*at].unit != Unit::Id).collect()
}

/// Letters up to which a cell stands on one line, and from which its column is wide; Chinese ones are twice as wide.
const SHORT: usize = 18;
const WIDE: usize = 120;

/// How wide the text of a cell is, in letters.
fn width(cell: &Cell) -> usize {
    let letters = |letter: char| if letter > '\u{2e80}' { 2 } else { 1 };
    let of = |language| cell.text(language).chars().map(letters).sum::<usize>();
    of(Language::English).max(of(Language::Chinese))
}

fn class(unit: Unit, widest: usize) -> Option<&'static str> {
    match unit {
        Unit::Id => Some("code"),
        unit if unit.is_number() => Some("number"),
        _ if widest > WIDE => Some("wide"),
        _ if widest <= SHORT => Some("short"),
        _ => None,
    }
}

/// The file that has all of its rows.
fn file(table: &Table) -> String {
    format!("{}.csv", table.code)
}

fn caption_id(table: &Table) -> String {
    format!("{}-caption", table.code)
}

/// Where the caption of a table is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Caption {
    /// Above it.
    Above,
    /// There for those who cannot see that the heading says the same.
    Unseen,
    /// The picture has it.
    Elsewhere,
}

/// The table itself.
fn rows(table: &Table, caption: Caption) -> Markup {
    let columns = shown(table);
    let header = columns.iter().copied().find(|at| table.columns[*at].unit == Unit::Text);
    let cut = table.rows.len().saturating_sub(table.in_page);
    let visible = &table.rows[..table.rows.len() - cut];
    let widest = |at: usize| visible.iter().map(|row| width(&row[at])).max();
    let classes: Vec<Option<&str>> =
        columns.iter().map(|at| class(table.columns[*at].unit, widest(*at).unwrap_or(0))).collect();
    html! {
        // What may be wider than the window scrolls by itself, by keyboard too.
        div.scroll tabindex="0" role="group" aria-labelledby=(caption_id(table)) {
            table data-table=(table.code) {
                @if caption != Caption::Elsewhere {
                    caption id=(caption_id(table)) .unseen[caption == Caption::Unseen] { (said(&table.caption)) }
                }
                thead {
                    tr {
                        @for (at, class) in columns.iter().zip(&classes) {
                            th scope="col" class=[class] data-column=(table.columns[*at].code) { (words(table.columns[*at].words)) }
                        }
                    }
                }
                tbody {
                    @for row in visible {
                        tr {
                            @for (at, class) in columns.iter().zip(&classes) {
                                @if Some(*at) == header {
                                    th scope="row" class=[class] data-value=(row[*at].file()) { (cell(&row[*at])) }
                                } @else {
                                    td class=[class] data-value=(row[*at].file()) { (cell(&row[*at])) }
                                }
                            }
                        }
                    }
                }
            }
        }
        @if cut > 0 {
            p.more {
                (said(&Phrase::fill(w::CUT_ROWS, &[("count", &grouped(cut)), ("file", &file(table))])))
            }
        }
    }
}

/// What the script draws from: the columns of the picture, in its order.
fn data(table: &Table, picture: Picture) -> String {
    let columns: Vec<usize> = picture.columns().into_iter().filter_map(|code| table.column(code)).collect();
    let both = |phrase: &Phrase| json!({ "en": phrase.get(Language::English), "zh": phrase.get(Language::Chinese) });
    let header = columns.iter().map(|at| {
        let column = table.columns[*at];
        json!({ "code": column.code, "en": column.words.en, "zh": column.words.zh })
    });
    let drawn = |cell: &Cell| match cell {
        Cell::Name(name) => json!(name),
        Cell::Said { words, .. } => both(words),
        cell => cell.drawn().map_or(Value::Null, |number| json!(number)),
    };
    let rows = table.rows.iter().take(table.in_page);
    let rows = rows.map(|row| columns.iter().map(|at| drawn(&row[*at])).collect::<Value>());
    let data = json!({ "columns": header.collect::<Value>(), "rows": rows.collect::<Value>() }).to_string();
    // Nothing in a name can end the element.
    data.replace('<', "\\u003c")
}

fn cards(table: &Table, [name, number, whole, share]: [usize; 4]) -> Markup {
    html! {
        ul.cards data-table=(table.code) {
            @for row in &table.rows {
                li data-figure=(row[name].file()) {
                    (cell(&row[name]))
                    b data-value=(row[number].file()) { (cell(&row[number])) }
                    span.of data-value=(row[whole].file()) {
                        @let values = [&row[whole], &row[share]].map(figure);
                        (said(&Phrase::fill(w::OF_WHOLE, &[("whole", &values[0]), ("share", &values[1])])))
                    }
                }
            }
        }
    }
}

/// A table on the page: alone, or with its picture, which then stands above it.
pub(super) fn of(table: &Table, heading: &Phrase) -> Markup {
    if table.rows.is_empty() || table.in_page == 0 {
        return html! {};
    }
    let Some(picture) = table.picture else {
        let hidden = table.folded || table.caption == *heading;
        let table_alone = rows(table, if hidden { Caption::Unseen } else { Caption::Above });
        return html! {
            @if table.folded {
                details { summary { (said(&table.caption)) } (table_alone) }
            } @else {
                (table_alone)
            }
        };
    };
    let places: Vec<usize> = picture.columns().into_iter().filter_map(|code| table.column(code)).collect();
    if let (Picture::Cards { .. }, Ok(places)) = (picture, places.try_into()) {
        return cards(table, places);
    }
    let caption = caption_id(table);
    html! {
        figure data-picture=(picture.word()) {
            figcaption id=(caption) { (said(&table.caption)) }
            div.chart role="img" aria-labelledby=(caption) {}
            script type="application/json" { (PreEscaped(data(table, picture))) }
            @let long = table.rows.len().min(table.in_page) > PRINTED;
            details.long[long] open[table.rows.len() <= OPEN] {
                summary { (words(w::FIGURES)) }
                (rows(table, Caption::Elsewhere))
            }
            @if long {
                p.more.paper { (said(&Phrase::fill(w::IN_FILE, &[("file", &file(table))]))) }
            }
        }
    }
}

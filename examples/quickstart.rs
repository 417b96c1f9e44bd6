//! What a service that embeds the crate writes: a market, a round, a proven placement and its report.

use jiff::civil::date;
use talent_match::market::{Enterprise, Level, Market, Post, PostKind, Programme, Round, School, Supply};
use talent_match::{Config, Control, Engine, Language, Report, Status};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let window = [date(2026, 9, 1), date(2027, 2, 28)];
    let student = |id, born| Supply::student(id, "machining", 2, born, window);
    let post = |id, name, occupation: &str| {
        let mut post = Post::new(id, name, PostKind::Internship, "plant", 1, window);
        post.occupation = Some(occupation.parse()?);
        post.programmes = vec!["6601".parse()?];
        Ok::<_, talent_match::market::BadCode>(post)
    };
    let mut wu = student("wu", date(2009, 7, 15));
    wu.wishes = vec!["turner".to_owned()];
    let market = Market::builder(Round::new("autumn-2026", date(2026, 6, 1), 20_260_601))
        .school(School::new("school", "Vocational centre", Level::Secondary, "210213".parse()?))
        .programme(Programme::new("machining", "school", "660102".parse()?))
        .enterprise(Enterprise::new("plant", "Machine plant", "210213".parse()?, 800))
        .post(post("turner", "Lathe operator", "6-18-01-01")?)
        .post(post("miller", "Milling machine operator", "6-18-01-02")?)
        .supply(student("li", date(2009, 3, 1)))
        .supply(wu)
        .build()?;

    let engine = Engine::new(Config::default())?;
    let result = engine.run(&market, &Control::new())?;
    assert_eq!(result.status(), Status::Optimal);
    for placement in result.placements().all() {
        println!("{} -> {}", market.unit(placement.unit).id, market.post(placement.post).id);
    }
    println!("{}", Report::of(&result).text(Language::English));
    Ok(())
}

//! Which posts people wish for: mostly of their own trade and level, popular enterprises more often.

use super::draw::Draw;
use super::posts::PlannedPost;
use super::trade::Trade;
use crate::market::{Level, PostKind};

/// Who wishes.
#[derive(Debug)]
pub(super) struct Wisher {
    pub(super) trade: Trade,
    /// None for employees.
    pub(super) level: Option<Level>,
    pub(super) last_year: bool,
}

impl Wisher {
    /// The tracks it looks at, by weight.
    const fn tracks(&self) -> &'static [(PostKind, u32)] {
        use PostKind::{Apprenticeship, Craftsman, FieldEngineer, Internship, Job, OrderClass, ThroughTraining};
        match (self.level, self.last_year) {
            (None, _) => &[(Craftsman, 1)],
            (Some(Level::Secondary), true) => {
                &[(Internship, 38), (ThroughTraining, 32), (OrderClass, 12), (Job, 10), (Apprenticeship, 8)]
            }
            (Some(Level::Secondary), false) => &[(Internship, 60), (OrderClass, 25), (Apprenticeship, 15)],
            (Some(Level::College), true) => {
                &[(Job, 40), (Internship, 35), (OrderClass, 12), (Apprenticeship, 10), (FieldEngineer, 3)]
            }
            (Some(Level::College), false) => {
                &[(Internship, 50), (OrderClass, 25), (Apprenticeship, 18), (FieldEngineer, 7)]
            }
            (Some(Level::Bachelor), true) => &[(Job, 68), (Internship, 30), (FieldEngineer, 2)],
            (Some(Level::Bachelor), false) => &[(Internship, 96), (FieldEngineer, 4)],
        }
    }
}

/// The posts of one track and trade that one level may apply to, with their weights.
#[derive(Debug)]
struct Shelf<'a> {
    kind: PostKind,
    trade: Trade,
    level: Option<Level>,
    ids: Vec<&'a str>,
    weights: Vec<u32>,
}

/// All posts, on shelves.
#[derive(Debug)]
pub(super) struct Wishes<'a> {
    shelves: Vec<Shelf<'a>>,
}

impl<'a> Wishes<'a> {
    pub(super) fn new(posts: &'a [PlannedPost]) -> Self {
        let mut shelves = Vec::new();
        for kind in PostKind::ALL {
            let levels: &[Option<Level>] = match kind {
                PostKind::Craftsman => &[None],
                _ => &[Some(Level::Secondary), Some(Level::College), Some(Level::Bachelor)],
            };
            for (trade, level) in Trade::ALL.iter().flat_map(|trade| levels.iter().map(move |level| (*trade, *level))) {
                let open = |levels: &[Level]| level.is_none_or(|level| levels.is_empty() || levels.contains(&level));
                let fits = |planned: &&PlannedPost| {
                    // Employees may move to another trade.
                    planned.post.kind == *kind
                        && (level.is_none() || planned.trade == trade)
                        && open(&planned.post.levels)
                };
                let on: Vec<&PlannedPost> = posts.iter().filter(fits).collect();
                let ids = on.iter().map(|planned| planned.post.id.as_str()).collect();
                let weights = on.iter().map(|planned| planned.popularity * planned.seats().min(10)).collect();
                shelves.push(Shelf { kind: *kind, trade, level, ids, weights });
            }
        }
        Self { shelves }
    }

    /// Up to `count` different posts, most wished first.
    pub(super) fn draw(&self, random: &mut Draw, who: &Wisher, count: usize) -> Vec<String> {
        let tracks = who.tracks();
        let track_weights: Vec<u32> = tracks.iter().map(|(_, weight)| *weight).collect();
        let mut wishes: Vec<&str> = Vec::with_capacity(count);
        // A few more draws than wishes: empty shelves and repeated posts are passed over.
        for _ in 0..count * 2 {
            let kind = tracks[random.weighted(&track_weights)].0;
            let trade = Self::trade(random, who.trade);
            let found =
                self.shelves.iter().find(|shelf| (shelf.kind, shelf.trade, shelf.level) == (kind, trade, who.level));
            let Some(on) = found.filter(|shelf| !shelf.ids.is_empty()) else { continue };
            let wish = on.ids[random.weighted(&on.weights)];
            if wishes.len() < count && !wishes.contains(&wish) {
                wishes.push(wish);
            }
        }
        wishes.into_iter().map(str::to_owned).collect()
    }

    /// Mostly the person's own trade, sometimes a related one, now and then any.
    fn trade(draw: &mut Draw, own: Trade) -> Trade {
        let related: Vec<Trade> = match draw.weighted(&[82, 13, 5]) {
            0 => return own,
            1 => Trade::ALL.iter().copied().filter(|trade| trade.category() == own.category()).collect(),
            _ => Trade::ALL.to_vec(),
        };
        draw.pick(&related).copied().unwrap_or(own)
    }
}

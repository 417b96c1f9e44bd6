//! Posts with a free seat at a price look for the cheapest chain of moves that fills it.
//!
//! The mirror of the forward repair: from the post, a chain leads to a unit that would move there, and so frees a
//! seat at another post, and so on. A step costs what the mover loses by it. A chain ends with an unplaced unit, or at a
//! post where the free seat is allowed to stay because its price has come down to 0. After the cheapest one, of cost
//! `c`, every post nearer than `c` becomes cheaper by the difference. Prices only fall, never below 0, and nobody becomes
//! unplaced, so the forward repair's work stays done.

use super::columns::Columns;
use super::meter::Meter;
use super::place::{Member, Places};
use super::rows::Rows;
use super::search::{START, Search, Step};
use crate::control::Stop;

/// Where a chain ends.
#[derive(Clone, Copy, Debug)]
enum End {
    /// At a post whose price becomes 0.
    Free(usize),
    /// With unplaced members of a unit taking a pair at a post.
    Enter(usize, Member),
}

/// Searches from every post with a free seat until its price is 0 or it is full.
pub(super) fn repair(
    rows: Rows<'_>,
    columns: &Columns,
    places: &mut Places,
    search: &mut Search,
    meter: &mut Meter<'_>,
) -> Result<(), Stop> {
    let mut repair = Repair { rows, columns, places, search, rents: Vec::new() };
    repair.start();
    for post in 0..repair.places.prices().len() {
        while repair.places.prices()[post] > 0 && repair.places.vacant(post) > 0 {
            repair.improve(post, meter)?;
        }
    }
    Ok(())
}

struct Repair<'a> {
    rows: Rows<'a>,
    columns: &'a Columns,
    places: &'a mut Places,
    search: &'a mut Search,
    /// What a member of each unit earns at best, being unplaced included.
    rents: Vec<i64>,
}

impl Repair<'_> {
    fn start(&mut self) {
        // A unit with unplaced members earns what they do; any other has a member somewhere, who earns its best.
        self.rents.clear();
        self.rents.resize(self.places.units(), self.rows.outside);
        for post in 0..self.places.prices().len() {
            for member in self.places.members(post) {
                self.rents[member.unit as usize] = self.earned(post, *member);
            }
        }
    }

    fn earned(&self, post: usize, member: Member) -> i64 {
        i64::from(self.rows.weights[member.pair as usize]) - self.places.prices()[post]
    }

    /// One search from `start`.
    fn improve(&mut self, start: usize, meter: &mut Meter<'_>) -> Result<(), Stop> {
        self.search.begin();
        self.search.reach(start, 0, Step { from: START, unit: 0, pair: 0 });
        let (mut end, mut cost) = (End::Free(start), self.places.prices()[start]);
        while let Some((post, distance)) = self.search.settle(cost) {
            let price = self.places.prices()[post];
            if distance + price < cost {
                (end, cost) = (End::Free(post), distance + price);
            }
            let mut visited = 0;
            for &unit in self.columns.units(post) {
                let row = self.rows.row(unit as usize);
                let posts = &self.rows.posts[row.clone()];
                visited += 1;
                let Ok(at) = posts.binary_search_by_key(&post, |target| target.index()) else { continue };
                let pair = row.start + at;
                let longer = distance + self.rents[unit as usize] - (i64::from(self.rows.weights[pair]) - price);
                if longer >= cost {
                    continue;
                }
                let free = self.places.free(unit as usize);
                if free > 0 {
                    let member = Member { unit, pair: pair as u32, count: free };
                    (end, cost) = (End::Enter(post, member), longer);
                    continue;
                }
                visited += posts.len();
                for (at, target) in posts.iter().enumerate() {
                    let other = target.index();
                    let earned = i64::from(self.rows.weights[row.start + at]) - self.places.prices()[other];
                    if other != post && earned == self.rents[unit as usize] && self.places.seated(other, unit) > 0 {
                        self.search.reach(other, longer, Step { from: post as u32, unit, pair: pair as u32 });
                    }
                }
            }
            meter.spend(visited)?;
        }
        for &(post, distance) in self.search.settled() {
            let post = post as usize;
            self.places.prices_mut()[post] -= (cost - distance).max(0);
            for member in self.places.members(post) {
                let earned = i64::from(self.rows.weights[member.pair as usize]) - self.places.prices()[post];
                self.rents[member.unit as usize] = earned;
            }
        }
        self.shift(start, end);
        Ok(())
    }

    /// Moves as many members as possible along the chain that ends at `end`.
    fn shift(&mut self, start: usize, end: End) {
        let (last, mut count) = match end {
            End::Free(post) => (post, self.places.vacant(start)),
            End::Enter(post, member) => (post, self.places.vacant(start).min(member.count)),
        };
        let mut post = last;
        while post != start {
            let step = self.search.step(post);
            count = count.min(self.places.seated(post, step.unit));
            post = step.from as usize;
        }
        // From the start backwards, so that every post on the way has a free seat when somebody moves in.
        let mut path = Vec::new();
        let mut post = last;
        while post != start {
            path.push(post);
            post = self.search.step(post).from as usize;
        }
        for &post in path.iter().rev() {
            let step = self.search.step(post);
            self.places.pull(post, step.unit, count);
            self.places.put(step.from as usize, Member { unit: step.unit, pair: step.pair, count });
        }
        if let End::Enter(post, member) = end {
            self.places.put(post, Member { count, ..member });
        }
    }
}

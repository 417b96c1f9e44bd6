//! Posts with a free seat at a price look for the cheapest chain of moves that fills it.
//!
//! The mirror of the forward repair: from the post, a chain leads to a unit that would move there, and so frees a
//! seat at another post, and so on. A step costs what the mover loses by it. A chain ends with an unplaced unit, or at a
//! post where the free seat is allowed to stay because its price has come down to 0. After the cheapest one, of cost
//! `c`, every post nearer than `c` becomes cheaper by the difference. Prices only fall, never below 0, and nobody becomes
//! unplaced, so the forward repair's work stays done.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::ops::Range;

use super::meter::Meter;
use super::nearby::{Look, Nearby, words};
use super::place::{Home, Member, Places};
use super::rows::Rows;
use super::search::{START, Search, Step};
use super::shortlist::Shortlists;
use crate::control::Stop;

/// A unit that may move to a post, and the weight of that pair.
#[derive(Clone, Copy, Debug)]
struct Entry {
    unit: u32,
    weight: i32,
}

impl Entry {
    fn words(self) -> [u32; 2] {
        [self.unit, self.weight.cast_unsigned()]
    }

    fn of([unit, weight]: [u32; 2]) -> Self {
        Self { unit, weight: weight.cast_signed() }
    }
}

/// Who looks for entries: every unit, from its shortlist where that says enough.
struct Near<'a> {
    rows: Rows<'a>,
    lists: &'a Shortlists,
    then: &'a Then,
}

impl Look<2> for Near<'_> {
    fn look(&self, unit: usize, show: &mut impl FnMut(bool, u32, [u32; 2])) {
        let limit = self.then.rents[unit].saturating_sub(self.then.furthest);
        if self.lists.bound(unit) < limit {
            self.show(unit, self.lists.of(unit).entries(), show);
        } else {
            self.show(unit, self.rows.entries(unit), show);
        }
    }
}

impl Near<'_> {
    /// Shows the pairs of `unit` among `entries`: those of slack within the reach of their post are to be kept.
    #[inline]
    fn show(&self, unit: usize, entries: impl Iterator<Item = (u32, i32)>, show: &mut impl FnMut(bool, u32, [u32; 2])) {
        let rent = self.then.rents[unit];
        for (post, weight) in entries {
            let slack = rent - (self.rows.value(weight) - self.then.prices[post as usize]);
            let near = slack <= self.then.reaches[post as usize];
            show(near, post, Entry { unit: unit as u32, weight }.words());
        }
    }
}

/// Where a chain ends.
#[derive(Clone, Copy, Debug)]
enum End {
    /// Further away than the pairs at hand reach.
    Far,
    /// At a post whose price becomes 0.
    Free(usize),
    /// At a post that unplaced members of a unit enter, who are worth this weight there.
    Enter(usize, u32, i32),
}

/// The first reach, in increments of the auction; and by how much it grows for those who found it too short.
const REACH: i64 = 16;
const GROWTH: i64 = 8;

/// As few posts as these are asked how far they must look before pairs are collected for them again; they get so many
/// times as much, since those before them change what is near.
const ASKED: usize = 32;
const AMPLE: i64 = 4;

/// Entries of a post that are looked at at once.
const FEW: usize = 8;

/// The entries of a settled post from `first` on, which lead nowhere nearer than `least`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Rest {
    least: i64,
    post: u32,
    first: u32,
    distance: i64,
}

/// How things were when pairs were collected. Prices have only fallen since, and rents risen.
#[derive(Debug, Default)]
struct Then {
    /// Pairs of each post of slack up to this were collected; and the furthest of these reaches.
    reaches: Vec<i64>,
    furthest: i64,
    prices: Vec<i64>,
    rents: Vec<i64>,
}

impl Then {
    /// The least slack an entry can have now, given the price of its post. Entries are sorted by it.
    fn least(&self, rows: Rows<'_>, entry: Entry, price: i64) -> i64 {
        self.rents[entry.unit as usize] - rows.value(entry.weight) + price
    }

    /// Pairs of `post` with slack up to this are all there, given its price now: slack falls only as the price does.
    fn reach(&self, post: usize, price: i64) -> i64 {
        self.reaches[post] - (self.prices[post] - price)
    }
}

/// Scratch of the backward repair.
#[derive(Debug, Default)]
pub(super) struct Chains {
    pending: BinaryHeap<Reverse<Rest>>,
    then: Then,
    path: Vec<(usize, Step)>,
    overpriced: Vec<usize>,
    far: Vec<usize>,
}

/// The backward repair and what it works with.
pub(super) struct Repair<'a> {
    rows: Rows<'a>,
    lists: &'a mut Shortlists,
    nearby: &'a mut Nearby<2>,
    places: &'a mut Places,
    search: &'a mut Search,
    /// What a member of each unit earns at best, being unplaced included.
    rents: &'a mut Vec<i64>,
    pending: &'a mut BinaryHeap<Reverse<Rest>>,
    /// When pairs were last collected.
    then: &'a mut Then,
    path: &'a mut Vec<(usize, Step)>,
    /// Posts with a free seat at a price, and those among them that must look further.
    overpriced: &'a mut Vec<usize>,
    far: &'a mut Vec<usize>,
    /// The cheapest end of the present search, and its cost.
    end: End,
    cost: i64,
}

impl<'a> Repair<'a> {
    pub(super) fn new(
        rows: Rows<'a>,
        lists: &'a mut Shortlists,
        nearby: &'a mut Nearby<2>,
        places: &'a mut Places,
        search: &'a mut Search,
        rents: &'a mut Vec<i64>,
        chains: &'a mut Chains,
    ) -> Self {
        let Chains { pending, then, path, overpriced, far } = chains;
        // Nothing that an earlier repair knew of other prices.
        then.prices.clear();
        Self {
            rows,
            lists,
            nearby,
            places,
            search,
            rents,
            pending,
            then,
            path,
            overpriced,
            far,
            end: End::Free(0),
            cost: 0,
        }
    }

    /// Searches from every post with a free seat until its price is 0 or it is full. `increment` is about how wrong prices are.
    pub(super) fn run(&mut self, increment: i64, meter: &mut Meter<'_>) -> Result<(), Stop> {
        self.places.rents(self.rows, self.rents);
        self.search.reset(self.places.prices().len());
        let mut reach = increment.max(1).saturating_mul(REACH);
        self.then.reaches.clear();
        self.then.reaches.resize(self.places.prices().len(), reach);
        self.overpriced.clear();
        self.overpriced.extend(self.places.overpriced());
        if self.overpriced.len() <= ASKED && self.places.waiting() > self.places.prices().len() {
            // Somebody who is unplaced may well enter: at first, only the posts themselves look for anybody.
            self.then.reaches.fill(-1);
            for &post in &*self.overpriced {
                self.then.reaches[post] = self.places.prices()[post];
            }
        }
        while !self.overpriced.is_empty() {
            self.collect(meter)?;
            // Near ones first: they bring prices down for those that must look further.
            self.far.clear();
            for at in 0..self.overpriced.len() {
                let post = self.overpriced[at];
                let places = &*self.places;
                meter.offer_at_times(self.rows.scale, |post| places.prices()[post])?;
                while self.places.prices()[post] > 0 && self.places.vacant(post) > 0 {
                    if !self.improve(post, meter)? {
                        self.far.push(post);
                        break;
                    }
                }
            }
            // Where hardly anybody was near enough, the next step had better be a long one.
            let few = self.far.len() <= ASKED;
            let long = !few && self.far.len() > self.overpriced.len() / 2;
            if few {
                self.ask(meter)?;
            }
            reach = reach.saturating_mul(if long { GROWTH * GROWTH } else { GROWTH });
            self.then.reaches.iter_mut().for_each(|known| *known = reach.max(*known));
            self.overpriced.clone_from(self.far);
        }
        Ok(())
    }

    /// Extends reaches to what will probably do for searches from all posts that must look further: as far as chains
    /// among the pairs at hand go, which may not be the cheapest.
    fn ask(&mut self, meter: &mut Meter<'_>) -> Result<(), Stop> {
        for at in 0..self.far.len() {
            let post = self.far[at];
            // No chain costs more than to bring the price to 0.
            self.look(post, End::Free(post), self.places.prices()[post], meter)?;
            for &(settled, distance) in self.search.settled() {
                let reach = &mut self.then.reaches[settled as usize];
                *reach = (*reach).max((self.cost - distance).saturating_mul(AMPLE));
            }
        }
        Ok(())
    }

    /// Collects the pairs of slack within the reach of their posts: a pass over the shortlists, and over the rows of which they say too little.
    fn collect(&mut self, meter: &mut Meter<'_>) -> Result<(), Stop> {
        let Self { rows, lists, places, rents, then, .. } = self;
        let falls = then.prices.iter().zip(places.prices()).map(|(before, now)| before - now);
        lists.loosen(falls.fold(0, i64::max));
        then.furthest = then.reaches.iter().copied().fold(0, i64::max);
        then.prices.clear();
        then.prices.extend_from_slice(places.prices());
        then.rents.clone_from(rents);
        self.nearby.build(*rows, places.prices().len(), &Near { rows: *rows, lists, then }, meter)
    }

    /// Where the entries of `post` are, those of least slack first.
    fn sorted(&mut self, post: usize) -> Range<usize> {
        // Only by what differs from pair to pair; the price is the same for all. Ties in lottery order.
        let Self { rows, then, nearby, .. } = self;
        let (range, arranged) = nearby.range(post);
        if !arranged {
            nearby.cells_mut(range.clone()).sort_unstable_by_key(|cell| {
                let Entry { unit, weight } = Entry::of(words(cell));
                (then.rents[unit as usize] - rows.value(weight), unit)
            });
        }
        range
    }

    fn update_rents(&mut self, post: usize) {
        for member in self.places.members(post) {
            self.rents[member.unit as usize] = self.rows.value(member.weight) - self.places.prices()[post];
        }
    }

    /// One search from `start`; false, with nothing changed, if it would have to look further than the pairs at hand.
    fn improve(&mut self, start: usize, meter: &mut Meter<'_>) -> Result<bool, Stop> {
        let price = self.places.prices()[start];
        let reach = self.then.reach(start, price);
        // Beyond the reach of the start, nothing that is found would count.
        let (end, cost) = if price <= reach { (End::Free(start), price) } else { (End::Far, reach.max(0) + 1) };
        self.look(start, end, cost, meter)?;
        let (end, cost) = (self.end, self.cost);
        // Somebody out of sight might have been nearer.
        let prices = self.places.prices();
        let mut settled = self.search.settled().iter().map(|&(post, distance)| (post as usize, cost - distance));
        if matches!(end, End::Far) || settled.any(|(post, needed)| needed > self.then.reach(post, prices[post])) {
            return Ok(false);
        }
        for at in 0..self.search.settled().len() {
            let (post, distance) = self.search.settled()[at];
            if distance < cost {
                self.places.prices_mut()[post as usize] -= cost - distance;
                self.update_rents(post as usize);
            }
        }
        self.shift(start, end);
        Ok(true)
    }

    /// Finds the cheapest end of a chain from `start` among the pairs at hand, if it costs less than `cost`, which `end` does.
    fn look(&mut self, start: usize, end: End, cost: i64, meter: &mut Meter<'_>) -> Result<(), Stop> {
        self.search.begin();
        self.pending.clear();
        self.search.reach(start, 0, Step { from: START, unit: 0, weight: 0 });
        (self.end, self.cost) = (end, cost);
        loop {
            // The rest of a post's entries comes up again when it may be next.
            let frontier = self.search.frontier();
            if self.pending.peek().is_none_or(|Reverse(rest)| rest.least > frontier)
                && let Some((post, distance)) = self.search.settle(self.cost)
            {
                let price = self.places.prices()[post];
                if distance + price < self.cost {
                    (self.end, self.cost) = (End::Free(post), distance + price);
                }
                let first = self.sorted(post).start as u32;
                meter.spend(self.expand(Rest { least: distance, distance, post: post as u32, first }))?;
            } else if let Some(Reverse(rest)) = self.pending.pop()
                && rest.least < self.cost
            {
                meter.spend(self.expand(rest))?;
            } else {
                return Ok(());
            }
        }
    }

    /// Notes the ways from a post by its next few entries, and puts the rest off. Returns how many pairs it looked at.
    fn expand(&mut self, rest: Rest) -> usize {
        let Rest { distance, post, first, .. } = rest;
        let price = self.places.prices()[post as usize];
        let range = first as usize..self.sorted(post as usize).end;
        let mut visited = 0;
        for at in range {
            let entry = Entry::of(self.nearby.entry(at));
            let least = distance + self.then.least(self.rows, entry, price);
            if least >= self.cost {
                break;
            }
            if visited >= FEW && least > self.search.frontier() {
                self.pending.push(Reverse(Rest { least, distance, post, first: at as u32 }));
                break;
            }
            visited += 1;
            let longer = distance + self.rents[entry.unit as usize] - (self.rows.value(entry.weight) - price);
            if longer >= self.cost {
                continue;
            }
            if self.places.free(entry.unit as usize) > 0 {
                (self.end, self.cost) = (End::Enter(post as usize, entry.unit, entry.weight), longer);
            } else {
                visited += self.reach_seats(Step { from: post, unit: entry.unit, weight: entry.weight }, longer);
            }
        }
        visited
    }

    /// Notes the ways to where members of the step's unit sit, who would move. Returns the pairs it looked at.
    fn reach_seats(&mut self, step: Step, distance: i64) -> usize {
        match self.places.home(step.unit as usize) {
            Home::None => 0,
            Home::At(post) if post == step.from as usize => 0,
            Home::At(post) => {
                self.search.reach(post, distance, step);
                0
            }
            Home::Apart if !self.search.meet(step.unit, distance) => 0,
            Home::Apart => {
                let row = self.rows.row(step.unit as usize);
                for (other, value) in self.rows.pairs(step.unit as usize) {
                    let earned = value - self.places.prices()[other];
                    let tight = other != step.from as usize && earned == self.rents[step.unit as usize];
                    if tight && self.places.seated(other, step.unit) > 0 {
                        self.search.reach(other, distance, step);
                    }
                }
                row.len()
            }
        }
    }

    /// Moves as many members as possible along the chain that ends at `end`.
    fn shift(&mut self, start: usize, end: End) {
        let Self { places, search, path, .. } = self;
        let (last, mut count) = match end {
            End::Far => return,
            End::Free(post) => (post, places.vacant(start)),
            End::Enter(post, unit, _) => (post, places.vacant(start).min(places.free(unit as usize))),
        };
        // From the start backwards, so that every post on the way has a free seat when somebody moves in.
        path.clear();
        let mut post = last;
        while post != start {
            let step = search.step(post);
            count = count.min(places.seated(post, step.unit));
            path.push((post, step));
            post = step.from as usize;
        }
        for &(post, step) in path.iter().rev() {
            places.pull(post, step.unit, count);
            places.put(step.from as usize, Member { unit: step.unit, weight: step.weight, count });
        }
        if let End::Enter(post, unit, weight) = end {
            places.put(post, Member { unit, weight, count });
        }
    }
}

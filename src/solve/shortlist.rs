//! The few pairs of a unit that matter at present prices, in one cache line.
//!
//! Fetching a whole row from memory costs far more than looking at it. A unit's shortlist holds its best pairs at some
//! prices, and a bound on what all its other pairs can earn. While the pairs in question earn more than the bound, the shortlist
//! speaks for the row. Prices that rise leave the bound valid; prices that fall by at most `d` raise it by `d`.

use super::meter::Meter;
use super::rough::Rough;
use super::rows::Rows;
use super::wide::{KEPT, Largest, Work, widely};
use crate::control::Stop;
use crate::index::PostId;
use crate::parallel;

/// Pairs on a list: with the bound they fill a cache line.
pub(super) const LENGTH: usize = 7;

/// Units between two looks at the clock.
const CHUNK: usize = 1 << 15;

/// Units a task lists.
const TASK: usize = 1 << 9;

/// Bits of a key that say where in the row a pair is; units with longer rows have no list.
const PLACE_BITS: u32 = 20;

/// The same for lists at rough prices.
const ROUGH_PLACE_BITS: u32 = 12;

/// The best pairs of one unit.
#[derive(Clone, Copy, Debug)]
#[repr(align(64))]
pub(super) struct Shortlist {
    pub(super) posts: [u32; LENGTH],
    pub(super) weights: [i32; LENGTH],
    /// No pair that is not listed earns more than this plus what prices may have fallen by since lists began.
    bound: i64,
}

impl Shortlist {
    /// A list that never speaks for its row.
    const NONE: Self = Self { posts: [0; LENGTH], weights: [0; LENGTH], bound: i64::MAX };

    /// Post and weight of the listed pairs.
    pub(super) fn entries(&self) -> impl Iterator<Item = (u32, i32)> {
        self.posts.into_iter().zip(self.weights)
    }
}

/// The shortlists of all units.
#[derive(Debug, Default)]
pub(super) struct Shortlists {
    lists: Vec<Shortlist>,
    /// How much prices may have fallen by in all.
    fallen: i64,
    /// Bits dropped from what pairs earn, so that it fits a key.
    coarse: u32,
}

impl Shortlists {
    /// No unit has a list.
    pub(super) fn clear(&mut self) {
        self.lists.clear();
        self.fallen = 0;
    }

    /// Every unit has a place for a list, but no list yet.
    pub(super) fn blank(&mut self, rough: Rough<'_>, meter: &Meter<'_>) -> Result<(), Stop> {
        self.clear();
        let most = i64::from(rough.ceiling().max(rough.range.0.abs()).max(rough.range.1.abs())) + 1;
        self.coarse =
            (i64::BITS - (most << rough.grain).leading_zeros() + 2 + PLACE_BITS).saturating_sub(i64::BITS - 1);
        let units = rough.rows.units();
        self.lists.reserve(units);
        for first in (0..units).step_by(CHUNK) {
            self.lists.resize(units.min(first + CHUNK), Shortlist::NONE);
            meter.look()?;
        }
        Ok(())
    }

    /// How much prices may have fallen by since lists were built; nothing if they were not.
    pub(super) fn fallen(&self) -> Option<i64> {
        (!self.lists.is_empty()).then_some(self.fallen)
    }

    /// Lists the best pairs of every unit at the auction's `prices`. One pass over the pairs.
    pub(super) fn build(&mut self, rough: Rough<'_>, prices: &[i32], meter: &mut Meter<'_>) -> Result<(), Stop> {
        self.blank(rough, meter)?;
        let offsets = rough.rows.offsets;
        for (chunk, lists) in self.lists.chunks_mut(CHUNK).enumerate() {
            let first = chunk * CHUNK;
            parallel::for_each_chunk(lists, TASK, |task, lists| {
                widely(Listing { rough, prices, first: first + task * TASK, lists });
            });
            // A stop may leave some units without a list, which is no harm.
            meter.spend((offsets[first + lists.len()] - offsets[first]) as usize)?;
        }
        Ok(())
    }

    /// The best pairs of `unit` at the auction's `prices`, if it can have a list.
    pub(super) fn renewed(&self, rough: Rough<'_>, prices: &[i32], unit: usize) -> Option<Shortlist> {
        let mut list = Shortlist::NONE;
        widely(Listing { rough, prices, first: unit, lists: std::slice::from_mut(&mut list) });
        self.since(list)
    }

    /// The best pairs of `unit` at exact `prices`, if it can have a list.
    pub(super) fn renewed_exactly(&self, rows: Rows<'_>, prices: &[i64], unit: usize) -> Option<Shortlist> {
        // Only so much fits a key: the last bits are dropped.
        let coarse = self.coarse;
        self.since(shortlist(rows, coarse, unit, |post, weight| (rows.value(weight) - prices[post as usize]) >> coarse))
    }

    /// A new list, its bound as if it were of when lists began.
    fn since(&self, mut list: Shortlist) -> Option<Shortlist> {
        let listed = list.bound < i64::MAX;
        list.bound = list.bound.saturating_sub(self.fallen);
        listed.then_some(list)
    }

    /// Keeps a list from [`renewed`](Self::renewed).
    pub(super) fn keep(&mut self, unit: usize, list: Shortlist) {
        self.lists[unit] = list;
    }

    /// Takes note that prices are about to fall by at most `by`.
    pub(super) fn loosen(&mut self, by: i64) {
        self.fallen += by;
    }

    pub(super) fn of(&self, unit: usize) -> &Shortlist {
        &self.lists[unit]
    }

    /// Whether `unit` has a list.
    pub(super) fn lists(&self, unit: usize) -> bool {
        self.lists[unit].bound < i64::MAX
    }

    /// What a member of `unit` earns at best at `prices`, being unplaced included.
    pub(super) fn best(&self, rows: Rows<'_>, unit: usize, prices: &[i64]) -> i64 {
        let listed = self.of(unit).entries().map(|(post, weight)| rows.value(weight) - prices[post as usize]);
        let best = listed.fold(rows.outside, i64::max);
        if self.bound(unit) <= best { best } else { rows.best(unit, prices) }
    }

    /// What no unlisted pair of `unit` exceeds; `i64::MAX` if it has no list.
    pub(super) fn bound(&self, unit: usize) -> i64 {
        self.bound_of(&self.lists[unit])
    }

    /// The same of a list from [`renewed`](Self::renewed).
    pub(super) fn bound_of(&self, list: &Shortlist) -> i64 {
        list.bound.saturating_add(self.fallen)
    }

    /// [`bound`](Self::bound) in the auction's unit: what it loses is not enough to matter there.
    pub(super) fn rough_bound(&self, unit: usize, rough: Rough<'_>) -> i32 {
        self.rough_bound_of(&self.lists[unit], rough)
    }

    /// The same of a list from [`renewed`](Self::renewed).
    pub(super) fn rough_bound_of(&self, list: &Shortlist, rough: Rough<'_>) -> i32 {
        (self.bound_of(list) >> rough.grain).min(i64::from(i32::MAX)) as i32
    }

    /// Asks for the lists of `units` from memory, all at once.
    pub(super) fn fetch(&self, units: impl Iterator<Item = u32>) {
        let touched = units.fold(0, |sum, unit| sum ^ self.lists[unit as usize].bound);
        std::hint::black_box(touched);
    }
}

/// Lists the best pairs of neighbouring units.
struct Listing<'a> {
    rough: Rough<'a>,
    prices: &'a [i32],
    first: usize,
    lists: &'a mut [Shortlist],
}

impl Work for Listing<'_> {
    #[expect(clippy::inline_always, reason = "compiled twice, see `widely`")]
    #[inline(always)]
    fn run(self, none: impl Largest) {
        for (unit, list) in (self.first..).zip(self.lists) {
            *list = rough_shortlist(self.rough, self.prices, unit, none);
        }
    }
}

/// The list of `unit` at the auction's prices.
#[expect(clippy::inline_always, reason = "compiled twice, see `widely`")]
#[inline(always)]
fn rough_shortlist(rough: Rough<'_>, prices: &[i32], unit: usize, none: impl Largest) -> Shortlist {
    let row = rough.rows.row(unit);
    let (posts, weights) = (&rough.rows.posts[row.clone()], &rough.rows.weights[row]);
    if posts.len() <= LENGTH || posts.len() >= 1 << ROUGH_PLACE_BITS {
        return Shortlist::NONE;
    }
    // What a pair gains over being unplaced, and where in the row it is, in one number of 31 bits.
    let place_bits = usize::BITS - (posts.len() - 1).leading_zeros();
    let gain_bits = u32::BITS - rough.ceiling().cast_unsigned().leading_zeros() + 1;
    let drop = (gain_bits + place_bits).saturating_sub(i32::BITS - 1);
    let key = |place: i32, post: PostId, weight: i32| {
        let gain = (rough.value(weight) - prices[post.index()] - rough.outside).max(-1) + 1;
        ((gain >> drop) << place_bits) | place
    };
    // Two at a time, so that one need not wait for the other.
    let (mut even, mut odd) = (none, none);
    let mut place = 0;
    let (posts_by_two, odd_post) = posts.as_chunks::<2>();
    let (weights_by_two, odd_weight) = weights.as_chunks::<2>();
    for (posts, weights) in posts_by_two.iter().zip(weights_by_two) {
        even = even.show(key(place, posts[0], weights[0]));
        odd = odd.show(key(place + 1, posts[1], weights[1]));
        place += 2;
    }
    for (&post, &weight) in odd_post.iter().zip(odd_weight) {
        even = even.show(key(place, post, weight));
    }
    let mut keys = even.join(odd);
    // The last of the largest is the best of the rest.
    let smallest = (0..KEPT).fold(0, |smallest, at| if keys[at] < keys[smallest] { at } else { smallest });
    keys.swap(smallest, LENGTH);
    let mut list = Shortlist::NONE;
    for (slot, key) in keys[..LENGTH].iter().enumerate() {
        let place = (key & ((1 << place_bits) - 1)) as usize;
        list.posts[slot] = posts[place].get();
        list.weights[slot] = weights[place];
    }
    // The most that dropped bits may have hidden.
    let gain = i64::from(((keys[LENGTH] >> place_bits) + 1) << drop) - 1;
    list.bound = ((gain + i64::from(rough.outside)) << rough.grain) - 1;
    list
}

/// The list of `unit` by what pairs earn, in units of `2^grain`; none for a row that is no longer than a list, or too long for a key.
fn shortlist(rows: Rows<'_>, grain: u32, unit: usize, net: impl Fn(u32, i32) -> i64) -> Shortlist {
    let row = rows.row(unit);
    if row.len() <= LENGTH || row.len() >= 1 << PLACE_BITS {
        return Shortlist::NONE;
    }
    // The best keys in descending order, and the best of the rest. Without branches: what belongs where is what a processor cannot guess.
    let mut keys = [i64::MIN; LENGTH + 1];
    for (place, (post, weight)) in (0i64..).zip(rows.entries(unit)) {
        let mut key = (net(post, weight) << PLACE_BITS) | place;
        for kept in &mut keys {
            (*kept, key) = ((*kept).max(key), (*kept).min(key));
        }
    }
    let mut list = Shortlist::NONE;
    for (slot, key) in keys[..LENGTH].iter().enumerate() {
        let pair = row.start + (key & ((1 << PLACE_BITS) - 1)) as usize;
        list.posts[slot] = rows.posts[pair].get();
        list.weights[slot] = rows.weights[pair];
    }
    // The most that dropped bits may have hidden.
    list.bound = (((keys[LENGTH] >> PLACE_BITS) + 1) << grain) - 1;
    list
}

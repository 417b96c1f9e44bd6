//! A largest flow between what is wanted and what is offered that grows with what is allowed.

use std::collections::BTreeMap;

/// People of some classes, all alike within a class, at the seats of some posts: as many as can be.
///
/// It is the same from both sides: seats want people, or people want seats. Searches start from what is **wanted** and lead to what
/// is still on **offer**. Amounts may grow and pairs be added; the flow there is stays, and [`grow`](Self::grow) leads it to a
/// largest one again, by paths over which they make room for each other (Ford and Fulkerson, *Canadian Journal of Mathematics* 8,
/// 1956).
pub(super) struct Flow {
    wanted: Vec<u64>,
    offered: Vec<u64>,
    served: Vec<u64>,
    given: Vec<u64>,
    /// How much of each offer serves each want.
    serves: Vec<BTreeMap<usize, u64>>,
}

/// Wants that cannot all be served, and every offer that could serve one of them: all given.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Side {
    pub(super) wants: Vec<usize>,
    pub(super) offers: Vec<usize>,
}

impl Flow {
    pub(super) fn new(wants: usize, offers: usize) -> Self {
        let serves = vec![BTreeMap::new(); offers];
        Self {
            wanted: vec![0; wants],
            offered: vec![0; offers],
            served: vec![0; wants],
            given: vec![0; offers],
            serves,
        }
    }

    /// Lets `amount` be wanted, no less than before.
    pub(super) fn allow_want(&mut self, want: usize, amount: u64) {
        self.wanted[want] = self.wanted[want].max(amount);
    }

    /// Lets `amount` be offered, no less than before.
    pub(super) fn allow_offer(&mut self, offer: usize, amount: u64) {
        self.offered[offer] = self.offered[offer].max(amount);
    }

    /// Serves a want by an offer, both of which must be allowed as much.
    pub(super) fn serve(&mut self, want: usize, offer: usize, amount: u64) {
        *self.serves[offer].entry(want).or_default() += amount;
        self.served[want] += amount;
        self.given[offer] += amount;
    }

    /// How much is served.
    pub(super) fn value(&self) -> u64 {
        self.served.iter().sum()
    }

    /// Grows to a largest flow where `allowed` says which offers may serve which wants, and says what it is bounded by: all other
    /// wants are served, and these offers are given.
    ///
    /// Cost: for each unit or chain of units that is added, and once for all that can get none, a search over wants and the offers
    /// allowed there.
    pub(super) fn grow(&mut self, allowed: impl Fn(usize, usize) -> bool) -> Side {
        let mut search = Search::over(self);
        let mut side = Side::default();
        for want in 0..self.wanted.len() {
            while self.served[want] < self.wanted[want] && search.is_open(want) {
                match search.reach(self, want, &allowed) {
                    Some((offer, by)) => self.shift(offer, by, &search),
                    None => search.close(&mut side),
                }
            }
        }
        side.wants.sort_unstable();
        side.offers.sort_unstable();
        side
    }

    /// Gives `offer` to `want`, which takes the place of others, who serve the want that was searched from.
    fn shift(&mut self, offer: usize, want: usize, search: &Search) {
        let mut amount = self.offered[offer] - self.given[offer];
        let (mut path, mut here) = (Vec::new(), want);
        while let Some((leaves, to)) = search.via[here] {
            amount = amount.min(self.serves[leaves].get(&here).copied().unwrap_or(0));
            path.push((leaves, here, to));
            here = to;
        }
        amount = amount.min(self.wanted[here] - self.served[here]);
        *self.serves[offer].entry(want).or_default() += amount;
        self.given[offer] += amount;
        self.served[here] += amount;
        for (leaves, from, to) in path {
            *self.serves[leaves].entry(to).or_default() += amount;
            let rest = self.serves[leaves].entry(from).or_default();
            *rest -= amount;
            if *rest == 0 {
                self.serves[leaves].remove(&from);
            }
        }
    }
}

/// Searches one after the other. What a search in vain has seen is left out of those that follow: nothing leads out of it, whatever
/// is added elsewhere.
struct Search {
    /// Offers that no search in vain has seen.
    open: Vec<usize>,
    /// When each was last seen: by which search, [`VAIN`](Self::VAIN) for good.
    wants: Vec<u32>,
    offers: Vec<u32>,
    now: u32,
    /// How each want that this search saw was reached: by the offer that would leave it, for which want.
    via: Vec<Option<(usize, usize)>>,
    /// What this search saw, in its order.
    seen: Side,
}

impl Search {
    const VAIN: u32 = u32::MAX;

    fn over(flow: &Flow) -> Self {
        let (wants, offers) = (flow.wanted.len(), flow.offered.len());
        Self {
            open: (0..offers).collect(),
            wants: vec![0; wants],
            offers: vec![0; offers],
            now: 0,
            via: vec![None; wants],
            seen: Side::default(),
        }
    }

    fn is_open(&self, want: usize) -> bool {
        self.wants[want] != Self::VAIN
    }

    /// An offer that is not all given, and the want that it may serve, reached from `start`.
    fn reach(&mut self, flow: &Flow, start: usize, allowed: &impl Fn(usize, usize) -> bool) -> Option<(usize, usize)> {
        self.now += 1;
        self.seen.wants.clear();
        self.seen.offers.clear();
        self.see(start, None);
        let mut next = 0;
        while let Some(&want) = self.seen.wants.get(next) {
            next += 1;
            for at in 0..self.open.len() {
                let offer = self.open[at];
                if self.offers[offer] == self.now || !allowed(want, offer) {
                    continue;
                }
                if flow.given[offer] < flow.offered[offer] {
                    return Some((offer, want));
                }
                self.offers[offer] = self.now;
                self.seen.offers.push(offer);
                for other in flow.serves[offer].keys() {
                    if self.wants[*other] != self.now && self.is_open(*other) {
                        self.see(*other, Some((offer, want)));
                    }
                }
            }
        }
        None
    }

    fn see(&mut self, want: usize, via: Option<(usize, usize)>) {
        self.wants[want] = self.now;
        self.via[want] = via;
        self.seen.wants.push(want);
    }

    /// Leaves out what the last search, which was in vain, has seen, and adds it to `side`.
    fn close(&mut self, side: &mut Side) {
        self.seen.wants.iter().for_each(|want| self.wants[*want] = Self::VAIN);
        self.seen.offers.iter().for_each(|offer| self.offers[*offer] = Self::VAIN);
        let offers = &self.offers;
        self.open.retain(|offer| offers[*offer] != Self::VAIN);
        side.wants.append(&mut self.seen.wants);
        side.offers.append(&mut self.seen.offers);
    }
}

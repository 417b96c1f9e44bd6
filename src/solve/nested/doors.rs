//! By which arcs people can leave a node, or come to it, and at which potential each of these opens.

use super::auction::Turn;
use super::network::{Entry, Network};
use crate::control::Stop;
use crate::graph::Side;
use crate::solve::bounds::Way;
use crate::solve::groups::Groups;
use crate::solve::meter::Meter;

/// Potentials stay within this, either way.
pub(super) const FARTHEST: i64 = 1 << 58;

/// The price of what is closed, and what nobody leaves for.
const CLOSED: i64 = 1 << 57;

/// Pairs that a post remembers as those that open next, while people are sought.
const LIST: usize = 24;

/// No pair.
const NONE: u32 = u32::MAX;

/// What one person can move along.
#[derive(Clone, Copy)]
pub(super) enum Arc {
    /// The own arc of a node.
    Own(u32),
    Pair(u32),
}

/// A way for some people to go, or to come.
#[derive(Clone, Copy)]
pub(super) struct Door {
    /// The potential of the node at which it opens, negative while people are sought: the higher, the sooner.
    pub(super) opens: i64,
    pub(super) arc: Arc,
    /// For how many.
    pub(super) room: u32,
}

/// People placed at a post by one pair.
#[derive(Clone, Copy)]
pub(super) struct Member {
    pair: u32,
    pub(super) unit: u32,
    pub(super) count: u32,
    value: i64,
}

/// The pairs of a post that open next. Offers to a post only become dearer while people are sought, so that no other pair opens
/// sooner than it would have when the list was made.
#[derive(Clone, Default)]
struct List {
    entries: Vec<Entry>,
    /// The soonest that any other opens.
    others: i64,
}

/// Who is where, and at which potentials. Potentials are in units of `2^-scale`.
pub(super) struct Doors<'a> {
    network: &'a Network<'a>,
    columns: &'a Groups<Entry>,
    pub(super) scale: u32,
    pub(super) potentials: Vec<i64>,
    pub(super) loads: Vec<u32>,
    pub(super) flows: Vec<u32>,
    members: Vec<Vec<Member>>,
    /// The pair by which each unit of one person is placed: while people are sought, one of several.
    seats: Vec<u32>,
    /// By how many pairs each unit is placed.
    ways: Vec<u32>,
    lists: Vec<List>,
    found: Vec<(i64, Entry)>,
}

impl<'a> Doors<'a> {
    /// Nobody anywhere, at potentials of 0.
    pub(super) fn new(network: &'a Network<'a>, columns: &'a Groups<Entry>, scale: u32) -> Self {
        Self {
            network,
            columns,
            scale,
            potentials: vec![0; network.len()],
            loads: vec![0; network.len()],
            flows: vec![0; network.rows.posts.len()],
            members: vec![Vec::new(); network.posts().len()],
            seats: vec![NONE; network.units().len()],
            ways: vec![0; network.units().len()],
            lists: vec![List::default(); network.posts().len()],
            found: Vec::new(),
        }
    }

    /// The people at the post at `node`.
    pub(super) fn members(&self, node: usize) -> &[Member] {
        &self.members[node - self.network.posts().start]
    }

    fn value(&self, pair: usize) -> i64 {
        self.network.value(pair) << self.scale
    }

    /// What a pair gives its unit.
    fn gives(&self, pair: usize) -> i64 {
        self.potentials[self.network.post(pair)] + self.value(pair)
    }

    fn slope(&self, node: usize, way: Way) -> i64 {
        let most = FARTHEST >> self.scale;
        self.network.bounds(node).slope(self.loads[node], way).clamp(-most, most) << self.scale
    }

    fn capacity(&self, node: usize, way: Way) -> u32 {
        self.network.bounds(node).capacity(self.loads[node], way)
    }

    /// `by` more people on a pair.
    pub(super) fn change(&mut self, pair: u32, by: i64) {
        let entry = self.network.entry(pair);
        let (unit, post) = self.network.ends(pair as usize);
        let (unit, post) = (unit - self.network.units().start, post - self.network.posts().start);
        let (members, seat) = (&mut self.members[post], &mut self.seats[unit]);
        let flow = &mut self.flows[pair as usize];
        let at = if *flow == 0 { None } else { members.iter().position(|member| member.pair == pair) };
        *flow = (i64::from(*flow) + by) as u32;
        if *flow > 0 {
            *seat = pair;
            let node = (self.network.unit(entry)) as u32;
            let member = Member { pair, unit: node, count: *flow, value: entry.value << self.scale };
            if let Some(at) = at {
                members[at] = member;
            } else {
                members.push(member);
                self.ways[unit] += 1;
            }
            return;
        }
        if let Some(at) = at {
            members.swap_remove(at);
            self.ways[unit] -= 1;
        }
        if *seat == pair {
            *seat = NONE;
            if self.ways[unit] > 0 {
                let mut row = self.network.rows.row(unit);
                *seat = row.find(|&pair| self.flows[pair] > 0).map_or(NONE, |pair| pair as u32);
            }
        }
        // Whoever was here is among those who may come again.
        let list = &mut self.lists[post].entries;
        if !list.is_empty() && list.iter().all(|entry| entry.pair != pair) {
            list.push(entry);
        }
    }

    /// Puts posts where nobody can come out of everybody's reach.
    pub(super) fn close(&mut self) {
        for post in self.network.posts().filter(|&post| self.network.is_closed(post)) {
            self.potentials[post] = -CLOSED;
        }
    }

    /// What the best pair of a unit gives, and the best but its `seat`.
    fn two_best(&self, unit: usize, seat: u32) -> (i64, i64) {
        let (rows, potentials) = (self.network.rows, &self.potentials[self.network.posts()]);
        let (mut best, mut other) = (i64::MIN, i64::MIN);
        for pair in self.network.row(unit) {
            let gives = potentials[rows.posts[pair].index()] + self.value(pair);
            best = best.max(gives);
            other = if pair as u32 == seat { other } else { other.max(gives) };
        }
        (best, other)
    }

    /// [`place_again`](Self::place_again) of a unit of one person.
    fn seat_again(&mut self, unit: usize, increment: i64) {
        let level = self.potentials[self.network.parent(unit)];
        let seat = self.seats[unit - self.network.units().start];
        let (best, other) = self.two_best(unit, seat);
        let stays = seat != NONE && self.gives(seat as usize) >= best.max(level) - increment;
        if seat != NONE && !stays {
            self.change(seat, -1);
        }
        let comes = stays || best > level + increment;
        self.loads[unit] = u32::from(comes);
        let next = if stays { other } else { best };
        let next = if comes { next.max(level) } else { next.min(level + 2 * increment) };
        self.potentials[unit] = next.max(-FARTHEST) - increment;
    }

    /// Takes away the places of a unit that others are better than by more than the increment, brings all its members in, or out,
    /// where that pays, and sets its potential to the lowest that suits what is left.
    pub(super) fn place_again(&mut self, unit: usize, increment: i64) {
        let network = self.network;
        let (level, heads) = (self.potentials[network.parent(unit)], network.max(unit));
        if heads == 1 {
            return self.seat_again(unit, increment);
        }
        let best = network.row(unit).map(|pair| self.gives(pair)).fold(i64::MIN, i64::max);
        let mut placed = 0;
        if self.loads[unit] > 0 {
            for pair in network.row(unit).filter(|&pair| self.flows[pair] > 0).collect::<Vec<_>>() {
                if self.gives(pair) < best.max(level) - increment {
                    self.change(pair as u32, -i64::from(self.flows[pair]));
                } else {
                    placed += self.flows[pair];
                }
            }
        }
        self.loads[unit] = if best > level + increment { heads } else { placed };
        let (next, others) = self.best(unit);
        let next = next.map_or(others, |door| door.opens).max(-FARTHEST) - increment;
        self.potentials[unit] = if self.loads[unit] < heads { next.min(level + increment) } else { next };
    }

    /// Fills or empties the own arc of `node` as far as its multiplier asks for by more than the increment.
    pub(super) fn suit(&mut self, node: usize, increment: i64) {
        let bounds = self.network.bounds(node);
        if bounds.is_strict() {
            self.loads[node] = self.loads[node].clamp(bounds.min, bounds.max);
        }
        let rise = self.potentials[node] - self.potentials[self.network.parent(node)];
        let multiplier = if self.network.side(node) == Side::Supply { rise } else { -rise };
        // A range has three parts, with slopes of their own.
        for _ in 0..3 {
            let (more, fewer) = (self.capacity(node, Way::More), self.capacity(node, Way::Fewer));
            if more > 0 && multiplier - self.slope(node, Way::More) > increment && self.loads[node] < bounds.max {
                self.loads[node] += more;
            } else if fewer > 0 && self.slope(node, Way::Fewer) - multiplier > increment {
                self.loads[node] -= fewer;
            }
        }
    }

    /// From now on people are sought: units hold on to what they have. Looks at the clock after every `look` units.
    pub(super) fn hold(&mut self, look: usize, meter: &Meter<'_>) -> Result<(), Stop> {
        for list in &mut self.lists {
            list.entries.clear();
        }
        for unit in self.network.units() {
            if unit % look == 0 {
                meter.look()?;
            }
            self.potentials[unit] = self.holds(unit);
        }
        Ok(())
    }

    /// The potential at which a unit leaves one of its places, or somebody idle comes.
    fn holds(&self, unit: usize) -> i64 {
        let network = self.network;
        let heads = network.max(unit);
        let idle = if self.loads[unit] < heads { self.potentials[network.parent(unit)] } else { CLOSED };
        if heads == 1 {
            let seat = self.seats[unit - network.units().start];
            return if seat == NONE { idle } else { self.gives(seat as usize) };
        }
        let placed = network.row(unit).filter(|&pair| self.flows[pair] > 0).map(|pair| self.gives(pair));
        placed.fold(idle, i64::min)
    }

    /// Moves the potential of `node` to an increment beyond where the next door opens, never back.
    pub(super) fn shift(&mut self, node: usize, turn: Turn, to: i64) {
        let to = to.clamp(-FARTHEST, FARTHEST);
        let potential = &mut self.potentials[node];
        if turn == Turn::Send {
            *potential = to.min(*potential);
            return;
        }
        *potential = (-to).max(*potential);
        let (network, potential) = (self.network, *potential);
        if network.units().contains(&node) {
            self.potentials[node] = self.holds(node);
        } else if network.posts().contains(&node) {
            let post = node - network.posts().start;
            for at in 0..self.members[post].len() {
                let Member { unit, value, .. } = self.members[post][at];
                let unit = unit as usize;
                self.potentials[unit] = if network.max(unit) == 1 { potential + value } else { self.holds(unit) };
            }
        } else if network.side(node) == Side::Supply {
            for &unit in network.children(node).iter().filter(|unit| network.units().contains(unit)) {
                self.potentials[unit] = self.holds(unit);
            }
        }
    }

    /// The door by which members of a unit go soonest, and when the next one opens.
    pub(super) fn best(&self, unit: usize) -> (Option<Door>, i64) {
        let network = self.network;
        let heads = network.max(unit);
        let (mut best, mut next) = (None, i64::MIN);
        if self.loads[unit] > 0 {
            let opens = self.potentials[network.parent(unit)];
            best = Some(Door { opens, arc: Arc::Own(unit as u32), room: self.loads[unit] });
        }
        let seat = self.seats[unit - network.units().start];
        for pair in network.row(unit) {
            let opens = self.gives(pair);
            if opens > next && if heads == 1 { pair as u32 != seat } else { self.flows[pair] < heads } {
                let door = Door { opens, arc: Arc::Pair(pair as u32), room: heads - self.flows[pair] };
                match best {
                    Some(Door { opens: most, .. }) if opens <= most => next = opens,
                    _ => {
                        next = best.map_or(next, |door| door.opens);
                        best = Some(door);
                    }
                }
            }
        }
        (best, next)
    }

    /// The doors of `node` by which people go, or come; those that open soonest of a post, enough for the `wanted`. Returns how many
    /// arcs it looked at.
    pub(super) fn of(&mut self, node: usize, turn: Turn, wanted: u64, open: &mut Vec<Door>) -> usize {
        let network = self.network;
        let send = turn == Turn::Send;
        let (sign, supply) = (if send { 1 } else { -1 }, network.side(node) == Side::Supply);
        // By its own arc those go who came by it, or come who went by it.
        let (own, below) = if supply == send { (Way::Fewer, Way::More) } else { (Way::More, Way::Fewer) };
        let slope = |node: usize, way: Way| if supply { self.slope(node, way) } else { -self.slope(node, way) };
        let room = self.capacity(node, own);
        if room > 0 {
            let opens = sign * (self.potentials[network.parent(node)] + slope(node, own));
            open.push(Door { opens, arc: Arc::Own(node as u32), room });
        }
        if network.units().contains(&node) {
            let placed = network.row(node).filter(|&pair| self.flows[pair] > 0);
            let doors = placed.map(|pair| (sign * self.gives(pair), pair as u32, self.flows[pair]));
            open.extend(doors.map(|(opens, pair, room)| Door { opens, arc: Arc::Pair(pair), room }));
            return 1 + network.row(node).len();
        }
        if network.posts().contains(&node) {
            if !send {
                return 1 + self.offers(node, usize::try_from(wanted).unwrap_or(usize::MAX), open);
            }
            let door = |member: &Member| {
                let opens = self.potentials[member.unit as usize] - member.value;
                Door { opens, arc: Arc::Pair(member.pair), room: member.count }
            };
            open.extend(self.members(node).iter().map(door));
            return 1 + self.members(node).len();
        }
        for &child in network.children(node) {
            let room = self.capacity(child, below);
            if room > 0 && !network.is_closed(child) {
                let opens = sign * (self.potentials[child] - slope(child, below));
                open.push(Door { opens, arc: Arc::Own(child as u32), room });
            }
        }
        1 + network.children(node).len()
    }

    /// The doors by which people come to a post, beside the one that is `open`, if any: its own arc.
    fn offers(&mut self, node: usize, wanted: usize, open: &mut Vec<Door>) -> usize {
        let post = node - self.network.posts().start;
        let own = open.first().copied();
        let is_enough = |open: &[Door], others: i64| {
            let soon = open.iter().filter(|door| door.opens >= others);
            soon.map(|door| door.room as usize).fold(0, usize::saturating_add) > wanted
        };
        if !self.lists[post].entries.is_empty() {
            let List { entries, others } = &self.lists[post];
            open.extend(entries.iter().filter_map(|&entry| self.offer(entry)).filter(|door| door.opens >= *others));
            if is_enough(open, *others) {
                return entries.len();
            }
            open.clear();
            open.extend(own);
        }
        let most = wanted.max(LIST);
        let mut found = std::mem::take(&mut self.found);
        found.clear();
        let mut others = i64::MIN;
        let here = -self.potentials[node];
        let column = self.columns.of(post);
        for &entry in column {
            let unit = self.network.unit(entry);
            let opens = (entry.value << self.scale) - self.potentials[unit];
            if opens < others {
                continue;
            }
            let heads = self.network.max(unit);
            // Whoever has a place here holds on to it at just the potential there is: of the others no flow need be looked up.
            let may_be_here = opens >= here || heads > 1;
            if may_be_here && heads <= self.flows[entry.pair as usize] {
                continue;
            }
            found.push((opens, entry));
            if found.len() > 2 * most {
                found.select_nth_unstable_by_key(most, |&(opens, entry)| (std::cmp::Reverse(opens), entry.pair));
                others = others.max(found[most].0);
                found.truncate(most);
            }
        }
        open.extend(found.iter().filter_map(|&(_, entry)| self.offer(entry)).filter(|door| door.opens >= others));
        let list = &mut self.lists[post];
        list.entries.clear();
        list.entries.extend(found.iter().map(|&(_, entry)| entry));
        list.others = others;
        self.found = found;
        column.len()
    }

    /// The door by which people come along a pair, if any can.
    fn offer(&self, entry: Entry) -> Option<Door> {
        let unit = self.network.unit(entry);
        let opens = (entry.value << self.scale) - self.potentials[unit];
        let room = self.network.max(unit) - self.flows[entry.pair as usize];
        (room > 0).then_some(Door { opens, arc: Arc::Pair(entry.pair), room })
    }
}

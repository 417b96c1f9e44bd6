// An instance: its pairs (`.mwb`) and its rules (`.rules`), as ../README.md describes them; and what a flow is worth.
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

// The loads that are allowed; strict if there is no penalty.
struct Range {
  long long least = 0, most = 0, penalty = 0;
};

// Nested quotas of one side: of each node the one above and its range, of each leaf the node above; -1 for none.
struct Forest {
  std::vector<int> parents, leaves;
  std::vector<Range> ranges;

  // The load of each node, from that of each leaf.
  template <class Number>
  std::vector<long long> loads(const std::vector<Number>& held) const {
    std::vector<long long> loads(parents.size());
    for (size_t leaf = 0; leaf < leaves.size(); leaf++)
      if (leaves[leaf] >= 0) loads[leaves[leaf]] += held[leaf];
    for (size_t node = parents.size(); node-- > 0;)
      if (parents[node] >= 0) loads[parents[node]] += loads[node];
    return loads;
  }
};

struct Instance {
  uint32_t units = 0, posts = 0;
  std::vector<uint32_t> headcounts, offsets, targets;
  std::vector<int32_t> weights;
  std::vector<Range> seats;
  Forest demand, supply;
  int32_t largest = 0;
  // Whether classes open or not, or quotas cross: no flow.
  bool searched = false;
};

template <class Word>
std::vector<Word> words(std::ifstream& file, size_t count) {
  std::vector<Word> read(count);
  file.read(reinterpret_cast<char*>(read.data()), count * sizeof(Word));
  if (!file) throw std::runtime_error("the file is too short");
  return read;
}

template <class Number>
Number number(std::istream& words) {
  Number number;
  if (!(words >> number)) throw std::runtime_error("a number is missing");
  return number;
}

inline Range range(std::istream& words, Instance& instance) {
  Range range;
  range.least = number<long long>(words);
  range.most = number<long long>(words);
  std::string more;
  if (!(words >> more) || more == ":") return range;
  if (more == "penalty") {
    range.penalty = number<long long>(words);
    words >> more;
  } else if (more == "closed") {
    instance.searched |= range.least > 1;
    range.least = 0;
    words >> more;
  }
  return range;
}

// A node of a forest, and the leaves at once below it.
inline void node(std::istream& words, Forest& forest, Instance& instance) {
  const int node = static_cast<int>(forest.parents.size());
  if (number<int>(words) != node) throw std::runtime_error("nodes are not numbered in order");
  std::string parent;
  words >> parent;
  forest.parents.push_back(parent == "-" ? -1 : std::stoi(parent));
  if (forest.parents.back() >= node) throw std::runtime_error("a node comes before the one above it");
  forest.ranges.push_back(range(words, instance));
  for (size_t leaf; words >> leaf;) forest.leaves.at(leaf) = node;
}

inline void read_rules(const char* path, Instance& instance) {
  std::ifstream file(path);
  if (!file) throw std::runtime_error("the rules cannot be read");
  for (std::string line; std::getline(file, line);) {
    std::istringstream words(line.substr(0, line.find('#')));
    std::string kind;
    if (!(words >> kind)) continue;
    if (kind == "seats") {
      Range& seats = instance.seats.at(number<size_t>(words));
      seats = range(words, instance);
    } else if (kind == "demand") {
      node(words, instance.demand, instance);
    } else if (kind == "supply") {
      node(words, instance.supply, instance);
    } else if (kind == "together") {
      instance.searched |= instance.headcounts.at(number<size_t>(words)) > 1;
    } else if (kind == "couple") {
      instance.searched = true;
    } else {
      throw std::runtime_error("there is no such rule");
    }
  }
}

inline Instance load(const char* path, const char* rules) {
  std::ifstream file(path, std::ios::binary);
  std::vector<uint32_t> header = words<uint32_t>(file, 16);
  if (std::memcmp(header.data(), "TSDMWB01", 8) != 0) throw std::runtime_error("this is no instance");
  Instance instance;
  instance.units = header[2];
  instance.posts = header[3];
  instance.largest = static_cast<int32_t>(header[10]);
  instance.headcounts = words<uint32_t>(file, instance.units);
  for (uint32_t seats : words<uint32_t>(file, instance.posts)) instance.seats.push_back({0, seats, 0});
  instance.offsets = words<uint32_t>(file, instance.units + 1);
  instance.targets = words<uint32_t>(file, header[4]);
  instance.weights = words<int32_t>(file, header[4]);
  instance.demand.leaves.assign(instance.posts, -1);
  instance.supply.leaves.assign(instance.units, -1);
  if (rules) read_rules(rules, instance);
  return instance;
}

// What loads beyond their ranges cost; throws if one is not allowed.
inline long long fines(const std::vector<Range>& ranges, const std::vector<long long>& loads) {
  long long fines = 0;
  for (size_t at = 0; at < ranges.size(); at++) {
    const long long beyond = std::max({ranges[at].least - loads[at], loads[at] - ranges[at].most, 0LL});
    if (beyond > 0 && ranges[at].penalty == 0) throw std::runtime_error("a range is broken");
    fines += beyond * ranges[at].penalty;
  }
  return fines;
}

// Value less fines, and people placed; throws if the flow breaks a rule. The arc of a pair is its number plus that of
// its unit.
template <class Flow>
std::pair<long long, long long> examine(const Instance& instance, Flow flow) {
  std::vector<long long> taken(instance.posts), members(instance.units);
  long long value = 0, placed = 0;
  for (uint32_t unit = 0; unit < instance.units; unit++) {
    for (uint32_t pair = instance.offsets[unit]; pair < instance.offsets[unit + 1]; pair++) {
      const long long amount = flow(pair + unit);
      if (amount < 0) throw std::runtime_error("negative flow");
      members[unit] += amount;
      taken[instance.targets[pair]] += amount;
      value += amount * instance.weights[pair];
    }
    if (members[unit] > instance.headcounts[unit]) throw std::runtime_error("a unit has not so many members");
    placed += members[unit];
  }
  value -= fines(instance.seats, taken);
  value -= fines(instance.demand.ranges, instance.demand.loads(taken));
  value -= fines(instance.supply.ranges, instance.supply.loads(members));
  return {value, placed};
}

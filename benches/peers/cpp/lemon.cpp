// lemon PEER INSTANCE [RULES]: solves with a LEMON algorithm and prints one line of JSON; exit code 5 if it cannot.
//
// As a minimum cost flow. A unit sends its people to its posts (headcount, largest weight - weight), or past the supply
// nodes above it to the outside (headcount, largest weight); posts pass on what they hold (their seats, 0), past the
// demand nodes above them, to the outside. So a demand node passes on those placed below it, a supply node those that
// are not.
#include <chrono>
#include <cstdio>
#include <ctime>

#include <lemon/cost_scaling.h>
#include <lemon/network_simplex.h>
#include <lemon/static_graph.h>

#include "instance.hpp"

using Graph = lemon::StaticDigraph;
using NetworkSimplex = lemon::NetworkSimplex<Graph, int, long long>;
using CostScaling = lemon::CostScaling<Graph, int, long long>;

// Wall and CPU seconds (user and system, all threads) since its making.
class Watch {
  std::chrono::steady_clock::time_point start = std::chrono::steady_clock::now();
  std::clock_t spent = std::clock();

 public:
  double wall() const { return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count(); }
  double cpu() const { return static_cast<double>(std::clock() - spent) / CLOCKS_PER_SEC; }
};

// Arcs in the order of the nodes they leave, as a static graph wants them: the pairs of a unit, then its way outside.
struct Network {
  std::vector<std::pair<int, int>> ends;
  std::vector<int> least, most;
  std::vector<long long> costs;
  int people = 0, outside = 0;
  // Whether no arc carries at least more than at most.
  bool feasible = true;

  explicit Network(const Instance& instance) {
    const int demand = instance.units + instance.posts, supply = demand + instance.demand.parents.size();
    outside = supply + instance.supply.parents.size();
    for (uint32_t headcount : instance.headcounts) people += headcount;
    const size_t arcs = instance.targets.size() + 3 * outside;
    ends.reserve(arcs), least.reserve(arcs), most.reserve(arcs), costs.reserve(arcs);
    const auto above = [&](int node, int first) { return node < 0 ? outside : first + node; };
    for (uint32_t unit = 0; unit < instance.units; unit++) {
      const int members = instance.headcounts[unit];
      for (uint32_t pair = instance.offsets[unit]; pair < instance.offsets[unit + 1]; pair++) {
        const int post = instance.units + instance.targets[pair];
        add(unit, post, 0, members, static_cast<long long>(instance.largest) - instance.weights[pair]);
      }
      add(unit, above(instance.supply.leaves[unit], supply), 0, members, instance.largest);
    }
    for (uint32_t post = 0; post < instance.posts; post++) {
      const Range& seats = instance.seats[post];
      add(instance.units + post, above(instance.demand.leaves[post], demand), seats.least, seats.most, 0);
    }
    for (size_t node = 0; node < instance.demand.parents.size(); node++)
      limit(demand + node, above(instance.demand.parents[node], demand), instance.demand.ranges[node]);
    const std::vector<long long> members = instance.supply.loads(instance.headcounts);
    for (size_t node = 0; node < instance.supply.parents.size(); node++) {
      const Range& placed = instance.supply.ranges[node];
      const Range unplaced = {members[node] - placed.most, members[node] - placed.least, placed.penalty};
      limit(supply + node, above(instance.supply.parents[node], supply), unplaced);
    }
  }

 private:
  void add(int tail, int head, long long low, long long high, long long cost) {
    feasible &= low <= high;
    ends.emplace_back(tail, head);
    least.push_back(std::min<long long>(low, people));
    most.push_back(std::min<long long>(high, people));
    costs.push_back(cost);
  }

  // A penalty makes three arcs of one: people up to the minimum earn it, people above the maximum pay it.
  void limit(int tail, int head, const Range& range) {
    const long long low = std::max(range.least, 0LL);
    if (range.penalty == 0) return add(tail, head, low, range.most, 0);
    add(tail, head, 0, low, -range.penalty);
    add(tail, head, 0, std::max(range.most, 0LL) - low, 0);
    add(tail, head, 0, people, range.penalty);
  }
};

double peak_memory() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);)
    if (line.rfind("VmHWM:", 0) == 0) return std::stod(line.substr(6)) / 1024;
  return 0;
}

template <class Algorithm>
void run(const char* peer, const Instance& instance, double loaded) {
  const Watch building;
  const Network network(instance);
  Graph graph;
  graph.build(network.outside + 1, network.ends.begin(), network.ends.end());
  Graph::ArcMap<int> lower(graph), upper(graph);
  Graph::ArcMap<long long> cost(graph);
  Graph::NodeMap<int> supply(graph, 0);
  for (size_t arc = 0; arc < network.ends.size(); arc++) {
    lower[graph.arc(arc)] = network.least[arc];
    upper[graph.arc(arc)] = network.most[arc];
    cost[graph.arc(arc)] = network.costs[arc];
  }
  for (uint32_t unit = 0; unit < instance.units; unit++) supply[graph.node(unit)] = instance.headcounts[unit];
  supply[graph.node(network.outside)] = -network.people;
  Algorithm algorithm(graph);
  algorithm.upperMap(upper).costMap(cost).supplyMap(supply);
  if (std::any_of(network.least.begin(), network.least.end(), [](int least) { return least > 0; }))
    algorithm.lowerMap(lower);
  const double built = building.wall();

  const Watch solving;
  const auto status = network.feasible ? algorithm.run() : Algorithm::INFEASIBLE;
  const double wall = solving.wall(), cpu = solving.cpu();
  std::string objective = "null";
  long long placed = 0;
  if (status == Algorithm::OPTIMAL) {
    const auto result = examine(instance, [&](int arc) { return algorithm.flow(graph.arc(arc)); });
    objective = std::to_string(result.first);
    placed = result.second;
  } else if (status != Algorithm::INFEASIBLE) {
    throw std::runtime_error("neither optimal nor infeasible");
  }
  std::printf("{\"peer\":\"%s\",\"version\":\"%s\",\"objective\":%s,\"matched\":%lld,\"load_s\":%.6f,"
              "\"build_s\":%.6f,\"solve_s\":%.6f,\"solve_cpu_s\":%.6f,\"peak_rss_mb\":%.1f}\n",
              peer, LEMON, objective.c_str(), placed, loaded, built, wall, cpu, peak_memory());
}

int main(int count, char** arguments) try {
  const std::string peer = count == 3 || count == 4 ? arguments[1] : "";
  if (peer != "lemon_ns" && peer != "lemon_cs")
    throw std::runtime_error("usage: lemon lemon_ns|lemon_cs INSTANCE [RULES]");
  const Watch loading;
  const Instance instance = load(arguments[2], count == 4 ? arguments[3] : nullptr);
  const double loaded = loading.wall();
  if (instance.searched) {
    std::fprintf(stderr, "no class that opens or not, and no quotas that cross\n");
    return 5;
  }
  if (peer == "lemon_ns") run<NetworkSimplex>(arguments[1], instance, loaded);
  else run<CostScaling>(arguments[1], instance, loaded);
} catch (const std::exception& error) {
  std::fprintf(stderr, "%s\n", error.what());
  return 1;
}

// lemon PEER INSTANCE: solves with a LEMON algorithm and prints one line of JSON.
//
// As a minimum cost flow: unit -> post (its headcount, largest weight - weight), unit -> outside (its headcount,
// largest weight), post -> outside (its seats, 0); units supply their headcounts, outside takes everybody.
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <fstream>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include <lemon/cost_scaling.h>
#include <lemon/network_simplex.h>
#include <lemon/static_graph.h>

using Graph = lemon::StaticDigraph;
using NetworkSimplex = lemon::NetworkSimplex<Graph, int, long long>;
using CostScaling = lemon::CostScaling<Graph, int, long long>;

struct Instance {
  uint32_t units = 0, posts = 0;
  std::vector<uint32_t> headcounts, seats, offsets, targets;
  std::vector<int32_t> weights;
  int32_t largest = 0;
};

template <class Word>
std::vector<Word> words(std::ifstream& file, size_t count) {
  std::vector<Word> read(count);
  file.read(reinterpret_cast<char*>(read.data()), count * sizeof(Word));
  if (!file) throw std::runtime_error("the file is too short");
  return read;
}

Instance load(const char* path) {
  std::ifstream file(path, std::ios::binary);
  std::vector<uint32_t> header = words<uint32_t>(file, 16);
  if (std::memcmp(header.data(), "TSDMWB01", 8) != 0) throw std::runtime_error("this is no instance");
  Instance instance;
  instance.units = header[2];
  instance.posts = header[3];
  instance.largest = static_cast<int32_t>(header[10]);
  instance.headcounts = words<uint32_t>(file, instance.units);
  instance.seats = words<uint32_t>(file, instance.posts);
  instance.offsets = words<uint32_t>(file, instance.units + 1);
  instance.targets = words<uint32_t>(file, header[4]);
  instance.weights = words<int32_t>(file, header[4]);
  return instance;
}

// Wall and CPU seconds (user and system, all threads) since its making.
class Watch {
  std::chrono::steady_clock::time_point start = std::chrono::steady_clock::now();
  std::clock_t spent = std::clock();

 public:
  double wall() const { return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count(); }
  double cpu() const { return static_cast<double>(std::clock() - spent) / CLOCKS_PER_SEC; }
};

// Arcs in the order of the nodes they leave, as a static graph wants them: the pairs of a unit, then its way outside.
std::vector<std::pair<int, int>> arcs(const Instance& instance) {
  const int outside = instance.units + instance.posts;
  std::vector<std::pair<int, int>> arcs;
  arcs.reserve(instance.targets.size() + outside);
  for (uint32_t unit = 0; unit < instance.units; unit++) {
    for (uint32_t pair = instance.offsets[unit]; pair < instance.offsets[unit + 1]; pair++)
      arcs.emplace_back(unit, instance.units + instance.targets[pair]);
    arcs.emplace_back(unit, outside);
  }
  for (uint32_t post = 0; post < instance.posts; post++) arcs.emplace_back(instance.units + post, outside);
  return arcs;
}

// Value and people placed; throws if the flow is no matching. The arc of a pair is its number plus that of its unit.
template <class Flow>
std::pair<long long, long long> examine(const Instance& instance, Flow flow) {
  std::vector<long long> taken(instance.posts);
  long long value = 0, placed = 0;
  for (uint32_t unit = 0; unit < instance.units; unit++) {
    long long members = 0;
    for (uint32_t pair = instance.offsets[unit]; pair < instance.offsets[unit + 1]; pair++) {
      const long long amount = flow(pair + unit);
      if (amount < 0) throw std::runtime_error("negative flow");
      members += amount;
      taken[instance.targets[pair]] += amount;
      value += amount * instance.weights[pair];
    }
    if (members > instance.headcounts[unit]) throw std::runtime_error("a unit has not so many members");
    placed += members;
  }
  for (uint32_t post = 0; post < instance.posts; post++)
    if (taken[post] > instance.seats[post]) throw std::runtime_error("too few seats");
  return {value, placed};
}

double peak_memory() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);)
    if (line.rfind("VmHWM:", 0) == 0) return std::stod(line.substr(6)) / 1024;
  return 0;
}

template <class Algorithm>
void run(const char* peer, const Instance& instance, double loaded) {
  const Watch building;
  const int outside = instance.units + instance.posts;
  Graph graph;
  {
    const auto all = arcs(instance);
    graph.build(outside + 1, all.begin(), all.end());
  }
  Graph::ArcMap<int> capacity(graph), cost(graph, 0);
  Graph::NodeMap<int> supply(graph, 0);
  int arc = 0, everybody = 0;
  for (uint32_t unit = 0; unit < instance.units; unit++) {
    const int members = instance.headcounts[unit];
    for (uint32_t pair = instance.offsets[unit]; pair <= instance.offsets[unit + 1]; pair++, arc++) {
      const bool leaves = pair == instance.offsets[unit + 1];
      capacity[graph.arc(arc)] = members;
      cost[graph.arc(arc)] = instance.largest - (leaves ? 0 : instance.weights[pair]);
    }
    supply[graph.node(unit)] = members;
    everybody += members;
  }
  for (uint32_t seats : instance.seats) capacity[graph.arc(arc++)] = seats;
  supply[graph.node(outside)] = -everybody;
  Algorithm algorithm(graph);
  algorithm.upperMap(capacity).costMap(cost).supplyMap(supply);
  const double built = building.wall();

  const Watch solving;
  const bool optimal = algorithm.run() == Algorithm::OPTIMAL;
  const double wall = solving.wall(), cpu = solving.cpu();
  if (!optimal) throw std::runtime_error("not optimal");
  const auto result = examine(instance, [&](int arc) { return algorithm.flow(graph.arc(arc)); });
  std::printf("{\"peer\":\"%s\",\"version\":\"%s\",\"objective\":%lld,\"matched\":%lld,\"load_s\":%.6f,"
              "\"build_s\":%.6f,\"solve_s\":%.6f,\"solve_cpu_s\":%.6f,\"peak_rss_mb\":%.1f}\n",
              peer, LEMON, result.first, result.second, loaded, built, wall, cpu, peak_memory());
}

int main(int count, char** arguments) try {
  const std::string peer = count == 3 ? arguments[1] : "";
  if (peer != "lemon_ns" && peer != "lemon_cs") throw std::runtime_error("usage: lemon lemon_ns|lemon_cs INSTANCE");
  const Watch loading;
  const Instance instance = load(arguments[2]);
  const double loaded = loading.wall();
  if (peer == "lemon_ns") run<NetworkSimplex>(arguments[1], instance, loaded);
  else run<CostScaling>(arguments[1], instance, loaded);
} catch (const std::exception& error) {
  std::fprintf(stderr, "%s\n", error.what());
  return 1;
}

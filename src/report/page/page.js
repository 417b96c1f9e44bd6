"use strict";
// Switches the language and draws the pictures, each from the data beside it. Asks nothing of any network and stores nothing.
(() => {
  const root = document.documentElement;
  root.classList.add("js");
  const PALETTE = ["#0b6e99", "#5b8c3a", "#7fb8a4", "#b5505c", "#7b6aa8", "#4d9fb0", "#8a6d4b", "#8d99a6"];
  const LEFT = "#d9a441", INK = "#1b2733", SOFT = "#566573", LINE = "#d8dee5";
  const say = (words) => (words === null ? "–" : typeof words === "string" ? words : words[root.lang]);
  const count = (number) => number.toLocaleString("en-US", { maximumFractionDigits: 2 });
  const rate = (share) => (share === null ? "–" : `${share.toFixed(1)} %`);
  const narrow = (box) => box.clientWidth < 560;
  // By name: what draws measures letters by it, to break lines.
  const fontFamily = getComputedStyle(document.body).fontFamily;
  const text = (size = 12) => ({ color: INK, fontSize: size, fontFamily });
  const tip = { renderMode: "richText", confine: true, textStyle: { fontSize: 12 } };
  const quiet = { animation: false, textStyle: { fontFamily } };
  const few = (box) => (narrow(box) ? 3 : 6);
  const bottom = { bottom: 0, type: "plain", itemWidth: 14, itemHeight: 10, textStyle: text() };

  // Names on the axis beside lying bars: broken into lines, not cut.
  const beside = (box, rows) => {
    const longest = Math.max(...rows.map((row) => [...say(row[0])].reduce((sum, c) => sum + (c > "\u2e80" ? 12.5 : 6.7), 0)));
    const width = Math.round(Math.min(longest + 8, box.clientWidth * (narrow(box) ? 0.38 : 0.3)));
    return {
      width,
      lines: longest > width ? Math.ceil(longest / (width * 0.85)) : 1,
      axis: {
        type: "category", inverse: true, data: rows.map((row) => say(row[0])), axisTick: { show: false },
        axisLine: { lineStyle: { color: LINE } }, axisLabel: { ...text(), width, overflow: "break", interval: 0, margin: 6 },
      },
    };
  };
  const lengths = (more) => ({
    type: "value", splitLine: { lineStyle: { color: "#e8ecf0" } }, axisLabel: { color: SOFT, hideOverlap: true }, ...more,
  });

  // What lines are drawn on: the second column across, the third one up.
  const plane = (box, columns, min) => ({
    ...quiet, color: PALETTE,
    tooltip: { ...tip, trigger: "axis", valueFormatter: (v) => count(Array.isArray(v) ? v[1] : v) },
    xAxis: lengths({ name: say(columns[1]), nameLocation: "middle", nameGap: 26, nameTextStyle: text(), min, max: "dataMax", splitNumber: few(box) }),
    yAxis: lengths({ name: say(columns[2]), nameTextStyle: { ...text(), align: "left" }, min: ({ min }) => Math.min(0, min) }),
  });

  const draw = {
    bars(box, { columns, rows }) {
      const names = beside(box, rows), parts = columns.slice(1), several = parts.length > 1;
      const last = several ? { left: LEFT, unplaced: LEFT, adds_nothing: "#c3cad1" }[columns[columns.length - 1].code] : undefined;
      const colors = last ? [...PALETTE.slice(0, parts.length - 1), last] : PALETTE;
      const legend = several ? (narrow(box) ? 26 * parts.length : 30) : 0;
      const total = rows.map((row) => row.slice(1).reduce((sum, part) => sum + (part ?? 0), 0));
      const most = Math.max(1, ...total);
      return {
        height: rows.length * Math.max(30, names.lines * 16 + 8) + 40 + legend,
        option: {
          ...quiet, color: colors,
          grid: { left: names.width + 16, right: 24 + 8 * count(most).length, top: 6, bottom: 26 + legend },
          legend: several ? { ...bottom, orient: narrow(box) ? "vertical" : "horizontal", left: 0 } : undefined,
          tooltip: { ...tip, trigger: "axis", axisPointer: { type: "shadow" } },
          xAxis: lengths({ minInterval: 1, splitNumber: few(box) }), yAxis: names.axis,
          series: parts.map((part, at) => ({
            type: "bar", stack: "all", name: say(part), barMaxWidth: 20, data: rows.map((row) => row[at + 1]),
            label: at + 1 === parts.length
              ? { show: true, position: "right", ...text(11), formatter: (p) => count(total[p.dataIndex]) } : undefined,
          })),
        },
      };
    },
    rates(box, { columns, rows }) {
      const names = beside(box, rows);
      return {
        height: rows.length * Math.max(26, names.lines * 16 + 6) + 36,
        option: {
          ...quiet, color: [PALETTE[0]],
          grid: { left: names.width + 16, right: 60, top: 6, bottom: 26 },
          tooltip: { ...tip, trigger: "axis", axisPointer: { type: "shadow" }, valueFormatter: rate },
          xAxis: lengths({ min: 0, max: 100, splitNumber: 2 * few(box) - 2, axisLabel: { color: SOFT, formatter: "{value} %" } }), yAxis: names.axis,
          series: [{
            type: "bar", name: say(columns[1]), barMaxWidth: 16, data: rows.map((row) => row[1]),
            showBackground: true, backgroundStyle: { color: "#eef1f4" },
            label: { show: true, position: "right", ...text(11), formatter: (p) => rate(p.value) },
          }],
        },
      };
    },
    flow(box, { rows }) {
      const side = (at, mark) => [...new Set(rows.map((row) => say(row[at])))].map((name) => ({ name: mark + name, depth: at }));
      const sum = (at, name) => rows.reduce((sum, row) => sum + (say(row[at]) === name ? row[2] : 0), 0);
      const nodes = [...side(0, "0"), ...side(1, "1")];
      nodes.forEach((node, at) => {
        const right = node.depth === 1;
        node.itemStyle = { color: PALETTE[at % PALETTE.length] };
        node.label = { position: right ? "left" : "right" };
      });
      const short = (name, people) => `${name} ${count(people)}`;
      return {
        height: Math.max(360, 44 * Math.max(...[0, 1].map((at) => new Set(rows.map((row) => say(row[at]))).size))),
        option: {
          ...quiet,
          tooltip: {
            ...tip,
            formatter: ({ dataType, name, data }) => dataType === "edge"
              ? `${data.source.slice(1)} → ${data.target.slice(1)}: ${count(data.value)}`
              : short(name.slice(1), sum(+name[0], name.slice(1))),
          },
          series: [{
            type: "sankey", left: 4, right: 4, top: 16, bottom: 24, nodeWidth: 14, nodeGap: 12, draggable: false, layoutIterations: 32,
            data: nodes, links: rows.map((row) => ({ source: `0${say(row[0])}`, target: `1${say(row[1])}`, value: row[2] })),
            lineStyle: { color: "gradient", opacity: 0.38 }, emphasis: { focus: "adjacency" },
            label: {
              ...text(narrow(box) ? 11 : 12.5), overflow: "break", width: box.clientWidth * 0.4,
              textBorderColor: "rgba(255,255,255,.85)", textBorderWidth: 3,
              formatter: ({ name }) => short(name.slice(1), sum(+name[0], name.slice(1))),
            },
          }],
        },
      };
    },
    map(box, { columns, rows }) {
      // The whole region, and beside it the places that hold nine in ten seats.
      const known = rows.filter((row) => row[1] !== null && row[2] !== null && row[3] > 0).sort((a, b) => b[3] - a[3]);
      if (known.length === 0) return null;
      const all = known.reduce((sum, row) => sum + row[3], 0);
      let held = 0;
      const core = known.filter((row) => { const inside = held < 0.9 * all; held += row[3]; return inside; });
      const maps = core.length > 1 && core.length < known.length ? [core, known] : [known];
      const upright = narrow(box) || maps.length === 1, width = box.clientWidth;
      const most = known[0][3], size = Math.min(width, 900) / (upright ? 9 : 13);
      const each = upright ? width : width / 2, high = Math.min(420, Math.max(300, each * 0.8));
      const frame = (places) => {
        // Degrees of longitude are shorter than those of latitude.
        const span = (at) => { const list = places.map((row) => row[at]); return [Math.min(...list), Math.max(...list)]; };
        const [west, east] = span(1), [south, north] = span(2), shrink = Math.cos(((south + north) / 2) * Math.PI / 180);
        const reach = Math.max((east - west) * shrink / (each - 150), (north - south) / (high - 130), 1e-4);
        const half = [(each - 70) * reach / shrink / 2, (high - 50) * reach / 2];
        const middle = [(west + east) / 2, (south + north) / 2];
        return [0, 1].map((at) => ({ min: middle[at] - half[at], max: middle[at] + half[at] }));
      };
      const degrees = (letter) => ({ color: SOFT, fontSize: 10, hideOverlap: true, showMinLabel: false, showMaxLabel: false, formatter: (v) => `${v.toFixed(1)}°${letter}` });
      const axis = (at, range, letter) => ({ type: "value", gridIndex: at, ...range, splitNumber: 4, splitLine: { lineStyle: { color: "#edf0f3" } }, axisLine: { show: true, lineStyle: { color: LINE } }, axisTick: { show: false }, axisLabel: degrees(letter) });
      const frames = maps.map(frame);
      return {
        height: upright ? high * maps.length + 24 : high + 24,
        option: {
          ...quiet,
          tooltip: { ...tip, formatter: ({ value, name }) => `${name}\n${say(columns[3])}: ${count(value[2])}\n${say(columns[4])}: ${count(value[3])}\n${say(columns[5])}: ${rate(value[4])}` },
          visualMap: {
            type: "continuous", dimension: 4, min: 0, max: 100, calculable: false, orient: "horizontal", left: "center", bottom: 0,
            itemWidth: 12, itemHeight: 140, inRange: { color: ["#b5402a", "#e2a336", "#f0dfa0", "#7fb8a4", "#0b6e99"] },
            text: [`${say(columns[5])} 100 %`, "0 %"], textStyle: text(11),
          },
          grid: maps.map((_, at) => upright
            ? { left: 46, right: 30, top: 10 + at * high, height: high - 44 }
            : { left: at * each + 46, width: each - 78, top: 10, height: high - 44 }),
          xAxis: frames.map((range, at) => axis(at, range[0], "E")), yAxis: frames.map((range, at) => axis(at, range[1], "N")),
          series: maps.map((places, at) => ({
            type: "scatter", xAxisIndex: at, yAxisIndex: at,
            data: places.map((row) => ({ name: say(row[0]), value: row.slice(1) })),
            symbolSize: (value) => Math.max(7, size * Math.sqrt(value[2] / most)),
            itemStyle: { opacity: 0.88, borderColor: "#fff", borderWidth: 1.5 },
            label: { show: true, position: "top", distance: 3, ...text(11), textBorderColor: "#fff", textBorderWidth: 2, formatter: ({ name, value }) => (value[3] > 0 ? `${name} ${count(value[3])}` : name) },
            labelLayout: { hideOverlap: true },
          })),
        },
      };
    },
    curve(box, { columns, rows }) {
      const groups = [...new Set(rows.map((row) => say(row[0])))];
      const series = groups.map((name) => {
        let seats = 0;
        const steps = rows.filter((row) => say(row[0]) === name).sort((a, b) => b[2] - a[2]);
        const points = steps.map((row) => { const point = [seats, row[2]]; seats += row[1]; return point; });
        return { type: "line", name, step: "end", symbol: "none", lineStyle: { width: 2 }, data: [...points, [seats, points[points.length - 1][1]]] };
      });
      const legend = narrow(box) ? 20 * Math.ceil(groups.length / 2) + 8 : 30;
      return {
        height: 340 + legend,
        option: {
          ...plane(box, columns), grid: { left: 44, right: 20, top: 30, bottom: 48 + legend }, legend: { ...bottom, left: 0 }, series,
        },
      };
    },
    line(box, { columns, rows }) {
      const groups = [...new Set(rows.map((row) => say(row[0])))];
      const points = (name) => rows.filter((row) => say(row[0]) === name && row[2] !== null).map((row) => [row[1], row[2]]);
      const series = groups.map((name) => ({ type: "line", name, symbolSize: 8, lineStyle: { width: 2 }, data: points(name) }));
      const legend = 22 * groups.length + 8, on = plane(box, columns, "dataMin");
      // Years are names, not amounts.
      if (typeof rows[0][1] === "string") on.xAxis = { ...on.xAxis, type: "category", boundaryGap: false, min: undefined, max: undefined, data: [...new Set(rows.map((row) => row[1]))] };
      return {
        height: 300 + legend,
        option: {
          ...on, grid: { left: 44, right: 30, top: 30, bottom: 48 + legend },
          legend: { ...bottom, left: 0, orient: "vertical", textStyle: { ...text(), width: box.clientWidth - 40, overflow: "truncate" } }, series,
        },
      };
    },
  };

  const figures = [...document.querySelectorAll("figure[data-picture]")].map((figure) => ({
    box: figure.querySelector(".chart"),
    picture: figure.dataset.picture,
    data: JSON.parse(figure.querySelector("script").textContent),
  }));
  // On paper a picture is as wide as A4 lets it be, whatever the window.
  const PAPER = 700;
  let paper = false;
  const paint = (figure) => {
    figure.box.style.width = paper ? `${PAPER}px` : "";
    const drawn = draw[figure.picture](figure.box, figure.data);
    figure.box.hidden = drawn === null;
    if (drawn === null) return;
    figure.width = figure.box.clientWidth;
    figure.box.style.height = `${Math.round(drawn.height)}px`;
    figure.chart ??= echarts.init(figure.box, null, { renderer: "svg" });
    figure.chart.resize();
    figure.chart.setOption(drawn.option, { notMerge: true });
    if (paper) figure.chart.getZr().flush();
  };

  // The language stands in the address: `#zh`, or `#zh-flows` for a section.
  const speak = (language) => {
    root.lang = language;
    document.title = document.querySelector(`h1 .said[lang="${language}"]`).textContent;
    for (const button of document.querySelectorAll("[data-language]")) {
      button.setAttribute("aria-pressed", String(button.dataset.language === language));
    }
    for (const link of document.querySelectorAll("[data-section]")) link.hash = `#${language}-${link.dataset.section}`;
    figures.forEach(paint);
  };
  const follow = () => {
    const [, language, section] = /^#(en|zh)(?:-(.+))?$/.exec(location.hash) ?? [];
    if (language && language !== root.lang) speak(language);
    if (section) document.getElementById(section)?.scrollIntoView();
  };
  for (const button of document.querySelectorAll("[data-language]")) {
    button.addEventListener("click", () => {
      history.replaceState(null, "", `#${button.dataset.language}`);
      speak(button.dataset.language);
    });
  }
  window.addEventListener("hashchange", follow);
  speak(/^#(en|zh)/.exec(location.hash)?.[1] ?? root.lang);
  follow();
  new ResizeObserver(() => figures.filter((figure) => figure.box.clientWidth !== figure.width).forEach(paint)).observe(document.body);

  // On paper the tables are open; afterwards those that were closed close again.
  let closed = [];
  window.addEventListener("beforeprint", () => {
    closed = [...document.querySelectorAll("details:not([open])")];
    closed.forEach((details) => { details.open = true; });
    paper = true;
    figures.forEach(paint);
  });
  window.addEventListener("afterprint", () => {
    closed.forEach((details) => { details.open = false; });
    paper = false;
    figures.forEach(paint);
  });
})();

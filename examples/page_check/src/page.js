// Reads the page as a person sees it: what is shown, what it says, and what it was drawn from.
(() => {
  const shown = (element) => element.checkVisibility();
  const clean = (text) => text.replace(/[\s\u00a0]+/g, " ").trim();
  const tables = {};
  const wrong = [], cut = [];
  for (const details of document.querySelectorAll("details")) details.open = true;
  for (const table of document.querySelectorAll("table[data-table]")) {
    const columns = [...table.querySelectorAll("thead th")].map((cell) => cell.dataset.column);
    const rows = [...table.querySelectorAll("tbody tr")].map((row) => [...row.children]);
    for (const cells of rows) {
      for (const cell of cells.filter((cell) => cell.classList.contains("number"))) {
        const said = clean(cell.innerText).replace(/[, ]/g, ""), value = cell.dataset.value;
        const right = value === "" ? said === "–"
          : said.endsWith("%") ? Math.abs(parseFloat(said) - 100 * value) < 0.0501
          : Math.abs(said - value) < 0.00006;
        if (!right) wrong.push(`${table.dataset.table}: ${said} is shown for ${value}`);
      }
      for (const cell of cells) if (clean(cell.innerText) === "") wrong.push(`${table.dataset.table}: an empty cell`);
    }
    const after = table.closest(".scroll").nextElementSibling;
    tables[table.dataset.table] = {
      columns,
      rows: rows.map((cells) => cells.map((cell) => cell.dataset.value)),
      said: rows.map((cells) => cells.map((cell) => clean(cell.innerText))),
      more: after?.matches(".more") ? Number(clean(after.innerText).replace(/,/g, "").match(/\d+/)[0]) : 0,
    };
  }
  const cards = [...document.querySelectorAll("[data-figure]")].map((card) => {
    const [number, whole] = [...card.querySelectorAll("[data-value]")];
    const right = clean(number.innerText).replace(/,/g, "") === number.dataset.value && clean(whole.innerText).replace(/,/g, "").includes(whole.dataset.value);
    if (!right) wrong.push(`the card ${card.dataset.figure} says ${card.innerText}`);
    return [card.dataset.figure, number.dataset.value, whole.dataset.value];
  });
  for (const figure of document.querySelectorAll("figure[data-picture]")) {
    const { columns, rows } = JSON.parse(figure.querySelector("script").textContent);
    const name = figure.querySelector("table").dataset.table, table = tables[name];
    const place = columns.map(({ code }) => table.columns.indexOf(code));
    rows.forEach((row, at) => columns.forEach(({ code }, column) => {
      const value = table.rows[at][place[column]], drawn = row[column];
      if (typeof drawn === "number" && Math.abs(drawn - value * (code === "share" ? 100 : 1)) > 0.00006) wrong.push(`${name}: ${drawn} is drawn for ${value}`);
    }));
    const box = figure.querySelector(".chart"), paths = box.querySelectorAll("svg path").length;
    const empty = figure.dataset.picture === "map" && rows.every((row) => row[1] === null);
    if (table.rows.length !== rows.length) wrong.push(`${name}: ${rows.length} rows are drawn of ${table.rows.length}`);
    if (!empty && (paths < Math.min(rows.length, 8) || box.clientHeight < 60)) wrong.push(`${name} is not drawn`);
    const frame = box.getBoundingClientRect();
    for (const label of box.querySelectorAll("svg text")) {
      const { left, right, top, bottom } = label.getBoundingClientRect();
      const inside = left > frame.left - 1 && right < frame.right + 1 && top > frame.top - 1 && bottom < frame.bottom + 1;
      if (!inside) cut.push(`${name}: ${label.textContent} is cut off`);
    }
    if (!box.getAttribute("aria-labelledby") || !document.getElementById(box.getAttribute("aria-labelledby"))) wrong.push(`${name} has no name for those who cannot see it`);
  }
  const other = document.documentElement.lang === "en" ? "zh" : "en";
  for (const said of document.querySelectorAll(`.said[lang="${other}"]`)) if (shown(said)) wrong.push(`shown in ${other}: ${said.textContent}`);
  const levels = [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")].map((heading) => Number(heading.tagName[1]));
  levels.forEach((level, at) => { if (level > (levels[at - 1] ?? 0) + 1) wrong.push(`a heading of level ${level} after ${levels[at - 1]}`); });
  if (levels.filter((level) => level === 1).length !== 1) wrong.push("not one first heading");
  for (const link of document.querySelectorAll("nav a")) {
    const target = link.hash.replace(/^#(en|zh)-/, "");
    if (!document.getElementById(target)) wrong.push(`${link.hash} leads nowhere`);
  }
  if (document.documentElement.scrollWidth > innerWidth) wrong.push(`${document.documentElement.scrollWidth} pixels wide in a window of ${innerWidth}`);
  const foreign = document.querySelectorAll("img, iframe, object, embed, link, form, base, [src], [onerror], [onmouseover], [onclick]").length;
  if (foreign > 0) wrong.push(`${foreign} elements that the page does not write`);
  const scripts = [...document.scripts].filter((script) => script.type !== "application/json").length;
  if (scripts !== 2) wrong.push(`${scripts} scripts`);
  if (window.reached !== undefined) wrong.push("a name was run as a script");
  return { language: document.documentElement.lang, title: document.title, sections: levels.length - 1, tables, cards, wrong, cut };
})()

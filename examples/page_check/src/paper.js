// Reads the page as it is printed, on A4 upright: what is there, what is not, and whether all of it fits.
(() => {
  const wrong = [], width = innerWidth, details = [...document.querySelectorAll("details")];
  const shown = (selector) => [...document.querySelectorAll(selector)].filter((element) => element.checkVisibility());
  const closed = () => details.filter((one) => !one.open).length;
  const drawn = () => [...document.querySelectorAll(".chart svg")].map((svg) => Math.round(svg.getBoundingClientRect().width)).join();
  const before = [closed(), drawn()];
  dispatchEvent(new Event("beforeprint"));
  for (const element of shown("button, nav, .skip, noscript")) wrong.push(`${element.outerHTML.slice(0, 60)} is printed`);
  for (const one of shown("details")) if (!one.open) wrong.push(`closed on paper: ${one.innerText}`);
  for (const table of shown("table")) {
    const rows = table.querySelectorAll("tbody tr").length, right = table.getBoundingClientRect().right;
    if (rows > 60) wrong.push(`${table.dataset.table}: ${rows} rows are printed`);
    if (right > width + 1) wrong.push(`${table.dataset.table} ends ${right - width} pixels beyond the paper`);
  }
  for (const box of shown(".chart")) {
    const name = box.getAttribute("aria-labelledby"), svg = box.querySelector("svg").getBoundingClientRect();
    if (svg.right > width || svg.width < 0.9 * width) wrong.push(`${name} is ${svg.width} pixels wide on paper of ${width}`);
    if (Math.abs(svg.height - box.clientHeight) > 1) wrong.push(`${name} is ${svg.height} pixels high in ${box.clientHeight}`);
  }
  if (document.documentElement.scrollWidth > width) wrong.push(`${document.documentElement.scrollWidth} pixels wide on paper of ${width}`);
  for (const hidden of document.querySelectorAll("details.long")) {
    if (!hidden.nextElementSibling?.matches(".paper") || !hidden.nextElementSibling.checkVisibility()) wrong.push("a long table is left out without a word");
  }
  dispatchEvent(new Event("afterprint"));
  return new Promise((done) => setTimeout(() => {
    const after = [closed(), drawn()];
    if (String(after) !== String(before)) wrong.push(`the window shows ${after} after printing, ${before} before`);
    done({ wrong });
  }, 200));
})()

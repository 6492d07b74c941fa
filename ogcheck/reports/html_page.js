
"use strict";
// Adds to the list what needs a script: the filter, its order, and tables that can be sorted.
(() => {
  const find = (id) => document.getElementById(id);
  const form = document.querySelector("form");
  const list = find("list");
  const filters = ["severity", "rule", "folder"].map(find);
  const records = [...list.children].flatMap((section, file) =>
    [...section.querySelectorAll("li")].map((item, _, { length }) => ({
      item,
      file,
      length,
      title: section.querySelector("h3").firstChild.data.trim(),
      folder: section.dataset.folders.split(" "),
      severity: [item.dataset.severity],
      rule: [item.dataset.rule],
      text: null,
    })),
  );
  const number = (count) => count.toLocaleString("en");
  let groups = [];

  // What makes a group in each order, and its place among the groups.
  const place = (id, value) => [...find(id).options].findIndex((one) => one.value === value);
  const label = (id, value) => find(id).options[place(id, value)].text;
  const orders = {
    file: (one) => [one.file, one.file, one.title],
    most: (one) => [one.file, -one.length, one.title],
    severity: ({ severity: [key] }) => [key, place("severity", key), label("severity", key)],
    rule: ({ rule: [key] }) => [key, place("rule", key), label("rule", key)],
  };

  function arrange() {
    const found = new Map();
    for (const one of records) {
      const [key, rank, title] = orders[find("order").value](one);
      if (!found.has(key)) {
        const section = document.createElement("section");
        const heading = section.appendChild(document.createElement("h3"));
        const count = document.createElement("span");
        heading.append(title + " ", count);
        const items = section.appendChild(document.createElement("ol"));
        found.set(key, { rank, section, items, count, records: [] });
      }
      const group = found.get(key);
      group.records.push(one);
      group.items.append(one.item);
    }
    groups = [...found.values()].sort((a, b) => a.rank - b.rank);
    list.replaceChildren(...groups.map((group) => group.section));
  }

  function show() {
    const words = find("text").value.toLowerCase().split(/\s+/).filter(Boolean);
    const chosen = filters.filter((one) => one.value);
    let all = 0;
    for (const { section, count, records } of groups) {
      let shown = 0;
      for (const one of records) {
        if (words.length && one.text === null) {
          one.text = one.item.textContent.toLowerCase();
        }
        const fits =
          chosen.every((choice) => one[choice.id].includes(choice.value)) &&
          words.every((word) => one.text.includes(word));
        if (one.item.hidden === fits) {
          one.item.hidden = !fits;
        }
        shown += fits;
      }
      section.hidden = !shown;
      const total = number(records.length);
      count.textContent = shown < records.length ? `(${number(shown)} of ${total})` : `(${total})`;
      all += shown;
    }
    const total = `${number(records.length)} ${records.length === 1 ? "problem" : "problems"}`;
    find("shown").textContent = all ? `${number(all)} of ${total} shown.` : "No problem matches.";
  }

  function sortable(table) {
    const body = table.tBodies[0];
    [...table.tHead.rows[0].cells].forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const value = (row) => {
          const cell = row.cells[column];
          const isNumber = cell.className === "number";
          return isNumber ? -cell.textContent.replaceAll(",", "") : cell.textContent;
        };
        const isFirst = head.ariaSort !== "ascending" && head.ariaSort !== "descending";
        const isNumber = body.rows[0].cells[column].className === "number";
        // Numbers begin with the largest.
        const next = isFirst ? (isNumber ? "descending" : "ascending")
          : head.ariaSort === "ascending" ? "descending" : "ascending";
        for (const other of table.tHead.rows[0].cells) {
          other.removeAttribute("aria-sort");
        }
        head.setAttribute("aria-sort", next);
        const sign = (next === "ascending") === isNumber ? -1 : 1;
        const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
        const rows = [...body.rows].sort((a, b) => sign * compare(value(a), value(b)));
        body.append(...rows);
      });
    });
    for (const row of body.rows) {
      const head = row.cells[0];
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = "Show";
      button.setAttribute("aria-label", `Show only ${head.textContent}`);
      button.addEventListener("click", () => {
        find(table.dataset.filter).value = row.dataset.value;
        show();
        find("problems").focus();
      });
      head.append(" ", button);
    }
  }

  find("text").addEventListener("input", show);
  filters.forEach((one) => one.addEventListener("change", show));
  find("order").addEventListener("change", () => {
    arrange();
    show();
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", (event) => {
    event.preventDefault();
    [find("text"), ...filters].forEach((one) => (one.value = ""));
    show();
  });
  document.querySelectorAll("table").forEach(sortable);
  arrange();
  show();
  form.hidden = false;
})();

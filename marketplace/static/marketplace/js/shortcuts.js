// Keyboard: / goes to the search field, ? shows what keys there are, j and k walk through a list of work or cards.

const english = document.documentElement.lang === "en";
const help = english
  ? [["/", "Search"], ["j  k", "Next, previous in the list"], ["?", "This help"], ["Esc", "Close, or leave the map"]]
  : [["/", "搜索"], ["j  k", "列表下一项、上一项"], ["?", "显示这份说明"], ["Esc", "关闭，或离开地图"]];

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select, [contenteditable]")) return;
  const act = { "/": goToSearch, "?": showHelp, j: () => walk(1), k: () => walk(-1) }[event.key];
  if (act && act() !== false) event.preventDefault();
});

function goToSearch() {
  const field = document.querySelector("input[type=search], input[name=q]");
  if (!field) return false;
  field.focus();
  field.select();
  return true;
}

function walk(step) {
  const links = [...document.querySelectorAll(".work-line a, .card h3 a, .card h2 a, .task a")];
  if (!links.length) return false;
  const at = links.indexOf(document.activeElement);
  const next = at < 0 ? (step > 0 ? 0 : links.length - 1) : at + step;
  links[Math.min(Math.max(next, 0), links.length - 1)].focus();
  return true;
}

function showHelp() {
  const dialog = document.querySelector("dialog.shortcuts") ?? buildHelp();
  dialog.showModal();
  return true;
}

function buildHelp() {
  const dialog = document.createElement("dialog");
  dialog.className = "shortcuts";
  const title = document.createElement("h2");
  title.textContent = english ? "Keyboard" : "键盘操作";
  const list = document.createElement("dl");
  list.className = "facts";
  for (const [key, meaning] of help) {
    const name = document.createElement("dt");
    const mark = document.createElement("kbd");
    mark.textContent = key;
    name.append(mark);
    const words = document.createElement("dd");
    words.textContent = meaning;
    list.append(name, words);
  }
  dialog.append(title, list);
  document.body.append(dialog);
  return dialog;
}

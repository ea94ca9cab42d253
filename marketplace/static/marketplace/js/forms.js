// Forms: the error summary takes the focus, long texts are counted, files can be dropped, a form is sent once.

const english = document.documentElement.lang === "en";

function prepare(root) {
  root.querySelector("[data-focus]")?.focus();
  root.querySelectorAll("[data-counter]").forEach(countCharacters);
  root.querySelectorAll("[data-file-drop]").forEach(acceptFiles);
}

function countCharacters(line) {
  const field = document.getElementById(line.dataset.counter);
  if (!field) return;
  const longest = Number(field.getAttribute("maxlength"));
  const show = () => {
    const left = longest - field.value.length;
    line.textContent = left < 0 ? tooLong(-left) : remaining(left);
    line.classList.toggle("field-counter-over", left < 0);
  };
  field.addEventListener("input", show);
  show();
}

function remaining(characters) {
  return english ? `${characters} characters left` : `还可以写 ${characters} 字`;
}

function tooLong(characters) {
  return english ? `${characters} characters too many` : `超出 ${characters} 字`;
}

function acceptFiles(area) {
  const input = area.querySelector("input[type=file]");
  const list = area.querySelector("[data-file-list]");
  const mark = (over) => area.classList.toggle("file-drop-over", over);
  area.addEventListener("dragover", (event) => { event.preventDefault(); mark(true); });
  area.addEventListener("dragleave", () => mark(false));
  area.addEventListener("drop", (event) => {
    event.preventDefault();
    mark(false);
    input.files = event.dataTransfer.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
  input.addEventListener("change", () => {
    list.replaceChildren(...[...input.files].map(describe));
    list.hidden = input.files.length === 0;
  });
}

function describe(file) {
  const line = document.createElement("li");
  line.textContent = `${file.name} · ${Math.max(1, Math.round(file.size / 1024))} KB`;
  return line;
}

// A second press within the same page must not send the form twice; coming back with the browser's button frees it again.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || form.hasAttribute("hx-post")) return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "yes";
});
window.addEventListener("pageshow", () => {
  document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent);
});

prepare(document);
document.addEventListener("htmx:load", (event) => prepare(event.detail.elt));

// The form of a draft keeps itself a few seconds after the last change, and shows beside itself what others will see.
// Without this module the buttons do the same.

const WAIT = 3000;
const words = document.documentElement.lang === "en"
  ? { failed: "Not saved yet. What you wrote stays on this page; it is tried again shortly." }
  : { failed: "还没有保存。您写的都还在这一页，稍后会再试。" };

const form = document.querySelector("form[data-autosave]");
if (form) keep(form);

function keep(form) {
  const said = form.querySelector("[data-autosave-said]");
  const preview = document.querySelector("[data-live-preview]");
  let timer = null;
  let underway = null;
  let isUnsaved = false;
  let isLeaving = false;

  const changed = (event) => {
    if (event.target.type === "file") return;
    isUnsaved = true;
    clearTimeout(timer);
    timer = setTimeout(save, WAIT);
  };

  async function save() {
    if (isLeaving) return;
    if (underway) await underway;
    isUnsaved = false;
    underway = send();
    const answer = await underway;
    underway = null;
    said.textContent = answer.said;
    if (answer.version) take(answer);
    else isUnsaved = true;
  }

  async function send() {
    const data = new FormData(form);
    data.set("autosave", "yes");
    try {
      const response = await fetch(form.action, { method: "POST", body: data, headers: { Accept: "application/json" } });
      const isAnswer = response.headers.get("Content-Type")?.includes("json");
      return isAnswer ? await response.json() : { said: words.failed };
    } catch {
      timer = setTimeout(save, 10 * WAIT);
      return { said: words.failed };
    }
  }

  // From the first time on it is one and the same draft: also for the buttons, and when the page is loaded again.
  function take(answer) {
    form.elements.version.value = answer.version;
    form.action = answer.edit_url;
    form.querySelectorAll("[formaction]").forEach((button) => {
      const anchor = button.getAttribute("formaction").split("#")[1];
      button.setAttribute("formaction", `${answer.edit_url}${anchor ? `#${anchor}` : ""}`);
    });
    form.dataset.previewUrl = answer.preview_url;
    history.replaceState(null, "", answer.edit_url);
    show();
  }

  function show() {
    if (!preview?.open || !form.dataset.previewUrl) return;
    window.htmx.ajax("GET", form.dataset.previewUrl, { target: "[data-live-preview-body]", swap: "innerHTML" });
  }

  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  // A button pressed while it keeps itself waits for the answer, else two drafts would be made of one.
  form.addEventListener("submit", async (event) => {
    clearTimeout(timer);
    if (underway) {
      event.preventDefault();
      event.stopPropagation();
      const button = event.submitter;
      const answer = await underway;
      if (answer.version) take(answer);
      form.requestSubmit(button);
      return;
    }
    isLeaving = true;
  });
  window.addEventListener("pageshow", () => { isLeaving = false; });
  window.addEventListener("beforeunload", (event) => {
    if (isUnsaved && !isLeaving) event.preventDefault();
  });
  preview?.addEventListener("toggle", show);
}

// htmx: the CSRF token with every request, the focus kept in sight, and plain words when the line is down.

const words = document.documentElement.lang === "en"
  ? { offline: "No network. What you filled in stays on this page; try again when the network is back.", failed: "That did not get through. Nothing was lost; please press once more." }
  : { offline: "没有网络。您填写的内容还在这一页，网络恢复后再提交即可。", failed: "刚才没有送到，内容没有丢失，请再按一次。" };

document.addEventListener("htmx:configRequest", (event) => {
  const field = document.querySelector("input[name=csrfmiddlewaretoken]");
  if (field) event.detail.headers["X-CSRFToken"] = field.value;
});

document.addEventListener("htmx:sendError", () => say(words.failed));
document.addEventListener("htmx:responseError", () => say(words.failed));

// A refusal (409) comes back as words for the person; they belong to the messages, not where the answer would have gone.
document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.xhr.status !== 409) return;
  event.detail.shouldSwap = true;
  event.detail.isError = false;
  event.detail.target = document.querySelector("[data-messages]");
  event.detail.swapOverride = "innerHTML";
});

window.addEventListener("offline", showOffline);
window.addEventListener("online", () => document.querySelector("[data-offline]")?.remove());
if (!navigator.onLine) showOffline();

function showOffline() {
  if (document.querySelector("[data-offline]")) return;
  const notice = document.createElement("p");
  notice.className = "offline";
  notice.dataset.offline = "";
  notice.setAttribute("role", "status");
  notice.textContent = words.offline;
  document.body.prepend(notice);
}

function say(sentence) {
  const line = document.createElement("p");
  line.className = "message message-error";
  line.textContent = sentence;
  document.querySelector("[data-messages]")?.replaceChildren(line);
}

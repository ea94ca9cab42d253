// The undo toast leaves after its seconds, unless somebody is on it; in 长辈版 nothing leaves by itself.

const isElder = document.documentElement.dataset.mode === "elder";

function watch(toast) {
  if (isElder) return;
  let left = Number(toast.dataset.toast);
  const timer = setInterval(() => {
    if (toast.matches(":hover, :focus-within")) return;
    left -= 1;
    if (left > 0) return;
    clearInterval(timer);
    toast.remove();
  }, 1000);
}

document.querySelectorAll("[data-toast]").forEach(watch);
document.addEventListener("htmx:load", (event) => {
  if (event.detail.elt.matches?.("[data-toast]")) watch(event.detail.elt);
  event.detail.elt.querySelectorAll("[data-toast]").forEach(watch);
});

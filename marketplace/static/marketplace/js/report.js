// 强制报告: a tap is kept on the device until the house has it, then its receipt is shown. No words and no names are kept here.

const KEPT = "duijie-reports";
const PAUSE = 30_000;
const english = document.documentElement.lang === "en";
const words = english
  ? {
    sending: "Sending…",
    waiting: "No network. The report is kept on this device and is sent as soon as there is one. In an emergency please call now.",
    arrived: (receipt) => `The report has arrived. Receipt ${receipt}.`,
    more: "Add what you saw (optional)",
  }
  : {
    sending: "正在送出……",
    waiting: "现在没有网络，报告已存在这台设备上，有网络就自动送出。情况紧急请先打电话。",
    arrived: (receipt) => `报告已送达，回执号 ${receipt}。`,
    more: "补充看到的情况（选填）",
  };
let atHand = [];

document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-report]")) return;
  event.preventDefault();
  tap(event.target);
});

// Whoever rings first has reported that way.
document.addEventListener("click", (event) => {
  const line = event.target.closest("[data-hotline]");
  const form = line?.closest("[data-report]");
  if (form) form.elements.channel.value = line.dataset.hotline === "police" ? "police" : "hotline";
});

document.addEventListener("keydown", (event) => {
  const sheet = event.target.closest("[data-report-sheet][open]");
  if (event.key !== "Escape" || !sheet) return;
  sheet.open = false;
  sheet.querySelector("summary").focus();
});

async function tap(form) {
  const report = Object.fromEntries(new FormData(form));
  delete report.csrfmiddlewaretoken;
  // Tapped twice it is still one report.
  form.dataset.key ??= newKey();
  form.dataset.tappedAt ??= new Date().toISOString();
  keep([...kept().filter(({ key }) => key !== form.dataset.key), { ...report, key: form.dataset.key, tapped_at: form.dataset.tappedAt }]);
  say(form, words.sending);
  await sendKept();
  if (kept().some(({ key }) => key === form.dataset.key)) say(form, words.waiting);
}

async function sendKept() {
  for (const report of kept()) {
    try {
      announce(report.key, await send(report));
    } catch {
      setTimeout(sendKept, PAUSE);
      return;
    }
  }
}

async function send(report) {
  const token = document.querySelector("input[name=csrfmiddlewaretoken]")?.value ?? "";
  const response = await fetch("/report/", { method: "POST", headers: { Accept: "application/json", "X-CSRFToken": token }, body: new URLSearchParams(report) });
  if (!response.ok) throw new Error(`${response.status}`);
  const answer = await response.json();
  keep(kept().filter(({ key }) => key !== report.key));
  return answer;
}

// Where it was tapped, or at the head of whatever page the person has gone on to.
function announce(key, { receipt, url }) {
  const form = document.querySelector(`[data-report][data-key="${key}"]`);
  const link = document.createElement("a");
  link.href = url;
  link.textContent = words.more;
  const line = form ? form.querySelector("[data-report-said]") : document.querySelector("[data-messages]")?.appendChild(document.createElement("p"));
  if (!line) return;
  line.hidden = false;
  line.className = "message message-success";
  line.replaceChildren(words.arrived(receipt), " ", link);
  if (form) form.querySelector("button").hidden = true;
}

function say(form, sentence) {
  const line = form.querySelector("[data-report-said]");
  line.hidden = false;
  line.textContent = sentence;
}

// crypto.randomUUID is missing where the site is reached by plain HTTP.
function newKey() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

// Some browsers refuse storage: then a report lives as long as its page.
function kept() {
  try {
    return JSON.parse(localStorage.getItem(KEPT) ?? "[]");
  } catch {
    return atHand;
  }
}

function keep(reports) {
  atHand = reports;
  try {
    localStorage.setItem(KEPT, JSON.stringify(reports));
  } catch {
    // Nothing is lost as long as the page stays open.
  }
}

window.addEventListener("online", sendKept);
sendKept();

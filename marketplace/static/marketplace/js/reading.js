// Reading aloud and printing.

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) window.print();
  const button = event.target.closest("[data-read-aloud]");
  if (button) toggleReading(button);
});

function toggleReading(button) {
  if (!window.speechSynthesis) return;
  if (speechSynthesis.speaking) {
    speechSynthesis.cancel();
    return;
  }
  const label = button.querySelector("span");
  const words = label.textContent;
  // One utterance a paragraph: long single utterances are cut off by some engines.
  const paragraphs = spokenText(document.querySelector(button.dataset.readAloud));
  const finish = () => { label.textContent = words; };
  paragraphs.forEach((text, index) => {
    const utterance = new SpeechSynthesisUtterance(text);
    utterance.lang = document.documentElement.lang === "en" ? "en-GB" : "zh-CN";
    utterance.rate = 0.9;
    if (index === paragraphs.length - 1) utterance.onend = finish;
    utterance.onerror = finish;
    speechSynthesis.speak(utterance);
  });
  label.textContent = button.dataset.stopLabel;
}

function spokenText(root) {
  return root.innerText.split("\n").map((line) => line.trim()).filter(Boolean);
}

window.addEventListener("pagehide", () => window.speechSynthesis?.cancel());

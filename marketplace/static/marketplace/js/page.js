// What every page does once its words are there. Everything also works without it.
import "./requests.js";
import "./forms.js";
import "./toast.js";
import "./reading.js";
import "./shortcuts.js";
import "./report.js";

document.documentElement.classList.add("has-script");

"use strict";
(() => {
  const choose = (button) => {
    const trace = button.closest(".trace");
    const panel = trace.querySelector(".panel");
    const told = document.getElementById(button.dataset.step);
    for (const other of trace.querySelectorAll(".step")) {
      other.setAttribute("aria-pressed", String(other === button));
    }
    panel.replaceChildren(...[...told.childNodes].map((node) => node.cloneNode(true)));
    panel.hidden = false;
  };
  const move = (button, by) => {
    const all = [...button.closest(".trace").querySelectorAll(".step")];
    const next = all[all.indexOf(button) + by];
    if (next) {
      next.focus();
      choose(next);
    }
  };
  for (const trace of document.querySelectorAll(".trace")) {
    for (const button of trace.querySelectorAll(".step")) {
      button.addEventListener("click", (event) => {
        event.preventDefault();
        choose(button);
      });
      button.addEventListener("keydown", (event) => {
        const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
        if (by) {
          event.preventDefault();
          move(button, by);
        } else if (event.key === " ") {
          event.preventDefault();
          choose(button);
        }
      });
    }
    const first = trace.querySelector(".step.violating") ?? trace.querySelector(".step");
    if (first) {
      choose(first);
    }
  }
})();

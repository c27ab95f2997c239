// Runs in every document before its own scripts: notes what cannot be asked for later.
(() => {
  const key = Symbol.for("stepfree.capture");
  if (window[key]) return;
  const notes = { statics: [], timers: [], opened: true };
  Object.defineProperty(window, key, { value: notes, enumerable: false });
  const number = () => {
    if (document.readyState !== "interactive" || notes.statics.length) return;
    notes.statics = [...document.querySelectorAll("*")];
  };
  document.addEventListener("readystatechange", number);
  for (const name of ["setTimeout", "setInterval"]) {
    const original = window[name];
    const wrapped = function (callback, delay, ...rest) {
      notes.timers.push([name, Number(delay) || 0]);
      return original.call(window, callback, delay, ...rest);
    };
    Object.defineProperty(wrapped, "name", { value: name });
    window[name] = wrapped;
  }
})();

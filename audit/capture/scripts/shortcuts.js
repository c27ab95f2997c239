// Notes what each key does that is pressed with focus on nothing: pairs of key and answer in notes.answers. Leaves {quiet, unwatch} in notes.
(() => {
  const notes = window[Symbol.for("stepfree.capture")];
  document.activeElement?.blur?.();
  notes.unfocus = () => {
    if (document.activeElement !== document.body) document.activeElement?.blur?.();
  };
  notes.pressed = null;
  notes.answers = [];
  const answer = (how) => {
    if (notes.pressed !== null && !notes.answers.some((each) => each[0] === notes.pressed && each[1] === how))
      notes.answers.push([notes.pressed, how]);
  };
  const first = (event) => {
    if (event.isTrusted) notes.pressed = event.key;
  };
  // Listens last, so that it sees whether the page kept the key for itself.
  const last = (event) => {
    if (event.isTrusted && event.defaultPrevented) answer("prevented");
  };
  addEventListener("keydown", first, true);
  addEventListener("keydown", last);
  addEventListener("keypress", last);
  const everything = { subtree: true, childList: true, characterData: true, attributes: true };
  const observer = new MutationObserver((records) => {
    if (records.some((each) => !(each.target.closest ?? (() => null)).call(each.target, "head"))) answer("changed");
  });
  observer.observe(document, everything);
  const focus = () => {
    if (document.activeElement !== document.body) answer("moved focus");
  };
  addEventListener("focusin", focus, true);
  // A key may also lead to another address, or to another part of the page, which changes nothing in it.
  const moved = () => answer("changed");
  navigation.addEventListener("navigate", moved);
  addEventListener("scroll", moved, true);
  notes.quiet = async (pressed) => {
    notes.pressed = pressed;
    let changed = performance.now();
    const began = changed;
    const watch = new MutationObserver(() => {
      changed = performance.now();
    });
    watch.observe(document, everything);
    do await new Promise((done) => notes.later(done, 40));
    while (performance.now() - changed < 100 && performance.now() - began < 800);
    watch.disconnect();
    return 0;
  };
  notes.unwatch = () => {
    observer.disconnect();
    removeEventListener("keydown", first, true);
    removeEventListener("keydown", last);
    removeEventListener("keypress", last);
    removeEventListener("focusin", focus, true);
    navigation.removeEventListener("navigate", moved);
    removeEventListener("scroll", moved, true);
  };
})();

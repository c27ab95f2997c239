// No timer runs while scripts are off; axe-core waits for some of no time.
(() => {
  window.setTimeout = (act) => {
    Promise.resolve().then(act);
    return 0;
  };
})();

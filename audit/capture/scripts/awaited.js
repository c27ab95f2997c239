/** Waits until every selector finds something: the first that does not in so many milliseconds, else null. */
async (selectors, limit) => {
  const due = performance.now() + limit;
  const found = (selector) => {
    try {
      return document.querySelector(selector) !== null;
    } catch {
      return false;
    }
  };
  for (const selector of selectors) {
    while (!found(selector)) {
      if (performance.now() > due) {
        return selector;
      }
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  return null;
};

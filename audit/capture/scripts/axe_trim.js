// Wraps axe.run: keeps of its results what the audit needs, and answers also when it fails.
// The package that calls it waits for a fulfilled promise only.
(() => {
  if (axe.run.trimmed) return;
  const run = axe.run.bind(axe);
  // To each element of an id these checks name all others, and ask of all whether they take focus. With thousands of one
  // id that takes minutes: here each is asked once, and ten are named.
  let ids = new Map();
  const idOf = (element) => Element.prototype.getAttribute.call(element, "id");
  const same = (element) => {
    const root = Node.prototype.getRootNode.call(element);
    if (!ids.has(root)) ids.set(root, Map.groupBy(root.querySelectorAll("[id]"), idOf));
    return ids.get(root).get(idOf(element).trim()) ?? [];
  };
  const acts = (elements) => (elements.acts ??= elements.some((each) => axe.commons.dom.isFocusable(each)));
  const told = (element) => axe.commons.aria.isAccessibleRef(element);
  const unique = function (element) {
    const id = idOf(element).trim();
    if (!id) return true;
    const others = same(element)
      .slice(0, 11)
      .filter((each) => each !== element);
    if (others.length) this.relatedNodes(others);
    this.data(id);
    return others.length === 0;
  };
  const there = new Set(axe.getRules().map((each) => each.ruleId));
  const rules = [
    { id: "duplicate-id-active", matches: (element) => !told(element) && acts(same(element)) },
    { id: "duplicate-id", matches: (element) => !told(element) && !acts(same(element)) },
  ].filter((each) => there.has(each.id));
  if (rules.length) {
    const checks = ["duplicate-id", "duplicate-id-active", "duplicate-id-aria"];
    axe.configure({ checks: checks.map((id) => ({ id, evaluate: unique })), rules });
  }
  const words = (value) => (typeof value === "string" ? value : (JSON.stringify(value) ?? ""));
  const small = (data) => {
    if (data === null || typeof data !== "object") return data ?? null;
    const kept = {};
    for (const [key, value] of Object.entries(data)) {
      if (value === null || ["string", "number", "boolean"].includes(typeof value)) kept[key] = value;
      else if (Array.isArray(value))
        kept[key] = value.slice(0, 10).map((each) => (typeof each === "object" ? words(each).slice(0, 300) : each));
      else kept[key] = words(value).slice(0, 300);
    }
    return kept;
  };
  // Where an element stands: its place in the flattened tree of its document, after the places of the frames above.
  const flat = (root) => {
    const order = new Map();
    const walk = (element) => {
      order.set(element, order.size);
      let children = element.children;
      if (element.shadowRoot) children = element.shadowRoot.children;
      else if (
        element.localName === "slot" &&
        element.getRootNode() instanceof ShadowRoot &&
        element.assignedNodes().length
      ) {
        children = element.assignedElements();
      }
      for (const child of children) walk(child);
    };
    walk(root);
    return order;
  };
  let orders = new Map();
  const index = (element, at) => {
    if (!orders.has(at)) orders.set(at, flat(at.documentElement));
    return orders.get(at).get(element);
  };
  // In a frame there is a selector only.
  const named = (target) => {
    const places = [];
    let at = document;
    try {
      for (const step of target) {
        let found = null;
        for (const part of Array.isArray(step) ? step : [step])
          found = (found ? found.shadowRoot : at).querySelector(part);
        const here = index(found, at);
        if (here === undefined) return null;
        places.push(here);
        if (places.length < target.length) at = found.contentDocument;
      }
    } catch {
      return null;
    }
    return places;
  };
  // How many elements of the page are known to whoever asks: those are named by their place.
  let known = 0;
  const where = (each) => {
    if (!each.element) return { target: each.target ?? [], place: each.target ? named(each.target) : null };
    const here = index(each.element, document);
    return {
      target: here < known ? [] : [axe.utils.getAncestry(each.element)],
      place: here === undefined ? null : [here],
    };
  };
  const node = (each) => {
    const checks = [...each.any, ...each.all, ...each.none];
    return {
      ...where(each),
      html: each.html.slice(0, 300),
      messages: checks.map((check) => check.message),
      data: Object.fromEntries(checks.map((check) => [check.id, small(check.data)])),
      related: checks
        .flatMap((check) => check.relatedNodes ?? [])
        .slice(0, 10)
        .map(where),
    };
  };
  const rule = (each) => ({
    id: each.id,
    tags: each.tags,
    help: each.help,
    helpUrl: each.helpUrl,
    nodes: each.nodes.map(node),
  });
  const wrapped = (...given) => (
    (orders = new Map()),
    (ids = new Map()),
    (known = given.at(-1).known),
    run(...given).then(
      (results) => ({
        version: results.testEngine.version,
        violations: results.violations.map(rule),
        incomplete: results.incomplete.map(rule),
        rules: [...results.violations, ...results.incomplete, ...results.passes, ...results.inapplicable].map(
          (each) => each.id,
        ),
      }),
      (error) => ({ error: String(error?.message ?? error) }),
    )
  );
  wrapped.trimmed = true;
  axe.run = wrapped;
})();

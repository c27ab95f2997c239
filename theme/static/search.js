// Finds pages for the words of a question. The index (plugins/library_search) says which words stand on
// which page and how much each counts; here they meet plurals, accents, synonyms and typing mistakes.
const SMALL = new Set(
  (
    "a about all am an and any are as at be can could do does for from get give go have how i if in into is it know like me much my need of " +
    "on one or our out please someone that the their them there they this to up us use want was we what when where which who why will with would you your " +
    "au aux avec ce ces comment dans de des du elle en est et il ils je la le les leur ma mes mon ne nous ou ouvre par pas pour puis quand que quel quelle " +
    "information info something anything library bibliotheque qui sa se ses son sont sur un une vos votre vous ai avez veux peut peux obtenir trouver faire"
  ).split(" "),
);

export function fold(text) {
  return text
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "")
    .toLowerCase()
    .replace(/œ/g, "oe")
    .replace(/n[’']t\b/g, "nt")
    .replace(/[’']s\b/g, "");
}

// Hyphens join (e-book, ebook); an apostrophe parts (l’heure, heure).
export function words(text) {
  return fold(text)
    .replace(/(?<=[a-z0-9])[-\u2010\u2011](?=[a-z0-9])/g, "")
    .split(/[^a-z0-9]+/)
    .filter((word) => word.length > 1 || /\d/.test(word));
}

export function stem(word, lang) {
  if (word.length < 4) return word;
  if (lang === "fr") {
    return word
      .replace(/aux$/, "al")
      .replace(/[sx]$/, "")
      .replace(/(?<=.{3})(er|ee|e)$/, "");
  }
  let found = word.replace(/(ies|ie|y)$/, "i").replace(/(ss|x|ch|sh)es$/, "$1");
  if (!/(ss|us|is)$/.test(found)) found = found.replace(/s$/, "");
  found = found.replace(/(?<=[a-z]{3})(ing|ed)$/, "").replace(/([bdgmnprt])\1$/, "$1");
  return found.length > 3 ? found.replace(/e$/, "") : found;
}

// Letters to change, leave out, add or swap; stops counting above `most`.
export function distance(one, other, most) {
  if (Math.abs(one.length - other.length) > most) return most + 1;
  let before = [],
    last = Array.from({ length: other.length + 1 }, (_, n) => n);
  for (let i = 1; i <= one.length; i++) {
    const row = [i];
    for (let j = 1; j <= other.length; j++) {
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (one[i - 1] === other[j - 1] ? 0 : 1));
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1])
        row[j] = Math.min(row[j], before[j - 2] + 1);
    }
    if (Math.min(...row) > most) return most + 1;
    before = last;
    last = row;
  }
  return last[other.length];
}

export function engine(index) {
  const lang = index.lang;
  const byStem = new Map();
  const spelled = new Map();
  for (const [word, steps] of Object.entries(index.words)) {
    const root = stem(word, lang);
    if (!byStem.has(root)) byStem.set(root, new Map());
    const pages = byStem.get(root);
    let page = -1,
      weight = 1;
    for (const step of steps) {
      if (step < 0) {
        weight = -step;
        continue;
      }
      page += step;
      pages.set(page, Math.max(pages.get(page) || 0, weight));
      // A word is offered for a mistyped one when it is in a title or among the names of a thing.
      if (weight > 2) spelled.set(word, Math.max(spelled.get(word) || 0, weight));
      weight = 1;
    }
  }
  const groups = index.same.map((group) => group.map((member) => words(member).map((word) => stem(word, lang))));
  for (const word of index.same.flat().flatMap(words)) if (!spelled.has(word)) spelled.set(word, 3);

  // The nearest word that the site knows; the first letter is rarely wrong.
  function nearest(word) {
    const most = word.length < 4 ? 0 : word.length < 8 ? 1 : 2;
    let found = "",
      best = Infinity;
    for (const [known, weight] of spelled) {
      if (known.length < 3) continue;
      const steps = distance(word, known, most);
      const cost = steps + (known[0] === word[0] ? 0 : 0.5) - weight / 100;
      if (steps <= most && cost < best) [found, best] = [known, cost];
    }
    return found;
  }

  // The roots that stand for one word of the question, with what each counts.
  function meant(root, roots, wholes) {
    const found = new Map([[root, 1]]);
    for (const group of groups) {
      if (!group.some((member) => member.includes(root) && member.every((part) => roots.includes(part)))) continue;
      // The first of a group is the library's own word: looked for as if it had been typed.
      group.forEach((member, place) => {
        if (member.length > 1 && !wholes.includes(member)) wholes.push(member);
        for (const part of member)
          found.set(
            part,
            Math.max(found.get(part) || 0, place === 0 && member.length === 1 ? 1 : member.length > 1 ? 0.3 : 0.5),
          );
      });
    }
    if (root.length > 2) {
      for (const known of byStem.keys()) {
        if (known.length > root.length && known.length - root.length < 5 && known.startsWith(root) && !found.has(known))
          found.set(known, 0.45);
      }
    }
    return found;
  }

  return function search(question) {
    const all = words(question.replace(/\b(at|from) home\b|\bà la maison\b/gi, " "));
    const said = all.filter((word) => !SMALL.has(word));
    const asked = (said.length ? said : all).slice(0, 12);
    let corrected = false;
    const spelling = asked.map((word) => {
      const root = stem(word, lang);
      const known = byStem.has(root) || groups.some((group) => group.some((member) => member.includes(root)));
      const better = known ? word : nearest(word) || word;
      if (better !== word) corrected = true;
      return better;
    });
    const roots = spelling.map((word) => stem(word, lang));
    const scores = new Map();
    const own = new Set(roots);
    for (const root of new Set(roots)) {
      const here = new Map();
      const wholes = [];
      for (const [each, share] of meant(root, roots, wholes)) {
        if (share === 1) own.add(each);
        for (const [page, weight] of byStem.get(each) || [])
          here.set(page, Math.max(here.get(page) || 0, share * weight));
      }
      // A phrase that stands on a page as a whole counts like a word.
      for (const phrase of wholes) {
        for (const page of (byStem.get(phrase[0]) || new Map()).keys()) {
          const least = Math.min(...phrase.map((part) => (byStem.get(part) && byStem.get(part).get(page)) || 0));
          if (least > 2) here.set(page, Math.max(here.get(page) || 0, least * 0.9));
        }
      }
      const rare = Math.log(1.5 + index.pages.length / here.size);
      for (const [page, score] of here) {
        const sum = scores.get(page) || { score: 0, words: 0 };
        sum.score += score * rare;
        sum.words += 1;
        scores.set(page, sum);
      }
    }
    const count = new Set(roots).size;
    const results = [...scores].map(([page, sum]) => {
      const [url, title, summary, kind, rank] = index.pages[page];
      const covered = sum.words / count;
      const names = new Set(
        words(title)
          .filter((word) => !SMALL.has(word))
          .map((word) => stem(word, lang)),
      );
      const exact = names.size > 0 && [...names].every((name) => own.has(name)) ? 1.6 : 1;
      return { url, title, summary, kind, score: sum.score * covered ** 1.5 * rank * exact };
    });
    results.sort((one, other) => other.score - one.score || (one.url < other.url ? -1 : 1));
    return { results, instead: corrected ? spelling.join(" ") : "" };
  };
}

'use strict';
// Looks words up in all sections of the documents and in the types of the Javadoc. The index is fetched at the first letter, as
// scripts, since pages that are opened as files may fetch nothing else.
const input = document.getElementById('search');
const hits = document.getElementById('hits');
const found = document.getElementById('found');
const root = input.dataset.root;
const MOST = 30;
let entries;

function script(address) {
  return new Promise(resolve => {
    const element = document.createElement('script');
    element.src = root + address;
    element.onload = element.onerror = resolve;
    document.head.append(element);
  });
}

// The Javadoc's index calls this of its own page.
function updateSearchResults() {}

async function load() {
  await Promise.all([script('search-index.js'), document.querySelector('nav a[href$="api/index.html"]') && script('api/type-search-index.js')]);
  const types = typeof typeSearchIndex === 'undefined' ? [] : typeSearchIndex.filter(type => type.p);
  return [
    ...searchIndex,
    ...types.map(type => ({
      page: 'Javadoc', heading: type.l, text: type.p, address: `api/${type.p.replaceAll('.', '/')}/${type.l}.html`})),
  ].map(entry => ({...entry, lower: {page: entry.page.toLowerCase(), heading: entry.heading.toLowerCase(), text: entry.text.toLowerCase()}}));
}

// What was decided, changed and tried comes after what is.
const BEHIND = /^(docs\/decisions\/|docs\/models\/experiments|CHANGELOG|CODE_OF_CONDUCT|CONTRIBUTING)/;

/** A word and its beginnings: 'mac' is a word in "on a Mac" and the beginning of one in "machine". */
function patterns(word) {
  const quoted = word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return {word, whole: new RegExp(`(?<![\\p{L}\\p{N}])${quoted}(?![\\p{L}\\p{N}])`, 'u'), begins: new RegExp(`(?<![\\p{L}\\p{N}])${quoted}`, 'u')};
}

function place({whole, begins}, text, ifWhole, ifBegins) {
  return whole.test(text) ? ifWhole : begins.test(text) ? ifBegins : 0;
}

/** How well a word fits a section; 0 for not at all. */
function fit(sought, {page, heading, text}) {
  return (heading === sought.word ? 16 : place(sought, heading, 11, 8) || (heading.includes(sought.word) ? 4 : 0))
    + place(sought, page, 4, 2) + place(sought, text, 3, 1);
}

function search(words) {
  const sought = words.map(patterns);
  return entries
    .map(entry => ({entry, fits: sought.map(word => fit(word, entry.lower))}))
    .filter(hit => hit.fits.every(value => value > 0))
    .map(hit => ({entry: hit.entry, sum: hit.fits.reduce((a, b) => a + b) * (BEHIND.test(hit.entry.address) ? 0.5 : 1)}))
    .sort((a, b) => b.sum - a.sum)
    .map(hit => hit.entry);
}

function show(entry, words) {
  const item = document.createElement('li');
  const link = document.createElement('a');
  link.href = root + entry.address;
  link.textContent = entry.page === entry.heading ? entry.page : `${entry.page}: ${entry.heading}`;
  const excerpt = document.createElement('p');
  const at = Math.max(0, ...words.map(word => entry.lower.text.indexOf(word)));
  const from = Math.max(0, at - 60);
  const shown = (from > 0 ? '… ' : '') + entry.text.slice(from, at + 140);
  const word = words.find(each => shown.toLowerCase().includes(each));
  const place = word === undefined ? -1 : shown.toLowerCase().indexOf(word);
  if (place < 0) {
    excerpt.textContent = shown;
  } else {
    const mark = document.createElement('mark');
    mark.textContent = shown.slice(place, place + word.length);
    excerpt.append(shown.slice(0, place), mark, shown.slice(place + word.length));
  }
  item.append(link, excerpt);
  return item;
}

input.addEventListener('input', async () => {
  entries ??= await load();
  const words = input.value.toLowerCase().split(/\s+/).filter(word => word);
  const all = words.length ? search(words) : [];
  hits.replaceChildren(...all.slice(0, MOST).map(entry => show(entry, words)));
  hits.hidden = !all.length;
  found.textContent = !words.length ? '' : all.length > MOST ? `the first ${MOST} of ${all.length}` : `${all.length} found`;
});

input.addEventListener('keydown', event => {
  if (event.key === 'Escape') {
    input.value = '';
    input.dispatchEvent(new Event('input'));
  } else if (event.key === 'Enter') {
    hits.querySelector('a')?.click();
  }
});

hits.addEventListener('click', event => {
  if (event.target.closest('a')) {
    hits.hidden = true;
  }
});

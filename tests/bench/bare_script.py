"""The script of the page to compare with: as little as tells a card, the head and the inspector."""

SCRIPT = """
const line = new WebSocket(`ws://${location.host}/ws${location.pathname}`);
const waiting = [];
const send = (order) => line.readyState === 1 ? line.send(order) : waiting.push(order);
line.onopen = () => { waiting.forEach((order) => line.send(order)); window.joined = true; };
const set = (element, name, value) =>
  value === null ? element.removeAttribute(name) : element.setAttribute(name, value);
const wear = (element, wears) => {
  for (const [name, value] of Object.entries(wears)) set(element, `data-${name}`, value);
};
const time = (element, runs) => {
  let clock = element.querySelector(".clock-run");
  if (runs && !clock) {
    element.insertAdjacentHTML("beforeend", '<span class="clock-run" aria-hidden="true">:</span>');
    clock = element.lastElementChild;
    clock.style.setProperty("--since", 0);
  }
  if (clock) clock.hidden = !runs;
};
const say = (state, news) => {
  state.textContent = news.word;
  state.dataset.detail = news.detail;
};
const tell = (card, news) => {
  const runs = news.wears.clock !== null;
  wear(card, news.wears);
  card.setAttribute("aria-label", news.label);
  say(card.querySelector(".state"), news);
  time(card, runs);
  if (runs && !card.querySelector(".progress")) {
    const seam = '<div class="progress is-untold" role="progressbar"></div>';
    card.insertAdjacentHTML("beforeend", seam);
  }
};
const inspect = (news) => {
  const { flag, frame, big, clock } = news.wears;
  const stage = document.querySelector(".stage");
  wear(stage, { flag, frame, big, clock });
  time(stage, clock !== null);
  const bar = document.querySelector(".flagbar");
  bar.dataset.flag = flag;
  say(bar.querySelector(".state"), news);
};
const sum = (news) => {
  const cut = document.querySelector(".cut");
  cut.style.setProperty("--stops", news.stops);
  cut.style.setProperty("--skyline", news.skyline);
  for (const [flag, count] of Object.entries(news.sums)) {
    const chip = document.querySelector(`.chip[data-flag="${flag}"]`);
    chip.textContent = count;
    set(chip, "data-none", count ? null : "");
  }
  document.querySelector("#make").textContent = `Make ${news.missing} missing`;
};
const opened = document.querySelector(".insp").dataset.inspector;
line.onmessage = (event) => {
  const news = JSON.parse(event.data);
  if (news.fill) {
    document.querySelector(`[data-fill="${news.fill}"]`).innerHTML = news.html;
    return;
  }
  if (news.sums) {
    sum(news);
    return;
  }
  const card = document.querySelector(`[data-shot="${news.code}"]`);
  if (card) tell(card, news);
  if (news.code === opened) inspect(news);
};
const near = new IntersectionObserver((entries) => entries.forEach((entry) => {
  if (!entry.isIntersecting) return;
  near.unobserve(entry.target);
  send(`fill ${entry.target.dataset.fill}`);
}), { rootMargin: "900px 0px" });
document.querySelectorAll(".fill:empty").forEach((fill) => near.observe(fill));
document.querySelector("[data-verb]").addEventListener("click", (event) =>
  send(`ask ${event.target.dataset.code}`));
"""

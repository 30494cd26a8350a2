import { boxes, inWords, label, movementBars, scoreBars, Timeline } from "./drawing.js";
import { call, connect, events, rememberToken, tokenOfAddress } from "./service.js";
import { expressions, say, speak, word } from "./texts.js";

const FRAMES_PER_SECOND = 10;
const LONGEST_SIDE = 640;
const MOST_ON_THE_WAY = 3;
const element = (id) => document.getElementById(id);
const show = (id, shown) => { element(id).hidden = !shown; };

function complain(text) {
  element("message").textContent = text;
  show("message", text !== "");
}

/** The camera's pictures go out at a steady pace, unless the service is behind: then one is left out, and none piles up. */
class Live {
  constructor(stream, start) {
    this.stream = stream;
    this.shrunk = document.createElement("canvas");
    this.timeline = new Timeline(element("timeline"));
    this.began = performance.now();
    this.onTheWay = 0;
    this.leftOut = 0;
    this.delays = [];
    this.arrivals = [];
    this.socket = connect();
    this.socket.onopen = () => this.socket.send(JSON.stringify(start));
    this.socket.onmessage = (message) => this.told(JSON.parse(message.data));
    this.socket.onclose = (event) => this.over(event);
  }

  told(answer) {
    switch (answer.type) {
      case "started":
        show("recording", answer.session !== null);
        this.timer = setInterval(() => this.send(), 1000 / Math.min(FRAMES_PER_SECOND, answer.framesPerSecond));
        break;
      case "reading":
        this.read(answer);
        break;
      case "problem":
        complain(say("refused", { why: answer.detail }));
        this.onTheWay = Math.max(0, this.onTheWay - 1);
        break;
      case "ended":
        this.ended = true;
        break;
      default:
    }
  }

  send() {
    const video = element("video");
    if (video.readyState < 2 || this.socket.readyState !== WebSocket.OPEN) {
      return;
    }
    const time = performance.now();
    if (this.onTheWay >= MOST_ON_THE_WAY || this.socket.bufferedAmount > 0) {
      // What was dropped by the service has no answer: after a second nobody waits for it any longer.
      this.leftOut++;
      if (time - this.sent > 1000) {
        this.onTheWay = 0;
      }
      return;
    }
    const scale = Math.min(1, LONGEST_SIDE / Math.max(video.videoWidth, video.videoHeight));
    this.shrunk.width = Math.round(video.videoWidth * scale);
    this.shrunk.height = Math.round(video.videoHeight * scale);
    this.shrunk.getContext("2d").drawImage(video, 0, 0, this.shrunk.width, this.shrunk.height);
    this.onTheWay++;
    this.sent = time;
    this.shrunk.toBlob(async (blob) => {
      const picture = blob && await blob.arrayBuffer();
      if (!picture || this.socket.readyState !== WebSocket.OPEN) {
        return;
      }
      const message = new Uint8Array(8 + picture.byteLength);
      new DataView(message.buffer).setFloat64(0, time - this.began);
      message.set(new Uint8Array(picture), 8);
      this.socket.send(message);
    }, "image/jpeg", 0.85);
  }

  read(answer) {
    this.onTheWay = Math.max(0, this.onTheWay - 1);
    const subject = answer.readings.find((reading) => reading.subject);
    label(element("emoji"), element("label"), subject);
    boxes(element("boxes"), answer);
    if (subject) {
      scoreBars(element("scores"), subject);
      movementBars(element("movements"), subject);
    }
    const issues = subject?.quality?.issues ?? [];
    element("quality").textContent = issues.length > 0 ? say("poor", { issues: issues.join(", ").replaceAll("_", " ") }) : "";
    this.timeline.add(answer.mediaTimeMs, subject);
    this.count(answer);
  }

  count(answer) {
    const now = performance.now();
    this.delays.push(now - this.began - answer.mediaTimeMs);
    this.arrivals.push(now);
    this.delays.splice(0, Math.max(0, this.delays.length - 600));
    this.arrivals = this.arrivals.filter((time) => time > now - 2000);
    const sorted = [...this.delays].sort((a, b) => a - b);
    const quantile = (q) => Math.round(sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))]);
    const numbers = element("numbers");
    numbers.dataset.median = quantile(0.5);
    numbers.dataset.p95 = quantile(0.95);
    numbers.dataset.fps = this.arrivals.length / 2;
    numbers.dataset.readings = Number(numbers.dataset.readings ?? 0) + 1;
    numbers.textContent = say("numbers", {
      fps: (this.arrivals.length / 2).toFixed(0), ms: quantile(0.5), dropped: answer.dropped + this.leftOut });
  }

  ask(message) {
    if (this.socket.readyState === WebSocket.OPEN) {
      this.socket.send(JSON.stringify(message));
    }
  }

  over(event) {
    clearInterval(this.timer);
    for (const track of this.stream.getTracks()) {
      track.stop();
    }
    element("video").srcObject = null;
    if (!this.ended) {
      complain(say("lost", { why: event.reason }));
    }
    live = null;
    show("session", false);
    show("consent-form", true);
    refresh().catch((failure) => complain(failure.message));
  }
}

let live = null;

async function begin(event) {
  event.preventDefault();
  complain("");
  element("start").disabled = true;
  let stream = null;
  try {
    stream = await navigator.mediaDevices.getUserMedia({ video: { width: { ideal: 640 }, height: { ideal: 480 } }, audio: false });
    const start = { type: "start", consent: element("consent").checked, record: null };
    if (element("record").checked) {
      start.record = { purpose: element("purpose").value, keepUntil: element("keep-until").value, person: element("person").value || null };
    }
    show("session", true);
    show("consent-form", false);
    delete element("numbers").dataset.readings;
    element("video").srcObject = stream;
    await element("video").play();
    live = new Live(stream, start);
  } catch (failure) {
    stream?.getTracks().forEach((track) => track.stop());
    complain(say("noCamera", { why: failure.message }));
    show("session", false);
    show("consent-form", true);
  } finally {
    element("start").disabled = false;
  }
}

function button(text, action) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "plain";
  made.textContent = text;
  made.addEventListener("click", () => action().catch((failure) => complain(failure.message)));
  return made;
}

async function report(id) {
  const tab = window.open("about:blank");
  const { address } = await (await call(`/api/sessions/${encodeURIComponent(id)}/report`, { method: "POST" })).json();
  tab.location = `${address}?language=${document.documentElement.lang}`;
}

async function data(id) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await (await call(`/api/sessions/${encodeURIComponent(id)}`)).blob());
  link.download = `session-${id}.json`;
  link.click();
  URL.revokeObjectURL(link.href);
}

async function erase(id) {
  if (confirm(say("reallyErase"))) {
    await call(`/api/sessions/${encodeURIComponent(id)}`, { method: "DELETE" });
    await refresh();
  }
}

async function refresh() {
  const sessions = await (await call("/api/sessions")).json();
  show("no-records", sessions.length === 0);
  element("records").replaceChildren(...sessions.map((session) => {
    const item = document.createElement("li");
    const facts = [
      session.started ? new Date(session.started).toLocaleString(document.documentElement.lang) : session.session,
      session.person,
      session.purpose,
      session.keepUntil && say("until", { date: session.keepUntil }),
      session.past && say("past"),
    ];
    item.append(facts.filter(Boolean).join(" · "), document.createElement("br"),
      button(say("report"), () => report(session.session)), button(say("data"), () => data(session.session)),
      button(say("erase"), () => erase(session.session)));
    return item;
  }));
}

function shares(readings) {
  const counts = new Map();
  for (const reading of readings.filter((one) => one.subject)) {
    counts.set(reading.expression, (counts.get(reading.expression) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1]);
}

function results(analysis) {
  const lines = analysis.kind === "picture"
    ? analysis.readings.map(inWords)
    : shares(analysis.readings).map(([expression, count]) => `${word(expressions[expression] ?? expressions.none)}: ${say("frames", { count })}`);
  element("upload-result").replaceChildren(...(lines.length > 0 ? lines : [say("noFace")]).map((line) => {
    const item = document.createElement("li");
    item.textContent = line;
    return item;
  }));
}

async function upload(event) {
  event.preventDefault();
  complain("");
  const body = new FormData();
  body.append("file", element("file").files[0]);
  show("progress", true);
  element("progress").removeAttribute("value");
  try {
    const response = await call("/api/analyze", { method: "POST", body, headers: { Accept: "text/event-stream" } });
    for await (const { event: kind, data: told } of events(response)) {
      if (kind === "progress" && told.lengthMs > 0) {
        element("progress").value = Math.min(1, told.mediaTimeMs / told.lengthMs);
      } else if (kind === "result") {
        results(told);
      } else if (kind === "problem") {
        complain(say("refused", { why: told.detail ?? told.title }));
      }
    }
  } catch (failure) {
    complain(say("refused", { why: failure.message }));
  } finally {
    show("progress", false);
  }
}

async function enter() {
  try {
    await refresh();
    show("token-form", false);
    show("consent-form", live === null);
    show("upload-section", true);
    show("records-section", true);
  } catch (failure) {
    show("token-form", true);
    if (failure.status !== 401) {
      complain(failure.message);
    } else if (sessionStorage.length > 0) {
      complain(say("badToken"));
    }
  }
}

element("language").addEventListener("change", (event) => {
  speak(event.target.value);
  enter();
});
element("token-form").addEventListener("submit", (event) => {
  event.preventDefault();
  complain("");
  rememberToken(element("token").value);
  enter();
});
element("record").addEventListener("change", (event) => {
  show("record-fields", event.target.checked);
  element("record-fields").disabled = !event.target.checked;
});
element("consent-form").addEventListener("submit", begin);
element("upload-form").addEventListener("submit", upload);
element("mark").addEventListener("click", () => live?.ask({ type: "mark", text: say("marked") }));
element("stop").addEventListener("click", () => live?.ask({ type: "stop" }));
addEventListener("pagehide", () => live?.socket.close());

// On a phone they would push the button that stops it out of sight.
element("movements").closest("details").open = matchMedia("(min-width: 40rem)").matches;
const language = navigator.language.startsWith("es") ? "es" : "en";
element("language").value = language;
speak(language);
const day = (days) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
element("keep-until").min = day(0);
element("keep-until").value = day(90);
if (tokenOfAddress() === null) {
  show("token-form", true);
} else {
  enter();
}

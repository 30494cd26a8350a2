// What is drawn: boxes over the camera's picture, bars of scores, the last minute.
import { expressions, movements, say, word } from "./texts.js";

const MINUTE = 60_000;

function context(canvas) {
  const scale = window.devicePixelRatio || 1;
  const width = Math.max(1, Math.round(canvas.clientWidth * scale));
  const height = Math.max(1, Math.round(canvas.clientHeight * scale));
  if (canvas.width !== width || canvas.height !== height) {
    canvas.width = width;
    canvas.height = height;
  }
  const pen = canvas.getContext("2d");
  pen.setTransform(1, 0, 0, 1, 0, 0);
  pen.clearRect(0, 0, width, height);
  return { pen, width, height, scale };
}

const known = (reading) => expressions[reading.expression] ?? expressions.none;

export const inWords = (reading) => `${word(known(reading))} ${Math.round(reading.confidence * 100)} %`;

export function boxes(canvas, answer) {
  const { pen, width, height, scale } = context(canvas);
  const across = width / answer.width;
  const down = height / answer.height;
  pen.font = `${14 * scale}px system-ui, sans-serif`;
  for (const reading of answer.readings) {
    const { x, y, width: w, height: h } = reading.box;
    const left = width - (x + w) * across;
    const color = known(reading).color;
    pen.strokeStyle = color;
    pen.lineWidth = (reading.subject ? 3 : 1.5) * scale;
    pen.strokeRect(left, y * down, w * across, h * down);
    const text = `${known(reading).emoji} ${inWords(reading)}`;
    const top = Math.max(0, y * down - 22 * scale);
    pen.fillStyle = color;
    pen.fillRect(left, top, pen.measureText(text).width + 10 * scale, 22 * scale);
    pen.fillStyle = "#ffffff";
    pen.fillText(text, left + 5 * scale, top + 16 * scale);
  }
}

function rows(table, keys, name, color) {
  const body = table.tBodies[0];
  if (body.rows.length !== keys.length) {
    body.replaceChildren(...keys.map((key) => {
      const row = document.createElement("tr");
      const head = row.appendChild(document.createElement("th"));
      head.scope = "row";
      const dot = head.appendChild(document.createElement("span"));
      dot.textContent = color ? "■ " : "";
      dot.style.color = color ? color(key) : "";
      head.appendChild(document.createElement("span"));
      row.appendChild(document.createElement("td")).appendChild(document.createElement("meter"));
      row.appendChild(document.createElement("td")).className = "number";
      row.dataset.key = key;
      return row;
    }));
  }
  for (const row of body.rows) {
    row.cells[0].lastChild.textContent = name(row.dataset.key);
  }
  return body.rows;
}

export function bars(table, values, names, color) {
  for (const row of rows(table, Object.keys(values), (key) => (names[key] ? word(names[key]) : key), color)) {
    const value = values[row.dataset.key] ?? 0;
    row.cells[1].firstChild.value = value;
    row.cells[2].textContent = value.toFixed(2);
  }
}

export const scoreBars = (table, reading) => bars(table, reading.scores, expressions, (key) => expressions[key].color);

export const movementBars = (table, reading) => bars(table, reading.movements ?? {}, movements);

export class Timeline {
  constructor(canvas) {
    this.canvas = canvas;
    this.points = [];
  }

  add(time, reading) {
    this.points.push({ time, reading });
    while (this.points.length > 0 && this.points[0].time < time - MINUTE) {
      this.points.shift();
    }
    this.draw(time);
  }

  draw(now) {
    const { pen, width, height, scale } = context(this.canvas);
    const strip = 14 * scale;
    const x = (time) => width - ((now - time) / MINUTE) * width;
    const y = (score) => (height - strip - 6 * scale) * (1 - score) + 2 * scale;
    pen.lineWidth = 1.5 * scale;
    for (const [key, { color }] of Object.entries(expressions)) {
      pen.strokeStyle = color;
      pen.beginPath();
      let drawing = false;
      for (const { time, reading } of this.points) {
        const score = reading?.scores[key];
        if (score === undefined) {
          drawing = false;
        } else if (drawing) {
          pen.lineTo(x(time), y(score));
        } else {
          pen.moveTo(x(time), y(score));
          drawing = true;
        }
      }
      pen.stroke();
    }
    this.points.forEach(({ time, reading }, index) => {
      if (reading) {
        pen.fillStyle = known(reading).color;
        const to = this.points[index + 1]?.time ?? now;
        pen.fillRect(x(time), height - strip, Math.max(1, x(Math.min(to, time + 500)) - x(time)), strip);
      }
    });
  }
}

export function label(emoji, text, reading) {
  emoji.textContent = reading ? known(reading).emoji : "";
  text.textContent = reading ? inWords(reading) : say("noFace");
  text.dataset.expression = reading ? reading.expression : "";
}

// What the page says. English stands in the page itself; here is what is made while it runs, and the translation.
export const expressions = {
  happy: { emoji: "😀", color: "#b58900", en: "happy", es: "alegría" },
  surprise: { emoji: "😮", color: "#d45f00", en: "surprise", es: "sorpresa" },
  neutral: { emoji: "😐", color: "#7a8594", en: "neutral", es: "neutral" },
  sad: { emoji: "😢", color: "#2f6fb7", en: "sad", es: "tristeza" },
  fear: { emoji: "😨", color: "#7d4cc2", en: "fear", es: "miedo" },
  disgust: { emoji: "🤢", color: "#2f8a4c", en: "disgust", es: "asco" },
  angry: { emoji: "😠", color: "#c2382f", en: "angry", es: "enojo" },
  none: { emoji: "😶", color: "#9aa3af", en: "no clear expression", es: "sin expresión clara" },
};

export const movements = {
  AU1: { en: "inner brow raised", es: "ceja interior elevada" },
  AU2: { en: "outer brow raised", es: "ceja exterior elevada" },
  AU4: { en: "brow lowered", es: "ceño bajado" },
  AU5: { en: "upper lid raised", es: "párpado superior elevado" },
  AU6: { en: "cheek raised", es: "mejilla elevada" },
  AU7: { en: "lids tightened", es: "párpados tensos" },
  AU9: { en: "nose wrinkled", es: "nariz arrugada" },
  AU10: { en: "upper lip raised", es: "labio superior elevado" },
  AU12: { en: "lip corners pulled up", es: "comisuras hacia arriba" },
  AU15: { en: "lip corners down", es: "comisuras hacia abajo" },
  AU17: { en: "chin raised", es: "mentón elevado" },
  AU20: { en: "lips stretched", es: "labios estirados" },
  AU24: { en: "lips pressed", es: "labios apretados" },
  AU25: { en: "lips parted", es: "labios separados" },
  AU26: { en: "jaw dropped", es: "mandíbula caída" },
};

const said = {
  noFace: { en: "no face", es: "sin rostro" },
  numbers: { en: "{fps} frames a second, {ms} ms, {dropped} dropped", es: "{fps} imágenes por segundo, {ms} ms, {dropped} descartadas" },
  poor: { en: "The picture of the face is poor: {issues}", es: "La imagen del rostro es mala: {issues}" },
  noCamera: { en: "The camera could not be opened: {why}", es: "No se pudo abrir la cámara: {why}" },
  lost: { en: "The connection has ended. {why}", es: "La conexión terminó. {why}" },
  refused: { en: "The service refused it: {why}", es: "El servicio lo rechazó: {why}" },
  badToken: { en: "The service does not know this token.", es: "El servicio no conoce este token." },
  report: { en: "Report", es: "Informe" },
  data: { en: "Data", es: "Datos" },
  erase: { en: "Erase", es: "Borrar" },
  reallyErase: { en: "Erase this session for good?", es: "¿Borrar esta sesión definitivamente?" },
  until: { en: "keep until {date}", es: "guardar hasta {date}" },
  past: { en: "its date is over", es: "su plazo terminó" },
  frames: { en: "{count} frames", es: "{count} imágenes" },
  marked: { en: "marked by hand", es: "marcado a mano" },
};

const spanish = {
  language: "Idioma",
  "token.title": "Token",
  "token.why": "El servicio mostró una dirección con su token al arrancar.",
  "token.label": "Token",
  "token.button": "Continuar",
  "consent.title": "Antes de encender la cámara",
  "consent.what": "Las imágenes de la cámara se envían a este servicio, que lee la expresión de los rostros y olvida las imágenes. No se guarda ninguna imagen. Una expresión es lo que un rostro muestra, no lo que una persona siente.",
  "consent.agree": "La persona ante la cámara está de acuerdo.",
  "consent.record": "También está de acuerdo en que se graben las lecturas (números y palabras).",
  "record.title": "Lo acordado",
  "record.purpose": "Para qué",
  "record.until": "Guardar hasta",
  "record.person": "Seudónimo (opcional)",
  start: "Encender la cámara",
  scores: "Puntuaciones",
  movements: "Movimientos del rostro",
  timeline: "El último minuto",
  mark: "Marcar este momento",
  stop: "Parar",
  recording: "grabando",
  "upload.title": "Una imagen o una película",
  "upload.file": "Archivo",
  "upload.button": "Leer",
  "records.title": "Sesiones grabadas",
  "records.none": "Ninguna.",
  footer: "Ni diagnóstico ni producto sanitario.",
};

const english = new Map();
let language = "en";

export function speak(wanted) {
  language = wanted === "es" ? "es" : "en";
  document.documentElement.lang = language;
  for (const element of document.querySelectorAll("[data-text]")) {
    const key = element.dataset.text;
    if (!english.has(key)) {
      english.set(key, element.textContent);
    }
    element.textContent = language === "es" && spanish[key] ? spanish[key] : english.get(key);
  }
}

export const word = (entry) => entry[language];

export function say(key, values = {}) {
  return said[key][language].replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? ""));
}

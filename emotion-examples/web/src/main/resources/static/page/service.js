// Calls to the service. The token comes behind the address's "#", which browsers send to nobody, and stays in this tab.
const KEY = "emotion4j-token";

export function rememberToken(token) {
  sessionStorage.setItem(KEY, token);
}

export function tokenOfAddress() {
  const match = /^#token=(.+)$/.exec(location.hash);
  if (match) {
    rememberToken(decodeURIComponent(match[1]));
    history.replaceState(null, "", location.pathname);
  }
  return sessionStorage.getItem(KEY);
}

export async function call(path, options = {}) {
  const headers = { ...options.headers, Authorization: `Bearer ${sessionStorage.getItem(KEY) ?? ""}` };
  const response = await fetch(path, { ...options, headers, cache: "no-store" });
  if (!response.ok) {
    const problem = await response.json().catch(() => ({}));
    const failure = new Error(problem.detail ?? `${response.status} ${response.statusText}`);
    failure.status = response.status;
    throw failure;
  }
  return response;
}

export function connect() {
  const bytes = new TextEncoder().encode(sessionStorage.getItem(KEY) ?? "");
  const token = btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
  const address = `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/live`;
  const socket = new WebSocket(address, ["emotion4j", `token.${token}`]);
  socket.binaryType = "arraybuffer";
  return socket;
}

export async function* events(response) {
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) {
      return;
    }
    text += value;
    for (let end = text.indexOf("\n\n"); end >= 0; end = text.indexOf("\n\n")) {
      const lines = text.slice(0, end).split("\n");
      text = text.slice(end + 2);
      const field = (name) => lines.filter((line) => line.startsWith(`${name}: `)).map((line) => line.slice(name.length + 2)).join("\n");
      yield { event: field("event"), data: JSON.parse(field("data")) };
    }
  }
}

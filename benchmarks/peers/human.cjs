// @vladmandic/human on WebAssembly, asked by lines: file of RGB bytes, columns, rows, separated by tabs. Answers "ms TIME FACES".
const fs = require('fs');
const path = require('path');
const readline = require('readline');

const modules = path.join(process.argv[2], 'node_modules');
const { Human } = require(path.join(modules, '@vladmandic/human/dist/human.node-wasm.js'));

// Models lie on the disk: nothing is fetched from anywhere.
globalThis.fetch = async (address) => {
  const bytes = fs.readFileSync(String(address).replace('file://', ''));
  return {
    ok: true,
    status: 200,
    headers: { get: () => null },
    json: async () => JSON.parse(bytes),
    arrayBuffer: async () => bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length),
  };
};

const human = new Human({
  backend: 'wasm',
  wasmPath: path.join(modules, '@tensorflow/tfjs-backend-wasm/dist/'),
  modelBasePath: 'file://' + path.join(modules, '@vladmandic/human/models/'),
  debug: false,
  async: false,
  cacheSensitivity: 0, // every photo is looked at afresh
  skipAllowed: false,
  filter: { enabled: false },
  face: {
    enabled: true,
    detector: { rotation: false },
    mesh: { enabled: true },
    iris: { enabled: false },
    description: { enabled: false },
    emotion: { enabled: true },
  },
  body: { enabled: false },
  hand: { enabled: false },
  gesture: { enabled: false },
  object: { enabled: false },
});

const photos = new Map();

async function answer(line) {
  const [file, width, height] = line.split('\t');
  if (!photos.has(file)) photos.set(file, new Uint8Array(fs.readFileSync(file)));
  const start = performance.now();
  const picture = human.tf.tensor3d(photos.get(file), [Number(height), Number(width), 3], 'int32');
  const result = await human.detect(picture);
  human.tf.dispose(picture);
  const read = result.face.filter((face) => face.emotion && face.emotion.length > 0).length;
  console.log(`ms ${performance.now() - start} ${read}`);
}

(async () => {
  await human.load();
  for await (const line of readline.createInterface({ input: process.stdin })) await answer(line);
})().catch((failure) => {
  console.error(`the peer failed: ${failure.message}`);
  process.exit(1);
});

import { globSync, rmSync } from 'node:fs';
import { defineConfig } from 'rolldown';

/**
 * The emulator's part of the package: a few files instead of some seven hundred, which Node would look for one by one at each
 * start (two thirds of it). `tsc` has compiled the harness and written all declarations before; what it made of the emulator goes.
 */
export default defineConfig({
  input: { 'emulator/index': 'emulator/index.ts', 'emulator/telephony/index': 'emulator/telephony/index.ts' },
  platform: 'node',
  external: /^[^./]/,
  output: { dir: 'dist', format: 'esm', entryFileNames: '[name].js', chunkFileNames: 'emulator/chunks/[name]-[hash].js', comments: false },
  plugins: [
    {
      name: 'bundled instead of compiled',
      buildStart() {
        for (const file of globSync('dist/emulator/**/*.js')) rmSync(file);
      },
    },
  ],
});
